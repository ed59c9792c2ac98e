using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A resource as stored.</summary>
public sealed record ResourceFile(Resource Facts, long Version);

/// <summary>
/// Who has a resource when. One row for each resource and day, which changes under its ETag: whoever adds a booking has seen
/// all the others, so that no two accepted ones intersect. A loan over several days changes their rows in one batch.
/// </summary>
/// <param name="Days">What is booked on each day that was asked for; a booking over several days stands on each.</param>
public sealed record ResourceCalendar(string Resource, IReadOnlyDictionary<DateOnly, Stored<IReadOnlyList<Booking>>> Days)
{
    /// <summary>Each booking once.</summary>
    public IReadOnlyList<Booking> Bookings => [.. Days.Values.SelectMany(day => day.Value).DistinctBy(booking => booking.Id).OrderBy(booking => booking.When.From)];

    public IReadOnlyList<Interval> Taken => [.. Bookings.Select(booking => booking.When)];
}

/// <summary>Where a booking is found by its id alone.</summary>
public sealed record BookingPlace(string Resource, DateOnly First, DateOnly Last);

/// <summary>Keeps resources, their calendars, and each person's day.</summary>
public interface IBookings
{
    Task<Stored<ResourceFile>?> Find(string resource, CancellationToken cancel);

    /// <summary>By base and title.</summary>
    Task<IReadOnlyList<ResourceFile>> All(CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(ResourceFile file, string? etag, CancellationToken cancel);

    Task<ResourceCalendar> Calendar(string resource, IEnumerable<DateOnly> days, CancellationToken cancel);

    /// <summary>Writes those of its days that a change touches, as they then stand, in one batch.</summary>
    /// <exception cref="ConflictException">Somebody else changed one of them since it was read: nothing was written.</exception>
    Task Save(ResourceCalendar seen, IReadOnlyDictionary<DateOnly, IReadOnlyList<Booking>> next, CancellationToken cancel);

    Task<BookingPlace?> Place(string id, CancellationToken cancel);

    /// <summary>Notes where a booking will be; the first word stands.</summary>
    /// <returns>What stands.</returns>
    Task<BookingPlace> Add(string id, BookingPlace place, CancellationToken cancel);

    /// <summary>A person's bookings of a day, asked for and perhaps not there yet. In the person's own partition.</summary>
    Task<Stored<IReadOnlyList<Booking>>?> OfPerson(string seeker, DateOnly day, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(string seeker, DateOnly day, IReadOnlyList<Booking> bookings, string? etag, CancellationToken cancel);

    /// <summary>A person's bookings from a day on, the earliest first.</summary>
    Task<IReadOnlyList<Booking>> OfPersonFrom(string seeker, DateOnly day, CancellationToken cancel);
}

/// <summary>What became of asking for a time.</summary>
public abstract record Booked
{
    private Booked() { }

    /// <summary>It is theirs; asking again says the same.</summary>
    /// <param name="New">False where it was theirs already.</param>
    public sealed record Accepted(Booking Now, bool New) : Booked;

    /// <summary>Nothing was booked.</summary>
    /// <param name="Free">The next times that are free and as long.</param>
    /// <param name="Needs">Which of the person's musts the room cannot meet; empty where that is not why.</param>
    public sealed record Refused(BookingRefusal Why, IReadOnlyList<Interval> Free, IReadOnlyList<RoomNeed> Needs) : Booked;

    /// <summary>No such resource.</summary>
    public sealed record NotFound : Booked;

    /// <summary>No such seeker.</summary>
    public sealed record Nobody : Booked;

    /// <summary>Another booking has this id.</summary>
    public sealed record OtherBooking : Booked;
}

/// <summary>
/// Gives a room or equipment to one person for a stretch of time. Decision 0025: first the person's own day is written, then
/// the resource's; what stands in the first and not in the second after a while was not finished, and does not count.
/// </summary>
public sealed class BookSlot(IBookings bookings, ISeekers seekers, CodeLists codes, TimeProvider time)
{
    // Whoever loses a race reads again: each race lost is a booking that somebody else got or gave back.
    private const int Tries = 300;

    private const int Offered = 5;

    private static readonly TimeSpan Unfinished = TimeSpan.FromMinutes(2);

    /// <summary>Asks for a time; twice with the same id is once.</summary>
    /// <exception cref="ConflictException">So many races lost in a row.</exception>
    public async Task<Booked> Run(string id, string resource, string seeker, Interval wanted, CancellationToken cancel)
    {
        if (await bookings.Find(resource, cancel) is not { Value.Facts: var room })
            return new Booked.NotFound();
        if (await seekers.Find(seeker, cancel) is not { Value: var person })
            return new Booked.Nobody();
        var days = Slots.Days(wanted).ToList();
        var booking = new Booking(id, resource, person.Facts.Id, wanted, time.GetUtcNow());
        if (await bookings.Place(id, cancel) is { } there && await Held(id, there, cancel) is { } held)
            return Same(held, booking) ? new Booked.Accepted(held, false) : new Booked.OtherBooking();
        if (Slots.Refusal(room, wanted, time.GetUtcNow()) is { } refusal)
            return await Refuse(refusal, room, wanted, [], cancel);
        if (room.Kind == ResourceKind.Room && RoomAccess.Of(person.Facts, room, days[0], codes).Where(need => need.Excludes).ToList() is { Count: > 0 } missing)
            return await Refuse(BookingRefusal.NoAccess, room, wanted, missing, cancel);
        // Most of those who come too late see it here, and touch no row.
        if (!Slots.Fits(wanted, (await bookings.Calendar(resource, days, cancel)).Taken, room.Units))
            return await Refuse(BookingRefusal.Taken, room, wanted, [], cancel);
        if (await bookings.Add(id, new(resource, days[0], days[^1]), cancel) != new BookingPlace(resource, days[0], days[^1]))
            return new Booked.OtherBooking();
        if (await Reserve(seeker, person, room, booking, days[0], cancel) is { } own)
            return await Refuse(own, room, wanted, [], cancel);
        for (var attempt = 1; ; attempt++)
        {
            var seen = await bookings.Calendar(resource, days, cancel);
            if (seen.Bookings.FirstOrDefault(one => one.Id == id) is { } mine)
                return Same(mine, booking) ? new Booked.Accepted(mine, false) : new Booked.OtherBooking();
            if (!Slots.Fits(wanted, seen.Taken, room.Units))
            {
                await Release(seeker, days[0], id, cancel);
                return await Refuse(BookingRefusal.Taken, room, wanted, [], cancel);
            }
            try
            {
                await bookings.Save(seen, days.ToDictionary(day => day, day => (IReadOnlyList<Booking>)[.. seen.Days[day].Value, booking]), cancel);
                return new Booked.Accepted(booking, true);
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }

    /// <summary>Gives a time back; twice is once.</summary>
    /// <param name="seeker">Whose it must be; null = anybody's.</param>
    /// <returns>False where there is no such booking of theirs.</returns>
    public async Task<bool> Cancel(string id, string? seeker, CancellationToken cancel)
    {
        if (await bookings.Place(id, cancel) is not { } place)
            return false;
        for (var attempt = 1; ; attempt++)
        {
            var seen = await bookings.Calendar(place.Resource, Days(place), cancel);
            if (seen.Bookings.FirstOrDefault(one => one.Id == id) is not { } held)
                return false;
            var owner = await seekers.IdOf(held.Subject, cancel);
            if (seeker is not null && owner != seeker)
                return false;
            try
            {
                await bookings.Save(seen, Days(place).ToDictionary(day => day, day => (IReadOnlyList<Booking>)[.. seen.Days[day].Value.Where(one => one.Id != id)]), cancel);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                continue;
            }
            if (owner is not null)
                await Release(owner, place.First, id, cancel);
            return true;
        }
    }

    /// <returns>Null where there is no such booking, or it was given back.</returns>
    public async Task<Booking?> Find(string id, CancellationToken cancel) => await bookings.Place(id, cancel) is { } place ? await Held(id, place, cancel) : null;

    /// <summary>The next free times of a length, from a moment on.</summary>
    public async Task<IReadOnlyList<Interval>> Free(Resource room, DateTimeOffset from, int minutes, int most, CancellationToken cancel)
    {
        from = from > time.GetUtcNow() ? from : time.GetUtcNow();
        List<Interval> free = [];
        var days = Enumerable.Range(0, 7).Select(People.DayOf(from).AddDays).Where(day => day.DayNumber <= time.Today().DayNumber + Slots.DaysAhead).ToList();
        var calendar = days.Count == 0 ? null : await bookings.Calendar(room.Id, days, cancel);
        foreach (var day in days)
            free.AddRange(Slots.Free(room, day, minutes, calendar!.Taken, from).Take(most - free.Count));
        return free;
    }

    private async Task<Booking?> Held(string id, BookingPlace place, CancellationToken cancel) =>
        (await bookings.Calendar(place.Resource, Days(place), cancel)).Bookings.FirstOrDefault(one => one.Id == id);

    // Not before what was asked for, on the same day and those that follow.
    private async Task<Booked> Refuse(BookingRefusal why, Resource room, Interval wanted, IReadOnlyList<RoomNeed> needs, CancellationToken cancel)
    {
        var free = why == BookingRefusal.NoAccess ? [] : await Free(room, wanted.From, Math.Clamp(wanted.Minutes, Slots.Quarter, 24 * 60), Offered, cancel);
        return new Booked.Refused(why, free, needs);
    }

    // Null where the day has room for it.
    private async Task<BookingRefusal?> Reserve(string seeker, SeekerFile person, Resource room, Booking booking, DateOnly day, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await bookings.OfPerson(seeker, day, cancel);
            var held = await Finished(stored?.Value ?? [], cancel);
            if (held.Any(one => one.Id == booking.Id))
                return null;
            if (room.Kind == ResourceKind.Room && Slots.OfTheDay(booking.When, [.. (await Rooms(held, cancel)).Select(one => one.When)], person.HoursPerDay) is { } refusal)
                return refusal;
            try
            {
                await bookings.Save(seeker, day, [.. held, booking], stored?.ETag, cancel);
                return null;
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }

    // A process may have died between the person's row and the resource's: what is not there after a while will not come.
    private async Task<IReadOnlyList<Booking>> Finished(IReadOnlyList<Booking> held, CancellationToken cancel)
    {
        List<Booking> finished = [];
        foreach (var one in held)
            if (time.GetUtcNow() - one.At < Unfinished || (await bookings.Calendar(one.Resource, Slots.Days(one.When), cancel)).Bookings.Any(there => there.Id == one.Id))
                finished.Add(one);
        return finished;
    }

    private async Task<IReadOnlyList<Booking>> Rooms(IReadOnlyList<Booking> held, CancellationToken cancel)
    {
        List<Booking> rooms = [];
        foreach (var one in held)
            if (await bookings.Find(one.Resource, cancel) is { Value.Facts.Kind: ResourceKind.Room })
                rooms.Add(one);
        return rooms;
    }

    private async Task Release(string seeker, DateOnly day, string id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await bookings.OfPerson(seeker, day, cancel) is not { } stored || stored.Value.All(one => one.Id != id))
                return;
            try
            {
                await bookings.Save(seeker, day, [.. stored.Value.Where(one => one.Id != id)], stored.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }

    private static IEnumerable<DateOnly> Days(BookingPlace place) => Enumerable.Range(0, place.Last.DayNumber - place.First.DayNumber + 1).Select(place.First.AddDays);

    private static bool Same(Booking one, Booking other) => (one.Resource, one.Subject, one.When) == (other.Resource, other.Subject, other.When);
}
