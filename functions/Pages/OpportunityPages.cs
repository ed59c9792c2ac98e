using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Courses, contests and what else a person can take up: for that person to read and join, for staff to write and see.</summary>
public static class OpportunityPages
{
    private const int MostAsked = 20;

    public static void MapOpportunityPages(this Triggers triggers)
    {
        triggers.Page("GET", "/opportunities/{kind}/{id}", "pages.seeker", One);
        triggers.Page("POST", "/opportunities/{kind}/{id}", "pages.seeker", Take);
        triggers.Page("GET", "/staff/opportunities", "pages.staff", All);
        triggers.Page("GET", "/staff/opportunities/{kind}/new", "pages.staff.events", New);
        triggers.Page("POST", "/staff/opportunities/{kind}/new", "pages.staff.events", Add).Audited(AuditAct.RecordChanged, "kind");
        triggers.Page("GET", "/staff/opportunities/{kind}/{id}", "pages.staff.people", List).Audited(AuditAct.RecordsOpened);
    }

    private static async Task<IResult> One(HttpContext context, string kind, string id, [AsParameters] Own own)
    {
        var (cancel, me) = (context.RequestAborted, context.Caller().SeekerId!);
        if (await own.Find.One(kind, id, me, cancel) is not { } match)
            return Show.NotFound(context);
        var opens = Opportunities.Opens(await own.Market.View(cancel), match.Opportunity.Skills, own.Time.Today());
        return Show.Page<OpportunityPage, OpportunityModel>(context, new(match, await own.Places.Read(match.Opportunity, match.Match.Seeker.Id, cancel), opens, own.Codes));
    }

    private static async Task<IResult> Take(HttpContext context, string kind, string id, [AsParameters] Own own)
    {
        var (form, me) = (await Form.Posted(context), context.Caller().SeekerId!);
        if (form.Value("leave").Length > 0)
            await own.Places.Leave(kind, id, me, context.RequestAborted);
        else
            await own.Places.Run(kind, id, me, context.RequestAborted);
        return Show.Next($"/opportunities/{Uri.EscapeDataString(kind)}/{Uri.EscapeDataString(id)}");
    }

    // Which skills open positions ask for, and whether a course with free places teaches them.
    private static async Task<IResult> All(HttpContext context, [AsParameters] Own own)
    {
        var (cancel, today) = (context.RequestAborted, own.Time.Today());
        var (all, view) = (await own.Opportunities.All(cancel), await own.Market.View(cancel));
        var courses = await own.Find.Courses(cancel);
        var held = view.Seekers.Values.SelectMany(x => x.Facts.Skills ?? []).CountBy(skill => skill).ToDictionary();
        var asked = view.Positions.Values.Where(x => x.Facts.IsOpen(today)).SelectMany(x => x.Facts.SkillsRequired.Where(skill => own.Codes.FindSkill(skill) is not null).Distinct())
            .CountBy(skill => skill).OrderByDescending(x => x.Value).ThenBy(x => x.Key, StringComparer.Ordinal).Take(MostAsked)
            .Select(x => new SkillDemand(x.Key, x.Value, held.GetValueOrDefault(x.Key), courses[x.Key].Count()));
        return Show.Page<OpportunitiesPage, OpportunityList>(context, new([.. all.Select(x => x.Facts)], own.Kinds, [.. asked], own.Codes));
    }

    private static IResult New(HttpContext context, string kind, [AsParameters] Own own) => Known(own, kind) is { } known
        ? Show.Page<OpportunityFormPage, OpportunityForm>(context, new(Form.Empty.With("id", "o-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10))), known, own.Codes))
        : Show.NotFound(context);

    // The id comes with the form, so that what is posted twice is one.
    private static async Task<IResult> Add(HttpContext context, string kind, PutOpportunity flow, [AsParameters] Own own)
    {
        if (Known(own, kind) is not { } known)
            return Show.NotFound(context);
        var form = await Form.Posted(context);
        var fields = FieldsOf(known);
        var shape = form.With("skills", Codes(form.Value("skills"), own.Codes)).With("skillsRequired", Codes(form.Value("skillsRequired"), own.Codes)).WriteTo([], fields);
        if (form.Value("remote").Length > 0)
            shape["work"] = new JsonObject { ["place"] = "REMOTE" };
        var reading = ShapeReader.Read<OpportunityShape>(shape).Then(x => x.ToOpportunity(known, form.Value("id"), own.Time.Today(), own.Codes));
        if (!reading.Ok)
            return Show.Page<OpportunityFormPage, OpportunityForm>(context, new(form.With(reading.Errors, fields, Languages.Of(context)), known, own.Codes), 422);
        await flow.Run(reading.Value!, null, context.RequestAborted);
        return Show.Next($"/staff/opportunities/{kind}/{Uri.EscapeDataString(form.Value("id"))}");
    }

    private static async Task<IResult> List(HttpContext context, string kind, string id, [AsParameters] Own own)
    {
        var cancel = context.RequestAborted;
        if (own.Kinds.Find(kind) is not { } known || await own.Opportunities.Find(kind, id, cancel) is not { Value.Facts: var facts })
            return Show.NotFound(context);
        List<(string Subject, SeekerFile? Person)> people = [];
        foreach (var subject in (await own.Opportunities.Takers(kind, id, cancel))?.Value ?? [])
            people.Add((subject, await own.Seekers.IdOf(subject, cancel) is { } who ? (await own.Seekers.Find(who, cancel))?.Value : null));
        return Show.Page<TakersPage, TakersModel>(context, new(known, facts, people, Opportunities.Opens(await own.Market.View(cancel), facts.Skills, own.Time.Today()), own.Codes));
    }

    internal static Field[] FieldsOf(OpportunityKind kind) =>
    [
        Field.Text("title", "Name", "名称", ("required", new("Enter the name.", "请填写名称。"))), Field.Of("district", FieldKind.Text, ("required", new("Choose the district, or tick that it is at home.", "请选择区县，或勾选居家。"))),
        Field.Number("openings", "Places", "名额"), Field.Of("closesOn", FieldKind.Text, ("required", new("Enter the last day to apply.", "请填写报名截止日期。"))), Field.Of("startsOn", FieldKind.Text),
        Field.Of("skills", FieldKind.List, ("unknownCode", NoSuchSkill)), Field.Of("skillsRequired", FieldKind.List, ("unknownCode", NoSuchSkill)), new("accommodations", FieldKind.Map, EventModel.Venue),
        .. kind.Details.Select(word => Field.Number($"details.{word.Code}", word.Label.En, word.Label.Zh)),
    ];

    private static Label NoSuchSkill => new("Write skills as the list has them, with commas between.", "请按技能表中的名称填写，用逗号分开。");

    // By name in either language, or by code; what is neither is told.
    private static string[] Codes(string typed, CodeLists codes) => [.. typed.Split([',', '，', '、', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word =>
        codes.Skills.FirstOrDefault(skill => skill.Code == word || skill.Label.Zh == word || skill.Label.En.Equals(word, StringComparison.OrdinalIgnoreCase))?.Code ?? word)];

    private static OpportunityKind? Known(Own own, string kind) => own.Kinds.Find(kind) is { } known and not PostedPosition ? known : null;

    internal sealed record Own(IOpportunities Opportunities, FindOpportunities Find, TakePlace Places, ISeekers Seekers, IMarket Market, OpportunityKinds Kinds, CodeLists Codes, TimeProvider Time);
}

/// <param name="Mine">How the reader stands; null = they have not asked for a place.</param>
/// <param name="Opens">How many open positions ask for what it teaches.</param>
public sealed record OpportunityModel(OpportunityMatch Match, PlaceTaken? Mine, int Opens, CodeLists Codes);

/// <summary>A skill that open positions ask for.</summary>
/// <param name="Positions">How many ask for it.</param>
/// <param name="People">How many people have stated it.</param>
/// <param name="Courses">How many courses with free places teach it.</param>
public sealed record SkillDemand(string Skill, int Positions, int People, int Courses);

public sealed record OpportunityList(IReadOnlyList<Opportunity> All, OpportunityKinds Kinds, IReadOnlyList<SkillDemand> Asked, CodeLists Codes);

public sealed record OpportunityForm(Form Form, OpportunityKind Kind, CodeLists Codes);

/// <param name="People">In the order in which they asked; null after erasure.</param>
public sealed record TakersModel(OpportunityKind Kind, Opportunity Facts, IReadOnlyList<(string Subject, SeekerFile? Person)> People, int Opens, CodeLists Codes);
