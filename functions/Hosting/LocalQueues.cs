using System.Collections.Concurrent;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// Wakes the local loop when this very process has put a message, so that nobody waits for the next poll.
/// Under the Functions host nobody listens and a nudge costs nothing.
/// </summary>
public sealed class LocalQueues
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> bells = new();

    /// <summary>Says that a message of this queue is visible now. Harmless for unknown queues and when there is none.</summary>
    public void Nudge(string queue)
    {
        var bell = Bell(queue);
        // One ring waiting is enough; two threads that ring at once may leave two, which costs one empty poll.
        if (bell.CurrentCount == 0) bell.Release();
    }

    /// <summary>Waits until the time is over or the queue is nudged; true when nudged.</summary>
    internal async Task<bool> Wait(string queue, TimeSpan atMost, TimeProvider time, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var rung = Bell(queue).WaitAsync(stop.Token);
        await Task.WhenAny(rung, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        try
        {
            await rung;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private SemaphoreSlim Bell(string queue) => bells.GetOrAdd(queue, _ => new SemaphoreSlim(0));
}
