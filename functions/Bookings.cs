using System.Globalization;
using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>Rooms and equipment of a base, and who has them when.</summary>
public static class Bookings
{
    private const int MostFree = 20;

    public static void MapBookings(this Triggers triggers)
    {
        triggers.Http("PUT", "/api/resources/{id}", "resources.write", PutOne).Audited(AuditAct.ResourceChanged)
            .Describe(x => x.WithSummary("Writes a room or equipment that a base lends.").Accepts<ResourceShape>("application/json").Produces<ResourceAnswer>(201).Produces<ResourceAnswer>());
        triggers.Http("POST", "/api/resources/import", "resources.import", ImportResources).Audited(AuditAct.ResourceChanged, null)
            .Describe(x => x.WithSummary("Many rooms and pieces of equipment: CSV, xlsx or NDJSON; an answer per row, good rows kept.").TakesSheet());
        triggers.Http("GET", "/api/resources", "resources.read", All)
            .Describe(x => x.WithSummary("All rooms and equipment by base and title.").Produces<ListAnswer<ResourceAnswer>>());
        triggers.Http("GET", "/api/resources/{id}", "resources.read", GetOne)
            .Describe(x => x.WithSummary("A room or equipment.").Produces<ResourceAnswer>());
        triggers.Http("GET", "/api/resources/{id}/free", "resources.read", Free)
            .Describe(x => x.WithSummary("Free times of so many minutes (60 where not stated) on a day and the six that follow; at most 20.").Produces<ListAnswer<FreeTime>>());
        triggers.Http("GET", "/api/resources/{id}/bookings", "bookings.read", OfDay).Audited(AuditAct.BookingsOpened)
            .Describe(x => x.WithSummary("Who has it on a day, today where not stated.").Produces<ListAnswer<BookingAnswer>>());
        triggers.Http("PUT", "/api/bookings/{id}", "bookings.write", Book).Audited(AuditAct.BookingChanged, null)
            .Describe(x => x.WithSummary("Books a time for a seeker; twice is once. A time that is not to be had is 409, with the next free ones.").Accepts<BookingShape>("application/json").Produces<BookingAnswer>(201).Produces<BookingAnswer>());
        triggers.Http("POST", "/api/bookings/import", "bookings.import", ImportBookings).Audited(AuditAct.BookingChanged, null)
            .Describe(x => x.WithSummary("Many times for people: CSV, xlsx or NDJSON; an answer per row, good rows kept.").TakesSheet());
        triggers.Http("GET", "/api/bookings/{id}", "bookings.read", Get).Audited(AuditAct.BookingsOpened, null)
            .Describe(x => x.WithSummary("A booking.").Produces<BookingAnswer>());
        triggers.Http("DELETE", "/api/bookings/{id}", "bookings.write", Cancel).Audited(AuditAct.BookingChanged, null)
            .Describe(x => x.WithSummary("Gives a time back; twice is once.").Produces(204));
    }

    private static async Task<IResult> PutOne(HttpContext context, string id, PutResource flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<ResourceShape, Resource>(context, id, shape => shape.ToResource(id, time.Today(), codes));
        if (wanted is null)
            return problem!;
        var put = await flow.Run(wanted, Requests.IfMatch(context), cancel);
        return Answers.OfPut(context, "resource", put, x => x.Version, x => ResourceAnswer.Of(x.Facts));
    }

    private static async Task<IResult> All(HttpContext context, IBookings bookings, CancellationToken cancel)
    {
        var all = await bookings.All(cancel);
        return Answers.List(context, "resource", all.Select(x => ResourceAnswer.Of(x.Facts)), all.Count);
    }

    private static async Task<IResult> GetOne(HttpContext context, string id, IBookings bookings, CancellationToken cancel)
    {
        if (await bookings.Find(id, cancel) is not { } stored)
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "resource", ResourceAnswer.Of(stored.Value.Facts));
    }

    private static async Task<IResult> Free(HttpContext context, string id, DateOnly? day, int? minutes, IBookings bookings, BookSlot flow, TimeProvider time, CancellationToken cancel)
    {
        if (await bookings.Find(id, cancel) is not { } stored)
            return Problems.NotFound(context);
        var free = await flow.Free(stored.Value.Facts, (day ?? time.Today()).Begins(), Math.Clamp(minutes ?? 60, Slots.Quarter, 24 * 60), MostFree, cancel);
        return Answers.List(context, "free", free.Select(Time), free.Count);
    }

    private static async Task<IResult> OfDay(HttpContext context, string id, DateOnly? day, IBookings bookings, ISeekers seekers, TimeProvider time, CancellationToken cancel)
    {
        if (await bookings.Find(id, cancel) is null)
            return Problems.NotFound(context);
        var held = (await bookings.Calendar(id, [day ?? time.Today()], cancel)).Bookings;
        List<BookingAnswer> shown = [];
        foreach (var one in held)
            shown.Add(BookingAnswer.Of(one, await seekers.IdOf(one.Subject, cancel), []));
        return Answers.List(context, "booking", shown, shown.Count);
    }

    private static async Task<IResult> Book(HttpContext context, string id, BookSlot flow, IBookings bookings, ISeekers seekers, CodeLists codes, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<BookingShape, WantedBooking>(context, id, shape => shape.ToWanted(id));
        if (wanted is null)
            return problem!;
        var booked = await flow.Run(id, wanted.Resource, wanted.Seeker, wanted.When, cancel);
        switch (booked)
        {
            case Booked.Accepted x:
                Requests.ETag(context, 1);
                var needs = await bookings.Find(x.Now.Resource, cancel) is { } room && await seekers.Find(wanted.Seeker, cancel) is { } person
                    ? RoomAccess.Of(person.Value.Facts, room.Value.Facts, Slots.Days(x.Now.When).First(), codes) : [];
                return Answers.Json(context, "booking", BookingAnswer.Of(x.Now, wanted.Seeker, needs), x.New ? 201 : 200);
            case Booked.Refused x:
                var why = Why(x, codes);
                return Problems.Of(context, 409, why.Zh, why.En, null, [.. x.Free.Select(Time)]);
            default:
                return Requests.Invalid(context, [Fault(booked, codes)]);
        }
    }

    private static async Task<IResult> ImportResources(HttpContext context, PutResource flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var (sheet, problem) = await Imports.Read(context);
        if (sheet is null)
            return problem!;
        await Imports.Answer(context, Import.Resources(sheet, time.Today(), codes), async resource => Imports.Of(await flow.Run(resource, null, cancel)));
        return Results.Empty;
    }

    private static async Task<IResult> ImportBookings(HttpContext context, BookSlot flow, CodeLists codes, CancellationToken cancel)
    {
        var (sheet, problem) = await Imports.Read(context);
        if (sheet is null)
            return problem!;
        await Imports.Answer(context, Import.Bookings(sheet), async wanted =>
        {
            var booked = await flow.Run(wanted.Id, wanted.Resource, wanted.Seeker, wanted.When, cancel);
            return booked is Booked.Accepted accepted ? new(accepted.New ? "created" : "unchanged") : SavedRow.Refused(Fault(booked, codes));
        });
        return Results.Empty;
    }

    // What to do about it, in a row's answer the next free time too.
    private static FieldError Fault(Booked booked, CodeLists codes) => booked switch
    {
        Booked.Refused x when Why(x, codes) is var why => x.Free is [var next, ..]
            ? Faults.Conflict("startsAt", $"{why.En} The next free one: {When(next)}.", $"{why.Zh}下一个空闲时段：{When(next)}。")
            : Faults.Conflict("startsAt", why.En, why.Zh),
        Booked.OtherBooking => Faults.Conflict("id", "Another booking has this id. Choose a new one, or give the other back first.", "该编号已用于另一个预约。请换一个编号，或先取消原预约。"),
        Booked.Nobody => Programmes.NoSuchSeeker with { Field = "seeker" },
        _ => Faults.UnknownCode("resource", "There is no such room or equipment. GET /api/resources lists all.", "没有这个房间或设备。全部见 /api/resources。"),
    };

    private static Label Why(Booked.Refused x, CodeLists codes)
    {
        var why = BookingWords.Of(x.Why);
        return new(why.En + Missing(x, codes, Language.English), why.Zh + Missing(x, codes, Language.Chinese));
    }

    private static string When(Interval time) => string.Create(CultureInfo.InvariantCulture, $"{time.From.ToOffset(People.Offset):yyyy-MM-dd HH:mm}–{time.To.ToOffset(People.Offset):HH:mm}");

    private static async Task<IResult> Get(HttpContext context, string id, BookSlot flow, ISeekers seekers, CancellationToken cancel) => await flow.Find(id, cancel) is { } held
        ? Answers.Json(context, "booking", BookingAnswer.Of(held, await seekers.IdOf(held.Subject, cancel), []))
        : Problems.NotFound(context);

    private static async Task<IResult> Cancel(HttpContext context, string id, BookSlot flow, CancellationToken cancel)
    {
        await flow.Cancel(id, null, cancel);
        return Results.NoContent();
    }

    private static string Missing(Booked.Refused x, CodeLists codes, Language language) => string.Concat(x.Needs.Select(need => $" {codes.FindAccommodation(need.Accommodation)?.Label.In(language)}"));

    private static FreeTime Time(Interval free) => new(free.From.ToOffset(People.Offset), free.To.ToOffset(People.Offset));
}

/// <summary>A room or equipment as it was put.</summary>
public sealed record ResourceAnswer : ResourceShape
{
    private ResourceAnswer(ResourceShape shape) : base(shape) { }

    public string Id { get; init; } = "";

    internal static ResourceAnswer Of(Resource x) => new(x.ToShape()) { Id = x.Id };
}

/// <summary>A booking that stands.</summary>
/// <param name="Seeker">Absent after erasure.</param>
/// <param name="Needs">When it is made: the person's needs in the room, and what is said about them there.</param>
public sealed record BookingAnswer(string Id, string Resource, string? Seeker, DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<RoomNeedAnswer>? Needs)
{
    internal static BookingAnswer Of(Booking x, string? seeker, IReadOnlyList<RoomNeed> needs) => new(
        x.Id, x.Resource, seeker, x.When.From.ToOffset(People.Offset), x.When.To.ToOffset(People.Offset),
        needs.Count == 0 ? null : [.. needs.Select(need => new RoomNeedAnswer(need.Accommodation, need.Mark, need.Answer))]);
}

/// <param name="Answer">Absent where nothing that counts is said: ask before the day.</param>
public sealed record RoomNeedAnswer(string Code, Mark Mark, Answer? Answer);
