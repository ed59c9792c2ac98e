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
