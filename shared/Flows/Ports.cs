namespace JobMatch.Flows;

/// <summary>
/// Queue messages, message first: a change that must cause work puts its message hidden, commits, then shows it. A crash
/// anywhere between leaves a message that appears by itself, and consumers tolerate that the change never came.
/// </summary>
public interface IWork
{
    /// <summary>Puts <paramref name="body"/> (ids only, never content) hidden for 60 seconds.</summary>
    Task<HiddenMessage> PutHidden(string queue, string body, CancellationToken cancel);

    /// <summary>Makes a hidden message visible at once. Best effort: where it fails the message appears by itself.</summary>
    Task Show(HiddenMessage message, CancellationToken cancel);

    /// <summary>Takes a hidden message back: its work is already done. Best effort, as <see cref="Show"/>.</summary>
    Task Drop(HiddenMessage message, CancellationToken cancel);

    /// <summary>
    /// While it is held, storage calls get one try of at most ten seconds and leave within twenty seconds of the message:
    /// a commit that comes later than its message would have work done for a change that is not there yet.
    /// </summary>
    IDisposable Committing(HiddenMessage message);

    /// <summary>Puts a message that appears after <paramref name="delay"/>.</summary>
    Task Put(string queue, string body, TimeSpan delay, CancellationToken cancel);
}

/// <summary>A message that is in the queue but not yet visible.</summary>
public sealed record HiddenMessage(string Queue, string Body, string Id, string PopReceipt, DateTimeOffset PutAt);

/// <summary>The queues, by name.</summary>
public static class Queues
{
    /// <summary>Seeker changed, position changed, plan an announcement.</summary>
    public const string Work = "work";

    /// <summary>A page of messages through a gateway.</summary>
    public const string SendMessage = "send-message";

    /// <summary>Sign-in codes, a lane of their own.</summary>
    public const string SendCode = "send-code";

    /// <summary>One raw callback, by its key.</summary>
    public const string GatewayCallback = "gateway-callback";

    public static readonly IReadOnlyList<string> All = [Work, SendMessage, SendCode, GatewayCallback];
}

/// <summary>A write met another's: read again and decide again.</summary>
public sealed class ConflictException(string what) : Exception($"{what} was changed by somebody else.");

/// <summary>Finds and keeps people. Every write of a person is one batch in that person's partition.</summary>
public interface ISeekers
{
    Task<Stored<SeekerFile>?> Find(string id, CancellationToken cancel);

    /// <summary>The one way back from a subject id; null after erasure.</summary>
    Task<string?> IdOf(string subject, CancellationToken cancel);

    /// <summary>How many are registered, by the first day of the month (Asia/Shanghai) in which their registration began.</summary>
    Task<IReadOnlyDictionary<DateOnly, int>> CountByMonth(CancellationToken cancel);

    /// <summary>All seekers who share a phone (E.164), as ids.</summary>
    Task<IReadOnlyList<string>> ByPhone(string phone, CancellationToken cancel);

    /// <summary>All seekers of a name, as ids: the whole name, however it is spaced or capitalised.</summary>
    Task<IReadOnlyList<string>> ByName(string name, CancellationToken cancel);

    /// <summary>Ids of seekers who may have a helper with this phone (E.164); their own record decides.</summary>
    Task<IReadOnlyList<string>> HelpedBy(string phone, CancellationToken cancel);

    /// <summary>Writes; <paramref name="etag"/> null means it must not exist yet.</summary>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(SeekerFile file, string? etag, CancellationToken cancel);

    /// <summary>Deletes the person's partition and what leads to it.</summary>
    /// <exception cref="ConflictException">Somebody else wrote since it was read: nothing was deleted.</exception>
    Task Erase(SeekerFile file, string etag, CancellationToken cancel);
}

/// <summary>
/// Which group a person counts in where shares of groups are compared: from the certificate, with consent for statistics.
/// Numbers only, which stand for nothing outside; nothing that matches can ask.
/// </summary>
public interface IGroups
{
    /// <summary>The group of everybody without a certificate or without that consent.</summary>
    const int Unknown = 0;

    /// <summary>Subject → group, for everybody whose group is known.</summary>
    Task<IReadOnlyDictionary<string, int>> All(CancellationToken cancel);

    /// <summary>Notes a person's group, or that it is unknown; the highest version stands. Safe to repeat.</summary>
    Task Put(SeekerFile file, CancellationToken cancel);
}

/// <summary>Finds and keeps positions.</summary>
public interface IPositions
{
    Task<Stored<PositionFile>?> Find(string id, CancellationToken cancel);

    /// <summary>Ids of an employer's positions.</summary>
    Task<IReadOnlyList<string>> OfEmployer(string employer, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(PositionFile file, string? etag, CancellationToken cancel);
}

public interface IEmployers
{
    Task<Stored<Employer>?> Find(string id, CancellationToken cancel);

    /// <summary>Ids of those that may await approval; each one's own record decides.</summary>
    Task<IReadOnlyList<string>> MayAwait(CancellationToken cancel);

    /// <summary>Ids of those that may have this credit code, likewise.</summary>
    Task<IReadOnlyList<string>> MayHaveCode(string creditCode, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(Employer employer, string? etag, CancellationToken cancel);
}

/// <summary>Finds and keeps recruitment events and their ties to positions.</summary>
public interface IEvents
{
    Task<Stored<RecruitmentEvent>?> Find(string id, CancellationToken cancel);

    Task<IReadOnlyList<RecruitmentEvent>> All(CancellationToken cancel);

    /// <summary>Events that begin on a day (Asia/Shanghai).</summary>
    Task<IReadOnlyList<RecruitmentEvent>> On(DateOnly day, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(RecruitmentEvent recruitmentEvent, string? etag, CancellationToken cancel);

    Task<IReadOnlyList<string>> Positions(string id, CancellationToken cancel);

    Task Tie(string id, string position, CancellationToken cancel);

    Task Untie(string id, string position, CancellationToken cancel);
}
