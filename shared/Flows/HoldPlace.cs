namespace JobMatch.Flows;

/// <summary>What an event has only so many of.</summary>
public enum PlaceKind
{
    /// <summary>Room for one who comes.</summary>
    Seat,

    /// <summary>A time with the sign language interpreter.</summary>
    Interpreter,
}

/// <summary>Who holds an event's places of one kind, by subject. One row, so that two never get the last one.</summary>
public sealed record Places(string Event, PlaceKind Kind, IReadOnlyList<string> Holders)
{
    /// <summary>How many an event has; null = as many as are asked for.</summary>
    public static int? LimitOf(RecruitmentEvent fair, PlaceKind kind) => kind == PlaceKind.Seat ? fair.Capacity : fair.InterpreterSlots ?? 0;
}

/// <summary>Keeps who holds an event's places.</summary>
public interface IPlaces
{
    Task<Stored<Places>?> Find(string eventId, PlaceKind kind, CancellationToken cancel);

    /// <param name="etag">Null means that it must not exist yet.</param>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(Places places, string? etag, CancellationToken cancel);
}

/// <summary>Gives out an event's places until there are none, and takes them back. Twice is once.</summary>
public sealed class HoldPlace(IPlaces places, IGuests guests)
{
    // Whoever loses a race reads again: each race lost is a place that somebody got or gave back.
    private const int Tries = 200;

    /// <returns>Whether the person holds one now; false where none is left.</returns>
    /// <exception cref="ConflictException">So many races lost in a row.</exception>
    public async Task<bool> Take(RecruitmentEvent fair, PlaceKind kind, string subject, CancellationToken cancel) =>
        Places.LimitOf(fair, kind) is not { } limit
        || await Change(fair.Id, kind, held => held.Contains(subject) || held.Count >= limit ? held : [.. held, subject], subject, cancel);

    public Task GiveBack(string eventId, PlaceKind kind, string subject, CancellationToken cancel) => Change(eventId, kind, held =>
        held.Contains(subject) ? [.. held.Where(holder => holder != subject)] : held, subject, cancel);

    // Whoever said yes before an event had a capacity has a seat.
    private async Task<IReadOnlyList<string>> Unlisted(string eventId, PlaceKind kind, CancellationToken cancel) => kind == PlaceKind.Seat
        ? [.. (await guests.Of(eventId, cancel)).Where(guest => guest.Answer == GuestAnswer.Coming).Select(guest => guest.Subject)]
        : [];

    private async Task<bool> Change(string eventId, PlaceKind kind, Func<IReadOnlyList<string>, IReadOnlyList<string>> change, string subject, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await places.Find(eventId, kind, cancel);
            var held = stored?.Value.Holders ?? await Unlisted(eventId, kind, cancel);
            var next = change(held);
            if (ReferenceEquals(next, held))
                return held.Contains(subject);
            try
            {
                await places.Save(new(eventId, kind, next), stored?.ETag, cancel);
                return next.Contains(subject);
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }
}
