using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A programme's record as stored.</summary>
public sealed record ProgrammeFile(ProgrammeRecord Facts, long Version, DateTimeOffset ChangedAt);

/// <summary>Finds and keeps the records of programmes.</summary>
public interface IProgrammes
{
    Task<Stored<ProgrammeFile>?> Find(string kind, string id, CancellationToken cancel);

    /// <summary>Every record of a kind, by id; of all kinds where <paramref name="kind"/> is null.</summary>
    Task<IReadOnlyList<ProgrammeFile>> All(string? kind, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(ProgrammeFile file, string? etag, CancellationToken cancel);

    /// <summary>Twice is once.</summary>
    Task Delete(string kind, string id, CancellationToken cancel);
}

/// <summary>Writes what a programme did: a record as a whole, or one step of it.</summary>
public sealed class PutProgrammeRecord(IProgrammes programmes, ISeekers seekers, PassCourse pass, KeepFollowUps keep, TimeProvider time)
{
    /// <param name="wanted">What the caller says, its participant a seeker's id: other tables know people by subject only.</param>
    /// <param name="ifMatch">The version that the caller read; null = whichever stands.</param>
    /// <returns>Null where there is no such seeker.</returns>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<ProgrammeFile>?> Run(ProgrammeRecord wanted, long? ifMatch, CancellationToken cancel)
    {
        if (wanted.Participant is { } seeker)
        {
            if (await seekers.Find(seeker, cancel) is not { } person)
                return null;
            wanted = wanted with { Participant = person.Value.Facts.Id };
        }
        return await Change(wanted.Kind, wanted.Id, ifMatch, _ => wanted, cancel);
    }

    /// <summary>Notes a step, or takes it back; twice is once.</summary>
    /// <returns>Null where there is no such record.</returns>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<ProgrammeFile?> Step(string kind, string id, DatedStep step, bool undo, CancellationToken cancel) =>
        (await Change(kind, id, null, record => undo ? record?.Without(step) : record?.With(step), cancel))?.Value;

    /// <summary>Notes how it ended; null = it goes on after all.</summary>
    /// <inheritdoc cref="Step"/>
    public async Task<ProgrammeFile?> End(string kind, string id, string? outcome, CancellationToken cancel) =>
        (await Change(kind, id, null, record => record is null ? null : record with { Outcome = outcome }, cancel))?.Value;

    private async Task<Put<ProgrammeFile>?> Change(string kind, string id, long? ifMatch, Func<ProgrammeRecord?, ProgrammeRecord?> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await programmes.Find(kind, id, cancel);
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<ProgrammeFile>.Stale(stored?.Value);
            if (change(stored?.Value.Facts) is not { } next)
                return null;
            if (stored is { } same && Written.Of(same.Value.Facts) == Written.Of(next))
            {
                // Whoever wrote it may have died before what follows from it was noted.
                await pass.Run(next, cancel);
                await keep.Founding(next, cancel);
                return new Put<ProgrammeFile>.Unchanged(same.Value);
            }
            try
            {
                var file = new ProgrammeFile(next, (stored?.Value.Version ?? 0) + 1, time.GetUtcNow());
                await programmes.Save(file, stored?.ETag, cancel);
                await pass.Run(next, cancel);
                await keep.Founding(next, cancel);
                return stored is null ? new Put<ProgrammeFile>.Created(file) : new Put<ProgrammeFile>.Updated(file);
            }
            catch (ConflictException) when (attempt < Put<ProgrammeFile>.Tries)
            {
            }
        }
    }
}
