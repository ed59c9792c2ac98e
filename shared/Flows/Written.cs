using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobMatch.Flows;

/// <summary>
/// How a record is written in one property: stable JSON, so that equal records give equal text. For storage and
/// comparison, never for the public contract (see Shapes).
/// </summary>
public static class Written
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Of<T>(T record) => JsonSerializer.Serialize(record, Json);

    /// <exception cref="JsonException">The text was not written by <see cref="Of{T}"/>.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException($"No {typeof(T).Name}.");

    /// <summary>The same from the text's UTF-8 bytes.</summary>
    /// <exception cref="JsonException">The text was not written by <see cref="Of{T}"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException($"No {typeof(T).Name}.");
}
