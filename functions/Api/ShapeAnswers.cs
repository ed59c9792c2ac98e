using JobMatch.Flows;
using JobMatch.Flows.Shapes;

namespace JobMatch.Functions;

/// <summary>A position as it was posted; a closed one says so.</summary>
public sealed record PositionAnswer : PositionShape
{
    private PositionAnswer(PositionShape shape) : base(shape) { }

    /// <summary>True where it is closed; absent otherwise.</summary>
    public bool? Closed { get; init; }

    /// <summary>True where it waits for its employer to be approved, and nobody sees it; absent otherwise.</summary>
    public bool? Draft { get; init; }

    internal static PositionAnswer Of(PositionFile file) => new(file.ToShape()) { Closed = file.Facts.Closed && !file.Draft ? true : null, Draft = file.Draft ? true : null };
}

/// <summary>Everything held about a person.</summary>
/// <param name="Seeker">The record, in full.</param>
/// <param name="Withdrawn">The day each consent was last withdrawn.</param>
/// <param name="Declined">Positions that the person has hidden, and why where that was said.</param>
/// <param name="Rows">Every row of every table in which the person is; consents given, messages, answers, sessions and all else.</param>
/// <param name="Replies">What the person texted, as far as it is still kept.</param>
/// <param name="Answers">What staff wrote back, likewise.</param>
/// <param name="Notes">What staff noted about cases after follow-ups, likewise.</param>
public sealed record ExportAnswer(
    DateTimeOffset At, string Id, SeekerShape Seeker, Consents Withdrawn, DateTimeOffset? OptedOutAt, DateTimeOffset? OptedInAt, DateTimeOffset FirstPut, DateTimeOffset ChangedAt,
    IReadOnlyList<DeclinedAnswer> Declined, IReadOnlyList<HeldRow> Rows, IReadOnlyList<HeldReply> Replies, IReadOnlyList<string> Answers, IReadOnlyList<CaseNote> Notes, OwnChoices Own)
{
    internal static ExportAnswer Of(SeekerExport x) => new(
        x.At, x.Person.Id, x.Person.ToShape(), x.Person.Withdrawn, x.Person.OptedOutAt, x.Person.OptedInAt, x.Person.FirstPut, x.Person.ChangedAt,
        [.. x.Person.Facts.Declines.Select(y => new DeclinedAnswer(y.Key, y.Value.On, x.Person.WhyDeclined.TryGetValue(y.Key, out var why) ? why : null))], x.Rows, x.Replies, x.Answers, x.Notes, x.Person.Own);
}

/// <param name="On">The day on which it was hidden.</param>
public sealed record DeclinedAnswer(string Position, DateOnly On, ClosingReason? Reason);

/// <summary>A recruitment event as it was put, with how far it is.</summary>
public sealed record EventAnswer : EventShape
{
    private EventAnswer(EventShape shape) : base(shape) { }

    public string Id { get; init; } = "";

    public EventStatus Status { get; init; }

    /// <summary>How many waves of invitations there have been.</summary>
    public int Wave { get; init; }

    /// <summary>Who asked for which announcement, and who approved it where it needed that; oldest first.</summary>
    public IReadOnlyList<AskedAnswer> Announcements { get; init; } = [];

    internal static EventAnswer Of(RecruitmentEvent x) => new(x.ToShape())
    {
        Id = x.Id,
        Status = x.Status,
        Wave = x.Wave,
        Announcements = [.. x.Announcements.Select(y => new AskedAnswer(y.Wave, y.People, y.AskedBy, y.AskedAt, y.ApprovedBy, y.ApprovedAt))],
    };
}

/// <summary>One announcement that was asked for.</summary>
/// <param name="Wave">The wave of invitations that it makes.</param>
/// <param name="People">How many people it was going to reach.</param>
/// <param name="AskedBy">A member of staff, by a name-less id.</param>
/// <param name="ApprovedBy">Another; absent where nobody has, or nobody had to.</param>
public sealed record AskedAnswer(int Wave, int People, string AskedBy, DateTimeOffset AskedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt);
