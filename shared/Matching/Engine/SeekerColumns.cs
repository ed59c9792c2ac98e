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
    // So many blocks stay in the caches by themselves. Of more, the next one is fetched while one is judged, unless most end at once.
    private const int Near = 256, Ahead = 4;

    private readonly SeekerLayout layout;
    private readonly Numbering numbering;
    private readonly SeekerBlock[] blocks;
    private readonly Whereabouts whereabouts;
    private readonly TagCounts tagged;

    private int[]? byId;

    [ThreadStatic]
    private static SeekerQuestion? question;
    [ThreadStatic]
    private static VerdictSets? scratch;
    [ThreadStatic]
    private static SeekerScores? scores;
    [ThreadStatic]
    private static int[]? numbers;
    [ThreadStatic]
    private static ulong[]? marks;

    internal SeekerColumns(SeekerLayout layout, Numbering numbering, SeekerBlock[] blocks)
        : this(layout, numbering, blocks, Whereabouts.Of(blocks), TagCounts.Of(blocks))
    {
    }

    private SeekerColumns(SeekerLayout layout, Numbering numbering, SeekerBlock[] blocks, Whereabouts whereabouts, TagCounts tagged) =>
        (this.layout, this.numbering, this.blocks, this.whereabouts, this.tagged) = (layout, numbering, blocks, whereabouts, tagged);

    /// <summary>The columns with one block changed, or one more where <paramref name="number"/> is one past the last.</summary>
    internal SeekerColumns With(int number, SeekerBlock block)
    {
        SeekerBlock[] next = number < blocks.Length ? [.. blocks] : [.. blocks, block];
        var counts = number < blocks.Length ? tagged - blocks[number].Tagged : tagged;
        next[number] = block;
        return new(layout, numbering, next, whereabouts.Knows(number, block) ? whereabouts : Whereabouts.Of(next), counts + block.Tagged);
    }

    /// <summary>How many seekers there are.</summary>
    public int Count => tagged[0];

    /// <summary>Rows, empty ones among them; a multiple of 512.</summary>
    public int Rows => blocks.Length * Planes.Rows;

    /// <summary>Bytes that judging reads at most, for measuring: the planes of all blocks.</summary>
    public long Bytes => blocks.Sum(block => (long)block.Planes.Count * 64);

    /// <summary>The id of a row that is not empty.</summary>
    public string IdAt(int row) => blocks[row / Planes.Rows].Ids.At(row % Planes.Rows);

    /// <summary>Ids of those who declined a position or were declined for it; which of the two, and whether it still counts, is for the caller to ask.</summary>
    public IEnumerable<string> Declining(string position)
    {
        var hash = Hash.Of(position);
        return blocks.SelectMany(block => block.Declining(position, hash).Select(block.Ids.At));
    }

    /// <summary>Whether somebody is in a row.</summary>
    public bool IsLive(int row) => blocks[row / Planes.Rows].Planes.Has(SeekerLayout.Live, row % Planes.Rows);

    internal ReadOnlySpan<SeekerBlock> Blocks => blocks;

    /// <summary>Rows in the order of their ids; made when first asked for.</summary>
    internal int[] ById => byId ??= IdOrder.Of(Rows, IsLive, this);

    /// <summary>What every seeker's verdict is. Allocates nothing where <paramref name="into"/> has been used before.</summary>
    /// <param name="tags">Only rows with all these tags are asked about; see <see cref="SeekerShard.Put"/>.</param>
    public VerdictCounts Judge(PackedPosition position, VerdictSets into, int tags = 0)
    {
        if (position.Open)
            return Judge(position, Every(), into, tags);
        into.Reset(blocks.Length * Planes.Words);
        into.Clear();
        return new(0, 0, 0, tagged[tags]);
    }

    /// <summary>
    /// Fills <paramref name="best"/> with the best seekers for a position: by verdict, score, id; none that does not suit.
    /// Allocates nothing.
    /// </summary>
    /// <param name="filled">How many places were filled.</param>
    public VerdictCounts Best(PackedPosition position, Span<Ranking> best, out int filled, int tags = 0)
    {
        filled = 0;
        if (!position.Open)
            return new(0, 0, 0, tagged[tags]);
        var sets = scratch ??= new();
        var asked = InReach(position);
        var counts = Judge(position, asked, sets, tags);
        foreach (var (verdict, count) in ((ReadOnlySpan<(Verdict, int)>)[(Verdict.Suits, counts.Suits), (Verdict.SuitsIfArranged, counts.IfArranged), (Verdict.AskFirst, counts.AskFirst)]))
            if (count > 0 && filled < best.Length)
                filled = Rank(position, asked, sets.Of(verdict), verdict, best, filled);
        return counts;
    }

    /// <summary>The score of a row towards a position, in tenths: the same as the readable pluses add up to.</summary>
    public int Tenths(int row, PackedPosition position) => blocks[row / Planes.Rows].Tenths(row % Planes.Rows, position, layout);

    bool IIdOrder.Before(int row, int other) =>
        blocks[row / Planes.Rows].Ids.Compare(row % Planes.Rows, blocks[other / Planes.Rows].Ids, other % Planes.Rows) < 0;

    private int Rank(PackedPosition position, ReadOnlySpan<int> asked, ReadOnlySpan<ulong> rows, Verdict verdict, Span<Ranking> best, int from)
    {
        var top = new TopRanks(best, from, verdict, this);
        Offer(position, asked, rows, ref top);
        return top.Filled;
    }

    /// <summary>Makes a question ready, in memory that is used again.</summary>
    internal SeekerQuestion Ask(PackedPosition position, SeekerQuestion into) => into.Of(position, layout, numbering);

    /// <summary>Makes scores ready, in memory that is used again.</summary>
    internal SeekerScores Score(PackedPosition position, SeekerScores into) => into.Of(position, numbering);

    /// <summary>The verdicts of one block: eight words for each of suits, suits if arranged and ask first. False where nobody is left.</summary>
    internal bool Judge(int block, SeekerQuestion asks, in Reach reach, Span<ulong> sets) =>
        Judge(blocks[block], TagCounts.Rows(blocks[block].Planes, 0), asks, reach, ref sets[0], ref sets[Planes.Words], ref sets[2 * Planes.Words]);

    /// <summary>Who of a block is how far from the position's district.</summary>
    internal Reach ReachOf(int block, SeekerQuestion asks) => ReachOf(blocks[block], asks);

    /// <summary>Offers rows of one block with their scores.</summary>
    internal void Offer<TTaker>(int block, ReadOnlySpan<ulong> rows, SeekerScores scores, ref TTaker taker) where TTaker : ITakeRanks, allows ref struct
    {
        if (rows.ContainsAnyExcept(0UL))
            scores.Offer(blocks[block], block * Planes.Rows, rows, layout, ref taker);
    }

    private void Offer<TTaker>(PackedPosition position, ReadOnlySpan<int> asked, ReadOnlySpan<ulong> rows, ref TTaker taker) where TTaker : ITakeRanks, allows ref struct
    {
        var scores = Score(position, SeekerColumns.scores ??= new(new()));
        var far = asked.Length > Near && (position.Remote || position.HasBed);
        for (var i = 0; i < asked.Length; i++)
        {
            if (far && i + Ahead < asked.Length)
                blocks[asked[i + Ahead]].Fetch(rows.Slice((i + Ahead) * Planes.Words, Planes.Words), position, layout);
            Offer(asked[i], rows.Slice(i * Planes.Words, Planes.Words), scores, ref taker);
        }
    }

    /// <summary>Judges some blocks; the sets hold them one after the other.</summary>
    private VerdictCounts Judge(PackedPosition position, ReadOnlySpan<int> asked, VerdictSets into, int tags)
    {
        into.Reset(asked.Length * Planes.Words);
        var (suits, arranged, ask) = into.Arrays;
        var asks = (question ??= new()).Of(position, layout, numbering);
        var far = asked.Length > Near && (position.Remote || position.HasBed);
        for (var i = 0; i < asked.Length; i++)
        {
            var block = blocks[asked[i]];
            if (far && i + 1 < asked.Length && blocks[asked[i + 1]] is var next)
                next.Planes.Fetch(asks.All, layout.Numbers + next.CommuteBits);
            Judge(block, TagCounts.Rows(block.Planes, tags), asks, ReachOf(block, asks), ref suits[i * Planes.Words], ref arranged[i * Planes.Words], ref ask[i * Planes.Words]);
        }
        var (s, r, a) = (VerdictSets.Count(into.Suits), VerdictSets.Count(into.IfArranged), VerdictSets.Count(into.AskFirst));
        return new(s, r, a, tagged[tags] - s - r - a);
    }

    /// <summary>The numbers of all blocks.</summary>
    private ReadOnlySpan<int> Every()
    {
        var every = Numbers();
        for (var i = 0; i < every.Length; i++)
            every[i] = i;
        return every;
    }

    /// <summary>The numbers of the blocks in which somebody may be in reach; all where a bed or work from home lets in people from anywhere.</summary>
    private ReadOnlySpan<int> InReach(PackedPosition position)
    {
        if (position.Remote || position.HasBed || position.Lodging is null)
            return Every();
        var into = Numbers();
        var words = (blocks.Length + 63) / 64;
        if (marks is null || marks.Length < words)
            marks = new ulong[words];
        var reached = marks.AsSpan(0, words);
        reached.Clear();
        whereabouts.Mark(numbering.WaysTo(position.District), reached);
        var count = 0;
        for (var word = 0; word < words; word++)
            for (var bits = reached[word]; bits != 0; bits &= bits - 1)
                into[count++] = word * 64 + BitOperations.TrailingZeroCount(bits);
        return into[..count];
    }

    private Span<int> Numbers()
    {
        if (numbers is null || numbers.Length < blocks.Length)
            numbers = new int[blocks.Length];
        return numbers.AsSpan(0, blocks.Length);
    }

    private bool Judge(SeekerBlock block, Vector512<ulong> rows, SeekerQuestion asks, in Reach reach, ref ulong suits, ref ulong arranged, ref ulong ask)
    {
        ref var planes = ref block.Planes.Origin;
        var position = asks.Position;
        var (no, open) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        if (!position.Remote)
        {
            var settled = Planes.At(ref planes, SeekerLayout.BedNeeded);
            if (position.HasBed)
                settled |= Planes.At(ref planes, SeekerLayout.BedAccepted);
            else if (position.Lodging is null)
                open = settled;
            else
                no = settled;
            no |= Vector512.AndNot(reach.Far, settled);
            open |= Vector512.AndNot(reach.Unsure, settled);
            // Where a city, and more so a nation, is sorted by district, most blocks end here.
            if (Vector512.AndNot(rows, no) == Vector512<ulong>.Zero)
                return Store(Vector512<ulong>.Zero, ref suits, ref arranged, ref ask);
        }
        foreach (var plane in asks.NotMet)
            no |= Planes.At(ref planes, plane);
        foreach (var (skill, unstated) in asks.Skills)
        {
            var (held, silent) = (Planes.At(ref planes, skill), Planes.At(ref planes, unstated));
            no |= ~(held | silent);
            open |= Vector512.AndNot(silent, held);
        }
        if (!position.PayKnown)
            open |= Planes.At(ref planes, SeekerLayout.HasFloor);
        else if (position.PayMonthly < int.MaxValue)
            no |= Planes.AtLeast(ref planes, layout.Numbers + block.CommuteBits, block.FloorBits, position.PayMonthly + 1);
        var over = Vector512<ulong>.Zero;
        if (position.Hours > 0)
            over = Vector512.AndNot(Planes.At(ref planes, SeekerLayout.HasMost), Planes.AtLeast(ref planes, layout.Numbers + block.CommuteBits + block.FloorBits, block.HoursBits, position.Hours));
        if (position.PartTime == Answer.NotPossible)
            no |= over;
        rows = Vector512.AndNot(rows, no);
        if (rows == Vector512<ulong>.Zero)
            return Store(rows, ref suits, ref arranged, ref ask);
        rows = block.Undeclined(rows, position);
        var later = Vector512<ulong>.Zero;
        foreach (var plane in asks.Arranged)
            later |= Planes.At(ref planes, plane);
        if (position.PartTime is null)
            open |= over;
        else if (position.PartTime == Answer.OnRequest)
            later |= over;
        // Most who are left have a question open, and one is enough.
        var most = asks.Ask;
        for (var i = 0; i < most.Length; i++)
        {
            open |= Planes.At(ref planes, most[i]);
            if ((i & 7) == 7 && Vector512.AndNot(rows, open) == Vector512<ulong>.Zero)
                return Store(rows, ref suits, ref arranged, ref ask);
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
        return true;
    }

    /// <summary>All who are left have a question open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Store(Vector512<ulong> rows, ref ulong suits, ref ulong arranged, ref ulong ask)
    {
        rows.StoreUnsafe(ref ask);
        Vector512<ulong>.Zero.StoreUnsafe(ref arranged);
        Vector512<ulong>.Zero.StoreUnsafe(ref suits);
        return rows != Vector512<ulong>.Zero;
    }

    private Reach ReachOf(SeekerBlock block, SeekerQuestion asks)
    {
        var (far, unsure) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        if (asks.Position.Remote)
            return new(far, unsure);
        ref var planes = ref block.Planes.Origin;
        foreach (var (district, rows) in block.Districts.All)
        {
            var way = asks.Ways[district];
            if (way.Fast > block.CommuteMost)
                far |= rows;
            else if (way.Slow > block.CommuteLeast)
            {
                far |= Vector512.AndNot(rows, Planes.AtLeast(ref planes, layout.Numbers, block.CommuteBits, way.Fast));
                unsure |= Vector512.AndNot(rows, Planes.AtLeast(ref planes, layout.Numbers, block.CommuteBits, way.Slow));
            }
        }
        return new(far, unsure);
    }
}

/// <summary>Who of a block cannot get to a district in the time they have, and who perhaps cannot.</summary>
internal readonly record struct Reach(Vector512<ulong> Far, Vector512<ulong> Unsure);
