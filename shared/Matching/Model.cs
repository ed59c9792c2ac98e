namespace JobMatch.Matching;

/// <summary>A label in the service's two languages; Chinese is the default.</summary>
public readonly record struct Label(string En, string Zh)
{
    public string In(Language language) => language == Language.English ? En : Zh;
}

/// <summary>The languages that people read.</summary>
public enum Language { Chinese, English }

/// <summary>
/// A functional axis, the same on both sides, 0-3. Capacity is as accommodated with the person's own aids; demand is what
/// the position asks. Not stated is absence, never a number.
/// </summary>
public enum Axis { Seeing, Hearing, Speaking, ReadingWriting, BothHands, FineHands, Lifting, StandingWalking, Endurance, Learning, FocusPace, People, Travel }

/// <summary>A surrounding of the work that some people must avoid.</summary>
public enum Exposure { Noise, Heat, Cold, DustFumes, Chemicals, BrightFlashingLight, Heights, MovingMachinery, Vibration, Crowds, Outdoors }

public enum Shift { Day, Evening, Night, TwoShift, ThreeShift, Split, Weekend, Flexible, BroadcastSlot, OnCall }

public enum Rest { TwoDays, OneDay, Alternating, Rostered, MonthlyN, Free }

/// <summary>Where the work is done. Remote means wholly from home: on-site needs, exposures and travel play no part.</summary>
public enum Place { OnSite, Hybrid, Remote, Mobile, Base }

public enum Contract { OpenEnded, FixedTerm, TaskBased, PartTime, Dispatch, ServiceAgreement, Internship, Platform, HomePiecework, CommissionOnly, SelfEmployed }

public enum PayPeriod { Hour, Day, Week, Month, Piece, Task, Broadcast, Commission, Year }

public enum Board { None, OneMeal, TwoMeals, ThreeMeals, Allowance }

/// <summary>What a position gives by way of a bed.</summary>
public enum Lodging { None, Free, Paid, Allowance }

/// <summary>What a seeker says about lodging with the job.</summary>
public enum LodgingWish { Needed, Accepted, No }

/// <summary>In rising order, so that comparison is the rule.</summary>
public enum Education { None, Primary, Junior, Senior, Vocational, College, Bachelor, Master, Doctor }

/// <summary>A seeker's mark on an accommodation; no mark is absence.</summary>
public enum Mark { Helps, Must }

/// <summary>A seeker's word on an exposure or a shift; no word is absence.</summary>
public enum Avoidance { RatherNot, MustAvoid }

/// <summary>A position's answer about an accommodation; not stated is absence.</summary>
public enum Answer { NotPossible, OnRequest, Offered }

/// <summary>An answer with its day: it counts for twelve months, then it is not stated until confirmed again.</summary>
/// <param name="By">The role of who confirmed it, if said.</param>
/// <param name="Reason">Why not, shown to the seeker; required by good manners where the answer is notPossible.</param>
public sealed record StatedAnswer(Answer Answer, DateOnly On, string? By = null, string? Reason = null);

/// <summary>Hours a week; a missing minimum is 0, a missing maximum no limit.</summary>
public readonly record struct HoursWish(int? Min, int? Max);

/// <summary>Pay in whole yuan per period.</summary>
public sealed record Pay(int? Min, int? Max, PayPeriod Per, bool Guaranteed);

/// <summary>A decline counts while its date + 6 months is after today. "Too far" does not count for remote work.</summary>
public readonly record struct Decline(DateOnly On, bool TooFar);

/// <summary>The employer's latest site check.</summary>
public readonly record struct SiteCheck(bool Passed, DateOnly ExpiresOn);

/// <summary>
/// A person as the engine may know them: needs and wishes, never a name, a phone, a certificate's category or grade, a
/// diagnosis, gender or age; the type cannot hold them. Absent and null mean "not stated", an empty list means "none".
/// </summary>
public sealed record Seeker
{
    /// <summary>A random subject id; it orders equal scores.</summary>
    public required string Id { get; init; }

    /// <summary>A current district code.</summary>
    public required string District { get; init; }

    /// <summary>Axis → 0-3.</summary>
    public IReadOnlyDictionary<Axis, int> Capacity { get; init; } = new Dictionary<Axis, int>();

    /// <summary>Accommodation code → must or helps.</summary>
    public IReadOnlyDictionary<string, Mark> Needs { get; init; } = new Dictionary<string, Mark>();

    public IReadOnlyDictionary<Exposure, Avoidance> AvoidExposures { get; init; } = new Dictionary<Exposure, Avoidance>();

    public IReadOnlyDictionary<Shift, Avoidance> AvoidShifts { get; init; } = new Dictionary<Shift, Avoidance>();

    /// <summary>Codes, or free text of at most 60 characters; null = not stated.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>Occupations wished for: codes, or free text of at most 60 characters.</summary>
    public IReadOnlyList<string>? Occupations { get; init; }

    public Education? Education { get; init; }

    /// <summary>Codes of skills of kind LICENCE; null = not stated.</summary>
    public IReadOnlyList<string>? Licences { get; init; }

    public IReadOnlyList<Contract>? Contracts { get; init; }

    public IReadOnlyList<Place>? Places { get; init; }

    /// <summary>Yuan a month; 0 is no floor.</summary>
    public int? MinPayMonthly { get; init; }

    public HoursWish? HoursPerWeek { get; init; }

    /// <summary>1-600 minutes one way; 60 where not stated.</summary>
    public int? CommuteMinutes { get; init; }

    public LodgingWish? Lodging { get; init; }

    /// <summary>Position id → the seeker's own decline, undone ones left out.</summary>
    public IReadOnlyDictionary<string, Decline> Declines { get; init; } = new Dictionary<string, Decline>();

    /// <summary>
    /// Position id → its employer's decline of this person, undone ones left out; null = none. The same as the position's own
    /// <see cref="Position.Declines"/>, kept where everything about a person is kept.
    /// </summary>
    public IReadOnlyDictionary<string, Decline>? DeclinedBy { get; init; }
}

/// <summary>One kind of work at one employer and place, with a number of openings. Absent and null mean "not stated".</summary>
public sealed record Position
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>A code of the list, or free text of at most 60 characters.</summary>
    public string? Occupation { get; init; }

    /// <summary>A current district code; required unless the place is remote.</summary>
    public string? District { get; init; }

    public int Openings { get; init; } = 1;

    /// <summary>Openings already signed for.</summary>
    public int Signed { get; init; }

    /// <summary>The last day on which it can be applied for.</summary>
    public required DateOnly ClosesOn { get; init; }

    public bool Closed { get; init; }

    /// <summary>Whether it can be applied for on this day: neither past its last day, nor closed, nor full (M1).</summary>
    public bool IsOpen(DateOnly today) => ClosesOn >= today && !Closed && Openings > Signed;

    /// <summary>The day of the first PUT, Asia/Shanghai.</summary>
    public required DateOnly FirstPut { get; init; }

    /// <summary>Axis → 0-3.</summary>
    public IReadOnlyDictionary<Axis, int> Demands { get; init; } = new Dictionary<Axis, int>();

    /// <summary>Accommodation code → answer.</summary>
    public IReadOnlyDictionary<string, StatedAnswer> Accommodations { get; init; } = new Dictionary<string, StatedAnswer>();

    /// <summary>Exposure → yes or no.</summary>
    public IReadOnlyDictionary<Exposure, bool> Exposures { get; init; } = new Dictionary<Exposure, bool>();

    /// <summary>Codes or free text; only codes filter.</summary>
    public IReadOnlyList<string> SkillsRequired { get; init; } = [];

    public IReadOnlyList<string> SkillsOptional { get; init; } = [];

    public Education? EducationMin { get; init; }

    public IReadOnlyList<string> Licences { get; init; } = [];

    public Contract? Contract { get; init; }

    public Place Place { get; init; } = Place.OnSite;

    /// <summary>null = not stated; never empty.</summary>
    public IReadOnlyList<Shift>? Shifts { get; init; }

    public Rest? Rest { get; init; }

    public int? HoursPerWeek { get; init; }

    public Pay? Pay { get; init; }

    public Board? Board { get; init; }

    public Lodging? Lodging { get; init; }

    public int? ProbationMonths { get; init; }

    public SiteCheck? SiteCheck { get; init; }

    /// <summary>Subject id → the employer's decline, undone ones left out.</summary>
    public IReadOnlyDictionary<string, Decline> Declines { get; init; } = new Dictionary<string, Decline>();
}

/// <summary>What a must gives, best first. Never a number, never traded against points.</summary>
public enum Result { Met, MetIfArranged, Ask, NotMet }

/// <summary>Who can answer an open question.</summary>
public enum Whom { Employer, You }

/// <summary>The worst must, best first.</summary>
public enum Verdict { Suits, SuitsIfArranged, AskFirst, DoesNotSuit }

/// <summary>Who reads a sentence.</summary>
public enum Audience { Seeker, Employer, Staff }

/// <summary>One must, or one part of it, as it stands for a pair.</summary>
/// <param name="Rule">M1 … M11.</param>
/// <param name="About">The axis, accommodation, avoided thing, licence or skill it is about, as a code; null where the rule has no parts.</param>
/// <param name="Whom">Set exactly where <paramref name="Result"/> is <see cref="Result.Ask"/>.</param>
/// <param name="By">The code of the best bridge, where one decides.</param>
/// <param name="Stated">False where it is met without a stated fact: such a row is left out of what is shown.</param>
public sealed record RuleRow(string Rule, string? About, Result Result, Whom? Whom = null, string? By = null, bool Stated = true);

/// <summary>One plus with its points in tenths: floor((20 · weight · numerator + denominator) ÷ (2 · denominator)).</summary>
/// <param name="Value">0-1, for showing; the points come from the exact fraction.</param>
/// <param name="Meant">P2 only: by what the words mean, where that is more than the letters give.</param>
public sealed record PlusRow(string Plus, double Value, int Weight, int Tenths, bool Meant = false);

/// <summary>How a seeker and a position go together. The score, in tenths, is the sum of the pluses' tenths.</summary>
/// <param name="PolicyVersion">See <see cref="Policy.VersionOn"/>.</param>
public sealed record Match(Seeker Seeker, Position Position, DateOnly Today, Verdict Verdict, IReadOnlyList<RuleRow> Rules, IReadOnlyList<PlusRow> Pluses, int Tenths, string PolicyVersion);
