using JobMatch.Flows.Shapes;

namespace JobMatch.Flows.Imports;

/// <summary>Row 1 of a sheet against the columns that are understood.</summary>
internal sealed class Heading
{
    private readonly IReadOnlyList<Column> columns;
    private readonly IReadOnlyList<string> texts;
    private readonly Column?[] named;
    private readonly Dictionary<string, Column> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FieldError> unknown = [];

    public Heading(IReadOnlyList<Column> columns, IReadOnlyList<string> texts)
    {
        (this.columns, this.texts) = (columns, texts);
        foreach (var (column, name) in columns.SelectMany(x => x.Names.Select(name => (x, name))))
            byName.TryAdd(Vocabulary.Fold(name), column);
        named = [.. texts.Select(Find)];
    }

    /// <summary>The column that a header names, with or without what stands in brackets behind it (薪资（元/月）).</summary>
    public Column? Find(string header) =>
        byName.GetValueOrDefault(Vocabulary.Fold(header)) ?? byName.GetValueOrDefault(Vocabulary.Fold(Vocabulary.Unbracketed(header)));

    public bool Has(string prefix) => named.Any(x => x?.Field.StartsWith(prefix, StringComparison.Ordinal) == true);

    /// <summary>Reads a cell by its column, or says that there is none: nothing is dropped in silence.</summary>
    public void Read(RowDraft draft, int at, string text)
    {
        if (at >= texts.Count || texts[at].Length == 0)
            draft.Errors.Add(new("", "unknownField", new($"Column {at + 1} holds a value but has no header.", $"第 {at + 1} 列有内容但没有表头。")));
        else if (named[at] is not { } column)
            draft.Refuse(unknown.TryGetValue(at, out var said) ? said : unknown[at] = NoSuchColumn(texts[at]), texts[at]);
        else
        {
            draft.Reads(column.Field, texts[at]);
            column.Read(draft, new(texts[at], text));
        }
    }

    /// <summary>The header to look for: as written where the column is there, else as the template has it; null for lines without headers.</summary>
    public string? HeaderFor(string field)
    {
        var column = columns.FirstOrDefault(x => x.Field == field) ?? columns.FirstOrDefault(x => x.Field.StartsWith(field + ".", StringComparison.Ordinal));
        return column is null || texts.Count == 0 ? null
            : Array.IndexOf(named, column) is >= 0 and var at ? texts[at]
            : column.Header.Zh;
    }

    private FieldError NoSuchColumn(string header)
    {
        var shown = header.Length <= 60 ? header : header[..60] + "…";
        return Nearest.To(Vocabulary.Fold(header), byName.Keys) is { } meant
            ? new(shown, "unknownField", new($"There is no such column. Did you mean \"{byName[meant].Header.En}\"?", $"没有这一列。是不是“{byName[meant].Header.Zh}”？"))
            : new(shown, "unknownField", new("There is no such column. Rename it as in the template, or delete it.", "没有这一列。请按模板改名，或删除该列。"));
    }
}
