using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;
using Reasons = JobMatch.Flows.Reasons;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff begin: the day's work in one look, what waits for approval, and what became of single texts.</summary>
public static class TodayPages
{
    public static void MapTodayPages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff", "pages.staff", async (HttpContext context, ReadToday flow, RegisterEmployer employers, TimeProvider time, CancellationToken cancel) =>
            Show.Page<TodayPage, TodayModel>(context, new(await flow.Run(cancel), (await employers.Awaiting(cancel)).Count, context.Caller().StaffId!, time.GetUtcNow())));
        triggers.Page("GET", "/staff/approvals", "pages.staff", async (HttpContext context, IEvents events, RegisterEmployer employers, PublishWeights weights, CancellationToken cancel) =>
            Show.Page<ApprovalsPage, ApprovalsModel>(context, new(
                [.. (await events.All(cancel)).Where(fair => fair.Status == EventStatus.AwaitingApproval)], (await employers.Awaiting(cancel)).Count, context.Caller().StaffId!, (await weights.All(cancel)).Any(change => change.DecidedBy is null))));
        triggers.Page("GET", "/staff/events/{id}/fairness", "pages.staff", async (HttpContext context, string id, ReadFairness flow, CancellationToken cancel) =>
            await flow.Run(id, null, cancel) is { } found ? Show.Page<FairnessPage, Fairness>(context, found.AtLeast(Fairness.FewestInStatistics)) : Show.NotFound(context));
        triggers.Page("GET", "/staff/events/{id}/messages", "pages.staff", Messages);
        triggers.Page("GET", "/staff/messages/{id}", "pages.staff", async (HttpContext context, string id, OneMessage flow, CancellationToken cancel) =>
            await flow.Run(id, cancel) is { } story ? Show.Page<OneTextPage, MessageStory>(context, story) : Show.NotFound(context));
    }

    private static async Task<IResult> Messages(HttpContext context, string id, string? state, string? from, IEvents events, MessagesOfEvent flow, CancellationToken cancel)
    {
        MessageState? wanted = Enum.TryParse<MessageState>(state, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : null;
        return await events.Find(id, cancel) is { } fair && await flow.Run(id, wanted, from, cancel) is { } lines
            ? Show.Page<EventTextsPage, EventTextsModel>(context, new(Form.Empty.With("state", wanted?.ToString() ?? ""), fair.Value, lines))
            : Show.NotFound(context);
    }
}

/// <param name="Employers">How many wait to be approved.</param>
/// <param name="Who">Who is signed in, by a name-less id.</param>
/// <param name="Now">Against which what waits is old.</param>
public sealed record TodayModel(WorkToday Work, int Employers, string Who, DateTimeOffset Now);

/// <param name="Employers">How many wait to be approved.</param>
/// <param name="Who">Who is signed in: nobody approves what they asked for themselves.</param>
/// <param name="Weights">Whether other weights of the score wait.</param>
public sealed record ApprovalsModel(IReadOnlyList<RecruitmentEvent> Waiting, int Employers, string Who, bool Weights);

public sealed record EventTextsModel(Form Form, RecruitmentEvent Fair, MessageLines Lines);

/// <summary>What messages' states and reasons are called on pages.</summary>
internal static class MessageWords
{
    public static Label LabelOf(MessageState state) => state switch
    {
        MessageState.Created => new("Waiting", "待发送"),
        MessageState.Sending => new("Being sent", "发送中"),
        MessageState.Unknown => new("Unknown", "不明"),
        MessageState.Accepted => new("Taken by the gateway", "通道已接收"),
        MessageState.Expired => new("Expired", "过期"),
        MessageState.Failed => new("Failed", "失败"),
        _ => new("Delivered", "已送达"),
    };

    /// <summary>Ours in words; a vendor's code as it came.</summary>
    public static Label LabelOf(string reason) => reason switch
    {
        Reasons.DeadlinePassed => new("its deadline had passed", "已过时限"),
        Reasons.EventCancelled => new("the event was cancelled", "活动已取消"),
        Reasons.EventStopped => new("the announcement was stopped", "已停止发送"),
        Reasons.EventFull => new("the event is full", "活动名额已满"),
        Reasons.PositionsClosed => new("its positions were closed", "岗位已关闭"),
        Reasons.PositionsDeclined => new("the person declined its positions", "本人不要这些岗位"),
        Reasons.QuietHours => new("it would have come in quiet hours", "落在免打扰时段"),
        Reasons.NoConsent => new("no consent to texts", "没有同意短信"),
        Reasons.OptedOut => new("the person had stopped texts", "本人已退订"),
        Reasons.Erased => new("the person was erased", "本人已删除"),
        Reasons.NoPhone => new("no phone", "没有手机号"),
        Reasons.Capped => new("the day's texts were used up", "当天短信已达上限"),
        Reasons.NotComing => new("the person does not come", "本人不来"),
        Reasons.NothingToSay => new("there was nothing to say", "没有可发的内容"),
        Reasons.OutsText => new("its words would have told of the reader", "内容会透露收信人的情况"),
        _ => new(reason, reason),
    };
}
