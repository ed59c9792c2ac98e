using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What became of an announcement, of its approval, or of a cancellation.</summary>
public abstract record Announced
{
    private Announced() { }

    /// <summary>It is under way, done, or waits for approval; saying it again says the same.</summary>
    public sealed record Taken(RecruitmentEvent Now) : Announced;

    public sealed record NotFound : Announced;

    /// <summary>Something has to be changed first.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Faults) : Announced;

    /// <summary>The event is over, begun, stopped or cancelled, or nobody asked for what is to be approved.</summary>
    public sealed record TooLate(Label Why) : Announced;

    /// <summary>Whoever asked for an announcement cannot approve it.</summary>
    public sealed record OwnAsking : Announced;
}

/// <summary>
/// Starts telling people of an event, where they are not too many for one member of staff to decide. Its plan is made by the
/// queue; the message goes first. Said again after other positions were tied to an announced event, it makes a second wave to
/// people who have not been told of it.
/// </summary>
public sealed class AnnounceEvent(IEvents events, PreviewAudience preview, IWork work, SendSettings settings, TimeProvider time)
{
    /// <param name="budget">How many messages may be sent; null tells everybody. What is under way keeps its own.</param>
    /// <param name="by">The member of staff who asks, by a name-less id.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public Task<Announced> Run(string id, int? budget, string by, CancellationToken cancel) => Run(id, budget, null, by, cancel);

    /// <param name="shown">What was shown and is entered in its day; null = a plan is made when it begins.</param>
    /// <inheritdoc cref="Run(string, int?, string, CancellationToken)"/>
    internal async Task<Announced> Run(string id, int? budget, KeptPlan? shown, string by, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(id, cancel) is not { } stored)
                return new Announced.NotFound();
            var fair = stored.Value;
            var tied = await events.Positions(id, cancel);
            if (shown is not null && fair.Announcements.Any(announcement => announcement.Plan == shown.Id))
                return fair.Status == EventStatus.Announcing ? await Again(fair, cancel) : new Announced.Taken(fair);
            if (fair.Status == EventStatus.Announced && !fair.HasOther(tied))
                return new Announced.Taken(fair);
            if (fair.WhyTooLate(time.GetUtcNow()) is { } why)
                return new Announced.TooLate(why);
            if (fair.Status == EventStatus.AwaitingApproval)
                return new Announced.Taken(fair);
            if (fair.Status == EventStatus.Announcing)
                return await Again(fair, cancel);
            var faults = fair.FaultsWith(tied.Count);
            if (faults.Count > 0)
                return new Announced.Refused(faults);
            try
            {
                return new Announced.Taken(await Ask(stored, Announcement.TiesOf(tied), budget, shown, by, cancel));
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }

    private async Task<RecruitmentEvent> Ask(Stored<RecruitmentEvent> stored, string ties, int? budget, KeptPlan? shown, string by, CancellationToken cancel)
    {
        var people = shown?.Reached ?? (await preview.Run(stored.Value.Id, budget, cancel))!.Reached;
        var asked = stored with
        {
            Value = stored.Value with
            {
                Budget = budget,
                Announcements = [.. stored.Value.Announcements, new(stored.Value.Wave + 1, people, ties, by, time.GetUtcNow(), Plan: shown?.Id)],
            },
        };
        if (people <= settings.ApproveAbove)
            return await Begin(asked, cancel);
        var waiting = asked.Value with { Status = EventStatus.AwaitingApproval, Version = stored.Value.Version + 1, ChangedAt = time.GetUtcNow() };
        await events.Save(waiting, stored.ETag, cancel);
        return waiting;
    }

    /// <summary>Begins the wave that was asked for last.</summary>
    internal async Task<RecruitmentEvent> Begin(Stored<RecruitmentEvent> stored, CancellationToken cancel)
    {
        var fair = stored.Value with
        {
            Status = EventStatus.Announcing,
            Wave = stored.Value.Wave + 1,
            Version = stored.Value.Version + 1,
            ChangedAt = time.GetUtcNow(),
        };
        var hidden = await work.Commit(Queues.Work, Body(fair), () => events.Save(fair, stored.ETag, cancel), cancel);
        await work.Show(hidden, cancel);
        return fair;
    }

    // A plan that ended in the poison queue is taken up again; one that runs meets its own pages and changes nothing.
    private async Task<Announced> Again(RecruitmentEvent fair, CancellationToken cancel)
    {
        await work.Put(Queues.Work, Body(fair), TimeSpan.Zero, cancel);
        return new Announced.Taken(fair);
    }

    private static string Body(RecruitmentEvent fair) => new WorkItem(WorkKind.Announce, fair.Id, fair.Wave).ToBody();

}

internal static class Announcing
{
    /// <summary>Whether a wave of it can begin now: the first, or one for late positions.</summary>
    public static bool CanBegin(this RecruitmentEvent fair, IReadOnlyList<string> tied, DateTimeOffset now) =>
        (fair.Status == EventStatus.Draft || (fair.Status == EventStatus.Announced && fair.HasOther(tied))) && fair.WhyTooLate(now) is null && fair.FaultsWith(tied.Count).Count == 0;

    /// <summary>What has to be changed before people can be told of it.</summary>
    /// <param name="positions">How many are tied to it.</param>
    public static List<FieldError> FaultsWith(this RecruitmentEvent fair, int positions)
    {
        List<FieldError> faults = [];
        if (fair.Online is null && fair.District is null)
            faults.Add(Faults.Required("district", "Say in which district it is, or where it is joined online.", "请填写所在区县，或线上参加的方式。"));
        if (Outs.Names(fair.ShortTitle ?? fair.Title))
            faults.Add(Faults.OutsText(fair.ShortTitle is null ? "title" : "shortTitle",
                "A text with this name would tell others about its reader. Give a shortTitle without such words.",
                "短信中出现这个名称会透露收信人的情况。请填写不含这类词的短标题（shortTitle）。"));
        if (Outs.Names(fair.Address))
            faults.Add(Faults.OutsText("address",
                "A text with this address would tell others about its reader. Describe the place without such words.",
                "短信中出现这个地址会透露收信人的情况。请换一种写法。"));
        if (positions == 0)
            faults.Add(Faults.Required("positions", "Tie at least one position to the event.", "请至少关联一个岗位。"));
        return faults;
    }

    /// <summary>Why people are not told of an event any more; null = they may be.</summary>
    public static Label? WhyTooLate(this RecruitmentEvent fair, DateTimeOffset now) => fair.Status switch
    {
        EventStatus.Cancelled => new("The event was cancelled.", "活动已取消。"),
        EventStatus.Closed => new("The event is over.", "活动已结束。"),
        EventStatus.Stopped => new("Its messages were stopped.", "已停止发送通知。"),
        _ when fair.StartsAt <= now => new("The event has begun.", "活动已经开始。"),
        _ => null,
    };
}
