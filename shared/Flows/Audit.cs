namespace JobMatch.Flows;

/// <summary>What somebody read or did that is kept. Names are stored: never rename or reuse one.</summary>
public enum AuditAct
{
    // People. Each carries the subject.
    SeekerFound, SeekerOpened, SeekerRegistered, SeekerChanged, ConsentRecorded, SeekerExported, SeekerErased, TextsResumed,
    ActingBegun, CodeIssued, IdentityReleased, ReleaseRevoked,

    // Lists and words of people at an event or in replies.
    RepliesOpened, ReplyEnded, GuestsOpened, GuestsChanged,

    // Events.
    AnnouncementAsked, AnnouncementApproved, EventStopped, EventCancelled,

    // Employers.
    EmployerWritten, EmployerApproved, EmployerRefused, SiteChecked,

    // What programmes did, and what bases lend.
    RecordsOpened, RecordChanged, ResourceChanged, BookingsOpened, BookingChanged,

    // How placements and foundings go on.
    FollowUpsOpened, FollowUpAnswered, CaseChanged,

    // The service itself.
    SendingPaused, SendingResumed, QueueRedriven, KeyIssued, KeyRevoked, KeysRewrapped, PolicyPublished, AuditRead, PolicyAsked, PolicyDropped,
}

/// <summary>One row of the audit: who, what, whose, when. Ids only.</summary>
/// <param name="By">A member of staff by a name-less id, an import's or an employer's id, <see cref="Self"/>, or <see cref="Terminal"/>.</param>
/// <param name="Key">Under which key or session, as log lines name it.</param>
/// <param name="Subject">The person it concerns, by subject id; null where it concerns no one person.</param>
/// <param name="About">What else it is about: an event, an employer, a queue, a key, a page; never a seeker's own id.</param>
public sealed record AuditEntry(DateTimeOffset At, AuditAct Act, string By, Role As, string Key, string? Subject = null, string? About = null)
{
    /// <summary>The person did it themselves.</summary>
    public const string Self = "self";

    /// <summary>An operator did it in a terminal.</summary>
    public const string Terminal = "terminal";
}

/// <summary>What an auditor looks for; null = does not narrow.</summary>
/// <param name="From">The first day (Asia/Shanghai).</param>
/// <param name="To">The last.</param>
public sealed record AuditQuery(DateOnly? From = null, DateOnly? To = null, string? By = null, AuditAct? Act = null, string? Subject = null);

/// <param name="Next">Where the next part begins; null at the end.</param>
public sealed record AuditLines(IReadOnlyList<AuditEntry> Items, string? Next);

/// <summary>The audit. Rows are only added; erasure takes the person out of theirs and leaves the rest.</summary>
public interface IAudit
{
    /// <summary>Adds a row. Call it before what it tells of is done: then nothing is done that is not there.</summary>
    Task Add(AuditEntry entry, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    /// <param name="after">The last answer's <see cref="AuditLines.Next"/>; null = from the newest.</param>
    Task<AuditLines> Read(AuditQuery query, string? after, int most, CancellationToken cancel);
}
