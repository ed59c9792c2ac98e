using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// A row as JSON. What JSON cannot tell apart is named by @odata.type, so that every client reads the type that was written.
/// Source: https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations
/// </summary>
internal static class TableJson
{
    private const string TypeSuffix = "@odata.type";

    // Chinese text stays UTF-8 instead of six characters each; nothing here is put into a page.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(TableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            foreach (var (name, value) in entity)
                if (value is not null && !IsSystem(name))
                    WriteProperty(json, name, value);
            json.WriteString(TableEntity.PartitionKeyName, entity.PartitionKey);
            json.WriteString(TableEntity.RowKeyName, entity.RowKey);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    public static bool IsSystem(string name) =>
        name is TableEntity.PartitionKeyName or TableEntity.RowKeyName or TableEntity.TimestampName or TableEntity.ETagName;

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: Typed(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: WriteDouble(json, name, number); break;
            case Guid id: Typed(json, name, "Edm.Guid", id.ToString()); break;
            case DateTimeOffset time: Typed(json, name, "Edm.DateTime", Instant(time.UtcDateTime)); break;
            case DateTime time: Typed(json, name, "Edm.DateTime", Instant(time)); break;
            case byte[] bytes: Typed(json, name, "Edm.Binary", Convert.ToBase64String(bytes)); break;
            case BinaryData bytes: Typed(json, name, "Edm.Binary", Convert.ToBase64String(bytes)); break;
            default: throw new ArgumentException($"The property {name} is a {value.GetType().Name}, which a table cannot hold.", nameof(value));
        }
    }

    private static void Typed(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + TypeSuffix, type);
        json.WriteString(name, value);
    }

    // A whole double needs its ".0", or a reader that ignores the annotation takes it for an Int32; NaN and the infinities are text.
    private static void WriteDouble(Utf8JsonWriter json, string name, double value)
    {
        json.WriteString(name + TypeSuffix, "Edm.Double");
        if (!double.IsFinite(value))
        {
            json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            return;
        }
        json.WritePropertyName(name);
        json.WriteRawValue(Digits(value));
    }

    public static string Digits(double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + ".0" : digits;
    }

    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static T Read<T>(JsonElement row) where T : TableEntity, new()
    {
        var types = new Dictionary<string, string>();
        foreach (var property in row.EnumerateObject())
            if (property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
                types[property.Name[..^TypeSuffix.Length]] = property.Value.GetString()!;

        var entity = new T();
        foreach (var property in row.EnumerateObject())
            if (property.Name is TableEntity.ETagName)
                entity[TableEntity.ETagName] = property.Value.GetString();
            else if (property.Name is TableEntity.TimestampName)
                entity[TableEntity.TimestampName] = Time(property.Value);
            else if (!property.Name.StartsWith("odata.", StringComparison.Ordinal) && !property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
                entity[property.Name] = ReadValue(property.Value, types.GetValueOrDefault(property.Name));
        return entity;
    }

    private static object? ReadValue(JsonElement value, string? type) => (type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        ("Edm.Int64", _) => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        ("Edm.Double", JsonValueKind.String) => NotFinite(value.GetString()!),
        ("Edm.Double", _) => value.GetDouble(),
        ("Edm.Guid", _) => value.GetGuid(),
        ("Edm.DateTime", _) => Time(value),
        ("Edm.Binary", _) => value.GetBytesFromBase64(),
        (_, JsonValueKind.String) => value.GetString(),
        (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        _ => value.TryGetInt32(out var number) ? (object)number : value.GetDouble(),
    };

    private static double NotFinite(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset Time(JsonElement value) =>
        DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
