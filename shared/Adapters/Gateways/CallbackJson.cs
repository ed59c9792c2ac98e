using System.Globalization;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>
/// Callback bodies as vendors send them: an array or a single object, values as strings or numbers, times without zone in
/// +08:00, mainland numbers without country code.
/// </summary>
internal static class CallbackJson
{
    private static readonly string[] Times = ["yyyy-MM-dd HH:mm:ss", "yyyyMMddHHmmss"];

    /// <param name="item">Null for an entry that is not what the vendor documents.</param>
    public static CallbackItems<T> Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> item) where T : class =>
        ReadEach(body, entry => item(entry) is { } one ? [one] : (T[])[]);

    /// <param name="items">What an entry holds; nothing for an entry that is not what the vendor documents.</param>
    public static CallbackItems<T> ReadEach<T>(ReadOnlyMemory<byte> body, Func<JsonElement, IEnumerable<T>> items) where T : class
    {
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return new([], 0);
        try
        {
            using var json = JsonDocument.Parse(body);
            List<JsonElement> entries = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [json.RootElement];
            entries.RemoveAll(entry => entry.ValueKind == JsonValueKind.Object && !entry.EnumerateObject().Any());
            List<IReadOnlyList<T>> read = [.. entries.Select(entry => One(entry, items))];
            return new([.. read.SelectMany(one => one)], read.Count(one => one.Count == 0));
        }
        catch (JsonException)
        {
            return new([], 1);
        }
    }

    public static string? Text(this JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;

    public static bool? Flag(this JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => entry.Text(name) switch { "true" or "1" => true, "false" or "0" => false, _ => null },
    } : null;

    public static DateTimeOffset? Time(this JsonElement entry, string name) =>
        DateTime.TryParseExact(entry.Text(name), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new(at, People.Offset) : null;

    /// <summary>Seconds since 1970 in UTC.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement entry, string name) =>
        long.TryParse(entry.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>E.164; null for what is no phone.</summary>
    public static string? Phone(this JsonElement entry, string name) => Phone(entry.Text(name));

    /// <inheritdoc cref="Phone(JsonElement, string)"/>
    public static string? Phone(string? written)
    {
        var text = written?.Trim() ?? "";
        var digits = text.StartsWith('+') ? text[1..] : text.StartsWith("00", StringComparison.Ordinal) ? text[2..] : text is ['1', ..] && text.Length == 11 ? $"86{text}" : text;
        return digits is [>= '1' and <= '9', ..] && digits.Length is >= 7 and <= 15 && digits.All(char.IsAsciiDigit) ? $"+{digits}" : null;
    }

    // Text that is not Unicode is found only when it is read.
    private static IReadOnlyList<T> One<T>(JsonElement entry, Func<JsonElement, IEnumerable<T>> items)
    {
        try
        {
            return entry.ValueKind == JsonValueKind.Object ? [.. items(entry)] : [];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }
}
