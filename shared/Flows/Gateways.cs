namespace JobMatch.Flows;

/// <summary>
/// A vendor that carries texts. None of them is asked to remember what it was given: whether a text may be sent is decided
/// by the claim before the call, and an answer that was lost is made good by <see cref="Ask"/>, never by sending again.
/// </summary>
public interface ISmsGateway
{
    /// <summary>The path segment of its callbacks and the value in our records; lower case, never changed.</summary>
    string Name { get; }

    /// <summary>
    /// Hands one text over, in one call that is never repeated by itself. Trouble on the way is an outcome, not an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything left; afterwards the outcome is <see cref="Sent.Unknown"/>.</exception>
    Task<Sent> Send(OutgoingText text, CancellationToken cancel);

    /// <summary>
    /// What the vendor knows of a text. Ask no sooner than <see cref="SendTimeout"/> after the send began: before that a
    /// text may still be on its way, and <see cref="Known.NeverSeen"/> would be true only for a moment.
    /// </summary>
    Task<Known> Ask(SentText text, CancellationToken cancel);

    /// <summary>The longest that <see cref="Send"/> takes.</summary>
    TimeSpan SendTimeout { get; }

    /// <summary>Receipts in a raw callback body. Never throws; `[]` and `{}`, by which vendors try an address, hold none.</summary>
    CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body);

    /// <summary>Replies in a raw callback body, likewise.</summary>
    CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body);

    /// <summary>What the vendor takes for “received”, byte for byte, with status 200.</summary>
    CallbackAnswer CallbackAnswer { get; }
}

/// <summary>One text to one phone.</summary>
/// <param name="OutId">Our message's correlation id: random, at least 128 bits, at most 128 characters. The vendor echoes it in its receipts.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Text">As the person reads it, without the signature, which belongs to the gateway.</param>
public sealed record OutgoingText(string OutId, string Phone, string Text)
{
    /// <summary>Without phone and text, so that a log line cannot hold them.</summary>
    public override string ToString() => $"text {OutId}";
}

/// <summary>A text that a vendor is asked about.</summary>
/// <param name="OutId">What was given as <see cref="OutgoingText.OutId"/>.</param>
/// <param name="VendorId">The vendor's name for it; null where its answer was lost.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Day">Day of the send, Asia/Shanghai; vendors list by day.</param>
public sealed record SentText(string OutId, string? VendorId, string Phone, DateOnly Day)
{
    /// <summary>Without the phone.</summary>
    public override string ToString() => $"text {OutId} {VendorId}";
}

/// <summary>How a send ended.</summary>
public abstract record Sent
{
    private Sent() { }

    /// <param name="VendorId">The vendor's name for the text, as its receipts bring it.</param>
    public sealed record Accepted(string VendorId) : Sent;

    /// <summary>The vendor may have taken it: the answer was lost or says nothing. Never repeat blindly; ask.</summary>
    public sealed record Unknown(string Why) : Sent;

    /// <summary>Not taken, and this text to this phone never will be.</summary>
    /// <param name="Code">The vendor's code.</param>
    public sealed record Refused(string Code, string Why) : Sent;

    /// <summary>Not taken, and nothing else would be: no balance, signature suspended, key disabled. Pauses the channel.</summary>
    public sealed record AccountRefused(string Code) : Sent;

    /// <summary>Surely not taken, and worth another try: throttled, or not one byte of the text left.</summary>
    /// <param name="After">How long the vendor asks to wait; null where it does not say.</param>
    public sealed record Later(TimeSpan? After) : Sent;
}

/// <summary>What a vendor knows of a text.</summary>
public abstract record Known
{
    private Known() { }

    /// <param name="VendorId">Null where the vendor's list does not name it.</param>
    /// <param name="Report">How it ended; null while there is no receipt.</param>
    public sealed record Taken(string? VendorId, GatewayReport? Report) : Known;

    /// <summary>The vendor answered, and never took it.</summary>
    public sealed record NeverSeen : Known;

    /// <summary>The vendor did not answer, or has no way to ask.</summary>
    public sealed record CannotTell(string Why) : Known;
}

/// <summary>A receipt: the fate of one text, as the vendor tells it. A hint until vendor id and phone match the stored message.</summary>
/// <param name="OutId">Ours, where the vendor echoes it.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Code">The vendor's code for how it ended.</param>
/// <param name="At">When it ended; null where the vendor does not say: then the time of arrival counts.</param>
public sealed record GatewayReport(string? VendorId, string? OutId, string Phone, bool Delivered, string? Code, DateTimeOffset? At)
{
    /// <summary>Without the phone.</summary>
    public override string ToString() => $"report {VendorId} {OutId} {(Delivered ? "delivered" : "failed")} {Code}";
}

/// <summary>What a person wrote back. It does not say which text it answers.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="SequenceId">The vendor's id of the reply, where it has one; a repeated push carries it again.</param>
/// <param name="Extension">The number that was written to, where the vendor says it.</param>
public sealed record GatewayReply(string Phone, string Text, DateTimeOffset? At, string? SequenceId, string? Extension)
{
    /// <summary>Without phone and text.</summary>
    public override string ToString() => $"reply {SequenceId}";
}

/// <summary>What a callback body held.</summary>
/// <param name="Unreadable">
/// How many entries were not what the vendor documents (1 for a body that is no such thing at all). The rest counts; the raw
/// body is kept.
/// </param>
public sealed record CallbackItems<T>(IReadOnlyList<T> Items, int Unreadable);

/// <summary>The answer that a vendor expects to a callback.</summary>
public sealed record CallbackAnswer(ReadOnlyMemory<byte> Body, string ContentType);

/// <summary>
/// A gateway whose callbacks are looked at before they are kept: its vendor signs them, or asks first whether the address
/// wants them.
/// </summary>
public interface IChecksCallbacks
{
    CallbackCheck Check(CallbackRequest request);
}

/// <summary>A callback as it came.</summary>
/// <param name="Url">As the vendor called it: the service's public address, with path and query as they were sent.</param>
/// <param name="Header">A header's value by name; null where it was not sent.</param>
public sealed record CallbackRequest(string Url, Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>What is to be done with a callback.</summary>
public abstract record CallbackCheck
{
    private CallbackCheck() { }

    /// <param name="Body">What is kept: the body, with what stood in the address where that belongs to it.</param>
    public sealed record Keep(ReadOnlyMemory<byte> Body) : CallbackCheck;

    /// <summary>A question of the vendor's, answered and not kept.</summary>
    public sealed record Reply(CallbackAnswer Answer) : CallbackCheck;

    /// <summary>Not signed as the vendor signs.</summary>
    public sealed record Refuse : CallbackCheck;
}
