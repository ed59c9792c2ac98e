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

    private static readonly Field[] About = [Field.Of("name", FieldKind.Text), Field.Of("district", FieldKind.Text, ("required", ChooseDistrict), ("unknownCode", ChooseDistrict))];

    private static readonly Field[] Abilities = [new("capacity", FieldKind.Levels, CodeLists.CodesOf<Axis>())];

    private static readonly Field[] Schooling = [Field.Of("education", FieldKind.Text)];

    private static readonly Field[] Wishes =
    [
        Field.Of("occupations", FieldKind.List), Field.Of("work.places", FieldKind.List), Field.Number("work.minPayMonthly", "The least pay", "最低工资"),
        Field.Number("work.hoursPerDay", "Hours a day", "每天工时"),
        Field.Number("work.commuteMinutes", "The way to work", "路上时间"), Field.Of("work.lodging", FieldKind.Text),
    ];

    internal static readonly string[] Purposes = ["matching", "sms", "employers"];

    public static void MapSeekerPages(this Triggers triggers)
    {
        triggers.Page("GET", "/register/about", "pages.signIn", NewAbout);
        triggers.Page("POST", "/register/about", "pages.signIn", Register);
        triggers.Page("GET", "/my/about", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<AboutPage>(context, own));
        triggers.Page("POST", "/my/about", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Save<AboutPage>(context, own, About, "/my/answers", Consents));
        triggers.Page("GET", "/my/abilities", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<AbilitiesPage>(context, own));
        triggers.Page("POST", "/my/abilities", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Save<AbilitiesPage>(context, own, Abilities, "/my/adjustments"));
        triggers.Page("GET", "/my/adjustments", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<AdjustmentsPage>(context, own));
        triggers.Page("POST", "/my/adjustments", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Save<AdjustmentsPage>(context, own, [], "/my/musts", Helpful));
        triggers.Page("GET", "/my/musts", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<MustsPage>(context, own));
        triggers.Page("POST", "/my/musts", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Save<MustsPage>(context, own, [], "/my/wishes", Musts));
        triggers.Page("GET", "/my/wishes", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<WishesPage>(context, own));
        triggers.Page("POST", "/my/wishes", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Save<WishesPage>(context, own, Wishes, "/my/answers"));
        triggers.Page("GET", "/my/skills", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<SkillsPage>(context, own));
        triggers.Page("POST", "/my/skills", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Save<SkillsPage>(context, own, Schooling, "/my/answers", Skills));
        triggers.Page("GET", "/my/answers", "pages.seeker", (HttpContext context, [AsParameters] Own own) => Edit<AnswersPage>(context, own));
        triggers.Page("POST", "/my/texts", "pages.seeker", Texts);
        triggers.Page("GET", "/matches", "pages.seeker", Matches);
        triggers.Page("GET", "/matches/{id}/decline", "pages.seeker", (HttpContext context, string id, IMarket market) => Declining(context, id, market, Form.Empty));
        triggers.Page("POST", "/matches/{id}/decline", "pages.seeker", Decline);
        triggers.Page("POST", "/matches/{id}/undo", "pages.seeker", Undo);
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
        Consents(shape, form, own.Time.Today());
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
        return Show.Page<TPage, AnswersModel>(context, new(Filled(shape), own.Codes, shape, New: false, Editing(context), stored.Value.OptedOutAt is not null));
    }

    private static async Task<IResult> Save<TPage>(HttpContext context, Own own, Field[] fields, string next, Action<JsonObject, Form, DateOnly>? more = null)
        where TPage : PageOf<AnswersModel>
    {
        var form = await Form.Posted(context);
        while (true)
        {
            if (await own.Seekers.Find(context.Caller().SeekerId!, context.RequestAborted) is not { } stored)
                return Show.NotFound(context);
            var shape = stored.Value.ToShape();
            var json = JsonSerializer.SerializeToNode(shape, ShapeJson.Options)!.AsObject();
            more?.Invoke(json, form, own.Time.Today());
            var reading = Read(form.WriteTo(json, fields), stored.Value.Id, own);
            if (!reading.Ok)
                return Show.Page<TPage, AnswersModel>(context, new(form.With(reading.Errors, fields, Languages.Of(context)), own.Codes, shape, New: false, Editing(context)), 422);
            if (await own.Put.Run(reading.Value!, stored.Value.Version, imported: false, context.RequestAborted) is not Put<SeekerFile>.Stale)
                return Show.Next(Editing(context) && next != "/my/musts" ? "/my/answers" : next + (Editing(context) ? "?edit=1" : ""));
        }
    }

    private static Reading<SeekerFile> Read(JsonObject shape, string id, Own own) =>
        ShapeReader.Read<SeekerShape>(shape).Then(x => x.ToFile(id, own.Time.Today(), own.Codes));

    private static Form Filled(SeekerShape shape)
    {
        var form = Form.Of(shape)
            .With("needs", [.. shape.Needs?.Keys ?? []])
            .With("noSkills", shape.Skills is { Count: 0 } ? ["yes"] : [])
            .With("licences", shape.Licences is { Count: 0 } ? ["none"] : [.. shape.Licences ?? []])
            .With("must", [.. (shape.Needs ?? new Dictionary<string, Mark>()).Where(x => x.Value == Mark.Must).Select(x => x.Key)]);
        return Purposes.Where(purpose => form.Value("consent." + purpose).Length > 0).Aggregate(form, (filled, purpose) => filled.With(purpose, "yes"));
    }

    // A consent that stands keeps its day; one that was unticked is withdrawn.
    private static void Consents(JsonObject shape, Form form, DateOnly today)
    {
        if (shape["consent"] is not JsonObject consent)
            shape["consent"] = consent = [];
        foreach (var purpose in Purposes)
            if (form.Value(purpose) != "yes")
                consent.Remove(purpose);
            else if (consent[purpose] is null)
                consent[purpose] = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

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

    // Nothing ticked is not stated; that there is none is a tick of its own. What somebody wrote in free words stays.
    private static void Skills(JsonObject shape, Form form, DateOnly today)
    {
        var free = (shape["skills"] as JsonArray ?? []).Select(x => x!.ToString()).Where(x => !CodeLists.IsCode(x));
        State("skills", [.. form.Values("skills").Concat(free).Distinct()], form.Has("noSkills", "yes"));
        State("licences", [.. form.Values("licences").Where(x => x != "none").Distinct()], form.Has("licences", "none"));

        void State(string member, string[] held, bool none)
        {
            if (held.Length > 0 || none)
                shape[member] = new JsonArray([.. held.Select(x => JsonValue.Create(x))]);
            else
                shape.Remove(member);
        }
    }

    /// <param name="declined">Which position was declined just now.</param>
    /// <param name="undone">Which one is shown again.</param>
    private static async Task<IResult> Matches(
        HttpContext context, string? declined, string? undone, FindMatches flow, FindSeekerNearMisses near, WhyNothing why, DeclinePosition declines, IMarket market, CodeLists codes, CancellationToken cancel)
    {
        var seeker = context.Caller().SeekerId!;
        if (await flow.Run(seeker, Shown, cancel) is not { } found || await near.Run(seeker, cancel) is not { } missed)
            return Show.NotFound(context);
        var hidden = await declines.Read(seeker, cancel);
        // What stands counts, not what the address says.
        var done = hidden.FirstOrDefault(one => one.Position == declined) is { } gone ? new Done(gone.Position, gone.Title, Declined: true)
            : undone is not null && hidden.All(one => one.Position != undone) && await Open(market, undone, cancel) is { } back ? new Done(back.Id, back.Title, Declined: false)
            : null;
        return Show.Page<MatchesPage, MatchesModel>(context, new(found, found.Total == 0 ? await why.Run(seeker, cancel) : null, missed, hidden, done, await flow.Interests(seeker, cancel), codes));
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

    private static async Task<IResult> Texts(HttpContext context, OptOut flow, TimeProvider time)
    {
        await flow.Resume(context.Caller().SeekerId!, time.GetUtcNow(), context.RequestAborted);
        return Show.Next("/my/answers");
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
}

/// <param name="Shape">What is held.</param>
/// <param name="New">Registering; nothing is held yet.</param>
/// <param name="Editing">One page is changed, and then all answers are shown again.</param>
/// <param name="TextsStopped">An opt-out word came from the phone.</param>
public sealed record AnswersModel(Form Form, CodeLists Codes, SeekerShape Shape, bool New, bool Editing, bool TextsStopped = false)
{
    public string Query => Editing ? "?edit=1" : "";
}

/// <param name="Why">Where nothing was found: what stands in the way.</param>
/// <param name="Near">What would open more.</param>
/// <param name="Hidden">What the person has declined.</param>
/// <param name="Done">What was done just now; null = nothing.</param>
public sealed record MatchesModel(Ranked<Match> Found, NothingFound? Why, SeekerNearMisses Near, IReadOnlyList<DeclinedPosition> Hidden, Done? Done, Interests Interests, CodeLists Codes);

/// <param name="Declined">Else it is shown again.</param>
public sealed record Done(string Position, string Title, bool Declined);

public sealed record DeclineModel(Form Form, Position Position);
