using System.Runtime.CompilerServices;
using System.Text;

namespace JobMatch.Matching;

/// <summary>
/// How close two short texts are, 0-1 in hundredths: 2 · shared ÷ (all of one + all of the other) over their distinct
/// n-grams (Dice). Han text is cut into pairs of neighbouring characters, since it has no spaces to cut at; runs of letters
/// and digits into threes, the word's edges included. Equal texts are 1, texts without a shared n-gram 0.
/// </summary>
public static class TextCloseness
{
    /// <summary>0.00-1.00, rounded to hundredths, half up. Symmetric; the same texts always give the same number.</summary>
    public static double Between(string a, string b) => Grams.Of(a).HundredthsTo(Grams.Of(b)) / 100.0;

    /// <summary>
    /// One spelling for what reads the same: full-width and other compatibility forms as plain ones, lower case, one space
    /// between words, no other punctuation. A part of NFKC by hand, because String.Normalize does nothing under invariant
    /// globalization.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
            folded.Append(Plain(c));
        var kept = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
            if (char.IsLetterOrDigit(folded[i]) || char.IsSurrogate(folded[i]) || folded[i] is '+' or '#')
                kept.Append(char.ToLowerInvariant(folded[i]));
            else if (kept.Length > 0 && kept[^1] != ' ' && !char.IsHighSurrogate(kept[^1]))
                kept.Append(' ');
        return kept.ToString().TrimEnd();
    }

    /// <summary>True where the text holds a Han character: it is then compared with Chinese texts, otherwise with English ones.</summary>
    internal static bool IsChinese(string text) => text.Any(IsHan);

    internal static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf' or >= '\uf900' and <= '\ufaff';

    private static string Plain(char c) => c switch
    {
        >= '\uff01' and <= '\uff5e' => ((char)(c - 0xfee0)).ToString(),
        >= '①' and <= '⑨' => ((char)(c - '①' + '1')).ToString(),
        'Ⅰ' => "I",
        'Ⅱ' => "II",
        'Ⅲ' => "III",
        'Ⅳ' => "IV",
        'Ⅴ' => "V",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => c.ToString(),
    };
}

/// <summary>The distinct n-grams of one text as sorted 64-bit keys, ready for many comparisons.</summary>
internal sealed class Grams
{
    private readonly ulong[] keys;

    private Grams(ulong[] keys) => this.keys = keys;

    public static Grams Of(string text)
    {
        var folded = TextCloseness.Fold(text);
        var found = new SortedSet<ulong>();
        for (var i = 0; i < folded.Length;)
        {
            var end = i;
            while (end < folded.Length && folded[end] != ' ' && TextCloseness.IsHan(folded[end]) == TextCloseness.IsHan(folded[i]))
                end++;
            if (end > i)
                AddRun(folded.AsSpan(i, end - i), found);
            i = Math.Max(end, i + 1);
        }
        return new([.. found]);
    }

    /// <summary>0-100, half up.</summary>
    public int HundredthsTo(Grams other)
    {
        var total = keys.Length + other.keys.Length;
        return total == 0 ? 0 : (400 * Shared(other) + total) / (2 * total);
    }

    private static void AddRun(ReadOnlySpan<char> run, SortedSet<ulong> found)
    {
        if (TextCloseness.IsHan(run[0]))
        {
            for (var i = 0; i < Math.Max(1, run.Length - 1); i++)
                found.Add(Key('\0', run[i], i + 1 < run.Length ? run[i + 1] : '\0'));
            return;
        }
        for (var i = 0; i < run.Length; i++)
            found.Add(Key(i == 0 ? ' ' : run[i - 1], run[i], i + 1 < run.Length ? run[i + 1] : ' '));
    }

    private static ulong Key(char a, char b, char c) => ((ulong)a << 32) | ((ulong)b << 16) | c;

    private int Shared(Grams other)
    {
        int i = 0, j = 0, shared = 0;
        while (i < keys.Length && j < other.keys.Length)
        {
            var order = keys[i].CompareTo(other.keys[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return shared;
    }
}

/// <summary>All texts of one entry, by language: a label with its synonyms, or what somebody wrote.</summary>
internal sealed record Phrases(Grams[] Zh, Grams[] En)
{
    public static Phrases Of(Label label, string[] synonymsEn, string[] synonymsZh) =>
        new([Grams.Of(label.Zh), .. synonymsZh.Select(Grams.Of)], [Grams.Of(label.En), .. synonymsEn.Select(Grams.Of)]);

    public static Phrases Of(string text) => TextCloseness.IsChinese(text) ? new([Grams.Of(text)], []) : new([], [Grams.Of(text)]);

    /// <summary>Below this, in hundredths, only endings are shared ("-er", "员工"), and nothing is meant by it.</summary>
    private const int Noise = 30;

    /// <summary>The best closeness within one language, in hundredths; 0 where it is noise.</summary>
    public int HundredthsTo(Phrases other) => Math.Max(Best(Zh, other.Zh), Best(En, other.En)) is var best and >= Noise ? best : 0;

    private static int Best(Grams[] ours, Grams[] theirs)
    {
        var best = 0;
        foreach (var a in ours)
            foreach (var b in theirs)
                best = Math.Max(best, a.HundredthsTo(b));
        return best;
    }
}

/// <summary>
/// The texts of the lists, cut once, and those of seekers and positions, cut when first compared and kept no longer than
/// the record that they came from.
/// </summary>
internal sealed class Lexicon(IReadOnlyList<Occupation> occupations, IReadOnlyList<Skill> skills)
{
    private readonly Dictionary<string, Phrases> occupationTexts = occupations.ToDictionary(x => x.Code, x => Phrases.Of(x.Label, x.SynonymsEn, x.SynonymsZh));
    private readonly Dictionary<string, Phrases> skillTexts = skills.ToDictionary(x => x.Code, x => Phrases.Of(x.Label, x.SynonymsEn, x.SynonymsZh));
    private readonly Dictionary<string, string> skillSaid = Said(skills.Select(x => (x.Code, Texts: (string[])[x.Label.En, x.Label.Zh, .. x.SynonymsEn, .. x.SynonymsZh])));
    private readonly ConditionalWeakTable<Position, PositionTexts> positions = [];
    private readonly ConditionalWeakTable<Seeker, SeekerTexts> seekers = [];

    public PositionTexts Of(Position position) => positions.GetValue(position, x => new(x, this));

    public SeekerTexts Of(Seeker seeker) => seekers.GetValue(seeker, x => new(x, this));

    public bool HasOccupation(string entry) => occupationTexts.ContainsKey(entry);

    /// <summary>An occupation's texts for a code of the list, otherwise the entry itself.</summary>
    public Phrases Occupation(string entry) => occupationTexts.GetValueOrDefault(entry) ?? Phrases.Of(entry);

    /// <summary>
    /// A skill's texts for a code of the list; for free text that is one of the list's own words, that skill's texts, so that
    /// 电子表格 and Excel are one skill; otherwise the entry itself.
    /// </summary>
    public Phrases Skill(string entry) =>
        skillTexts.GetValueOrDefault(entry)
        ?? (skillSaid.TryGetValue(TextCloseness.Fold(entry), out var code) ? skillTexts[code] : Phrases.Of(entry));

    private static Dictionary<string, string> Said(IEnumerable<(string Code, string[] Texts)> entries)
    {
        var said = new Dictionary<string, string>();
        foreach (var (code, texts) in entries)
            foreach (var text in texts)
                said.TryAdd(TextCloseness.Fold(text), code);
        return said;
    }
}

/// <summary>A position's texts: its title with its occupation, and the skills it lists.</summary>
internal sealed class PositionTexts(Position position, Lexicon lexicon)
{
    private readonly Phrases title = Phrases.Of(position.Title);
    private readonly Phrases? occupation = position.Occupation is { } entry ? lexicon.Occupation(entry) : null;
    private readonly Dictionary<string, int> wishes = [];
    private (string Entry, Phrases Texts)[]? listed;

    /// <summary>The distinct entries of required and optional skills.</summary>
    public (string Entry, Phrases Texts)[] Listed =>
        listed ??= [.. position.SkillsRequired.Concat(position.SkillsOptional).Distinct(StringComparer.Ordinal).Select(x => (x, lexicon.Skill(x)))];

    /// <summary>How close a wish is to the title or the occupation, in hundredths. Remembered for the list's own occupations only: what people wrote stays with them.</summary>
    public int HundredthsTo(string wish, Phrases texts)
    {
        if (!lexicon.HasOccupation(wish))
            return Closest(texts);
        lock (wishes)
        {
            if (!wishes.TryGetValue(wish, out var close))
                wishes[wish] = close = Closest(texts);
            return close;
        }
    }

    private int Closest(Phrases wish) => Math.Max(title.HundredthsTo(wish), occupation?.HundredthsTo(wish) ?? 0);
}

/// <summary>A seeker's texts: wished occupations and skills.</summary>
internal sealed class SeekerTexts(Seeker seeker, Lexicon lexicon)
{
    public (string Entry, Phrases Texts)[] Wishes { get; } = [.. (seeker.Occupations ?? []).Select(x => (x, lexicon.Occupation(x)))];

    public (string Entry, Phrases Texts)[] Skills { get; } = [.. (seeker.Skills ?? []).Select(x => (x, lexicon.Skill(x)))];
}
