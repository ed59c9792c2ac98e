using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>What keeps the service going: health, and the work that queues bring.</summary>
public static class Upkeep
{
    public static void MapUpkeep(this Triggers triggers)
    {
        triggers.Http("GET", "/health/live", "health", (HttpContext context) => Answers.Json(context, "health", new { status = "live" }));
        triggers.Http("GET", "/health/ready", "health", Ready);
        triggers.Http("GET", "/sandbox/phones/{phone}", "sandbox", (HttpContext context, string phone) => ToSandbox(context, $"/phones/{Uri.EscapeDataString(phone)}"))
            .With(x => x.ExcludeFromDescription());
        triggers.Http("GET", "/sandbox/ledger", "sandbox", (HttpContext context) => ToSandbox(context, "/ledger")).With(x => x.ExcludeFromDescription());
        triggers.Queue(Queues.Work, Work);
        triggers.Queue(Queues.SendCode, (services, body, cancel) => services.GetRequiredService<SendCode>().Run(CodeDue.Parse(body), cancel));
    }

    private static IResult Ready(HttpContext context, Demo.DemoState demo) =>
        Answers.Json(context, "health", new { status = "ready", demo = demo.Stage.ToString().ToLowerInvariant() });

    // In Development only; elsewhere there is no sandbox and the address is not found.
    private static IResult ToSandbox(HttpContext context, string path) =>
        context.RequestServices.GetService<LocalSandbox>() is { } sandbox ? Results.Redirect(new Uri(sandbox.Address, path).ToString()) : Problems.NotFound(context);

    private static Task Work(IServiceProvider services, string body, CancellationToken cancel)
    {
        var item = WorkItem.Parse(body);
        return services.GetRequiredService<IndexChange>().Run(item, cancel);
    }
}
