namespace JobMatch.Matching;

/// <summary>Where a message stands. In rising order of what is known, so that nothing known later takes it back.</summary>
public enum MessageState { Created, Sending, Unknown, Accepted, Expired, Failed, Delivered }

/// <summary>What happens to a message. All but <see cref="NotTaken"/> may come late, repeatedly and in any order.</summary>
public enum Happening
{
    /// <summary>Somebody holds the claim and is about to call the gateway.</summary>
    Claimed,

    /// <summary>
    /// The gateway surely does not have it and the claim has been opened again. Our own decision, made once per attempt by
    /// whoever holds it; the only way back.
    /// </summary>
    NotTaken,

    /// <summary>The gateway's answer was lost or says nothing.</summary>
    AnswerLost,

    /// <summary>The gateway has it.</summary>
    Accepted,

    /// <summary>No longer to be sent or waited for: its deadline passed, the event was cancelled, the consent is gone.</summary>
    Lapsed,

    /// <summary>The gateway refused this text to this phone, or a receipt says that it will not arrive.</summary>
    WillNotArrive,

    /// <summary>A receipt says that it arrived.</summary>
    Arrived,
}

/// <summary>The life of a message, as one switch.</summary>
public static class Delivery
{
    public static MessageState After(this MessageState now, Happening what) => (now, what) switch
    {
        (MessageState.Delivered or MessageState.Failed, _) => now, // final
        (_, Happening.Arrived) => MessageState.Delivered, // a real receipt wins over unknown and expired
        (_, Happening.WillNotArrive) => MessageState.Failed,
        (MessageState.Expired, _) => now,
        (_, Happening.Lapsed) => MessageState.Expired,
        (MessageState.Sending or MessageState.Unknown, Happening.NotTaken) => MessageState.Created,
        (MessageState.Accepted, _) or (_, Happening.NotTaken) => now,
        (_, Happening.Accepted) => MessageState.Accepted,
        (_, Happening.AnswerLost) or (MessageState.Unknown, _) => MessageState.Unknown,
        (_, Happening.Claimed) => MessageState.Sending,
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such happening."),
    };

    /// <summary>Nothing changes it any more.</summary>
    public static bool IsFinal(this MessageState state) => state is MessageState.Delivered or MessageState.Failed;

    /// <summary>A gateway was called, or was about to be, and how it ended is not known.</summary>
    public static bool IsOpen(this MessageState state) => state is MessageState.Sending or MessageState.Unknown or MessageState.Accepted;
}
