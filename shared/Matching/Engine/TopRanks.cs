namespace JobMatch.Matching;

/// <summary>The best of one verdict so far, in the caller's buffer from a place on: highest score first, equal ones by id.</summary>
internal ref struct TopRanks(Span<Ranking> best, int from, Verdict verdict, IIdOrder ids) : ITakeRanks
{
    private readonly Span<Ranking> best = best;
    private readonly int start = from;

    public int Filled { get; private set; } = from;

    /// <summary>The score that still gets in; equal ones are decided by id.</summary>
    public int Least { get; private set; }

    public readonly int Needed(int row) => Least;

    /// <summary>Puts a row in where it belongs; the one that falls out is forgotten.</summary>
    public void Take(int row, int tenths)
    {
        if (tenths < Least)
            return;
        var at = Filled;
        while (at > start && (tenths > best[at - 1].Tenths || tenths == best[at - 1].Tenths && ids.Before(row, best[at - 1].Row)))
            at--;
        if (at == best.Length)
            return;
        var last = Math.Min(Filled, best.Length - 1);
        best[at..last].CopyTo(best[(at + 1)..]);
        best[at] = new(row, verdict, tenths);
        Filled = last + 1;
        if (Filled == best.Length)
            Least = best[^1].Tenths;
    }
}

internal interface IIdOrder
{
    /// <summary>Whether the id of one row comes before that of the other.</summary>
    bool Before(int row, int other);
}

internal static class IdOrder
{
    /// <summary>The rows that are not empty, by id.</summary>
    public static int[] Of(int rows, Func<int, bool> isLive, IIdOrder ids)
    {
        var order = Enumerable.Range(0, rows).Where(isLive).ToArray();
        Array.Sort(order, (a, b) => a == b ? 0 : ids.Before(a, b) ? -1 : 1);
        return order;
    }
}
