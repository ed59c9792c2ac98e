namespace JobMatch.Flows;

/// <summary>
/// Gives guests of an event the short numbers by which lists and desks know them. A number is a row that is written once;
/// what stands at the guest is a copy of it.
/// </summary>
public sealed class GuestNumbers(IGuests guests)
{
    /// <summary>Numbers for those who have none yet. Safe to repeat.</summary>
    public async Task Give(string eventId, IReadOnlyList<string> subjects, CancellationToken cancel)
    {
        var given = await guests.Numbers(eventId, cancel);
        var next = given.Keys.DefaultIfEmpty().Max() + 1;
        var known = given.GroupBy(x => x.Value).ToDictionary(x => x.Key, x => x.Min(y => y.Key));
        foreach (var subject in subjects)
        {
            while (!known.ContainsKey(subject))
            {
                if (await guests.AddNumber(eventId, next, subject, cancel))
                    known[subject] = next++;
                else
                    foreach (var (number, taken) in await guests.Numbers(eventId, cancel))
                    {
                        known.TryAdd(taken, number);
                        next = Math.Max(next, number + 1);
                    }
            }
            await guests.Change(eventId, subject, guest => guest.Number is null ? guest with { Number = known[subject] } : guest, cancel);
        }
    }
}

/// <summary>How every flow writes what is known of a guest.</summary>
internal static class GuestChanges
{
    /// <summary>Writes a change, deciding again whenever somebody else wrote first; a guest who is not there yet begins empty.</summary>
    /// <param name="change">Gives the same object back where nothing is to be written.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public static async Task<Guest> Change(this IGuests guests, string eventId, string subject, Func<Guest, Guest> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await guests.Find(eventId, subject, cancel);
            var guest = stored?.Value ?? new Guest { Event = eventId, Subject = subject };
            var next = change(guest);
            if (ReferenceEquals(next, guest))
                return guest;
            try
            {
                await guests.Save(next, stored?.ETag, cancel);
                return next;
            }
            catch (ConflictException) when (attempt < Put<Guest>.Tries)
            {
            }
        }
    }
}
