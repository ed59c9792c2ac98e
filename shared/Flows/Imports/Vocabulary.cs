using System.Text.Json;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>The words by which people call the members of a list: code, both labels, and whatever else is at hand.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, string?> codes = [];
    private readonly IReadOnlyList<Label> labels;

    /// <param name="rows">Code as in JSON, its label, and other words; one that two codes share means neither.</param>
    public Vocabulary(IEnumerable<(string Code, Label Label, IEnumerable<string> Others)> rows)
    {
        var all = rows.ToArray();
        labels = [.. all.Select(x => x.Label)];
        foreach (var (code, label, _) in all)
            foreach (var word in (string[])[code, label.En, label.Zh])
                codes.TryAdd(Fold(word), code);
        var others = all.SelectMany(x => x.Others.Append(Unbracketed(x.Label.En)).Append(Unbracketed(x.Label.Zh)).Select(word => (Word: Fold(word), x.Code)));
        foreach (var group in others.Where(x => !codes.ContainsKey(x.Word)).GroupBy(x => x.Word, x => x.Code).ToArray())
            codes[group.Key] = group.Distinct().Count() == 1 ? group.First() : null;
    }

    /// <summary>A closed list, its codes written as in JSON.</summary>
    /// <param name="also">Other words per member, separated by |.</param>
    public static Vocabulary Of<T>(params (T Member, string Words)[] also) where T : struct, Enum => new(Enum.GetValues<T>().Select(member => (
        JsonSerializer.SerializeToElement(member, ShapeJson.Options).GetString()!,
        CodeLists.LabelOf(member),
        also.Where(x => x.Member.Equals(member)).SelectMany(x => x.Words.Split('|')).Append(CodeLists.CodeOf(member)))));

    /// <summary>The code that a word stands for, or null.</summary>
    public string? Find(string text) => codes.GetValueOrDefault(Fold(text));

    /// <summary>What may be written, per language.</summary>
    public Label Choices => new(string.Join(", ", labels.Select(x => x.En)), string.Join("、", labels.Select(x => x.Zh)));

    /// <summary>Entries separated by 、,;| or a line end. A label that itself holds such a sign stays whole.</summary>
    public IReadOnlyList<string> Split(string text)
    {
        var pieces = Pieces(text).ToArray();
        var entries = new List<string>();
        for (var i = 0; i < pieces.Length; i++)
        {
            var last = Enumerable.Range(i, pieces.Length - i).Take(LongestLabelInPieces).Reverse().FirstOrDefault(j => Find(text[pieces[i].Start..pieces[j].End]) is not null, i);
            if (text[pieces[i].Start..pieces[last].End].Trim() is { Length: > 0 } entry)
                entries.Add(entry);
            i = last;
        }
        return entries;
    }

    private const int LongestLabelInPieces = 8;

    private static IEnumerable<(int Start, int End)> Pieces(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
            if (i == text.Length || text[i] is '、' or ',' or ';' or '|' or '，' or '；' or '｜' or '\n')
            {
                yield return (start, i);
                start = i + 1;
            }
    }

    /// <summary>A word without what people vary: width, case, blanks, a star for "needed", a colon at the end.</summary>
    public static string Fold(string text) =>
        string.Concat(CleanText.HalfWidth(text).Where(x => !char.IsWhiteSpace(x) && x is not ('\u200B' or '\uFEFF'))).Trim('*', ':').ToLowerInvariant();

    /// <summary>A label without what stands in brackets behind it.</summary>
    public static string Unbracketed(string label)
    {
        var at = label.IndexOfAny(['(', '（']);
        return at > 0 ? label[..at] : label;
    }
}
