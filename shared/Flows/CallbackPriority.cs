namespace JobMatch.Flows;

/// <summary>
/// Lets callbacks be answered before those that were answered are worked through, within one process: a vendor waits a second
/// or two and pushes again, while entries may wait two minutes. Measured with 10,000 receipts in a minute on storage that
/// cannot do both at once: tests/Bench/results/receipts.md.
/// </summary>
public sealed class CallbackPriority(TimeProvider time) : IDisposable
{
    // So that whoever is pushed to without a pause still gets on.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250), Look = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim atOnce = new(4);
    private int answering;

    public void Dispose() => atOnce.Dispose();

    /// <summary>Keeps what is to be answered.</summary>
    public async Task Keep(Func<Task> keep)
    {
        Interlocked.Increment(ref answering);
        try
        {
            await keep();
        }
        finally
        {
            Interlocked.Decrement(ref answering);
        }
    }

    /// <summary>Works through one that was answered, a few at once and not before a quarter of a second while others wait for an answer.</summary>
    public async Task Work(Func<Task> work, CancellationToken cancel)
    {
        await atOnce.WaitAsync(cancel);
        try
        {
            for (var waited = TimeSpan.Zero; Volatile.Read(ref answering) > 0 && waited < Longest; waited += Look)
                await Task.Delay(Look, time, cancel);
            await work();
        }
        finally
        {
            atOnce.Release();
        }
    }
}
