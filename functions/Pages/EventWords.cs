using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What events' kinds and states are called on pages.</summary>
internal static class EventWords
{
    public static Label LabelOf(EventKind kind) => kind switch
    {
        EventKind.JobFair => new("Job fair", "现场招聘会"),
        EventKind.OnlineFair => new("Online job fair", "线上招聘会"),
        EventKind.LivestreamFair => new("Livestream job fair", "直播招聘"),
        _ => new("Meeting of employers and services", "资源对接会"),
    };

    /// <summary>The whole funnel as rows of numbers.</summary>
    public static IReadOnlyList<(string Name, int Number)> FunnelRows(FunnelCounts x, Func<string, string, string> say) =>
    [
        (say("已通知", "Invited"), x.Invited), (say("已送达", "Delivered"), x.Delivered), (say("失败", "Failed"), x.Failed), (say("不明", "Unknown"), x.Unknown), (say("过期", "Expired"), x.Expired),
        (say("有回复", "Replied"), x.Replied), (say("会来", "Coming"), x.Coming), (say("不来", "Not coming"), x.NotComing), (say("已报名", "Registered"), x.Registered), (say("已到场", "Has come"), x.Attended),
        (say("已投递", "Applied"), x.Applied), (say("已面试", "Interviewed"), x.Interviewed), (say("达成意向", "Intention"), x.Intention), (say("已录用", "Offered"), x.Offered),
        (say("已签约", "Signed"), x.Signed), (say("已上岗", "Started work"), x.Started), (say("已结束", "Closed"), x.Closed),
    ];

    public static Label LabelOf(EventStatus status) => status switch
    {
        EventStatus.Draft => new("Draft", "草稿"),
        EventStatus.AwaitingApproval => new("Waits for approval", "等待审批"),
        EventStatus.Announcing => new("Being announced", "正在通知"),
        EventStatus.Announced => new("Announced", "已通知"),
        EventStatus.Stopped => new("Stopped", "已停止"),
        EventStatus.Cancelled => new("Cancelled", "已取消"),
        _ => new("Over", "已结束"),
    };
}
