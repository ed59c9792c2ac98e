using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What a text to a person says, and with it who may get it: an answer reaches also those who want no texts otherwise.</summary>
public enum TextKind
{
    /// <summary>That an event takes place, to people for whom it has a position.</summary>
    Invitation,

    /// <summary>What is new about it, to those who said yes.</summary>
    Changed,

    /// <summary>That it does not take place, to those who said yes.</summary>
    Cancelled,

    /// <summary>The day before, to those who said yes.</summary>
    Reminder,

    /// <summary>What is new and fits.</summary>
    Digest,

    /// <summary>Asked for with a digit: further positions of an event.</summary>
    More,

    /// <summary>A digit that could mean several questions: which one?</summary>
    Clarify,

    /// <summary>A word that may mean “no” or “stop” was obeyed; says the way back.</summary>
    Stopped,

    /// <summary>Texts are on again.</summary>
    Resumed,

    /// <summary>What staff write back.</summary>
    StaffAnswer,

    /// <summary>When and where, to a yes that came after those who had said it before were told of a change.</summary>
    Confirmed,

    /// <summary>A yes to an event where no seat is left.</summary>
    Filled,

    /// <summary>What was asked for at an event is booked.</summary>
    Booked,

    /// <summary>What was asked for at an event is all taken.</summary>
    NoneLeft,

    /// <summary>How work, or a founder's firm, is going.</summary>
    FollowUp,
}

/// <summary>What a kind of text is allowed.</summary>
public static class TextKinds
{
    /// <summary>It answers what the person wrote: neither an opt-out nor quiet hours hold it back.</summary>
    public static bool IsAnswer(this TextKind kind) => kind == TextKind.More || kind.IsCappedApart();

    /// <summary>It counts among the day's answers and not among the day's texts; what was asked for with a digit is a text like others.</summary>
    public static bool IsCappedApart(this TextKind kind) => kind is TextKind.Clarify or TextKind.Stopped or TextKind.Resumed or TextKind.StaffAnswer
        or TextKind.Confirmed or TextKind.Filled or TextKind.Booked or TextKind.NoneLeft;

    /// <summary>It comes whatever else came that day: whoever said yes has asked to hear of it.</summary>
    public static bool IsUncapped(this TextKind kind) => kind is TextKind.Changed or TextKind.Cancelled;
}

/// <summary>A page of at most 100 messages: one partition, written in one batch.</summary>
/// <param name="Cause">What the messages are about; see <see cref="CauseOf"/> and <see cref="Of"/>.</param>
/// <param name="Wave">From 1.</param>
/// <param name="Page">From 0.</param>
public readonly record struct PageId(string Cause, int Wave, int Page)
{
    /// <summary>Ids hold no tilde, so the parts stay apart.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cause}~{Wave}~{Page}");

    private const char After = '!';

    /// <summary>The event whose state decides whether the page may be sent; null where none does.</summary>
    public string? Event => Cause.Split(After)[0] is { Length: > 0 } id ? id : null;

    /// <summary>What the page's texts say.</summary>
    public TextKind Kind => Cause.Split(After) is [_, var said] ? Enum.Parse<TextKind>(said.Split('.')[0], ignoreCase: true) : TextKind.Invitation;

    /// <summary>The event's id, and after it what the texts say, where they do not invite: no id holds an exclamation mark.</summary>
    public static string CauseOf(string eventId, TextKind kind) => kind == TextKind.Invitation ? eventId : $"{eventId}{After}{kind.ToString().ToLowerInvariant()}";

    /// <summary>The one page of a text that no event's state holds back, such as the answer to a reply.</summary>
    /// <param name="key">What is the same for the same cause; any characters.</param>
    public static PageId Of(TextKind kind, string key) =>
        new($"{CauseOf("", kind)}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}", 1, 0);

    /// <exception cref="FormatException">Not such an id.</exception>
    public static PageId Parse(string text) => MessageId.TryParse(text + "~-", out var id) ? id.In : throw new FormatException("No page id.");
}

/// <summary>
/// A message's id; its partition and its person can be read from it. The subject is random (128 bits), so the whole is
/// fit to be what a gateway echoes.
/// </summary>
public readonly record struct MessageId(PageId In, string Subject)
{
    public override string ToString() => $"{In}~{Subject}";

    /// <exception cref="FormatException">Not such an id.</exception>
    public static MessageId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("No message id.");

    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        id = default;
        if (text?.Split('~') is not [{ Length: > 0 } cause, var wave, var page, { Length: > 0 } subject]
            || !int.TryParse(wave, NumberStyles.None, CultureInfo.InvariantCulture, out var w)
            || !int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var p))
            return false;
        id = new(new(cause, w, p), subject);
        return true;
    }
}

/// <summary>What a digit can be an answer to: one person's invitation to one event, or a follow-up.</summary>
/// <param name="Event">Empty for a follow-up.</param>
/// <param name="FollowUp">Its id; null for an invitation.</param>
public sealed record Choice(string Event, string Subject, string? FollowUp = null);

/// <summary>A position that a text names, with the match as it stood when the plan was made.</summary>
/// <param name="Title">As posted then.</param>
/// <param name="Occupation">A code or free text, where the position states one.</param>
/// <param name="Tenths">The score.</param>
/// <param name="Rules">The rows that rest on something stated.</param>
/// <param name="District">A code; null where it is done from anywhere.</param>
public sealed record NamedPosition(
    string Position, string Title, string? Occupation, Verdict Verdict, int Tenths, IReadOnlyList<RuleRow> Rules, string? District = null, Pay? Pay = null)
{
    public static NamedPosition From(Match match) => new(
        match.Position.Id, match.Position.Title, match.Position.Occupation, match.Verdict, match.Tenths, [.. match.Rules.Where(row => row.Stated)],
        match.Position.Place == Place.Remote ? null : match.Position.District, match.Position.Pay);
}

/// <summary>One text to one person: what was decided, and how far it has come. Neither text nor number is kept.</summary>
public sealed record Message
{
    public required MessageId Id { get; init; }

    public TextKind Kind => Id.In.Kind;

    /// <summary>What it speaks of, where <see cref="PageId.Event"/> does not say it.</summary>
    public string? About { get; init; }

    public string? Event => Id.In.Event ?? About;

    /// <summary>Of <see cref="TextKind.Clarify"/>: what A, B … stand for.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Which reply it answers, by its key.</summary>
    public string? Reply { get; init; }

    public MessageState State { get; init; }

    /// <summary>After this nobody is texted any more: the event has begun, or nobody waits for the answer any longer.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Positions of the event that the plan names to the person, best first; at most two, and none where all that suit are promised.</summary>
    public required IReadOnlyList<NamedPosition> Named { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>What is new, where the text says so. When and where itself is read when the text is sent.</summary>
    public EventNews News { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The language it was written in; null until it is.</summary>
    public Language? Language { get; init; }

    /// <summary>How many times it was claimed; 0 = never.</summary>
    public int Attempt { get; init; }

    /// <summary>When the last attempt was claimed.</summary>
    public DateTimeOffset? SendingAt { get; init; }

    /// <summary>The keyed hash of this message's id and the phone it went to, for checking receipts; links to no other message.</summary>
    public string? PhoneHash { get; init; }

    /// <summary>The gateway of the last attempt.</summary>
    public string? Gateway { get; init; }

    public string? VendorId { get; init; }

    /// <summary>Why it failed or expired: a vendor's code, or one of <see cref="Reasons"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>What happened so far, oldest first.</summary>
    public IReadOnlyList<Moment> History { get; init; } = [];

    /// <summary>The message after something happened; the same object where nothing changes.</summary>
    public Message After(Happening what, DateTimeOffset at, string? reason = null)
    {
        var next = State.After(what);
        return next == State ? this : this with
        {
            State = next,
            Reason = next is MessageState.Failed or MessageState.Expired ? reason : Reason,
            History = [.. History, new(at, what, next, reason)],
        };
    }

    /// <summary>What has to stay to be counted: to whom, when, and what became of it; not what it said, nor by what its receipts are known.</summary>
    public Message Bare() => this with { Choices = [], Reply = null, Named = [], PhoneHash = null, VendorId = null };
}

/// <summary>One line of a message's history.</summary>
public sealed record Moment(DateTimeOffset At, Happening What, MessageState State, string? Reason = null);

/// <summary>Why a message was not sent, as codes.</summary>
public static class Reasons
{
    public const string DeadlinePassed = "deadlinePassed";
    public const string EventCancelled = "eventCancelled";
    public const string EventStopped = "eventStopped";
    public const string EventFull = "eventFull";
    public const string PositionsClosed = "positionsClosed";
    public const string PositionsDeclined = "positionsDeclined";
    public const string QuietHours = "quietHours";
    public const string NoConsent = "noConsent";
    public const string OptedOut = "optedOut";
    public const string Erased = "erased";
    public const string NoPhone = "noPhone";
    public const string Capped = "capped";
    public const string NotComing = "notComing";
    public const string NothingToSay = "nothingToSay";
    public const string OutsText = "outsText";
}

/// <summary>A receipt as it was applied.</summary>
/// <param name="Key">The same for the same receipt, so that a repeated push is recognised.</param>
/// <param name="At">When it ended, as the vendor says; else when it arrived.</param>
public sealed record Receipt(string Key, bool Delivered, string? Code, DateTimeOffset At);

/// <summary>The right to call a gateway for one message. One attempt is held at a time; a claim that is open can be taken once more.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="By">Random per claimant, by which it knows its own claim after a lost answer.</param>
/// <param name="Open">That attempt surely did not reach the gateway: the next may be taken.</param>
/// <param name="Gateway">
/// Through which the text goes. Kept by an open claim whose call had no answer: should the vendor's "never seen" be wrong, no
/// other sends it a second time. Null where the next attempt may choose.
/// </param>
public sealed record Claim(MessageId Message, int Attempt, DateTimeOffset At, string By, bool Open, string? Gateway = null);

/// <summary>Everybody whom a wave invites, by page; complete once its head is there. The first complete plan is the plan.</summary>
/// <param name="Generation">Random, so that two planners never mix their pages.</param>
/// <param name="Reach">How fairly it reaches groups; null in plans older than that, and where those who said yes are told of a change.</param>
/// <param name="News">What is new, where that is what people are told.</param>
/// <param name="Tells">The event as it stood then, likewise.</param>
/// <param name="PolicyVersion">What its positions were judged by; null where it names none, and in plans older than that.</param>
public sealed record PlanHead(
    string Cause, int Wave, string Generation, int Pages, int People, DateTimeOffset At, PlanReach? Reach = null, EventNews News = EventNews.None, EventFacts? Tells = null,
    string? PolicyVersion = null);

/// <summary>How far the writing of a wave has come.</summary>
/// <param name="Written">Pages before this are written.</param>
/// <param name="At">When somebody last went on with it.</param>
/// <param name="AgainAt">Until then a copy of the work waits in the queue.</param>
public sealed record PlanProgress(int Written, DateTimeOffset At, DateTimeOffset AgainAt);

/// <summary>How fairly a plan reaches groups of people.</summary>
/// <param name="Budget">Messages that were allowed; null = everybody with a position is told.</param>
/// <param name="Meetings">Suitable meetings expected.</param>
/// <param name="Groups">People told before count as told.</param>
/// <param name="Obstacle">Why the four-fifths rule is not kept; null where it is.</param>
public sealed record PlanReach(int? Budget, double Meetings, IReadOnlyList<GroupShare> Groups, FairObstacle? Obstacle);

/// <summary>The plans for events of one day, in the order in which they were entered: each reckons with those before it.</summary>
public sealed record PlanDay(DateOnly Day, IReadOnlyList<PlanHead> Plans);

/// <summary>What other plans of the day reckon with.</summary>
/// <param name="Expected">Position → how many of those to whom it is named are expected to come.</param>
/// <param name="Picked">Subjects who were picked under a budget; nobody where everybody is told.</param>
/// <param name="Told">Subjects who are told, so that no other event of the day tells them of the same positions; null in older plans.</param>
public sealed record PlanPromises(IReadOnlyDictionary<string, double> Expected, IReadOnlyList<string> Picked, IReadOnlyList<string>? Told = null);

/// <summary>A plan that was shown before it is announced: its pages and promises are written, and it is entered in its day when it is.</summary>
/// <param name="Id">Random; also its heads' generation.</param>
/// <param name="DayETag">Of the day's plans that it reckons with; null = there were none.</param>
/// <param name="Reached">People, each counted once.</param>
/// <param name="Heads">One for each event.</param>
public sealed record KeptPlan(string Id, DateOnly Day, string? DayETag, DateTimeOffset At, int Reached, int? Budget, IReadOnlyList<PlanHead> Heads)
{
    /// <summary>How long it can be announced: then people and positions are looked at again.</summary>
    public static readonly TimeSpan Counts = TimeSpan.FromMinutes(10);
}

/// <summary>One person of a plan.</summary>
public sealed record Invitation(string Subject, IReadOnlyList<NamedPosition> Named);

/// <summary>A page that may still hold messages of unknown fate, so that they are found without looking through all.</summary>
/// <param name="CheckAt">Not before this moment.</param>
/// <param name="Deadline">The latest deadline of its messages.</param>
/// <param name="PutAgain">How often its queue message was put again, because messages of it were still waiting.</param>
public sealed record OpenPage(PageId Page, DateTimeOffset CheckAt, DateTimeOffset Deadline, int PutAgain = 0);

/// <summary>What a person says to an invitation.</summary>
public enum GuestAnswer { Coming, NotComing }

/// <summary>A person at an event: invited, and what came of it.</summary>
public sealed record Guest
{
    public required string Event { get; init; }

    public required string Subject { get; init; }

    /// <summary>The invitation; null = nobody invited this person by message.</summary>
    public MessageId? Invitation { get; init; }

    public GuestAnswer? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>By which the event's lists and desks know the person, from 1; null until one is needed.</summary>
    public int? Number { get; init; }

    /// <summary>When staff put the person on the list.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>When the person's coming was noted; from a list typed in afterwards, when that was.</summary>
    public DateTimeOffset? AttendedAt { get; init; }

    /// <summary>How far the person has come with which of the event's positions.</summary>
    public IReadOnlyList<GuestStep> Steps { get; init; } = [];

    /// <summary>With which positions the person was still there, after how many months.</summary>
    public IReadOnlyList<RetainedStep> Retained { get; init; } = [];

    /// <summary>Stands on the event's list: said yes, was signed up, has come, or was given a number.</summary>
    public bool IsListed => Answer == GuestAnswer.Coming || RegisteredAt is not null || AttendedAt is not null || Number is not null;

    /// <summary>Keys of the replies that were taken in, so that a repeated push changes nothing.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];
}

/// <param name="Month">One of <see cref="FollowUpSeries.Months"/>.</param>
public sealed record RetainedStep(string Position, int Month);

public enum CallbackKind { Report, Reply }

/// <summary>Where a raw callback body lies; what its queue message carries.</summary>
/// <param name="Day">UTC day of arrival, yyyyMMdd.</param>
/// <param name="Hash">SHA-256 of the raw body, lower-case hex.</param>
/// <param name="From">The first entry that is not done yet.</param>
/// <param name="Waited">How often entries without a message were waited for.</param>
public sealed record CallbackKey(string Gateway, CallbackKind Kind, string Day, string Hash, int From = 0, int Waited = 0)
{
    public string ToBody() => Written.Of(this);

    /// <exception cref="System.Text.Json.JsonException">No such body.</exception>
    public static CallbackKey Parse(string body) => Written.Read<CallbackKey>(body);
}

/// <summary>A raw callback as it arrived.</summary>
public sealed record Callback(CallbackKey Key, byte[] Body, DateTimeOffset At);

/// <summary>Something for staff to do. Names where its text lies and whom it may concern, never what was written.</summary>
/// <param name="Id">The same for the same cause.</param>
/// <param name="Kind">Such as <c>replyNotUnderstood</c>.</param>
/// <param name="Entry">Which entry of <paramref name="Callback"/>, from 0.</param>
/// <param name="Due">When it is to be done; null in tasks older than that.</param>
/// <param name="Ways">How those whom it concerns prefer to be contacted, as codes; empty where they have not said.</param>
public sealed record StaffTask(
    string Id, string Kind, DateTimeOffset At, CallbackKey Callback, int Entry, IReadOnlyList<string> Subjects, IReadOnlyList<string> Events,
    DateTimeOffset? Due = null, IReadOnlyList<string>? Ways = null)
{
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What staff write back; sealed at rest.</summary>
    public string? Answer { get; init; }
}

/// <summary>What a task is about.</summary>
public static class TaskKinds
{
    /// <summary>Somebody asked to be contacted.</summary>
    public const string Contact = "contact";
    public const string NotUnderstood = "replyNotUnderstood";

    /// <summary>An answer that could mean several questions, also after it was asked which.</summary>
    public const string ToSeveral = "replyToSeveral";
    public const string WithoutQuestion = "replyWithoutQuestion";

    /// <summary>Words, where a follow-up was asked.</summary>
    public const string ToFollowUp = "replyToFollowUp";
}

/// <summary>A page of messages that is due, as the queue <c>send-message</c> carries it.</summary>
/// <param name="Waited">How often the page was waited for.</param>
public sealed record SendItem(string Page, int Waited = 0)
{
    public string ToBody() => Written.Of(this);

    /// <exception cref="System.Text.Json.JsonException">No such body.</exception>
    public static SendItem Parse(string body) => Written.Read<SendItem>(body);
}

/// <summary>How messages are sent and looked after.</summary>
public sealed record SendSettings
{
    /// <summary>Texts per person and day (Asia/Shanghai), sign-in codes apart.</summary>
    public int CapPerDay { get; init; } = 5;

    /// <summary>An announcement to more people than this waits for a second member of staff.</summary>
    public int ApproveAbove { get; init; } = 2_000;

    /// <summary>What carriers charge for a part of a text, in yuan.</summary>
    public decimal PricePerPart { get; init; } = 0.05m;

    /// <summary>How long after a change of an announced event those who said yes are told, so that they are told once of all that follows within it.</summary>
    public TimeSpan ChangesSettle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Texts per person and day that answer what the person wrote; a cap of their own, so that two machines which answer each
    /// other come to an end.
    /// </summary>
    public int AnswersPerDay { get; init; } = 10;

    /// <summary>How long a reply is answered; later nobody waits for it.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromHours(2);

    /// <summary>From when on those who come to tomorrow's events are reminded (Asia/Shanghai).</summary>
    public TimeOnly RemindFrom { get; init; } = new(10, 0);

    /// <summary>Every how many days people are told what is new and fits; 0 = never. Seven is Mondays.</summary>
    public int DigestEvery { get; init; } = 7;

    /// <summary>From when to when (Asia/Shanghai) on such a day.</summary>
    public TimeOnly DigestFrom { get; init; } = new(10, 0);

    public TimeOnly DigestUntil { get; init; } = new(20, 0);

    /// <summary>From when to when (Asia/Shanghai) follow-ups are asked.</summary>
    public TimeOnly FollowUpFrom { get; init; } = new(10, 0);

    public TimeOnly FollowUpUntil { get; init; } = new(20, 0);

    /// <summary>When a person who had the day's share is texted on the next day.</summary>
    public TimeOnly DayOpens { get; init; } = new(8, 0);

    /// <summary>How long one run works before it puts a message for the rest.</summary>
    public TimeSpan WorkFor { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Calls at once of one run.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>
    /// How long after its claim a text may still leave. Whoever asks the gateway later than this and the call's own
    /// time-out knows that nothing is under way any more.
    /// </summary>
    public TimeSpan ClaimToWire { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The age at which a message of unknown fate is asked about.</summary>
    public TimeSpan AskAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The age at which a receipt that has not come is asked for; again ever more rarely.</summary>
    public TimeSpan ReceiptAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The age at which a page with messages that nobody has claimed is put again: longer than a queue message's lease, so
    /// that the usual one comes first. A process that dies five times over one message sends it to the poison queue.
    /// </summary>
    public TimeSpan PutAgainAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a text waits that the gateway surely did not take, unless the gateway says.</summary>
    public TimeSpan TryAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a page waits while its channel is paused.</summary>
    public TimeSpan PausedFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When nobody is texted, sign-in codes apart; a text waits till then, or lapses where that is past its deadline.</summary>
    public QuietHours Quiet { get; init; }

    /// <summary>An answer that takes longer is a slow one.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this long what a gateway did counts half: how soon one that was ill wins its share back.</summary>
    public TimeSpan HealthHalfLife { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What the gateway's signature adds to a text, in characters.</summary>
    public int SignatureLength { get; init; } = 12;
}
