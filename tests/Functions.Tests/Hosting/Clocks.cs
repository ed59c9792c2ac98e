namespace JobMatch.Functions.Tests.Hosting;

/// <summary>A clock on which no wait ever ends.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;
        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>A clock that stands until it is moved; moving it fires what is due, in order.</summary>
internal sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    private readonly List<Waiting> waiting = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (waiting) return now;
    }

    /// <summary>Waits until somebody waits for exactly this moment, then moves there.</summary>
    public async Task MoveTo(DateTimeOffset then)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Awaited(then)) await Task.Delay(10, patience.Token);
        Jump(then);
    }

    public void Jump(DateTimeOffset then)
    {
        Waiting[] due;
        lock (waiting)
        {
            now = then;
            due = [.. waiting.Where(one => one.Due <= now)];
            waiting.RemoveAll(due.Contains);
        }

        foreach (var one in due) one.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var one = new Waiting(this, () => callback(state));
        one.Change(dueTime, period);
        return one;
    }

    private bool Awaited(DateTimeOffset then)
    {
        lock (waiting) return waiting.Any(one => one.Due == then);
    }

    private sealed class Waiting(HandClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }
        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.waiting)
            {
                clock.waiting.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock.now + dueTime;
                clock.waiting.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.waiting) clock.waiting.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
