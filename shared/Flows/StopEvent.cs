using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What became of a stop.</summary>
public abstract record Stopped
{
    private Stopped() { }

    /// <summary>Nobody is invited any more; saying it again says the same.</summary>
    public sealed record Taken(RecruitmentEvent Now) : Stopped;

    public sealed record NotFound : Stopped;

    public sealed record Nothing(Label Why) : Stopped;
}

/// <summary>
/// Stops an announcement for good: who has not been texted will not be; who said yes is still reminded. To hold texts for a while, channels are paused.
/// Whoever sends looks at the event before every text; here its pages are only put once more, so that those which wait for
/// another day end now.
/// </summary>
public sealed class StopEvent(IEvents events, IPlans plans, IWork work, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Stopped> Run(string id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(id, cancel) is not { } stored)
                return new Stopped.NotFound();
            if (WhyNothing(stored.Value.Status) is { } why)
                return new Stopped.Nothing(why);
            var fair = stored.Value;
            try
            {
                if (fair.Status != EventStatus.Stopped)
                {
                    fair = fair with { Status = EventStatus.Stopped, Version = fair.Version + 1, ChangedAt = time.GetUtcNow() };
                    await events.Save(fair, stored.ETag, cancel);
                }
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
                continue;
            }
            await Parallel.ForEachAsync(await plans.Pages(fair, cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
                async (page, _) => await work.Put(Queues.SendMessage, new SendItem(page.ToString()).ToBody(), TimeSpan.Zero, cancel));
            return new Stopped.Taken(fair);
        }
    }

    private static Label? WhyNothing(EventStatus status) => status switch
    {
        EventStatus.Draft => new("It has not been announced.", "活动还没有发送通知。"),
        EventStatus.Cancelled => new("The event was cancelled.", "活动已取消。"),
        EventStatus.Closed => new("The event is over.", "活动已结束。"),
        _ => null,
    };
}
