using System.Globalization;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>
/// Callback bodies as mainland vendors send them: an array or a single object, values as strings or numbers, times without
/// zone in +08:00, mainland numbers without country code.
/// </summary>
internal static class CallbackJson
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private static readonly string[] Times = ["yyyy-MM-dd HH:mm:ss", "yyyyMMddHHmmss"];

    /// <param name="item">Null for an entry that is not what the vendor documents.</param>
    public static CallbackItems<T> Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> item) where T : class
    {
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return new([], 0);
        try
        {
            using var json = JsonDocument.Parse(body);
            List<JsonElement> entries = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [json.RootElement];
            entries.RemoveAll(entry => entry.ValueKind == JsonValueKind.Object && !entry.EnumerateObject().Any());
            List<T> items = [.. entries.Select(entry => One(entry, item)).OfType<T>()];
            return new(items, entries.Count - items.Count);
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
        DateTime.TryParseExact(entry.Text(name), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new(at, Zone) : null;

    /// <summary>E.164; null for what is no phone.</summary>
    public static string? Phone(this JsonElement entry, string name)
    {
        var text = entry.Text(name)?.Trim() ?? "";
        var digits = text.StartsWith('+') ? text[1..] : text.StartsWith("00", StringComparison.Ordinal) ? text[2..] : text is ['1', ..] && text.Length == 11 ? $"86{text}" : text;
        return digits is [>= '1' and <= '9', ..] && digits.Length is >= 7 and <= 15 && digits.All(char.IsAsciiDigit) ? $"+{digits}" : null;
    }

    // Text that is not Unicode is found only when it is read.
    private static T? One<T>(JsonElement entry, Func<JsonElement, T?> item) where T : class
    {
        try
        {
            return entry.ValueKind == JsonValueKind.Object ? item(entry) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
