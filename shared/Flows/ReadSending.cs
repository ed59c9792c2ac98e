using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>How sending stands.</summary>
/// <param name="OldestUnsent">When the oldest text was created that no gateway has yet; null = none waits.</param>
/// <param name="Events">Events of which texts are under way, the next first.</param>
/// <param name="AllPaused">Null = texts go out.</param>
public sealed record SendingNow(
    DateTimeOffset? OldestUnsent, IReadOnlyList<EventSending> Events, ChannelPause? AllPaused, IReadOnlyList<ChannelLine> Channels, IReadOnlyList<QueueLine> Queues);

/// <summary>An event's messages by state.</summary>
public sealed record EventSending(RecruitmentEvent Fair, IReadOnlyDictionary<MessageState, int> States);

/// <param name="Paused">Why and since when this gateway alone gets nothing; null = it may be used.</param>
public sealed record ChannelLine(GatewayShare Share, ChannelPause? Paused);

/// <summary>Reads how sending stands, for whoever has to know whether something is stuck.</summary>
public sealed class ReadSending(IEvents events, IPlans plans, IMessages messages, GatewayShares shares, IQueueLines queues)
{
    private const int AtOnce = 8;

    public async Task<SendingNow> Run(CancellationToken cancel)
    {
        // What is listed to be looked after is what may still move; an event without such a page has come to rest.
        var open = (await messages.Due(DateTimeOffset.MaxValue, cancel)).Select(listed => listed.Value.Page).ToList();
        List<MessageLine> all = [.. await Lines([.. open.Where(page => page.Event is null)], cancel)];
        List<EventSending> sending = [];
        foreach (var id in open.Select(page => page.Event).OfType<string>().Distinct())
            if (await events.Find(id, cancel) is { Value: var fair })
            {
                var lines = await Lines(await plans.AllPages(fair, cancel), cancel);
                sending.Add(new(fair, lines.CountBy(line => line.State).ToDictionary()));
                all.AddRange(lines);
            }
        var oldest = all.Where(line => line.State is MessageState.Created or MessageState.Sending).Select(line => (DateTimeOffset?)line.CreatedAt).Min();
        var (allPaused, channels) = await Channels(cancel);
        return new(oldest, [.. sending.OrderBy(x => x.Fair.StartsAt).ThenBy(x => x.Fair.Id, StringComparer.Ordinal)], allPaused, channels, await queues.All(cancel));
    }

    public async Task<(ChannelPause? AllPaused, IReadOnlyList<ChannelLine> Channels)> Channels(CancellationToken cancel)
    {
        var seen = await shares.Read(cancel);
        return (seen.AllPaused, [.. shares.Shares(seen).Select(share => new ChannelLine(share, seen.Paused(share.Gateway)))]);
    }

    private async Task<IReadOnlyList<MessageLine>> Lines(IReadOnlyList<PageId> pages, CancellationToken cancel)
    {
        var lines = new IReadOnlyList<MessageLine>[pages.Count];
        await Parallel.ForEachAsync(pages.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (page, _) => lines[page.Index] = await messages.States(page.Item, cancel));
        return [.. lines.SelectMany(x => x)];
    }
}
