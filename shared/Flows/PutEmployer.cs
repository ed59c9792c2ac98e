namespace JobMatch.Flows;

/// <summary>Registers an employer or replaces what is held. Once one that registered itself is approved its drafts are opened, and a site check is carried to its positions.</summary>
public sealed class PutEmployer(IEmployers employers, IWork work)
{
    /// <param name="wanted">What the caller says; its version, its site check and how it registered are filled in here.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public Task<Put<Employer>> Run(Employer wanted, long? ifMatch, CancellationToken cancel) =>
        Change(wanted.Id, ifMatch, current => wanted with { Version = current?.Version ?? 0, SiteCheck = current?.SiteCheck, Registration = current?.Registration }, cancel);

    /// <summary>Changes an employer as it stands, again where somebody else wrote in between.</summary>
    /// <param name="change">Gives back the same where there is nothing to change; null for an employer that is to be left alone.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    internal async Task<Put<Employer>> Change(string id, long? ifMatch, Func<Employer?, Employer?> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await employers.Find(id, cancel);
            var (current, version) = (stored?.Value, stored?.Value.Version);
            if (Overtaken.By(version, ifMatch))
                return new Put<Employer>.Stale(current);
            if (change(current) is not { } next)
                return new Put<Employer>.NotYours();
            if (current is not null && Written.Of(current) == Written.Of(next))
                return new Put<Employer>.Unchanged(current);
            next = next with { Version = (version ?? 0) + 1 };
            try
            {
                await Commit(next, stored?.ETag, current is { IsHeld: true } && !next.IsHeld || current?.SiteCheck != next.SiteCheck, cancel);
                return current is null ? new Put<Employer>.Created(next) : new Put<Employer>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<Employer>.Tries)
            {
            }
        }
    }

    private async Task Commit(Employer next, string? etag, bool concernsPositions, CancellationToken cancel)
    {
        if (!concernsPositions)
        {
            await employers.Save(next, etag, cancel);
            return;
        }
        var body = new WorkItem(WorkKind.PublishPositions, next.Id, next.Version).ToBody();
        await work.Show(await work.Commit(Queues.Work, body, () => employers.Save(next, etag, cancel), cancel), cancel);
    }
}
