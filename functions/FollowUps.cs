using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>How placements and foundings go on: whom staff ask, what was answered, and the cases that came of it.</summary>
public static class FollowUps
{
    private const string One = "/api/follow-ups/{subject}/{followUp}";

    public static void MapFollowUps(this Triggers triggers)
    {
        triggers.Http("GET", "/api/follow-ups", "followUps.read", async (HttpContext context, ListFollowUps flow, CancellationToken cancel) => List(context, (await flow.Run(null, cancel)).ToAsk)).Audited(AuditAct.FollowUpsOpened, null)
            .Describe(x => x.WithSummary("People whom staff ask how work or their firm is going, the most overdue first; at most 100.").Produces<ListAnswer<FollowUpAnswerLine>>());
        triggers.Http("GET", "/api/cases", "followUps.read", async (HttpContext context, string? owner, ListFollowUps flow, CancellationToken cancel) => List(context, (await flow.Run(owner, cancel)).Cases)).Audited(AuditAct.FollowUpsOpened, null)
            .Describe(x => x.WithSummary("Open cases, the most overdue first, at most 100; ?owner= names one member of staff and leaves out other people's.").Produces<ListAnswer<FollowUpAnswerLine>>());
        triggers.Http("GET", One, "followUps.read", Get).AuditedPerson(AuditAct.FollowUpsOpened)
            .Describe(x => x.WithSummary("A follow-up, its answer and its case.").Produces<FollowUpAnswerLine>());
        triggers.Http("POST", One + "/answer", "followUps.write", Answer).AuditedPerson(AuditAct.FollowUpAnswered)
            .Describe(x => x.WithSummary("Enters what somebody said; a bad answer opens a case. Twice is once.").Accepts<FollowUpAnswerShape>("application/json").Produces<FollowUpAnswerLine>());
        triggers.Http("POST", One + "/case", "followUps.write", Change).AuditedPerson(AuditAct.CaseChanged)
            .Describe(x => x.WithSummary("Says who sees to a case and by when, notes what was agreed, closes it for a reason. Twice is once.").Accepts<CaseShape>("application/json").Produces<FollowUpAnswerLine>());
        triggers.Timer("ask-follow-ups", "45 * * * * *", (services, cancel) => services.GetRequiredService<AskFollowUps>().Run(cancel));
    }

    private static IResult List(HttpContext context, Ranked<ListedFollowUp> found) => Answers.List(context, "followUp", found.Items.Select(FollowUpAnswerLine.From), found.Total);

    private static async Task<IResult> Get(HttpContext context, string subject, string followUp, ListFollowUps flow, CancellationToken cancel) =>
        FollowUpId.Parse($"{subject}-{followUp}") is { } id && await flow.One(id, cancel) is { } found ? Answers.Json(context, "followUp", FollowUpAnswerLine.From(found)) : Problems.NotFound(context);

    private static async Task<IResult> Answer(HttpContext context, string subject, string followUp, AnswerFollowUp flow, ListFollowUps list, TimeProvider time, CancellationToken cancel)
    {
        if (FollowUpId.Parse($"{subject}-{followUp}") is not { } id)
            return Problems.NotFound(context);
        var (wanted, problem) = await Requests.Read<FollowUpAnswerShape, FollowUpAnswerShape>(context, null, shape => new(shape, []));
        if (wanted is null)
            return problem!;
        return await flow.Run(id, wanted.Answer!.Value, time.GetUtcNow(), context.Caller().StaffId!, null, cancel) is null ? Problems.NotFound(context) : await Get(context, subject, followUp, list, cancel);
    }

    private static async Task<IResult> Change(HttpContext context, string subject, string followUp, ChangeCase flow, ListFollowUps list, CancellationToken cancel)
    {
        if (FollowUpId.Parse($"{subject}-{followUp}") is not { } id)
            return Problems.NotFound(context);
        var (wanted, problem) = await Requests.Read<CaseShape, CaseShape>(context, null, shape => new(shape, []));
        if (wanted is null)
            return problem!;
        return await flow.Run(id, new(wanted.Owner, wanted.DueOn, wanted.Note, wanted.Reason), context.Caller().StaffId!, cancel) switch
        {
            CaseChanged.Done => await Get(context, subject, followUp, list, cancel),
            CaseChanged.Refused x => Requests.Invalid(context, x.Faults),
            _ => Problems.NotFound(context),
        };
    }
}

/// <summary>A follow-up.</summary>
/// <param name="Id">As it stands in its address.</param>
/// <param name="Of">PLACEMENT or FOUNDING.</param>
/// <param name="About">The position, or the firm's record at the incubation base.</param>
/// <param name="Title">What that is called.</param>
/// <param name="Month">After how many months: 1, 3, 6 or 12.</param>
/// <param name="Due">By when staff ask; absent where they need not, yet.</param>
/// <param name="EnteredBy">The member of staff; absent where the person answered by text.</param>
/// <param name="Seeker">Absent after erasure.</param>
/// <param name="Ended">Why nothing more is asked: left, over or caseClosed; absent while it goes on.</param>
public sealed record FollowUpAnswerLine(
    string Id, FollowUpOf Of, string? About, string? Title, string? Event, DateOnly StartedOn, int Month, DateOnly? Due, FollowUpAnswer? Answer, DateTimeOffset? AnsweredAt, string? EnteredBy,
    FollowUpEnd? Ended, TaskPersonAnswer? Seeker, CaseAnswer? Case)
{
    internal static FollowUpAnswerLine From(ListedFollowUp x) => new(
        $"{x.Id.Subject}/{x.Id.Rest}", x.File.Facts.Of, x.File.Facts.About, x.Title, x.File.Facts.Event, x.File.Facts.StartedOn, x.Asked.Month, x.Asked.StaffBy, x.Asked.Answer, x.Asked.AnsweredAt, x.Asked.EnteredBy,
        x.File.Facts.Ended, x.Person is { } person ? new(person.Id, person.Name, person.Phone, person.OptedOutAt is not null) : null,
        x.Asked.Case is { } opened ? new(opened.OpenedAt, opened.DueOn, opened.Owner, opened.ClosedAt, opened.Reason, [.. x.Notes.Select(note => new CaseNoteAnswer(note.At, note.By, note.Words))]) : null);
}

/// <param name="Owner">A member of staff, by a name-less id; absent while nobody has taken it.</param>
/// <param name="Reason">Of a closed one.</param>
public sealed record CaseAnswer(DateTimeOffset OpenedAt, DateOnly DueOn, string? Owner, DateTimeOffset? ClosedAt, CaseReason? Reason, IReadOnlyList<CaseNoteAnswer> Notes);

public sealed record CaseNoteAnswer(DateTimeOffset At, string By, string Words);
