using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>One person, drawn part by part in a fixed order.</summary>
internal sealed class SeekerDraw
{
    private static readonly (Education What, int Weight)[] Schooling =
    [
        (Education.None, 2), (Education.Primary, 14), (Education.Junior, 34), (Education.Senior, 14), (Education.Vocational, 15), (Education.College, 13), (Education.Bachelor, 7), (Education.Master, 1),
    ];

    // What many people can do, whatever they wish for.
    private static readonly (string Code, int Percent)[] Ordinary =
    [
        ("SICHUAN_DIALECT", 42), ("TYPING", 50), ("SAFETY_RULES", 44), ("PACKING", 40), ("CLEANING", 36), ("HYGIENE", 38), ("WORD_PROCESSING", 32), ("SPREADSHEET", 32), ("LABEL_STICKING", 34),
        ("SORTING", 34), ("DATA_ENTRY", 30), ("SHOP_BACKEND", 16), ("GARDENING", 14), ("PAPER_BEAD_CRAFT", 16), ("MAP_APP", 14),
    ];

    private static readonly string[] OwnWords = ["会修自行车", "会做泡菜", "唱山歌", "看过图纸", "摆过摊", "养过蚕", "会简单英语", "会用手机剪视频", "做过流水线", "会理发"];

    private static readonly Axis[] Axes = Enum.GetValues<Axis>();

    private static readonly (Contract[] What, int Weight)[] Contracts =
    [
        ([Contract.OpenEnded, Contract.FixedTerm], 40),
        ([Contract.OpenEnded], 5),
        ([Contract.PartTime, Contract.HomePiecework], 8),
        ([Contract.OpenEnded, Contract.FixedTerm, Contract.PartTime], 18),
        ([Contract.PartTime, Contract.Platform, Contract.HomePiecework, Contract.TaskBased], 18),
        ([Contract.FixedTerm, Contract.Dispatch, Contract.ServiceAgreement], 12),
        ([Contract.OpenEnded, Contract.FixedTerm, Contract.Platform], 12),
    ];

    private readonly Populace populace;
    private readonly int index;
    private readonly Dice dice;
    private readonly Archetype[] lives;
    private readonly Detail candour;
    private readonly Education education;
    private readonly Trade[] wishes;
    private readonly int[] capacity;

    public SeekerDraw(Populace populace, int index)
    {
        this.populace = populace;
        this.index = index;
        dice = populace.Dice(Dice.Stream.Person, index);
        var life = dice.Pick(Lives);
        lives = dice.Chance(7) && dice.Pick(Lives) is var second && second != life ? [life, second] : [life];
        candour = dice.Weighted([36, 18, 46]) switch { 0 => Detail.Little, 1 => Detail.Some, _ => Detail.Full };
        education = life.Category == 5 ? (Education)Math.Min((int)dice.Pick(Schooling), (int)Education.Vocational) : dice.Pick(Schooling);
        wishes = [.. Enumerable.Range(0, dice.Weighted([8, 40, 34, 18])).Select(_ => Trade.ByCode[dice.Pick(dice.OneOf(lives).Work)]).Distinct()];
        capacity = DrawCapacity();
    }

    private static readonly (Archetype, int)[] Lives = [.. Archetype.All.Select(life => (life, life.Weight))];

    /// <summary>Where the person lives; to be asked alone or by <see cref="Facts"/>.</summary>
    public District Home() => populace.Home(dice, index);

    public Seeker Facts() => new()
    {
        Id = "S" + (index + 1).ToString("D6", CultureInfo.InvariantCulture),
        District = Home().Code,
        Capacity = Stated(),
        Needs = Needs(),
        AvoidExposures = AvoidedExposures(),
        AvoidShifts = AvoidedShifts(),
        Skills = Skills(),
        Occupations = Occupations(),
        Education = dice.Chance(84) ? education : null,
        Licences = Licences(),
        Contracts = populace.Strict(dice, 70) ? dice.Pick(Contracts) : null,
        Places = Places(),
        MinPayMonthly = Floor(),
        HoursPerWeek = Hours(),
        CommuteMinutes = dice.Chance(55) ? dice.Pick((20, 4), (30, 20), (40, 14), (45, 14), (60, 28), (90, 20)) : null,
        Lodging = dice.Pick<LodgingWish?>((LodgingWish.Needed, 7), (LodgingWish.Accepted, 38), (LodgingWish.No, 24), (null, 31)),
    };

    public Person Person()
    {
        var facts = Facts();
        var phone = dice.Chance(97) ? Phone() : null;
        var family = dice.Chance(50);
        var helper = phone is null || dice.Chance(4) ? $"由{(family ? "家人" : "社区联络员")}{Names.Person(dice)}转达" : null;
        var prefer = phone is null ? family ? "VIA_FAMILY" : "VIA_STAFF" : Prefer();
        return new Person(facts, Names.Person(dice), phone, dice.Chance(1) ? "en" : "zh-CN", prefer, helper, Certificate(), Consent(phone));
    }

    /// <summary>Every thirtieth person has the phone of the one before: a couple, a family, a shared room.</summary>
    private string Phone() => "+86" + (19900010000L + (index % 30 == 29 ? index - 1 : index)).ToString(CultureInfo.InvariantCulture);

    private int[] DrawCapacity()
    {
        var vigour = dice.Between(8, 58);
        var levels = Axes.Select(_ => dice.Chance(vigour) ? 3 : 2).ToArray();
        levels[(int)Axis.ReadingWriting] = education switch { <= Education.Primary => dice.Between(1, 2), <= Education.Junior => 2, _ => 3 };
        levels[(int)Axis.Learning] = education <= Education.Primary ? dice.Between(1, 2) : levels[(int)Axis.Learning];
        foreach (var (axis, low, high) in lives.SelectMany(life => life.Limits))
            levels[(int)axis] = Math.Min(levels[(int)axis], dice.Between(low, high));
        return levels;
    }

    /// <summary>What the person says, trouble first; many say little.</summary>
    private Dictionary<Axis, int> Stated()
    {
        var count = candour switch { Detail.Little => dice.Weighted([14, 34, 30, 22]), Detail.Some => dice.Between(4, 8), _ => dice.Chance(86) ? 13 : dice.Between(9, 12) };
        if (count == Axes.Length)
            return Axes.ToDictionary(axis => axis, axis => capacity[(int)axis]);
        var first = lives.SelectMany(life => life.Limits).Select(limit => limit.Axis).Where(_ => dice.Chance(93));
        return first.Concat(dice.Shuffled(Axes)).Distinct().Take(count).Order().ToDictionary(axis => axis, axis => capacity[(int)axis]);
    }

    private Dictionary<string, Mark> Needs()
    {
        var says = candour switch { Detail.Little => 60, Detail.Some => 85, _ => 100 };
        var needs = new Dictionary<string, Mark>();
        foreach (var (code, must, helps) in lives.SelectMany(life => life.Needs))
            if (!needs.ContainsKey(code) && dice.Chance(says) && dice.Weighted([must, helps, 100 - must - helps]) is var mark and < 2)
                needs.Add(code, mark == 0 ? Mark.Must : Mark.Helps);
        return needs;
    }

    private Dictionary<Exposure, Avoidance> AvoidedExposures()
    {
        var avoid = new Dictionary<Exposure, Avoidance>();
        foreach (var (code, must, ratherNot) in lives.SelectMany(life => life.Avoid))
            if (CodeLists.Parse<Exposure>(code) is { } exposure && Avoids(must, ratherNot) is { } avoidance)
                avoid.TryAdd(exposure, avoidance);
        return avoid;
    }

    private Dictionary<Shift, Avoidance> AvoidedShifts()
    {
        var avoid = new Dictionary<Shift, Avoidance>();
        foreach (var (code, must, ratherNot) in lives.SelectMany(life => life.Avoid).Concat([("NIGHT", 24, 22), ("EVENING", 30, 14), ("WEEKEND", 20, 14)]))
            if (CodeLists.Parse<Shift>(code) is { } shift && Avoids(must, ratherNot) is { } avoidance)
                avoid.TryAdd(shift, avoidance);
        return avoid;
    }

    private Avoidance? Avoids(int must, int ratherNot) =>
        populace.Strict(dice, must) ? Avoidance.MustAvoid : dice.Chance(ratherNot) ? Avoidance.RatherNot : null;

    private List<string>? Skills()
    {
        if (!dice.Chance(80))
            return null;
        var held = new List<string>();
        foreach (var trade in wishes)
            held.AddRange(trade.Core.Where(_ => dice.Chance(68)).Concat(trade.Useful.Where(_ => dice.Chance(34))));
        if (capacity[(int)Axis.Hearing] >= 1 && capacity[(int)Axis.Speaking] >= 2 && dice.Chance(72))
            held.Add("PUTONGHUA");
        if (capacity[(int)Axis.Hearing] == 0 && dice.Chance(80))
            held.Add("SIGN_LANGUAGE");
        if (capacity[(int)Axis.Seeing] == 0 && dice.Chance(70))
            held.Add("SCREEN_READER_USE");
        held.AddRange(Ordinary.Where(skill => dice.Chance(skill.Percent)).Select(skill => skill.Code));
        held.RemoveAll(IsLicence);
        if (dice.Chance(9))
            held.Add(dice.OneOf(OwnWords));
        return [.. held.Distinct()];
    }

    private static bool IsLicence(string code) => CodeLists.Default.FindSkill(code) is { Kind: SkillKind.Licence };

    /// <summary>Wishes, one in nine in the person's own words.</summary>
    private List<string>? Occupations() =>
        wishes.Length == 0 ? null : [.. wishes.Select(trade => dice.Chance(11) ? InOwnWords(trade) : trade.Code).Distinct()];

    private string InOwnWords(Trade trade)
    {
        var words = CodeLists.Default.FindOccupation(trade.Code)!.SynonymsZh.Where(word => !word.StartsWith('盲') && !word.Contains('残')).ToArray();
        return words.Length == 0 ? trade.Titles[0] : dice.OneOf(words);
    }

    private List<string>? Licences()
    {
        if (!dice.Chance(66))
            return null;
        var held = wishes.Where(trade => trade.Licence is not null && dice.Chance(64)).Select(trade => trade.Licence!).ToList();
        if (dice.Chance(30))
            held.Add("FOOD_SAFETY");
        if (capacity[(int)Axis.Seeing] >= 2 && dice.Chance(14))
            held.Add("DRIVING_LICENCE_C");
        return [.. held.Distinct()];
    }

    private Place[]? Places()
    {
        if (populace.Strict(dice, lives[0].HomeOnly))
            return [Place.Remote];
        if (!dice.Chance(46))
            return null;
        return dice.Pick<Place[]>(
            ([Place.OnSite, Place.Remote], 26), ([Place.OnSite, Place.Hybrid, Place.Remote], 28), ([Place.OnSite], 14), ([Place.OnSite, Place.Base], 16),
            ([Place.OnSite, Place.Base, Place.Mobile, Place.Remote], 16));
    }

    /// <summary>What the person must earn: round hundreds, around what the work wished for pays.</summary>
    private int? Floor()
    {
        if (!populace.Strict(dice, 90))
            return dice.Chance(5) ? 0 : null;
        var usual = wishes.Length == 0 ? 3_600 : wishes.Sum(trade => trade.Low + trade.High) / (2 * wishes.Length);
        // One in six hopes for more than such work pays.
        return usual * (dice.Chance(16) ? dice.Between(130, 190) : dice.Between(72, 118)) / 10_000 * 100;
    }

    private HoursWish? Hours()
    {
        if (populace.Strict(dice, lives[0].ShortWeek))
            return new HoursWish(dice.Chance(40) ? 10 : null, dice.Pick((15, 12), (20, 48), (25, 20), (30, 20)));
        if (!populace.Strict(dice, 74))
            return null;
        return new HoursWish(dice.Chance(30) ? 20 : null, dice.Pick((35, 34), (40, 52), (44, 8), (48, 5), (56, 1)));
    }

    private string? Prefer() => capacity[(int)Axis.Hearing] <= 1
        ? dice.Pick<string?>(("SMS_TEXT", 70), ("APP_TEXT", 18), ("VIA_FAMILY", 6), (null, 6))
        : dice.Pick<string?>(("SMS_TEXT", 44), ("PHONE", 30), ("VIA_STAFF", 5), ("VIA_FAMILY", 6), (null, 15));

    private Evidence? Certificate()
    {
        if (lives[0].Category is not { } category || !dice.Chance(78))
            return null;
        return new Evidence(lives.Length > 1 ? 7 : category, dice.Between(lives[0].GradeLow, lives[0].GradeHigh));
    }

    private Agreed Consent(string? phone)
    {
        DateOnly? day = populace.Today.AddDays(-dice.Between(4, 320));
        DateOnly? Given(int percent) => dice.Chance(percent) ? day : null;
        return new Agreed(Given(97), phone is null ? null : Given(92), Given(58), Given(64));
    }
}
