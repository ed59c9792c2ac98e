using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using JobMatch.Flows.Imports;

namespace JobMatch.Adapters.Sheets;

/// <summary>The first sheet of an .xlsx as the text that its CSV copy would hold.</summary>
internal static class XlsxSheet
{
    /// <summary>What the zip may unfold to: ten thousand wide rows are far below it, a zip bomb is not.</summary>
    private const long MaxUnfolded = 200L * 1024 * 1024;

    // ExcelDataReader names a code page of old .xls files even where it reads none.
    static XlsxSheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Sheet Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            if (Unfolded(stream) > MaxUnfolded)
                return new Sheet.TooLarge(new("The workbook unfolds to more than 200 MB.", "工作簿解压后超过 200 MB。"));
            stream.Position = 0;
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true });
            return Rows(reader);
        }
        // Damaged parts surface as anything from XmlException to NullReferenceException; all of it is about the file.
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            return new Sheet.Unreadable(new("This workbook cannot be read. Save it again as .xlsx without a password, or as CSV.", "无法读取该工作簿。请另存为不带密码的 .xlsx 或 CSV 后上传。"));
        }
    }

    // One stray cell at the far end makes the library lay out every blank one before it: it may cost this many, and a
    // sheet has no more columns and rows than these.
    private const long MostCells = 50_000_000;
    private const int LastColumn = 16_384, LastRow = 1_048_576;

    private static Sheet Rows(IExcelDataReader reader)
    {
        if (reader.FieldCount > LastColumn)
            return SheetReader.TooManyColumns;
        if (!reader.Read() || Cells(reader) is not { Count: > 0 } headers)
            return SheetReader.Empty;
        if (headers.Count > Sheet.MaxColumns)
            return SheetReader.TooManyColumns;
        var rows = new List<SheetRow>();
        for (var number = 2; reader.Read(); number++)
        {
            if (number > LastRow || (long)number * reader.FieldCount > MostCells)
                return reader.FieldCount > Sheet.MaxColumns ? SheetReader.TooManyColumns : SheetReader.TooManyRows;
            var cells = Cells(reader);
            if (cells.Count == 0)
                continue;
            if (rows.Count == Sheet.MaxRows)
                return SheetReader.TooManyRows;
            rows.Add(new SheetRow.Cells(number, cells));
        }
        return new Sheet.Table(headers, rows);
    }

    private static List<string> Cells(IExcelDataReader reader)
    {
        var cells = new List<string>();
        for (var i = 0; i < Math.Min(reader.FieldCount, Sheet.MaxColumns + 1); i++)
            cells.Add(Text(reader.GetValue(i)));
        while (cells is [.., ""])
            cells.RemoveAt(cells.Count - 1);
        return cells;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),
        double number => Number(number),
        DateTime time when time.TimeOfDay == TimeSpan.Zero => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool yes => yes ? "TRUE" : "FALSE",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "",
    };

    // A spreadsheet keeps 15 digits of a number and shows the rest of an 18-digit code as 9.15E+17. Written out in full it
    // would look like a code and be another one.
    private static string Number(double number) =>
        Math.Abs(number) >= 1e15 ? number.ToString("0.##E+00", CultureInfo.InvariantCulture) : number.ToString("0.###############", CultureInfo.InvariantCulture);

    private static long Unfolded(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var (total, chunk) = (0L, new byte[81_920]);
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            for (int read; total <= MaxUnfolded && (read = content.Read(chunk)) > 0;)
                total += read;
        }
        return total;
    }
}
