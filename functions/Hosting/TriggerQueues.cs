using JobMatch.Adapters.Storage;

namespace JobMatch.Functions.Hosting;

/// <summary>The queues of all triggers, read without decoding, so that what somebody else has put in another encoding can be moved on as it is.</summary>
internal sealed class TriggerQueues(Triggers triggers, Func<QueueClientOptions, QueueServiceClient> open)
{
    private readonly Lazy<QueueServiceClient> service = new(() => open(new() { MessageEncoding = QueueMessageEncoding.None }));

    public QueueClient Raw(string queue) => service.Value.GetQueueClient(queue);

    public Task Create(CancellationToken cancel) =>
        Task.WhenAll(triggers.QueueTriggers.SelectMany(trigger => new[] { trigger.Queue, trigger.PoisonQueue }).Select(queue => Raw(queue).CreateIfNotExistsAsync(cancel)));
}
