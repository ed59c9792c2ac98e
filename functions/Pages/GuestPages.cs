using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What staff do at and after an event: the list, the door, who walks in, what came of talks. And a guest's own code for the door.</summary>
public static class GuestPages
{
    private static readonly Field[] Numbers = [Field.Of("numbers", FieldKind.Text)];

    private static readonly Field[] Outcome = [Field.Of("position", FieldKind.Text), Field.Of("stage", FieldKind.Text), Field.Of("reason", FieldKind.Text), Field.Of("numbers", FieldKind.Text)];

    private static readonly Field[] WalkIn =
    [
        Field.Text("name", "Name", "姓名"), Field.Of("phone", FieldKind.Text, ("required", new("Enter the phone number.", "请填写手机号。"))),
        Field.Of("district", FieldKind.Text, ("required", new("Choose the district.", "请选择区县。"))),
    ];

    public static void MapGuestPages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff/events/{id}/guests", "pages.staff.people", List).Audited(AuditAct.GuestsOpened);
        triggers.Page("GET", "/staff/events/{id}/check-in", "pages.staff.people", (HttpContext context, string id, string? number, IEvents events) => Door(context, id, Form.Empty.With("numbers", number ?? ""), events));
        triggers.Page("POST", "/staff/events/{id}/check-in", "pages.staff.people", Check).Audited(AuditAct.GuestsChanged);
        triggers.Page("GET", "/staff/events/{id}/walk-in", "pages.staff.people", (HttpContext context, string id, [AsParameters] Own own) => Walk(context, id, Form.Empty.With("id", NewId()), own));
        triggers.Page("POST", "/staff/events/{id}/walk-in", "pages.staff.people", Register).Audited(AuditAct.GuestsChanged);
        triggers.Page("GET", "/staff/events/{id}/outcomes", "pages.staff.people", (HttpContext context, string id, [AsParameters] Own own) => Outcomes(context, id, Form.Empty, own));
        triggers.Page("POST", "/staff/events/{id}/outcomes", "pages.staff.people", Enter).Audited(AuditAct.GuestsChanged);
        triggers.Page("GET", "/staff/funnel", "pages.staff", Total);
        triggers.Page("GET", "/my/events", "pages.texts", Mine);
    }

    private static async Task<IResult> List(HttpContext context, string id, IEvents events, ListGuests flow, CancellationToken cancel) =>
        await events.Find(id, cancel) is { } fair && await flow.Run(id, cancel) is { } guests
            ? Show.Page<GuestsPage, GuestsModel>(context, new(fair.Value, guests))
            : Show.NotFound(context);

    private static async Task<IResult> Door(HttpContext context, string id, Form form, IEvents events, int status = 200) =>
        await events.Find(id, context.RequestAborted) is { } fair ? Show.Page<CheckInPage, DoorModel>(context, new(form, fair.Value), status) : Show.NotFound(context);

    private static async Task<IResult> Check(HttpContext context, string id, CheckIn flow, IEvents events)
    {
        var form = await Form.Posted(context);
        var numbers = NumbersOf(form, out var wrong);
        var entered = wrong is not null ? new Noted.Refused([wrong]) : await flow.Run(id, numbers, form.Has("undo", "yes"), context.RequestAborted);
        return entered switch
        {
            Noted.Done => Show.Next($"/staff/events/{Uri.EscapeDataString(id)}/guests"),
            Noted.Refused x => await Door(context, id, form.With(x.Faults, Numbers, Languages.Of(context)), events, 422),
            _ => Show.NotFound(context),
        };
    }

    private static async Task<IResult> Walk(HttpContext context, string id, Form form, Own own, int status = 200) =>
        await own.Events.Find(id, context.RequestAborted) is { } fair ? Show.Page<WalkInPage, WalkInModel>(context, new(form, fair.Value, own.Codes), status) : Show.NotFound(context);

    // Whoever is known under the phone is put on the list as they are; nobody is registered twice.
    private static async Task<IResult> Register(HttpContext context, string id, RegisterGuest flow, PutSeeker put, [AsParameters] Own own)
    {
        var (form, cancel, language) = (await Form.Posted(context), context.RequestAborted, Languages.Of(context));
        if (await own.Events.Find(id, cancel) is null)
            return Show.NotFound(context);
        var consent = new JsonObject();
        foreach (var purpose in SeekerPages.Purposes.Where(purpose => form.Value(purpose) == "yes"))
            consent[purpose] = own.Time.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var seeker = form.Value("id").Length > 0 ? form.Value("id") : NewId();
        var reading = ShapeReader.Read<SeekerShape>(form.WriteTo(new() { ["consent"] = consent, ["language"] = language.Tag() }, WalkIn)).Then(x => x.ToFile(seeker, own.Time.Today(), own.Codes));
        if (!reading.Ok)
            return await Walk(context, id, form.With(reading.Errors, WalkIn, language), own, 422);
        var known = await own.Seekers.ByPhone(reading.Value!.Phone!, cancel);
        if (known.Count == 0)
            await put.Run(reading.Value, null, imported: false, cancel);
        // Several share the phone: only the name tells which of them stands here.
        else if (await Named(known, reading.Value.Name, own, cancel) is { } there)
            seeker = there;
        else
            return await Walk(context, id, form.With(new FormError("name", language == Language.English
                ? "Several people use this phone. Enter the name of one of them."
                : "这个手机号有多人使用，请填写其中一人的姓名。")), own, 422);
        await flow.Run(id, seeker, attended: true, cancel);
        return Show.Next($"/staff/events/{Uri.EscapeDataString(id)}/guests");
    }

    private static async Task<string?> Named(IReadOnlyList<string> known, string? name, Own own, CancellationToken cancel)
    {
        if (known is [var only])
            return only;
        foreach (var one in known)
            if (name is not null && await own.Seekers.Find(one, cancel) is { } stored && stored.Value.Name == name)
                return one;
        return null;
    }

    private static async Task<IResult> Outcomes(HttpContext context, string id, Form form, Own own, int status = 200)
    {
        if (await own.Events.Find(id, context.RequestAborted) is not { } fair)
            return Show.NotFound(context);
        var view = await own.Market.View(context.RequestAborted);
        var positions = await StaffPages.Named(await own.Events.Positions(id, context.RequestAborted), view, own.Jobs, context.RequestAborted);
        return Show.Page<OutcomesPage, OutcomesModel>(context, new(form, fair.Value, [.. positions.OrderBy(x => x.Title, StringComparer.Ordinal)]), status);
    }

    private static async Task<IResult> Enter(HttpContext context, string id, RecordOutcomes flow, [AsParameters] Own own)
    {
        var (form, language) = (await Form.Posted(context), Languages.Of(context));
        var numbers = NumbersOf(form, out var wrong);
        if (CodeLists.Parse<OutcomeStage>(form.Value("stage")) is not { } stage)
            return await Outcomes(context, id, form.With([Faults.Required("stage", "Choose how far they have come.", "请选择进展。"), .. wrong is null ? [] : new[] { wrong }], Outcome, language), own, 422);
        var entered = wrong is not null
            ? new Noted.Refused([wrong])
            : await flow.Run(id, form.Value("position"), stage, CodeLists.Parse<ClosingReason>(form.Value("reason")), numbers, form.Has("undo", "yes"), context.Caller().StaffId, context.RequestAborted);
        return entered switch
        {
            Noted.Done => Show.Next($"/staff/events/{Uri.EscapeDataString(id)}/guests"),
            Noted.Refused x => await Outcomes(context, id, form.With(x.Faults, Outcome, language), own, 422),
            _ => Show.NotFound(context),
        };
    }

    private static async Task<IResult> Total(HttpContext context, string? from, string? to, TotalFunnel flow, TimeProvider time, CancellationToken cancel)
    {
        var (first, last) = TotalFunnel.Days(DayOf(from), DayOf(to), time.Today());
        var form = Form.Empty.With("from", Written(first)).With("to", Written(last));
        return last.DayNumber - first.DayNumber is >= 0 and < TotalFunnel.Most
            ? Show.Page<FunnelPage, FunnelModel>(context, new(form, await flow.Run(first, last, cancel)))
            : Show.Page<FunnelPage, FunnelModel>(context, new(form.With(new FormError("to", context.Say($"请选择 1 到 {TotalFunnel.Most} 天。", $"Ask for 1 to {TotalFunnel.Most} days."))), null), 422);

        static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    // The code holds an address of staff's: whoever else follows it is sent to sign in.
    private static async Task<IResult> Mine(HttpContext context, ISeekers seekers, IClaims claims, IEvents events, IGuests guests, GuestNumbers numbers, TimeProvider time, CancellationToken cancel)
    {
        if (await seekers.Find(context.Caller().SeekerId!, cancel) is not { } me)
            return Show.NotFound(context);
        var subject = me.Value.Facts.Id;
        List<MyEvent> mine = [];
        foreach (var id in (await claims.Of(me.Value.Id, cancel)).Select(claim => claim.Message.In.Event).OfType<string>().Distinct())
            if (await events.Find(id, cancel) is { } fair && fair.Value.EndsAt > time.GetUtcNow() && await guests.Find(id, subject, cancel) is { Value: var guest })
            {
                if (guest.IsListed && guest.Number is null)
                {
                    await numbers.Give(id, [subject], cancel);
                    guest = (await guests.Find(id, subject, cancel))!.Value.Value;
                }
                var door = guest.Number is { } number ? $"{context.Request.Scheme}://{context.Request.Host}/staff/events/{Uri.EscapeDataString(id)}/check-in?number={number}" : null;
                mine.Add(new(fair.Value, guest, door));
            }
        return Show.Page<MyEventsPage, IReadOnlyList<MyEvent>>(context, [.. mine.OrderBy(x => x.Fair.StartsAt)]);
    }

    /// <summary>Numbers as people list them, with whatever between them.</summary>
    private static IReadOnlyList<int> NumbersOf(Form form, out FieldError? wrong)
    {
        var words = CleanText.HalfWidth(form.Value("numbers")).Split([' ', ',', ';', '、', '。', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null).ToList();
        wrong = numbers.Contains(null) ? Faults.OutOfRange("numbers", "Enter whole numbers with commas or blanks between them.", "请填写号码，用逗号或空格分开。") : null;
        return [.. numbers.OfType<int>()];
    }

    private static string NewId() => "walk-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10));

    internal sealed record Own(IEvents Events, ISeekers Seekers, IMarket Market, SearchPositions Jobs, CodeLists Codes, TimeProvider Time);
}

public sealed record GuestsModel(RecruitmentEvent Fair, IReadOnlyList<ListedGuest> Guests);

public sealed record DoorModel(Form Form, RecruitmentEvent Fair);

public sealed record WalkInModel(Form Form, RecruitmentEvent Fair, CodeLists Codes);

public sealed record OutcomesModel(Form Form, RecruitmentEvent Fair, IReadOnlyList<PositionLine> Positions);

/// <param name="Funnel">Null where the days are wrong.</param>
public sealed record FunnelModel(Form Form, FunnelCounts? Funnel);

/// <param name="Door">What the code for the door holds; null while the person is not on the list.</param>
public sealed record MyEvent(RecruitmentEvent Fair, Guest Guest, string? Door);
