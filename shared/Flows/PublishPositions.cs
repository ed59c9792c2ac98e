namespace JobMatch.Flows;

/// <summary>
/// Opens the drafts of an employer that was approved, and carries its latest site check to all of its positions, in the order of their ids; what does not get done in a second or two is
/// left to another message. One that is open already is left alone, so that twice is once.
/// </summary>
public sealed class PublishPositions(IEmployers employers, IPositions positions, PutPosition put, IWork work, TimeProvider time)
{
    private static readonly TimeSpan OneRun = TimeSpan.FromSeconds(1.5), Wait = TimeSpan.FromMinutes(5);
    private const int Waits = 3;

    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        if (!(await employers.Find(item.Ref, cancel) is { } stored && stored.Value.Version >= item.Version))
        {
            if (item.Waited < Waits)
                await work.Put(Queues.Work, (item with { Waited = item.Waited + 1 }).ToBody(), Wait, cancel);
            return;
        }
        var started = time.GetTimestamp();
        foreach (var id in (await positions.OfEmployer(item.Ref, cancel)).Order(StringComparer.Ordinal).SkipWhile(id => string.CompareOrdinal(id, item.After) <= 0))
        {
            await put.Publish(id, item.Ref, cancel);
            if (time.GetElapsedTime(started) < OneRun)
                continue;
            await work.Put(Queues.Work, (item with { After = id }).ToBody(), TimeSpan.Zero, cancel);
            return;
        }
    }
}
