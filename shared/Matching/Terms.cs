using System.Collections.Frozen;

namespace JobMatch.Matching;

/// <summary>What one text is cut into: its distinct terms as sorted keys with their weights, ready for many comparisons.</summary>
internal sealed class Terms
{
    private readonly ulong[] keys;
    private readonly int[] weights;
    private readonly double length;

    internal Terms(ulong[] keys, Func<ulong, int> weight)
    {
        this.keys = keys;
        weights = Array.ConvertAll(keys, x => weight(x));
        length = Math.Sqrt(weights.Sum());
    }

    internal ReadOnlySpan<ulong> Keys => keys;

    internal ReadOnlySpan<int> Weights => weights;

    /// <summary>The cosine of the angle between two texts: 0 without a shared term, 1 for the same terms.</summary>
    public double CosineTo(Terms other) => Cosine(Shared(other), other);

    /// <param name="shared">The weights of the shared terms, summed.</param>
    internal double Cosine(int shared, Terms other) => shared == 0 ? 0 : shared / (length * other.length);

    private int Shared(Terms other)
    {
        var (ours, theirs) = (keys, other.keys);
        int i = 0, j = 0, shared = 0;
        while (i < ours.Length && j < theirs.Length)
        {
            var (a, b) = (ours[i], theirs[j]);
            shared += a == b ? weights[i] : 0;
            i += a <= b ? 1 : 0;
            j += a >= b ? 1 : 0;
        }
        return shared;
    }
}

/// <summary>
/// Weighs terms by how few of the given texts hold them: (1 + ln((N + 1) ÷ (n + 1)))^1.5, times what the kind of term counts,
/// in whole sixteenths, so that sums do not depend on their order. A term that no text holds weighs most.
/// </summary>
internal sealed class TermWeights
{
    private readonly FrozenDictionary<ulong, int> known;
    private readonly int[] unknown;

    public TermWeights(IEnumerable<string> texts)
    {
        var (count, holding) = (0, new Dictionary<ulong, int>());
        foreach (var text in texts.Select(TextCloseness.Fold).Distinct())
        {
            count++;
            foreach (var key in TermCutter.Cut(text))
                holding[key] = holding.GetValueOrDefault(key) + 1;
        }
        known = holding.ToFrozenDictionary(x => x.Key, x => Weight(TermCutter.KindOf(x.Key), count, x.Value));
        unknown = [.. Enum.GetValues<TermKind>().Select(x => Weight(x, count, 0))];
    }

    public Terms Of(string text) => new(TermCutter.Cut(TextCloseness.Fold(text)), x => known.TryGetValue(x, out var weight) ? weight : unknown[(int)TermCutter.KindOf(x)]);

    private static int Weight(TermKind kind, int count, int holding) =>
        (int)Math.Round(16 * Counts(kind) * Math.Pow(1 + Math.Log((count + 1.0) / (holding + 1)), 1.5));

    private static double Counts(TermKind kind) => kind switch { TermKind.Word => 8, TermKind.HanWord => 3, _ => 1 };
}

internal enum TermKind { Han, HanPair, Letters, HanWord, Word }

/// <summary>
/// Cuts folded text. Chinese has no spaces to cut at: characters and pairs of neighbours, of which a pair that only joins
/// the ending (质检|员) is left out. Letters and digits: the word, by its stem or the group of words that mean the same, in
/// any order; and its threes of characters, which forgive slips.
/// </summary>
internal static class TermCutter
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ChineseGroups = JobWords.Chinese.GetAlternateLookup<ReadOnlySpan<char>>();

    public static TermKind KindOf(ulong key) => (TermKind)(key >> 56);

    /// <returns>Distinct keys in ascending order.</returns>
    public static ulong[] Cut(string folded)
    {
        if (JobWords.ChineseFillers().Replace(folded, " ") is var telling && !string.IsNullOrWhiteSpace(telling))
            folded = telling;
        var found = new SortedSet<ulong>();
        var words = new List<string>();
        for (var i = 0; i < folded.Length;)
        {
            var end = i;
            while (end < folded.Length && folded[end] != ' ' && TextCloseness.IsHan(folded[end]) == TextCloseness.IsHan(folded[i]))
                end++;
            if (end > i && TextCloseness.IsHan(folded[i]))
                AddHan(folded.AsSpan(i, end - i), found);
            else if (end > i)
                words.Add(folded[i..end]);
            i = Math.Max(end, i + 1);
        }
        AddWords(Telling(words), found);
        return [.. found];
    }

    // A word that stands in a group counts by the group in place of its pairs.
    private static void AddHan(ReadOnlySpan<char> run, SortedSet<ulong> found)
    {
        var (stem, word) = (run.Length - EndingLength(run), 0);
        for (var i = 0; i < run.Length; i++)
        {
            found.Add(Key(TermKind.Han, run[i]));
            if (i >= word && HanWordLength(run[i..]) is > 0 and var length)
            {
                word = i + length;
                found.Add(Key(TermKind.HanWord, ChineseGroups[run[i..word]]));
            }
            if (i + 1 < run.Length && i + 1 != stem && i + 1 >= word)
                found.Add(Key(TermKind.HanPair, run[i], run[i + 1]));
        }
    }

    // The longest group word at the beginning; 0 without one.
    private static int HanWordLength(ReadOnlySpan<char> rest)
    {
        var length = Math.Min(JobWords.LongestChinese, rest.Length);
        while (length > 0 && !ChineseGroups.ContainsKey(rest[..length]))
            length--;
        return length;
    }

    private static int EndingLength(ReadOnlySpan<char> run)
    {
        foreach (var ending in JobWords.Endings)
            if (run.Length >= ending.Length + 2 && run.EndsWith(ending, StringComparison.Ordinal))
                return ending.Length;
        return 0;
    }

    private static void AddWords(List<string> words, SortedSet<ulong> found)
    {
        for (var i = 0; i < words.Count;)
        {
            var taken = AddWord(words, i, found);
            for (; taken > 0; taken--, i++)
                for (var k = 0; k < words[i].Length; k++)
                    found.Add(Key(TermKind.Letters, k == 0 ? ' ' : words[i][k - 1], words[i][k], k + 1 < words[i].Length ? words[i][k + 1] : ' '));
        }
    }

    // The longest run of words that stands in a group is one word; returns how many words it took.
    private static int AddWord(List<string> words, int from, SortedSet<ulong> found)
    {
        for (var length = Math.Min(3, words.Count - from); length > 0; length--)
            if (JobWords.English.TryGetValue(length == 1 ? words[from] : string.Join(' ', words.Skip(from).Take(length)), out var group))
            {
                found.Add(Key(TermKind.Word, group));
                return length;
            }
        found.Add(Key(TermKind.Word, EnglishStem.Of(words[from])));
        return 1;
    }

    // What follows "except" is not meant.
    private static List<string> Telling(List<string> words)
    {
        var except = words.IndexOf("except");
        var telling = words.Take(except > 0 ? except : words.Count).Where(x => !JobWords.EnglishFillers.Contains(x)).Select(EnglishStem.Singular).ToList();
        return telling.Count > 0 ? telling : words;
    }

    private static ulong Key(TermKind kind, char a, char b = '\0', char c = '\0') => ((ulong)kind << 56) | ((ulong)a << 32) | ((ulong)b << 16) | c;

    // FNV-1a, so that keys are the same in every process.
    private static ulong Key(TermKind kind, string word)
    {
        var hash = 14695981039346656037;
        foreach (var c in word)
            hash = (hash ^ c) * 1099511628211;
        return ((ulong)kind << 56) | (hash >> 8);
    }
}

/// <summary>A light stemmer for job titles: inspector, inspection and inspecting are one, British and American spellings too.</summary>
internal static class EnglishStem
{
    private const int Shortest = 4;

    private static readonly string[] Endings =
    [
        .. "ational isation ization ations ation ition ments ment ance ence ings ing ists ist ians ian ions ion ers er ors or ive ical ics ic al ees ee ed age ary ery ory ry ity ant ent man woman men e y"
            .Split(' ').OrderByDescending(x => x.Length),
    ];

    public static string Singular(string word) => word switch
    {
        [_, _, .., 'i', 'e', 's'] => word[..^3] + "y",
        [_, .., 's', 's', 'e', 's'] or [_, .., 'x', 'e', 's'] or [_, .., 'c', 'h', 'e', 's'] or [_, .., 's', 'h', 'e', 's'] => word[..^2],
        [.., 's' or 'u' or 'i', 's'] => word,
        [_, _, _, .., 's'] => word[..^1],
        _ => word,
    };

    public static string Of(string word)
    {
        var stem = Singular(word).Replace("ae", "e").Replace("our", "or").Replace("yre", "ire").Replace("tre", "ter");
        if (Endings.FirstOrDefault(x => stem.Length - x.Length >= Shortest && stem.EndsWith(x, StringComparison.Ordinal)) is { } ending)
            stem = stem[..^ending.Length];
        return stem.Length > Shortest && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }
}
