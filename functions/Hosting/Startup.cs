namespace JobMatch.Functions.Hosting;

/// <summary>
/// What must be done before the first request or message is served: tables, queues, a check of the settings. It runs
/// while the program already listens, since the Functions host polls <c>GET /</c> and gives up after 30 seconds.
/// A step that fails ends the program with an exit code other than 0.
/// </summary>
/// <param name="Run">The step. It may be run again after a crash, and by several instances at once.</param>
public sealed record StartupStep(Func<IServiceProvider, CancellationToken, Task> Run);

/// <summary>Runs the steps one after another; requests, messages and timers wait for it.</summary>
public sealed class Startup(IEnumerable<StartupStep> steps, IServiceProvider services) : BackgroundService
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once every step has been done; what a readiness check asks.</summary>
    public bool IsDone => done.Task.IsCompletedSuccessfully;

    /// <summary>Ends when every step has been done.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the program ends before it has started.</exception>
    internal Task Wait(CancellationToken cancel) => done.Task.WaitAsync(cancel);

    /// <summary>True when every step has been done; false when the program ends before.</summary>
    internal async Task<bool> Succeeds(CancellationToken cancel)
    {
        await Task.WhenAny(Wait(cancel));
        return IsDone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var step in steps) await step.Run(services, stoppingToken);
            done.SetResult();
        }
        finally
        {
            done.TrySetCanceled(CancellationToken.None);
        }
    }
}

/// <summary>
/// Holds requests back until <see cref="Startup"/> is done. Under the Functions host <c>GET /</c> is answered at once, since any answer
/// tells the host that the program is there; a visitor who comes that early is asked to try again in a second. Health checks always pass.
/// </summary>
internal sealed class StartupGate(Startup startup, IConfiguration configuration) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var underFunctions = HostMode.UnderFunctions(configuration);
        app.Use((context, rest) =>
            startup.IsDone || context.Request.Path.StartsWithSegments("/health") ? rest(context)
            : underFunctions && context.Request.Path == "/" ? ComeBack(context)
            : After(context, rest));
        next(app);
    };

    private async Task After(HttpContext context, RequestDelegate rest)
    {
        await startup.Wait(context.RequestAborted);
        await rest(context);
    }

    private static Task ComeBack(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers["Refresh"] = "1";
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
