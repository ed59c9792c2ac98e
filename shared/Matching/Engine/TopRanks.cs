namespace JobMatch.Matching;

/// <summary>The best of one verdict so far, in the caller's buffer from a place on: highest score first, equal ones by id.</summary>
internal ref struct TopRanks(Span<Ranking> best, int from, Verdict verdict)
{
    private readonly Span<Ranking> best = best;
    private readonly int start = from;

    public int Filled { get; private set; } = from;

    /// <summary>The score that still gets in; equal ones are decided by id.</summary>
    public int Least { get; private set; }

    /// <summary>Puts a row in where it belongs; the one that falls out is forgotten.</summary>
    /// <param name="before">Whether the id of the first row comes before that of the second.</param>
    public void Add<TOrder>(int row, int tenths, in TOrder before) where TOrder : struct, IIdOrder, allows ref struct
    {
        var at = Filled;
        while (at > start && (tenths > best[at - 1].Tenths || tenths == best[at - 1].Tenths && before.Before(row, best[at - 1].Row)))
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
    bool Before(int row, int other);
}
