using System.Security.Cryptography;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What was read, with the version that a write must carry back.</summary>
/// <param name="ETag">Opaque; a write that follows this read carries it, and 412 means read again.</param>
public readonly record struct Stored<T>(T Value, string ETag);

/// <summary>A seeker as stored: what the engine may know (<see cref="Facts"/>) and, beside it, what it may not.</summary>
public sealed record SeekerFile
{
    /// <summary>Chosen by the caller; also the partition of everything held about the person.</summary>
    public required string Id { get; init; }

    /// <summary>Raised by one with every change, under the source row's ETag; readers of the index keep the highest.</summary>
    public long Version { get; init; }

    /// <summary>What the engine matches on. <c>Facts.Id</c> is the random subject id, by which every other table knows the person.</summary>
    public required Seeker Facts { get; init; }

    /// <summary>Encrypted at rest.</summary>
    public string? Name { get; init; }

    /// <summary>E.164; encrypted at rest, found by keyed hash. Null where a helper is the contact.</summary>
    public string? Phone { get; init; }

    /// <summary>A BCP 47 tag; texts and pages follow it.</summary>
    public string Language { get; init; } = "zh-CN";

    public ContactWish Contact { get; init; } = new(null, null);

    /// <summary>The most hours a day that are good for the person; null = not stated. It limits bookings, never matches.</summary>
    public int? HoursPerDay { get; init; }

    /// <summary>Evidence for benefits and, with consent, group shares. Encrypted at rest; never an input to a match.</summary>
    public Certificate? Certificate { get; init; }

    public required Consents Consent { get; init; }

    /// <summary>The day each consent was last withdrawn; an import gives it again only with a later date.</summary>
    public Consents Withdrawn { get; init; } = new(null, null, null, null);

    /// <summary>When an opt-out word came; no text until the person opts in again, sign-in codes excepted.</summary>
    public DateTimeOffset? OptedOutAt { get; init; }

    /// <summary>When the person last opted in again; an opt-out word from before that comes too late.</summary>
    public DateTimeOffset? OptedInAt { get; init; }

    /// <summary>Position id → why the person declined it, for each of <c>Facts.Declines</c> that they gave a reason for. Encrypted at rest.</summary>
    public IReadOnlyDictionary<string, ClosingReason> WhyDeclined { get; init; } = new Dictionary<string, ClosingReason>();

    /// <summary>Positions that the person said they are interested in, and since when: to their employers they are shown without a name.</summary>
    public IReadOnlyDictionary<string, DateOnly> Interests { get; init; } = new Dictionary<string, DateOnly>();

    /// <summary>Positions whose employers said that they are interested in this person, whom they know by an alias, and since when.</summary>
    public IReadOnlyDictionary<string, DateOnly> SoughtBy { get; init; } = new Dictionary<string, DateOnly>();

    /// <summary>Employers who may read name and phone, and who might once, oldest first.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>What the person chose for themselves.</summary>
    public OwnChoices Own { get; init; } = new();

    public DateTimeOffset FirstPut { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

/// <param name="Prefer">SMS_TEXT, APP_TEXT, PHONE, VIA_STAFF or VIA_FAMILY; null = not stated.</param>
/// <param name="Helper">Who can be reached in the person's stead, in free words or as a phone. Encrypted at rest.</param>
public sealed record ContactWish(string? Prefer, string? Helper);

/// <param name="Category">1-7, GB/T 26341-2010.</param>
/// <param name="Grade">1-4, 1 the heaviest.</param>
public sealed record Certificate(int Category, int Grade);

/// <summary>Consent per purpose, with the day it was given; null = not given.</summary>
public sealed record Consents(DateOnly? Matching, DateOnly? Sms, DateOnly? Employers, DateOnly? Statistics)
{
    /// <summary>The day of a purpose, as the contract names it; null = none.</summary>
    public DateOnly? Of(string purpose) => purpose switch
    {
        "matching" => Matching,
        "sms" => Sms,
        "employers" => Employers,
        "statistics" => Statistics,
        _ => null,
    };
}

/// <summary>A position as stored.</summary>
public sealed record PositionFile
{
    public string Id => Facts.Id;

    public required string Employer { get; init; }

    /// <summary>Raised by one with every change, under the source row's ETag.</summary>
    public long Version { get; init; }

    public required Position Facts { get; init; }

    /// <summary>At most 4,000 characters; not matched on.</summary>
    public string? Description { get; init; }

    public string? Address { get; init; }

    /// <summary>
    /// Posted by an employer that nobody has approved yet. It stands as closed, so that no rule and no list knows it, and opens
    /// when the employer is approved.
    /// </summary>
    public bool Draft { get; init; }

    /// <summary>Who has signed, as subjects; <c>Facts.Signed</c> is how many, so that a contract entered twice takes one opening.</summary>
    public IReadOnlyList<string> SignedBy { get; init; } = [];

    /// <summary>
    /// The answers as they stood before the first change of <see cref="BeforeDay"/>: candidates are ordered by these until
    /// the day is over, so that toggling an answer reads nobody.
    /// </summary>
    public Position? Before { get; init; }

    public DateOnly? BeforeDay { get; init; }

    /// <summary>The facts as they stood when the day began; closing, the closing date and contracts show at once, since they tell nobody apart.</summary>
    public Position Settled(DateOnly today) =>
        Before is { } before && BeforeDay == today ? before with { Closed = Facts.Closed, ClosesOn = Facts.ClosesOn, Signed = Facts.Signed } : Facts;

    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>An employer, identified by its 18-character unified social credit code, never by name.</summary>
public sealed record Employer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>GB 32100-2015, check digit verified.</summary>
    public string? CreditCode { get; init; }

    public IReadOnlyList<EmployerContact> Contacts { get; init; } = [];

    /// <summary>Staff have checked who this is.</summary>
    public bool Approved { get; init; }

    /// <summary>How it came in where it registered itself; null = staff entered it.</summary>
    public Registration? Registration { get; init; }

    /// <summary>It registered itself and nobody has approved it: its positions are drafts, and it sees nobody.</summary>
    public bool IsHeld => Registration is not null && !Approved;

    /// <summary>Staff have still to say whether it is approved.</summary>
    public bool IsAwaiting => IsHeld && Registration!.Decision is null;

    public SiteCheck? SiteCheck { get; init; }

    public long Version { get; init; }
}

/// <summary>An employer's own registration.</summary>
/// <param name="At">When it was sent in, or sent in again after it was refused.</param>
/// <param name="Decision">What staff said of it; null = nothing yet.</param>
public sealed record Registration(DateTimeOffset At, RegistrationDecision? Decision = null);

/// <param name="By">A member of staff, by a name-less id.</param>
/// <param name="Reason">Why it was refused, in the words that its contacts read; null where it was approved.</param>
public sealed record RegistrationDecision(bool Approved, string By, DateTimeOffset At, string? Reason);

/// <param name="Phone">E.164; a contact signs in with a code to it.</param>
public sealed record EmployerContact(string Name, string Phone, string? Email);

public enum EventKind { JobFair, OnlineFair, LivestreamFair, ResourceMeeting }

/// <summary>The life of a recruitment event.</summary>
public enum EventStatus { Draft, AwaitingApproval, Announcing, Announced, Stopped, Cancelled, Closed }

/// <summary>A dated event that announces many positions.</summary>
public sealed record RecruitmentEvent
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What texts use; required where the title names disability.</summary>
    public string? ShortTitle { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>Required unless online.</summary>
    public string? District { get; init; }

    /// <summary>Where the people live whom it is for; null = wherever.</summary>
    public IReadOnlyList<string>? Districts { get; init; }

    public string? Address { get; init; }

    /// <summary>Where an online fair is joined.</summary>
    public string? Online { get; init; }

    public bool OpenToEmployers { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>People the venue holds; null = not stated.</summary>
    public int? Capacity { get; init; }

    /// <summary>The venue's own accessibility.</summary>
    public IReadOnlyDictionary<string, StatedAnswer> Accommodations { get; init; } = new Dictionary<string, StatedAnswer>();

    public int? InterpreterSlots { get; init; }

    public EventStatus Status { get; init; }

    /// <summary>How many waves of messages have been planned; the next announcement is this + 1.</summary>
    public int Wave { get; init; }

    /// <summary>How many messages the last announcement may send; null = to everybody with a position.</summary>
    public int? Budget { get; init; }

    /// <summary>Who asked for which announcement and who approved it, oldest first.</summary>
    public IReadOnlyList<Announcement> Announcements { get; init; } = [];

    /// <summary>The event as those who said yes know it; null = as it was announced, nothing has changed since.</summary>
    public EventFacts? Told { get; init; }

    /// <summary>How many waves of texts about changes there have been, with one that is due.</summary>
    public int Changes { get; init; }

    /// <summary>When those who said yes are to be told what is new, or that it is cancelled; null = they know.</summary>
    public DateTimeOffset? TellAt { get; init; }

    public long Version { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Joined from wherever one is: nobody has to travel, and the place's own access does not count.</summary>
    public bool IsOnline => Kind is EventKind.OnlineFair or EventKind.LivestreamFair || District is null;

    /// <summary>Whether a plan for one of its waves is to be reckoned with.</summary>
    public bool Stands(PlanHead plan) =>
        Status is EventStatus.Announcing or EventStatus.Announced or EventStatus.AwaitingApproval && (Wave >= plan.Wave || Announcements.Any(asked => asked.Wave == plan.Wave));

    /// <summary>Whether other positions are tied to it than when it was announced last, so that there is something to announce again.</summary>
    public bool HasOther(IEnumerable<string> positions) => Announcements is [.., var last] && last.Ties != Announcement.TiesOf(positions);

    /// <summary>Whether people have been told of it and may still come.</summary>
    public bool IsAhead(DateTimeOffset now) => Wave > 0 && Status is not (EventStatus.Cancelled or EventStatus.Closed) && StartsAt > now;

    /// <summary>Whether nobody more can come.</summary>
    /// <param name="coming">How many have said that they come.</param>
    public bool IsFull(int coming) => coming >= Capacity;
}

/// <summary>One announcement of an event. People are told once it needs no approval or has it.</summary>
/// <param name="Wave">The wave of messages that it makes.</param>
/// <param name="People">How many it was going to reach when it was asked for.</param>
/// <param name="Ties">Which positions the event had then: equal for the same positions.</param>
/// <param name="AskedBy">A member of staff, by a name-less id.</param>
/// <param name="ApprovedBy">Another; null = nobody has, or nobody had to.</param>
/// <param name="Plan">The plan that was looked at before; null = one is made when it begins.</param>
public sealed record Announcement(int Wave, int People, string Ties, string AskedBy, DateTimeOffset AskedAt, string? ApprovedBy = null, DateTimeOffset? ApprovedAt = null, string? Plan = null)
{
    /// <summary><see cref="Ties"/> of these positions, in whatever order.</summary>
    public static string TiesOf(IEnumerable<string> positions) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', positions.Order(StringComparer.Ordinal)))).AsSpan(0, 8));
}

/// <summary>What is new about an event.</summary>
[Flags]
public enum EventNews { None = 0, Name = 1, Time = 2, Place = 4 }

/// <summary>What texts tell of an event: a change of these is news to those who said yes.</summary>
public sealed record EventFacts(string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? District, string? Address, string? Online)
{
    public static EventFacts Of(RecruitmentEvent fair) => new(fair.ShortTitle ?? fair.Title, fair.StartsAt, fair.EndsAt, fair.District, fair.Address, fair.Online);

    /// <summary>What whoever knows this event does not know of it as it is now.</summary>
    public EventNews To(EventFacts now) =>
        (Name == now.Name ? EventNews.None : EventNews.Name)
        | ((StartsAt, EndsAt) == (now.StartsAt, now.EndsAt) ? EventNews.None : EventNews.Time)
        | ((District, Address, Online) == (now.District, now.Address, now.Online) ? EventNews.None : EventNews.Place);
}
