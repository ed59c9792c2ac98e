using System.Text.Json;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// The custom-handler contract: the Functions host POSTs each queue message and each tick to <c>/{FunctionName}</c>.
/// A 2xx without a JSON object would leave the host waiting until its time-out, so success is always such an object.
/// </summary>
internal static class InvocationEndpoints
{
    private static readonly object Done = new { Outputs = new { }, Logs = Array.Empty<string>(), ReturnValue = (object?)null };
    private static readonly JsonSerializerOptions Json = new(); // Member names as the contract writes them.

    public static void Map(IEndpointRouteBuilder app, Triggers triggers)
    {
        foreach (var trigger in triggers.QueueTriggers)
            Map(app, trigger.Queue, body => Invocation.OfQueue(body) is { } call ? (call, (runs, cancel) => runs.Run(trigger, call.Text, cancel)) : null);
        foreach (var trigger in triggers.TimerTriggers)
            Map(app, trigger.Name, body => Invocation.OfTimer(body) is { } call ? (call, (runs, cancel) => runs.Run(trigger, cancel)) : null);
    }

    private delegate (Invocation Call, Func<TriggerRuns, CancellationToken, Task> Run)? Reader(JsonElement body);

    private static void Map(IEndpointRouteBuilder app, string function, Reader read) =>
        app.MapPost("/" + function, (HttpContext context, TriggerRuns runs, ILogger<TriggerRuns> log) => Answer(context, runs, log, function, read))
            .WithMetadata(new HostInvocation(function))
            .ExcludeFromDescription();

    private static async Task<IResult> Answer(HttpContext context, TriggerRuns runs, ILogger log, string function, Reader read)
    {
        if (await Read(context, read) is not var (call, run))
        {
            // The body may hold anything: neither it nor the parser's words about it belong in a log or an answer.
            log.LogError("The Functions host called {Function} with a body that is not its contract.", function);
            return Results.Problem("The body is not an invocation of this function: {\"Data\":{…},\"Metadata\":{…}}.", title: "Malformed invocation", statusCode: 400);
        }

        try
        {
            await run(runs, context.RequestAborted);
            return Results.Json(Done, Json);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Function} failed on try {Try}.", function, call.DequeueCount);
            return Results.Problem("The handler failed; the service's log says why.", title: "Failed", statusCode: 500);
        }
    }

    private static async Task<(Invocation, Func<TriggerRuns, CancellationToken, Task>)?> Read(HttpContext context, Reader read)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return read(body.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
