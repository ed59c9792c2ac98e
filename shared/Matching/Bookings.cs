namespace JobMatch.Matching;

/// <summary>A stretch of time: from its first moment up to, and without, its last.</summary>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset To)
{
    public bool Intersects(Interval other) => From < other.To && other.From < To;

    public int Minutes => (int)(To - From).TotalMinutes;
}

/// <summary>Somebody's time with a room or a piece of equipment.</summary>
/// <param name="Subject">By whom.</param>
/// <param name="At">When it was asked for.</param>
public sealed record Booking(string Id, string Resource, string Subject, Interval When, DateTimeOffset At);

public enum ResourceKind
{
    /// <summary>Hours in it are hours of work.</summary>
    Room,

    /// <summary>Lent, for hours or for days.</summary>
    Equipment,
}

/// <summary>What a base lends without pay: a room, or equipment of which it has some.</summary>
/// <param name="Base">The base that it belongs to, by its id.</param>
/// <param name="Units">How many can be out at a time; of a room 1.</param>
/// <param name="Opens">On the people's clock, every day; bookings begin and end while it is open.</param>
/// <param name="Accommodations">What is said about access; an answer counts for twelve months.</param>
public sealed record Resource(
    string Id, ResourceKind Kind, string Title, string Base, int Units, TimeOnly Opens, TimeOnly Closes, IReadOnlyDictionary<string, StatedAnswer> Accommodations);

/// <summary>Why a booking is not taken.</summary>
public enum BookingRefusal
{
    /// <summary>Another has the time.</summary>
    Taken,
    NotOpen,

    /// <summary>Bookings begin and end on quarters of an hour.</summary>
    OffTheQuarter,
    TooLong,
    InThePast,
    TooFarAhead,

    /// <summary>A must of the person's is not possible in the room.</summary>
    NoAccess,

    /// <summary>The person would work more hours that day than they have said is good for them.</summary>
    HoursOfTheDay,

    /// <summary>The person is in another room at that time.</summary>
    Elsewhere,
}

/// <summary>Which times are free, and whether a booking may be taken: no two bookings of one unit ever intersect.</summary>
public static class Slots
{
    /// <summary>Bookings begin and end on these minutes.</summary>
    public const int Quarter = 15;

    /// <summary>The furthest day ahead.</summary>
    public const int DaysAhead = 90;

    /// <summary>The longest loan of equipment, in days.</summary>
    public const int LoanDays = 14;

    /// <summary>Hours a day on air for whoever has stated no limit of their own.</summary>
    public const int HoursADay = 8;

    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>What the resource and the clock say, before anybody else's booking is looked at; null = nothing against it.</summary>
    public static BookingRefusal? Refusal(Resource resource, Interval wanted, DateTimeOffset now)
    {
        var (from, to) = (wanted.From.ToOffset(Zone), wanted.To.ToOffset(Zone));
        if (OffTheQuarter(from) || OffTheQuarter(to) || wanted.Minutes < Quarter)
            return BookingRefusal.OffTheQuarter;
        if (wanted.From < now)
            return BookingRefusal.InThePast;
        if (DayOf(from).DayNumber - DayOf(now.ToOffset(Zone)).DayNumber > DaysAhead)
            return BookingRefusal.TooFarAhead;
        if (TimeOnly.FromDateTime(from.DateTime) < resource.Opens || TimeOnly.FromDateTime(to.DateTime) > resource.Closes || TimeOnly.FromDateTime(to.DateTime) <= resource.Opens)
            return BookingRefusal.NotOpen;
        var days = DayOf(to).DayNumber - DayOf(from).DayNumber + 1;
        return days > (resource.Kind == ResourceKind.Room ? 1 : LoanDays) ? BookingRefusal.TooLong : null;
    }

    /// <summary>Whether one more fits: at no moment are more than its units out.</summary>
    public static bool Fits(Interval wanted, IReadOnlyCollection<Interval> booked, int units)
    {
        // The number that is out rises only where a booking begins.
        int Out(DateTimeOffset at) => booked.Count(one => one.From <= at && at < one.To);
        return Out(wanted.From) < units && booked.Where(one => one.From > wanted.From && one.From < wanted.To).All(one => Out(one.From) < units);
    }

    /// <summary>
    /// What a person's own day says: one room at a time, and no more hours than they have stated. Equipment that is lent takes
    /// no hours.
    /// </summary>
    /// <param name="rooms">The person's other bookings of rooms that day.</param>
    /// <param name="hours">Their limit; null = none stated.</param>
    public static BookingRefusal? OfTheDay(Interval wanted, IReadOnlyCollection<Interval> rooms, int? hours) =>
        rooms.Any(wanted.Intersects) ? BookingRefusal.Elsewhere
        : rooms.Sum(one => one.Minutes) + wanted.Minutes > (hours ?? HoursADay) * 60 ? BookingRefusal.HoursOfTheDay
        : null;

    /// <summary>Free times of a length on one day, one after the other, the earliest first.</summary>
    /// <param name="after">None begins before it.</param>
    public static IEnumerable<Interval> Free(Resource resource, DateOnly day, int minutes, IReadOnlyCollection<Interval> booked, DateTimeOffset after)
    {
        var closes = new DateTimeOffset(day.ToDateTime(resource.Closes), Zone);
        for (var from = new DateTimeOffset(day.ToDateTime(resource.Opens), Zone); from.AddMinutes(minutes) <= closes;)
        {
            var slot = new Interval(from, from.AddMinutes(minutes));
            var free = from >= after && Fits(slot, booked, resource.Units);
            if (free)
                yield return slot;
            from = from.AddMinutes(free ? minutes : Quarter);
        }
    }

    /// <summary>The days on the people's clock that a stretch of time touches.</summary>
    public static IEnumerable<DateOnly> Days(Interval when)
    {
        var (first, last) = (DayOf(when.From.ToOffset(Zone)), DayOf(when.To.ToOffset(Zone).AddTicks(-1)));
        return Enumerable.Range(0, Math.Max(1, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays);
    }

    private static bool OffTheQuarter(DateTimeOffset at) => at.Ticks % TimeSpan.FromMinutes(Quarter).Ticks != 0;

    private static DateOnly DayOf(DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime);
}

/// <summary>A need of one person in a room, and what is said about it there.</summary>
/// <param name="Answer">Null = nothing that counts.</param>
public readonly record struct RoomNeed(string Accommodation, Mark Mark, Answer? Answer)
{
    /// <summary>A must that cannot be met there.</summary>
    public bool Excludes => Mark == Mark.Must && Answer == Matching.Answer.NotPossible;
}

/// <summary>A room's access, compared with what a person needs where they work.</summary>
public static class RoomAccess
{
    /// <summary>Those of a person's needs that bear on a place, in the order of the list.</summary>
    public static IReadOnlyList<RoomNeed> Of(Seeker seeker, Resource room, DateOnly day, CodeLists codes) => seeker.Needs.Count == 0 ? [] : [.. codes.Accommodations
        .Where(x => x.OnSite && x.Stage != Stage.Recruitment && seeker.Needs.ContainsKey(x.Code))
        .Select(x => new RoomNeed(x.Code, seeker.Needs[x.Code], room.Accommodations.TryGetValue(x.Code, out var said) && said.On.AddMonths(12) >= day ? said.Answer : null))];
}
