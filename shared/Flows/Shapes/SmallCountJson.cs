using System.Text.Json;
using System.Text.Json.Serialization;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A number, or <c>"&lt;5"</c>.</summary>
internal sealed class SmallCountJson : JsonConverter<SmallCount>
{
    public override SmallCount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? new(reader.GetInt32()) : reader.GetString() == SmallCount.Below ? new(null) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, SmallCount value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(SmallCount.Below);
    }
}
