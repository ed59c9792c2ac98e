using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A record and who it is about.</summary>
/// <param name="Person">Null where it names nobody, or they were erased.</param>
public sealed record ListedRecord(ProgrammeFile File, SeekerFile? Person);

/// <summary>Lists a kind's records, those with the latest step first.</summary>
public sealed class ListProgrammeRecords(IProgrammes programmes, ISeekers seekers, IFollowUps followUps)
{
    /// <param name="partOf">Only those of one contest, course run or firm; null = all.</param>
    public async Task<Ranked<ListedRecord>> Run(string kind, string? partOf, int top, CancellationToken cancel)
    {
        var found = (await programmes.All(kind, cancel)).Where(file => partOf is null || file.Facts.PartOf == partOf)
            .OrderByDescending(file => file.Facts.Last).ThenBy(file => file.Facts.Id, StringComparer.Ordinal).ToList();
        List<ListedRecord> shown = [];
        foreach (var file in found.Take(top))
            shown.Add(await Named(file, cancel));
        return new(shown, found.Count);
    }

    /// <returns>Null where there is no such record.</returns>
    public async Task<ListedRecord?> One(string kind, string id, CancellationToken cancel) =>
        await programmes.Find(kind, id, cancel) is { } stored ? await Named(stored.Value, cancel) : null;

    /// <summary>What else is recorded of the same person, the latest first: what came before it, and what became of them afterwards.</summary>
    public async Task<IReadOnlyList<ProgrammeRecord>> Beside(ProgrammeRecord record, CancellationToken cancel) => record.Participant is not { } subject ? [] :
    [
        .. (await programmes.All(null, cancel)).Select(file => file.Facts).Where(other => other.Participant == subject && (other.Kind, other.Id) != (record.Kind, record.Id))
            .OrderByDescending(other => other.Last).ThenBy(other => other.Id, StringComparer.Ordinal),
    ];

    /// <summary>When they started which position, noted at a recruitment event, the latest first.</summary>
    public async Task<IReadOnlyList<FollowUpSeries>> Placements(ProgrammeRecord record, CancellationToken cancel) => record.Participant is not { } subject ? [] :
        [.. (await followUps.All(cancel)).Where(series => series.Of == FollowUpOf.Placement && series.Subject == subject).OrderByDescending(series => series.StartedOn)];

    private async Task<ListedRecord> Named(ProgrammeFile file, CancellationToken cancel) =>
        new(file, file.Facts.Participant is { } subject ? (await seekers.BySubject(subject, cancel))?.Value : null);
}
