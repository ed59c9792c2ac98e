using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;
using Microsoft.AspNetCore.Mvc;

namespace JobMatch.Functions;

/// <summary>Everything about employers and their positions that programs may ask. Another employer's id answers 404.</summary>
public static class Employers
{
    public static void MapEmployers(this Triggers triggers)
    {
        triggers.Http("PUT", "/api/employers/{id}", "employers.write", PutEmployer).Audited(AuditAct.EmployerWritten)
            .Describe(x => x.WithSummary("Registers an employer or replaces what is held.").Accepts<EmployerShape>("application/json")
                .Produces<EmployerShape>(201).Produces<EmployerShape>(200));
        triggers.Http("GET", "/api/employers/{id}", "employers.read", GetEmployer)
            .Describe(x => x.WithSummary("What is held about an employer.").Produces<EmployerShape>());
        triggers.Http("PUT", "/api/positions/{id}", "positions.write", PutPosition)
            .Describe(x => x.WithSummary("Posts a position or replaces it. Staff name the employer.").Accepts<PositionShape>("application/json")
                .Produces<PositionAnswer>(201).Produces<PositionAnswer>(200));
        triggers.Http("POST", "/api/positions/import", "positions.import", ImportMany)
            .Describe(x => x.WithSummary("Many positions of one employer: CSV, xlsx or NDJSON; an answer per row, good rows kept; ?event= ties them to an event.").TakesSheet());
        triggers.Http("GET", "/api/positions/{id}", "positions.read", GetPosition)
            .Describe(x => x.WithSummary("A position as it was posted.").Produces<PositionAnswer>());
        triggers.Http("DELETE", "/api/positions/{id}", "positions.close", ClosePosition)
            .Describe(x => x.WithSummary("Closes a position; closing twice is closing once.").Produces(204));
        triggers.Http("GET", "/api/positions/{id}/candidates", "positions.candidates", Candidates)
            .Describe(x => x.WithSummary("People who may be shown for a position, best first, without names.").Produces<ListAnswer<CandidateAnswer>>());
        triggers.Http("GET", "/api/positions/{id}/near-misses", "positions.nearMisses", NearMisses)
            .Describe(x => x.WithSummary("What would let more people in: what is not offered yet, and the questions that would settle most.").Produces<PositionNearMissesAnswer>());
    }

    private static async Task<IResult> PutEmployer(HttpContext context, string id, PutEmployer flow, CancellationToken cancel)
    {
        var (employer, problem) = await Requests.Read<EmployerShape, Employer>(context, id, shape => shape.ToEmployer(id));
        if (employer is null)
            return problem!;
        var put = await flow.Run(employer, Requests.IfMatch(context), cancel);
        return Answers.OfPut(context, "employer", put, x => x.Version, x => x.ToShape());
    }

    private static async Task<IResult> GetEmployer(HttpContext context, string id, IEmployers employers, CancellationToken cancel)
    {
        if (await employers.Find(id, cancel) is not { } stored)
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "employer", stored.Value.ToShape());
    }

    private static async Task<IResult> PutPosition(
        HttpContext context, string id, string? employer, PutPosition flow, IPositions positions, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var owner = Acting(context, employer) ?? (await positions.Find(id, cancel))?.Value.Employer;
        if (owner is null || CallerId.Check(owner, "employer") is not null)
            return Requests.Invalid(context, [WhichEmployer]);
        var (file, problem) = await Requests.Read<PositionShape, PositionFile>(context, id, shape => shape.ToFile(id, owner, time.Today(), codes));
        if (file is null)
            return problem!;
        var put = await flow.Run(file, Requests.IfMatch(context), cancel);
        return Answers.OfPut(context, "position", put, x => x.Version, x => PositionAnswer.Of(x));
    }

    private static async Task<IResult> ImportMany(
        HttpContext context, string? employer, [FromQuery(Name = "event")] string? eventId, PutPosition flow, PutEvent ties, IEmployers employers,
        IEvents events, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        if (Acting(context, employer) is not { } owner || CallerId.Check(owner, "employer") is not null)
            return Requests.Invalid(context, [WhichEmployer]);
        var own = context.Caller().Role == Role.Employer ? owner : null;
        if (eventId is not null && (await events.Find(eventId, cancel) is not { } fair || (own is not null && !fair.Value.OpenToEmployers)))
            return Problems.NotFound(context);
        var (sheet, problem) = await Imports.Read(context);
        if (sheet is null)
            return problem!;
        var creditCode = (await employers.Find(owner, cancel))?.Value.CreditCode;
        await Imports.Answer(context, Import.Positions(sheet, owner, creditCode, time.Today(), codes), async file =>
        {
            var put = await flow.Run(file, null, cancel);
            if (eventId is not null && put is not Put<PositionFile>.NotYours)
                await ties.Tie(eventId, file.Id, own, tied: true, cancel);
            return Imports.Of(put);
        });
        return Results.Empty;
    }

    private static FieldError WhichEmployer => Faults.Required("employer", "Say for which employer: ?employer={id}.", "请注明单位：?employer={编号}。");

    private static async Task<IResult> GetPosition(HttpContext context, string id, IPositions positions, CancellationToken cancel)
    {
        if (await positions.Find(id, cancel) is not { } stored || !Access.MayTouch(context.Caller(), stored.Value.Employer))
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "position", PositionAnswer.Of(stored.Value));
    }

    private static async Task<IResult> ClosePosition(HttpContext context, string id, PutPosition flow, IPositions positions, CancellationToken cancel)
    {
        if (await positions.Find(id, cancel) is not { } stored || !Access.MayTouch(context.Caller(), stored.Value.Employer))
            return Problems.NotFound(context);
        await flow.Close(id, stored.Value.Employer, cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> Candidates(HttpContext context, string id, int? top, FindCandidates flow, Settings settings, CancellationToken cancel)
    {
        var caller = context.Caller();
        var found = await flow.Run(id, caller.Role == Role.Employer ? caller.EmployerId : null, settings.SettleAnswers, Requests.Top(top), cancel);
        return found is null
            ? Problems.NotFound(context)
            : Answers.List(context, "candidate", found.Items.Select(CandidateAnswer.Of), found.Total);
    }

    private static async Task<IResult> NearMisses(HttpContext context, string id, FindPositionNearMisses flow, Settings settings, CodeLists codes, CancellationToken cancel)
    {
        var own = context.Caller() is { Role: Role.Employer } caller ? caller.EmployerId : null;
        return await flow.Run(id, own, settings.SettleAnswers, cancel) is { } gaps
            ? Answers.Json(context, "positionNearMisses", PositionNearMissesAnswer.Of(id, gaps, own is null ? Audience.Staff : Audience.Employer, Languages.Of(context), codes))
            : Problems.NotFound(context);
    }

    // An employer acts for itself, whatever the query says; staff name the employer.
    private static string? Acting(HttpContext context, string? employer) =>
        context.Caller() is { Role: Role.Employer } caller ? caller.EmployerId : employer;
}
