using System.Globalization;
using System.Text.Json;

namespace JobMatch.Functions.Hosting;

/// <summary>One call of the Functions host, read from its JSON.</summary>
/// <param name="Text">The message's text; empty for a timer.</param>
/// <param name="DequeueCount">Which try this is, for logs only: a member of the message may hide or replace it. Null when it cannot be read.</param>
internal sealed record Invocation(string Text, int? DequeueCount)
{
    /// <summary>Null when the body is not a queue invocation.</summary>
    public static Invocation? OfQueue(JsonElement body) =>
        Member(body, "Data", FunctionFiles.Binding.Item) is { } item && TextOf(item) is { } text
            ? new(text, Count(Member(body, "Metadata", "DequeueCount")))
            : null;

    /// <summary>Null when the body is not a timer invocation. Nothing in it is needed: a tick is a tick, and its status may be null.</summary>
    public static Invocation? OfTimer(JsonElement body) =>
        Member(body, "Data", FunctionFiles.Binding.Timer) is { ValueKind: JsonValueKind.Object } ? new("", null) : null;

    // The host writes the text as JSON, and that JSON as a JSON string. Documents also show it written once, and an object as it is.
    private static string? TextOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => Inner(item.GetString()!),
        JsonValueKind.Object or JsonValueKind.Array => item.GetRawText(),
        _ => null,
    };

    private static string Inner(string outer)
    {
        if (!outer.StartsWith('"')) return outer;
        try
        {
            return JsonSerializer.Deserialize<string>(outer)!;
        }
        catch (JsonException)
        {
            return outer;
        }
    }

    private static int? Count(JsonElement? count) => count switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    private static JsonElement? Member(JsonElement body, string outer, string inner) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(outer, out var data)
        && data.ValueKind == JsonValueKind.Object && data.TryGetProperty(inner, out var value)
            ? value
            : null;
}
