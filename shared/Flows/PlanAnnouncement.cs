using System.Security.Cryptography;

namespace JobMatch.Flows;

/// <summary>
/// Decides once whom a wave invites, then writes the messages page by page. It can end at any line and be run again: the
/// plan is stored before the first message, a page is there or not, and the page's queue message goes before it.
/// </summary>
public sealed class PlanAnnouncement(
    IEvents events, FindInvitees find, PreviewAudience preview, IPlans plans, WritePages pages, SendSettings settings, TimeProvider time)
{
    /// <param name="item">Kind announce: the event, the wave as version, the first page that is not written yet.</param>
    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + settings.WorkFor;
        var fair = (await events.Find(item.Ref, cancel))?.Value;
        if (fair is null || fair.Wave < item.Version)
        {
            await pages.WaitFor(item, cancel);
            return;
        }
        if (!Due(fair, item))
            return;
        if (!await pages.Begin(item, fair.Id, fair.Wave, cancel))
            return;
        var plan = await plans.Find(fair.Id, fair.Wave, cancel) ?? await Make(fair, cancel);
        if (await pages.Rest(item, plan, until, async () => await events.Find(fair.Id, cancel) is { } now && Due(now.Value, item) ? now.Value : null, cancel))
            await End(item, cancel);
    }

    // Stopped, cancelled, begun, or already announced: no page is written any more.
    private bool Due(RecruitmentEvent fair, WorkItem item) =>
        fair.Status == EventStatus.Announcing && fair.Wave == item.Version && fair.StartsAt > time.GetUtcNow();

    /// <summary>
    /// Plans of one day take turns: each is entered in its day, and who comes second plans again with what the first promises.
    /// The entry decides; the head only says so.
    /// </summary>
    private async Task<PlanHead> Make(RecruitmentEvent fair, CancellationToken cancel)
    {
        if (fair.Announcements.LastOrDefault(announcement => announcement.Wave == fair.Wave)?.Plan is { } shown)
            return await plans.Complete((await plans.Kept(shown, cancel))!.Heads.Single(head => head.Cause == fair.Id), cancel);
        var day = People.DayOf(fair.StartsAt);
        for (var attempt = 1; ; attempt++)
        {
            var before = await plans.Day(day, cancel);
            if (before?.Value.Plans.FirstOrDefault(entered => (entered.Cause, entered.Wave) == (fair.Id, fair.Wave)) is { } mine && await plans.Kept(mine.Generation, cancel) is null)
                return await plans.Complete(mine, cancel); // Whoever entered it died before its head, or is about to write it.
            var invitees = await find.Run([fair], before?.Value, fair.Budget, cancel);
            var people = invitees.InvitationsTo(fair.Id);
            var plan = new PlanHead(
                fair.Id, fair.Wave, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), WritePages.Of(people).Count, people.Count, time.GetUtcNow(), invitees.Reach, PolicyVersion: invitees.PolicyVersion);
            await preview.Write(plan, people, invitees.PromisesOf(fair.Id), cancel);
            try
            {
                await plans.Save(new(day, [.. before?.Value.Plans.Except([plan], SameWave.Is) ?? [], plan]), before?.ETag, cancel);
                return await plans.Complete(plan, cancel);
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }

    private async Task End(WorkItem item, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(item.Ref, cancel) is not { } stored || stored.Value.Status != EventStatus.Announcing || stored.Value.Wave != item.Version)
                return;
            var fair = stored.Value with { Status = EventStatus.Announced, Version = stored.Value.Version + 1, ChangedAt = time.GetUtcNow() };
            try
            {
                await events.Save(fair, stored.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }
}
