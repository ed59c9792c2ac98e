using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>
/// Many seekers as columns, as they stood at a moment: immutable, so that whoever reads sees one consistent picture while
/// changes make the next. It gives for every pair what the readable policy gives.
/// </summary>
public sealed class SeekerColumns : IIdOrder
{
    private readonly SeekerLayout layout;
    private readonly Numbering numbering;
    private readonly SeekerBlock[] blocks;

    private int[]? byId;

    [ThreadStatic]
    private static SeekerQuestion? question;
    [ThreadStatic]
    private static VerdictSets? scratch;

    internal SeekerColumns(SeekerLayout layout, Numbering numbering, SeekerBlock[] blocks, int count) =>
        (this.layout, this.numbering, this.blocks, Count) = (layout, numbering, blocks, count);

    /// <summary>How many seekers there are.</summary>
    public int Count { get; }

    /// <summary>Rows, empty ones among them; a multiple of 512.</summary>
    public int Rows => blocks.Length * Planes.Rows;

    /// <summary>Bytes that judging reads at most, for measuring: the planes of all blocks.</summary>
    public long Bytes => blocks.Sum(block => (long)block.Planes.Count * 64);

    /// <summary>The id of a row that is not empty.</summary>
    public string IdAt(int row) => blocks[row / Planes.Rows].Ids.At(row % Planes.Rows);

    /// <summary>Whether somebody is in a row.</summary>
    public bool IsLive(int row) => blocks[row / Planes.Rows].Planes.Has(SeekerLayout.Live, row % Planes.Rows);

    internal ReadOnlySpan<SeekerBlock> Blocks => blocks;

    /// <summary>Rows in the order of their ids; made when first asked for.</summary>
    internal int[] ById => byId ??= IdOrder.Of(Rows, IsLive, this);

    /// <summary>What every seeker's verdict is. Allocates nothing where <paramref name="into"/> has been used before.</summary>
    /// <param name="tags">Only rows with all these tags are asked about; see <see cref="SeekerShard.Put"/>.</param>
    public VerdictCounts Judge(PackedPosition position, VerdictSets into, int tags = 0)
    {
        into.Reset(blocks.Length * Planes.Words);
        var (suits, arranged, ask) = into.Arrays;
        var asked = 0;
        if (!position.Open)
        {
            suits.AsSpan(0, into.Words).Clear();
            arranged.AsSpan(0, into.Words).Clear();
            ask.AsSpan(0, into.Words).Clear();
            for (var i = 0; i < blocks.Length; i++)
                asked += Asked(blocks[i], tags).Count();
            return new(0, 0, 0, asked);
        }
        var asks = (question ??= new()).Of(position, layout, numbering);
        for (var i = 0; i < blocks.Length; i++)
        {
            var rows = Asked(blocks[i], tags);
            asked += tags == 0 ? blocks[i].Live : rows.Count();
            Judge(blocks[i], rows, asks, ref suits[i * Planes.Words], ref arranged[i * Planes.Words], ref ask[i * Planes.Words]);
        }
        var (s, r, a) = (VerdictSets.Count(into.Suits), VerdictSets.Count(into.IfArranged), VerdictSets.Count(into.AskFirst));
        return new(s, r, a, asked - s - r - a);
    }

    /// <summary>
    /// Fills <paramref name="best"/> with the best seekers for a position: by verdict, score, id; none that does not suit.
    /// Allocates nothing.
    /// </summary>
    /// <param name="filled">How many places were filled.</param>
    public VerdictCounts Best(PackedPosition position, Span<Ranking> best, out int filled, int tags = 0)
    {
        var sets = scratch ??= new();
        var counts = Judge(position, sets, tags);
        filled = 0;
        foreach (var (verdict, count) in ((ReadOnlySpan<(Verdict, int)>)[(Verdict.Suits, counts.Suits), (Verdict.SuitsIfArranged, counts.IfArranged), (Verdict.AskFirst, counts.AskFirst)]))
            if (count > 0 && filled < best.Length)
                filled = Rank(position, sets.Of(verdict), verdict, best, filled);
        return counts;
    }

    /// <summary>The score of a row towards a position, in tenths: the same as the readable pluses add up to.</summary>
    public int Tenths(int row, PackedPosition position) => blocks[row / Planes.Rows].Tenths(row % Planes.Rows, position, layout);

    bool IIdOrder.Before(int row, int other) =>
        blocks[row / Planes.Rows].Ids.Compare(row % Planes.Rows, blocks[other / Planes.Rows].Ids, other % Planes.Rows) < 0;

    private int Rank(PackedPosition position, ReadOnlySpan<ulong> rows, Verdict verdict, Span<Ranking> best, int from)
    {
        var top = new TopRanks(best, from, verdict, this);
        Offer(position, rows, ref top);
        return top.Filled;
    }

    /// <summary>Offers the rows of a set with their scores.</summary>
    internal void Offer<TTaker>(PackedPosition position, ReadOnlySpan<ulong> rows, ref TTaker taker) where TTaker : ITakeRanks, allows ref struct
    {
        var scores = new SeekerScores(position, layout, numbering);
        for (var i = 0; i < blocks.Length; i++)
        {
            var ours = rows.Slice(i * Planes.Words, Planes.Words);
            if (ours.ContainsAnyExcept(0UL))
                scores.Offer(blocks[i], i * Planes.Rows, ours, ref taker);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Asked(SeekerBlock block, int tags)
    {
        ref var origin = ref block.Planes.Origin;
        var rows = Planes.At(ref origin, SeekerLayout.Live);
        for (var tag = 0; tags >> tag != 0; tag++)
            if ((tags >> tag & 1) != 0)
                rows &= Planes.At(ref origin, SeekerLayout.Tags + tag);
        return rows;
    }

    private void Judge(SeekerBlock block, Vector512<ulong> rows, SeekerQuestion asks, ref ulong suits, ref ulong arranged, ref ulong ask)
    {
        ref var planes = ref block.Planes.Origin;
        var position = asks.Position;
        var no = Vector512<ulong>.Zero;
        var open = Vector512<ulong>.Zero;
        foreach (var plane in asks.NotMet)
            no |= Planes.At(ref planes, plane);
        if (!position.Remote)
            Reach(block, asks, ref no, ref open);
        if (position.PayKnown)
        {
            if (position.PayMonthly < int.MaxValue)
                no |= Planes.AtLeast(ref planes, layout.Numbers + block.CommuteBits, block.FloorBits, position.PayMonthly + 1);
        }
        else
            open |= Planes.At(ref planes, SeekerLayout.HasFloor);
        var over = Vector512<ulong>.Zero;
        if (position.Hours > 0)
            over = Vector512.AndNot(Planes.At(ref planes, SeekerLayout.HasMost), Planes.AtLeast(ref planes, layout.Numbers + block.CommuteBits + block.FloorBits, block.HoursBits, position.Hours));
        if (position.PartTime == Answer.NotPossible)
            no |= over;
        foreach (var (skill, unstated) in asks.Skills)
        {
            var missing = Vector512.AndNot(Vector512<ulong>.AllBitsSet, Planes.At(ref planes, skill));
            var silent = Planes.At(ref planes, unstated);
            no |= Vector512.AndNot(missing, silent);
            open |= missing & silent;
        }
        rows = Vector512.AndNot(rows, no);
        if (rows == Vector512<ulong>.Zero)
        {
            rows.StoreUnsafe(ref suits);
            rows.StoreUnsafe(ref arranged);
            rows.StoreUnsafe(ref ask);
            return;
        }
        var later = Vector512<ulong>.Zero;
        foreach (var plane in asks.Arranged)
            later |= Planes.At(ref planes, plane);
        if (position.PartTime is null)
            open |= over;
        else if (position.PartTime == Answer.OnRequest)
            later |= over;
        if (position.Declined.Length > 0 || block.Declines is not null)
            rows = Undeclined(block, rows, position);
        // Most who are left have a question open, and one is enough.
        var most = asks.Ask;
        for (var i = 0; i < most.Length; i++)
        {
            open |= Planes.At(ref planes, most[i]);
            if ((i & 7) == 7 && Vector512.AndNot(rows, open) == Vector512<ulong>.Zero)
            {
                rows.StoreUnsafe(ref ask);
                Vector512<ulong>.Zero.StoreUnsafe(ref arranged);
                Vector512<ulong>.Zero.StoreUnsafe(ref suits);
                return;
            }
        }
        foreach (ref readonly var gap in asks.Gaps)
        {
            var shorts = Planes.At(ref planes, gap.Below);
            if (gap.NotBelow >= 0)
                shorts = Vector512.AndNot(shorts, Planes.At(ref planes, gap.NotBelow));
            var (met, request) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
            for (var i = gap.From; i < gap.To; i++)
            {
                ref readonly var bridge = ref asks.Able[i];
                var able = Planes.At(ref planes, bridge.Marked);
                if (bridge.NotBelow >= 0)
                    able = Vector512.AndNot(able, Planes.At(ref planes, bridge.NotBelow));
                if (bridge.Offered)
                    met |= able;
                else
                    request |= able;
            }
            open |= Vector512.AndNot(shorts, met | request);
            later |= Vector512.AndNot(shorts & request, met);
        }
        (rows & open).StoreUnsafe(ref ask);
        rows = Vector512.AndNot(rows, open);
        (rows & later).StoreUnsafe(ref arranged);
        Vector512.AndNot(rows, later).StoreUnsafe(ref suits);
    }

    private void Reach(SeekerBlock block, SeekerQuestion asks, ref Vector512<ulong> no, ref Vector512<ulong> open)
    {
        ref var planes = ref block.Planes.Origin;
        var position = asks.Position;
        var settled = Planes.At(ref planes, SeekerLayout.BedNeeded);
        if (position.HasBed)
            settled |= Planes.At(ref planes, SeekerLayout.BedAccepted);
        else if (position.Lodging is null)
            open |= settled;
        else
            no |= settled;
        var (far, unsure) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        foreach (var (district, rows) in block.Districts)
        {
            var way = asks.Ways[district];
            if (way.Fast > block.CommuteMost)
            {
                far |= rows;
                continue;
            }
            if (way.Slow <= block.CommuteLeast)
                continue;
            far |= Vector512.AndNot(rows, Planes.AtLeast(ref planes, layout.Numbers, block.CommuteBits, way.Fast));
            unsure |= Vector512.AndNot(rows, Planes.AtLeast(ref planes, layout.Numbers, block.CommuteBits, way.Slow));
        }
        no |= Vector512.AndNot(far, settled);
        open |= Vector512.AndNot(unsure, settled);
    }

    private static Vector512<ulong> Undeclined(SeekerBlock block, Vector512<ulong> rows, PackedPosition position)
    {
        Span<ulong> words = stackalloc ulong[Planes.Words];
        rows.CopyTo(words);
        for (var word = 0; word < words.Length; word++)
            for (var bits = words[word]; bits != 0; bits &= bits - 1)
            {
                var row = word * 64 + BitOperations.TrailingZeroCount(bits);
                if (block.Declined(row, position))
                    words[word] &= ~(1UL << row);
            }
        return Vector512.Create<ulong>(words);
    }
}

internal static class Rows512
{
    public static int Count(this Vector512<ulong> rows)
    {
        var count = 0;
        for (var i = 0; i < Planes.Words; i++)
            count += BitOperations.PopCount(rows.GetElement(i));
        return count;
    }
}
