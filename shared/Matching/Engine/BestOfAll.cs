namespace JobMatch.Matching;

/// <summary>
/// The best few of everybody at once, both ways: each pair is judged once and scored once, and offered to the position's
/// list and to the seeker's. Gives exactly what <see cref="SeekerColumns.Best"/> and <see cref="PositionColumns.Best"/> give
/// one by one. Made once and used again, it allocates only while it grows; one thread at a time.
/// </summary>
/// <param name="top">How many are wanted for each, at least 1.</param>
public sealed class BestOfAll(int top)
{
    private readonly VerdictSets sets = new();
    private readonly BestLists ofSeekers = new(top), ofPositions = new(top);

    /// <summary>Asks every position about every seeker; what was found before is forgotten.</summary>
    public void Run(SeekerColumns seekers, PositionColumns positions)
    {
        ofSeekers.Reset(seekers.Rows, positions.Rows, positions.ById);
        ofPositions.Reset(positions.Rows, seekers.Rows, seekers.ById);
        for (var row = 0; row < positions.Rows; row++)
            if (positions.IsLive(row) && seekers.Judge(positions.At(row), sets).Open > 0)
                Offer(seekers, positions.At(row), row);
    }

    /// <summary>Fills in the best positions of a seeker's row, best first, as rows of the positions. Returns how many.</summary>
    public int OfSeeker(int row, Span<Ranking> best) => ofSeekers.Read(row, best);

    /// <summary>Fills in the best seekers of a position's row, best first, as rows of the seekers. Returns how many.</summary>
    public int OfPosition(int row, Span<Ranking> best) => ofPositions.Read(row, best);

    private void Offer(SeekerColumns seekers, PackedPosition position, int row)
    {
        for (var verdict = Verdict.Suits; verdict <= Verdict.AskFirst; verdict++)
        {
            var both = new Both(ofPositions, ofSeekers, row, BestLists.Score(verdict, 0));
            seekers.Offer(position, sets.Of(verdict), ref both);
        }
    }

    private readonly ref struct Both(BestLists ofPositions, BestLists ofSeekers, int position, int from) : ITakeRanks
    {
        private readonly ReadOnlySpan<int> seekers = ofSeekers.Needed;

        public int Needed(int row) => Math.Min(seekers[row], ofPositions.Needed[position]) - from;

        public void Take(int row, int tenths)
        {
            var score = from + tenths;
            if (score >= ofPositions.Needed[position])
                ofPositions.Add(position, score, row);
            if (score >= seekers[row])
                ofSeekers.Add(row, score, position);
        }
    }
}

/// <summary>One short list for each row, best first: verdict, score and id as one number each, so that one comparison decides.</summary>
internal sealed class BestLists(int top)
{
    private ulong[] best = [];
    private int[] needed = [], ranks = [], rows = [];

    /// <summary>By row, the least score that gets in, or shares the last place; 0 where there is room.</summary>
    public ReadOnlySpan<int> Needed => needed;

    /// <summary>A better verdict outweighs any score.</summary>
    public static int Score(Verdict verdict, int tenths) => (Verdict.DoesNotSuit - verdict) << 16 | tenths;

    /// <param name="count">How many lists.</param>
    /// <param name="others">How many rows there are on the other side.</param>
    /// <param name="byId">The other side's rows in the order of their ids.</param>
    public void Reset(int count, int others, int[] byId)
    {
        if (needed.Length < count)
            (best, needed) = (new ulong[count * top], new int[count]);
        best.AsSpan(0, count * top).Clear();
        needed.AsSpan(0, count).Clear();
        if (ranks.Length < others)
            ranks = new int[others];
        rows = byId;
        for (var i = 0; i < byId.Length; i++)
            ranks[byId[i]] = i;
    }

    public void Add(int list, int score, int row)
    {
        // The lowest id is the highest number.
        var one = (ulong)score << 32 | ~(uint)ranks[row];
        var places = best.AsSpan(list * top, top);
        if (one <= places[^1])
            return;
        var at = places.Length - 1;
        for (; at > 0 && places[at - 1] < one; at--)
            places[at] = places[at - 1];
        places[at] = one;
        needed[list] = (int)(places[^1] >> 32);
    }

    public int Read(int list, Span<Ranking> into)
    {
        var filled = 0;
        foreach (var one in best.AsSpan(list * top, Math.Min(top, into.Length)))
            if (one != 0)
                into[filled++] = new(rows[~(uint)one], Verdict.DoesNotSuit - (int)(one >> 48), (int)(one >> 32 & 0xffff));
        return filled;
    }
}
