using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Keeps who is invited to what, before the first message is.</summary>
public interface IPlans
{
    /// <summary>The plan of a wave; null while none is complete.</summary>
    Task<PlanHead?> Find(string cause, int wave, CancellationToken cancel);

    /// <summary>Writes one page of a generation that nobody else writes.</summary>
    Task Add(PlanHead plan, int page, IReadOnlyList<Invitation> people, CancellationToken cancel);

    /// <summary>Makes a generation the plan, unless another was first.</summary>
    /// <returns>The plan that holds.</returns>
    Task<PlanHead> Complete(PlanHead plan, CancellationToken cancel);

    Task<IReadOnlyList<Invitation>> Page(PlanHead plan, int page, CancellationToken cancel);

    /// <summary>How far a wave is written; null = it has not begun.</summary>
    Task<Stored<PlanProgress>?> Progress(string cause, int wave, CancellationToken cancel);

    /// <param name="etag">Null means that it must not exist yet.</param>
    /// <exception cref="ConflictException">Somebody else went on with it.</exception>
    Task Save(string cause, int wave, PlanProgress progress, string? etag, CancellationToken cancel);

    /// <summary>Writes what a generation promises, before it is entered in its day.</summary>
    Task Add(PlanHead plan, PlanPromises promises, CancellationToken cancel);

    Task<PlanPromises> Promises(PlanHead plan, CancellationToken cancel);

    /// <summary>Keeps a plan that was shown; its pages and promises are written.</summary>
    Task Keep(KeptPlan plan, CancellationToken cancel);

    Task<KeptPlan?> Kept(string id, CancellationToken cancel);

    /// <summary>The plans of a day; null while there is none.</summary>
    Task<Stored<PlanDay>?> Day(DateOnly day, CancellationToken cancel);

    /// <param name="etag">Null means that it must not exist yet.</param>
    /// <exception cref="ConflictException">Another plan was entered first.</exception>
    Task Save(PlanDay day, string? etag, CancellationToken cancel);
}

/// <summary>Finds and keeps messages, their receipts and the list of pages to look after.</summary>
public interface IMessages
{
    /// <summary>Writes a page at once, or nothing where it is there already.</summary>
    /// <param name="messages">1-100 messages of one page.</param>
    Task Add(IReadOnlyList<Message> messages, CancellationToken cancel);

    Task<Stored<Message>?> Find(MessageId id, CancellationToken cancel);

    /// <summary>A page's messages in the order of their ids.</summary>
    Task<IReadOnlyList<Stored<Message>>> Page(PageId page, CancellationToken cancel);

    /// <summary>A page's messages, only what lists show.</summary>
    Task<IReadOnlyList<MessageLine>> States(PageId page, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(Message message, string etag, CancellationToken cancel);

    /// <summary>Writes the message and adds the receipt, both or neither.</summary>
    /// <returns>False where that receipt has been added before: nothing was written.</returns>
    /// <exception cref="ConflictException">Somebody else wrote the message first.</exception>
    Task<bool> Save(Message message, string etag, Receipt receipt, CancellationToken cancel);

    Task<IReadOnlyList<Receipt>> Receipts(MessageId id, CancellationToken cancel);

    /// <summary>Which message a vendor's id means. Safe to repeat.</summary>
    Task AddVendorId(string gateway, string vendorId, MessageId id, CancellationToken cancel);

    /// <summary>A vendor may use one id for several phones.</summary>
    Task<IReadOnlyList<MessageId>> ByVendorId(string gateway, string vendorId, CancellationToken cancel);

    /// <summary>Puts a page on the list of those to look after, unless it is there.</summary>
    Task Open(OpenPage page, CancellationToken cancel);

    Task<Stored<OpenPage>?> FindOpen(PageId page, CancellationToken cancel);

    /// <summary>Listed pages whose moment has come.</summary>
    Task<IReadOnlyList<Stored<OpenPage>>> Due(DateTimeOffset now, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(OpenPage page, string etag, CancellationToken cancel);

    /// <summary>Takes a page off the list. Safe to repeat.</summary>
    Task Close(PageId page, CancellationToken cancel);
}

/// <summary>What is held in a person's partition about texts to that person: claims, and who was texted how often a day.</summary>
public interface IClaims
{
    Task<Standing> Read(string seeker, MessageId message, DateOnly day, CancellationToken cancel);

    /// <summary>Reserves in the day and takes the claim, both or neither.</summary>
    /// <param name="seen">What the decision rests on.</param>
    /// <exception cref="ConflictException">One of the two was written by somebody else meanwhile.</exception>
    Task Take(string seeker, Standing seen, Claim claim, DateOnly day, CancellationToken cancel);

    /// <summary>Opens a claim again.</summary>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(string seeker, Claim claim, string etag, CancellationToken cancel);

    /// <summary>Every claim on this person.</summary>
    Task<IReadOnlyList<Claim>> Of(string seeker, CancellationToken cancel);
}

/// <summary>How a person stands towards a message on a day.</summary>
/// <param name="Claim">Null = never claimed.</param>
/// <param name="Reserved">The messages that count for the day.</param>
/// <param name="DayETag">Null = nothing reserved yet.</param>
public sealed record Standing(Stored<Claim>? Claim, IReadOnlyList<string> Reserved, string? DayETag);

/// <summary>The people of an event.</summary>
public interface IGuests
{
    /// <summary>Notes who was invited, leaving what else is known of them. Safe to repeat.</summary>
    Task Invite(IReadOnlyList<MessageId> invitations, CancellationToken cancel);

    Task<Stored<Guest>?> Find(string eventId, string subject, CancellationToken cancel);

    /// <param name="guest">What is to stand.</param>
    /// <param name="etag">Null means it must not exist yet.</param>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(Guest guest, string? etag, CancellationToken cancel);

    Task<IReadOnlyList<Guest>> Of(string eventId, CancellationToken cancel);

    /// <summary>How many have said that they come.</summary>
    Task<int> Coming(string eventId, CancellationToken cancel);

    /// <summary>Number → subject. Somebody may have two after a race; both are theirs.</summary>
    Task<IReadOnlyDictionary<int, string>> Numbers(string eventId, CancellationToken cancel);

    /// <returns>False where the number is taken.</returns>
    Task<bool> AddNumber(string eventId, int number, string subject, CancellationToken cancel);

    /// <summary>
    /// In which of an event's parts a person is kept, 0 to <see cref="Buckets"/> - 1. Messages are put on pages by it, so
    /// that a page's guests are one batch too.
    /// </summary>
    static int Bucket(string subject) => Convert.ToInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(subject))[0]) % Buckets;

    const int Buckets = 16;
}

/// <summary>Raw callbacks, encrypted at rest, and what was done with them.</summary>
public interface ICallbacks
{
    /// <summary>Keeps a body unless the same came before on that day.</summary>
    Task Add(Callback callback, CancellationToken cancel);

    Task<Callback?> Find(CallbackKey key, CancellationToken cancel);

    /// <summary>Keeps for staff that an entry fits no message. Safe to repeat.</summary>
    Task Quarantine(CallbackKey key, int entry, string why, CancellationToken cancel);

    /// <summary>Whether a reply was taken in before, maybe from another body.</summary>
    Task<bool> Seen(string reply, CancellationToken cancel);

    /// <summary>Notes that a reply was taken in. Safe to repeat.</summary>
    Task See(string reply, CancellationToken cancel);
}

/// <summary>What waits for staff.</summary>
public interface ITasks
{
    /// <summary>Adds a task unless it is there.</summary>
    Task Add(StaffTask task, CancellationToken cancel);

    Task<Stored<StaffTask>?> Find(string id, CancellationToken cancel);

    /// <summary>Those that are not done, by when they are due.</summary>
    Task<IReadOnlyList<StaffTask>> Open(CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(StaffTask task, string etag, CancellationToken cancel);
}

/// <summary>What all processes know of the channels: which are paused, and how gateways fare.</summary>
public interface IChannels
{
    /// <summary>In how many rows per gateway processes tell how it fares; two that meet in one cost a little knowledge.</summary>
    const int Slots = 16;

    Task<ChannelStates> Read(CancellationToken cancel);

    /// <summary>Pauses until staff let it go on. Safe to repeat: the first reason stays.</summary>
    Task Pause(ChannelPause pause, CancellationToken cancel);

    /// <param name="channel">A gateway, or <see cref="ChannelStates.All"/>. Safe to repeat.</param>
    Task Resume(string channel, CancellationToken cancel);

    Task Tell(ToldHealth told, CancellationToken cancel);
}

/// <summary>Why and since when a channel gets no texts.</summary>
/// <param name="Channel">A gateway's name, or <see cref="ChannelStates.All"/>.</param>
/// <param name="Why"><see cref="ByStaff"/>, or the code by which the vendor refused the account.</param>
public sealed record ChannelPause(string Channel, string Why, DateTimeOffset Since)
{
    public const string ByStaff = "staff";
}

/// <summary>How a gateway fares, as one process has counted.</summary>
public sealed record ToldHealth(string Gateway, int Slot, GatewayHealth Health, DateTimeOffset At);

/// <summary>How the channels stand.</summary>
public sealed record ChannelStates(IReadOnlyList<ChannelPause> Pauses, IReadOnlyList<ToldHealth> Told)
{
    /// <summary>Stands for every channel. Sign-in codes are not held by it: they answer what somebody asks for right now.</summary>
    public const string All = "all";

    public ChannelPause? AllPaused => Paused(All);

    public ChannelPause? Paused(string channel) => Pauses.FirstOrDefault(pause => pause.Channel == channel);
}

/// <summary>The queues and what could not be done.</summary>
public interface IQueueLines
{
    Task<IReadOnlyList<QueueLine>> All(CancellationToken cancel);

    /// <summary>
    /// Puts messages of a poison queue back, as they are, each before it is taken away: twice is harmless, lost is not.
    /// Whether what they stand for is still to be done is decided when they are taken up, deadlines included.
    /// </summary>
    /// <returns>How many; null where there is no such queue.</returns>
    Task<int?> Redrive(string queue, int most, CancellationToken cancel);
}

/// <summary>A queue.</summary>
/// <param name="Waiting">About how many messages it holds.</param>
/// <param name="Poisoned">About how many were given up after the last try.</param>
/// <param name="PoisonedSince">When the oldest of these that can be seen was given up.</param>
public sealed record QueueLine(string Queue, int Waiting, int Poisoned, DateTimeOffset? PoisonedSince);
