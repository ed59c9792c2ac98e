using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>
/// The best few of everybody at once, both ways: each pair is judged once and scored once, and offered to the position's
/// list and to the seeker's. Gives exactly what <see cref="SeekerColumns.Best"/> and <see cref="PositionColumns.Best"/> give
/// one by one. Made once and used again, it allocates only while it grows; one thread at a time.
/// </summary>
/// <param name="top">How many are wanted for each, at least 1.</param>
public sealed class BestOfAll(int top)
{
    private readonly BestLists ofSeekers = new(top), ofPositions = new(top);
    private readonly ulong[] sets = new ulong[3 * Planes.Words];
    private readonly (int Row, SeekerQuestion Question, SeekerScores Scores)[] asked = Asking(new());

    // So many positions ask a block of seekers one after the other, while it is near.
    private const int AtOnce = 16;

    /// <summary>Asks every position about every seeker; what was found before is forgotten.</summary>
    public void Run(SeekerColumns seekers, PositionColumns positions)
    {
        ofSeekers.Reset(seekers.Rows, positions.Rows, positions.ById);
        ofPositions.Reset(positions.Rows, seekers.Rows, seekers.ById);
        for (var row = 0; row < positions.Rows;)
        {
            var asking = 0;
            for (; row < positions.Rows && asking < AtOnce; row++)
                if (positions.IsLive(row) && positions.At(row) is { Open: true } position)
                {
                    ref var one = ref asked[asking++];
                    one = (row, seekers.Ask(position, one.Question), seekers.Score(position, one.Scores));
                }
            for (var block = 0; block < seekers.Blocks.Length; block++)
                Ask(seekers, block, asked.AsSpan(0, asking));
        }
    }

    private static (int, SeekerQuestion, SeekerScores)[] Asking(SeekerScores.Work work) =>
        [.. Enumerable.Range(0, AtOnce).Select(_ => (0, new SeekerQuestion(), new SeekerScores(work)))];

    private void Ask(SeekerColumns seekers, int block, ReadOnlySpan<(int Row, SeekerQuestion Question, SeekerScores Scores)> asking)
    {
        // Positions come by district, and those of one have the same ways.
        var (ways, reach) = ((Way[]?)null, default(Reach));
        foreach (ref readonly var one in asking)
        {
            if (!one.Question.Position.Remote && ways != one.Question.Ways)
                (ways, reach) = (one.Question.Ways, seekers.ReachOf(block, one.Question));
            if (seekers.Judge(block, one.Question, reach, sets))
                Offer(seekers, block, one.Row, one.Scores);
        }
    }

    /// <summary>Fills in the best positions of a seeker's row, best first, as rows of the positions. Returns how many.</summary>
    public int OfSeeker(int row, Span<Ranking> best) => ofSeekers.Read(row, best);

    /// <summary>Fills in the best seekers of a position's row, best first, as rows of the seekers. Returns how many.</summary>
    public int OfPosition(int row, Span<Ranking> best) => ofPositions.Read(row, best);

    private void Offer(SeekerColumns seekers, int block, int row, SeekerScores scores)
    {
        for (var verdict = Verdict.Suits; verdict <= Verdict.AskFirst; verdict++)
        {
            var both = new Both(ofPositions, ofSeekers, row, BestLists.Score(verdict, 0));
            seekers.Offer(block, sets.AsSpan((int)verdict * Planes.Words, Planes.Words), scores, ref both);
        }
    }

    private ref struct Both(BestLists ofPositions, BestLists ofSeekers, int position, int from) : ITakeRanks
    {
        private readonly ref int seekers = ref MemoryMarshal.GetReference(ofSeekers.Needed);
        private int needed = ofPositions.Needed[position];

        // The smaller of the two, without a branch: which it is nothing could foresee.
        public readonly int Needed(int row)
        {
            var more = Unsafe.Add(ref seekers, row) - needed;
            return needed - from + (more & more >> 31);
        }

        public void Take(int row, int tenths)
        {
            var score = from + tenths;
            if (score >= needed)
            {
                ofPositions.Add(position, score, row);
                needed = ofPositions.Needed[position];
            }
            if (score >= Unsafe.Add(ref seekers, row))
                ofSeekers.Add(row, score, position);
        }
    }
}

/// <summary>One short list for each row, best first: verdict, score and id as one number each, so that one comparison decides.</summary>
internal sealed class BestLists
{
    private readonly int top, length;
    private long[] best = [];
    private int[] needed = [], ranks = [], rows = [];

    public BestLists(int top) => (this.top, length) = (top, 1 + (top + Vector256<long>.Count - 1) / Vector256<long>.Count * Vector256<long>.Count);

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
            (best, needed) = (new long[count * length], new int[count]);
        best.AsSpan(0, count * length).Clear();
        needed.AsSpan(0, count).Clear();
        // In front of each list stands what nothing goes past.
        for (var i = 0; i < count; i++)
            best[i * length] = long.MaxValue;
        if (ranks.Length < others)
            ranks = new int[others];
        rows = byId;
        for (var i = 0; i < byId.Length; i++)
            ranks[byId[i]] = i;
    }

    /// <summary>Puts a row in where it belongs: each place takes what is there, or the new one, or what stood before, without a branch.</summary>
    public void Add(int list, int score, int row)
    {
        // The lowest id is the highest number.
        var one = Vector256.Create((long)score << 32 | ~(uint)ranks[row]);
        var places = best.AsSpan(list * length, length);
        ref var first = ref MemoryMarshal.GetReference(places);
        for (var at = length - Vector256<long>.Count; at > 0; at -= Vector256<long>.Count)
            Vector256.Max(Vector256.LoadUnsafe(ref first, (uint)at), Vector256.Min(Vector256.LoadUnsafe(ref first, (uint)at - 1), one)).StoreUnsafe(ref first, (uint)at);
        needed[list] = (int)(places[top] >> 32);
    }

    public int Read(int list, Span<Ranking> into)
    {
        var filled = 0;
        foreach (var one in best.AsSpan(list * length + 1, Math.Min(top, into.Length)))
            if (one != 0)
                into[filled++] = new(rows[~(uint)one], Verdict.DoesNotSuit - (int)(one >> 48), (int)(one >> 32 & 0xffff));
        return filled;
    }
}
