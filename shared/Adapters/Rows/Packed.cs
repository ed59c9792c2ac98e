using System.IO.Compression;
using System.Text;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Records and texts that may be longer than a property: compressed, or cut into numbered parts (a property holds 64 KiB,
/// a row 1 MiB).
/// </summary>
internal static class Packed
{
    private const int Bytes = 64 * 1024;
    private const int Characters = 32 * 1024;

    public static void Pack<T>(this TableEntity row, string property, T record) => row.PackText(property, Written.Of(record));

    /// <exception cref="System.Text.Json.JsonException">The row was not written by <see cref="Pack"/>.</exception>
    public static T Unpack<T>(this TableEntity row, string property) => Written.Read<T>(row.UnpackText(property));

    public static void PackText(this TableEntity row, string property, string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new BrotliStream(packed, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        foreach (var (part, i) in packed.ToArray().Chunk(Bytes).Select((part, i) => (part, i)))
            row[$"{property}{i}"] = part;
    }

    public static string UnpackText(this TableEntity row, string property)
    {
        using var packed = new MemoryStream();
        for (var i = 0; row.GetBinary($"{property}{i}") is { } part; i++)
            packed.Write(part);
        packed.Position = 0;
        using var zip = new BrotliStream(packed, CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>A text without surrogates, such as base64, in parts.</summary>
    public static void Cut(this TableEntity row, string property, string text)
    {
        for (var i = 0; i * Characters < text.Length; i++)
            row[$"{property}{i}"] = text.Substring(i * Characters, Math.Min(Characters, text.Length - i * Characters));
    }

    public static string Join(this TableEntity row, string property)
    {
        var text = new StringBuilder();
        for (var i = 0; row.GetString($"{property}{i}") is { } part; i++)
            text.Append(part);
        return text.ToString();
    }
}
