using System.Diagnostics;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// One run of a queue's or timer's handler, the same whether the Functions host or the local loop asked for it: after the start,
/// in a scope of its own, with a deadline, and with some seconds of grace when the program is told to stop.
/// </summary>
internal sealed class TriggerRuns : IDisposable
{
    /// <summary>What a handler gets after its token was cancelled; one that still goes on is abandoned, and its message comes back after its lease.</summary>
    internal static readonly TimeSpan LastBreath = TimeSpan.FromSeconds(2);

    private static readonly ActivitySource Activities = new("JobMatch.Triggers");
    private readonly IServiceScopeFactory scopes;
    private readonly Startup startup;
    private readonly HostSettings settings;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource graceOver;

    public TriggerRuns(IServiceScopeFactory scopes, Startup startup, HostSettings settings, TimeProvider time, IHostApplicationLifetime life)
    {
        (this.scopes, this.startup, this.settings, this.time) = (scopes, startup, settings, time);
        graceOver = new(Timeout.InfiniteTimeSpan, time);
        life.ApplicationStopping.Register(() => graceOver.CancelAfter(settings.StopGrace));
    }

    public Task Run(QueueTrigger trigger, string message, CancellationToken cancel) =>
        Run(trigger.Queue, (services, token) => trigger.Handler(services, message, token), cancel);

    public Task Run(TimerTrigger trigger, CancellationToken cancel) => Run(trigger.Name, trigger.Handler, cancel);

    public void Dispose() => graceOver.Dispose();

    /// <exception cref="TimeoutException">The handler went on after its token was cancelled; it may still be running.</exception>
    private async Task Run(string name, Func<IServiceProvider, CancellationToken, Task> handler, CancellationToken cancel)
    {
        await startup.Wait(cancel);
        using var deadline = new CancellationTokenSource(settings.HandlerDeadline, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token, graceOver.Token);
        var run = InScope(name, handler, end.Token);
        try
        {
            await run.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!run.IsCompleted)
        {
            // Nobody waits for an abandoned run, so somebody must look at how it ends.
            _ = run.ContinueWith(late => late.Exception, TaskScheduler.Default);
            await run.WaitAsync(LastBreath, time, CancellationToken.None);
        }
    }

    private async Task InScope(string name, Func<IServiceProvider, CancellationToken, Task> handler, CancellationToken cancel)
    {
        await Task.Yield(); // So that a handler's first, synchronous part does not hold up the poller.
        using var activity = Activities.StartActivity(name, ActivityKind.Consumer);
        await using var scope = scopes.CreateAsyncScope();
        await handler(scope.ServiceProvider, cancel);
    }
}
