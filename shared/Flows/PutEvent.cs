namespace JobMatch.Flows;

/// <summary>
/// Writes a recruitment event, and ties positions to it. What is changed after people were told is told, once it has settled,
/// to those who said yes.
/// </summary>
public sealed class PutEvent(IEvents events, IPositions positions, IWork work, SendSettings settings, TimeProvider time)
{
    /// <param name="wanted">What the caller says; status, wave, version and times are kept or filled in here.</param>
    /// <param name="ifMatch">The version that the caller read; null = whichever stands.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<RecruitmentEvent>> Run(RecruitmentEvent wanted, long? ifMatch, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await events.Find(wanted.Id, cancel);
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<RecruitmentEvent>.Stale(stored?.Value);
            var next = wanted with
            {
                Version = (stored?.Value.Version ?? 0) + 1,
                Status = stored?.Value.Status ?? EventStatus.Draft,
                Wave = stored?.Value.Wave ?? 0,
                Budget = stored?.Value.Budget,
                Announcements = stored?.Value.Announcements ?? [],
                Told = stored?.Value.Told,
                Changes = stored?.Value.Changes ?? 0,
                TellAt = stored?.Value.TellAt,
                ChangedAt = time.GetUtcNow(),
            };
            if (stored is { } same && SameSaid(same.Value, next))
                return new Put<RecruitmentEvent>.Unchanged(same.Value);
            try
            {
                if (stored is { } before && IsNews(before.Value, next))
                    await work.Tell(events, next = next with
                    {
                        Told = before.Value.Told ?? EventFacts.Of(before.Value),
                        TellAt = time.GetUtcNow() + settings.ChangesSettle,
                        Changes = next.Changes + 1,
                    }, before.ETag, cancel);
                else
                    await events.Save(next, stored?.ETag, cancel);
                return stored is null ? new Put<RecruitmentEvent>.Created(next) : new Put<RecruitmentEvent>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }

    /// <summary>Ties a position to an event, or takes it off; twice is once.</summary>
    /// <param name="employer">Whose position it must be, at an event open to employers; null = staff.</param>
    /// <returns>False where this caller has no such event or position.</returns>
    public async Task<bool> Tie(string id, string position, string? employer, bool tied, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } there || await positions.Find(position, cancel) is not { } stored)
            return false;
        if (employer is not null && (stored.Value.Employer != employer || !there.Value.OpenToEmployers))
            return false;
        await (tied ? events.Tie(id, position, cancel) : events.Untie(id, position, cancel));
        return true;
    }

    // What has not been told yet takes this along.
    private bool IsNews(RecruitmentEvent before, RecruitmentEvent next) =>
        before.TellAt is null && before.IsAhead(time.GetUtcNow()) && (before.Told ?? EventFacts.Of(before)).To(EventFacts.Of(next)) != EventNews.None;

    private static bool SameSaid(RecruitmentEvent before, RecruitmentEvent after) =>
        Written.Of(before with { Version = 0, ChangedAt = default }) == Written.Of(after with { Version = 0, ChangedAt = default });
}
