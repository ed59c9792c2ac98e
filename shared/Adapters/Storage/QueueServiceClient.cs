using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;

namespace JobMatch.Adapters.Storage;

/// <summary>A queue, as the service lists it.</summary>
public sealed record QueueItem(string Name);

/// <summary>An account's queues. Clients got from here share one pipeline and one encoding.</summary>
public sealed class QueueServiceClient
{
    private readonly QueueMessageEncoding encoding;

    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public QueueServiceClient(string connectionString, QueueClientOptions? options = null)
    {
        options ??= new();
        encoding = options.MessageEncoding;
        Pipeline = StoragePipeline.ForQueues(ConnectionString.Parse(connectionString), options);
    }

    /// <param name="serviceUri">The account's queues, see StorageEndpoints.Queues.</param>
    public QueueServiceClient(Uri serviceUri, TokenCredential credential, QueueClientOptions? options = null)
    {
        options ??= new();
        encoding = options.MessageEncoding;
        Pipeline = StoragePipeline.WithToken(serviceUri, credential, options.Audience, options);
    }

    internal StoragePipeline Pipeline { get; }

    public QueueClient GetQueueClient(string queueName) => new(Pipeline, queueName, encoding);

    /// <summary>All queues of the account.</summary>
    public AsyncPageable<QueueItem> GetQueuesAsync(CancellationToken cancellationToken = default) => new Queues(Pipeline, cancellationToken);

    private sealed class Queues(StoragePipeline pipeline, CancellationToken cancel) : AsyncPageable<QueueItem>(cancel)
    {
        public override IAsyncEnumerable<Page<QueueItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
            Read(continuationToken, CancellationToken);

        private async IAsyncEnumerable<Page<QueueItem>> Read(string? continuation, [EnumeratorCancellation] CancellationToken cancel)
        {
            do
            {
                using var message = pipeline.Message(RequestMethod.Get, "");
                message.Request.Uri.AppendQuery("comp", "list");
                if (continuation is not null)
                    message.Request.Uri.AppendQuery("marker", continuation, escapeValue: true);
                var response = await pipeline.Send(message, "list queues", cancel, 200).ConfigureAwait(false);
                continuation = QueueXml.ReadNextMarker(response);
                yield return Page<QueueItem>.FromValues([.. QueueXml.ReadQueueNames(response).Select(name => new QueueItem(name))], continuation, response);
            }
            while (continuation is not null);
        }
    }
}
