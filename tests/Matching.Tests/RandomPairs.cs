namespace JobMatch.Matching.Tests;

/// <summary>
/// Pairs by the thousand from a seed, every fact stated or not by chance. Left alone, hardly one would suit; so most have
/// what stands against them taken away, all of it or only what is not met, and every verdict comes up.
/// </summary>
internal sealed class RandomPairs(int seed)
{
    private static readonly string[] FreeTexts = ["质检", "修鞋", "screen reader", "电商客服", "excel", "做早点", "piano lessons"];
    private static readonly string[] Occupations = [.. Pairs.Codes.Occupations.Select(x => x.Code)], Wishes = [.. Occupations, .. FreeTexts];
    private static readonly string[] Entries = [.. Pairs.Codes.Skills.Take(40).Select(x => x.Code), .. FreeTexts];
    private static readonly string[] Licences = [.. Pairs.Codes.Skills.Where(x => x.Kind == SkillKind.Licence).Select(x => x.Code)];
    private static readonly string[] Accommodations = [.. Pairs.Codes.Accommodations.Select(x => x.Code)];

    private readonly Random random = new(seed);
    private int made;

    public static IEnumerable<(Seeker Seeker, Position Position)> Take(int count, int seed)
    {
        var pairs = new RandomPairs(seed);
        for (var i = 0; i < count; i++)
            yield return pairs.Pair();
    }

    private (Seeker, Position) Pair()
    {
        var (seeker, position) = (Seeker(), Position());
        var (calmNotMet, calmAsk) = random.Next(5) switch { 0 or 1 => (0.2, 0.2), 2 => (1.0, 0.6), _ => (1.0, 1.0) };
        foreach (var row in Pairs.Judge(seeker, position).Rules)
            if (row.Result is Result.NotMet && random.NextDouble() < calmNotMet || row.Result is Result.Ask && random.NextDouble() < calmAsk)
                (seeker, position) = Calm(row, seeker, position);
        return (seeker, position);
    }

    private (Seeker, Position) Calm(RuleRow row, Seeker seeker, Position position) => row.Rule switch
    {
        "M1" => (seeker, position with { ClosesOn = Pairs.Today.AddDays(9), Closed = false, Openings = 9 }),
        "M2" => (seeker with { Places = null, Lodging = null }, position with { District = seeker.District }),
        "M3" when row.By is not null && !Pairs.Codes.FindAccommodation(row.By)!.StaffCheck =>
            (seeker with { Needs = seeker.Needs.Where(x => x.Key != row.By).Append(new(row.By, Mark.Helps)).ToDictionary() }, Answering(position, row.By)),
        "M3" => (seeker, position with { Demands = position.Demands.Where(x => CodeLists.CodeOf(x.Key) != row.About).Append(new(CodeLists.Parse<Axis>(row.About!)!.Value, 0)).ToDictionary() }),
        "M4" => (seeker, Answering(position, row.About!)),
        "M5" => CodeLists.Parse<Shift>(row.About!) is null
            ? (seeker, position with { Exposures = position.Exposures.Where(x => CodeLists.CodeOf(x.Key) != row.About).Append(new(CodeLists.Parse<Exposure>(row.About!)!.Value, false)).ToDictionary() })
            : (seeker with { AvoidShifts = seeker.AvoidShifts.Where(x => CodeLists.CodeOf(x.Key) != row.About).ToDictionary() }, position),
        "M6" => (seeker with { Education = Education.Doctor, Licences = [.. Licences] }, position),
        "M7" => (seeker with { Skills = [.. (seeker.Skills ?? []).Append(row.About!)] }, position),
        "M8" => (seeker with { Contracts = null }, position),
        "M9" => (seeker, Answering(position, "PART_TIME")),
        "M10" => (seeker with { MinPayMonthly = random.Next(2) }, position with { Pay = position.Pay is null ? null : position.Pay with { Guaranteed = true } }),
        _ => (seeker with { Declines = new Dictionary<string, Decline>(), DeclinedBy = null }, position with { Declines = new Dictionary<string, Decline>() }),
    };

    private Position Answering(Position position, string code)
    {
        var answers = position.Accommodations.Where(x => x.Key != code).ToDictionary();
        answers[code] = new(random.Next(2) == 0 ? Answer.OnRequest : Answer.Offered, Pairs.Today);
        return position with { Accommodations = answers };
    }

    public Seeker Seeker() => new()
    {
        Id = $"s{made++:d6}",
        District = District(),
        Capacity = Some(Enum.GetValues<Axis>(), 0.4, _ => random.Next(10) < 6 ? 3 : random.Next(3)),
        Needs = Some(Accommodations, 0.08, _ => random.Next(3) == 0 ? Mark.Must : Mark.Helps),
        AvoidExposures = Some(Enum.GetValues<Exposure>(), 0.06, _ => One<Avoidance>()),
        AvoidShifts = Some(Enum.GetValues<Shift>(), 0.06, _ => One<Avoidance>()),
        Skills = Maybe(0.7, () => Skills(4)),
        Occupations = Maybe(0.7, () => Few(Wishes, 3)),
        Education = Perhaps(0.7, One<Education>),
        Licences = Maybe(0.6, () => Few(Licences, 2)),
        Contracts = Maybe(0.4, () => Few(Enum.GetValues<Contract>(), 8)),
        Places = Maybe(0.3, () => Few(Enum.GetValues<Place>(), 4)),
        MinPayMonthly = Perhaps(0.6, () => random.Next(0, 6) * 1000),
        HoursPerWeek = Perhaps(0.7, () => new HoursWish(Perhaps(0.7, () => random.Next(0, 15)), Perhaps(0.9, () => random.Next(15, 40)))),
        CommuteMinutes = Perhaps(0.5, () => random.Next(10, 240)),
        Lodging = Perhaps(0.4, One<LodgingWish>),
        Declines = Declines("p", 0.06),
        DeclinedBy = Declines("p", 0.03),
    };

    public Position Position() => new()
    {
        Id = $"p{made++:d6}",
        Title = random.Next(2) == 0 ? Pick(Pairs.Codes.Occupations).Label.Zh : Pick(FreeTexts),
        Occupation = Maybe(0.8, () => random.Next(8) == 0 ? Pick(FreeTexts) : Pick(Occupations)),
        District = District(),
        Openings = random.Next(1, 4),
        Signed = random.Next(10) == 0 ? 3 : 0,
        ClosesOn = Pairs.Today.AddDays(random.Next(-2, 60)),
        Closed = random.Next(50) == 0,
        FirstPut = Pairs.Today.AddDays(-random.Next(0, 80)),
        Demands = Some(Enum.GetValues<Axis>(), 0.35, _ => random.Next(4)),
        Accommodations = Some(Accommodations, 0.45, _ => new StatedAnswer(One<Answer>(), Pairs.Today.AddDays(-random.Next(0, 400)))),
        Exposures = Some(Enum.GetValues<Exposure>(), 0.4, _ => random.Next(2) == 0),
        SkillsRequired = random.Next(4) == 0 ? Skills(2) : [],
        SkillsOptional = random.Next(2) == 0 ? Skills(3) : [],
        EducationMin = Perhaps(0.3, () => (Education)random.Next(6)),
        Licences = random.Next(8) == 0 ? Few(Licences, 2) : [],
        Contract = Perhaps(0.6, One<Contract>),
        Place = random.Next(3) == 0 ? One<Place>() : Place.OnSite,
        Shifts = Maybe(0.6, () => Few(Enum.GetValues<Shift>(), 3)),
        HoursPerWeek = Perhaps(0.9, () => random.Next(8, 90)),
        Pay = Maybe(0.8, () => new Pay(Perhaps(0.9, () => random.Next(15, 4000)), Perhaps(0.5, () => random.Next(4000, 9000)), One<PayPeriod>(), random.Next(2) == 0)),
        Lodging = Perhaps(0.5, One<Lodging>),
        SiteCheck = Perhaps(0.4, () => new SiteCheck(random.Next(4) > 0, Pairs.Today.AddDays(random.Next(-30, 200)))),
        Declines = Declines("s", 0.06),
    };

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private string District() => random.Next(2) == 0 ? "500103" : Pick(Pairs.Codes.Districts).Code;

    private List<string> Skills(int most) => Few(Entries, most);

    private T One<T>() where T : struct, Enum => Pick(Enum.GetValues<T>());

    private List<T> Few<T>(IReadOnlyList<T> from, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Pick(from)).Distinct()];

    private T? Maybe<T>(double chance, Func<T> make) where T : class => random.NextDouble() < chance ? make() : null;

    private T? Perhaps<T>(double chance, Func<T> make) where T : struct => random.NextDouble() < chance ? make() : null;

    private Dictionary<TKey, TValue> Some<TKey, TValue>(IEnumerable<TKey> keys, double chance, Func<TKey, TValue> make) where TKey : notnull =>
        keys.Where(_ => random.NextDouble() < chance).ToDictionary(x => x, make);

    // The other side's next id, so that some declines meet.
    private Dictionary<string, Decline> Declines(string side, double chance) =>
        random.NextDouble() < chance
            ? new() { [$"{side}{(side == "p" ? made : made - 2):d6}"] = new(Pairs.Today.AddDays(-random.Next(0, 300)), random.Next(2) == 0) }
            : [];
}
