using System.Globalization;
using JobMatch.Flows.Imports;
using JobMatch.Matching;

namespace JobMatch.Adapters.Sheets;

/// <summary>
/// Travel times between districts from a CSV file with the columns home, work and minutes: one way, door to door, by what people
/// there really take. Up to 10,000 rows. A pair that is not in it keeps the bounds from coordinates; within a district there is no way.
/// </summary>
public static class TravelTable
{
    private const int Longest = 1440;
    private const int Told = 10;
    private static readonly string[] Columns = ["home", "work", "minutes"];

    /// <exception cref="FormatException">What is wrong, by row and column, and what would be right; the first ten faults.</exception>
    public static IReadOnlyDictionary<(string Home, string Work), int> Read(ReadOnlyMemory<byte> file, CodeLists codes)
    {
        var table = SheetReader.Read(file, fileName: "travel.csv") switch
        {
            Sheet.Table read => read,
            Sheet.TooLarge large => throw new FormatException(large.Why.En),
            Sheet.Unreadable none => throw new FormatException(none.Why.En),
            _ => throw new FormatException("This is no sheet."),
        };
        if (!table.Headers.SequenceEqual(Columns, StringComparer.OrdinalIgnoreCase))
            throw new FormatException("Row 1: the header must be home,work,minutes.");
        var (minutes, rows, faults) = (new Dictionary<(string, string), int>(), new Dictionary<(string, string), int>(), new List<string>());
        foreach (var row in table.Rows)
        {
            if (row is not SheetRow.Cells { Texts: [var home, var work, var said] })
            {
                faults.Add($"Row {row.Number}: there must be three cells, such as 500103,500107,35.");
                continue;
            }
            var before = faults.Count;
            if (Fault(row.Number, "home", home, codes) is { } from)
                faults.Add(from);
            if (Fault(row.Number, "work", work, codes) is { } to)
                faults.Add(to);
            if (!int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time > Longest)
                faults.Add($"Row {row.Number}, minutes: use a whole number from 0 to {Longest}.");
            if (!rows.TryAdd((home, work), row.Number))
                faults.Add($"Row {row.Number}: this way stands in row {rows[(home, work)]} already; keep one of them.");
            if (faults.Count == before)
                minutes[(home, work)] = time;
        }
        return faults.Count == 0 ? minutes : throw new FormatException(string.Join(' ', faults.Take(Told)) + (faults.Count > Told ? $" And {faults.Count - Told} more." : ""));
    }

    private static string? Fault(int row, string column, string code, CodeLists codes) => codes.FindDistrict(code) switch
    {
        null => $"Row {row}, {column}: there is no such district; use a six-digit code of the list, such as 500103.",
        { Merged: true } district => $"Row {row}, {column}: {code} went into {string.Join(" or ", district.ReplacedBy)}; name that one.",
        _ => null,
    };
}
