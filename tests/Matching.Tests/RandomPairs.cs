namespace JobMatch.Matching.Tests;

/// <summary>
/// Pairs by the thousand from a seed, every fact stated or not by chance. Half of the positions are near what the seeker
/// asks, so that every verdict comes up.
/// </summary>
internal sealed class RandomPairs(int seed)
{
    private static readonly string[] FreeTexts = ["质检", "修鞋", "screen reader", "电商客服", "excel", "做早点", "piano lessons"];

    private readonly Random random = new(seed);
    private int made;

    public static IEnumerable<(Seeker Seeker, Position Position)> Take(int count, int seed)
    {
        var pairs = new RandomPairs(seed);
        for (var i = 0; i < count; i++)
            yield return (pairs.Seeker(), pairs.Position());
    }

    public Seeker Seeker() => new()
    {
        Id = $"s{made++:d6}",
        District = District(),
        Capacity = Some(Enum.GetValues<Axis>(), 0.4, _ => random.Next(10) < 6 ? 3 : random.Next(3)),
        Needs = Some(Pairs.Codes.Accommodations.Select(x => x.Code), 0.08, _ => random.Next(3) == 0 ? Mark.Must : Mark.Helps),
        AvoidExposures = Some(Enum.GetValues<Exposure>(), 0.06, _ => One<Avoidance>()),
        AvoidShifts = Some(Enum.GetValues<Shift>(), 0.06, _ => One<Avoidance>()),
        Skills = Maybe(0.7, () => Skills(4)),
        Occupations = Maybe(0.7, () => Few(Pairs.Codes.Occupations.Select(x => x.Code).Concat(FreeTexts), 3)),
        Education = Perhaps(0.7, One<Education>),
        Licences = Maybe(0.6, () => Few(Licences, 2)),
        Contracts = Maybe(0.4, () => Few(Enum.GetValues<Contract>(), 8)),
        Places = Maybe(0.3, () => Few(Enum.GetValues<Place>(), 4)),
        MinPayMonthly = Perhaps(0.6, () => random.Next(0, 6) * 1000),
        HoursPerWeek = Perhaps(0.5, () => new HoursWish(Perhaps(0.7, () => random.Next(0, 30)), Perhaps(0.8, () => random.Next(30, 60)))),
        CommuteMinutes = Perhaps(0.5, () => random.Next(10, 240)),
        Lodging = Perhaps(0.4, One<LodgingWish>),
        Declines = Declines("p", 0.02),
    };

    public Position Position() => new()
    {
        Id = $"p{made++:d6}",
        Title = random.Next(2) == 0 ? Pick(Pairs.Codes.Occupations).Label.Zh : Pick(FreeTexts),
        Occupation = Maybe(0.8, () => random.Next(8) == 0 ? Pick(FreeTexts) : Pick(Pairs.Codes.Occupations).Code),
        District = District(),
        Openings = random.Next(1, 4),
        Signed = random.Next(10) == 0 ? 3 : 0,
        ClosesOn = Pairs.Today.AddDays(random.Next(-2, 60)),
        Closed = random.Next(50) == 0,
        FirstPut = Pairs.Today.AddDays(-random.Next(0, 80)),
        Demands = Some(Enum.GetValues<Axis>(), 0.35, _ => random.Next(4)),
        Accommodations = Some(Pairs.Codes.Accommodations.Select(x => x.Code), 0.3, _ => new StatedAnswer(One<Answer>(), Pairs.Today.AddDays(-random.Next(0, 420)))),
        Exposures = Some(Enum.GetValues<Exposure>(), 0.4, _ => random.Next(2) == 0),
        SkillsRequired = random.Next(4) == 0 ? Skills(2) : [],
        SkillsOptional = random.Next(2) == 0 ? Skills(3) : [],
        EducationMin = Perhaps(0.3, () => (Education)random.Next(6)),
        Licences = random.Next(8) == 0 ? Few(Licences, 2) : [],
        Contract = Perhaps(0.6, One<Contract>),
        Place = random.Next(3) == 0 ? One<Place>() : Place.OnSite,
        Shifts = Maybe(0.6, () => Few(Enum.GetValues<Shift>(), 3)),
        HoursPerWeek = Perhaps(0.6, () => random.Next(8, 60)),
        Pay = Maybe(0.8, () => new Pay(Perhaps(0.9, () => random.Next(15, 4000)), Perhaps(0.5, () => random.Next(4000, 9000)), One<PayPeriod>(), random.Next(2) == 0)),
        Lodging = Perhaps(0.5, One<Lodging>),
        SiteCheck = Perhaps(0.4, () => new SiteCheck(random.Next(4) > 0, Pairs.Today.AddDays(random.Next(-30, 200)))),
        Declines = Declines("s", 0.02),
    };

    public T Pick<T>(IEnumerable<T> from) => from.ElementAt(random.Next(from.Count()));

    private static IEnumerable<string> Licences => Pairs.Codes.Skills.Where(x => x.Kind == SkillKind.Licence).Select(x => x.Code);

    private string District() => random.Next(2) == 0 ? "500103" : Pick(Pairs.Codes.Districts).Code;

    private List<string> Skills(int most) => Few(Pairs.Codes.Skills.Take(40).Select(x => x.Code).Concat(FreeTexts), most);

    private T One<T>() where T : struct, Enum => Pick(Enum.GetValues<T>());

    private List<T> Few<T>(IEnumerable<T> from, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Pick(from)).Distinct()];

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
