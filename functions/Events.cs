using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>Recruitment events: what staff write, tie and announce, and what comes back.</summary>
public static class Events
{
    public static void MapEvents(this Triggers triggers)
    {
        triggers.Http("PUT", "/api/events/{id}", "events.write", Put)
            .Describe(x => x.WithSummary("Writes a recruitment event.").Accepts<EventShape>("application/json").Produces<EventAnswer>(201).Produces<EventAnswer>());
        triggers.Http("GET", "/api/events/{id}", "events.read", Get)
            .Describe(x => x.WithSummary("A recruitment event and how far it is.").Produces<EventAnswer>());
        triggers.Http("GET", "/api/events", "events.read", All)
            .Describe(x => x.WithSummary("All recruitment events by their start.").Produces<ListAnswer<EventAnswer>>());
        triggers.Http("PUT", "/api/events/{id}/positions/{positionId}", "events.tie", Tie)
            .Describe(x => x.WithSummary("Ties a position to an event; twice is once.").Produces(204));
        triggers.Http("DELETE", "/api/events/{id}/positions/{positionId}", "events.tie", Untie)
            .Describe(x => x.WithSummary("Takes a position off an event; twice is once.").Produces(204));
    }

    private static async Task<IResult> Put(HttpContext context, string id, PutEvent flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<EventShape, RecruitmentEvent>(context, id, shape => shape.ToEvent(id, time.Today(), codes));
        if (wanted is null)
            return problem!;
        var put = await flow.Run(wanted, Requests.IfMatch(context), cancel);
        if (put.Value is { } now)
            Requests.ETag(context, now.Version);
        return put switch
        {
            Put<RecruitmentEvent>.Stale => Problems.Stale(context),
            Put<RecruitmentEvent>.Created x => Answers.Json(context, "event", EventAnswer.Of(x.Now), 201),
            _ => Answers.Json(context, "event", EventAnswer.Of(put.Value!)),
        };
    }

    private static async Task<IResult> Get(HttpContext context, string id, IEvents events, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } stored)
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "event", EventAnswer.Of(stored.Value));
    }

    private static async Task<IResult> All(HttpContext context, IEvents events, CancellationToken cancel)
    {
        var all = await events.All(cancel);
        return Answers.List(context, "event", all.Select(EventAnswer.Of), all.Count);
    }

    private static Task<IResult> Tie(HttpContext context, string id, string positionId, PutEvent flow, CancellationToken cancel) =>
        Tied(context, id, positionId, tied: true, flow, cancel);

    private static Task<IResult> Untie(HttpContext context, string id, string positionId, PutEvent flow, CancellationToken cancel) =>
        Tied(context, id, positionId, tied: false, flow, cancel);

    private static async Task<IResult> Tied(HttpContext context, string id, string positionId, bool tied, PutEvent flow, CancellationToken cancel)
    {
        var caller = context.Caller();
        var employer = caller.Role == Role.Employer ? caller.EmployerId : null;
        return await flow.Tie(id, positionId, employer, tied, cancel) ? Results.NoContent() : Problems.NotFound(context);
    }
}
