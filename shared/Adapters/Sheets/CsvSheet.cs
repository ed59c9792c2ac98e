using System.Text;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;

namespace JobMatch.Adapters.Sheets;

/// <summary>
/// CSV (RFC 4180) whose mistakes stay where they are. A reader that follows a quote to the end of the file would swallow
/// every row after one that was never closed; this one takes a cell of several lines only where it closes properly and its
/// row then has as many cells as the header, and otherwise gives up that line alone.
/// </summary>
internal static class CsvSheet
{
    // A spreadsheet's own limit: a longer cell is a quote that was never closed.
    private const int LongestCell = 32_767;

    /// <summary>Spreadsheets write ; or a tab in some countries.</summary>
    private const string Separators = ",\t;";

    public static Sheet Read(string text)
    {
        var separator = SeparatorOf(text);
        var at = 0;
        var headers = Record(text, ref at, separator, cells: 0) ?? [];
        var width = headers.Count;
        while (headers is [.., ""])
            headers.RemoveAt(headers.Count - 1);
        if (headers.Count == 0)
            return SheetReader.Empty;
        if (headers.Count > Sheet.MaxColumns)
            return SheetReader.TooManyColumns;
        var rows = new List<SheetRow>();
        for (var number = 2; at < text.Length; number++)
        {
            var cells = Record(text, ref at, separator, width);
            if (cells is not null && cells.TrueForAll(x => x.Length == 0))
                continue;
            if (rows.Count == Sheet.MaxRows)
                return SheetReader.TooManyRows;
            rows.Add(cells is null ? new SheetRow.Broken(number, Unclosed) : new SheetRow.Cells(number, cells));
        }
        return new Sheet.Table(headers, rows);
    }

    private static readonly FieldError Unclosed = new("", "wrongType", new(
        "A quote in this row is not closed, or stands inside a cell. Double a quote that belongs to the text, and close what is opened.",
        "本行的引号没有配对。文字中的引号请写两个，左右引号要成对。"));

    /// <summary>What stands most often in the first line.</summary>
    private static char SeparatorOf(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        var line = end < 0 ? text : text[..end];
        return Separators.MaxBy(x => line.Count(c => c == x));
    }

    /// <summary>The next row's cells, trimmed, or null where it cannot be told what they are; <paramref name="at"/> is then behind that line.</summary>
    private static List<string>? Record(string text, ref int at, char separator, int cells)
    {
        var (start, read) = (at, new List<string>());
        while (true)
        {
            if (Cell(text, ref at, separator) is not { } cell || read.Count > Sheet.MaxColumns)
                return GiveUp(text, start, ref at);
            read.Add(cell.Trim());
            if (at < text.Length && text[at] == separator)
            {
                at++;
                continue;
            }
            var lines = text.AsSpan(start, at - start).IndexOfAny('\r', '\n') >= 0;
            if (lines && cells > 0 && read.Count != cells)
                return GiveUp(text, start, ref at);
            PassLineEnd(text, ref at);
            return read;
        }
    }

    private static List<string>? GiveUp(string text, int start, ref int at)
    {
        at = start;
        while (at < text.Length && text[at] is not ('\r' or '\n'))
            at++;
        PassLineEnd(text, ref at);
        return null;
    }

    /// <summary>One cell; <paramref name="at"/> is then on the separator, the line end or the end. Null for a quote that does not close.</summary>
    private static string? Cell(string text, ref int at, char separator)
    {
        if (at < text.Length && text[at] == '"')
            return Quoted(text, ref at, separator);
        var start = at;
        while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
            at++;
        return text[start..at];
    }

    private static string? Quoted(string text, ref int at, char separator)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length && cell.Length <= LongestCell; at++)
            if (text[at] != '"')
                cell.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"')
                cell.Append(text[++at]);
            else
            {
                at++;
                return at == text.Length || text[at] == separator || text[at] is '\r' or '\n' ? cell.ToString() : null;
            }
        return null;
    }

    private static void PassLineEnd(string text, ref int at)
    {
        if (at < text.Length && text[at] == '\r')
            at++;
        if (at < text.Length && text[at] == '\n')
            at++;
    }
}
