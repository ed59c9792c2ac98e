using System.Security.Cryptography;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What the federation's staff see: events, their positions, whom an announcement reaches, and what came of it.</summary>
public static partial class StaffPages
{
    private const int Listed = 40;
    private const int MostPressing = 10;

    private static readonly Field[] Fields =
    [
        Field.Text("title", "Name of the event", "活动名称", ("required", new("Enter what the event is called.", "请填写活动名称。")),
            ("outsText", new("Texts name this title, and it tells of its readers. Fill in a short title without such words.", "短信里会出现这个名称，会透露收信人的情况。请另填不含这类词的短信用名。"))),
        Field.Text("shortTitle", "Name in texts", "短信用名", ("outsText", new("The name in texts must not tell of its readers. Use other words.", "短信用名不能透露收信人的情况，请换一种写法。"))),
        Field.Of("kind", FieldKind.Text, ("required", new("Choose what kind of event it is.", "请选择活动形式。"))),
        Field.Of("startsAt", FieldKind.Moment, ("required", new("Enter when it starts.", "请填写开始时间。")), ("badDate", new("Enter a day and a time, such as 2027-03-01T09:00.", "请填写日期和时间，例如 2027-03-01T09:00。"))),
        Field.Of("endsAt", FieldKind.Moment, ("required", new("Enter when it ends.", "请填写结束时间。")), ("badDate", new("Enter a day and a time, such as 2027-03-01T16:00.", "请填写日期和时间，例如 2027-03-01T16:00。"))),
        Field.Of("district", FieldKind.Text, ("required", new("Choose the district, or say below where it is joined online.", "请选择区县；线上活动请填写参加方式。"))),
        Field.Of("districts", FieldKind.List, ("unknownCode", new("Choose districts from the list.", "请从列表中选择区县。")), ("tooMany", new("Choose at most 50 districts, or none for everybody.", "最多选 50 个区县；一个都不选就是不限。"))),
        Field.Text("address", "Address", "地点"),
        Field.Text("online", "Where it is joined online", "线上参加方式"),
        Field.Number("capacity", "Places for visitors", "可容纳人数"),
        Field.Number("interpreterSlots", "Interpreter times", "手语翻译时段数"),
        new("accommodations", FieldKind.Map, EventModel.Venue),
        Field.Of("openToEmployers", FieldKind.Flag),
    ];

    public static void MapStaffPages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff/events", "pages.staff", All);
        triggers.Page("GET", "/staff/events/new", "pages.staff.events", New);
        triggers.Page("POST", "/staff/events/new", "pages.staff.events", Post);
        triggers.Page("GET", "/staff/events/{id}", "pages.staff", One);
        triggers.Page("GET", "/staff/events/{id}/announce", "pages.staff.events", Sure);
        triggers.Page("POST", "/staff/events/{id}/announce", "pages.staff.events", Announce).Audited(AuditAct.AnnouncementAsked);
        triggers.Page("GET", "/staff/days/{date}", "pages.staff", Day);
        triggers.Page("POST", "/staff/days/{date}/announce", "pages.staff.events", AnnounceDay).Audited(AuditAct.AnnouncementAsked, "date");
        triggers.Page("POST", "/staff/events/{id}/approve", "pages.staff.approve", (HttpContext context, string id, ApproveAnnouncement flow, [AsParameters] Own own) =>
            Done(context, id, flow.Run(id, context.Caller().StaffId!, context.RequestAborted), own)).Audited(AuditAct.AnnouncementApproved);
        triggers.Page("GET", "/staff/events/{id}/cancel", "pages.staff.events", SureToCancel);
        triggers.Page("POST", "/staff/events/{id}/cancel", "pages.staff.events", (HttpContext context, string id, CancelEvent flow, [AsParameters] Own own) =>
            Done(context, id, flow.Run(id, context.RequestAborted), own)).Audited(AuditAct.EventCancelled);
        triggers.Page("POST", "/staff/events/{id}/stop", "pages.staff.hold", Stop).Audited(AuditAct.EventStopped);
        triggers.Page("GET", "/staff/unmet-needs", "pages.staff", UnmetNeeds);
        triggers.Page("POST", "/staff/events/{id}/tie", "pages.staff.events", (HttpContext context, string id, PutEvent flow) => Tie(context, id, flow, tied: true));
        triggers.Page("POST", "/staff/events/{id}/untie", "pages.staff.events", (HttpContext context, string id, PutEvent flow) => Tie(context, id, flow, tied: false));
    }

    private static async Task<IResult> All(HttpContext context, IEvents events, CancellationToken cancel) =>
        Show.Page<StaffPage, IReadOnlyList<RecruitmentEvent>>(context, await events.All(cancel));

    private static IResult New(HttpContext context, CodeLists codes) =>
        Show.Page<EventFormPage, EventModel>(context, new(Form.Empty.With("id", "e-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10))), codes));

    // The id comes with the form, so that what is posted twice is one event.
    private static async Task<IResult> Post(HttpContext context, PutEvent flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var form = await Form.Posted(context);
        var id = form.Value("id");
        if (!OwnId().IsMatch(id))
            return Show.Next("/staff/events/new");
        var reading = ShapeReader.Read<EventShape>(form.WriteTo([], Fields)).Then(x => x.ToEvent(id, time.Today(), codes));
        if (!reading.Ok)
            return Show.Page<EventFormPage, EventModel>(context, new(form.With(reading.Errors, Fields, Languages.Of(context)), codes), 422);
        await flow.Run(reading.Value!, null, cancel);
        return Show.Next($"/staff/events/{id}");
    }

    private static async Task<IResult> One(HttpContext context, string id, string? q, [AsParameters] Own own) =>
        await View(context, id, Form.Empty.With("q", q ?? ""), own) is { } view ? Show.Page<EventPage, EventView>(context, view) : Show.NotFound(context);

    // What it will do stands there before it is done: texts cannot be called back. What is shown is what will be sent.
    private static async Task<IResult> Sure(HttpContext context, string id, string? budget, [AsParameters] Own own)
    {
        if (await own.Events.Find(id, context.RequestAborted) is not { } stored)
            return Show.NotFound(context);
        var (form, most) = Budget(context, Form.Empty.With("budget", budget ?? ""));
        var preview = form.Errors.Count > 0 ? null : await own.Audience.Keep(id, most, context.RequestAborted);
        return Show.Page<AnnouncePage, AnnounceModel>(context, new(form, stored.Value, preview, own.Codes), form.Errors.Count > 0 ? 422 : 200);
    }

    private static async Task<IResult> SureToCancel(HttpContext context, string id, [AsParameters] Own own) =>
        await View(context, id, Form.Empty, own) is { } view ? Show.Page<CancelPage, EventView>(context, view) : Show.NotFound(context);

    private static async Task<IResult> Announce(HttpContext context, string id, AnnounceEvent flow, AnnouncePlan byPlan, [AsParameters] Own own)
    {
        var (plan, by) = ((await Form.Posted(context)).Value("plan"), context.Caller().StaffId!);
        return await Done(context, id, plan.Length == 0 ? flow.Run(id, null, by, context.RequestAborted) : ByPlan(), own);

        async Task<Announced> ByPlan() => await byPlan.Run(plan, null, id, by, context.RequestAborted) switch
        {
            PlanAnnounced.Taken x => new Announced.Taken(x.Now[0]),
            PlanAnnounced.Stale x => new Announced.TooLate(x.Why),
            _ => new Announced.NotFound(),
        };
    }

    private static async Task<IResult> Day(HttpContext context, DateOnly date, string? budget, [AsParameters] Own own) => await OneDay(context, date, Form.Empty.With("budget", budget ?? ""), own);

    private static async Task<IResult> AnnounceDay(HttpContext context, DateOnly date, AnnouncePlan flow, [AsParameters] Own own)
    {
        var path = DayPath(date);
        var form = await Form.Posted(context);
        return await flow.Run(form.Value("plan"), date, null, context.Caller().StaffId!, context.RequestAborted) switch
        {
            PlanAnnounced.Taken => Show.Next(path),
            PlanAnnounced.Stale x => await OneDay(context, date, form.With(new FormError("", x.Why.In(Languages.Of(context)))), own),
            _ => Show.Next(path),
        };
    }

    private static async Task<IResult> OneDay(HttpContext context, DateOnly date, Form form, Own own)
    {
        var cancel = context.RequestAborted;
        (form, var budget) = Budget(context, form);
        List<DayEvent> events = [];
        foreach (var fair in (await own.Events.All(cancel)).Where(fair => People.DayOf(fair.StartsAt) == date))
            events.Add(new(fair, (await own.Events.Positions(fair.Id, cancel)).Count, fair.Wave > 0 ? await own.Funnel.Run(fair.Id, cancel) : null));
        var preview = form.Errors.Count > 0 ? null : await own.Audience.Keep(date, budget, cancel);
        return Show.Page<DayPage, DayModel>(context, new(form, date, events, preview, own.Codes), form.Errors.Count > 0 ? 422 : 200, DayPath(date));
    }

    // Null = no limit, or what was typed is none.
    private static (Form Form, int? Budget) Budget(HttpContext context, Form form)
    {
        var typed = form.Value("budget").Trim();
        int? budget = int.TryParse(typed, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var most) ? most : null;
        return typed.Length == 0 || budget is >= 1 and <= Limits.Budget
            ? (form, budget)
            : (form.With(new FormError("budget", context.Say($"请填写 1 到 {Limits.Budget} 之间的整数。", $"Enter a whole number from 1 to {Limits.Budget}."))), null);
    }

    private static string DayPath(DateOnly date) => "/staff/days/" + date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<IResult> Done(HttpContext context, string id, Task<Announced> announced, Own own)
    {
        var path = $"/staff/events/{Uri.EscapeDataString(id)}";
        var language = Languages.Of(context);
        IReadOnlyList<string>? wrong = await announced switch
        {
            Announced.Taken => null,
            Announced.Refused x => [.. x.Faults.Select(fault => fault.Message.In(language))],
            Announced.TooLate x => [x.Why.In(language)],
            Announced.OwnAsking => [Events.OwnAsking.In(language)],
            _ => [],
        };
        if (wrong is null)
            return Show.Next(path);
        var form = Form.Empty.With([.. wrong.Select(x => new FormError("", x))]);
        return await View(context, id, form, own) is { } view ? Show.Page<EventPage, EventView>(context, view, 422, path) : Show.NotFound(context);
    }

    private static async Task<IResult> Stop(HttpContext context, string id, StopEvent flow)
    {
        await flow.Run(id, context.RequestAborted);
        return Show.Next($"/staff/events/{Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> UnmetNeeds(HttpContext context, string? district, CountUnmetNeed flow, CodeLists codes, CancellationToken cancel)
    {
        var chosen = district is not null && codes.FindDistrict(district) is not null ? district : "";
        var all = await flow.Run(null, cancel);
        var needs = all.Where(x => chosen.Length == 0 || x.District == chosen)
            .GroupBy(x => x.Accommodation)
            .Select(x => new UnmetNeed(chosen, x.Key, x.Sum(need => need.Marked), x.Sum(need => need.Without), x.Sum(need => need.Unmet)))
            .OrderByDescending(x => x.Unmet).ThenByDescending(x => x.Without).ThenByDescending(x => x.Marked).ThenBy(x => x.Accommodation, StringComparer.Ordinal);
        return Show.Page<UnmetNeedsPage, UnmetNeedsModel>(context, new(Form.Empty.With("district", chosen), [.. needs], [.. all.Where(x => x.Unmet > 0).DistinctBy(x => x.District).Take(MostPressing)], codes));
    }

    private static async Task<EventView?> View(HttpContext context, string id, Form form, Own own)
    {
        var cancel = context.RequestAborted;
        if (await own.Events.Find(id, cancel) is not { } stored)
            return null;
        var view = await own.Market.View(cancel);
        var tied = (await own.Events.Positions(id, cancel)).ToHashSet();
        var asked = form.Value("q").Trim();
        var open = view.Positions.Values.Where(x => !tied.Contains(x.Facts.Id) && x.Facts.Title.Contains(asked, StringComparison.OrdinalIgnoreCase))
            .OrderBy(x => x.Facts.Title, StringComparer.Ordinal).ThenBy(x => x.Facts.Id, StringComparer.Ordinal).ToList();
        return new(
            form, stored.Value, await Named(tied.Order(StringComparer.Ordinal), view, own.Jobs, cancel), await Named(open.Take(Listed).Select(x => x.Facts.Id), view, own.Jobs, cancel), open.Count,
            (await own.Audience.Run(id, null, cancel))!, stored.Value.Wave > 0 ? await own.Funnel.Run(id, cancel) : null, own.Codes);
    }

    internal static async Task<IReadOnlyList<PositionLine>> Named(IEnumerable<string> ids, MarketView view, SearchPositions jobs, CancellationToken cancel)
    {
        List<PositionLine> lines = [];
        foreach (var id in ids)
            lines.Add(view.Positions.GetValueOrDefault(id) is { } open ? new(id, open.Facts.Title, await jobs.NameOf(open.Employer, cancel)) : new(id, id, null));
        return lines;
    }

    private static async Task<IResult> Tie(HttpContext context, string id, PutEvent flow, bool tied)
    {
        var form = await Form.Posted(context);
        foreach (var position in form.Values("positions").Take(Listed))
            await flow.Tie(id, position, null, tied, context.RequestAborted);
        return Show.Next($"/staff/events/{Uri.EscapeDataString(id)}");
    }

    internal sealed record Own(IEvents Events, IMarket Market, PreviewAudience Audience, Funnel Funnel, SearchPositions Jobs, CodeLists Codes);

    [GeneratedRegex(@"^e-[a-p]{20}\z")]
    private static partial Regex OwnId();
}

/// <param name="Preview">With the plan that is announced by what is posted; null where the budget is none.</param>
public sealed record AnnounceModel(Form Form, RecruitmentEvent Fair, AudiencePreview? Preview, CodeLists Codes);

/// <param name="Positions">How many are tied to it.</param>
/// <param name="Funnel">Null before it was announced.</param>
public sealed record DayEvent(RecruitmentEvent Fair, int Positions, FunnelCounts? Funnel);

/// <param name="Preview">Of all events of the day that can be announced; null where none can.</param>
public sealed record DayModel(Form Form, DateOnly Date, IReadOnlyList<DayEvent> Events, AudiencePreview? Preview, CodeLists Codes);

/// <param name="ByDistrict">The accommodation that presses most in each of the districts where any does.</param>
public sealed record UnmetNeedsModel(Form Form, IReadOnlyList<UnmetNeed> Needs, IReadOnlyList<UnmetNeed> ByDistrict, CodeLists Codes);

public sealed record EventModel(Form Form, CodeLists Codes)
{
    /// <summary>What a venue is asked about.</summary>
    public static readonly string[] Venue = ["STEP_FREE", "ACCESSIBLE_TOILET", "SIGN_INTERPRETER", "CAPTIONS", "QUIET_SPACE"];
}

/// <param name="Employer">Null where the position is closed.</param>
public sealed record PositionLine(string Id, string Title, string? Employer);

/// <param name="Open">Positions that can be tied: the first of <paramref name="OpenTotal"/>.</param>
/// <param name="Funnel">What came of it; null before it was announced.</param>
public sealed record EventView(
    Form Form, RecruitmentEvent Fair, IReadOnlyList<PositionLine> Tied, IReadOnlyList<PositionLine> Open, int OpenTotal,
    AudienceCounts Audience, FunnelCounts? Funnel, CodeLists Codes)
{
    /// <summary>For the first time, or again because of late positions.</summary>
    public bool MayBeAnnounced => Fair.Status == EventStatus.Draft || Fair.Status == EventStatus.Announced && Fair.HasOther(Tied.Select(x => x.Id));

    public bool MayBeCancelled => Fair.Status is not (EventStatus.Cancelled or EventStatus.Closed);

    /// <summary>Texts may still go out.</summary>
    public bool MayBeStopped => Fair.Status == EventStatus.Announcing || Fair.Status == EventStatus.Announced && Funnel is { } x && x.Delivered + x.Failed + x.Expired < x.Invited;
}
