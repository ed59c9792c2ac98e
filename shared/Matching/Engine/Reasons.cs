using System.Numerics;

namespace JobMatch.Matching;

/// <summary>
/// One row of a pair's rules as numbers: the same as a <see cref="RuleRow"/>, without a word of text. What they refer to is
/// read with the numbering that packed both sides.
/// </summary>
public readonly record struct RuleCode
{
    private readonly Ruled ruled;

    internal RuleCode(byte rule, Ruled ruled, int about, int by) => (Rule, this.ruled, About, By) = (rule, ruled, (short)about, (short)by);

    /// <summary>1–11 for M1 … M11.</summary>
    public byte Rule { get; }

    /// <summary>The axis, accommodation, exposure, shift (from <see cref="Shifts"/> on) or skill; −1 for none.</summary>
    public short About { get; }

    /// <summary>The accommodation of the best bridge; −1 for none.</summary>
    public short By { get; }

    public Result Result => ruled switch { Ruled.Met => Result.Met, Ruled.IfArranged => Result.MetIfArranged, Ruled.NotMet => Result.NotMet, _ => Result.Ask };

    /// <summary>Who can answer, where the result is a question.</summary>
    public Whom? Whom => ruled switch { Ruled.AskEmployer => Matching.Whom.Employer, Ruled.AskYou => Matching.Whom.You, _ => null };

    /// <summary>Where the numbers of shifts begin in rows about what is avoided.</summary>
    public const int Shifts = 32;

    /// <summary>At most so many rows has a pair, for the caller's buffer.</summary>
    public const int Most = 13 + 64 + 21 + 2 * CodeLists.MaxSkills + 8;

    private static readonly string[] Rules = [.. Policy.Musts.Select(must => must.Id)];

    /// <summary>The row in words.</summary>
    public RuleRow Row(Numbering numbering) => new(
        Rules[Rule - 1], AboutCode(numbering.Codes), Result, Whom, By < 0 ? null : numbering.Codes.Accommodations[By].Code);

    private string? AboutCode(CodeLists codes) => About < 0 ? null : Rule switch
    {
        3 => CodeLists.CodeOf((Axis)About),
        4 => codes.Accommodations[About].Code,
        5 => About < Shifts ? CodeLists.CodeOf((Exposure)About) : CodeLists.CodeOf((Shift)(About - Shifts)),
        _ => codes.Skills[About].Code,
    };
}

/// <summary>A result, and who can answer where it is a question; best first.</summary>
internal enum Ruled : byte { Met, IfArranged, AskEmployer, AskYou, NotMet }

/// <summary>Why a packed pair has the verdict it has: the readable rules' rows, in their order, as numbers.</summary>
public static class Reasons
{
    /// <summary>Fills in the rows that are shown: those that are met without a stated fact are left out. Allocates nothing.</summary>
    /// <param name="into">Room for <see cref="RuleCode.Most"/> rows.</param>
    /// <returns>How many rows there are.</returns>
    public static int Of(PackedSeeker seeker, PackedPosition position, Numbering numbering, Span<RuleCode> into)
    {
        var rows = new Writer(into);
        rows.Add(1, position.Open ? Ruled.Met : Ruled.NotMet);
        rows.Add(2, Reach(seeker, position, numbering));
        Axes(seeker, position, numbering, ref rows);
        var scope = position.Remote ? ~numbering.OnSite : ulong.MaxValue;
        for (var musts = seeker.Musts & scope; musts != 0; musts &= musts - 1)
            rows.Add(4, Answered(position, BitOperations.TrailingZeroCount(musts)), BitOperations.TrailingZeroCount(musts));
        Avoided(seeker, position, numbering, ref rows);
        foreach (var licence in position.RequiredLicences)
            rows.Add(6, seeker.Held.Has(licence) ? Ruled.Met : seeker.LicencesStated ? Ruled.NotMet : Ruled.AskYou, licence);
        if (position.EducationMin >= 0 || seeker.Education >= 0)
            rows.Add(6, position.EducationMin < 0 ? Ruled.Met : seeker.Education < 0 ? Ruled.AskYou : seeker.Education >= position.EducationMin ? Ruled.Met : Ruled.NotMet);
        foreach (var skill in position.RequiredSkills)
            rows.Add(7, seeker.Held.Has(skill) ? Ruled.Met : seeker.SkillsStated ? Ruled.NotMet : Ruled.AskYou, skill);
        if (seeker.RefusedContracts != 0 || position.Contract >= 0)
            rows.Add(8, position.Contract >= 0 && (seeker.RefusedContracts >> position.Contract & 1) != 0 ? Ruled.NotMet : Ruled.Met);
        if (seeker.HoursMax >= 0 || position.Hours >= 0)
            Hours(seeker, position, numbering, ref rows);
        if (seeker.Floor > 0 || position.PayStated)
            rows.Add(10, seeker.Floor == 0 ? Ruled.Met : !position.PayKnown ? Ruled.AskEmployer : position.PayMonthly >= seeker.Floor ? Ruled.Met : Ruled.NotMet);
        if (PositionBlock.Declined(seeker, position))
            rows.Add(11, Ruled.NotMet);
        return rows.Count;
    }

    private static Ruled Reach(PackedSeeker seeker, PackedPosition position, Numbering numbering)
    {
        if (position.Remote)
            return Ruled.Met;
        if ((seeker.RefusedPlaces >> (int)position.Place & 1) != 0)
            return Ruled.NotMet;
        if (seeker.Lodging == LodgingWish.Needed)
            return position.HasBed ? Ruled.Met : position.Lodging is null ? Ruled.AskEmployer : Ruled.NotMet;
        if (seeker.Lodging == LodgingWish.Accepted && position.HasBed)
            return Ruled.Met;
        var way = numbering.WaysTo(position.District)[seeker.District];
        return way.Fast > seeker.Commute ? Ruled.NotMet : way.Slow <= seeker.Commute ? Ruled.Met : Ruled.AskYou;
    }

    private static void Axes(PackedSeeker seeker, PackedPosition position, Numbering numbering, ref Writer rows)
    {
        var spoken = seeker.KnownAxes | position.KnownAxes;
        if (position.Remote)
            spoken &= ~(1 << (int)Axis.Travel);
        for (; spoken != 0; spoken &= spoken - 1)
        {
            var axis = BitOperations.TrailingZeroCount(spoken);
            // Nothing could foresee what two people say, so that it is looked up rather than asked.
            var ruled = OnAxis[(int)(seeker.Capacity >> 4 * axis & 7 | (position.Demands >> 4 * axis & 7) << 3)];
            if (ruled == Ruled.NotMet)
                Bridge(axis, seeker.CapacityOn(axis), position.DemandOn(axis), seeker, position, numbering, ref rows);
            else
                rows.Add(3, ruled, axis);
        }
    }

    // By one more than the capacity and eight times one more than the demand, 0 not stated; not met where something must close the gap.
    private static readonly Ruled[] OnAxis = [.. from demand in Enumerable.Range(-1, 8) from capacity in Enumerable.Range(-1, 8) select OfLevels(capacity, demand)];

    private static Ruled OfLevels(int capacity, int demand) =>
        capacity < 0 ? demand > 0 ? Ruled.AskYou : Ruled.Met
        : demand < 0 ? capacity < 2 ? Ruled.AskEmployer : Ruled.Met
        : demand > capacity ? Ruled.NotMet : Ruled.Met;

    private static void Hours(PackedSeeker seeker, PackedPosition position, Numbering numbering, ref Writer rows)
    {
        if (seeker.HoursMax < 0 || position.Hours <= seeker.HoursMax)
            rows.Add(9, Ruled.Met);
        else
            rows.Add(
                9, position.PartTime switch { Answer.Offered => Ruled.Met, Answer.OnRequest => Ruled.IfArranged, Answer.NotPossible => Ruled.NotMet, _ => Ruled.AskEmployer },
                by: position.PartTime != Answer.NotPossible ? numbering.PartTime : -1);
    }

    private static void Bridge(int axis, int capacity, int demand, PackedSeeker seeker, PackedPosition position, Numbering numbering, ref Writer rows)
    {
        var bridging = position.Bridging(numbering);
        var (best, by, bestMark) = (Ruled.NotMet, -1, -1);
        foreach (var bridge in numbering.Bridges[axis])
        {
            var bit = 1UL << bridge.Bit;
            if ((bridging & bit) == 0 || capacity < bridge.From || demand > bridge.To)
                continue;
            var mark = (seeker.Musts & bit) != 0 ? 1 : (seeker.Marked & bit) != 0 ? 0 : -1;
            var found = (numbering.StaffCheck & bit) != 0 ? Ruled.AskEmployer
                : mark < 0 ? Ruled.AskYou
                : (position.Offered & bit) != 0 ? Ruled.Met
                : (position.OnRequest & bit) != 0 ? Ruled.IfArranged
                : Ruled.AskEmployer;
            // By the list's order, so that an equal later one never replaces an earlier one.
            if (found < best || found == best && mark > bestMark)
                (best, by, bestMark) = (found, bridge.Bit, mark);
        }
        rows.Add(3, best, axis, by);
    }

    private static void Avoided(PackedSeeker seeker, PackedPosition position, Numbering numbering, ref Writer rows)
    {
        for (var left = position.Remote ? 0 : (uint)seeker.AvoidedExposures; left != 0; left &= left - 1)
        {
            var exposure = BitOperations.TrailingZeroCount(left);
            var open = (position.ExposuresOpen >> exposure & 1) != 0;
            var relieved = open && (position.ExposuresBearable >> exposure & 1) != 0;
            rows.Add(
                5, (position.ExposuresThere >> exposure & 1) != 0 ? Ruled.NotMet : open ? Ruled.AskEmployer : Ruled.Met, exposure,
                relieved ? Reliever(numbering.Relievers[exposure] & position.Offered, seeker) : -1);
        }
        for (var left = (uint)seeker.AvoidedShifts; left != 0; left &= left - 1)
        {
            var shift = BitOperations.TrailingZeroCount(left);
            rows.Add(5, !position.ShiftsStated ? Ruled.AskEmployer : (position.ShiftsHeld >> shift & 1) != 0 ? Ruled.NotMet : Ruled.Met, RuleCode.Shifts + shift);
        }
    }

    // Marked must before helps before unmarked, then by the list's order.
    private static int Reliever(ulong offered, PackedSeeker seeker) =>
        BitOperations.TrailingZeroCount((offered & seeker.Musts) != 0 ? offered & seeker.Musts : (offered & seeker.Marked) != 0 ? offered & seeker.Marked : offered);

    private static Ruled Answered(PackedPosition position, int accommodation) =>
        (position.Offered >> accommodation & 1) != 0 ? Ruled.Met
        : (position.OnRequest >> accommodation & 1) != 0 ? Ruled.IfArranged
        : (position.NotPossible >> accommodation & 1) != 0 ? Ruled.NotMet
        : Ruled.AskEmployer;

    private ref struct Writer(Span<RuleCode> into)
    {
        private readonly Span<RuleCode> into = into;

        public int Count { get; private set; }

        public void Add(byte rule, Ruled ruled, int about = -1, int by = -1) =>
            into[Count++] = new(rule, ruled, about, by);
    }
}
