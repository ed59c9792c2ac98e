using System.Security.Cryptography;

namespace JobMatch.Flows;

/// <summary>
/// Tells those who said yes to an event what is new about it, or that it is cancelled. Like an announcement: the plan is
/// stored before the first message, pages are there or not, and it can end at any line and be run again.
/// </summary>
public sealed class TellGuests(IEvents events, IGuests guests, IPlans plans, WritePages pages, IWork work, SendSettings settings, TimeProvider time)
{
    /// <param name="item">Kind tellGuests: the cause, its wave as version, the first page that is not written yet.</param>
    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        var (about, until) = (new PageId(item.Ref, (int)item.Version, 0), time.GetUtcNow() + settings.WorkFor);
        var fair = (await events.Find(about.Event!, cancel))?.Value;
        if (fair is null || !HasCome(fair, about))
        {
            await pages.WaitFor(item, cancel);
            return;
        }
        if (!IsDue(fair, about))
            return;
        if (fair.TellAt > time.GetUtcNow())
        {
            await work.Put(Queues.Work, (item with { Waited = 0 }).ToBody(), fair.TellAt.Value - time.GetUtcNow(), cancel);
            return;
        }
        if (!await pages.Begin(item, about.Cause, about.Wave, cancel))
            return;
        var plan = await plans.Find(about.Cause, about.Wave, cancel) ?? await Make(fair, about, cancel);
        if (await pages.Rest(item, plan, until, () => Task.FromResult<RecruitmentEvent?>(fair), cancel))
            await End(about, plan, cancel);
    }

    private static bool HasCome(RecruitmentEvent fair, PageId about) =>
        about.Kind == TextKind.Cancelled ? fair.Status == EventStatus.Cancelled : fair.Changes >= about.Wave;

    private bool IsDue(RecruitmentEvent fair, PageId about) =>
        fair.TellAt is not null && (about.Kind == TextKind.Cancelled || fair.Changes == about.Wave && fair.IsAhead(time.GetUtcNow()));

    private async Task<PlanHead> Make(RecruitmentEvent fair, PageId about, CancellationToken cancel)
    {
        var now = EventFacts.Of(fair);
        var news = about.Kind == TextKind.Cancelled ? EventNews.None : (fair.Told ?? now).To(now);
        // What was changed and changed back is no news.
        var told = about.Kind == TextKind.Changed && news == EventNews.None ? [] : (await guests.Of(fair.Id, cancel)).Where(guest => guest.Answer == GuestAnswer.Coming);
        var people = WritePages.Of(told.Select(guest => new Invitation(guest.Subject, [])));
        var plan = new PlanHead(
            about.Cause, about.Wave, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), people.Count, people.Sum(page => page.Length), time.GetUtcNow(), News: news, Tells: now);
        foreach (var (page, i) in people.Select((page, i) => (page, i)))
            await plans.Add(plan, i, page, cancel);
        return await plans.Complete(plan, cancel);
    }

    /// <summary>Those who said yes know it now. What was changed while they were told is the next wave's news.</summary>
    private async Task End(PageId about, PlanHead plan, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(about.Event!, cancel) is not { } stored || !IsDue(stored.Value, about))
                return;
            var now = time.GetUtcNow();
            var fair = stored.Value with { Told = plan.Tells, TellAt = null, Version = stored.Value.Version + 1, ChangedAt = now };
            var more = about.Kind == TextKind.Changed && plan.Tells!.To(EventFacts.Of(fair)) != EventNews.None;
            try
            {
                if (more)
                    await work.Tell(events, fair with { TellAt = now + settings.ChangesSettle, Changes = fair.Changes + 1 }, stored.ETag, cancel);
                else
                    await events.Save(fair, stored.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }
}

internal static class ChangesOfEvents
{
    /// <summary>
    /// Saves an event whose change those who said yes are to be told. The message goes first and is not shown: it appears by
    /// itself, and waits for the moment that the event names.
    /// </summary>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    public static Task Tell(this IWork work, IEvents events, RecruitmentEvent fair, string etag, CancellationToken cancel) => work.Commit(
        Queues.Work, new WorkItem(WorkKind.TellGuests, PageId.CauseOf(fair.Id, TextKind.Changed), fair.Changes).ToBody(), () => events.Save(fair, etag, cancel), cancel);
}
