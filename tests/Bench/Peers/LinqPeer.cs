using System.Numerics;
using JobMatch.Matching;

namespace JobMatch.Bench.Peers;

/// <summary>One place of a list.</summary>
internal readonly record struct Ranked(string Id, Verdict Verdict, int Tenths);

/// <summary>
/// What a good engineer writes without thinking about columns: objects made ready once, a method for the verdict that gives
/// up at the first must that is not met, one for the score, and LINQ for the rest.
/// </summary>
internal sealed class LinqPeer(Flat flat)
{
    private readonly Gap[] gaps = Gap.Of(flat.World);
    private readonly int[] weights = [.. flat.Weights];

    /// <summary>The best people for a position.</summary>
    public IEnumerable<Ranked> BestPeople(FlatPosition position, int top) => Best(flat.Seekers.Select(seeker => Judge(seeker, position, seeker.Id)), top);

    /// <summary>The best positions for a person.</summary>
    public IEnumerable<Ranked> BestPositions(FlatSeeker seeker, int top) => Best(flat.Positions.Select(position => Judge(seeker, position, position.Id)), top);

    /// <summary>Both ways, every pair judged once: the survivors of each position are kept for the other way.</summary>
    public int BothWays(IEnumerable<FlatPosition> positions, int top)
    {
        var found = 0;
        var theirs = new List<Ranked>[flat.Seekers.Length];
        foreach (var position in positions)
        {
            var survivors = flat.Seekers.Select((seeker, row) => (row, Ranked: Judge(seeker, position, seeker.Id))).Where(x => x.Ranked.Verdict != Verdict.DoesNotSuit).ToList();
            found += Best(survivors.Select(x => x.Ranked), top).ToList().Count;
            foreach (var (row, ranked) in survivors)
                (theirs[row] ??= []).Add(ranked with { Id = position.Id });
        }
        return found + theirs.Sum(list => list is null ? 0 : Best(list, top).ToList().Count);
    }

    private static IEnumerable<Ranked> Best(IEnumerable<Ranked> pairs, int top) =>
        pairs.Where(x => x.Verdict != Verdict.DoesNotSuit)
            .OrderBy(x => x.Verdict).ThenByDescending(x => x.Tenths).ThenBy(x => x.Id, StringComparer.Ordinal).Take(top);

    private Ranked Judge(FlatSeeker seeker, FlatPosition position, string id) =>
        VerdictOf(seeker, position) is var verdict && verdict == Verdict.DoesNotSuit ? new(id, verdict, 0) : new(id, verdict, Tenths(seeker, position));

    public Verdict VerdictOf(FlatSeeker seeker, FlatPosition position)
    {
        if (!position.Open
            || (seeker.Musts & position.NotPossible & position.Scope) != 0
            || seeker.Contracts != 0 && position.Contract is { } contract && (seeker.Contracts >> (int)contract & 1) == 0
            || seeker.Floor > 0 && position.PayNumerator >= 0 && position.PayNumerator < (long)seeker.Floor * position.PayDenominator
            || position.Shifts is { } shifts && (seeker.MustAvoidShifts & shifts) != 0
            || !position.Remote && (seeker.MustAvoid & position.ExposuresThere & ~position.ExposuresRelieved) != 0
            || seeker.Education < position.Education
            || seeker.SkillsStated && !(position.Required - seeker.Held).IsEmpty
            || seeker.LicencesStated && !(position.Licences - seeker.Held).IsEmpty
            || seeker.Declined?.Contains(position.Id) == true)
            return Verdict.DoesNotSuit;
        var worst = Verdict.Suits;
        return Worst(ref worst, Reach(seeker, position)) && Worst(ref worst, Hours(seeker, position)) && Worst(ref worst, Axes(seeker, position))
            ? (Verdict)Math.Max((int)worst, (int)Questions(seeker, position))
            : Verdict.DoesNotSuit;
    }

    private static bool Worst(ref Verdict worst, Verdict one)
    {
        worst = one > worst ? one : worst;
        return worst != Verdict.DoesNotSuit;
    }

    private static Verdict Questions(FlatSeeker seeker, FlatPosition position)
    {
        var needs = seeker.Musts & position.Scope;
        if ((needs & ~(position.Offered | position.OnRequest)) != 0
            || position.Shifts is null && seeker.MustAvoidShifts != 0
            || !position.Remote && (seeker.MustAvoid & (~position.ExposuresSaid | position.ExposuresThere)) != 0
            || seeker.Education is null && position.Education is not null
            || !seeker.SkillsStated && !(position.Required - seeker.Held).IsEmpty
            || !seeker.LicencesStated && !(position.Licences - seeker.Held).IsEmpty
            || seeker.Floor > 0 && position.PayNumerator < 0)
            return Verdict.AskFirst;
        return (needs & position.OnRequest) != 0 ? Verdict.SuitsIfArranged : Verdict.Suits;
    }

    private Verdict Reach(FlatSeeker seeker, FlatPosition position)
    {
        if (position.Remote)
            return Verdict.Suits;
        if (seeker.Places != 0 && (seeker.Places >> (int)position.Place & 1) == 0)
            return Verdict.DoesNotSuit;
        if (seeker.Lodging == LodgingWish.Needed)
            return position.Lodging is null ? Verdict.AskFirst : position.HasBed ? Verdict.Suits : Verdict.DoesNotSuit;
        if (seeker.Lodging == LodgingWish.Accepted && position.HasBed)
            return Verdict.Suits;
        var way = Way(seeker, position);
        return way.Slow <= seeker.Commute ? Verdict.Suits : way.Fast > seeker.Commute ? Verdict.DoesNotSuit : Verdict.AskFirst;
    }

    private Minutes Way(FlatSeeker seeker, FlatPosition position) =>
        seeker.District < 0 || position.District < 0 ? new(int.MaxValue, 0, -1) : flat.Ways[seeker.District][position.District];

    private static Verdict Hours(FlatSeeker seeker, FlatPosition position) =>
        position.Hours is not { } hours || hours <= seeker.HoursMax ? Verdict.Suits
        : Policies.PartTime(position) switch { Answer.Offered => Verdict.Suits, Answer.OnRequest => Verdict.SuitsIfArranged, Answer.NotPossible => Verdict.DoesNotSuit, _ => Verdict.AskFirst };

    private Verdict Axes(FlatSeeker seeker, FlatPosition position)
    {
        var worst = Verdict.Suits;
        var (capacities, demands) = (seeker.Capacity, position.Demands);
        for (var axis = 0; axis < capacities.Length; axis++)
        {
            var (capacity, demand) = (capacities[axis], demands[axis]);
            if (axis == (int)Axis.Travel && position.Remote)
                continue;
            var one =
                capacity < 0 ? demand > 0 ? Verdict.AskFirst : Verdict.Suits
                : demand < 0 ? capacity < 2 ? Verdict.AskFirst : Verdict.Suits
                : capacity >= demand ? Verdict.Suits
                : gaps[axis * 16 + capacity * 4 + demand].Closed(seeker, position);
            if (one == Verdict.DoesNotSuit)
                return one;
            worst = one > worst ? one : worst;
        }
        return worst;
    }

    private int Tenths(FlatSeeker seeker, FlatPosition position) =>
        (position.Listed.IsEmpty ? Points(0, 3, 10) : Points(0, (seeker.Close & position.Listed).Size, position.Listed.Size))
        + Wish(seeker, position)
        + Points(2, Known(seeker, position), 13)
        + WayPoints(seeker, position)
        + Pay(seeker, position)
        + Helpful(seeker, position)
        + Points(6, position.Checked ? 1 : 0, 1)
        + HoursPoints(seeker, position)
        + Points(8, position.FreshDays, 60);

    private int Points(int plus, long numerator, long denominator) => (int)((20 * weights[plus] * numerator + denominator) / (2 * denominator));

    private int Wish(FlatSeeker seeker, FlatPosition position)
    {
        if (seeker.Wishes.Length == 0)
            return Points(1, 1, 2);
        var (best, close) = (0, flat.Close[position.Title]);
        foreach (var wish in seeker.Wishes)
            best = Math.Max(best, close[wish]);
        return Points(1, best, 125);
    }

    private static int Known(FlatSeeker seeker, FlatPosition position)
    {
        var both = 0;
        for (var axis = 0; axis < seeker.Capacity.Length; axis++)
            if (seeker.Capacity[axis] >= 0 && position.Demands[axis] >= 0)
                both++;
        return both;
    }

    private int WayPoints(FlatSeeker seeker, FlatPosition position)
    {
        if (position.Remote || seeker.Lodging is LodgingWish.Needed or LodgingWish.Accepted && position.HasBed)
            return Points(3, 1, 1);
        var way = Way(seeker, position).Exact;
        return way == 0 ? Points(3, 1, 1) : way < 0 ? 0 : (int)Math.Floor(Math.Max(0, 1 - way / (2.0 * seeker.Commute)) * weights[3] * 10 + 0.5);
    }

    private int Pay(FlatSeeker seeker, FlatPosition position)
    {
        if (seeker.Floor == 0)
            return Points(4, 1, 2);
        var whole = (long)seeker.Floor * position.PayDenominator;
        return position.PayNumerator < 0 ? 0 : Points(4, Math.Clamp(position.PayNumerator - whole, 0, whole), whole);
    }

    private int Helpful(FlatSeeker seeker, FlatPosition position)
    {
        var helps = seeker.Helps & position.Scope;
        var bearable = position.Remote ? ~0 : position.ExposuresSaid & (~position.ExposuresThere | position.ExposuresRelieved);
        var absent = position.Shifts is { } shifts ? ~shifts : 0;
        var marked = BitOperations.PopCount(helps) + BitOperations.PopCount((uint)seeker.RatherNot) + BitOperations.PopCount((uint)seeker.RatherNotShifts);
        var full = BitOperations.PopCount(helps & position.Offered) + BitOperations.PopCount((uint)(seeker.RatherNot & bearable)) + BitOperations.PopCount((uint)(seeker.RatherNotShifts & absent));
        return marked == 0 ? Points(5, 1, 2) : Points(5, 2 * full + BitOperations.PopCount(helps & position.OnRequest), 2 * marked);
    }

    private int HoursPoints(FlatSeeker seeker, FlatPosition position) =>
        !seeker.HoursWished || position.Hours is not { } hours ? Points(7, 1, 2)
        : hours < seeker.HoursMin ? Points(7, hours, seeker.HoursMin)
        : Points(7, 1, hours > seeker.HoursMax ? 2 : 1);

    /// <summary>What closes the gap between a capacity and a demand on an axis, as masks of accommodations.</summary>
    private readonly record struct Gap(ulong ByAnswer, ulong ByStaff)
    {
        /// <summary>By axis × 16 + capacity × 4 + demand.</summary>
        public static Gap[] Of(World world)
        {
            var policies = new Policies(world);
            return
            [
                .. from axis in Enum.GetValues<Axis>()
                   let bridges = policies.Bridges(axis)
                   from capacity in Enumerable.Range(0, 4)
                   from demand in Enumerable.Range(0, 4)
                   let bits = bridges.Where(x => capacity >= x.Bridge.From && demand <= x.Bridge.To).Aggregate(0UL, (mask, x) => mask | 1UL << x.Bit)
                   select new Gap(bits & ~policies.StaffCheck, bits & policies.StaffCheck),
            ];
        }

        public Verdict Closed(FlatSeeker seeker, FlatPosition position)
        {
            var usable = position.Scope & ~position.NotPossible;
            var marked = ByAnswer & position.Scope & (seeker.Musts | seeker.Helps);
            return (marked & position.Offered) != 0 ? Verdict.Suits
                : (marked & position.OnRequest) != 0 ? Verdict.SuitsIfArranged
                : ((ByAnswer | ByStaff) & usable) != 0 ? Verdict.AskFirst
                : Verdict.DoesNotSuit;
        }
    }
}
