using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>
/// Many positions as columns, as they stood at a moment and stand on a day: immutable, like <see cref="SeekerColumns"/>. It
/// gives for every pair what the readable policy gives.
/// </summary>
public sealed class PositionColumns : IIdOrder
{
    private readonly PositionLayout layout;
    private readonly Numbering numbering;
    private readonly PositionBlock[] blocks;
    private readonly Weighing weights;
    private readonly int partTime;

    private int[]? byId;

    [ThreadStatic]
    private static VerdictSets? scratch;
    [ThreadStatic]
    private static PositionQuestion? question;
    [ThreadStatic]
    private static PositionScores? scores;

    internal PositionColumns(PositionLayout layout, Numbering numbering, PositionBlock[] blocks, int count, DateOnly today) =>
        (this.layout, this.numbering, this.blocks, Count, Today, weights, partTime) =
        (layout, numbering, blocks, count, today, numbering.WeighingOn(today), numbering.AccommodationOf("PART_TIME"));

    /// <summary>How many positions there are, also those that cannot be applied for.</summary>
    public int Count { get; }

    /// <summary>The day as of which answers, checks and closings count.</summary>
    public DateOnly Today { get; }

    /// <summary>Rows, empty ones among them; a multiple of 512.</summary>
    public int Rows => blocks.Length * Planes.Rows;

    /// <summary>Bytes that judging reads at most, for measuring: the planes of all blocks.</summary>
    public long Bytes => blocks.Sum(block => (long)block.Planes.Count * 64);

    /// <summary>The id of a row that is not empty.</summary>
    public string IdAt(int row) => At(row).Id;

    /// <summary>Whether there is a position in a row.</summary>
    public bool IsLive(int row) => blocks[row / Planes.Rows].Planes.Has(PositionLayout.Live, row % Planes.Rows);

    /// <summary>Whether the position in a row can be applied for on the day.</summary>
    public bool IsOpen(int row) => blocks[row / Planes.Rows].Planes.Has(PositionLayout.Open, row % Planes.Rows);

    /// <summary>Why the position in a row has the verdict it has for a person, see <see cref="Reasons.Of"/>.</summary>
    public int Reasons(PackedSeeker seeker, int row, Span<RuleCode> into) => Matching.Reasons.Of(seeker, At(row), numbering, into);

    internal ReadOnlySpan<PositionBlock> Blocks => blocks;

    /// <summary>Rows in the order of their ids; made when first asked for.</summary>
    internal int[] ById => byId ??= IdOrder.Of(Rows, IsLive, this);

    internal PackedPosition At(int row) => blocks[row / Planes.Rows].At(row % Planes.Rows);

    /// <summary>What the verdict on every position is. Allocates nothing where <paramref name="into"/> has been used before.</summary>
    /// <param name="tags">Only rows with all these tags are asked about.</param>
    public VerdictCounts Judge(PackedSeeker seeker, VerdictSets into, int tags = 0) =>
        Judge<Standing>((question ??= new()).Of(seeker, layout, numbering), into, tags);

    /// <summary>How many positions suit, or suit if arranged, as they stand or under an assumption.</summary>
    public int WouldSuit(PackedSeeker seeker, Assumption? assuming = null)
    {
        var sets = scratch ??= new();
        var counts = assuming is { } assumption
            ? Judge<Assuming>((question ??= new()).Of(seeker, layout, numbering, PackedAssumption.Of(assumption, seeker, numbering)), sets, 0)
            : Judge(seeker, sets);
        return counts.Suits + counts.IfArranged;
    }

    private VerdictCounts Judge<TCase>(PositionQuestion asks, VerdictSets into, int tags) where TCase : struct
    {
        into.Reset(blocks.Length * Planes.Words);
        var (suits, arranged, ask) = into.Arrays;
        var asked = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            ref var origin = ref blocks[i].Planes.Origin;
            var rows = Planes.At(ref origin, PositionLayout.Live);
            for (var tag = 0; tags >> tag != 0; tag++)
                if ((tags >> tag & 1) != 0)
                    rows &= Planes.At(ref origin, PositionLayout.Tags + tag);
            asked += tags == 0 ? blocks[i].Live : rows.Count();
            Judge<TCase>(blocks[i], rows & Planes.At(ref origin, PositionLayout.Open), asks, ref suits[i * Planes.Words], ref arranged[i * Planes.Words], ref ask[i * Planes.Words]);
        }
        var (s, r, a) = (VerdictSets.Count(into.Suits), VerdictSets.Count(into.IfArranged), VerdictSets.Count(into.AskFirst));
        return new(s, r, a, asked - s - r - a);
    }

    /// <summary>
    /// Fills <paramref name="best"/> with the best positions for a seeker: by verdict, score, id; none that does not suit.
    /// Allocates nothing.
    /// </summary>
    /// <param name="filled">How many places were filled.</param>
    public VerdictCounts Best(PackedSeeker seeker, Span<Ranking> best, out int filled, int tags = 0)
    {
        var sets = scratch ??= new();
        var counts = Judge(seeker, sets, tags);
        filled = 0;
        var points = Score(seeker);
        foreach (var (verdict, count) in ((ReadOnlySpan<(Verdict, int)>)[(Verdict.Suits, counts.Suits), (Verdict.SuitsIfArranged, counts.IfArranged), (Verdict.AskFirst, counts.AskFirst)]))
            if (count > 0 && filled < best.Length)
                filled = Rank(points, sets.Of(verdict), verdict, best, filled);
        return counts;
    }

    /// <summary>The score of a row towards a seeker, in tenths: the same as the readable pluses add up to.</summary>
    public int Tenths(int row, PackedSeeker seeker) => Score(seeker).Tenths(blocks[row / Planes.Rows], row % Planes.Rows, 0);

    /// <summary>The same of every row; of an empty one nothing.</summary>
    /// <param name="into">At least <see cref="Rows"/> long.</param>
    internal void Tenths(PackedSeeker seeker, Span<int> into)
    {
        var points = Score(seeker);
        for (var row = 0; row < Rows; row++)
            if (IsLive(row))
                into[row] = points.Tenths(blocks[row / Planes.Rows], row % Planes.Rows, 0);
    }

    bool IIdOrder.Before(int row, int other) => string.CompareOrdinal(At(row).Id, At(other).Id) < 0;

    private PositionScores Score(PackedSeeker seeker) => (scores ??= new()).Of(seeker, numbering, weights);

    private int Rank(PositionScores scores, ReadOnlySpan<ulong> rows, Verdict verdict, Span<Ranking> best, int from)
    {
        var top = new TopRanks(best, from, verdict, this);
        for (var i = 0; i < blocks.Length; i++)
            scores.Offer(blocks[i], i * Planes.Rows, rows.Slice(i * Planes.Words, Planes.Words), ref top);
        return top.Filled;
    }

    /// <summary>What rules most rows out, and reads least, comes first: many blocks end early.</summary>
    private void Judge<TCase>(PositionBlock block, Vector512<ulong> rows, PositionQuestion asks, ref ulong suits, ref ulong arranged, ref ulong ask) where TCase : struct
    {
        ref var planes = ref block.Planes.Origin;
        var seeker = asks.Seeker;
        // Known when it is compiled: what is judged as it stands pays nothing for assumptions.
        var assuming = typeof(TCase) == typeof(Assuming) ? asks.Assuming : PackedAssumption.None;
        var remote = Planes.At(ref planes, PositionLayout.Remote);
        var (no, open, later) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        Reach(block, seeker, remote, assuming.Lodging, ref no, ref open);
        if (seeker.Floor > 0)
        {
            var known = Planes.At(ref planes, PositionLayout.PayKnown);
            if (seeker.Floor > block.PayMost)
                no |= known;
            else if (seeker.Floor > block.PayLeast)
                no |= Vector512.AndNot(known, Planes.AtLeast(ref planes, layout.Numbers + block.HoursBits, block.PayBits, seeker.Floor));
            if (!assuming.Pay)
                open |= ~known;
        }
        if (Vector512.AndNot(rows, no) == Vector512<ulong>.Zero)
        {
            Store(Vector512<ulong>.Zero, ref suits, ref arranged, ref ask);
            return;
        }
        foreach (var plane in asks.NotMet)
            no |= Planes.At(ref planes, plane);
        foreach (ref readonly var need in asks.Needs)
            no |= Vector512.AndNot(Planes.At(ref planes, need.NotPossible), Spared<TCase>(need, ref planes, remote));
        if (typeof(TCase) == typeof(Assuming))
            Assume(ref planes, asks, remote, ref no, ref open);
        if (seeker.HoursMax is >= 0 and < int.MaxValue)
        {
            var over = Planes.At(ref planes, PositionLayout.HoursSaid) & Planes.AtLeast(ref planes, layout.Numbers, block.HoursBits, seeker.HoursMax + 1);
            var unsaid = Planes.At(ref planes, PositionLayout.PartTimeUnsaid);
            if (typeof(TCase) == typeof(Assuming))
                over = Vector512.AndNot(over, Where(assuming.Takes(partTime), ref planes, unsaid));
            no |= over & Planes.At(ref planes, PositionLayout.PartTimeNo);
            later |= over & Planes.At(ref planes, PositionLayout.PartTimeLater);
            open |= over & unsaid;
        }
        var (licences, skills) = (block.Licences.Lacking(seeker.Held), block.Skills.Lacking(seeker.Held));
        if (seeker.LicencesStated)
            no |= licences;
        else
            open |= licences;
        if (seeker.SkillsStated)
            no |= skills;
        else
            open |= skills;
        rows = block.Undeclined(Vector512.AndNot(rows, no), seeker);
        // Most that are left have a question open, and one is enough.
        var most = asks.Ask;
        for (var i = 0; i < most.Length; i++)
        {
            open |= Planes.At(ref planes, most[i]);
            if ((i & 3) == 3 && Vector512.AndNot(rows, open) == Vector512<ulong>.Zero)
                break;
        }
        foreach (ref readonly var need in asks.Needs)
        {
            var spared = Spared<TCase>(need, ref planes, remote);
            later |= Vector512.AndNot(Planes.At(ref planes, need.OnRequest), spared);
            open |= Vector512.AndNot(Unsaid(need, ref planes), spared);
        }
        if (Vector512.AndNot(rows, open) == Vector512<ulong>.Zero)
        {
            Store(rows, ref suits, ref arranged, ref ask);
            return;
        }
        foreach (ref readonly var gap in asks.Gaps)
        {
            var shorts = Planes.At(ref planes, gap.Short);
            var (met, request) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
            for (var i = gap.From; i < gap.To; i++)
            {
                ref readonly var closing = ref asks.Closing[i];
                var (offered, later1) = (Planes.At(ref planes, closing.Offered), Planes.At(ref planes, closing.OnRequest));
                if (typeof(TCase) == typeof(Assuming))
                {
                    var taken = Where(closing.Taken, ref planes, ~(offered | later1 | Planes.At(ref planes, layout.NotPossible(Math.Max(0, assuming.Offered)))));
                    (offered, later1) = (offered | taken, Vector512.AndNot(later1, taken));
                }
                var not = Vector512<ulong>.Zero;
                if (closing.TooMuch >= 0)
                    not = Planes.At(ref planes, closing.TooMuch);
                if (closing.OnSite)
                    not |= remote;
                met |= Vector512.AndNot(offered, not);
                request |= Vector512.AndNot(later1, not);
            }
            open |= Vector512.AndNot(shorts, met | request);
            later |= Vector512.AndNot(shorts & request, met);
        }
        (rows & open).StoreUnsafe(ref ask);
        rows = Vector512.AndNot(rows, open);
        (rows & later).StoreUnsafe(ref arranged);
        Vector512.AndNot(rows, later).StoreUnsafe(ref suits);
    }

    /// <summary>All that are left have a question open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> rows, ref ulong suits, ref ulong arranged, ref ulong ask)
    {
        rows.StoreUnsafe(ref ask);
        Vector512<ulong>.Zero.StoreUnsafe(ref arranged);
        Vector512<ulong>.Zero.StoreUnsafe(ref suits);
    }

    private static Vector512<ulong> Unsaid(in AskedNeed need, ref ulong planes) =>
        ~(Planes.At(ref planes, need.Offered) | Planes.At(ref planes, need.OnRequest) | Planes.At(ref planes, need.NotPossible));

    /// <summary>Where a need is met whatever is answered: from home, or under an assumption.</summary>
    private static Vector512<ulong> Spared<TCase>(in AskedNeed need, ref ulong planes, Vector512<ulong> remote) where TCase : struct
    {
        var spared = typeof(TCase) == typeof(Assuming) ? Where(need.Taken, ref planes, Unsaid(need, ref planes)) : Vector512<ulong>.Zero;
        if (need.OnSite)
            spared |= remote;
        return spared;
    }

    private static void Assume(ref ulong planes, PositionQuestion asks, Vector512<ulong> remote, ref Vector512<ulong> no, ref Vector512<ulong> open)
    {
        foreach (ref readonly var opened in asks.Opened)
        {
            var still = opened.TooMuch >= 0 ? Planes.At(ref planes, opened.TooMuch) : Vector512<ulong>.Zero;
            no |= Planes.At(ref planes, opened.Fail) & (opened.OnSite ? still | remote : still);
        }
        // What is there and made bearable is a question all the same.
        if (asks.Assuming.Exposure is >= 0 and var exposure && (asks.Seeker.AvoidedExposures >> exposure & 1) != 0)
            open |= Vector512.AndNot(Planes.At(ref planes, PositionLayout.MayHave((Exposure)exposure)), Planes.At(ref planes, PositionLayout.NothingSaid((Exposure)exposure)));
    }

    private static Vector512<ulong> Where(Taken taken, ref ulong planes, Vector512<ulong> unsaid) => taken switch
    {
        Taken.WhereUnsaid => unsaid,
        Taken.WhereShiftsUnsaid => Planes.At(ref planes, PositionLayout.ShiftsUnsaid),
        Taken.Everywhere => Vector512<ulong>.AllBitsSet,
        _ => Vector512<ulong>.Zero,
    };

    /// <param name="bedAssumed">Where nobody has said, there is a bed.</param>
    private void Reach(PositionBlock block, PackedSeeker seeker, Vector512<ulong> remote, bool bedAssumed, ref Vector512<ulong> no, ref Vector512<ulong> open)
    {
        ref var planes = ref block.Planes.Origin;
        var bed = Planes.At(ref planes, PositionLayout.HasBed);
        if (bedAssumed)
            bed |= Planes.At(ref planes, PositionLayout.BedUnsaid);
        if (seeker.Lodging == LodgingWish.Needed)
        {
            var unsaid = Planes.At(ref planes, PositionLayout.BedUnsaid);
            no |= ~(remote | bed | unsaid);
            open |= Vector512.AndNot(unsaid, remote | bed);
            return;
        }
        var settled = seeker.Lodging == LodgingWish.Accepted ? remote | bed : remote;
        foreach (var (district, rows) in block.Districts.All)
        {
            var way = numbering.WaysTo(district)[seeker.District];
            if (way.Fast > seeker.Commute)
                no |= Vector512.AndNot(rows, settled);
            else if (way.Slow > seeker.Commute)
                open |= Vector512.AndNot(rows, settled);
        }
    }

    /// <summary>Positions are judged as they stand.</summary>
    private readonly struct Standing;

    /// <summary>Positions are judged under an assumption.</summary>
    private readonly struct Assuming;
}
