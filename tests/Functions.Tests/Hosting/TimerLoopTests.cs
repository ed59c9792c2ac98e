using System.Collections.Concurrent;
using JobMatch.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace JobMatch.Functions.Tests.Hosting;

public sealed class TimerLoopTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 7, 58, 30, TimeSpan.Zero);
    private readonly HandClock clock = new(Start);
    private readonly ConcurrentQueue<DateTimeOffset> ticks = new();

    [Fact]
    public async Task A_timer_fires_at_its_times_in_UTC_and_a_failed_run_waits_for_the_next()
    {
        await using var running = await Fire("0 0 8,9 * * *", _ => throw new InvalidOperationException("no luck"));

        await clock.MoveTo(new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        await clock.MoveTo(new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        await QueueRulesTests.Until(() => Task.FromResult(ticks.Count == 2));

        Assert.Equal([8, 9], ticks.Select(tick => tick.Hour));
        Assert.Contains("sweep failed", running.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_does_not_overlap_itself_and_skips_what_it_has_missed()
    {
        var slow = new TaskCompletionSource();
        await using var running = await Fire("0 * * * * *", _ => slow.Task);

        await clock.MoveTo(new(2026, 11, 24, 7, 59, 0, TimeSpan.Zero));
        await QueueRulesTests.Until(() => Task.FromResult(ticks.Count == 1));
        clock.Jump(new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        slow.SetResult();
        await clock.MoveTo(new(2026, 11, 24, 8, 1, 0, TimeSpan.Zero));
        await QueueRulesTests.Until(() => Task.FromResult(ticks.Count == 2));

        Assert.Equal([59, 1], ticks.Select(tick => tick.Minute));
    }

    [Fact]
    public async Task A_time_that_is_months_away_is_waited_for()
    {
        await using var running = await Fire("0 0 0 1 6 *", _ => Task.CompletedTask);

        for (var day = Start.AddDays(1); day < new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero); day = day.AddDays(1)) await clock.MoveTo(day);
        Assert.Empty(ticks);
        await clock.MoveTo(new(2027, 6, 1, 0, 0, 0, TimeSpan.Zero));

        await QueueRulesTests.Until(() => Task.FromResult(ticks.Count == 1));
    }

    private Task<Running> Fire(string schedule, Func<CancellationToken, Task> handle) => Running.Start(
        storage,
        triggers => triggers.Timer("sweep", schedule, (_, cancel) =>
        {
            ticks.Enqueue(clock.GetUtcNow());
            return handle(cancel);
        }),
        [("JobMatch:HandlerDeadline", "00:04:00")],
        builder => builder.Services.AddSingleton<TimeProvider>(clock));
}
