namespace JobMatch.Matching;

/// <summary>
/// The policy that says how a seeker and a position go together: musts first, which no number can buy off, then pluses,
/// which only order. Read it from top to bottom; the ids are what tests, documents and answers cite.
/// </summary>
public static partial class Policy
{
    /// <summary>The day the rules were last changed.</summary>
    public const string Version = "2026-11-01";

    /// <summary>What was judged by on a day, told with every match: when rules or weights were last changed, whichever was later.</summary>
    public static string VersionOn(DateOnly day, CodeLists codes) => codes.Weights.On(day).Version is var weights && string.CompareOrdinal(weights, Version) > 0 ? weights : Version;

    /// <summary>Every must, in the order of its rows. The verdict is the worst of them.</summary>
    public static readonly IReadOnlyList<Must> Musts =
    [
        new("M1", new("The job can still be applied for", "岗位还在招人"), Open),
        new("M2", new("It is in reach, or can be done from home", "路程可以接受，或可在家做"), Reach),
        new("M3", new("What the work asks can be done, alone or with an adjustment", "能做到岗位的要求，或有便利可以补上"), Axes),
        new("M4", new("The workplace meets every need marked must", "标为“必须有”的便利都有"), Needs),
        new("M5", new("Nothing that must be avoided is there", "没有必须避开的环境和班次"), Avoid),
        new("M6", new("The papers asked for are held", "有岗位要求的证书和学历"), Papers),
        new("M7", new("The listed skills asked for are held", "有岗位必备的技能"), Skills),
        new("M8", new("The contract is one that the seeker takes", "合同类型可以接受"), ContractType),
        new("M9", new("The hours are not too many", "工时不超过可以做的"), Hours),
        new("M10", new("The pay reaches the floor", "工资达到期望的最低数"), PayFloor),
        new("M11", new("Neither side has declined", "双方都没有谢绝"), Declined),
    ];

    /// <summary>Every plus, always all nine. The score is the sum of their points.</summary>
    public static readonly IReadOnlyList<Plus> Pluses =
    [
        new("P1", new("Skills that the posting lists", "岗位列出的技能"), SkillsHeld),
        new("P2", new("An occupation wished for", "想做的职业"), OccupationWished),
        new("P3", new("How much is known", "双方说清楚的程度"), Known),
        new("P4", new("The way to work", "上班路程"), Way),
        new("P5", new("Pay above the floor", "工资高出期望多少"), PayAbove),
        new("P6", new("What helps is there", "有帮助的便利"), Helpful),
        new("P7", new("The employer's site was checked", "单位通过了实地核查"), Trust),
        new("P8", new("Hours as wished", "工时合意"), HoursWished),
        new("P9", new("Newly posted", "新发布"), Fresh),
    ];

    /// <summary>What P1 … P9 weigh, by first day. A change adds a row; so does what a lead publishes, see <see cref="PolicyWeights"/>.</summary>
    internal static readonly (DateOnly From, IReadOnlyList<int> Weights)[] DatedWeights =
    [
        (new(2026, 11, 1), [25, 25, 15, 10, 10, 5, 4, 3, 3]),
    ];

    /// <summary>How the two go together: every row, every plus, and their sum. The same question has the same answer.</summary>
    /// <param name="today">The day in Asia/Shanghai; for an event's plan, its first day.</param>
    /// <returns>A score for every pair, also where it does not suit. Rows that are met without a stated fact carry Stated = false.</returns>
    public static Match Judge(Seeker seeker, Position position, DateOnly today, CodeLists codes)
    {
        var pair = new Pair(seeker, position, today, codes);
        var tally = new Tally(new(20));
        foreach (var must in Musts)
            must.Says(pair, ref tally);
        var weights = codes.Weights.On(today).Weights;
        var pluses = new PlusRow[Pluses.Count];
        var score = 0;
        for (var i = 0; i < pluses.Length; i++)
            score += (pluses[i] = Pluses[i].Row(pair, weights[i])).Tenths;
        return new(seeker, position, today, tally.Verdict, tally.Rows!, pluses, score, VersionOn(today, codes));
    }

    /// <summary>The verdict alone, the same as <see cref="Judge"/> gives, for telling quickly what does not suit.</summary>
    public static Verdict VerdictOf(Seeker seeker, Position position, DateOnly today, CodeLists codes)
    {
        var pair = new Pair(seeker, position, today, codes);
        var tally = new Tally(null);
        foreach (var must in Musts)
        {
            must.Says(pair, ref tally);
            if (tally.Verdict == Verdict.DoesNotSuit)
                break;
        }
        return tally.Verdict;
    }

    /// <summary>Best first: verdict, score, then the position's id.</summary>
    public static readonly IComparer<Match> PositionsBestFirst = Comparer<Match>.Create((a, b) => Order(a, b, a.Position.Id, b.Position.Id));

    /// <summary>Best first: verdict, score, then the person's subject id.</summary>
    public static readonly IComparer<Match> PeopleBestFirst = Comparer<Match>.Create((a, b) => Order(a, b, a.Seeker.Id, b.Seeker.Id));

    /// <summary>What a position answers about an accommodation on a day; null = not stated.</summary>
    /// <remarks>
    /// What follows from the place or the shifts beats what was stated and does not age. Any other answer counts while its
    /// date + 12 months is not before today.
    /// </remarks>
    public static Answer? AnswerOf(Position position, string accommodation, DateOnly today) =>
        Follows(position, accommodation) ? Answer.Offered
        : position.Accommodations.TryGetValue(accommodation, out var stated) && Counts(stated.On, today) ? stated.Answer
        : null;

    /// <summary>The accommodations whose answer can follow from place or shifts.</summary>
    internal static readonly IReadOnlyList<string> Following = ["REMOTE_WORK", "NO_NIGHT_SHIFT"];

    private static bool Follows(Position position, string accommodation) => accommodation switch
    {
        "REMOTE_WORK" => position.Place is Place.Remote or Place.Hybrid,
        "NO_NIGHT_SHIFT" => position.Shifts is { Count: > 0 } shifts && !shifts.Contains(Shift.Night) && !shifts.Contains(Shift.ThreeShift),
        _ => false,
    };

    // A future day counts without adding to it: the last months of the calendar have no day twelve months on.
    private static bool Counts(DateOnly on, DateOnly today) => on >= today || on.AddMonths(12) >= today;

    private static int Order(Match a, Match b, string idA, string idB) =>
        a.Verdict != b.Verdict ? a.Verdict.CompareTo(b.Verdict)
        : a.Tenths != b.Tenths ? b.Tenths.CompareTo(a.Tenths)
        : string.CompareOrdinal(idA, idB);
}

/// <summary>One sentence of the policy that must hold.</summary>
public sealed record Must(string Id, Label Title, MustRows Says);

/// <summary>Writes the rows of one must for a pair.</summary>
public delegate void MustRows(in Pair pair, ref Tally tally);

/// <summary>One sentence of the policy that orders.</summary>
public sealed record Plus(string Id, Label Title, PlusValue Value)
{
    internal PlusRow Row(in Pair pair, int weight)
    {
        var value = Value(pair);
        return new(Id, value.Number, weight, value.Tenths(weight), value.Meant);
    }
}

/// <summary>Gives the value, 0-1, of one plus for a pair.</summary>
public delegate Share PlusValue(in Pair pair);

/// <summary>A seeker and a position on a day.</summary>
public readonly struct Pair(Seeker seeker, Position position, DateOnly today, CodeLists codes)
{
    public Seeker Seeker { get; } = seeker;

    public Position Position { get; } = position;

    public DateOnly Today { get; } = today;

    public CodeLists Codes { get; } = codes;

    /// <summary>Done wholly from home: on-site needs, exposures and travel play no part.</summary>
    public bool Remote { get; } = position.Place == Place.Remote;

    /// <summary>What the position answers on that day; null = not stated.</summary>
    public Answer? Answer(string accommodation) => Policy.AnswerOf(Position, accommodation, Today);
}

/// <summary>Collects rows, or only the worst of them where nobody will read the rows.</summary>
public ref struct Tally(List<RuleRow>? rows)
{
    public List<RuleRow>? Rows { get; } = rows;

    public Verdict Verdict { get; private set; }

    public void Add(string rule, string? about, Ruling ruling, bool stated = true)
    {
        Rows?.Add(new(rule, about, ruling.Result, ruling.Whom, ruling.By, stated));
        // Both enums stand best first and in step.
        Verdict = (Verdict)Math.Max((int)Verdict, (int)ruling.Result);
    }
}

/// <summary>What a must comes to, with who can answer an open question and the bridge that decided.</summary>
public readonly record struct Ruling(Result Result, Whom? Whom = null, string? By = null)
{
    public static readonly Ruling Met = new(Result.Met), IfArranged = new(Result.MetIfArranged), NotMet = new(Result.NotMet);
    public static readonly Ruling AskEmployer = new(Result.Ask, Matching.Whom.Employer), AskYou = new(Result.Ask, Matching.Whom.You);

    public static Ruling MetWhere(bool holds) => holds ? Met : NotMet;

    /// <summary>Best first: met, metIfArranged, ask employer, ask you, notMet.</summary>
    internal int Rank => Result switch
    {
        Result.Met => 0,
        Result.MetIfArranged => 1,
        Result.Ask => Whom == Matching.Whom.Employer ? 2 : 3,
        _ => 4,
    };
}

/// <summary>A value from 0 to 1: an exact fraction, or a real number where the value comes from a distance.</summary>
public readonly struct Share
{
    private readonly long numerator, denominator;

    private Share(long numerator, long denominator, double number) => (this.numerator, this.denominator, Number) = (numerator, denominator, number);

    public double Number { get; }

    /// <summary>The value is that of what words mean, and more than their letters give.</summary>
    public bool Meant { get; init; }

    /// <param name="numerator">0 to <paramref name="denominator"/>; at most about 10^14, so that twenty times a weight fits.</param>
    public static Share Of(long numerator, long denominator) => new(numerator, denominator, (double)numerator / denominator);

    public static Share Real(double number) => new(0, 0, number);

    /// <summary>Tenths of a point, half up.</summary>
    public int Tenths(int weight) => denominator == 0
        ? (int)Math.Floor(Number * weight * 10 + 0.5)
        : (int)((20L * weight * numerator + denominator) / (2 * denominator));
}
