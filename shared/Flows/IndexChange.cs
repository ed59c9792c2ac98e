namespace JobMatch.Flows;

/// <summary>
/// Makes good what a crash left undone: packs a changed seeker or position into the index. The usual change does so at once and takes its message back, so that whoever wrote sees it.
/// </summary>
public sealed class IndexChange(ISeekers seekers, IPositions positions, IMarket market, IGroups groups, IWork work, PutPosition put)
{
    /// <summary>How long a message waits for a version that has not come, and how often.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);
    private const int Waits = 3;

    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        var there = item.Kind switch
        {
            WorkKind.SeekerChanged => await IndexSeeker(item, cancel),
            WorkKind.PositionChanged => await IndexPosition(item, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "No change of the index."),
        };
        if (there < item.Version && item.Waited < Waits)
            await work.Put(Queues.Work, (item with { Waited = item.Waited + 1 }).ToBody(), Wait, cancel);
        else if (there < item.Version)
            Meters.DroppedWork.Add(1); // The commit never came: the caller was told of an error.
    }

    private async Task<long> IndexSeeker(WorkItem item, CancellationToken cancel)
    {
        if (await seekers.IdOf(item.Ref, cancel) is not { } id || await seekers.Find(id, cancel) is not { } stored)
            return 0;
        if (stored.Value.Version >= item.Version)
        {
            await groups.Put(stored.Value, cancel);
            await market.Put(stored.Value, cancel);
        }
        return stored.Value.Version;
    }

    private async Task<long> IndexPosition(WorkItem item, CancellationToken cancel)
    {
        if (await positions.Find(item.Ref, cancel) is not { } stored)
            return 0;
        if (stored.Value.Version >= item.Version)
        {
            await market.Put(stored.Value, cancel);
            if (stored.Value.Draft)
                await put.Publish(item.Ref, stored.Value.Employer, cancel);
        }
        return stored.Value.Version;
    }
}
