namespace JobMatch.Flows;

/// <summary>
/// Closes what has expired: positions past their last day, events that have ended. The rules say so by themselves on the day; this
/// says it to everybody else, and takes the positions out of the index. Safe to run twice at once: of two that close the same,
/// one wins, and the other finds it closed.
/// </summary>
public sealed class CloseExpired(IMarket market, PutPosition positions, IEvents events, TimeProvider time)
{
    // A run is short: what is left, the next one closes.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1.5);

    public async Task Run(CancellationToken cancel)
    {
        await ClosePositions(time.Today(), cancel);
        await CloseEvents(time.GetUtcNow(), cancel);
    }

    private async Task ClosePositions(DateOnly today, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var view = await market.View(cancel);
        var columns = view.Shards.Positions(today);
        for (var row = 0; row < columns.Rows && time.GetElapsedTime(started) < AtMost; row++)
            if (columns.IsLive(row) && !columns.IsOpen(row) && view.Positions.TryGetValue(columns.IdAt(row), out var position) && position.Read().ClosesOn < today)
                await positions.CloseExpired(position.Id, position.Employer, cancel);
    }

    private async Task CloseEvents(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var listed in await events.All(cancel))
            if (IsOver(listed, now) && await events.Find(listed.Id, cancel) is { } stored && IsOver(stored.Value, now))
                try
                {
                    await events.Save(stored.Value with { Status = EventStatus.Closed, Version = stored.Value.Version + 1, ChangedAt = now }, stored.ETag, cancel);
                }
                catch (ConflictException)
                {
                    // Somebody changed it meanwhile, or closed it: the next run looks again.
                }
    }

    private static bool IsOver(RecruitmentEvent fair, DateTimeOffset now) =>
        fair.EndsAt < now && fair.Status is not (EventStatus.Closed or EventStatus.Cancelled);
}
