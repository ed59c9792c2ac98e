using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace JobMatch.Functions;

/// <summary>What gateways push, and the messages that go through them.</summary>
public static class Callbacks
{
    /// <summary>The most that a callback may hold: vendors push at most 1,000 records, of some 350 bytes with our id in them.</summary>
    private const int MaxCallback = 512 * 1024;

    public static void MapCallbacks(this Triggers triggers)
    {
        foreach (var (kind, path, summary) in ((CallbackKind, string, string)[])
            [
                (CallbackKind.Report, "report", "A gateway's receipts, as its vendor sends them."),
                (CallbackKind.Reply, "reply", "People's replies, as the gateway's vendor sends them."),
            ])
        {
            triggers.Http("POST", $"/callbacks/{{gateway}}/{{token}}/{path}", $"callbacks.{path}", (HttpContext context, string gateway, ReceiveCallback flow, Settings settings) =>
                Receive(context, gateway, kind, flow, settings)).Describe(x => x.WithSummary(summary).Produces(200));
            triggers.Http("OPTIONS", $"/callbacks/{{gateway}}/{{token}}/{path}", $"callbacks.{path}", (HttpContext context, string gateway) =>
                Allow(context)).Describe(x => x.WithSummary("Whether events may be pushed here (CloudEvents' abuse protection).").Produces(200));
        }
        triggers.Queue(Queues.GatewayCallback, (services, body, cancel) => services.GetRequiredService<RecordCallback>().Run(CallbackKey.Parse(body), cancel));
        triggers.Queue(Queues.SendMessage, (services, body, cancel) => services.GetRequiredService<SendMessages>().Run(SendItem.Parse(body), cancel));
        triggers.Timer("remind-guests", "30 * * * * *", (services, cancel) => services.GetRequiredService<RemindEvents>().Run(cancel));
        triggers.Timer("write-digests", "15 * * * * *", (services, cancel) => services.GetRequiredService<DueDigests>().Run(cancel));
        triggers.Timer("reconcile-messages", "*/15 * * * * *", (services, cancel) => services.GetRequiredService<ReconcileMessages>().Run(cancel));
    }

    // The vendor's own answer once the body is kept, 503 while it cannot be: then the vendor pushes again.
    private static async Task<IResult> Receive(HttpContext context, string gateway, CallbackKind kind, ReceiveCallback flow, Settings settings)
    {
        if (await Requests.Buffered(context.Request, MaxCallback) is not { } body)
            return Requests.TooLarge(context, MaxCallback);
        try
        {
            return await flow.Run(gateway, kind, new(UrlOf(context, settings), name => Header(context, name), body), context.RequestAborted) is { } answer
                ? Results.Bytes(answer.Body.ToArray(), answer.ContentType)
                : Problems.NotFound(context);
        }
        catch (Azure.RequestFailedException)
        {
            return Problems.Of(context, 503, "暂时无法接收，请稍后重试。", "Cannot be taken right now; push it again.");
        }
    }

    // Whoever has the token may ask; Event Grid does before it pushes CloudEvents.
    private static IResult Allow(HttpContext context)
    {
        if (Header(context, "WebHook-Request-Origin") is { } origin)
        {
            context.Response.Headers["WebHook-Allowed-Origin"] = origin;
            context.Response.Headers["WebHook-Allowed-Rate"] = "*";
        }
        return Results.Ok();
    }

    // The address as the vendor called it: proxies in between see another.
    private static string UrlOf(HttpContext context, Settings settings) =>
        (settings.PublicBaseUrl is { Length: > 0 } known ? known.TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host}") + context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static string? Header(HttpContext context, string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
