using JobMatch.Adapters.Rows;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>What keeps the service going: health, and the work that queues bring.</summary>
public static class Upkeep
{
    public static void MapUpkeep(this Triggers triggers)
    {
        triggers.Http("GET", "/health/live", "health", (HttpContext context) => Answers.Json(context, "health", new HealthAnswer("live")))
            .Describe(x => x.WithSummary("Whether the program runs.").Produces<HealthAnswer>());
        triggers.Http("GET", "/health/ready", "health", Ready)
            .Describe(x => x.WithSummary("Whether it can serve.").Produces<HealthAnswer>().Produces<HealthAnswer>(503));
        triggers.Http("GET", "/sandbox/phones/{phone}", "sandbox", (HttpContext context, string phone) => ToSandbox(context, $"/phones/{Uri.EscapeDataString(phone)}"))
            .With(x => x.ExcludeFromDescription());
        triggers.Http("GET", "/sandbox/ledger", "sandbox", (HttpContext context) => ToSandbox(context, "/ledger")).With(x => x.ExcludeFromDescription());
        triggers.Queue(Queues.Work, Work);
        triggers.Queue(Queues.SendCode, (services, body, cancel) => services.GetRequiredService<SendCode>().Run(CodeDue.Parse(body), cancel));
        triggers.Timer("fold-index", "30 */15 * * * *", (services, cancel) => services.GetRequiredService<IndexFold>().Run(cancel));
        triggers.Timer("close-expired", "0 7 * * * *", (services, cancel) => services.GetRequiredService<CloseExpired>().Run(cancel));
        triggers.Timer("retention", "0 */10 * * * *", (services, cancel) => services.GetRequiredService<Retention>().Run(cancel));
        triggers.Timer("retention-nightly", "0 30 18 * * *", async (services, cancel) =>
        {
            await services.GetRequiredService<Retention>().RunNightly(cancel);
            await services.GetRequiredService<GroupTable>().Fold(cancel);
        });
    }

    private static IResult Ready(HttpContext context, Startup startup, Demo.DemoState demo) => Answers.Json(
        context, "health", new HealthAnswer(startup.IsDone ? "ready" : "starting", demo.Stage.ToString().ToLowerInvariant()), startup.IsDone ? 200 : 503);

    // In Development only; elsewhere there is no sandbox and the address is not found.
    private static IResult ToSandbox(HttpContext context, string path) =>
        context.RequestServices.GetService<LocalSandbox>() is { } sandbox ? Results.Redirect(new Uri(sandbox.Address, path).ToString()) : Problems.NotFound(context);

    private static Task Work(IServiceProvider services, string body, CancellationToken cancel)
    {
        var item = WorkItem.Parse(body);
        return item.Kind switch
        {
            WorkKind.Announce => services.GetRequiredService<PlanAnnouncement>().Run(item, cancel),
            WorkKind.TellGuests => services.GetRequiredService<TellGuests>().Run(item, cancel),
            WorkKind.Remind => services.GetRequiredService<RemindGuests>().Run(item, cancel),
            WorkKind.Digest => services.GetRequiredService<WriteDigests>().Run(item, cancel),
            WorkKind.EraseSeeker => services.GetRequiredService<EraseSeeker>().Run(item, cancel),
            WorkKind.PublishPositions => services.GetRequiredService<PublishPositions>().Run(item, cancel),
            WorkKind.CheckMessages => services.GetRequiredService<CheckMessages>().Run(item, cancel),
            _ => services.GetRequiredService<IndexChange>().Run(item, cancel),
        };
    }
}

/// <param name="Status"><c>live</c>, <c>ready</c> or <c>starting</c>.</param>
/// <param name="Demo">How far the demonstration's data is: <c>none</c>, <c>loading</c> or <c>done</c>.</param>
public sealed record HealthAnswer(string Status, string? Demo = null);
