using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>What people can take up beside positions: courses, contests, time on air, assignments, places for a firm. Courses have addresses of their own.</summary>
public static class Opportunities
{
    public static void MapOpportunities(this Triggers triggers)
    {
        triggers.Http("GET", "/api/opportunities", "opportunities.read", (HttpContext context, [AsParameters] Own own) => All(context, null, own))
            .Describe(x => x.WithSummary("All opportunities by kind and id, with their places.").Produces<ListAnswer<OpportunityAnswer>>());
        triggers.Http("GET", "/api/courses", "opportunities.read", (HttpContext context, [AsParameters] Own own) => All(context, CourseRun.Name, own))
            .Describe(x => x.WithSummary("All course runs by id, with their places and how many open positions ask for what they teach.").Produces<ListAnswer<OpportunityAnswer>>());
        triggers.Http("PUT", "/api/opportunities/{kind}/{id}", "opportunities.write", Put).Audited(AuditAct.RecordChanged)
            .Describe(x => x.WithSummary("Writes an opportunity, or replaces it.").Accepts<OpportunityShape>("application/json").Produces<OpportunityAnswer>(201).Produces<OpportunityAnswer>());
        triggers.Http("PUT", "/api/courses/{id}", "opportunities.write", (HttpContext context, string id, PutOpportunity flow, [AsParameters] Own own) => Put(context, CourseRun.Name, id, flow, own)).Audited(AuditAct.RecordChanged)
            .Describe(x => x.WithSummary("Writes a course run, or replaces it.").Accepts<OpportunityShape>("application/json").Produces<OpportunityAnswer>(201).Produces<OpportunityAnswer>());
        triggers.Http("GET", "/api/opportunities/{kind}/{id}", "opportunities.read", Get)
            .Describe(x => x.WithSummary("An opportunity, with its places.").Produces<OpportunityAnswer>());
        triggers.Http("GET", "/api/courses/{id}", "opportunities.read", (HttpContext context, string id, [AsParameters] Own own) => Get(context, CourseRun.Name, id, own))
            .Describe(x => x.WithSummary("A course run, with its places and how many open positions ask for what it teaches.").Produces<OpportunityAnswer>());
        triggers.Http("PUT", "/api/opportunities/{kind}/{id}/places/{seeker}", "opportunities.take", Take).Audited(AuditAct.RecordChanged)
            .Describe(x => x.WithSummary("Asks for a place for a seeker: theirs, or a number on the waiting list; twice is once.").Produces<PlaceAnswer>());
        triggers.Http("DELETE", "/api/opportunities/{kind}/{id}/places/{seeker}", "opportunities.take", Leave).Audited(AuditAct.RecordChanged)
            .Describe(x => x.WithSummary("Gives a place back; whoever waits longest has it then. Twice is once.").Produces(204));
        triggers.Http("POST", "/api/opportunities/{kind}/import", "opportunities.write", ImportMany).Audited(AuditAct.RecordChanged, "kind")
            .Describe(x => x.WithSummary("Many opportunities of one kind: CSV, xlsx or NDJSON; an answer per row, good rows kept.").TakesSheet());
        triggers.Http("GET", "/api/seekers/{id}/opportunities", "seekers.matches", OfSeeker).AuditedPerson(AuditAct.SeekerOpened)
            .Describe(x => x.WithSummary("What a seeker can take up beside positions, best first, with reasons.").Produces<ListAnswer<OpportunityMatchAnswer>>());
    }

    /// <summary>How many open positions ask for one of these skills.</summary>
    internal static int Opens(MarketView view, IReadOnlyList<string> skills, DateOnly today) => skills.Count == 0 ? 0
        : view.Positions.Values.Count(x => x.Facts.IsOpen(today) && x.Facts.SkillsRequired.Any(skills.Contains));

    private static async Task<IResult> All(HttpContext context, string? kind, Own own)
    {
        var all = (await own.Opportunities.All(context.RequestAborted)).Where(x => kind is null || x.Facts.Kind == kind).ToList();
        var view = await own.Market.View(context.RequestAborted);
        return Answers.List(context, "opportunity", all.Select(x => OpportunityAnswer.Of(x.Facts, null, Opens(view, x.Facts.Skills, own.Time.Today()))), all.Count);
    }

    private static async Task<IResult> Put(HttpContext context, string kind, string id, PutOpportunity flow, [AsParameters] Own own)
    {
        if (Takes(own.Kinds, kind) is not { } known)
            return Problems.NotFound(context);
        var (wanted, problem) = await Requests.Read<OpportunityShape, Opportunity>(context, id, shape => shape.ToOpportunity(known, id, own.Time.Today(), own.Codes));
        if (wanted is null)
            return problem!;
        var put = await flow.Run(wanted, Requests.IfMatch(context), context.RequestAborted);
        var told = put is Put<OpportunityFile>.Stale ? null : await Told(put.Value!.Facts, own, context.RequestAborted);
        return Answers.OfPut(context, "opportunity", put, x => x.Version, _ => told!);
    }

    private static async Task<IResult> Get(HttpContext context, string kind, string id, [AsParameters] Own own)
    {
        if (own.Kinds.Find(kind) is null || await own.Opportunities.Find(kind, id, context.RequestAborted) is not { } stored)
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "opportunity", await Told(stored.Value.Facts, own, context.RequestAborted));
    }

    private static async Task<IResult> Take(HttpContext context, string kind, string id, string seeker, TakePlace flow, [AsParameters] Own own) =>
        own.Kinds.Find(kind) is null || await own.Opportunities.Find(kind, id, context.RequestAborted) is null ? Problems.NotFound(context)
        : await flow.Run(kind, id, seeker, context.RequestAborted) is { } taken ? Answers.Json(context, "placeTaken", new PlaceAnswer(kind, id, seeker, taken.Holds, taken.Number))
        : Requests.Invalid(context, [Faults.Conflict("seeker", "There is no such seeker, or it does not suit them; GET /api/seekers/{id}/opportunities says why.", "没有这个求职者，或这个机会不适合；原因见 /api/seekers/{id}/opportunities。")]);

    private static async Task<IResult> Leave(HttpContext context, string kind, string id, string seeker, TakePlace flow, CancellationToken cancel)
    {
        await flow.Leave(kind, id, seeker, cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> ImportMany(HttpContext context, string kind, PutOpportunity flow, [AsParameters] Own own)
    {
        if (Takes(own.Kinds, kind) is not { } known)
            return Problems.NotFound(context);
        var (sheet, problem) = await Imports.Read(context);
        if (sheet is null)
            return problem!;
        await Imports.Answer(context, Import.Opportunities(sheet, known, own.Time.Today(), own.Codes), async one => Imports.Of(await flow.Run(one, null, context.RequestAborted)));
        return Results.Empty;
    }

    private static async Task<IResult> OfSeeker(HttpContext context, string id, int? top, FindOpportunities flow, CodeLists codes, CancellationToken cancel) =>
        await flow.Run(id, Requests.Top(top), cancel) is { } found
            ? Answers.List(context, "opportunityMatch", found.Items.Select(x => OpportunityMatchAnswer.Of(x, Languages.Of(context), codes)), found.Total)
            : Problems.NotFound(context);

    // Positions are posted as such.
    private static OpportunityKind? Takes(OpportunityKinds kinds, string kind) => kinds.Find(kind) is { } known and not PostedPosition ? known : null;

    private static async Task<OpportunityAnswer> Told(Opportunity facts, Own own, CancellationToken cancel) => OpportunityAnswer.Of(
        facts, (await own.Opportunities.Takers(facts.Kind, facts.Id, cancel))?.Value.Count ?? 0, Opens(await own.Market.View(cancel), facts.Skills, own.Time.Today()));

    internal sealed record Own(IOpportunities Opportunities, OpportunityKinds Kinds, IMarket Market, CodeLists Codes, TimeProvider Time);
}

/// <summary>An opportunity as it was put, with its places.</summary>
public sealed record OpportunityAnswer : OpportunityShape
{
    private OpportunityAnswer(OpportunityShape shape) : base(shape) { }

    public string Kind { get; init; } = "";

    public string Id { get; init; } = "";

    /// <summary>Places that somebody has.</summary>
    public int Taken { get; init; }

    /// <summary>People who wait for one; not told in lists.</summary>
    public int? Waiting { get; init; }

    /// <summary>How many open positions ask for one of its skills.</summary>
    public int Opens { get; init; }

    /// <param name="takers">Who has or wants a place; null = only the places taken are known.</param>
    internal static OpportunityAnswer Of(Opportunity x, int? takers, int opens) => new(x.ToShape())
    {
        Kind = x.Kind,
        Id = x.Id,
        Taken = takers is { } all ? Math.Min(all, x.Facts.Openings) : x.Facts.Signed,
        Waiting = takers is { } some ? Math.Max(0, some - x.Facts.Openings) : null,
        Opens = opens,
    };
}

/// <summary>One opportunity that is open to a seeker, with its reasons; OWN is the kind's own must and plus.</summary>
public sealed record OpportunityMatchAnswer(
    string Kind, string Id, string Title, Verdict Verdict, decimal Score, string PolicyVersion, IReadOnlyList<RuleAnswer> Rules, IReadOnlyList<PlusAnswer> Pluses)
{
    internal static OpportunityMatchAnswer Of(OpportunityMatch x, Language language, CodeLists codes) => new(
        x.Kind.Code, x.Opportunity.Id, x.Opportunity.Facts.Title, x.Verdict, x.Tenths / 10m, x.Match.PolicyVersion,
        [.. x.Match.Rules.Where(row => row.Stated).Select(row => new RuleAnswer(row.Rule, row.About, row.Result, row.Whom, row.By, x.Say(row, Audience.Staff, language, codes)))],
        [.. x.Match.Pluses.Select(row => new PlusAnswer(row.Plus, Math.Round(row.Value, 4), row.Weight, row.Tenths / 10m, x.Say(row, Audience.Staff, language, codes)))]);
}

/// <param name="Holds">A place is theirs; else they wait for one.</param>
/// <param name="Number">Among those with a place, or among those who wait; from 1.</param>
public sealed record PlaceAnswer(string Kind, string Id, string Seeker, bool Holds, int Number);
