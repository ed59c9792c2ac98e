using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff see whether texts go out, hold them and let them go on.</summary>
public static class SendingPages
{
    private const string Path = "/staff/messages";

    public static void MapSendingPages(this Triggers triggers)
    {
        triggers.Page("GET", Path, "pages.staff", async (HttpContext context, ReadSending flow, TimeProvider time, CancellationToken cancel) =>
            Show.Page<SendingPage, SendingModel>(context, new(await flow.Run(cancel), time.GetUtcNow())));
        triggers.Page("POST", "/staff/messages/pause", "pages.staff.hold", (HttpContext context, IChannels channels, SmsGateways gateways, TimeProvider time) =>
            Change(context, gateways, channel => channels.Pause(new(channel, ChannelPause.ByStaff, time.GetUtcNow()), context.RequestAborted))).Audited(AuditAct.SendingPaused, "channel");
        triggers.Page("POST", "/staff/messages/resume", "pages.staff.hold", (HttpContext context, IChannels channels, SmsGateways gateways) =>
            Change(context, gateways, channel => channels.Resume(channel, context.RequestAborted))).Audited(AuditAct.SendingResumed, "channel");
        triggers.Page("POST", "/staff/messages/redrive", "pages.staff.operate", async (HttpContext context, IQueueLines queues) =>
        {
            await queues.Redrive((await Form.Posted(context)).Value("queue"), Sending.MostRedriven, context.RequestAborted);
            return Show.Next(Path);
        }).Audited(AuditAct.QueueRedriven, "queue");
    }

    private static async Task<IResult> Change(HttpContext context, SmsGateways gateways, Func<string, Task> change)
    {
        var channel = (await Form.Posted(context)).Value("channel");
        if (channel == ChannelStates.All || gateways.Find(channel) is not null)
            await change(channel);
        return Show.Next(Path);
    }
}

/// <param name="Now">Against which the oldest unsent text is old.</param>
public sealed record SendingModel(SendingNow Sending, DateTimeOffset Now);
