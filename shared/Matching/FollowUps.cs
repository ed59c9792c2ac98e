namespace JobMatch.Matching;

/// <summary>What is followed up.</summary>
public enum FollowUpOf
{
    /// <summary>Somebody started work.</summary>
    Placement,

    /// <summary>A founder's firm moved into the incubation base.</summary>
    Founding,
}

/// <summary>What somebody says at a follow-up.</summary>
public enum FollowUpAnswer
{
    /// <summary>Still there, and all is well.</summary>
    Well,

    /// <summary>Still there, and something is wrong.</summary>
    Trouble,

    /// <summary>No longer there.</summary>
    Left,
}

/// <summary>Why nothing more is asked.</summary>
public enum FollowUpEnd
{
    /// <summary>The person said so.</summary>
    Left,

    /// <summary>The record says so: it was closed or taken back, the firm closed down.</summary>
    Over,

    /// <summary>A case was closed for a reason that ends it.</summary>
    CaseClosed,

    Erased,
}

/// <summary>Why a case was closed.</summary>
public enum CaseReason
{
    // It goes on.
    Solved,
    AdjustmentArranged,
    NoHelpWanted,

    // It has ended, or nobody is to be asked any more.
    FoundOtherWork,
    Referred,
    PayTooLow,
    HoursDoNotFit,
    TooFar,
    Health,
    AccommodationMissing,
    AccommodationRefused,
    JobNotAsDescribed,
    SkillsDoNotFit,
    EndedInProbation,
    ContractEnded,
    ClosedDown,
    Unreachable,
    WithdrewConsent,
}

/// <summary>What somebody of the staff sees to because of an answer.</summary>
/// <param name="DueOn">By when.</param>
/// <param name="Owner">A member of staff, by a name-less id; null = nobody has taken it yet.</param>
public sealed record FollowUpCase(DateTimeOffset OpenedAt, DateOnly DueOn, string? Owner)
{
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Exactly one once it is closed.</summary>
    public CaseReason? Reason { get; init; }

    public string? ClosedBy { get; init; }

    public bool IsOpen => ClosedAt is null;
}

/// <summary>One follow-up: asked by text or left to staff, and what was said.</summary>
/// <param name="Month">After how many: one of <see cref="FollowUpSeries.Months"/>.</param>
public sealed record FollowUp(int Month, DateOnly AskedOn)
{
    /// <summary>False = nobody may be texted: staff ask.</summary>
    public bool ByText { get; init; }

    /// <summary>By when staff ask; null = they need not, yet.</summary>
    public DateOnly? StaffBy { get; init; }

    public FollowUpAnswer? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The member of staff who entered it; null = the person, by a digit.</summary>
    public string? EnteredBy { get; init; }

    public FollowUpCase? Case { get; init; }

    /// <summary>Keys of the replies that were taken in, so that a repeated push changes nothing.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];
}

/// <summary>
/// The follow-ups of one placement or founding: which is due on a day, what an answer means, and what ends them. A change that
/// changes nothing gives the same object back.
/// </summary>
public sealed record FollowUpSeries
{
    public static readonly IReadOnlyList<int> Months = [1, 3, 6, 12];

    /// <summary>How many days after its day a follow-up is still asked: of records entered long afterwards nothing is asked.</summary>
    public const int AskWithinDays = 30;

    /// <summary>After so many days without an answer staff ask.</summary>
    public const int AnswerWithinDays = 5;

    private const int StaffWithinDays = 3;

    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required FollowUpOf Of { get; init; }

    /// <summary>The position, or the firm's record at the incubation base; null once a founder was erased.</summary>
    public string? About { get; init; }

    /// <summary>Of a placement: the event at which it was noted.</summary>
    public string? Event { get; init; }

    /// <summary>Who of the staff noted it, and owns the cases that come of it; null = a program, or nobody knows.</summary>
    public string? By { get; init; }

    public required DateOnly StartedOn { get; init; }

    /// <summary>By month.</summary>
    public IReadOnlyList<FollowUp> Asked { get; init; } = [];

    /// <summary>Null = it goes on.</summary>
    public FollowUpEnd? Ended { get; init; }

    /// <summary>The day of a follow-up. A month that is too short for the day ends on its last: a month after 31 January is 28 or 29 February.</summary>
    public DateOnly DueOn(int month) => StartedOn.AddMonths(month);

    /// <summary>What a digit answers; null = none of these, so that a person has to look.</summary>
    public static FollowUpAnswer? Means(int digit) => digit switch
    {
        1 => FollowUpAnswer.Well,
        2 => FollowUpAnswer.Trouble,
        3 => FollowUpAnswer.Left,
        _ => null,
    };

    public static bool OpensCase(FollowUpAnswer answer) => answer != FollowUpAnswer.Well;

    /// <summary>Whether nothing more is asked once a case is closed for this reason.</summary>
    public static bool Ends(CaseReason reason) => reason is not (CaseReason.Solved or CaseReason.AdjustmentArranged or CaseReason.NoHelpWanted);

    /// <summary>By when a case is seen to: within three days where somebody can still be kept, else within a week; never on a weekend.</summary>
    public static DateOnly CaseDue(FollowUpAnswer answer, DateOnly opened) => Weekday(opened.AddDays(answer == FollowUpAnswer.Trouble ? 3 : 7));

    /// <summary>The follow-up to be asked on a day; where several are, the latest. Null = none.</summary>
    public int? DueMonth(DateOnly today) => Ended is not null ? null
        : Months.Where(month => month > LastMonth && DueOn(month) <= today && today < DueOn(month).AddDays(AskWithinDays)).Select(month => (int?)month).LastOrDefault();

    /// <summary>The last one asked, while it has no answer: a later one takes its place.</summary>
    public FollowUp? Open => Ended is null && Asked is [.., { Answer: null } last] ? last : null;

    /// <summary>Whether staff have to look at it: to ask, or at a case.</summary>
    public bool NeedsStaff => Open?.StaffBy is not null || Asked.Any(asked => asked.Case?.IsOpen == true);

    /// <summary>Whether it was asked by text and nobody answered in time.</summary>
    public bool IsSilent(DateOnly today) => Open is { StaffBy: null } asked && asked.AskedOn.AddDays(AnswerWithinDays) <= today;

    /// <summary>When it is to be looked at next: something is due then, or an answer is missing. Null = never.</summary>
    public DateOnly? NextOn(DateOnly today)
    {
        if (Ended is not null)
            return null;
        var due = Months.Where(month => month > LastMonth && today < DueOn(month).AddDays(AskWithinDays)).Select(month => (DateOnly?)DueOn(month)).FirstOrDefault();
        DateOnly? silent = Open is { StaffBy: null } asked ? asked.AskedOn.AddDays(AnswerWithinDays) : null;
        return silent is null || due < silent ? due : silent;
    }

    /// <summary>As its own record says.</summary>
    /// <param name="start">The day it began; null = it did not, or is over.</param>
    public FollowUpSeries Kept(DateOnly? start) => (start, Ended) switch
    {
        (null, null) => this with { Ended = FollowUpEnd.Over },
        (null, _) => this,
        ({ } day, FollowUpEnd.Over) => this with { Ended = null, StartedOn = Asked.Count == 0 ? day : StartedOn },
        ({ } day, null) when Asked.Count == 0 && day != StartedOn => this with { StartedOn = day },
        _ => this,
    };

    /// <param name="byText">Else staff ask.</param>
    public FollowUpSeries Ask(int month, DateOnly today, bool byText) => With(new(month, today) { ByText = byText, StaffBy = byText ? null : Weekday(today.AddDays(StaffWithinDays)) });

    /// <summary>Leaves the open one to staff.</summary>
    public FollowUpSeries ToStaff(DateOnly today) => Open is { StaffBy: null } asked ? With(asked with { StaffBy = Weekday(today.AddDays(StaffWithinDays)) }) : this;

    /// <summary>Notes an answer; the one said last counts. A bad one opens a case at once.</summary>
    /// <param name="today">The day of <paramref name="at"/>.</param>
    /// <param name="by">The member of staff who enters it; null = the person, by text.</param>
    /// <param name="reply">The key of that text.</param>
    public FollowUpSeries Answered(int month, FollowUpAnswer answer, DateTimeOffset at, DateOnly today, string? by, string? reply)
    {
        var asked = Asked.FirstOrDefault(held => held.Month == month) ?? new(month, today) { ByText = by is null };
        if (reply is not null ? asked.Replies.Contains(reply) : asked.Answer == answer)
            return this;
        var replies = reply is null ? asked.Replies : [.. asked.Replies, reply];
        // Pushes come in any order.
        if (asked.AnsweredAt > at)
            return With(asked with { Replies = replies });
        var series = With(asked with { Answer = answer, AnsweredAt = at, EnteredBy = by, Replies = replies, Case = CaseOf(asked, answer, at, today, by) });
        if (month != series.LastMonth)
            return series;
        return series with { Ended = answer == FollowUpAnswer.Left ? Ended ?? FollowUpEnd.Left : Ended == FollowUpEnd.Left ? null : Ended };
    }

    /// <summary>Another owner or day for an open case; the same object where there is none.</summary>
    public FollowUpSeries Assigned(int month, string? owner, DateOnly dueOn) =>
        Asked.FirstOrDefault(held => held.Month == month) is { Case: { IsOpen: true } open } asked && (open.Owner != owner || open.DueOn != dueOn)
            ? With(asked with { Case = open with { Owner = owner, DueOn = dueOn } })
            : this;

    /// <summary>Closes an open case; likewise.</summary>
    public FollowUpSeries Closed(int month, CaseReason reason, DateTimeOffset at, string by) =>
        Asked.FirstOrDefault(held => held.Month == month) is { Case: { IsOpen: true } open } asked
            ? With(asked with { Case = open with { ClosedAt = at, Reason = reason, ClosedBy = by } }) with { Ended = Ended ?? (Ends(reason) ? FollowUpEnd.CaseClosed : null) }
            : this;

    private int LastMonth => Asked is [.., var last] ? last.Month : 0;

    private FollowUpSeries With(FollowUp asked) => this with { Asked = [.. Asked.Where(held => held.Month != asked.Month).Append(asked).OrderBy(held => held.Month)] };

    // One that was closed before the answer was given was about another.
    private FollowUpCase? CaseOf(FollowUp asked, FollowUpAnswer answer, DateTimeOffset at, DateOnly today, string? by) =>
        !OpensCase(answer) || asked.Case is { IsOpen: true } || asked.Case?.ClosedAt >= at ? asked.Case : new(at, CaseDue(answer, today), by ?? asked.Case?.Owner ?? By);

    private static DateOnly Weekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };
}

/// <summary>What a closed list's members are called.</summary>
public static class FollowUpLabels
{
    private static readonly Label[] Answers = [new("Still there, all is well", "还在，一切都好"), new("Still there, something is wrong", "还在，有困难"), new("No longer there", "已经不在了")];

    private static readonly Label[] Reasons =
    [
        new("The problem was solved", "问题已解决"), new("An adjustment was arranged", "已落实便利"), new("The person wants no help", "本人不需要帮助"),
        new("Found other work", "已另就业"), new("Referred to something else", "已转介"), new("Pay too low", "工资低"), new("Hours do not fit", "时间不合适"), new("Too far", "太远"),
        new("Health", "身体原因"), new("An adjustment is missing", "缺少便利条件"), new("An adjustment was refused", "不能提供便利"), new("Not as described", "与描述不符"), new("Skills do not fit", "技能不符"),
        new("Ended in probation", "试用期内结束"), new("Contract ended", "合同到期"), new("The firm closed down", "停业"), new("Cannot be reached", "联系不上"), new("Wants to be asked no more", "不愿再被回访"),
    ];

    public static Label Of(FollowUpAnswer answer) => Answers[(int)answer];

    public static Label Of(CaseReason reason) => Reasons[(int)reason];
}
