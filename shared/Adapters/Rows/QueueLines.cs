using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>The queues and their poison queues, which the triggers' host names.</summary>
/// <param name="queues">Reads without decoding, so that what nobody could read is moved as it is.</param>
public sealed class QueueLines(QueueServiceClient queues) : IQueueLines
{
    private const int Batch = 32;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    // As WorkQueues puts them: invitations have deadlines of their own, the queue itself forgets nothing.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public async Task<IReadOnlyList<QueueLine>> All(CancellationToken cancel) => await Task.WhenAll(Queues.All.Select(queue => Line(queue, cancel)));

    public async Task<int?> Redrive(string queue, int most, CancellationToken cancel)
    {
        if (!Queues.All.Contains(queue))
            return null;
        var (live, poison) = (queues.GetQueueClient(queue), Poison(queue));
        var moved = 0;
        while (moved < most && await poison.ExistsAsync(cancel) && (await poison.ReceiveMessagesAsync(Math.Min(Batch, most - moved), Hidden, cancel)).Value is { Length: > 0 } messages)
            foreach (var message in messages)
            {
                await live.SendMessageAsync(message.MessageText, timeToLive: Forever, cancellationToken: cancel);
                await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancel);
                moved++;
            }
        return moved;
    }

    private async Task<QueueLine> Line(string queue, CancellationToken cancel)
    {
        var poison = Poison(queue);
        var waiting = (await queues.GetQueueClient(queue).GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        // The host makes a poison queue when it needs one.
        if (!await poison.ExistsAsync(cancel))
            return new(queue, waiting, 0, null);
        var oldest = (await poison.PeekMessagesAsync(Batch, cancel)).Value.Select(message => message.InsertedOn).Min();
        return new(queue, waiting, (await poison.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount, oldest);
    }

    private QueueClient Poison(string queue) => queues.GetQueueClient(queue + "-poison");
}
