namespace JobMatch.Matching.Tests;

/// <summary>One pair that suits, with something said about every rule; each test changes one thing.</summary>
internal static class Pairs
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static readonly CodeLists Codes = CodeLists.Default;

    public static readonly Seeker Anna = new()
    {
        Id = "s-anna",
        District = "500103",
        Capacity = new Dictionary<Axis, int> { [Axis.Hearing] = 3, [Axis.Seeing] = 2 },
        Needs = new Dictionary<string, Mark> { ["STEP_FREE"] = Mark.Must },
        AvoidExposures = new Dictionary<Exposure, Avoidance> { [Exposure.Noise] = Avoidance.MustAvoid },
        AvoidShifts = new Dictionary<Shift, Avoidance> { [Shift.Night] = Avoidance.MustAvoid },
        Skills = ["VISUAL_INSPECTION"],
        Occupations = ["PRODUCT_INSPECTOR"],
        Education = Education.College,
        Licences = ["FOOD_SAFETY"],
        Contracts = [Contract.OpenEnded, Contract.FixedTerm],
        Places = [Place.OnSite],
        MinPayMonthly = 3000,
        HoursPerWeek = new(20, 40),
        CommuteMinutes = 60,
        Lodging = LodgingWish.No,
    };

    public static readonly Position Inspector = new()
    {
        Id = "p-inspector",
        Title = "产品检验员",
        Occupation = "PRODUCT_INSPECTOR",
        District = "500103",
        Openings = 3,
        ClosesOn = Today.AddDays(30),
        FirstPut = Today,
        Demands = new Dictionary<Axis, int> { [Axis.Hearing] = 2, [Axis.Seeing] = 2 },
        Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.Offered, Today) },
        Exposures = new Dictionary<Exposure, bool> { [Exposure.Noise] = false },
        SkillsRequired = ["VISUAL_INSPECTION"],
        EducationMin = Education.Senior,
        Licences = ["FOOD_SAFETY"],
        Contract = Contract.FixedTerm,
        Place = Place.OnSite,
        Shifts = [Shift.Day],
        HoursPerWeek = 40,
        Pay = new(3500, 4500, PayPeriod.Month, true),
        Lodging = Lodging.None,
    };

    public static Match Judge(Seeker? seeker = null, Position? position = null) => Policy.Judge(seeker ?? Anna, position ?? Inspector, Today, Codes);

    public static RuleRow Row(this Match match, string rule, string? about = null) => Assert.Single(match.Rules, x => x.Rule == rule && x.About == about);

    public static PlusRow Plus(this Match match, string plus) => Assert.Single(match.Pluses, x => x.Plus == plus);

    /// <summary>One row comes out so.</summary>
    public static void Comes(Result result, Whom? whom, string? by, string rule, string? about, Seeker? seeker = null, Position? position = null)
    {
        var row = Judge(seeker, position).Row(rule, about);
        Assert.Equal((rule, about, result, whom, by), (rule, about, row.Result, row.Whom, row.By));
    }

    public static void IsMet(string rule, string? about, bool met, Seeker? seeker = null, Position? position = null) =>
        Comes(met ? Result.Met : Result.NotMet, null, null, rule, about, seeker, position);

    /// <summary>No other rule than the one named (or none) is anything but met.</summary>
    public static void OnlyBreaks(string? rule, Seeker? seeker = null, Position? position = null) =>
        Assert.Equal(rule is null ? [] : [rule], Judge(seeker, position).Rules.Where(x => x.Result != Result.Met).Select(x => x.Rule).Distinct());

    /// <summary>One axis; below 0 is not stated.</summary>
    public static Dictionary<Axis, int> Level(Axis axis, int level) => level < 0 ? [] : new() { [axis] = level };

    public static Dictionary<string, Mark> Marks(Mark mark, params string[] codes) => codes.ToDictionary(x => x, _ => mark);

    public static Dictionary<string, Mark> Musts(params string[] codes) => Marks(Mark.Must, codes);

    /// <summary>Answers of today; null is not stated.</summary>
    public static Dictionary<string, StatedAnswer> Answers(params (string Code, Answer? Answer)[] answers) =>
        answers.Where(x => x.Answer is not null).ToDictionary(x => x.Code, x => new StatedAnswer(x.Answer!.Value, Today));
}
