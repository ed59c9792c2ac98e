using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A follow-up with what staff need to ask, or to see to its case.</summary>
/// <param name="Title">Of the position, or of the firm; null where it is no longer known.</param>
/// <param name="Person">Null after erasure.</param>
public sealed record ListedFollowUp(FollowUpFile File, FollowUp Asked, string? Title, SeekerFile? Person)
{
    public FollowUpId Id => FollowUpId.Of(File.Facts, Asked.Month);

    public IEnumerable<CaseNote> Notes => File.Notes.Where(note => note.Month == Asked.Month);
}

/// <summary>What waits for staff, the most overdue first.</summary>
/// <param name="ToAsk">People whom staff ask themselves.</param>
/// <param name="Cases">Open ones.</param>
public sealed record FollowUpWork(Ranked<ListedFollowUp> ToAsk, Ranked<ListedFollowUp> Cases);

/// <param name="Overdue">Of both.</param>
public sealed record FollowUpCounts(int ToAsk, int Cases, int Overdue);

/// <summary>Lists follow-ups that staff ask, and open cases.</summary>
public sealed class ListFollowUps(IFollowUps followUps, ISeekers seekers, IPositions positions, IProgrammes programmes, TimeProvider time)
{
    private const int Most = 100;

    /// <param name="owner">Only this one's cases, and those that nobody has taken; null = everybody's.</param>
    public async Task<FollowUpWork> Run(string? owner, CancellationToken cancel)
    {
        var all = await followUps.ForStaff(cancel);
        return new(await Shown(ToAsk(all), asked => asked.StaffBy!.Value, cancel), await Shown(Cases(all).Where(x => owner is null || (x.Asked.Case!.Owner ?? owner) == owner), asked => asked.Case!.DueOn, cancel));
    }

    /// <summary>How many wait.</summary>
    public async Task<FollowUpCounts> Count(CancellationToken cancel)
    {
        var (all, today) = (await followUps.ForStaff(cancel), time.Today());
        var days = ToAsk(all).Select(x => x.Asked.StaffBy!.Value).Concat(Cases(all).Select(x => x.Asked.Case!.DueOn)).ToList();
        return new(ToAsk(all).Count(), Cases(all).Count(), days.Count(day => day < today));
    }

    /// <returns>Null where there is no such follow-up, or its day has not come.</returns>
    public async Task<ListedFollowUp?> One(FollowUpId id, CancellationToken cancel)
    {
        if (await followUps.Find(id.Series, cancel) is not { Value: var file } || file.Facts.DueOn(id.Month) > time.Today())
            return null;
        // Nobody may have asked: it was entered long afterwards.
        return await View(file, file.Facts.Asked.FirstOrDefault(asked => asked.Month == id.Month) ?? new(id.Month, time.Today()), cancel);
    }

    private static IEnumerable<(FollowUpFile File, FollowUp Asked)> ToAsk(IEnumerable<FollowUpFile> all) =>
        all.Where(file => file.Facts.Open?.StaffBy is not null).Select(file => (file, file.Facts.Open!));

    private static IEnumerable<(FollowUpFile File, FollowUp Asked)> Cases(IEnumerable<FollowUpFile> all) =>
        all.SelectMany(file => file.Facts.Asked.Where(asked => asked.Case?.IsOpen == true).Select(asked => (file, asked)));

    private async Task<Ranked<ListedFollowUp>> Shown(IEnumerable<(FollowUpFile File, FollowUp Asked)> found, Func<FollowUp, DateOnly> due, CancellationToken cancel)
    {
        var sorted = found.OrderBy(x => due(x.Asked)).ThenBy(x => x.File.Facts.Id, StringComparer.Ordinal).ToList();
        List<ListedFollowUp> shown = [];
        foreach (var (file, asked) in sorted.Take(Most))
            shown.Add(await View(file, asked, cancel));
        return new(shown, sorted.Count);
    }

    private async Task<ListedFollowUp> View(FollowUpFile file, FollowUp asked, CancellationToken cancel)
    {
        var title = file.Facts.About is not { } about ? null : file.Facts.Of == FollowUpOf.Placement
            ? (await positions.Find(about, cancel))?.Value.Facts.Title
            : (await programmes.Find(ProgrammeKind.Incubation, about, cancel))?.Value.Facts.Title;
        return new(file, asked, title, (await seekers.BySubject(file.Facts.Subject, cancel))?.Value);
    }
}
