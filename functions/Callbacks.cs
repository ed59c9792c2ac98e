using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>What gateways push, and the messages that go through them.</summary>
public static class Callbacks
{
    /// <summary>The most that a callback may hold; vendors push at most 1,000 records.</summary>
    private const int MaxCallback = 256 * 1024;

    public static void MapCallbacks(this Triggers triggers)
    {
        triggers.Http("POST", "/callbacks/{gateway}/{token}/report", "callbacks.report", (HttpContext context, string gateway, ReceiveCallback flow) =>
            Receive(context, gateway, CallbackKind.Report, flow)).Describe(x => x.WithSummary("A gateway's receipts, as its vendor sends them.").Produces(200));
        triggers.Http("POST", "/callbacks/{gateway}/{token}/reply", "callbacks.reply", (HttpContext context, string gateway, ReceiveCallback flow) =>
            Receive(context, gateway, CallbackKind.Reply, flow)).Describe(x => x.WithSummary("People's replies, as the gateway's vendor sends them.").Produces(200));
        triggers.Queue(Queues.GatewayCallback, (services, body, cancel) => services.GetRequiredService<RecordCallback>().Run(CallbackKey.Parse(body), cancel));
        triggers.Queue(Queues.SendMessage, (services, body, cancel) => services.GetRequiredService<SendMessages>().Run(SendItem.Parse(body), cancel));
        triggers.Timer("remind-guests", "30 * * * * *", (services, cancel) => services.GetRequiredService<RemindEvents>().Run(cancel));
        triggers.Timer("write-digests", "15 * * * * *", (services, cancel) => services.GetRequiredService<DueDigests>().Run(cancel));
        triggers.Timer("reconcile-messages", "*/15 * * * * *", (services, cancel) => services.GetRequiredService<ReconcileMessages>().Run(cancel));
    }

    // The vendor's own answer once the body is kept, 503 while it cannot be: then the vendor pushes again.
    private static async Task<IResult> Receive(HttpContext context, string gateway, CallbackKind kind, ReceiveCallback flow)
    {
        if (await Requests.Buffered(context.Request, MaxCallback) is not { } body)
            return Requests.TooLarge(context, MaxCallback);
        try
        {
            return await flow.Run(gateway, kind, body, context.RequestAborted) is { } answer
                ? Results.Bytes(answer.Body.ToArray(), answer.ContentType)
                : Problems.NotFound(context);
        }
        catch (Azure.RequestFailedException)
        {
            return Problems.Of(context, 503, "暂时无法接收，请稍后重试。", "Cannot be taken right now; push it again.");
        }
    }
}
