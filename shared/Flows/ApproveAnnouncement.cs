namespace JobMatch.Flows;

/// <summary>Lets an announcement to many people go on: a second member of staff has looked at it.</summary>
public sealed class ApproveAnnouncement(IEvents events, AnnounceEvent announce, TimeProvider time)
{
    /// <param name="by">The member of staff who approves, by a name-less id; never the one who asked.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Announced> Run(string id, string by, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(id, cancel) is not { } stored)
                return new Announced.NotFound();
            var fair = stored.Value;
            if (fair.Status is EventStatus.Announcing or EventStatus.Announced && fair.Announcements is [.., { ApprovedBy: not null }])
                return new Announced.Taken(fair);
            if (fair.WhyTooLate(time.GetUtcNow()) is { } why)
                return new Announced.TooLate(why);
            if (fair.Status != EventStatus.AwaitingApproval)
                return new Announced.TooLate(new("Nothing waits for approval.", "没有等待审批的通知。"));
            var asked = fair.Announcements[^1];
            if (asked.AskedBy == by)
                return new Announced.OwnAsking();
            try
            {
                return new Announced.Taken(await announce.Begin(
                    stored with { Value = fair with { Announcements = [.. fair.Announcements.SkipLast(1), asked with { ApprovedBy = by, ApprovedAt = time.GetUtcNow() }] } }, cancel));
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }
}
