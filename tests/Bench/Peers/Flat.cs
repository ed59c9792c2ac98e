using System.Numerics;
using JobMatch.Matching;

namespace JobMatch.Bench.Peers;

/// <summary>
/// A world as every peer is given it: plain numbers and bit masks for the day, with everything that does not depend on a pair
/// worked out beforehand, as the engine does for itself: answers as they stand on the day, declines that still count, minutes
/// between districts, closeness between wishes and titles, which of the listed skills somebody has. Read from the domain
/// records by way of the readable policy's public parts, never from the engine's columns.
/// </summary>
internal sealed class Flat
{
    private readonly Policies policies;
    private readonly Dictionary<string, int> districts;
    private readonly Dictionary<string, int> wishes;
    private readonly Dictionary<(string, string?), int> titles;
    private readonly Dictionary<string, int> entries;

    public Flat(World world)
    {
        // The records are read once and not kept: there may be a million.
        World = world with { Seekers = [], Positions = [] };
        policies = new(World);
        districts = world.Codes.Districts.Select((x, i) => (x.Code, i)).ToDictionary(x => x.Code, x => x.i);
        wishes = Numbered(world.Seekers.SelectMany(x => x.Occupations ?? []));
        titles = Numbered(world.Positions.Select(x => (x.Title, x.Occupation)));
        entries = Numbered(world.Positions.SelectMany(x => x.SkillsRequired.Concat(x.SkillsOptional).Concat(x.Licences)));
        if (entries.Count > Bits.Count)
            throw new InvalidOperationException($"{entries.Count} skills are listed; the peers' masks hold {Bits.Count}.");
        Wishes = [.. wishes.Keys];
        Close = new byte[titles.Count][];
        Parallel.ForEach(titles, title => Close[title.Value] = [.. Wishes.Select(wish => policies.Closeness(wish, title.Key.Item1, title.Key.Item2))]);
        Ways = policies.Ways([.. world.Positions.Select(x => x.District).OfType<string>()]);
        var held = policies.Held([.. entries.Keys]);
        Seekers = [.. world.Seekers.AsParallel().AsOrdered().Select(x => Seeker(x, held))];
        Positions = [.. world.Positions.AsParallel().AsOrdered().Select(Position)];
        Rank(Seekers, x => x.Id, (x, rank) => x.Rank = rank);
        Rank(Positions, x => x.Id, (x, rank) => x.Rank = rank);
        Decline(world);
    }

    /// <summary>The day and the lists.</summary>
    public World World { get; }

    public FlatSeeker[] Seekers { get; }

    public FlatPosition[] Positions { get; }

    public string[] Wishes { get; }

    /// <summary>P2 by title and wish, in 125ths: groups of occupations and closeness of texts, the larger.</summary>
    public byte[][] Close { get; }

    /// <summary>Minutes by home and workplace, where there is work.</summary>
    public Minutes[][] Ways { get; }

    /// <summary>Listed entries, in the order of their bits.</summary>
    public IReadOnlyCollection<string> Entries => entries.Keys;

    /// <summary>Pairs in which a side has declined and it counts, by index.</summary>
    public IReadOnlyList<(int Seeker, int Position)> Declines { get; private set; } = [];

    /// <summary>The weights of P1 … P9.</summary>
    public IReadOnlyList<int> Weights => policies.Weights;

    /// <summary>How many pairs are not doesNotSuit.</summary>
    public long Survivors(LinqPeer linq) => Positions.AsParallel().Sum(position => Seekers.LongCount(seeker => linq.VerdictOf(seeker, position) != Verdict.DoesNotSuit));

    private FlatSeeker Seeker(Seeker seeker, Policies.Holdings held)
    {
        var (marks, wish) = (policies.Marks(seeker), seeker.HoursPerWeek);
        var wished = wish is { } hours && (hours.Min, hours.Max) is not (null, null);
        return new()
        {
            Id = seeker.Id,
            District = districts.GetValueOrDefault(seeker.District, -1),
            Capacity = Levels(seeker.Capacity),
            Musts = marks.Musts,
            Helps = marks.Helps,
            MustAvoid = Mask(seeker.AvoidExposures, Avoidance.MustAvoid),
            RatherNot = Mask(seeker.AvoidExposures, Avoidance.RatherNot),
            MustAvoidShifts = Mask(seeker.AvoidShifts, Avoidance.MustAvoid),
            RatherNotShifts = Mask(seeker.AvoidShifts, Avoidance.RatherNot),
            SkillsStated = seeker.Skills is not null,
            LicencesStated = seeker.Licences is not null,
            Held = held.Exactly(seeker),
            Close = held.Closely(seeker),
            Wishes = [.. (seeker.Occupations ?? []).Distinct().Select(x => wishes[x])],
            Education = seeker.Education,
            Contracts = (seeker.Contracts ?? []).Aggregate(0, (bits, x) => bits | 1 << (int)x),
            Places = (seeker.Places ?? []).Aggregate(0, (bits, x) => bits | 1 << (int)x | (x == Place.OnSite ? 1 << (int)Place.Hybrid : 0)),
            Floor = seeker.MinPayMonthly ?? 0,
            HoursWished = wished,
            HoursMin = wished ? wish!.Value.Min ?? 0 : 0,
            HoursMax = wished ? wish!.Value.Max ?? int.MaxValue : int.MaxValue,
            Commute = seeker.CommuteMinutes ?? 60,
            Lodging = seeker.Lodging,
        };
    }

    private FlatPosition Position(Position position)
    {
        var answers = policies.Answers(position);
        var remote = position.Place == Place.Remote;
        var (numerator, denominator) = policies.MonthlyPay(position);
        return new()
        {
            Id = position.Id,
            Open = position.ClosesOn >= World.Today && !position.Closed && position.Openings > position.Signed,
            Place = position.Place,
            District = position.District is { } code ? districts.GetValueOrDefault(code, -1) : -1,
            Demands = Levels(position.Demands),
            Offered = answers.Offered,
            OnRequest = answers.OnRequest,
            NotPossible = answers.NotPossible,
            Scope = remote ? policies.AnyPlace : policies.All,
            ExposuresSaid = position.Exposures.Keys.Aggregate(0, (bits, x) => bits | 1 << (int)x),
            ExposuresThere = position.Exposures.Where(x => x.Value).Aggregate(0, (bits, x) => bits | 1 << (int)x.Key),
            ExposuresRelieved = policies.Relieved(answers.Offered),
            Shifts = policies.Shifts(position),
            Required = Mask(position.SkillsRequired.Where(policies.IsSkill)),
            Licences = Mask(position.Licences.Where(policies.IsSkill)),
            Listed = Mask(position.SkillsRequired.Concat(position.SkillsOptional)),
            Education = position.EducationMin,
            Contract = position.Contract,
            Lodging = position.Lodging,
            Hours = position.HoursPerWeek,
            PayNumerator = numerator,
            PayDenominator = denominator,
            Title = titles[(position.Title, position.Occupation)],
            Checked = position.SiteCheck is { Passed: true } check && check.ExpiresOn >= World.Today,
            FreshDays = 60 - Math.Clamp(World.Today.DayNumber - position.FirstPut.DayNumber, 0, 60),
        };
    }

    private void Decline(World world)
    {
        var (people, jobs) = (world.Seekers.Select((x, i) => (x.Id, i)).ToDictionary(x => x.Id, x => x.i), world.Positions.Select((x, i) => (x.Id, i)).ToDictionary(x => x.Id, x => x.i));
        var theirs =
            from i in Enumerable.Range(0, world.Seekers.Length)
            from decline in world.Seekers[i].Declines
            where jobs.ContainsKey(decline.Key) && policies.Counts(decline.Value, world.Positions[jobs[decline.Key]])
            select (i, jobs[decline.Key]);
        var ours =
            from i in Enumerable.Range(0, world.Positions.Length)
            from decline in world.Positions[i].Declines
            where people.ContainsKey(decline.Key) && policies.Counts(decline.Value, world.Positions[i])
            select (people[decline.Key], i);
        Declines = [.. theirs.Concat(ours).Distinct()];
        foreach (var of in Declines.GroupBy(x => x.Seeker))
            Seekers[of.Key].Declined = [.. of.Select(x => Positions[x.Position].Id)];
    }

    private Bits Mask(IEnumerable<string> skills)
    {
        var bits = new Bits();
        foreach (var skill in skills)
            bits.Add(entries[skill]);
        return bits;
    }

    private static int Mask<T>(IReadOnlyDictionary<T, Avoidance> said, Avoidance word) where T : struct, Enum =>
        said.Where(x => x.Value == word).Aggregate(0, (bits, x) => bits | 1 << Convert.ToInt32(x.Key, null));

    private static sbyte[] Levels(IReadOnlyDictionary<Axis, int> said) => [.. Enum.GetValues<Axis>().Select(axis => said.TryGetValue(axis, out var level) ? (sbyte)level : (sbyte)-1)];

    private static Dictionary<T, int> Numbered<T>(IEnumerable<T> of) where T : notnull => of.Distinct().Select((x, i) => (x, i)).ToDictionary(x => x.x, x => x.i);

    private static void Rank<T>(IEnumerable<T> of, Func<T, string> id, Action<T, int> give)
    {
        var rank = 0;
        foreach (var one in of.OrderBy(id, StringComparer.Ordinal))
            give(one, rank++);
    }
}

/// <summary>A way in minutes; whole minutes are rounded up, so that comparing them with a whole limit is exact.</summary>
/// <param name="Exact">The slow way; negative where a place is on no map: then nobody can say.</param>
internal readonly record struct Minutes(int Slow, int Fast, double Exact);

/// <summary>A bit for each listed skill.</summary>
internal struct Bits
{
    public const int Count = 256;

    public ulong A, B, C, D;

    public void Add(int bit) => _ = (bit >> 6) switch { 0 => A |= 1UL << bit, 1 => B |= 1UL << bit, 2 => C |= 1UL << bit, _ => D |= 1UL << bit };

    public readonly bool IsEmpty => (A | B | C | D) == 0;

    public readonly int Size => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    public static Bits operator &(Bits x, Bits y) => new() { A = x.A & y.A, B = x.B & y.B, C = x.C & y.C, D = x.D & y.D };

    public static Bits operator |(Bits x, Bits y) => new() { A = x.A | y.A, B = x.B | y.B, C = x.C | y.C, D = x.D | y.D };

    /// <summary>What is in the first and not in the second.</summary>
    public static Bits operator -(Bits x, Bits y) => new() { A = x.A & ~y.A, B = x.B & ~y.B, C = x.C & ~y.C, D = x.D & ~y.D };
}

internal sealed class FlatSeeker
{
    public required string Id { get; init; }

    /// <summary>The place of the id among all, by ordinal comparison.</summary>
    public int Rank { get; set; }

    /// <summary>-1 where it is on no list.</summary>
    public required int District { get; init; }

    /// <summary>By axis; -1 = not stated.</summary>
    public required sbyte[] Capacity { get; init; }

    public required ulong Musts { get; init; }

    public required ulong Helps { get; init; }

    public required int MustAvoid { get; init; }

    public required int RatherNot { get; init; }

    public required int MustAvoidShifts { get; init; }

    public required int RatherNotShifts { get; init; }

    public required bool SkillsStated { get; init; }

    public required bool LicencesStated { get; init; }

    /// <summary>What filters: held by code.</summary>
    public required Bits Held { get; init; }

    /// <summary>What counts for P1: held by code or by closeness of words.</summary>
    public required Bits Close { get; init; }

    public required int[] Wishes { get; init; }

    public required Education? Education { get; init; }

    /// <summary>0 = any.</summary>
    public required int Contracts { get; init; }

    /// <summary>0 = any.</summary>
    public required int Places { get; init; }

    /// <summary>0 = none.</summary>
    public required int Floor { get; init; }

    public required bool HoursWished { get; init; }

    public required int HoursMin { get; init; }

    public required int HoursMax { get; init; }

    public required int Commute { get; init; }

    public required LodgingWish? Lodging { get; init; }

    /// <summary>Positions that either side has declined; null = none.</summary>
    public HashSet<string>? Declined { get; set; }
}

internal sealed class FlatPosition
{
    public required string Id { get; init; }

    public int Rank { get; set; }

    public required bool Open { get; init; }

    public required Place Place { get; init; }

    public bool Remote => Place == Place.Remote;

    public required int District { get; init; }

    public required sbyte[] Demands { get; init; }

    public required ulong Offered { get; init; }

    public required ulong OnRequest { get; init; }

    public required ulong NotPossible { get; init; }

    /// <summary>Accommodations that mean something for this work.</summary>
    public required ulong Scope { get; init; }

    public required int ExposuresSaid { get; init; }

    public required int ExposuresThere { get; init; }

    /// <summary>Exposures that something offered makes bearable.</summary>
    public required int ExposuresRelieved { get; init; }

    /// <summary>Shifts that somebody who avoids them would meet; null = not stated.</summary>
    public required int? Shifts { get; init; }

    public required Bits Required { get; init; }

    public required Bits Licences { get; init; }

    public required Bits Listed { get; init; }

    public required Education? Education { get; init; }

    public required Contract? Contract { get; init; }

    public required Lodging? Lodging { get; init; }

    public required int? Hours { get; init; }

    /// <summary>Of the pay a month, at most 2^40, which is above any floor; -1 = cannot be computed.</summary>
    public required long PayNumerator { get; init; }

    public required int PayDenominator { get; init; }

    public required int Title { get; init; }

    public required bool Checked { get; init; }

    public required int FreshDays { get; init; }

    public bool HasBed => Lodging is Matching.Lodging.Free or Matching.Lodging.Paid;
}
