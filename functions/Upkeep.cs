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
        triggers.Queue(Queues.Work, Work);
    }

    private static IResult Ready(HttpContext context, Demo.DemoState demo) =>
        Answers.Json(context, "health", new { status = "ready", demo = demo.Stage.ToString().ToLowerInvariant() });

    private static Task Work(IServiceProvider services, string body, CancellationToken cancel)
    {
        var item = WorkItem.Parse(body);
        return services.GetRequiredService<IndexChange>().Run(item, cancel);
    }
}
