using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What became of an announcement.</summary>
public abstract record Announced
{
    private Announced() { }

    /// <summary>It is under way or done; saying it again says the same.</summary>
    public sealed record Taken(RecruitmentEvent Now) : Announced;

    public sealed record NotFound : Announced;

    /// <summary>Something has to be changed first.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Faults) : Announced;

    /// <summary>The event is over, begun, stopped or cancelled.</summary>
    public sealed record TooLate(Label Why) : Announced;
}

/// <summary>
/// Starts telling people of an event. Its plan is made by the queue, so that this answers at once; the message goes first.
/// </summary>
public sealed class AnnounceEvent(IEvents events, IWork work, TimeProvider time)
{
    /// <param name="budget">How many messages may be sent; null tells everybody. What is under way keeps its own.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Announced> Run(string id, int? budget, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(id, cancel) is not { } stored)
                return new Announced.NotFound();
            var fair = stored.Value;
            if (fair.Status == EventStatus.Announced)
                return new Announced.Taken(fair);
            if (Closed(fair) is { } why)
                return new Announced.TooLate(why);
            if (fair.Status == EventStatus.Announcing)
                return await Again(fair, cancel);
            var faults = await FaultsOf(fair, cancel);
            if (faults.Count > 0)
                return new Announced.Refused(faults);
            try
            {
                return new Announced.Taken(await Begin(stored, budget, cancel));
            }
            catch (ConflictException) when (attempt < Put<RecruitmentEvent>.Tries)
            {
            }
        }
    }

    private async Task<RecruitmentEvent> Begin(Stored<RecruitmentEvent> stored, int? budget, CancellationToken cancel)
    {
        var fair = stored.Value with
        {
            Status = EventStatus.Announcing,
            Wave = stored.Value.Wave + 1,
            Budget = budget,
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

    private Label? Closed(RecruitmentEvent fair) => fair.Status switch
    {
        EventStatus.Cancelled => new("The event was cancelled.", "活动已取消。"),
        EventStatus.Closed => new("The event is over.", "活动已结束。"),
        EventStatus.Stopped => new("Its messages were stopped.", "已停止发送通知。"),
        EventStatus.AwaitingApproval => new("It waits for a colleague's approval.", "正在等待同事审批。"),
        _ when fair.StartsAt <= time.GetUtcNow() => new("The event has begun.", "活动已经开始。"),
        _ => null,
    };

    private async Task<IReadOnlyList<FieldError>> FaultsOf(RecruitmentEvent fair, CancellationToken cancel)
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
        if ((await events.Positions(fair.Id, cancel)).Count == 0)
            faults.Add(Faults.Required("positions", "Tie at least one position to the event.", "请至少关联一个岗位。"));
        return faults;
    }
}
