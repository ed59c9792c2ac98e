namespace JobMatch.Flows;

/// <summary>
/// Cancels an event. Nobody is invited any more; those who said yes are told by the queue, once, whose message goes first.
/// </summary>
public sealed class CancelEvent(IEvents events, IWork work, TimeProvider time)
{
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Announced> Run(string id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(id, cancel) is not { } stored)
                return new Announced.NotFound();
            var now = time.GetUtcNow();
            var body = new WorkItem(WorkKind.TellGuests, PageId.CauseOf(id, TextKind.Cancelled), 1).ToBody();
            if (stored.Value.Status == EventStatus.Cancelled)
            {
                // What ended in the poison queue is taken up again.
                if (stored.Value.TellAt is not null)
                    await work.Put(Queues.Work, body, TimeSpan.Zero, cancel);
                return new Announced.Taken(stored.Value);
            }
            if (stored.Value.Status == EventStatus.Closed || stored.Value.EndsAt <= now)
                return new Announced.TooLate(new("The event is over.", "活动已结束。"));
            var fair = stored.Value with { Status = EventStatus.Cancelled, TellAt = now, Version = stored.Value.Version + 1, ChangedAt = now };
            try
            {
                var hidden = await work.Commit(Queues.Work, body, () => events.Save(fair, stored.ETag, cancel), cancel);
                await work.Show(hidden, cancel);
                return new Announced.Taken(fair);
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }
}
