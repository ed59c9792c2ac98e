using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>
/// What a seeker sees: registering, their own answers, their matches. Each short page is saved by itself, since nobody can be
/// asked to answer everything within the ten minutes that a confirmed phone counts.
/// </summary>
public static class SeekerPages
{
    private const int Shown = 20;

    private static readonly Label ChooseDistrict = new("Choose the district you live in.", "请选择您住的区县。");

    private static readonly Field[] About = [Field.Text("name", "Name", "姓名"), Field.Of("district", FieldKind.Text, ("required", ChooseDistrict), ("unknownCode", ChooseDistrict))];

    private static readonly Field[] Abilities = [new("capacity", FieldKind.Levels, CodeLists.CodesOf<Axis>())];

    private static readonly Field[] Schooling = [Field.Of("education", FieldKind.Text)];

    private static readonly Field[] Certificate =
    [
        Field.Number("certificate.category", "Category", "类别", ("required", new("Choose the category too, or no grade.", "请同时选择类别，或者等级也不填。"))),
        Field.Number("certificate.grade", "Grade", "等级", ("required", new("Choose the grade too, or no category.", "请同时选择等级，或者类别也不填。"))),
    ];

    private static readonly Field[] Wishes =
    [
        Field.Of("occupations", FieldKind.List), Field.Of("work.places", FieldKind.List), Field.Number("work.minPayMonthly", "The least pay", "最低工资"),
        Field.Number("work.hoursPerDay", "Hours a day", "每天工时"),
        Field.Number("work.commuteMinutes", "The way to work", "路上时间"), Field.Of("work.lodging", FieldKind.Text),
    ];


    internal static readonly string[] Purposes = [.. Consent.Asked.Select(one => one.Purpose)];

    public static void MapSeekerPages(this Triggers triggers)
    {
        triggers.Page("GET", "/register/about", "pages.signIn", NewAbout);
        triggers.Page("POST", "/register/about", "pages.signIn", Register);
        triggers.Page("GET", "/my/about", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<AboutPage>(context, own));
        triggers.Page("POST", "/my/about", "pages.answers", (HttpContext context, [AsParameters] Own own) => Save<AboutPage>(context, own, About, "/my/answers"));
        triggers.Page("GET", "/my/consents", "pages.consents", (HttpContext context, [AsParameters] Own own) => Edit<ConsentsPage>(context, own));
        triggers.Page("POST", "/my/consents", "pages.consents", Decide);
        triggers.Page("GET", "/my/statistics", "pages.consents", (HttpContext context, [AsParameters] Own own) => Edit<StatisticsPage>(context, own));
        triggers.Page("POST", "/my/statistics", "pages.consents", DecideStatistics);
        triggers.Page("GET", "/my/abilities", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<AbilitiesPage>(context, own));
        triggers.Page("POST", "/my/abilities", "pages.answers", (HttpContext context, [AsParameters] Own own) => Save<AbilitiesPage>(context, own, Abilities, "/my/adjustments"));
        triggers.Page("GET", "/my/adjustments", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<AdjustmentsPage>(context, own));
        triggers.Page("POST", "/my/adjustments", "pages.answers", (HttpContext context, [AsParameters] Own own) => Save<AdjustmentsPage>(context, own, [], "/my/musts", Helpful));
        triggers.Page("GET", "/my/musts", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<MustsPage>(context, own));
        triggers.Page("POST", "/my/musts", "pages.answers", (HttpContext context, [AsParameters] Own own) => Save<MustsPage>(context, own, [], "/my/wishes", Musts));
        triggers.Page("GET", "/my/wishes", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<WishesPage>(context, own));
        triggers.Page("POST", "/my/wishes", "pages.answers", (HttpContext context, [AsParameters] Own own) => Save<WishesPage>(context, own, Wishes, "/my/answers"));
        triggers.Page("GET", "/my/skills", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<SkillsPage>(context, own));
        triggers.Page("POST", "/my/skills", "pages.answers", (HttpContext context, [AsParameters] Own own) => Save<SkillsPage>(context, own, Schooling, "/my/answers", Skills));
        triggers.Page("GET", "/my/answers", "pages.answers", (HttpContext context, [AsParameters] Own own) => Edit<AnswersPage>(context, own));
        triggers.Page("POST", "/my/easy-read", "pages.seeker", EasyRead);
        triggers.Page("GET", "/matches", "pages.matches", Matches);
        triggers.Page("POST", "/matches/question", "pages.answers", Question);
        triggers.Page("POST", "/matches/{id}/save", "pages.answers", Keep);
        triggers.Page("GET", "/my/saved", "pages.matches", Saved);
        triggers.Page("POST", "/my/saved/{id}/remove", "pages.answers", Remove);
        triggers.Page("GET", "/matches/{id}/decline", "pages.answers", (HttpContext context, string id, IMarket market) => Declining(context, id, market, Form.Empty));
        triggers.Page("POST", "/matches/{id}/decline", "pages.answers", Decline);
        triggers.Page("POST", "/matches/{id}/undo", "pages.answers", Undo);
    }

    private static async Task<IResult> NewAbout(HttpContext context, Sessions sessions, CodeLists codes) =>
        await Confirmed(context, sessions) is null
            ? Show.Next("/register?again=1")
            // Nothing is ticked beforehand: a consent is given, not left standing.
            : Show.Page<AboutPage, AnswersModel>(context, new(Form.Empty, codes, new SeekerShape(), New: true, Editing: false));

    private static async Task<IResult> Register(HttpContext context, Sessions sessions, [AsParameters] Own own)
    {
        if (SignInCookie.Read(context) is not { } cookie || await Confirmed(context, sessions) is not { } phone)
            return Show.Next("/register?again=1");
        var form = await Form.Posted(context);
        var shape = new JsonObject { ["phone"] = phone, ["language"] = Languages.Of(context).Tag() };
        foreach (var one in Consent.Asked)
            Agree(shape, one.Purpose, form.Value(one.Purpose) == "yes", own.Time.Today());
        // The same request gives the same id: what is posted twice registers one person.
        var id = "self-" + Letters(SHA256.HashData(Encoding.UTF8.GetBytes(cookie.Request)).AsSpan(0, 16));
        var reading = Read(form.WriteTo(shape, About), id, own);
        if (!reading.Ok)
            return Show.Page<AboutPage, AnswersModel>(context, new(form.With(reading.Errors, About, Languages.Of(context)), own.Codes, new(), New: true, Editing: false), 422);
        var put = await own.Put.Run(reading.Value!, null, imported: false, context.RequestAborted);
        return await SignInPages.Start(context, sessions, cookie, Role.Seeker, put.Value!.Facts.Id, "/my/abilities");
    }

    internal static async Task<string?> Confirmed(HttpContext context, Sessions sessions) =>
        SignInCookie.Read(context) is { Ticket.Length: > 0 } cookie ? await sessions.PhoneOf(cookie.Request, cookie.Ticket, context.RequestAborted) : null;

    private static async Task<IResult> Edit<TPage>(HttpContext context, Own own) where TPage : PageOf<AnswersModel>
    {
        if (await own.Seekers.Find(context.Caller().SeekerId!, context.RequestAborted) is not { } stored)
            return Show.NotFound(context);
        var shape = stored.Value.ToShape();
        return Show.Page<TPage, AnswersModel>(context, new(Filled(shape), own.Codes, shape, New: false, Editing(context), stored.Value.OptedOutAt is not null) { File = stored.Value });
    }

    private static async Task<IResult> Save<TPage>(
        HttpContext context, Own own, Field[] fields, string next, Action<JsonObject, Form, DateOnly>? more = null, Func<Form, Form>? tidy = null)
        where TPage : PageOf<AnswersModel>
    {
        var form = await Form.Posted(context);
        if (tidy is not null)
            form = tidy(form);
        if (await Write(context, own, json =>
        {
            more?.Invoke(json, form, own.Time.Today());
            form.WriteTo(json, fields);
        }) is not { } written)
            return Show.NotFound(context);
        if (!written.Reading.Ok)
            return Show.Page<TPage, AnswersModel>(context, new(form.With(written.Reading.Errors, fields, Languages.Of(context)), own.Codes, written.Before, New: false, Editing(context)), 422);
        // Nobody is asked which of nothing they must have.
        next = next == "/my/musts" && written.Reading.Value!.Facts.Needs.Count == 0 ? "/my/wishes" : next;
        return Show.Next(Editing(context) && next != "/my/musts" ? "/my/answers" : next + (Editing(context) ? "?edit=1" : ""));
    }

    /// <returns>What was read and the shape before it; null where there is no such person. It is saved where the reading is right.</returns>
    private static async Task<(Reading<SeekerFile> Reading, SeekerShape Before)?> Write(HttpContext context, Own own, Action<JsonObject> change)
    {
        while (true)
        {
            if (await own.Seekers.Find(context.Caller().SeekerId!, context.RequestAborted) is not { } stored)
                return null;
            var shape = stored.Value.ToShape();
            var json = JsonSerializer.SerializeToNode(shape, ShapeJson.Options)!.AsObject();
            change(json);
            var reading = Read(json, stored.Value.Id, own);
            if (!reading.Ok || await own.Put.Run(reading.Value!, stored.Value.Version, imported: false, context.RequestAborted) is not Put<SeekerFile>.Stale)
                return (reading, shape);
        }
    }

    private static Reading<SeekerFile> Read(JsonObject shape, string id, Own own) =>
        ShapeReader.Read<SeekerShape>(shape).Then(x => x.ToFile(id, own.Time.Today(), own.Codes));

    private static Form Filled(SeekerShape shape)
    {
        return Form.Of(shape)
            .With("statistics", shape.Consent?.Statistics is null ? [] : ["yes"])
            .With("needs", [.. shape.Needs?.Keys ?? []])
            .With("noSkills", shape.Skills is { Count: 0 } ? ["yes"] : [])
            .With("licences", shape.Licences is { Count: 0 } ? ["none"] : [.. shape.Licences ?? []])
            .With("must", [.. (shape.Needs ?? new Dictionary<string, Mark>()).Where(x => x.Value == Mark.Must).Select(x => x.Key)]);
    }

    // A consent that stands keeps its day; one that is taken away is withdrawn.
    private static void Agree(JsonObject shape, string purpose, bool yes, DateOnly today)
    {
        if (shape["consent"] is not JsonObject consent)
            shape["consent"] = consent = [];
        if (!yes)
            consent.Remove(purpose);
        else if (consent[purpose] is null)
            consent[purpose] = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    // Where a guardian decides, what the person agrees to is a wish until then; to withdraw is theirs.
    private static async Task<IResult> Decide(HttpContext context, [AsParameters] Own own, NameHelper guarding)
    {
        var form = await Form.Posted(context);
        if (Consent.Asked.FirstOrDefault(one => one.Purpose == form.Value("purpose")) is { } asked)
        {
            var yes = form.Value("give") == "yes";
            if (await Waits(context, own, guarding, asked.Purpose, yes))
                return Show.Next("/my/consents");
            if (yes && await HowIsMissing<ConsentsPage>(context, own, form, asked) is { } missing)
                return missing;
        }
        return await Save<ConsentsPage>(context, own, [], "/my/consents", OneConsent);
    }

    private static async Task<IResult> DecideStatistics(HttpContext context, [AsParameters] Own own, NameHelper guarding)
    {
        var form = await Form.Posted(context);
        var yes = form.Has("statistics", "yes");
        return await Waits(context, own, guarding, Consent.Statistics.Purpose, yes) ? Show.Next("/my/consents")
            : yes && await HowIsMissing<StatisticsPage>(context, own, form, Consent.Statistics) is { } missing ? missing
            : await Save<StatisticsPage>(context, own, Certificate, "/my/consents", Statistics, Tidy);
    }

    // Staff who record what somebody else agrees to say how they did; it is kept before the consent is. One that stands is none anew.
    private static async Task<IResult?> HowIsMissing<TPage>(HttpContext context, Own own, Form form, Consent asked) where TPage : PageOf<AnswersModel>
    {
        var caller = context.Caller();
        if (!caller.Acts || await own.Seekers.Find(caller.SeekerId!, context.RequestAborted) is not { Value: var person } || person.Consent.Of(asked.Purpose) is not null)
            return null;
        var (name, shape) = (asked.HowField, person.ToShape());
        if (!ConsentWords.How.Any(x => x.Code == form.Value(name)))
            return Show.Page<TPage, AnswersModel>(context, new(
                form.With(new FormError(name, context.Say("请选择本人是怎样表示同意的。", "Choose how they gave their consent."))), own.Codes, shape, New: false, Editing(context))
            { File = person }, 422);
        await context.Audit(AuditAct.ConsentRecorded, caller.Subject, ConsentWords.Kept(form.Value(name), [asked.Purpose]));
        return null;
    }

    private static async Task<bool> Waits(HttpContext context, Own own, NameHelper guarding, string purpose, bool yes)
    {
        var caller = context.Caller();
        if (await own.Seekers.Find(caller.SeekerId!, context.RequestAborted) is not { Value.Own.Guarded: true })
            return false;
        var waits = yes && caller.Helping?.Helper.Guardian != true;
        await guarding.Wish(caller.SeekerId!, purpose, waits, context.RequestAborted);
        return waits;
    }

    private static void OneConsent(JsonObject shape, Form form, DateOnly today)
    {
        if (Consent.Asked.FirstOrDefault(one => one.Purpose == form.Value("purpose")) is { } asked)
            Agree(shape, asked.Purpose, form.Value("give") == "yes", today);
    }

    private static void Statistics(JsonObject shape, Form form, DateOnly today) => Agree(shape, Consent.Statistics.Purpose, form.Has("statistics", "yes"), today);

    // A certificate is asked for with that consent only.
    private static Form Tidy(Form form) => form.Has("statistics", "yes") ? form : form.With("certificate.category", "").With("certificate.grade", "");

    private static void Helpful(JsonObject shape, Form form, DateOnly today)
    {
        var held = shape["needs"] as JsonObject ?? [];
        shape["needs"] = new JsonObject(form.Values("needs").Distinct().Select(code => KeyValuePair.Create<string, JsonNode?>(code, held[code]?.ToString() ?? "helps")));
    }

    private static void Musts(JsonObject shape, Form form, DateOnly today)
    {
        if (shape["needs"] is JsonObject held)
            shape["needs"] = new JsonObject(held.Select(x => KeyValuePair.Create<string, JsonNode?>(x.Key, form.Has("must", x.Key) ? "must" : "helps")));
    }

    private static void Skills(JsonObject shape, Form form, DateOnly today)
    {
        HeldSkills(shape, form);
        HeldLicences(shape, form);
    }

    // What somebody wrote in free words stays.
    private static void HeldSkills(JsonObject shape, Form form)
    {
        var free = (shape["skills"] as JsonArray ?? []).Select(x => x!.ToString()).Where(x => !CodeLists.IsCode(x));
        State(shape, "skills", [.. form.Values("skills").Concat(free).Distinct()], form.Has("noSkills", "yes"));
    }

    private static void HeldLicences(JsonObject shape, Form form) =>
        State(shape, "licences", [.. form.Values("licences").Where(x => x != "none").Distinct()], form.Has("licences", "none"));

    // Nothing ticked is not stated; that there is none is a tick of its own.
    private static void State(JsonObject shape, string member, string[] held, bool none)
    {
        if (held.Length > 0 || none)
            shape[member] = new JsonArray([.. held.Select(x => JsonValue.Create(x))]);
        else
            shape.Remove(member);
    }

    /// <param name="declined">Which position was declined just now.</param>
    /// <param name="undone">Which one is shown again.</param>
    /// <param name="saved">Which one was saved.</param>
    private static Task<IResult> Matches(HttpContext context, string? declined, string? undone, string? saved, bool? answered, [AsParameters] Own own, [AsParameters] Finding finding) =>
        List(context, new(declined, undone, saved, answered == true), own, finding, Form.Empty);

    private static async Task<IResult> List(HttpContext context, JustNow now, Own own, Finding finding, Form form)
    {
        var (seeker, cancel) = (context.Caller().SeekerId!, context.RequestAborted);
        if (await own.Seekers.Find(seeker, cancel) is not { Value: var person } || await finding.Flow.Run(seeker, Shown, cancel) is not { } found || await finding.Near.Ask(seeker, cancel) is not { } openings)
            return Show.NotFound(context);
        var hidden = await finding.Declines.Read(seeker, cancel);
        // What stands counts, not what the address says.
        var done = hidden.FirstOrDefault(one => one.Position == now.Declined) is { } gone ? new Done(gone.Position, gone.Title, Declined: true)
            : now.Undone is not null && hidden.All(one => one.Position != now.Undone) && await Open(finding.Market, now.Undone, cancel) is { } back ? new Done(back.Id, back.Title, Declined: false)
            : now.Saved is not null && person.Own.Saved.ContainsKey(now.Saved) && await Open(finding.Market, now.Saved, cancel) is { } kept ? new Done(kept.Id, kept.Title, Declined: false, Saved: true)
            : null;
        return Show.Page<MatchesPage, MatchesModel>(
            context, new(form, person, found, found.Total == 0 ? await finding.Why.Run(seeker, cancel) : null, openings.Near, openings.Question, now.Answered, hidden, done, await finding.Flow.Interests(seeker, cancel), own.Codes)
            {
                Others = await finding.Opportunities.Run(seeker, MostOthers, cancel) ?? new([], 0),
                Courses = await finding.Opportunities.Courses(cancel),
                Visits = await finding.Visits.Run(found.Items.Select(match => match.Position), cancel),
            }, form.Errors.Count > 0 ? 422 : 200, "/matches");
    }

    /// <summary>Takes the answer to the one question on the matches page, or that it is not to be asked again.</summary>
    private static async Task<IResult> Question(HttpContext context, [AsParameters] Own own, [AsParameters] Finding finding, PassQuestion pass)
    {
        var form = await Form.Posted(context);
        if (OneQuestion.Parse(form.Value("question")) is not { } asked || !IsKnown(asked, own.Codes))
            return Show.Next("/matches");
        var (name, change) = Asks(asked, form);
        if (form.Value("pass").Length > 0 || asked.Kind == ChangeKind.Mark && form.Has("mark", "no"))
            await pass.Run(context.Caller().SeekerId!, asked, context.RequestAborted);
        else if (form.Value(name).Length == 0 && !form.Has("noSkills", "yes"))
            return await List(context, new(null, null, null, false), own, finding, form.With(new FormError(name, context.Say("请选择一个答案，或者选择不想答。", "Choose an answer, or skip the question."))));
        else if (await Write(context, own, change) is not { Reading.Ok: true })
            return Show.Next("/matches");
        return Show.Next("/matches?answered=true#more");
    }

    private static bool IsKnown(Change asked, CodeLists codes) => asked.Kind switch
    {
        ChangeKind.Capacity => asked.About is { } axis && CodeLists.Parse<Axis>(axis) is not null,
        ChangeKind.Mark => asked.About is { } code && codes.FindAccommodation(code) is not null,
        _ => asked.About is null,
    };

    // The first field of a question, and what its answer changes.
    private static (string Name, Action<JsonObject> Change) Asks(Change asked, Form form)
    {
        return asked.Kind switch
        {
            ChangeKind.Capacity => Only(Field.Of("capacity." + asked.About, FieldKind.Number)),
            ChangeKind.Mark => ("mark", Mark),
            ChangeKind.Skills => ("skills", shape => HeldSkills(shape, form)),
            ChangeKind.Licences => ("licences", shape => HeldLicences(shape, form)),
            ChangeKind.Education => Only(Field.Of("education", FieldKind.Text)),
            ChangeKind.Commute => Only(Field.Of("work.commuteMinutes", FieldKind.Number)),
            _ => Only(Field.Of("work.lodging", FieldKind.Text)),
        };

        (string, Action<JsonObject>) Only(Field field) => (field.Path, shape => form.WriteTo(shape, [field]));

        void Mark(JsonObject shape)
        {
            if (shape["needs"] is not JsonObject needs)
                shape["needs"] = needs = [];
            needs[asked.About!] = form.Value("mark");
        }
    }

    private static async Task<IResult> Keep(HttpContext context, string id, SavePosition flow)
    {
        var seeker = context.Caller().SeekerId!;
        if ((await Form.Posted(context)).Value("undo").Length > 0)
            await flow.Undo(seeker, id, context.RequestAborted);
        else if (!await flow.Run(seeker, id, context.RequestAborted))
            return Show.NotFound(context);
        return Show.Next($"/matches?saved={Uri.EscapeDataString(id)}#done");
    }

    private static async Task<IResult> Saved(HttpContext context, SavePosition flow) =>
        await flow.Read(context.Caller().SeekerId!, context.RequestAborted) is { } saved ? Show.Page<SavedPage, IReadOnlyList<SavedPosition>>(context, saved) : Show.NotFound(context);

    private static async Task<IResult> Remove(HttpContext context, string id, SavePosition flow)
    {
        await flow.Undo(context.Caller().SeekerId!, id, context.RequestAborted);
        return Show.Next("/my/saved");
    }

    /// <summary>What the person chose before counts; else what they chose on these pages just now, for texts too; else what they marked.</summary>
    internal static async Task BringEasyRead(HttpContext context, string subject)
    {
        var services = context.RequestServices;
        var seekers = services.GetRequiredService<ISeekers>();
        if (await seekers.IdOf(subject, context.RequestAborted) is not { } id || await seekers.Find(id, context.RequestAborted) is not { Value: var person })
            return;
        if (person.Own.EasyRead is null && Display.Of(context).EasyRead)
            await services.GetRequiredService<ChooseTexts>().EasyRead(person.Id, true, context.RequestAborted);
        else
            Display.KeepEasyRead(context, Voice.Of(person).EasyRead);
    }

    private static async Task<IResult> EasyRead(HttpContext context, ChooseTexts flow)
    {
        var form = await Form.Posted(context);
        var easy = form.Value("easy") == Display.On;
        await flow.EasyRead(context.Caller().SeekerId!, easy, context.RequestAborted);
        Display.KeepEasyRead(context, easy);
        // Only to a page of ours.
        return Show.Next(form.Value("back") is ['/', not ('/' or '\\'), ..] back ? back : "/matches");
    }

    private static async Task<Position?> Open(IMarket market, string id, CancellationToken cancel) => (await market.View(cancel)).Positions.GetValueOrDefault(id)?.Facts;

    private static async Task<IResult> Declining(HttpContext context, string id, IMarket market, Form form) =>
        await Open(market, id, context.RequestAborted) is { } position
            ? Show.Page<DeclinePage, DeclineModel>(context, new(form, position), form.Errors.Count > 0 ? 422 : 200)
            : Show.NotFound(context);

    private static async Task<IResult> Decline(HttpContext context, string id, DeclinePosition flow, IMarket market)
    {
        var form = await Form.Posted(context);
        if (await Open(market, id, context.RequestAborted) is not { } position)
            return Show.NotFound(context);
        return await flow.Run(context.Caller().SeekerId!, position, CodeLists.Parse<ClosingReason>(form.Value("reason")), context.RequestAborted) is { } fault
            ? await Declining(context, id, market, form.With([fault], [Field.Of("reason", FieldKind.Text)], Languages.Of(context)))
            : Show.Next($"/matches?declined={Uri.EscapeDataString(id)}#done");
    }

    private static async Task<IResult> Undo(HttpContext context, string id, DeclinePosition flow)
    {
        await flow.Undo(context.Caller().SeekerId!, id, context.RequestAborted);
        return Show.Next($"/matches?undone={Uri.EscapeDataString(id)}#done");
    }

    private static bool Editing(HttpContext context) => context.Request.Query.ContainsKey("edit");

    /// <summary>Bytes as letters a-p: digits in a row could look like a phone, which an id must not.</summary>
    internal static string Letters(ReadOnlySpan<byte> bytes)
    {
        var letters = new StringBuilder(bytes.Length * 2);
        foreach (var one in bytes)
            letters.Append((char)('a' + (one >> 4))).Append((char)('a' + (one & 15)));
        return letters.ToString();
    }

    internal sealed record Own(ISeekers Seekers, PutSeeker Put, CodeLists Codes, TimeProvider Time);

    private const int MostOthers = 5;

    internal sealed record Finding(FindMatches Flow, FindSeekerNearMisses Near, WhyNothing Why, DeclinePosition Declines, FindOpportunities Opportunities, FindSiteVisits Visits, IMarket Market);

    private sealed record JustNow(string? Declined, string? Undone, string? Saved, bool Answered);
}

/// <param name="Shape">What is held.</param>
/// <param name="New">Registering; nothing is held yet.</param>
/// <param name="Editing">One page is changed, and then all answers are shown again.</param>
/// <param name="TextsStopped">An opt-out word came from the phone.</param>
public sealed record AnswersModel(Form Form, CodeLists Codes, SeekerShape Shape, bool New, bool Editing, bool TextsStopped = false)
{
    /// <summary>All that is held; null while registering and where something is wrong.</summary>
    public SeekerFile? File { get; init; }

    public string Query => Editing ? "?edit=1" : "";
}

/// <param name="Why">Where nothing was found: what stands in the way.</param>
/// <param name="Near">What would open more.</param>
/// <param name="Hidden">What the person has declined.</param>
/// <param name="Done">What was done just now; null = nothing.</param>
/// <param name="Question">The one to put to the person; null = none.</param>
/// <param name="Answered">One was answered just now.</param>
public sealed record MatchesModel(
    Form Form, SeekerFile Person, Ranked<Match> Found, NothingFound? Why, SeekerNearMisses Near, OneQuestion? Question, bool Answered, IReadOnlyList<DeclinedPosition> Hidden, Done? Done, Interests Interests, CodeLists Codes)
{
    /// <summary>What there is beside positions.</summary>
    public required Ranked<OpportunityMatch> Others { get; init; }

    /// <summary>Position → what was found on site last.</summary>
    public required IReadOnlyDictionary<string, SiteVisit> Visits { get; init; }

    /// <summary>Skill → courses with free places that teach it.</summary>
    public required ILookup<string, Opportunity> Courses { get; init; }
}

/// <param name="Declined">Else it is shown again, or was saved.</param>
public sealed record Done(string Position, string Title, bool Declined, bool Saved = false);

public sealed record DeclineModel(Form Form, Position Position);
