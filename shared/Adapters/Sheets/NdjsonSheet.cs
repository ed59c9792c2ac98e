using System.Text;
using System.Text.Json;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;

namespace JobMatch.Adapters.Sheets;

/// <summary>One shape a line; a line that is no JSON costs only itself.</summary>
internal static class NdjsonSheet
{
    public static Sheet Read(string text)
    {
        var rows = new List<SheetRow>();
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan(range);
            if (line.IsWhiteSpace())
                continue;
            if (rows.Count == Sheet.MaxRows)
                return SheetReader.TooManyRows;
            rows.Add(ShapeReader.TryParse(Encoding.UTF8.GetBytes(line.ToString()), out var json) && json.ValueKind == JsonValueKind.Object
                ? new SheetRow.Line(number, json)
                : new SheetRow.Broken(number, Faults.WrongType("", new("one JSON object on a line", "每行一个 JSON 对象"))));
        }
        return rows.Count == 0 ? SheetReader.Empty : new Sheet.Table([], rows);
    }
}
