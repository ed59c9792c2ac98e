namespace JobMatch.Functions.Hosting;

/// <summary>Fires timers where no Functions host does. Schedules are in UTC, a failed run waits for the next tick, and no timer overlaps itself.</summary>
internal sealed class TimerLoop(Triggers triggers, TriggerRuns runs, Startup startup, TimeProvider time, ILogger<TimerLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await startup.Succeeds(stoppingToken)) await Task.WhenAll(triggers.TimerTriggers.Select(trigger => Follow(trigger, stoppingToken)));
    }

    private async Task Follow(TimerTrigger trigger, CancellationToken stop)
    {
        while (true)
        {
            await Until(trigger.Times.GetNextOccurrence(time.GetUtcNow().UtcDateTime), stop);
            await Fire(trigger);
        }
    }

    // A delay may end a little early by the wall clock, and takes 49 days at most.
    private async Task Until(DateTime due, CancellationToken stop)
    {
        while (due - time.GetUtcNow().UtcDateTime is { Ticks: > 0 } wait)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 1, 86_400_000)), time, stop);
    }

    private async Task Fire(TimerTrigger trigger)
    {
        try
        {
            await runs.Run(trigger, CancellationToken.None);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Timer} failed; it waits for its next tick.", trigger.Name);
        }
    }
}
