using System.Globalization;
using Azure;
using Azure.Core;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// One queue, with the names and semantics of Azure.Storage.Queues. A message is delivered at least once, in no sure order.
/// Every call may be sent more than once (Azure.Core retries timeouts, 408, 429 and 5xx) and an answer may be lost: a repeated
/// send then leaves two messages, a repeated receive hides messages that nobody works on until their time is up, a repeated
/// update or delete answers 400 PopReceiptMismatch or 404 MessageNotFound although the first try was done.
/// Limits are checked before the wire: ArgumentException. What storage refuses is a RequestFailedException with Status and ErrorCode.
/// No answer at all shows as with TableClient.
/// Times are sent in whole seconds, rounded up. The storage service's clock stands in each answer: Headers.Date.
/// </summary>
public sealed class QueueClient
{
    private readonly StoragePipeline pipeline;
    private readonly QueueMessageEncoding encoding;

    /// <exception cref="ArgumentException">The connection string or the queue's name is not valid.</exception>
    public QueueClient(string connectionString, string queueName, QueueClientOptions? options = null)
        : this(StoragePipeline.ForQueues(ConnectionString.Parse(connectionString), options), queueName, options?.MessageEncoding ?? QueueMessageEncoding.Base64)
    {
    }

    /// <param name="queueUri">The queue's own address: that of the account's queues (StorageEndpoints.Queues), a slash and the name.</param>
    public QueueClient(Uri queueUri, TokenCredential credential, QueueClientOptions? options = null)
        : this(new QueueServiceClient(new Uri(queueUri, "."), credential, options).Pipeline, queueUri.Segments[^1], options?.MessageEncoding ?? QueueMessageEncoding.Base64)
    {
    }

    internal QueueClient(StoragePipeline pipeline, string queueName, QueueMessageEncoding encoding)
    {
        StorageLimits.CheckQueueName(queueName);
        this.pipeline = pipeline;
        this.encoding = encoding;
        Name = queueName;
    }

    public string Name { get; }

    /// <summary>Creates the queue (201), or leaves it as it is (204).</summary>
    public async Task<Response> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = pipeline.Message(RequestMethod.Put, Name);
        return await pipeline.Send(message, What("create queue"), cancellationToken, 201, 204).ConfigureAwait(false);
    }

    public async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = Properties();
        var response = await pipeline.Send(message, What("properties"), cancellationToken, 200, 404).ConfigureAwait(false);
        return Response.FromValue(response.Status == 200, response);
    }

    /// <summary>Deletes the queue with all its messages. 404 QueueNotFound if it is not there.</summary>
    public async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = pipeline.Message(RequestMethod.Delete, Name);
        return await pipeline.Send(message, What("delete queue"), cancellationToken, 204).ConfigureAwait(false);
    }

    /// <summary>About how many messages the queue holds, hidden ones included.</summary>
    public async Task<Response<QueueProperties>> GetPropertiesAsync(CancellationToken cancellationToken = default)
    {
        using var message = Properties();
        var response = await pipeline.Send(message, What("properties"), cancellationToken, 200).ConfigureAwait(false);
        var count = response.Headers.TryGetValue("x-ms-approximate-messages-count", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        return Response.FromValue(new QueueProperties(count), response);
    }

    /// <summary>Removes every message, hidden ones too.</summary>
    public async Task<Response> ClearMessagesAsync(CancellationToken cancellationToken = default)
    {
        using var message = pipeline.Message(RequestMethod.Delete, Name + "/messages");
        return await pipeline.Send(message, What("clear"), cancellationToken, 204).ConfigureAwait(false);
    }

    /// <summary>Puts a message. The receipt's PopReceipt lets the sender update or delete it while nobody has received it.</summary>
    /// <param name="messageText">At most 64 KiB as sent: 49,152 bytes of UTF-8 with base64.</param>
    /// <param name="visibilityTimeout">How long it stays hidden, 0 to 7 days and less than its time to live; 0 if null.</param>
    /// <param name="timeToLive">How long it lives: from 1 second, or -1 second for ever; 7 days if null.</param>
    public async Task<Response<SendReceipt>> SendMessageAsync(string messageText, TimeSpan? visibilityTimeout = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
    {
        var body = QueueXml.Write(messageText, encoding);
        StorageLimits.CheckSendTimes(visibilityTimeout, timeToLive);
        using var message = pipeline.Message(RequestMethod.Post, Name + "/messages");
        Body(message, body);
        Query(message, "visibilitytimeout", Seconds(visibilityTimeout));
        Query(message, "messagettl", Seconds(timeToLive));
        var response = await pipeline.Send(message, What("send"), cancellationToken, 201).ConfigureAwait(false);
        return Response.FromValue(QueueXml.ReadReceipt(response), response);
    }

    /// <summary>Takes messages and hides them from others for a while. Each must be deleted when done, or it comes back.</summary>
    /// <param name="maxMessages">1 to 32; 1 if null.</param>
    /// <param name="visibilityTimeout">How long they stay hidden, 1 second to 7 days; 30 seconds if null.</param>
    public async Task<Response<QueueMessage[]>> ReceiveMessagesAsync(int? maxMessages = null, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        StorageLimits.CheckMessageCount(maxMessages);
        StorageLimits.CheckReceiveTime(visibilityTimeout);
        using var message = pipeline.Message(RequestMethod.Get, Name + "/messages");
        Query(message, "numofmessages", maxMessages?.ToString(CultureInfo.InvariantCulture));
        Query(message, "visibilitytimeout", Seconds(visibilityTimeout));
        var response = await pipeline.Send(message, What("receive"), cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(QueueXml.ReadMessages(response, encoding), response);
    }

    /// <summary>Looks at the first visible messages and leaves them as they are.</summary>
    /// <param name="maxMessages">1 to 32; 1 if null.</param>
    public async Task<Response<PeekedMessage[]>> PeekMessagesAsync(int? maxMessages = null, CancellationToken cancellationToken = default)
    {
        StorageLimits.CheckMessageCount(maxMessages);
        using var message = pipeline.Message(RequestMethod.Get, Name + "/messages");
        Query(message, "peekonly", "true");
        Query(message, "numofmessages", maxMessages?.ToString(CultureInfo.InvariantCulture));
        var response = await pipeline.Send(message, What("peek"), cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(QueueXml.ReadPeeked(response, encoding), response);
    }

    /// <summary>
    /// Hides a message anew, from now on, and may change its text. The old pop receipt is void; the result holds the new one.
    /// 400 PopReceiptMismatch if the receipt is not the latest, 404 MessageNotFound if the message is gone.
    /// </summary>
    /// <param name="messageText">The new text; the text stays if null.</param>
    /// <param name="visibilityTimeout">How long it stays hidden, 0 (visible at once) to 7 days.</param>
    public async Task<Response<UpdateReceipt>> UpdateMessageAsync(string messageId, string popReceipt, string? messageText = null, TimeSpan visibilityTimeout = default, CancellationToken cancellationToken = default)
    {
        StorageLimits.CheckHiddenTime(visibilityTimeout);
        using var message = pipeline.Message(RequestMethod.Put, MessagePath(messageId));
        if (messageText is not null)
            Body(message, QueueXml.Write(messageText, encoding));
        Query(message, "popreceipt", popReceipt);
        Query(message, "visibilitytimeout", Seconds(visibilityTimeout));
        var response = await pipeline.Send(message, What("update"), cancellationToken, 204).ConfigureAwait(false);
        return Response.FromValue(QueueXml.ReadUpdate(response), response);
    }

    /// <summary>Deletes a message. 400 PopReceiptMismatch if the receipt is not the latest, 404 MessageNotFound if the message is gone.</summary>
    public async Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellationToken = default)
    {
        using var message = pipeline.Message(RequestMethod.Delete, MessagePath(messageId));
        Query(message, "popreceipt", popReceipt);
        return await pipeline.Send(message, What("delete"), cancellationToken, 204).ConfigureAwait(false);
    }

    private HttpMessage Properties()
    {
        var message = pipeline.Message(RequestMethod.Get, Name);
        Query(message, "comp", "metadata");
        return message;
    }

    private string MessagePath(string messageId)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        return $"{Name}/messages/{Uri.EscapeDataString(messageId)}";
    }

    private string What(string operation) => $"{operation} ({Name})";

    private static void Body(HttpMessage message, ReadOnlyMemory<byte> body)
    {
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(body);
    }

    private static void Query(HttpMessage message, string name, string? value)
    {
        if (value is not null)
            message.Request.Uri.AppendQuery(name, value, escapeValue: true);
    }

    // Rounded up, so that a message never appears before its time.
    private static string? Seconds(TimeSpan? time) =>
        time is { } given ? Math.Ceiling(given.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
}
