using JobMatch.Matching;
using JobMatch.Population;

namespace JobMatch.Bench;

/// <summary>Seekers and positions of one measurement, with a day and the lists they are written in.</summary>
internal sealed record World(string Name, Seeker[] Seekers, Position[] Positions, DateOnly Today, CodeLists Codes)
{
    public static readonly DateOnly Day = new(2026, 11, 22);

    public long Pairs => (long)Seekers.Length * Positions.Length;

    public static World City(int seekers, int positions) => Of("city", new(1, Day), seekers, positions);

    /// <summary>Central districts only, and half of what could shut a pair out left unsaid: the filters hardly help.</summary>
    public static Populace HardToFilter => new(1, Day) { Strictness = 50, Districts = [.. Settled.Chongqing.Where(place => place.District.Zone == "CENTRAL")] };

    /// <summary>A nation's seekers, sorted by district, and some of its positions.</summary>
    public static World Nation(int seekers)
    {
        var nation = new Nation(1, Day);
        var jobs = Enumerable.Range(0, NationalPositions).Select(nation.Position).ToArray();
        var people = nation.ByCity(seekers).AsParallel().AsOrdered().SelectMany(city => city).ToArray();
        return new("nation", [.. people.Select((person, i) => Declining(person, i, jobs, every: 100))], [.. jobs.Select((job, i) => Declining(job, i, people))], Day, nation.Codes);
    }

    /// <summary>Of how many positions those that are asked about are chosen.</summary>
    public const int NationalPositions = 400;

    public static World Hard(int seekers, int positions) => Of("hard to filter", HardToFilter, seekers, positions);

    public static World Of(Trap trap) => new(trap.Name, [.. trap.Seekers], [.. trap.Positions], Day, CodeLists.Default);

    private static World Of(string name, Populace populace, int seekers, int positions)
    {
        var people = populace.Seekers(seekers).ToArray();
        var jobs = populace.Positions(positions).ToArray();
        return new(name, [.. people.Select((person, i) => Declining(person, i, jobs))], [.. jobs.Select((job, i) => Declining(job, i, people))], Day, CodeLists.Default);
    }

    // The generator draws what people say of themselves; that they met and said no is of no single draw. Some of it has expired.
    private static Seeker Declining(Seeker person, int index, Position[] jobs, int every = 8) =>
        index % every == 0 ? person with { Declines = Declines(index, from => jobs[from % jobs.Length].Id) } : person;

    private static Position Declining(Position job, int index, Seeker[] people) =>
        index % 5 == 0 ? job with { Declines = Declines(index, from => people[from % people.Length].Id) } : job;

    private static Dictionary<string, Decline> Declines(int index, Func<int, string> id) =>
        Enumerable.Range(0, index % 4 + 1).Select(k => (Id: id(index * 31 + k * 977), Decline: new Decline(Day.AddDays(-index % 250), k == 2))).DistinctBy(x => x.Id).ToDictionary(x => x.Id, x => x.Decline);
}
