using System.Numerics;
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

    internal PositionColumns(PositionLayout layout, Numbering numbering, PositionBlock[] blocks, int count, DateOnly today) =>
        (this.layout, this.numbering, this.blocks, Count, Today, weights, partTime) =
        (layout, numbering, blocks, count, today, Weighing.On(today), numbering.AccommodationOf("PART_TIME"));

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
        foreach (var (verdict, count) in ((ReadOnlySpan<(Verdict, int)>)[(Verdict.Suits, counts.Suits), (Verdict.SuitsIfArranged, counts.IfArranged), (Verdict.AskFirst, counts.AskFirst)]))
            if (count > 0 && filled < best.Length)
                filled = Rank(seeker, sets.Of(verdict), verdict, best, filled);
        return counts;
    }

    /// <summary>The score of a row towards a seeker, in tenths: the same as the readable pluses add up to.</summary>
    public int Tenths(int row, PackedSeeker seeker) => Tenths(new(seeker, numbering.Points(weights)), blocks[row / Planes.Rows].SoftAt(row % Planes.Rows), 0);

    bool IIdOrder.Before(int row, int other) => string.CompareOrdinal(At(row).Id, At(other).Id) < 0;

    private int Rank(PackedSeeker seeker, ReadOnlySpan<ulong> rows, Verdict verdict, Span<Ranking> best, int from)
    {
        var top = new TopRanks(best, from, verdict, this);
        var points = new SeekerPoints(seeker, numbering.Points(weights));
        for (var i = 0; i < blocks.Length; i++)
            for (var word = 0; word < Planes.Words; word++)
                for (var bits = rows[i * Planes.Words + word]; bits != 0; bits &= bits - 1)
                {
                    var row = word * 64 + BitOperations.TrailingZeroCount(bits);
                    var tenths = Tenths(points, blocks[i].SoftAt(row), top.Least);
                    if (tenths >= 0)
                        top.Take(i * Planes.Rows + row, tenths);
                }
        return top.Filled;
    }

    private void Judge<TCase>(PositionBlock block, Vector512<ulong> rows, PositionQuestion asks, ref ulong suits, ref ulong arranged, ref ulong ask) where TCase : struct
    {
        ref var planes = ref block.Planes.Origin;
        var seeker = asks.Seeker;
        // Known when it is compiled: what is judged as it stands pays nothing for assumptions.
        var assuming = typeof(TCase) == typeof(Assuming) ? asks.Assuming : PackedAssumption.None;
        var remote = Planes.At(ref planes, PositionLayout.Remote);
        var (no, open, later) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        foreach (var plane in asks.NotMet)
            no |= Planes.At(ref planes, plane);
        foreach (ref readonly var need in asks.Needs)
        {
            var (offered, request, impossible) = (Planes.At(ref planes, need.Offered), Planes.At(ref planes, need.OnRequest), Planes.At(ref planes, need.NotPossible));
            var unsaid = ~(offered | request | impossible);
            if (typeof(TCase) == typeof(Assuming))
            {
                var taken = Where(need.Taken, ref planes, unsaid);
                (request, impossible, unsaid) = (Vector512.AndNot(request, taken), Vector512.AndNot(impossible, taken), Vector512.AndNot(unsaid, taken));
            }
            if (need.OnSite)
                (request, impossible, unsaid) = (Vector512.AndNot(request, remote), Vector512.AndNot(impossible, remote), Vector512.AndNot(unsaid, remote));
            no |= impossible;
            later |= request;
            open |= unsaid;
        }
        if (typeof(TCase) == typeof(Assuming))
            Assume(ref planes, asks, remote, ref no, ref open);
        Reach(block, seeker, remote, assuming.Lodging, ref no, ref open);
        if (seeker.Floor > 0)
        {
            var known = Planes.At(ref planes, PositionLayout.PayKnown);
            no |= Vector512.AndNot(known, Planes.AtLeast(ref planes, layout.Numbers + block.HoursBits, block.PayBits, seeker.Floor));
            if (!assuming.Pay)
                open |= ~known;
        }
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
        var (licences, skills) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        foreach (ref readonly var paper in block.Licences.AsSpan())
            licences |= paper.Rows & Vector512.Create(seeker.Held.Lacks(paper.Of));
        foreach (ref readonly var paper in block.Skills.AsSpan())
            skills |= paper.Rows & Vector512.Create(seeker.Held.Lacks(paper.Of));
        if (seeker.LicencesStated)
            no |= licences;
        else
            open |= licences;
        if (seeker.SkillsStated)
            no |= skills;
        else
            open |= skills;
        rows = Vector512.AndNot(rows, no);
        if (seeker.Declines is not null || block.AnyDeclined)
            rows = Undeclined(block, rows, seeker);
        foreach (var plane in asks.Ask)
            open |= Planes.At(ref planes, plane);
        if (Vector512.AndNot(rows, open) == Vector512<ulong>.Zero)
        {
            rows.StoreUnsafe(ref ask);
            Vector512<ulong>.Zero.StoreUnsafe(ref arranged);
            Vector512<ulong>.Zero.StoreUnsafe(ref suits);
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
        foreach (var (district, rows) in block.Districts)
        {
            var way = numbering.WaysTo(district)[seeker.District];
            if (way.Fast > seeker.Commute)
                no |= Vector512.AndNot(rows, settled);
            else if (way.Slow > seeker.Commute)
                open |= Vector512.AndNot(rows, settled);
        }
    }

    private static Vector512<ulong> Undeclined(PositionBlock block, Vector512<ulong> rows, PackedSeeker seeker)
    {
        var some = seeker.Declines is not null ? rows : rows & Planes.At(ref block.Planes.Origin, PositionLayout.HasDeclined);
        Span<ulong> left = stackalloc ulong[Planes.Words], asked = stackalloc ulong[Planes.Words];
        rows.CopyTo(left);
        some.CopyTo(asked);
        for (var word = 0; word < Planes.Words; word++)
            for (var bits = asked[word]; bits != 0; bits &= bits - 1)
                if (Declined(seeker, block.At(word * 64 + BitOperations.TrailingZeroCount(bits))))
                    left[word] ^= 1UL << BitOperations.TrailingZeroCount(bits);
        return Vector512.Create<ulong>(left);
    }

    internal static bool Declined(PackedSeeker seeker, PackedPosition position)
    {
        foreach (var decline in position.Declined)
            if (decline.IdHash == seeker.IdHash && decline.Id == seeker.Id)
                return true;
        if (seeker.Declines is { } own)
            foreach (var decline in own)
                if (decline.IdHash == position.IdHash && decline.Id == position.Id && Policy.Holds(decline.Decline, position.Today, position.Remote))
                    return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Tenths(in SeekerPoints points, in SoftPosition position, int atLeast)
    {
        // What tells positions most apart comes first: few are looked at further.
        var seeker = points.Seeker;
        var tenths = position.Fixed + weights.Known(BitOperations.PopCount((uint)(seeker.KnownAxes & position.KnownAxes))) + points.Wished(position.Title);
        if (tenths + position.SkillPoints[^1] + weights.MostOfTheRest < atLeast)
            return -1;
        tenths += points.Ways.At(position.Workplace) + points.Floor.At(position.Pay) + points.Hours.At(position.Hours);
        return tenths + position.SkillPoints[^1] + weights.MostHelp < atLeast ? -1
            : tenths + position.SkillPoints[position.SkillPoints.Length == 1 ? 0 : position.IsPlain ? position.CountIn(seeker.Counted) : Held(seeker, position.Packed)] + seeker.Soft.Helped(position.Packed);
    }

    private static int Held(PackedSeeker seeker, PackedPosition position)
    {
        var held = seeker.Counted.CountIn(position.ListedBits);
        foreach (var words in position.ListedWords)
            held += seeker.Said.HasAny(words.Codes) || seeker.Words?.Have(words) == true ? 1 : 0;
        return held;
    }

    /// <summary>Positions are judged as they stand.</summary>
    private readonly struct Standing;

    /// <summary>Positions are judged under an assumption.</summary>
    private readonly struct Assuming;
}

/// <summary>What a seeker gets of each plus, by the position's numbers.</summary>
internal readonly struct SeekerPoints
{
    private readonly PointsBy wish0, wish1, wish2;
    private readonly PointsTable titles;

    public SeekerPoints(PackedSeeker seeker, PairPoints points)
    {
        (Seeker, Ways, Floor, Hours) = (seeker, points.Ways.OfSeeker(seeker.CommuteNumber), points.Pay.OfSeeker(seeker.FloorNumber), points.Hours.OfSeeker(seeker.HoursNumber));
        var wishes = seeker.Wishes;
        (wish0, wish1, wish2) = (points.Wishes.OfSeeker(wishes[0]), points.Wishes.OfSeeker(wishes[^1]), points.Wishes.OfSeeker(wishes[wishes.Length / 2]));
        titles = points.Wishes;
    }

    public PackedSeeker Seeker { get; }

    public PointsBy Ways { get; }

    public PointsBy Floor { get; }

    public PointsBy Hours { get; }

    public int Wished(int title)
    {
        var best = Math.Max(Math.Max(wish0.At(title), wish1.At(title)), wish2.At(title));
        // More than three are rare, and looked up each time rather than kept.
        if (Seeker.Wishes.Length > 3)
            foreach (var wish in Seeker.Wishes)
                best = Math.Max(best, titles.OfSeeker(wish).At(title));
        return best;
    }
}
