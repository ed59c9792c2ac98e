using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>A made-up person as registered: what the engine matches (<paramref name="Facts"/>) and, beside it, what it may not know.</summary>
/// <param name="Facts">Its id is the person's own; a service gives a random subject id in its place.</param>
/// <param name="Phone">E.164, in the block +86 199 0001 0000 and up; several people may share one, some have none.</param>
/// <param name="Language">A BCP 47 tag.</param>
/// <param name="Prefer">How the person wishes to be reached, as a code; null = not stated.</param>
/// <param name="Helper">Who can be reached in the person's stead, in free words; set where there is no phone.</param>
public sealed record Person(
    Seeker Facts, string Name, string? Phone, string Language, string? Prefer, string? Helper, Evidence? Certificate, Agreed Consent);

/// <summary>What stands on a certificate, GB/T 26341-2010. It never decides a match.</summary>
/// <param name="Category">1-7.</param>
/// <param name="Grade">1-4, 1 the heaviest.</param>
public sealed record Evidence(int Category, int Grade);

/// <summary>Consent per purpose with the day it was given; null = not given.</summary>
public sealed record Agreed(DateOnly? Matching, DateOnly? Sms, DateOnly? Employers, DateOnly? Statistics);

/// <summary>A made-up posting. Its id is <c>{employer}-{reference}</c>.</summary>
public sealed record Vacancy(string Employer, Position Facts, string Description, string? Address);

/// <summary>A made-up employer.</summary>
/// <param name="CreditCode">Valid by GB 32100-2015, in a region that is assigned to nobody.</param>
public sealed record Firm(string Id, string Name, string CreditCode, IReadOnlyList<FirmContact> Contacts);

/// <param name="Phone">E.164, in the block +86 199 8000 0000 and up.</param>
public sealed record FirmContact(string Name, string Phone);

/// <summary>A made-up recruitment event and the positions tied to it.</summary>
/// <param name="Kind">JOB_FAIR, ONLINE_FAIR, LIVESTREAM_FAIR or RESOURCE_MEETING.</param>
/// <param name="District">null where it is online.</param>
/// <param name="Online">Where an online one is joined.</param>
public sealed record Fair(
    string Id, string Title, string? ShortTitle, string Kind, string? District, string? Address, string? Online, bool OpenToEmployers,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Capacity, IReadOnlyDictionary<string, StatedAnswer> Accommodations, int? InterpreterSlots,
    IReadOnlyList<string> Positions);

/// <summary>A district with the weights by which people live and jobs are found there.</summary>
public readonly record struct Settled(District District, int People, int Jobs)
{
    // Residents in ten thousands, about as the census of 2020 found them; Liangjiang as the sum of what went into it.
    private static readonly Dictionary<string, int> Residents = new (string Code, int TenThousands)[]
    {
        ("500101", 156), ("500102", 111), ("500103", 59), ("500104", 42), ("500106", 148), ("500107", 153), ("500108", 120), ("500109", 83), ("500110", 101),
        ("500111", 83), ("500113", 118), ("500114", 49), ("500115", 69), ("500116", 136), ("500117", 124), ("500118", 115), ("500119", 57), ("500120", 76),
        ("500151", 69), ("500152", 69), ("500153", 67), ("500154", 120), ("500155", 64), ("500156", 36), ("500157", 300), ("500229", 20), ("500230", 56),
        ("500231", 65), ("500233", 72), ("500235", 93), ("500236", 74), ("500237", 46), ("500238", 39), ("500240", 39), ("500241", 50), ("500242", 61),
        ("500243", 53),
    }.ToDictionary(x => x.Code, x => x.TenThousands);

    /// <summary>Chongqing's current districts; jobs lie more in the middle than people do.</summary>
    public static readonly IReadOnlyList<Settled> Chongqing =
        [.. District.All.Where(district => !district.Merged).Select(district => new Settled(district, Residents[district.Code], Residents[district.Code] * Pull(district.Zone)))];

    private static int Pull(string zone) => zone switch { "CENTRAL" => 5, "NEW_MAIN" => 2, _ => 1 };
}
