using System.Globalization;
using System.Security.Cryptography;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Booking rooms and equipment: by people themselves, and by staff for somebody.</summary>
public static class BookingPages
{
    private const int Offered = 12;

    private static readonly Field[] OfResource =
    [
        Field.Of("kind", FieldKind.Text, ("required", new("Choose whether it is a room or equipment.", "请选择房间或设备。"))), Field.Text("title", "Name", "名称", ("required", new("Enter what it is called.", "请填写名称。"))),
        Field.Text("base", "Base", "基地编号", ("required", new("Enter the base.", "请填写基地编号。"))), Field.Number("units", "How many", "数量"), Field.Of("opens", FieldKind.Text), Field.Of("closes", FieldKind.Text),
        new("accommodations", FieldKind.Map, BookingForm.Access),
    ];

    public static void MapBookingPages(this Triggers triggers)
    {
        triggers.Page("GET", "/my/bookings", "pages.seeker", (HttpContext context, string? resource, string? day, string? hours, [AsParameters] Own own) =>
            Mine(context, Form.Empty.With("resource", resource ?? "").With("day", day ?? "").With("hours", hours ?? "1"), own, 200));
        triggers.Page("POST", "/my/bookings", "pages.seeker", BookMine);
        triggers.Page("POST", "/my/bookings/{id}/cancel", "pages.seeker", CancelMine);
        triggers.Page("GET", "/staff/rooms", "pages.staff.people", (HttpContext context, [AsParameters] Own own) => All(context, Form.Empty.With("id", "room-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(6))), own, 200));
        triggers.Page("POST", "/staff/rooms", "pages.staff.people", Add).Audited(AuditAct.ResourceChanged, null);
        triggers.Page("GET", "/staff/rooms/{id}", "pages.staff.people", (HttpContext context, string id, string? day, [AsParameters] Own own) => Room(context, id, Form.Empty.With("day", day ?? ""), own, 200)).Audited(AuditAct.BookingsOpened);
        triggers.Page("POST", "/staff/rooms/{id}", "pages.staff.people", BookForSomebody).Audited(AuditAct.BookingChanged);
        triggers.Page("POST", "/staff/rooms/{id}/cancel", "pages.staff.people", CancelForSomebody).Audited(AuditAct.BookingChanged);
    }

    private static async Task<IResult> Mine(HttpContext context, Form form, Own own, int status)
    {
        var (cancel, today) = (context.RequestAborted, own.Time.Today());
        var me = context.Caller().SeekerId!;
        if (await own.Seekers.Find(me, cancel) is not { } person)
            return Show.NotFound(context);
        var all = await own.Bookings.All(cancel);
        var chosen = all.FirstOrDefault(x => x.Facts.Id == form.Value("resource"))?.Facts;
        List<Booking> held = [];
        // What stands in the person's own row and not in the resource's was not finished.
        foreach (var one in await own.Bookings.OfPersonFrom(me, today.AddDays(-Slots.LoanDays), cancel))
            if (one.When.To > own.Time.GetUtcNow() && await own.Flow.Find(one.Id, cancel) is not null)
                held.Add(one);
        var day = DayOf(form.Value("day")) is { } asked && asked >= today ? asked : today;
        var free = chosen is null ? [] : await own.Flow.Free(chosen, day.Begins(), Minutes(form), Offered, cancel);
        var needs = chosen is { Kind: ResourceKind.Room } ? RoomAccess.Of(person.Value.Facts, chosen, day, own.Codes) : [];
        form = form.With("day", Text(day)).With("id", "b-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10)));
        return Show.Page<MyBookingsPage, MyBookings>(context, new(form, all, held, chosen, free, needs, own.Codes), status, "/my/bookings");
    }

    // The id comes with the form, so that what is posted twice is one booking.
    private static async Task<IResult> BookMine(HttpContext context, [AsParameters] Own own)
    {
        var form = await Form.Posted(context);
        if (!DateTimeOffset.TryParse(form.Value("startsAt"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            return await Mine(context, form.With(new FormError("startsAt", context.Say("请选择一个时段。", "Choose a time."))), own, 422);
        return await own.Flow.Run(form.Value("id"), form.Value("resource"), context.Caller().SeekerId!, new(from, from.AddMinutes(Minutes(form))), context.RequestAborted) switch
        {
            Booked.Accepted => Show.Next("/my/bookings"),
            Booked.Refused x => await Mine(context, form.With(new FormError("startsAt", BookingWords.Of(x.Why).In(Languages.Of(context)))), own, 409),
            _ => Show.Next("/my/bookings"),
        };
    }

    private static async Task<IResult> CancelMine(HttpContext context, string id, [AsParameters] Own own)
    {
        await own.Flow.Cancel(id, context.Caller().SeekerId!, context.RequestAborted);
        return Show.Next("/my/bookings");
    }

    private static async Task<IResult> All(HttpContext context, Form form, Own own, int status) =>
        Show.Page<RoomsPage, BookingForm>(context, new(form, await own.Bookings.All(context.RequestAborted), own.Codes), status);

    private static async Task<IResult> Add(HttpContext context, PutResource flow, [AsParameters] Own own)
    {
        var form = await Form.Posted(context);
        var reading = ShapeReader.Read<ResourceShape>(form.WriteTo([], OfResource)).Then(x => x.ToResource(form.Value("id"), own.Time.Today(), own.Codes));
        if (!reading.Ok)
            return await All(context, form.With(reading.Errors, OfResource, Languages.Of(context)), own, 422);
        await flow.Run(reading.Value!, null, context.RequestAborted);
        return Show.Next($"/staff/rooms/{Uri.EscapeDataString(form.Value("id"))}");
    }

    private static async Task<IResult> Room(HttpContext context, string id, Form form, Own own, int status)
    {
        var cancel = context.RequestAborted;
        if (await own.Bookings.Find(id, cancel) is not { Value.Facts: var room })
            return Show.NotFound(context);
        var day = DayOf(form.Value("day")) ?? own.Time.Today();
        List<(Booking, SeekerFile?)> held = [];
        foreach (var one in (await own.Bookings.Calendar(id, [day], cancel)).Bookings)
            held.Add((one, await own.Seekers.IdOf(one.Subject, cancel) is { } who ? (await own.Seekers.Find(who, cancel))?.Value : null));
        form = form.With("day", Text(day)).With("id", "b-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10)));
        return Show.Page<RoomPage, RoomDay>(context, new(form, room, day, held, await own.Flow.Free(room, day.Begins(), 60, Offered, cancel), own.Codes), status, $"/staff/rooms/{Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> BookForSomebody(HttpContext context, string id, [AsParameters] Own own)
    {
        var (form, cancel) = (await Form.Posted(context), context.RequestAborted);
        var typed = form.Value("seeker").Trim();
        var seeker = PhoneNumber.Parse(typed) is { } phone && await own.Seekers.ByPhone(phone, cancel) is [var only] ? only : typed;
        List<FormError> wrong = [];
        if (seeker.Length == 0 || CallerId.Check(seeker) is not null || await own.Seekers.Find(seeker, cancel) is null)
            wrong.Add(new("seeker", context.Say("请填写已登记人员的编号，或只有一人使用的手机号。", "Enter the id of somebody who is registered, or a phone that only one person uses.")));
        if (!At(form.Value("startsAt"), out var from))
            wrong.Add(new("startsAt", context.Say("请填写开始时间。", "Enter when it starts.")));
        if (!At(form.Value("endsAt"), out var to) || to <= from)
            wrong.Add(new("endsAt", context.Say("请填写晚于开始时间的结束时间。", "Enter an end that is after the start.")));
        if (wrong.Count == 0)
            switch (await own.Flow.Run(form.Value("id"), id, seeker, new(from, to), cancel))
            {
                case Booked.Accepted:
                    return Show.Next($"/staff/rooms/{Uri.EscapeDataString(id)}?day={Text(People.DayOf(from))}");
                case Booked.Refused x:
                    wrong.Add(new("startsAt", BookingWords.Of(x.Why).In(Languages.Of(context)) + string.Concat(x.Needs.Select(need => " " + own.Codes.FindAccommodation(need.Accommodation)?.Label.In(Languages.Of(context))))));
                    form = form.With("day", Text(People.DayOf(from)));
                    break;
            }
        return await Room(context, id, form.With([.. wrong]), own, 422);
    }

    private static async Task<IResult> CancelForSomebody(HttpContext context, string id, [AsParameters] Own own)
    {
        var form = await Form.Posted(context);
        await own.Flow.Cancel(form.Value("booking"), null, context.RequestAborted);
        return Show.Next($"/staff/rooms/{Uri.EscapeDataString(id)}?day={Uri.EscapeDataString(form.Value("day"))}");
    }

    private static bool At(string text, out DateTimeOffset at) => DateTimeOffset.TryParse(text.Length == "2027-03-01T09:00".Length ? text + "+08:00" : text, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);

    private static int Minutes(Form form) => int.TryParse(form.Value("hours"), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? Math.Clamp(hours, 1, 12) * 60 : 60;

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal sealed record Own(IBookings Bookings, BookSlot Flow, ISeekers Seekers, CodeLists Codes, TimeProvider Time);
}

/// <param name="Chosen">What free times are shown of; null = nothing is chosen yet.</param>
/// <param name="Needs">The person's needs there, and what is said about them.</param>
public sealed record MyBookings(Form Form, IReadOnlyList<ResourceFile> All, IReadOnlyList<Booking> Held, Resource? Chosen, IReadOnlyList<Interval> Free, IReadOnlyList<RoomNeed> Needs, CodeLists Codes);

public sealed record BookingForm(Form Form, IReadOnlyList<ResourceFile> All, CodeLists Codes)
{
    /// <summary>What a room is asked about.</summary>
    public static readonly string[] Access = ["STEP_FREE", "ACCESSIBLE_TOILET", "WHEELCHAIR_WORKSTATION", "VISUAL_ALERTS", "QUIET_SPACE", "LIGHT_ADJUST", "GUIDE_DOG"];
}

/// <param name="Held">With who it is; null after erasure.</param>
public sealed record RoomDay(Form Form, Resource Room, DateOnly Day, IReadOnlyList<(Booking Booking, SeekerFile? Person)> Held, IReadOnlyList<Interval> Free, CodeLists Codes);
