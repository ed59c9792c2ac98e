using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What an employer's contact sees: the employer's own positions, posting and changing one, the people who may be shown for it.</summary>
public static partial class EmployerPages
{
    private const int Shown = 50;

    /// <summary>How many open positions are looked through for questions that wait, those that close first.</summary>
    private const int Reminded = 20;

    private const int ReadAtOnce = 32;

    private static readonly Label NoTitle = new("Enter what the job is called.", "请填写岗位名称。");
    private static readonly Label NoDistrict = new("Choose the district of the workplace, or say that the work is done from home.", "请选择工作区县；全部在家完成的请把工作地点选为“居家”。");

    internal static readonly Field[] Fields =
    [
        Field.Text("title", "Job title", "岗位名称", ("required", NoTitle)),
        Field.Of("occupation", FieldKind.Text),
        Field.Number("openings", "How many people", "招几人"),
        Field.Of("work.place", FieldKind.Text),
        Field.Of("district", FieldKind.Text, ("required", NoDistrict)),
        Field.Text("address", "Address", "工作地点"),
        Field.Number("work.pay.min", "Lowest pay", "最低工资"),
        Field.Number("work.pay.max", "Highest pay", "最高工资", ("outOfRange", new("The highest pay must be a whole number, not below the lowest.", "最高工资应为整数，且不低于最低工资。"))),
        Field.Of("work.pay.per", FieldKind.Text, ("required", new("Choose what the pay is for: a month, a day, an hour …", "请选择工资按月、按日还是按小时……"))),
        Field.Of("work.pay.guaranteed", FieldKind.Flag),
        Field.Of("work.contract", FieldKind.Text),
        Field.Of("work.shifts", FieldKind.List),
        Field.Number("work.hoursPerWeek", "Hours a week", "每周工时"),
        Field.Of("board", FieldKind.Text),
        Field.Of("lodging", FieldKind.Text),
        new("demands", FieldKind.Levels, CodeLists.CodesOf<Axis>()),
        new("accommodations", FieldKind.Map, [.. Accommodation.All.Select(x => x.Code)]),
        Field.Text("description", "Description", "岗位说明"),
        Field.Of("closesOn", FieldKind.Text, ("required", new("Choose the last day on which people can apply.", "请选择招聘截止日期。"))),
    ];

    // What is asked beside the people who may suit; levels of the map are numbers, as the rest of it is text.
    private static readonly Field[] Answers =
    [
        new("demands", FieldKind.Levels, CodeLists.CodesOf<Axis>()),
        new("exposures", FieldKind.Map, CodeLists.CodesOf<Exposure>()),
        new("accommodations", FieldKind.Map, [.. Accommodation.All.Select(x => x.Code)]),
        Field.Of("work.shifts", FieldKind.List),
        Field.Of("lodging", FieldKind.Text),
    ];

    public static void MapEmployerPages(this Triggers triggers)
    {
        triggers.Page("GET", "/employer", "pages.employer", Mine);
        triggers.Page("GET", "/employer/positions/new", "pages.employer", New);
        triggers.Page("POST", "/employer/positions/new", "pages.employer", Post);
        triggers.Page("GET", "/employer/positions/{id}", "pages.employer", One);
        triggers.Page("GET", "/employer/positions/{id}/edit", "pages.employer", Edit);
        triggers.Page("POST", "/employer/positions/{id}/edit", "pages.employer", Change);
        triggers.Page("POST", "/employer/positions/{id}/answers", "pages.employer", Answer);
        triggers.Page("POST", "/employer/positions/{id}/candidates", "pages.employer", Candidate);
        triggers.Page("POST", "/employer/positions/{id}/close", "pages.employer", Close);
    }

    private static async Task<IResult> Mine(
        HttpContext context, IPositions positions, IEmployers employers, FindPositionNearMisses near, Settings settings, TimeProvider time, CancellationToken cancel)
    {
        var employer = context.Caller().EmployerId!;
        var mine = new List<PositionFile>();
        // One after another, hundreds take seconds.
        foreach (var ids in (await positions.OfEmployer(employer, cancel)).Chunk(ReadAtOnce))
            mine.AddRange((await Task.WhenAll(ids.Select(id => positions.Find(id, cancel)))).OfType<Stored<PositionFile>>().Select(stored => stored.Value));
        mine = [.. mine.OrderBy(x => x.Facts.Closed && !x.Draft).ThenBy(x => x.Facts.ClosesOn).ThenBy(x => x.Id, StringComparer.Ordinal)];
        // Only what would settle enough people to be told: to be reminded of everything is to be reminded of nothing.
        List<Unanswered> waiting = [];
        foreach (var file in mine.Where(x => !x.Facts.Closed).Take(Reminded))
            if (await near.Run(file.Id, employer, settings.SettleAnswers, cancel) is { } gaps && gaps.Questions.Count(x => x.Count.Number > 0) is > 0 and var questions)
                waiting.Add(new(file, questions, time.Today().DayNumber - file.Facts.FirstPut.DayNumber));
        return Show.Page<EmployerPage, EmployerModel>(context, new(employer, (await employers.Find(employer, cancel))?.Value, mine, [.. waiting.OrderByDescending(x => x.Days)]));
    }

    private static IResult New(HttpContext context, CodeLists codes) =>
        Show.Page<PositionPage, PositionModel>(context, new(
            Form.Empty.With("id", "p-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10))).With("work.place", "ON_SITE").With("openings", "1"), codes, null));

    // The id comes with the form, so that what is posted twice is one position.
    private static async Task<IResult> Post(HttpContext context, [AsParameters] Own own)
    {
        var form = await Form.Posted(context);
        return OwnId().IsMatch(form.Value("id")) ? await Save(context, own, form, form.Value("id"), [], null) : Show.Next("/employer/positions/new");
    }

    private static async Task<IResult> Edit(HttpContext context, string id, IPositions positions, CodeLists codes, CancellationToken cancel) =>
        await Find(context, id, positions, cancel) is { } file ? Show.Page<PositionPage, PositionModel>(context, new(Form.Of(file.ToShape()), codes, id)) : Show.NotFound(context);

    private static async Task<IResult> Change(HttpContext context, string id, [AsParameters] Own own)
    {
        if (await Find(context, id, own.Positions, context.RequestAborted) is not { } file)
            return Show.NotFound(context);
        var held = JsonSerializer.SerializeToNode(file.ToShape(), ShapeJson.Options)!.AsObject();
        return await Save(context, own, await Form.Posted(context), id, held, id);
    }

    // Only what was chosen is an answer: the rest of the position stays as it is.
    private static async Task<IResult> Answer(HttpContext context, string id, [AsParameters] Own own)
    {
        if (await Find(context, id, own.Positions, context.RequestAborted) is not { } file)
            return Show.NotFound(context);
        var form = await Form.Posted(context);
        var said = Answers.SelectMany(field => field.Codes is null ? [field] : field.Codes.Select(code => Field.Of($"{field.Path}.{code}", field.Kind)))
            .Where(field => form.Values(field.Path).Any(x => x.Length > 0)).ToList();
        var held = JsonSerializer.SerializeToNode(file.ToShape(), ShapeJson.Options)!.AsObject();
        return await Save(context, own, Form.Of(file.ToShape()), id, form.WriteTo(held, said), id, []);
    }

    private static async Task<IResult> Save(HttpContext context, Own own, Form form, string id, JsonObject onto, string? editing, IReadOnlyList<Field>? fields = null)
    {
        var employer = context.Caller().EmployerId!;
        var reading = ShapeReader.Read<PositionShape>(form.WriteTo(onto, fields ?? Fields)).Then(x => x.ToFile(id, employer, own.Time.Today(), own.Codes));
        if (!reading.Ok)
            return Show.Page<PositionPage, PositionModel>(context, new(form.With(reading.Errors, Fields, Languages.Of(context)), own.Codes, editing), 422);
        // What shuts people out is kept off the form; what is only better left out is said on the position's page.
        FormError[] barring = fields is not null ? [] : [.. PositionLint.Of(reading.Value!).Where(x => x.Finding.Rule.Severity == LintSeverity.Blocks)
            .DistinctBy(x => x.Field).Select(x => new FormError(x.Field, PositionLint.Says(x.Finding).In(Languages.Of(context))))];
        if (barring.Length > 0)
            return Show.Page<PositionPage, PositionModel>(context, new(form.With(barring), own.Codes, editing), 422);
        return await own.Put.Run(reading.Value!, null, context.RequestAborted) is Put<PositionFile>.NotYours
            ? Show.NotFound(context)
            : Show.Next($"/employer/positions/{id}");
    }

    private static async Task<IResult> One(
        HttpContext context, string id, IPositions positions, FindCandidates flow, FindPositionNearMisses near, Settings settings, CodeLists codes, CancellationToken cancel)
    {
        if (await Find(context, id, positions, cancel) is not { } file || await flow.Run(id, file.Employer, settings.SettleAnswers, Shown, cancel) is not { } found
            || await near.Run(id, file.Employer, settings.SettleAnswers, cancel) is not { } gaps)
            return Show.NotFound(context);
        return Show.Page<CandidatesPage, CandidatesModel>(context, new(
            file, [.. found.Items.Select(x => new ShownCandidate(CandidateAnswer.Of(x), x.Sought))], found.Total, await flow.Declined(file, cancel), gaps, codes));
    }

    private static async Task<IResult> Candidate(HttpContext context, string id, AnswerCandidate flow, IPositions positions, CancellationToken cancel)
    {
        if (await Find(context, id, positions, cancel) is null)
            return Show.NotFound(context);
        var (form, employer) = (await Form.Posted(context), context.Caller().EmployerId!);
        var (alias, page) = (form.Value("alias"), $"/employer/positions/{Uri.EscapeDataString(id)}");
        return form.Value("say") switch
        {
            "interested" or "notInterested" => await flow.Seek(id, employer, alias, form.Value("say") == "interested", cancel) ? Show.Next($"{page}#c-{alias}") : Show.NotFound(context),
            "decline" => await flow.Decline(id, employer, alias, declined: true, cancel) ? Show.Next($"{page}#declined") : Show.NotFound(context),
            "undo" => await flow.Decline(id, employer, alias, declined: false, cancel) ? Show.Next($"{page}#candidates") : Show.NotFound(context),
            _ => Show.Next(page),
        };
    }

    private static async Task<IResult> Close(HttpContext context, string id, PutPosition flow, CancellationToken cancel) =>
        await flow.Close(id, context.Caller().EmployerId!, cancel) is null ? Show.NotFound(context) : Show.Next("/employer");

    private static async Task<PositionFile?> Find(HttpContext context, string id, IPositions positions, CancellationToken cancel) =>
        await positions.Find(id, cancel) is { } stored && Access.MayTouch(context.Caller(), stored.Value.Employer) ? stored.Value : null;

    [GeneratedRegex(@"^p-[a-p]{20}\z")]
    private static partial Regex OwnId();

    internal sealed record Own(IPositions Positions, PutPosition Put, CodeLists Codes, TimeProvider Time);
}

/// <summary>A position whose open questions keep people waiting.</summary>
/// <param name="Questions">How many of the five that would settle most would settle enough people to be told.</param>
/// <param name="Days">Since it was first posted.</param>
public sealed record Unanswered(PositionFile Position, int Questions, int Days);

/// <param name="Held">Null where nobody has entered the employer whose key is used.</param>
public sealed record EmployerModel(string Id, Employer? Held, IReadOnlyList<PositionFile> Positions, IReadOnlyList<Unanswered> Waiting);

/// <param name="Editing">The id of a position that is changed; null where it is new.</param>
public sealed record PositionModel(Form Form, CodeLists Codes, string? Editing);

/// <param name="One">Exactly what programs get.</param>
/// <param name="Sought">The employer said that it is interested.</param>
public sealed record ShownCandidate(CandidateAnswer One, bool Sought);

/// <param name="Declined">Whom the employer has declined.</param>
public sealed record CandidatesModel(PositionFile Position, IReadOnlyList<ShownCandidate> Items, int Total, IReadOnlyList<DeclinedCandidate> Declined, PositionGaps Gaps, CodeLists Codes);
