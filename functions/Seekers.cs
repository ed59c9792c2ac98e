using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>Everything about seekers that programs may ask.</summary>
public static class Seekers
{
    public static void MapSeekers(this Triggers triggers)
    {
        triggers.Http("PUT", "/api/seekers/{id}", "seekers.write", Put)
            .Describe(x => x.WithSummary("Registers a seeker or replaces what is held.").Accepts<SeekerShape>("application/json")
                .Produces<SeekerShape>(201).Produces<SeekerShape>(200));
        triggers.Http("POST", "/api/seekers/import", "seekers.import", ImportMany)
            .Describe(x => x.WithSummary("Many seekers: CSV, xlsx or NDJSON; an answer per row, good rows kept.").TakesSheet());
        triggers.Http("GET", "/api/seekers/{id}", "seekers.read", Get).AuditedPerson(AuditAct.SeekerOpened)
            .Describe(x => x.WithSummary("What is held about a seeker.").Produces<SeekerShape>());
        triggers.Http("GET", "/api/seekers/{id}/matches", "seekers.matches", Matches).AuditedPerson(AuditAct.SeekerOpened)
            .Describe(x => x.WithSummary("Positions open to a seeker, best first, with reasons.").Produces<ListAnswer<MatchAnswer>>());
        triggers.Http("GET", "/api/seekers/{id}/near-misses", "seekers.nearMisses", NearMisses).AuditedPerson(AuditAct.SeekerOpened)
            .Describe(x => x.WithSummary("What one question to employers, one answer of the seeker's own or one course would open.").Produces<SeekerNearMissesAnswer>());
        triggers.Http("GET", "/api/seekers/{id}/export", "seekers.export", Export).AuditedPerson(AuditAct.SeekerExported)
            .Describe(x => x.WithSummary("Everything held about a seeker: the record, every row of every table in which they are, replies and answers.").Produces<ExportAnswer>());
        triggers.Http("DELETE", "/api/seekers/{id}", "seekers.erase", Erase).AuditedPerson(AuditAct.SeekerErased)
            .Describe(x => x.WithSummary("Erases a seeker; asking twice gives the same receipt.").Produces<ErasureReceipt>());
        triggers.Http("GET", "/api/unmet-needs", "seekers.unmetNeeds", UnmetNeeds)
            .Describe(x => x.WithSummary("Which accommodations keep people of which district from every position.").Produces<ListAnswer<UnmetNeedAnswer>>());
    }

    private static async Task<IResult> Put(HttpContext context, string id, PutSeeker flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var (file, problem) = await Requests.Read<SeekerShape, SeekerFile>(context, id, shape => shape.ToFile(id, time.Today(), codes));
        if (file is null)
            return problem!;
        var imported = context.Caller().Role == Role.Import;
        var put = await flow.Run(file, Requests.IfMatch(context), imported, cancel);
        // Whoever is new has had no subject before. Saying the same again leaves a row too: the first try may have died here.
        if (!imported && put is not Put<SeekerFile>.Stale && put.Value is { } now)
            await context.Audit(put is Put<SeekerFile>.Created ? AuditAct.SeekerRegistered : AuditAct.SeekerChanged, now.Facts.Id);
        return Answer(context, put);
    }

    private static IResult Answer(HttpContext context, Put<SeekerFile> put) => Answers.OfPut(context, "seeker", put, x => x.Version, x => x.ToShape());

    private static async Task<IResult> ImportMany(HttpContext context, PutSeeker flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var (sheet, problem) = await Imports.Read(context);
        if (sheet is null)
            return problem!;
        await Imports.Answer(context, Import.Seekers(sheet, time.Today(), codes), async file => Imports.Of(await flow.Run(file, null, imported: true, cancel)));
        return Results.Empty;
    }

    private static async Task<IResult> Get(HttpContext context, string id, ISeekers seekers, CancellationToken cancel)
    {
        if (await seekers.Find(id, cancel) is not { } stored)
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "seeker", stored.Value.ToShape());
    }

    private static async Task<IResult> Export(HttpContext context, string id, ExportSeeker flow, CancellationToken cancel) =>
        await flow.Run(id, cancel) is { } export ? Answers.Json(context, "export", ExportAnswer.Of(export)) : Problems.NotFound(context);

    private static async Task<IResult> Erase(HttpContext context, string id, EraseSeeker flow, CancellationToken cancel) =>
        await flow.Run(id, cancel) is { } receipt ? Answers.Json(context, "erasure", receipt) : Problems.NotFound(context);

    private static async Task<IResult> Matches(HttpContext context, string id, int? top, FindMatches flow, CodeLists codes, CancellationToken cancel)
    {
        if (await flow.Run(id, Requests.Top(top), cancel) is not { } found)
            return Problems.NotFound(context);
        var language = Languages.Of(context);
        return Answers.List(context, "match", found.Items.Select(x => MatchAnswer.Of(x, Audience.Staff, language, codes)), found.Total);
    }

    private static async Task<IResult> NearMisses(HttpContext context, string id, FindSeekerNearMisses flow, FindOpportunities opportunities, CodeLists codes, CancellationToken cancel) =>
        await flow.Run(id, cancel) is { } found
            ? Answers.Json(context, "seekerNearMisses", SeekerNearMissesAnswer.Of(found, await opportunities.Courses(cancel), Audience.Staff, Languages.Of(context), codes))
            : Problems.NotFound(context);

    private static async Task<IResult> UnmetNeeds(HttpContext context, string? district, CountUnmetNeed flow, CodeLists codes, CancellationToken cancel)
    {
        if (district is not null && codes.FindDistrict(district) is null)
            return Requests.Invalid(context, [Faults.UnknownCode("district", "There is no such district. Use a GB/T 2260 code, or leave it out for all.", "没有这个区县。请填写 GB/T 2260 代码，不填则为全部区县。")]);
        var found = await flow.Run(district, cancel);
        return Answers.List(context, "unmetNeed", found.Select(UnmetNeedAnswer.Of), found.Count);
    }
}
