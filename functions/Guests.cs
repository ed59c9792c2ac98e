using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>From yes to outcome: who is on an event's list, who has come, and how far each has come with which position.</summary>
public static class Guests
{
    public static void MapGuests(this Triggers triggers)
    {
        triggers.Http("GET", "/api/events/{id}/guests", "guests.read", All).Audited(AuditAct.GuestsOpened)
            .Describe(x => x.WithSummary("Who said yes, was signed up or has come, by number at the event.").Produces<ListAnswer<GuestAnswerLine>>());
        triggers.Http("POST", "/api/events/{id}/registrations", "guests.write", Register).Audited(AuditAct.GuestsChanged)
            .Describe(x => x.WithSummary("Puts a seeker on the event's list, there already or not; twice is once.").Accepts<RegistrationShape>("application/json").Produces<RegistrationAnswer>());
        triggers.Http("POST", "/api/events/{id}/check-ins", "guests.write", Check).Audited(AuditAct.GuestsChanged)
            .Describe(x => x.WithSummary("Notes by number who has come; twice is once.").Accepts<CheckInShape>("application/json").Produces<EntryAnswer>());
        triggers.Http("POST", "/api/events/{id}/outcomes", "guests.write", Outcomes).Audited(AuditAct.GuestsChanged)
            .Describe(x => x.WithSummary("Enters by number how far guests have come with a position; twice is once.").Accepts<OutcomeShape>("application/json").Produces<EntryAnswer>());
        triggers.Http("GET", "/api/funnel", "events.funnel", Total)
            .Describe(x => x.WithSummary("The funnel of all events that begin on days from–to (by default the last 30 and the next 30), as sums.").Produces<FunnelCounts>());
    }

    private static async Task<IResult> All(HttpContext context, string id, ListGuests flow, CancellationToken cancel) =>
        await flow.Run(id, cancel) is { } guests ? Answers.List(context, "guest", guests.Select(GuestAnswerLine.Of), guests.Count) : Problems.NotFound(context);

    private static async Task<IResult> Register(HttpContext context, string id, RegisterGuest flow, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<RegistrationShape, RegistrationShape>(context, null, shape => new(shape, []));
        if (wanted is null)
            return problem!;
        return await flow.Run(id, wanted.Seeker!, wanted.Attended == true, cancel) is { } guest
            ? Answers.Json(context, "registration", new RegistrationAnswer(id, wanted.Seeker!, guest.Number!.Value, guest.AttendedAt is not null))
            : Problems.NotFound(context);
    }

    private static async Task<IResult> Check(HttpContext context, string id, CheckIn flow, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<CheckInShape, CheckInShape>(context, null, shape => new(shape, []));
        return wanted is null ? problem! : Answer(context, await flow.Run(id, wanted.Numbers!, wanted.Undo == true, cancel));
    }

    private static async Task<IResult> Outcomes(HttpContext context, string id, RecordOutcomes flow, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<OutcomeShape, OutcomeShape>(context, null, shape => new(shape, []));
        return wanted is null ? problem! : Answer(context, await flow.Run(id, wanted.Position!, wanted.Stage!.Value, wanted.Reason, wanted.Numbers!, wanted.Undo == true, context.Caller().StaffId, cancel));
    }

    private static IResult Answer(HttpContext context, Noted entered) => entered switch
    {
        Noted.Done x => Answers.Json(context, "entry", new EntryAnswer(x.Guests)),
        Noted.Refused x => Requests.Invalid(context, x.Faults),
        _ => Problems.NotFound(context),
    };

    private static async Task<IResult> Total(HttpContext context, DateOnly? from, DateOnly? to, TotalFunnel flow, TimeProvider time, CancellationToken cancel)
    {
        var (first, last) = TotalFunnel.Days(from, to, time.Today());
        return last.DayNumber - first.DayNumber is >= 0 and < TotalFunnel.Most
            ? Answers.Json(context, "funnel", await flow.Run(first, last, cancel))
            : Requests.Invalid(context, [Faults.OutOfRange("to", $"Ask for 1 to {TotalFunnel.Most} days.", $"请选择 1 到 {TotalFunnel.Most} 天。")]);
    }
}

/// <summary>Somebody on an event's list.</summary>
/// <param name="Number">By which lists and desks know the person.</param>
/// <param name="Seeker">Absent after erasure.</param>
public sealed record GuestAnswerLine(int Number, string? Seeker, string? Name, bool Coming, bool Registered, bool Attended, IReadOnlyList<GuestStepAnswer> Steps)
{
    internal static GuestAnswerLine Of(ListedGuest x) => new(
        x.Guest.Number!.Value, x.Person?.Id, x.Person?.Name, x.Guest.Answer == GuestAnswer.Coming, x.Guest.RegisteredAt is not null, x.Guest.AttendedAt is not null,
        [.. x.Guest.Steps.Select(step => new GuestStepAnswer(step.Position, step.Stage, step.At, step.Reason))]);
}

/// <param name="Reason">Of CLOSED.</param>
public sealed record GuestStepAnswer(string Position, OutcomeStage Stage, DateTimeOffset At, ClosingReason? Reason);

public sealed record RegistrationAnswer(string Event, string Seeker, int Number, bool Attended);

/// <param name="Guests">How many guests the entry names.</param>
public sealed record EntryAnswer(int Guests);
