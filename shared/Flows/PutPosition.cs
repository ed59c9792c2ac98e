namespace JobMatch.Flows;

/// <summary>Posts a position, replaces or closes it, and lets the index know. What an employer posts before it is approved is a draft.</summary>
public sealed class PutPosition(IPositions positions, IEmployers employers, IMarket market, IWork work, TimeProvider time)
{
    /// <param name="wanted">What the caller says; versions, first day and times are filled in here. A closed position is opened again.</param>
    /// <param name="ifMatch">The version that the caller read; null = whichever stands.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<PositionFile>> Run(PositionFile wanted, long? ifMatch, CancellationToken cancel)
    {
        var employer = (await employers.Find(wanted.Employer, cancel))?.Value;
        var draft = employer is { IsHeld: true };
        wanted = wanted with { Draft = draft, Facts = wanted.Facts with { Closed = draft, SiteCheck = employer?.SiteCheck } };
        return await Change(wanted.Id, wanted.Employer, ifMatch, current => Next(current, wanted, time.GetUtcNow()), cancel);
    }

    /// <summary>Opens a draft once its employer is approved, and carries the employer's latest site check to it; what knows both stays as it is.</summary>
    internal async Task Publish(string id, string employer, CancellationToken cancel)
    {
        var known = (await employers.Find(employer, cancel))?.Value;
        await Change(id, employer, null, current =>
        {
            var next = current is { Draft: true } && known is not { IsHeld: true } ? Published(current) : current!;
            return next.Facts.SiteCheck == known?.SiteCheck ? next
                : next with { Version = current!.Version + 1, Facts = next.Facts with { SiteCheck = known?.SiteCheck }, ChangedAt = time.GetUtcNow() };
        }, cancel);
    }

    /// <summary>Closes a position; closing twice is closing once. Null where this employer has none by that id.</summary>
    public async Task<PositionFile?> Close(string id, string employer, CancellationToken cancel)
    {
        if (await positions.Find(id, cancel) is not { } stored || stored.Value.Employer != employer)
            return null;
        var put = await Change(id, employer, null, current => Closed(current!), cancel);
        return put.Value;
    }

    /// <summary>Closes a position whose last day has passed; one that was given another day meanwhile stays open.</summary>
    public Task CloseExpired(string id, string employer, CancellationToken cancel) =>
        Change(id, employer, null, current => current!.Facts.ClosesOn < time.Today() ? Closed(current) : current, cancel);

    private PositionFile Published(PositionFile file) =>
        file with { Version = file.Version + 1, Draft = false, Facts = file.Facts with { Closed = false, FirstPut = time.Today() }, ChangedAt = time.GetUtcNow() };

    private PositionFile Closed(PositionFile file) =>
        file with { Version = file.Version + 1, Draft = false, Facts = file.Facts with { Closed = true }, ChangedAt = time.GetUtcNow() };

    private async Task<Put<PositionFile>> Change(
        string id, string employer, long? ifMatch, Func<PositionFile?, PositionFile> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await positions.Find(id, cancel);
            if (stored is { } other && other.Value.Employer != employer)
                return new Put<PositionFile>.NotYours();
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<PositionFile>.Stale(stored?.Value);
            var next = change(stored?.Value);
            if (stored is { } same && SameSaid(same.Value, next))
            {
                // Whoever wrote it may have died before the index row, and this caller is told that it is there.
                if (!await market.Holds(id, same.Value.Version, cancel))
                    await market.Put(same.Value, cancel);
                return new Put<PositionFile>.Unchanged(same.Value);
            }
            try
            {
                await Commit(next, stored?.ETag, cancel);
                return stored is null ? new Put<PositionFile>.Created(next) : new Put<PositionFile>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<PositionFile>.Tries)
            {
            }
        }
    }

    /// <summary>Notes that somebody has signed for an opening, or takes that back; twice is once.</summary>
    internal async Task Sign(string id, string subject, bool signed, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await positions.Find(id, cancel) is not { } stored || stored.Value.SignedBy.Contains(subject) == signed)
                return;
            var by = stored.Value.SignedBy.Where(one => one != subject).Concat(signed ? [subject] : []).ToList();
            try
            {
                await Commit(stored.Value with { SignedBy = by, Facts = stored.Value.Facts with { Signed = by.Count }, Version = stored.Value.Version + 1, ChangedAt = time.GetUtcNow() }, stored.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Put<PositionFile>.Tries)
            {
            }
        }
    }

    private async Task Commit(PositionFile next, string? etag, CancellationToken cancel)
    {
        var body = new WorkItem(WorkKind.PositionChanged, next.Id, next.Version).ToBody();
        var hidden = await work.Commit(Queues.Work, body, () => positions.Save(next, etag, cancel), cancel);
        await work.Follow(hidden, async () =>
        {
            await market.Put(next, cancel);
            // The employer may have been approved between the look at it and this write, and its drafts opened without this one.
            if (next.Draft)
                await Publish(next.Id, next.Employer, cancel);
        }, cancel);
    }

    internal static PositionFile Next(PositionFile? current, PositionFile wanted, DateTimeOffset now)
    {
        var today = People.DayOf(now);
        var facts = wanted.Facts with
        {
            FirstPut = current?.Facts.FirstPut ?? today,
            Signed = current?.Facts.Signed ?? 0,
            SiteCheck = wanted.Facts.SiteCheck,
            Declines = current?.Facts.Declines ?? wanted.Facts.Declines,
        };
        var settled = current is null || current.BeforeDay == today;
        return wanted with
        {
            SignedBy = current?.SignedBy ?? [],
            Version = (current?.Version ?? 0) + 1,
            Facts = facts,
            Before = settled ? current?.Before : current!.Facts,
            BeforeDay = settled ? current?.BeforeDay : today,
            ChangedAt = now,
        };
    }

    private static bool SameSaid(PositionFile before, PositionFile after)
    {
        static string Said(PositionFile file) => Written.Of(file with { Version = 0, ChangedAt = default, Before = null, BeforeDay = null });
        return Said(before) == Said(after);
    }
}
