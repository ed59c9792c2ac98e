namespace JobMatch.Adapters.Storage;

/// <summary>A message as sent, with the receipt by which its sender may still change it.</summary>
public sealed record SendReceipt(string MessageId, string PopReceipt, DateTimeOffset InsertionTime, DateTimeOffset ExpirationTime, DateTimeOffset TimeNextVisible);

/// <summary>The receipt that an update gave, and when the message appears.</summary>
public sealed record UpdateReceipt(string PopReceipt, DateTimeOffset NextVisibleOn);

/// <summary>About how many messages a queue holds, hidden ones included.</summary>
public sealed record QueueProperties(int ApproximateMessagesCount);

/// <summary>A message seen without taking it.</summary>
public sealed record PeekedMessage(string MessageId, string RawText, long DequeueCount, DateTimeOffset? InsertedOn, DateTimeOffset? ExpiresOn)
{
    internal QueueMessageEncoding Encoding { get; init; }

    /// <summary>The content. Throws FormatException if the encoding is base64 and the text is not.</summary>
    public BinaryData Body => QueueXml.Decode(RawText, Encoding);

    /// <summary>The content as UTF-8 text. Throws FormatException if the encoding is base64 and the text is not.</summary>
    public string MessageText => Body.ToString();
}

/// <summary>A message taken from a queue.</summary>
/// <param name="RawText">
/// The text as it was on the wire, before decoding: for a message that somebody else put in another encoding, which can so be
/// moved on unchanged (by a client with QueueMessageEncoding.None) and does not spoil the ones received with it.
/// </param>
/// <param name="DequeueCount">How many times it has been taken, this time included.</param>
public sealed record QueueMessage(
    string MessageId, string PopReceipt, string RawText, long DequeueCount, DateTimeOffset? InsertedOn, DateTimeOffset? ExpiresOn, DateTimeOffset? NextVisibleOn)
{
    internal QueueMessageEncoding Encoding { get; init; }

    /// <summary>The content. Throws FormatException if the encoding is base64 and the text is not.</summary>
    public BinaryData Body => QueueXml.Decode(RawText, Encoding);

    /// <summary>The content as UTF-8 text. Throws FormatException if the encoding is base64 and the text is not.</summary>
    public string MessageText => Body.ToString();

    /// <summary>The message with the receipt that an update gave.</summary>
    public QueueMessage Update(UpdateReceipt updated) => this with { PopReceipt = updated.PopReceipt, NextVisibleOn = updated.NextVisibleOn };
}
