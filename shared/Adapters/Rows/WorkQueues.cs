using System.Collections.Frozen;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>Queue messages, message first.</summary>
/// <param name="queues">One client per queue of <see cref="Queues.All"/>.</param>
/// <param name="shown">Told the queue's name whenever a message of this process becomes visible, so that a local loop can look at once.</param>
public sealed class WorkQueues(FrozenDictionary<string, QueueClient> queues, Action<string> shown, TimeProvider time) : IWork
{
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan OneCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(20);

    // Invitations have deadlines of their own; the queue itself forgets nothing (-1 = never expires).
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public async Task<HiddenMessage> PutHidden(string queue, string body, CancellationToken cancel)
    {
        var putAt = time.GetUtcNow();
        var receipt = (await queues[queue].SendMessageAsync(body, Hidden, Forever, cancel)).Value;
        return new(queue, body, receipt.MessageId, receipt.PopReceipt, putAt);
    }

    public Task Show(HiddenMessage message, CancellationToken cancel) => BestEffort(async () =>
    {
        await queues[message.Queue].UpdateMessageAsync(message.Id, message.PopReceipt, message.Body, TimeSpan.Zero, cancel);
        shown(message.Queue);
    });

    public IDisposable Committing(HiddenMessage message) => OneTry.AtMost(OneCall, message.PutAt + LeavesWithin, time);

    public Task Drop(HiddenMessage message, CancellationToken cancel) =>
        BestEffort(() => queues[message.Queue].DeleteMessageAsync(message.Id, message.PopReceipt, cancel));

    public async Task Put(string queue, string body, TimeSpan delay, CancellationToken cancel)
    {
        await queues[queue].SendMessageAsync(body, delay, Forever, cancel);
        if (delay == TimeSpan.Zero)
            shown(queue);
    }

    // What fails here is made good by the message itself, which appears after its 60 seconds.
    private static async Task BestEffort(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception failed) when (failed is Azure.RequestFailedException or AggregateException) // the second: no answer in several tries
        {
        }
    }
}
