using System.Text;
using JobMatch.Flows.Imports;

namespace JobMatch.Adapters.Sheets;

/// <summary>Turns an uploaded file into rows: CSV in UTF-8 or GBK, .xlsx (first sheet), or NDJSON of shapes.</summary>
public static class SheetReader
{
    /// <summary>Reads at most one byte more than is allowed, then as below.</summary>
    public static async Task<Sheet> Read(Stream body, string? contentType, string? fileName, CancellationToken cancel)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[81_920];
        for (int read; (read = await body.ReadAsync(chunk, cancel)) > 0 && buffer.Length <= Sheet.MaxBytes;)
            buffer.Write(chunk, 0, read);
        return Read(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), contentType, fileName);
    }

    /// <summary>
    /// The rows of a file. What the file is shows in its first bytes, then in its type and name; browsers and spreadsheets
    /// are loose with both. Never throws, whatever the bytes.
    /// </summary>
    public static Sheet Read(ReadOnlyMemory<byte> file, string? contentType = null, string? fileName = null)
    {
        if (file.Length > Sheet.MaxBytes)
            return new Sheet.TooLarge(new("The file is larger than 10 MB. Split it.", "文件超过 10 MB，请拆分后上传。"));
        if (file.Span.StartsWith("PK\u0003\u0004"u8))
            return XlsxSheet.Read(file);
        if (file.Span.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            return new Sheet.Unreadable(new("This is an old .xls file. Save it as .xlsx or CSV.", "这是旧版 .xls 文件，请另存为 .xlsx 或 CSV 后上传。"));
        if (SheetText.Decode(file.Span) is not { } text)
            return new Sheet.Unreadable(new("This is no sheet: use CSV (UTF-8 or GBK), .xlsx or NDJSON.", "无法识别的文件。请上传 CSV（UTF-8 或 GBK）、.xlsx 或 NDJSON。"));
        return IsNdjson(text, contentType, fileName) ? NdjsonSheet.Read(text) : CsvSheet.Read(text);
    }

    internal static readonly Sheet TooManyRows = new Sheet.TooLarge(new("The file has more than 10,000 rows. Split it.", "文件超过 10,000 行，请拆分后上传。"));

    internal static readonly Sheet TooManyColumns = new Sheet.TooLarge(new("The file has more than 300 columns.", "文件超过 300 列。"));

    internal static readonly Sheet Empty = new Sheet.Unreadable(new("The file is empty: row 1 is the header, rows follow.", "文件是空的：第 1 行应为表头，后面是数据。"));

    private static bool IsNdjson(string text, string? contentType, string? fileName) =>
        contentType is not null && (contentType.Contains("ndjson", StringComparison.OrdinalIgnoreCase) || contentType.Contains("jsonl", StringComparison.OrdinalIgnoreCase))
        || fileName is not null && (fileName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        || text.AsSpan().TrimStart().StartsWith("{");
}

/// <summary>Bytes as text.</summary>
internal static class SheetText
{
    // GB18030 holds GBK, which holds GB2312: whatever a Chinese spreadsheet writes that is not Unicode.
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>By its mark where there is one; else UTF-8 if it is that throughout, else GBK. Null where it is neither.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Strict(Utf8, rest),
        [0xFF, 0xFE, .. var rest] => Strict(new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), rest),
        [0xFE, 0xFF, .. var rest] => Strict(new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), rest),
        _ => Strict(Utf8, bytes) ?? Strict(Gbk, bytes),
    };

    private static string? Strict(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
