using System.Numerics;

namespace JobMatch.Matching;

/// <summary>
/// Which rows of a shard have which verdict towards one asker: one bit a row, 64 to a word. Made once, filled by each call.
/// A row is in at most one set; rows in none do not suit, are not asked for, or are empty.
/// </summary>
public sealed class VerdictSets
{
    private ulong[] suits = [], arranged = [], ask = [];

    /// <summary>How many words each set has.</summary>
    public int Words { get; private set; }

    public ReadOnlySpan<ulong> Suits => suits.AsSpan(0, Words);

    public ReadOnlySpan<ulong> IfArranged => arranged.AsSpan(0, Words);

    public ReadOnlySpan<ulong> AskFirst => ask.AsSpan(0, Words);

    /// <summary>The rows of a verdict other than doesNotSuit.</summary>
    public ReadOnlySpan<ulong> Of(Verdict verdict) => verdict switch
    {
        Verdict.Suits => Suits,
        Verdict.SuitsIfArranged => IfArranged,
        Verdict.AskFirst => AskFirst,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Rows that do not suit are in no set."),
    };

    public static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
            count += BitOperations.PopCount(word);
        return count;
    }

    internal void Reset(int words)
    {
        if (suits.Length < words)
            (suits, arranged, ask) = (new ulong[words], new ulong[words], new ulong[words]);
        Words = words;
    }

    internal void Clear()
    {
        suits.AsSpan(0, Words).Clear();
        arranged.AsSpan(0, Words).Clear();
        ask.AsSpan(0, Words).Clear();
    }

    internal (ulong[] Suits, ulong[] Arranged, ulong[] Ask) Arrays => (suits, arranged, ask);
}

/// <summary>How many of those asked about have each verdict.</summary>
public readonly record struct VerdictCounts(int Suits, int IfArranged, int AskFirst, int DoesNotSuit)
{
    /// <summary>All that are not doesNotSuit.</summary>
    public int Open => Suits + IfArranged + AskFirst;
}

/// <summary>One rank of a list: a row of the columns that were asked, and the score in tenths.</summary>
public readonly record struct Ranking(int Row, Verdict Verdict, int Tenths);
