using System.Runtime.CompilerServices;
using System.Text;

namespace JobMatch.Matching;

/// <summary>One spelling for texts that are compared or searched.</summary>
public static class TextCloseness
{
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

/// <summary>All texts of one entry, by language: a label with its synonyms, or what somebody wrote.</summary>
/// <param name="place">For an entry of a list, its place among the <paramref name="entries"/> of all lists: closeness between entries is kept once it is computed.</param>
internal sealed class Phrases(Terms[] zh, Terms[] en, int place = -1, int entries = 0)
{
    /// <summary>Below this, in hundredths, only endings are shared ("-er", "员工"), and nothing is meant by it.</summary>
    private const int Noise = 30;

    // One more than the value; 0 is not computed yet. Two that write a byte write the same.
    private readonly byte[] known = entries == 0 ? [] : new byte[entries];

    /// <summary>The place among the entries of all lists, occupations first; negative for what somebody wrote.</summary>
    public int Place { get; } = place;

    public Terms[] Zh { get; } = zh;

    public Terms[] En { get; } = en;

    /// <summary>The best closeness within one language, 0-100; 0 where it is noise. Symmetric.</summary>
    public int HundredthsTo(Phrases other)
    {
        if ((uint)other.Place >= (uint)known.Length)
            return Hundredths(Math.Max(Best(Zh, other.Zh), Best(En, other.En)));
        if (known[other.Place] == 0)
            known[other.Place] = (byte)(1 + Hundredths(Math.Max(Best(Zh, other.Zh), Best(En, other.En))));
        return known[other.Place] - 1;
    }

    /// <summary>Half up; 0 where it is noise.</summary>
    internal static int Hundredths(double cosine) => (int)(100 * cosine + 0.5) is var hundredths and >= Noise ? hundredths : 0;

    private static double Best(Terms[] ours, Terms[] theirs)
    {
        var best = 0.0;
        foreach (var a in ours)
            foreach (var b in theirs)
                best = Math.Max(best, a.CosineTo(b));
        return best;
    }
}

/// <summary>
/// The texts of the lists, cut once and weighed by how often the lists use their terms, and those of seekers and positions,
/// cut when first compared and kept no longer than the record that they came from.
/// </summary>
internal sealed class Lexicon
{
    private readonly TermWeights weights;
    private readonly Dictionary<string, Phrases> occupations;
    private readonly Dictionary<string, Phrases> skills;
    private readonly ConditionalWeakTable<Position, PositionTexts> positionTexts = [];
    private readonly ConditionalWeakTable<Seeker, SeekerTexts> seekerTexts = [];

    public Lexicon(IReadOnlyList<Occupation> occupations, IReadOnlyList<Skill> skills)
    {
        weights = new(occupations.Select(x => (x.Label, x.SynonymsEn, x.SynonymsZh)).Concat(skills.Select(x => (x.Label, x.SynonymsEn, x.SynonymsZh)))
            .SelectMany(x => (string[])[x.Label.Zh, x.Label.En, .. x.SynonymsZh, .. x.SynonymsEn]));
        var entries = occupations.Count + skills.Count;
        OccupationWords = [.. occupations.Select(x => new ListEntry(x.Code, Words(x.Label, x.SynonymsEn, x.SynonymsZh)))];
        SkillWords = [.. skills.Select(x => new ListEntry(x.Code, Words(x.Label, x.SynonymsEn, x.SynonymsZh)))];
        this.occupations = Texts(OccupationWords, 0, entries);
        this.skills = Texts(SkillWords, occupations.Count, entries);
    }

    /// <summary>The words of each occupation, in the list's order.</summary>
    public ListEntry[] OccupationWords { get; }

    /// <summary>The words of each skill, in the list's order.</summary>
    public ListEntry[] SkillWords { get; }

    public PositionTexts Of(Position position) => positionTexts.GetValue(position, x => new(x, this));

    public SeekerTexts Of(Seeker seeker) => seekerTexts.GetValue(seeker, x => new(x, this));

    /// <summary>True for a code of the list.</summary>
    public bool HasOccupation(string entry) => occupations.ContainsKey(entry);

    /// <summary>
    /// An occupation's texts for a code of the list, and for free text that is one of the list's own words, so that 质检员 and
    /// 品检员 are one occupation; otherwise the entry itself.
    /// </summary>
    public Phrases Occupation(string entry) => Find(occupations, entry);

    /// <summary>Likewise a skill's: 电子表格 and Excel are one skill.</summary>
    public Phrases Skill(string entry) => Find(skills, entry);

    /// <summary>What somebody wrote, to be compared with texts of its language.</summary>
    public Phrases Written(string text) => TextCloseness.IsChinese(text) ? new([Cut(text)], []) : new([], [Cut(text)]);

    public Terms Cut(string text) => weights.Of(text);

    private Phrases Find(Dictionary<string, Phrases> list, string entry) =>
        list.GetValueOrDefault(entry) ?? list.GetValueOrDefault(TextCloseness.Fold(entry)) ?? Written(entry);

    private ListWord[] Words(Label label, string[] synonymsEn, string[] synonymsZh) =>
    [
        Word(label.Zh, Language.Chinese, true), Word(label.En, Language.English, true),
        .. synonymsZh.Select(x => Word(x, Language.Chinese, false)), .. synonymsEn.Select(x => Word(x, Language.English, false)),
    ];

    private ListWord Word(string text, Language language, bool label) => new(TextCloseness.Fold(text), language, label, Cut(text));

    // By code and by each word as it is folded: codes are upper case, folded words are not.
    private static Dictionary<string, Phrases> Texts(ListEntry[] list, int from, int entries)
    {
        var found = new Dictionary<string, Phrases>();
        for (var i = 0; i < list.Length; i++)
        {
            var (code, words) = list[i];
            found[code] = new(Of(Language.Chinese), Of(Language.English), from + i, entries);
            foreach (var word in words)
                found.TryAdd(word.Folded, found[code]);

            Terms[] Of(Language language) => [.. words.Where(x => x.Language == language).Select(x => x.Terms)];
        }
        return found;
    }
}

/// <summary>An entry of a list with all that it is called.</summary>
internal sealed record ListEntry(string Code, ListWord[] Words);

/// <param name="IsLabel">False for a synonym.</param>
internal sealed record ListWord(string Folded, Language Language, bool IsLabel, Terms Terms);

/// <summary>A position's texts: its title with its occupation, and the skills it lists.</summary>
internal sealed class PositionTexts(Position position, Lexicon lexicon)
{
    private readonly Phrases title = lexicon.Written(position.Title);
    /// <summary>Null where none is stated.</summary>
    public Phrases? Occupation { get; } = position.Occupation is { } entry ? lexicon.Occupation(entry) : null;

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

    private int Closest(Phrases wish) => Math.Max(title.HundredthsTo(wish), Occupation?.HundredthsTo(wish) ?? 0);
}

/// <summary>A seeker's texts: wished occupations and skills.</summary>
internal sealed class SeekerTexts(Seeker seeker, Lexicon lexicon)
{
    public (string Entry, Phrases Texts)[] Wishes { get; } = [.. (seeker.Occupations ?? []).Select(x => (x, lexicon.Occupation(x)))];

    public (string Entry, Phrases Texts)[] Skills { get; } = [.. (seeker.Skills ?? []).Select(x => (x, lexicon.Skill(x)))];
}
