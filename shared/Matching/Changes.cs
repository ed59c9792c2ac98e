namespace JobMatch.Matching;

/// <summary>What may be said, arranged or learnt so that more suits: by the employer, by the person, or in a course.</summary>
public enum ChangeKind
{
    /// <summary>The employer offers an accommodation, whatever was answered so far.</summary>
    Offer,

    /// <summary>The employer states what the work asks on an axis.</summary>
    Demand,

    /// <summary>The employer answers about an accommodation that nobody has answered, or not within twelve months.</summary>
    Accommodation,

    /// <summary>The employer says whether an exposure is there.</summary>
    Exposure,

    /// <summary>The employer states the shifts.</summary>
    Shifts,

    /// <summary>The employer says whether there is lodging.</summary>
    Lodging,

    /// <summary>The employer says what is paid a month at least.</summary>
    Pay,

    /// <summary>The person states a capacity.</summary>
    Capacity,

    /// <summary>The person marks an accommodation as helpful.</summary>
    Mark,

    /// <summary>The person states skills.</summary>
    Skills,

    /// <summary>The person states licences.</summary>
    Licences,

    /// <summary>The person states schooling.</summary>
    Education,

    /// <summary>The person states how long the way to work may take.</summary>
    Commute,

    /// <summary>The person says whether lodging would do.</summary>
    Bed,

    /// <summary>The person learns a skill of the list.</summary>
    Skill,

    /// <summary>The person gets a licence of the list.</summary>
    Licence,

    /// <summary>The person takes schooling one step further.</summary>
    Schooling,
}

/// <summary>One thing that may change.</summary>
/// <param name="About">The axis, accommodation, exposure, skill, licence or schooling as a code; null where the kind has no parts.</param>
public readonly record struct Change(ChangeKind Kind, string? About = null);

/// <summary>Which changes there are for a position or a seeker, and what either is like after one.</summary>
public static class Changes
{
    /// <summary>The longest way that the form offers.</summary>
    private const int LongestCommute = 120;

    /// <summary>Any floor is below it.</summary>
    private static readonly Pay BestPay = new(int.MaxValue, int.MaxValue, PayPeriod.Month, Guaranteed: true);

    private static readonly Pay LeastPay = new(0, 0, PayPeriod.Month, Guaranteed: true);

    /// <summary>
    /// What an employer has not answered and somebody might ask, in a fixed order: pay, shifts, lodging, then axes, exposures
    /// and accommodations by their lists. What plays no part in remote work is not asked of it.
    /// </summary>
    public static IEnumerable<Change> Unanswered(Position position, DateOnly today, CodeLists codes) =>
        Questions(codes).Where(question => IsOpen(position, question, today, codes));

    /// <summary>Every question that an employer can be asked, in the same order.</summary>
    public static IEnumerable<Change> Questions(CodeLists codes) =>
    [
        new(ChangeKind.Pay), new(ChangeKind.Shifts), new(ChangeKind.Lodging),
        .. CodeLists.CodesOf<Axis>().Select(axis => new Change(ChangeKind.Demand, axis)),
        .. CodeLists.CodesOf<Exposure>().Select(exposure => new Change(ChangeKind.Exposure, exposure)),
        .. codes.Accommodations.Select(one => new Change(ChangeKind.Accommodation, one.Code)),
    ];

    /// <summary>Whether the position leaves a question open and it matters there.</summary>
    public static bool IsOpen(Position position, Change question, DateOnly today, CodeLists codes)
    {
        var remote = position.Place == Place.Remote;
        return question.Kind switch
        {
            ChangeKind.Pay => Policy.MonthlyPay(position) is null,
            ChangeKind.Shifts => position.Shifts is not { Count: > 0 },
            ChangeKind.Lodging => position.Lodging is null && !remote,
            ChangeKind.Demand => AxisOf(question) is var axis && !position.Demands.ContainsKey(axis) && !(axis == Axis.Travel && remote),
            ChangeKind.Exposure => !position.Exposures.ContainsKey(ExposureOf(question)) && !remote,
            ChangeKind.Accommodation => Policy.AnswerOf(position, question.About!, today) is null && Matters(codes.FindAccommodation(question.About!)!, position),
            _ => false,
        };
    }

    /// <summary>What is not offered yet and matters there, in the order of the list.</summary>
    public static IEnumerable<Change> Offers(Position position, DateOnly today, CodeLists codes) =>
        codes.Accommodations.Where(one => Matters(one, position) && Policy.AnswerOf(position, one.Code, today) != Answer.Offered).Select(one => new Change(ChangeKind.Offer, one.Code));

    private static bool Matters(Accommodation accommodation, Position position) => !(accommodation.OnSite && position.Place == Place.Remote);

    /// <summary>The position with each answer to a question that could make a difference to somebody's verdict.</summary>
    /// <remarks>
    /// Shifts are tried one by one, pay at its two ends. That is all there is to try where it is asked who is still to be
    /// asked: with shifts stated none is a question, a second one can only break more, and of several there is always one
    /// under which NO_NIGHT_SHIFT stands as it does under all; with pay computable none is a question, and the highest breaks
    /// nothing.
    /// </remarks>
    public static IEnumerable<Position> Answers(Position position, Change question, DateOnly today) => question.Kind switch
    {
        ChangeKind.Pay => [With(position, LeastPay), With(position, BestPay)],
        ChangeKind.Shifts => Enum.GetValues<Shift>().Select(shift => position with { Shifts = [shift] }),
        ChangeKind.Lodging => Enum.GetValues<Lodging>().Select(lodging => position with { Lodging = lodging }),
        ChangeKind.Demand => Enumerable.Range(0, 4).Select(level => With(position, AxisOf(question), level)),
        ChangeKind.Exposure => [With(position, ExposureOf(question), false), With(position, ExposureOf(question), true)],
        _ => Enum.GetValues<Answer>().Select(answer => With(position, question.About!, answer, today)),
    };

    /// <summary>The position with one accommodation offered from today on.</summary>
    public static Position Offered(Position position, Change offer, DateOnly today) => With(position, offer.About!, Answer.Offered, today);

    /// <summary>
    /// The position with the answer that is best for this person: no other answer gives a better verdict. An accommodation is
    /// offered, an axis asks nothing, an exposure is absent, lodging is free, the pay is above any floor, and the shift is one
    /// that they need not avoid, by day if there is one.
    /// </summary>
    public static Position AnsweredWell(Position position, Change question, Seeker seeker, DateOnly today) => question.Kind switch
    {
        ChangeKind.Pay => With(position, BestPay),
        ChangeKind.Shifts => position with { Shifts = [BestShift(Avoided(seeker))] },
        ChangeKind.Lodging => position with { Lodging = Lodging.Free },
        ChangeKind.Demand => With(position, AxisOf(question), 0),
        ChangeKind.Exposure => With(position, ExposureOf(question), false),
        _ => Offered(position, question, today),
    };

    /// <summary>A shift that need not be avoided, without nights where there is one; by day where all must be.</summary>
    /// <param name="avoided">A bit for each shift that must be.</param>
    internal static Shift BestShift(int avoided) => Policy.Shifts.Where(shift => !MustAvoid(avoided, shift)).OrderBy(Policy.IsByNight).FirstOrDefault();

    internal static bool MustAvoid(int avoided, Shift shift) => Policy.Shifts.Any(part => (avoided >> (int)part & 1) != 0 && Policy.Among([shift], part));

    private static int Avoided(Seeker seeker) => seeker.AvoidShifts.Where(x => x.Value == Avoidance.MustAvoid).Aggregate(0, (bits, x) => bits | 1 << (int)x.Key);

    private static Position With(Position position, Pay pay) => position with { Pay = pay };

    private static Position With(Position position, Axis axis, int level) => position with { Demands = Set(position.Demands, axis, level) };

    private static Position With(Position position, Exposure exposure, bool there) => position with { Exposures = Set(position.Exposures, exposure, there) };

    private static Position With(Position position, string accommodation, Answer answer, DateOnly today) =>
        position with { Accommodations = Set(position.Accommodations, accommodation, new(answer, today)) };

    /// <summary>What the person has not said and could: each with the answer that opens most.</summary>
    public static IEnumerable<Change> Unstated(Seeker seeker, CodeLists codes)
    {
        foreach (var axis in CodeLists.CodesOf<Axis>())
            if (!seeker.Capacity.ContainsKey(CodeLists.Parse<Axis>(axis)!.Value))
                yield return new(ChangeKind.Capacity, axis);
        foreach (var one in codes.Accommodations)
            if (!seeker.Needs.ContainsKey(one.Code) && one.Bridges.Length > 0)
                yield return new(ChangeKind.Mark, one.Code);
        if (seeker.Skills is null)
            yield return new(ChangeKind.Skills);
        if (seeker.Licences is null)
            yield return new(ChangeKind.Licences);
        if (seeker.Education is null)
            yield return new(ChangeKind.Education);
        if (seeker.CommuteMinutes is null)
            yield return new(ChangeKind.Commute);
        if (seeker.Lodging is null)
            yield return new(ChangeKind.Bed);
    }

    /// <summary>
    /// One skill or licence of the list more, or schooling one step further. Who has stated nothing of a kind is asked first:
    /// they may have it already.
    /// </summary>
    public static IEnumerable<Change> Courses(Seeker seeker, CodeLists codes)
    {
        foreach (var skill in codes.Skills)
            if ((skill.Kind == SkillKind.Licence ? seeker.Licences : seeker.Skills) is not null && !Policy.HasSkill(seeker, skill.Code, codes))
                yield return new(skill.Kind == SkillKind.Licence ? ChangeKind.Licence : ChangeKind.Skill, skill.Code);
        if (seeker.Education is { } has and not Education.Doctor)
            yield return new(ChangeKind.Schooling, CodeLists.CodeOf(has + 1));
    }

    /// <summary>
    /// The person after a change of their own. What is not stated is answered with what opens most: full capacity, every skill
    /// or licence of the list, the highest schooling, a way of two hours, lodging accepted.
    /// </summary>
    public static Seeker After(Seeker seeker, Change change, CodeLists codes) => change.Kind switch
    {
        ChangeKind.Capacity => seeker with { Capacity = Set(seeker.Capacity, AxisOf(change), 3) },
        ChangeKind.Mark => seeker with { Needs = Set(seeker.Needs, change.About!, Mark.Helps) },
        ChangeKind.Skills => seeker with { Skills = [.. codes.Skills.Where(x => x.Kind != SkillKind.Licence).Select(x => x.Code)] },
        ChangeKind.Licences => seeker with { Licences = [.. codes.Skills.Where(x => x.Kind == SkillKind.Licence).Select(x => x.Code)] },
        ChangeKind.Education => seeker with { Education = Education.Doctor },
        ChangeKind.Commute => seeker with { CommuteMinutes = LongestCommute },
        ChangeKind.Bed => seeker with { Lodging = LodgingWish.Accepted },
        ChangeKind.Skill => seeker with { Skills = [.. seeker.Skills ?? [], change.About!] },
        ChangeKind.Licence => seeker with { Licences = [.. seeker.Licences ?? [], change.About!] },
        ChangeKind.Schooling => seeker with { Education = CodeLists.Parse<Education>(change.About!) },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "No change of a seeker."),
    };

    private static Axis AxisOf(Change change) => CodeLists.Parse<Axis>(change.About!)!.Value;

    private static Exposure ExposureOf(Change change) => CodeLists.Parse<Exposure>(change.About!)!.Value;

    private static Dictionary<TKey, TValue> Set<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> map, TKey key, TValue value) where TKey : notnull =>
        new(map) { [key] = value };
}
