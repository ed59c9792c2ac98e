using System.Text.Json.Nodes;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>A row on its way to a shape: JSON as a caller would have put it, and what is already wrong.</summary>
internal sealed class RowDraft
{
    private readonly Dictionary<string, string> headers = new(StringComparer.Ordinal);
    private readonly List<(string Path, JsonNode Value, ImportNotice Notice)> assumed = [];

    public JsonObject Shape { get; } = [];

    public List<FieldError> Errors { get; } = [];

    public List<ImportNotice> Notices { get; } = [];

    /// <summary>What stands in the column of references; null where nothing does.</summary>
    public string? Reference { get; set; }

    /// <summary>The credit code that a position's row names, to be compared.</summary>
    public string? CreditCode { get; set; }

    /// <summary>The header under which a field was read, or the nearest above it; null where none was.</summary>
    public string? HeaderOf(string field)
    {
        for (var path = field; ; path = path[..path.LastIndexOfAny(['.', '['])])
            if (headers.TryGetValue(path, out var header))
                return header;
            else if (path.LastIndexOfAny(['.', '[']) < 0)
                return null;
    }

    public void Reads(string field, string header)
    {
        if (field.Length > 0)
            headers[field] = header;
    }

    /// <summary>Writes a value. Two columns may say the same thing, not different things.</summary>
    public void Set(string path, JsonNode value, string header)
    {
        Reads(path, header);
        var (at, last) = Place(path);
        if (at[last] is not { } before)
            at[last] = value;
        else if (!JsonNode.DeepEquals(before, value))
            Errors.Add(Faults.Conflict(path, "Two columns say different things. Keep one.", "两列内容互相矛盾，请只保留一个。") with { Column = header });
    }

    /// <summary>Writes a value that the wording leaves open; it gives way to one that says it, and is told.</summary>
    public void Assume(string path, JsonNode value, string header, Label how) => assumed.Add((path, value, new(path, how, header)));

    public void Refuse(FieldError error, string header) => Errors.Add(error with { Column = header });

    /// <summary>Fills in what was assumed and not said.</summary>
    public void Settle()
    {
        foreach (var (path, value, notice) in assumed)
        {
            var (at, last) = Place(path);
            if (at[last] is not null)
                continue;
            at[last] = value;
            Reads(path, notice.Column!);
            Notices.Add(notice);
        }
    }

    private (JsonObject At, string Last) Place(string path)
    {
        var names = path.Split('.');
        var at = Shape;
        foreach (var name in names[..^1])
            at = (JsonObject)(at[name] ??= new JsonObject());
        return (at, names[^1]);
    }
}
