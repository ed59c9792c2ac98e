using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What staff look at on site.</summary>
public enum SiteAspect
{
    /// <summary>From the street to the place of work.</summary>
    WayIn,
    Toilet,
    Lodging,

    /// <summary>What the work really asks, beside what the posting says.</summary>
    Demands,
}

/// <summary>What they found.</summary>
public enum SiteFinding { NotSeen, Good, Problem }

/// <param name="Words">At most <see cref="SiteVisit.LongestWords"/> characters, which seekers read as they stand; null = none.</param>
public sealed record SiteFound(SiteFinding Finding, string? Words = null);

/// <summary>A check on site, as somebody of the staff entered it. It is never changed: who looked again enters another.</summary>
/// <param name="Id">Given with the form, so that what is sent twice is one.</param>
/// <param name="Position">Null = of the employer as a whole.</param>
/// <param name="On">The day of the visit.</param>
/// <param name="ExpiresOn">The last day on which it counts.</param>
/// <param name="By">A member of staff, by a name-less id.</param>
public sealed record SiteVisit(
    string Id, string Employer, string? Position, DateOnly On, DateOnly ExpiresOn, bool Passed, IReadOnlyDictionary<SiteAspect, SiteFound> Found, string By, DateTimeOffset At)
{
    public const int LongestWords = 200;

    /// <summary>How long one counts at most, in months.</summary>
    public const int LongestMonths = 24;

    public bool IsExpired(DateOnly today) => ExpiresOn < today;

    /// <summary>Whether it says something of this position: it is of that one, or of the employer as a whole.</summary>
    public bool Tells(string position) => Position is null || Position == position;

    /// <summary>What was looked at and bears on what this person needs at that position.</summary>
    public IEnumerable<(SiteAspect Aspect, SiteFound Found)> BearingOn(Seeker seeker, Position position) =>
        Found.Where(x => x.Value.Finding != SiteFinding.NotSeen && Bears(x.Key, seeker, position)).OrderBy(x => x.Key).Select(x => (x.Key, x.Value));

    private static bool Bears(SiteAspect aspect, Seeker seeker, Position position) => position.Place != Place.Remote && aspect switch
    {
        SiteAspect.WayIn => seeker.Needs.ContainsKey("STEP_FREE") || seeker.Needs.ContainsKey("WHEELCHAIR_WORKSTATION") || seeker.Needs.ContainsKey("GUIDE_DOG")
            || Below(seeker, Axis.StandingWalking) || Below(seeker, Axis.Seeing),
        SiteAspect.Toilet => seeker.Needs.ContainsKey("ACCESSIBLE_TOILET"),
        SiteAspect.Lodging => seeker.Needs.ContainsKey("ACCESSIBLE_LODGING") || seeker.Lodging == LodgingWish.Needed,
        _ => position.Demands.Any(x => x.Value > 0 && Below(seeker, x.Key)),
    };

    private static bool Below(Seeker seeker, Axis axis) => seeker.Capacity.TryGetValue(axis, out var level) && level < 3;

    internal SiteCheck Check => new(Passed, ExpiresOn);
}

/// <summary>Keeps checks on site.</summary>
public interface ISiteVisits
{
    /// <summary>Adds one; adding it again leaves the first.</summary>
    Task Add(SiteVisit visit, CancellationToken cancel);

    /// <summary>All of an employer's, the latest first.</summary>
    Task<IReadOnlyList<SiteVisit>> Of(string employer, CancellationToken cancel);

    /// <summary>Ids of employers that were ever visited.</summary>
    Task<IReadOnlyList<string>> Visited(CancellationToken cancel);
}

/// <summary>What became of entering a check.</summary>
public abstract record SiteVisited
{
    private SiteVisited() { }

    public sealed record Done : SiteVisited;

    public sealed record NotFound : SiteVisited;

    public sealed record Refused(IReadOnlyList<FieldError> Faults) : SiteVisited;
}

/// <summary>Enters a check on site: the latest one of an employer counts for all of its positions.</summary>
public sealed class RecordSiteVisit(IEmployers employers, IPositions positions, ISiteVisits visits, PutEmployer put, TimeProvider time)
{
    /// <param name="visit">Its time is filled in here.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<SiteVisited> Run(SiteVisit visit, CancellationToken cancel)
    {
        if (await employers.Find(visit.Employer, cancel) is null)
            return new SiteVisited.NotFound();
        if (await FaultsOf(visit, cancel) is { Count: > 0 } faults)
            return new SiteVisited.Refused(faults);
        await visits.Add(visit with { At = time.GetUtcNow() }, cancel);
        // Read again: of two that are entered at once the later visit counts, whichever is written last.
        var latest = (await visits.Of(visit.Employer, cancel))[0].Check;
        await put.Change(visit.Employer, null, current => current is null ? null : current with { SiteCheck = latest }, cancel);
        return new SiteVisited.Done();
    }

    private async Task<List<FieldError>> FaultsOf(SiteVisit visit, CancellationToken cancel)
    {
        List<FieldError> faults = [];
        var today = time.Today();
        if (visit.On > today || visit.On < today.AddYears(-1))
            faults.Add(Faults.OutOfRange("on", "Enter the day of the visit: today or a day within the last year.", "请填写核查日期：今天或过去一年内的日期。"));
        if (visit.ExpiresOn < visit.On || visit.ExpiresOn > visit.On.AddMonths(SiteVisit.LongestMonths))
            faults.Add(Faults.OutOfRange("expiresOn", $"Enter a day from the visit on, within {SiteVisit.LongestMonths} months.", $"请填写核查之后 {SiteVisit.LongestMonths} 个月以内的日期。"));
        if (visit.Position is { } position && (await positions.Find(position, cancel))?.Value.Employer != visit.Employer)
            faults.Add(Faults.UnknownCode("position", "Choose one of this employer's positions.", "请选择这家单位的岗位。"));
        if (visit.Found.Values.All(found => found.Finding == SiteFinding.NotSeen))
            faults.Add(Faults.Required("found.WayIn", "Enter at least one thing that was looked at.", "请至少填写一项核查结果。"));
        faults.AddRange(visit.Found.Where(x => x.Value.Words?.Length > SiteVisit.LongestWords).Select(x => Faults.TooLong($"words.{x.Key}", SiteVisit.LongestWords)));
        faults.AddRange(visit.Found.Where(x => x.Value is { Finding: SiteFinding.Problem, Words: null }).Select(x =>
            Faults.Required($"words.{x.Key}", "Say what the problem is.", "请写明有什么问题。")));
        return faults;
    }
}

/// <summary>Finds what was found on site of positions that are shown together: only employers that were visited are asked about.</summary>
public sealed class FindSiteVisits(IMarket market, ISiteVisits visits)
{
    /// <returns>Position → the latest visit that tells of it.</returns>
    public async Task<IReadOnlyDictionary<string, SiteVisit>> Run(IEnumerable<Position> positions, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var visited = positions.Where(x => x.SiteCheck is not null && view.Positions.ContainsKey(x.Id)).GroupBy(x => view.Positions[x.Id].Employer, x => x.Id);
        var told = await Task.WhenAll(visited.Select(async of => (await visits.Of(of.Key, cancel)) is var all
            ? of.Select(position => (position, visit: all.FirstOrDefault(x => x.Tells(position)))).Where(x => x.visit is not null) : []));
        return told.SelectMany(x => x).ToDictionary(x => x.position, x => x.visit!);
    }
}

/// <summary>An employer as the list of checks shows it.</summary>
/// <param name="Check">The latest; null = nobody has been there.</param>
public sealed record SiteDue(string Employer, string Name, SiteCheck? Check);

/// <summary>Lists which employers are to be visited: the expired and unvisited first, then by expiry.</summary>
public sealed class ListSiteVisits(IEmployers employers, ISiteVisits visits, IMarket market, TimeProvider time)
{
    /// <summary>How many days before it expires a check is due.</summary>
    public const int DueWithin = 30;

    private const int AtOnce = 8;

    /// <summary>Those with open positions, and those that were ever visited.</summary>
    public async Task<IReadOnlyList<SiteDue>> Run(CancellationToken cancel)
    {
        var today = time.Today();
        var posting = (await market.View(cancel)).Positions.Values.Where(x => x.Facts.ClosesOn >= today).Select(x => x.Employer);
        return await Read([.. posting.Concat(await visits.Visited(cancel)).Distinct()], cancel);
    }

    /// <summary>How many were visited and should be again: what was found counts no longer, or for a month at most.</summary>
    public async Task<int> Due(CancellationToken cancel) => (await Read(await visits.Visited(cancel), cancel)).Count(x => x.Check is not null && IsDue(x, time.Today()));

    /// <summary>Whether somebody should go there: also where nobody has been.</summary>
    public static bool IsDue(SiteDue x, DateOnly today) => x.Check is not { } check || check.ExpiresOn < today.AddDays(DueWithin);

    private async Task<IReadOnlyList<SiteDue>> Read(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var found = new SiteDue?[ids.Count];
        await Parallel.ForEachAsync(ids.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (id, token) =>
            found[id.Index] = await employers.Find(id.Item, token) is { Value: var employer } ? new(id.Item, employer.Name, employer.SiteCheck) : null);
        return [.. found.OfType<SiteDue>().OrderBy(x => x.Check?.ExpiresOn ?? DateOnly.MinValue).ThenBy(x => x.Employer, StringComparer.Ordinal)];
    }
}
