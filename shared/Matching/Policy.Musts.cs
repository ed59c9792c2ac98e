namespace JobMatch.Matching;

public static partial class Policy
{
    private static void Open(in Pair pair, ref Tally tally)
    {
        var position = pair.Position;
        tally.Add("M1", null, Ruling.MetWhere(position.IsOpen(pair.Today)));
    }

    private static void Reach(in Pair pair, ref Tally tally) => tally.Add("M2", null, Reach(pair));

    // The first line that applies decides.
    private static Ruling Reach(in Pair pair)
    {
        var (seeker, position) = (pair.Seeker, pair.Position);
        if (pair.Remote)
            return Ruling.Met;
        if (!TakesPlace(seeker, position.Place))
            return Ruling.NotMet;
        if (seeker.Lodging == LodgingWish.Needed)
            return position.Lodging is null ? Ruling.AskEmployer : Ruling.MetWhere(HasBed(position));
        if (TakesBed(seeker, position) || seeker.District == position.District)
            return Ruling.Met;
        // A district outside the list has no place on the map: only the person can say how far it is.
        if (Minutes(pair) is not { } way)
            return Ruling.AskYou;
        return way.Slow <= CommuteLimit(seeker) ? Ruling.Met : way.Fast > CommuteLimit(seeker) ? Ruling.NotMet : Ruling.AskYou;
    }

    internal static bool TakesPlace(Seeker seeker, Place place) =>
        seeker.Places is not { Count: > 0 } places || places.Contains(place) || place == Place.Hybrid && places.Contains(Place.OnSite);

    private static bool HasBed(Position position) => position.Lodging is Lodging.Free or Lodging.Paid;

    internal static bool TakesBed(Seeker seeker, Position position) => seeker.Lodging is LodgingWish.Needed or LodgingWish.Accepted && HasBed(position);

    internal static int CommuteLimit(Seeker seeker) => seeker.CommuteMinutes ?? 60;

    /// <summary>Null where a district is on no map.</summary>
    internal static WayMinutes? Minutes(in Pair pair) =>
        pair.Position.District is { } work ? pair.Codes.Minutes(pair.Seeker.District, work) : null;

    private static void Axes(in Pair pair, ref Tally tally)
    {
        foreach (var axis in AxisText.All)
        {
            if (axis.Axis == Axis.Travel && pair.Remote)
                continue;
            int? capacity = pair.Seeker.Capacity.TryGetValue(axis.Axis, out var can) ? can : null;
            int? demand = pair.Position.Demands.TryGetValue(axis.Axis, out var asks) ? asks : null;
            tally.Add("M3", axis.Code, OneAxis(pair, axis.Axis, capacity, demand), stated: capacity is not null || demand is not null);
        }
    }

    private static Ruling OneAxis(in Pair pair, Axis axis, int? capacity, int? demand) => (capacity, demand) switch
    {
        (null, null or 0) => Ruling.Met,
        (null, _) => Ruling.AskYou,
        (0 or 1, null) => Ruling.AskEmployer,
        (_, null) => Ruling.Met,
        var (can, asks) when can >= asks => Ruling.Met,
        var (can, asks) => BestBridge(pair, axis, can.Value, asks.Value),
    };

    private static Ruling BestBridge(in Pair pair, Axis axis, int capacity, int demand)
    {
        var (best, bestMark) = (Ruling.NotMet, -1);
        foreach (var (accommodation, bridge) in pair.Codes.BridgesOn(axis))
        {
            if (capacity < bridge.From || demand > bridge.To || accommodation.OnSite && pair.Remote)
                continue;
            var mark = MarkOn(pair.Seeker, accommodation.Code);
            var found = OneBridge(accommodation, mark, pair.Answer(accommodation.Code));
            // The list runs by its sort, so an equal later one never replaces an earlier one.
            if (found.Rank < best.Rank || found.Rank == best.Rank && found.Rank < Ruling.NotMet.Rank && mark > bestMark)
                (best, bestMark) = (found, mark);
        }
        return best;
    }

    // What staff must check is asked of the employer, whoever marked it: it would also be "ask you" where unmarked, and the better counts.
    private static Ruling OneBridge(Accommodation accommodation, int mark, Answer? answer) => answer switch
    {
        Answer.NotPossible => Ruling.NotMet,
        _ when accommodation.StaffCheck => Ruling.AskEmployer with { By = accommodation.Code },
        _ when mark < 0 => Ruling.AskYou with { By = accommodation.Code },
        Answer.Offered => Ruling.Met with { By = accommodation.Code },
        Answer.OnRequest => Ruling.IfArranged with { By = accommodation.Code },
        _ => Ruling.AskEmployer with { By = accommodation.Code },
    };

    /// <summary>-1 for no mark, then in rising order helps and must.</summary>
    private static int MarkOn(Seeker seeker, string accommodation) => seeker.Needs.TryGetValue(accommodation, out var mark) ? (int)mark : -1;

    private static void Needs(in Pair pair, ref Tally tally)
    {
        if (pair.Seeker.Needs.Count == 0)
            return;
        foreach (var need in pair.Codes.Accommodations)
            if (pair.Seeker.Needs.TryGetValue(need.Code, out var mark) && mark == Mark.Must && !(need.OnSite && pair.Remote))
                tally.Add("M4", need.Code, ByAnswer(pair.Answer(need.Code)));
    }

    private static Ruling ByAnswer(Answer? answer) => answer switch
    {
        Answer.Offered => Ruling.Met,
        Answer.OnRequest => Ruling.IfArranged,
        Answer.NotPossible => Ruling.NotMet,
        _ => Ruling.AskEmployer,
    };

    private static readonly Exposure[] Exposures = Enum.GetValues<Exposure>();

    internal static readonly Shift[] Shifts = Enum.GetValues<Shift>();

    private static void Avoid(in Pair pair, ref Tally tally)
    {
        if (!pair.Remote && pair.Seeker.AvoidExposures.Count > 0)
            foreach (var exposure in Exposures)
                if (pair.Seeker.AvoidExposures.TryGetValue(exposure, out var word) && word == Avoidance.MustAvoid)
                    tally.Add("M5", CodeLists.CodeOf(exposure), AvoidExposure(pair, exposure));
        if (pair.Seeker.AvoidShifts.Count > 0)
            foreach (var shift in Shifts)
                if (pair.Seeker.AvoidShifts.TryGetValue(shift, out var word) && word == Avoidance.MustAvoid)
                    tally.Add("M5", CodeLists.CodeOf(shift), AvoidShift(pair.Position, shift));
    }

    private static Ruling AvoidExposure(in Pair pair, Exposure exposure) =>
        !pair.Position.Exposures.TryGetValue(exposure, out var there) ? Ruling.AskEmployer
        : !there ? Ruling.Met
        : Reliever(pair, exposure) is { } by ? Ruling.AskEmployer with { By = by }
        : Ruling.NotMet;

    /// <summary>The offered accommodation that makes an exposure bearable: marked must before helps before unmarked, then by sort.</summary>
    private static string? Reliever(in Pair pair, Exposure exposure)
    {
        var (best, bestMark) = ((string?)null, -2);
        foreach (var accommodation in pair.Codes.RelieversOf(exposure))
        {
            var mark = MarkOn(pair.Seeker, accommodation.Code);
            if (mark > bestMark && pair.Answer(accommodation.Code) == Answer.Offered)
                (best, bestMark) = (accommodation.Code, mark);
        }
        return best;
    }

    private static Ruling AvoidShift(Position position, Shift shift) =>
        position.Shifts is not { Count: > 0 } shifts ? Ruling.AskEmployer : Ruling.MetWhere(!Among(shifts, shift));

    internal static bool IsByNight(Shift shift) => shift is Shift.Night or Shift.ThreeShift;

    internal static bool Among(IReadOnlyList<Shift> shifts, Shift avoided)
    {
        foreach (var shift in shifts)
            if (shift == avoided || Holds(shift, avoided))
                return true;
        return false;
    }

    private static bool Holds(Shift rota, Shift part) => part switch
    {
        Shift.Night => rota is Shift.ThreeShift,
        Shift.Evening => rota is Shift.TwoShift or Shift.ThreeShift,
        _ => false,
    };

    private static void Papers(in Pair pair, ref Tally tally)
    {
        var (seeker, position) = (pair.Seeker, pair.Position);
        foreach (var licence in InListOrder(position.Licences, pair.Codes))
            tally.Add("M6", licence, HasSkill(seeker, licence, pair.Codes) ? Ruling.Met : seeker.Licences is null ? Ruling.AskYou : Ruling.NotMet);
        tally.Add("M6", null,
            position.EducationMin is not { } least ? Ruling.Met : seeker.Education is not { } has ? Ruling.AskYou : Ruling.MetWhere(has >= least),
            stated: position.EducationMin is not null || seeker.Education is not null);
    }

    private static void Skills(in Pair pair, ref Tally tally)
    {
        foreach (var skill in InListOrder(pair.Position.SkillsRequired, pair.Codes))
            tally.Add("M7", skill, HasSkill(pair.Seeker, skill, pair.Codes) ? Ruling.Met : pair.Seeker.Skills is null ? Ruling.AskYou : Ruling.NotMet);
    }

    /// <summary>A licence counts from either list, wherever it is asked for.</summary>
    internal static bool HasSkill(Seeker seeker, string code, CodeLists codes) =>
        seeker.Skills is { } skills && skills.Contains(code)
        || seeker.Licences is { } licences && licences.Contains(code) && codes.FindSkill(code) is null or { Kind: SkillKind.Licence };

    /// <summary>The distinct coded entries by the list's order; free text has no place in it.</summary>
    private static IReadOnlyList<string> InListOrder(IReadOnlyList<string> entries, CodeLists codes) => entries.Count switch
    {
        0 => entries,
        1 => codes.FindSkill(entries[0]) is null ? [] : entries,
        _ => [.. entries.Where(x => codes.FindSkill(x) is not null).Distinct().OrderBy(codes.SkillOrder)],
    };

    private static void ContractType(in Pair pair, ref Tally tally)
    {
        var (wanted, contract) = (pair.Seeker.Contracts is { Count: > 0 } list ? list : null, pair.Position.Contract);
        tally.Add("M8", null, Ruling.MetWhere(wanted is null || contract is not { } one || wanted.Contains(one)), stated: wanted is not null || contract is not null);
    }

    private static void Hours(in Pair pair, ref Tally tally)
    {
        var (max, hours) = (pair.Seeker.HoursPerWeek?.Max, pair.Position.HoursPerWeek);
        tally.Add("M9", null,
            max is null || hours is null || hours <= max ? Ruling.Met : ByAnswer(pair.Answer("PART_TIME")) with { By = PartTime(pair) },
            stated: max is not null || hours is not null);
    }

    private static string? PartTime(in Pair pair) => pair.Answer("PART_TIME") == Answer.NotPossible ? null : "PART_TIME";

    private static void PayFloor(in Pair pair, ref Tally tally)
    {
        var (floor, pay) = (Floor(pair.Seeker), MonthlyPay(pair.Position));
        tally.Add("M10", null,
            floor is not { } least ? Ruling.Met : pay is not { } monthly ? Ruling.AskEmployer : Ruling.MetWhere(monthly.Numerator >= (Int128)least * monthly.Denominator),
            stated: floor is not null || pair.Position.Pay is not null);
    }

    /// <summary>Yuan a month; a floor of 0 is none.</summary>
    internal static int? Floor(Seeker seeker) => seeker.MinPayMonthly is > 0 ? seeker.MinPayMonthly : null;

    /// <summary>
    /// Yuan a month as an exact fraction of the upper figure; null where it cannot be computed. 4.33 weeks and 21.75 days a
    /// month; by the hour, 40 hours a week where not stated; by piece, task, broadcast or commission only what is guaranteed.
    /// </summary>
    internal static (Int128 Numerator, int Denominator)? MonthlyPay(Position position) =>
        position.Pay is { } pay && (pay.Max ?? pay.Min) is { } upper
            ? pay.Per switch
            {
                PayPeriod.Month => (upper, 1),
                PayPeriod.Year => (upper, 12),
                PayPeriod.Week => ((Int128)upper * 433, 100),
                PayPeriod.Day => ((Int128)upper * 2175, 100),
                PayPeriod.Hour => ((Int128)upper * 433 * (position.HoursPerWeek ?? 40), 100),
                _ => pay.Guaranteed ? (upper, 1) : null,
            }
            : null;

    private static void Declined(in Pair pair, ref Tally tally)
    {
        var declined = SeekerDeclined(pair) || EmployerDeclined(pair);
        tally.Add("M11", null, Ruling.MetWhere(!declined), stated: declined);
    }

    internal static bool SeekerDeclined(in Pair pair) => Standing(pair.Seeker.Declines, pair.Position.Id, pair) is not null;

    internal static bool EmployerDeclined(in Pair pair) => EmployersDecline(pair) is not null;

    internal static Decline? EmployersDecline(in Pair pair) => Standing(pair.Position.Declines, pair.Seeker.Id, pair) ?? Standing(pair.Seeker.DeclinedBy, pair.Position.Id, pair);

    private static Decline? Standing(IReadOnlyDictionary<string, Decline>? declines, string id, in Pair pair) =>
        declines is not null && declines.TryGetValue(id, out var decline) && Holds(decline, pair.Today, pair.Remote) ? decline : null;

    /// <summary>The first day on which a decline no longer counts.</summary>
    public static DateOnly Until(Decline decline) => decline.On.AddMonths(6);

    /// <summary>Whether a decline counts on a day.</summary>
    /// <param name="remote">The position is done wholly from home.</param>
    public static bool Holds(Decline decline, DateOnly today, bool remote) =>
        !(decline.TooFar && remote) && (decline.On > today || decline.On.AddMonths(6) > today);
}
