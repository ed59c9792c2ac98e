namespace JobMatch.Matching.Tests;

/// <summary>
/// Worlds in which something is nearly right: one seeker and one position that go together, and many like them, each fact
/// kept or taken from somebody else by chance.
/// </summary>
internal static class Crowds
{
    /// <summary>A position and people who nearly suit it.</summary>
    public static IEnumerable<(Position Position, List<Seeker> People)> Around(int worlds, int people, int seed)
    {
        var random = new Random(seed);
        var others = new RandomPairs(seed + 1);
        foreach (var (seeker, position) in Suiting(worlds, seed))
            yield return (Silent(position, random), [.. Enumerable.Range(0, people).Select(_ => Like(seeker, others.Seeker(), random))]);
    }

    /// <summary>A seeker and positions that nearly suit them.</summary>
    public static IEnumerable<(Seeker Seeker, List<Position> Positions)> Near(int worlds, int positions, int seed)
    {
        var random = new Random(seed);
        var others = new RandomPairs(seed + 1);
        foreach (var (seeker, position) in Suiting(worlds, seed))
            yield return (Silent(seeker, random), [.. Enumerable.Range(0, positions).Select(_ => Silent(Like(position, others.Position(), random), random))]);
    }

    private const double Kept = 0.85;

    private static IEnumerable<(Seeker Seeker, Position Position)> Suiting(int count, int seed) =>
        RandomPairs.Take(int.MaxValue, seed).Where(x => Policy.VerdictOf(x.Seeker, x.Position, Pairs.Today, Pairs.Codes) <= Verdict.SuitsIfArranged).Take(count);

    private static Seeker Like(Seeker one, Seeker other, Random random)
    {
        T Of<T>(T mine, T theirs) => random.NextDouble() < Kept ? mine : theirs;
        return other with
        {
            District = Of(one.District, other.District),
            Capacity = Mixed(one.Capacity, other.Capacity, random),
            Needs = Mixed(one.Needs, other.Needs, random),
            AvoidExposures = Mixed(one.AvoidExposures, other.AvoidExposures, random),
            AvoidShifts = Mixed(one.AvoidShifts, other.AvoidShifts, random),
            Skills = Of(one.Skills, other.Skills),
            Education = Of(one.Education, other.Education),
            Licences = Of(one.Licences, other.Licences),
            Contracts = Of(one.Contracts, other.Contracts),
            Places = Of(one.Places, other.Places),
            MinPayMonthly = Of(one.MinPayMonthly, other.MinPayMonthly),
            HoursPerWeek = Of(one.HoursPerWeek, other.HoursPerWeek),
            CommuteMinutes = Of(one.CommuteMinutes, other.CommuteMinutes),
            Lodging = Of(one.Lodging, other.Lodging),
        };
    }

    private static Position Like(Position one, Position other, Random random)
    {
        T Of<T>(T mine, T theirs) => random.NextDouble() < Kept ? mine : theirs;
        return one with
        {
            Id = other.Id,
            District = Of(one.District, other.District),
            Demands = Mixed(one.Demands, other.Demands, random),
            Accommodations = Mixed(one.Accommodations, other.Accommodations, random),
            Exposures = Mixed(one.Exposures, other.Exposures, random),
            SkillsRequired = Of(one.SkillsRequired, other.SkillsRequired),
            EducationMin = Of(one.EducationMin, other.EducationMin),
            Licences = Of(one.Licences, other.Licences),
            Contract = Of(one.Contract, other.Contract),
            Place = Of(one.Place, other.Place),
            Shifts = Of(one.Shifts, other.Shifts),
            HoursPerWeek = Of(one.HoursPerWeek, other.HoursPerWeek),
            Pay = Of(one.Pay, other.Pay),
            Lodging = Of(one.Lodging, other.Lodging),
        };
    }

    private static Dictionary<TKey, TValue> Mixed<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> one, IReadOnlyDictionary<TKey, TValue> other, Random random) where TKey : notnull =>
        one.Keys.Union(other.Keys).Select(key => (key, from: random.NextDouble() < Kept ? one : other)).Where(x => x.from.ContainsKey(x.key)).ToDictionary(x => x.key, x => x.from[x.key]);

    // Something is left unsaid, as it often is, or lacks.
    private static Position Silent(Position position, Random random) => random.Next(9) switch
    {
        0 => position with { Pay = null },
        1 => position with { Shifts = null },
        2 => position with { Lodging = null },
        3 => position with { Demands = Some(position.Demands, random) },
        4 => position with { Exposures = Some(position.Exposures, random) },
        5 or 6 => position with { Accommodations = Some(position.Accommodations, random) },
        _ => position,
    };

    private static Seeker Silent(Seeker seeker, Random random) => random.Next(11) switch
    {
        0 => seeker with { Skills = null },
        1 => seeker with { Licences = null },
        2 => seeker with { Education = null },
        3 => seeker with { Capacity = Some(seeker.Capacity, random) },
        4 => seeker with { Needs = Some(seeker.Needs, random) },
        5 => seeker with { CommuteMinutes = null, Lodging = null },
        6 => seeker with { Lodging = LodgingWish.Needed },
        7 => seeker with { Skills = [.. (seeker.Skills ?? []).Skip(1)] },
        8 => seeker with { Licences = [.. (seeker.Licences ?? []).Skip(1)] },
        9 when seeker.Education > Education.None => seeker with { Education = seeker.Education - 1 },
        _ => seeker,
    };

    private static Dictionary<TKey, TValue> Some<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> map, Random random) where TKey : notnull =>
        map.Where(_ => random.Next(3) > 0).ToDictionary();
}
