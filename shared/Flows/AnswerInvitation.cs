using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What became of an answer, or of asking for a place.</summary>
public enum AnswerTaken
{
    Noted,

    /// <summary>None is left: nothing was noted.</summary>
    NoneLeft,

    /// <summary>Nobody has invited this person, or the event is over or does not take place.</summary>
    NoQuestion,
}

/// <summary>An event as one invited person meets it.</summary>
/// <param name="Needs">What the person needs that bears on a visit, and what is said about it there.</param>
/// <param name="Interpreter">Whether the person holds a time with the interpreter.</param>
/// <param name="InterpretersLeft">How many are left; null = the event has none.</param>
public sealed record InvitedEvent(RecruitmentEvent Fair, Guest Guest, IReadOnlyList<VenueNeed> Needs, bool Interpreter, int? InterpretersLeft);

/// <summary>What an invited person does on their own page: reads the event, says yes or no, asks for the interpreter.</summary>
public sealed class AnswerInvitation(IEvents events, IGuests guests, IPlaces places, HoldPlace hold, ConfirmYes confirm, CodeLists codes, TimeProvider time)
{
    /// <returns>Null where this person was not invited to it.</returns>
    public async Task<InvitedEvent?> Read(Seeker person, string id, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { Value: var fair } || (await guests.Find(id, person.Id, cancel))?.Value is not { } guest)
            return null;
        var held = fair.InterpreterSlots is > 0 ? (await places.Find(id, PlaceKind.Interpreter, cancel))?.Value.Holders ?? [] : [];
        return new(
            fair, guest, VenueNeeds.Of(person, fair.Accommodations, fair.IsOnline, People.DayOf(fair.StartsAt), codes),
            held.Contains(person.Id), fair.InterpreterSlots is > 0 and var slots ? Math.Max(0, slots - held.Count) : null);
    }

    /// <summary>Says yes or no. A yes takes a seat where there are only so many; a no gives back what was held.</summary>
    public async Task<AnswerTaken> Run(string subject, string id, GuestAnswer answer, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await events.Find(id, cancel) is not { Value: var fair } || !fair.IsAhead(time.GetUtcNow()) || await guests.Find(id, subject, cancel) is not { } stored)
                return AnswerTaken.NoQuestion;
            if (answer == GuestAnswer.Coming && !await hold.Take(fair, PlaceKind.Seat, subject, cancel))
                return AnswerTaken.NoneLeft;
            try
            {
                await guests.Save(stored.Value with { Answer = answer, AnsweredAt = time.GetUtcNow() }, stored.ETag, cancel);
                if (answer == GuestAnswer.Coming)
                    await confirm.Run(fair, subject, cancel);
                if (answer == GuestAnswer.NotComing)
                    foreach (var kind in Enum.GetValues<PlaceKind>())
                        await hold.GiveBack(id, kind, subject, cancel);
                return AnswerTaken.Noted;
            }
            catch (ConflictException) when (attempt < Put<Guest>.Tries)
            {
            }
        }
    }

    /// <summary>Asks for a time with the interpreter, or gives it back.</summary>
    public async Task<AnswerTaken> Interpreter(string subject, string id, bool wanted, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { Value: var fair } || !fair.IsAhead(time.GetUtcNow()) || await guests.Find(id, subject, cancel) is null)
            return AnswerTaken.NoQuestion;
        if (wanted)
            return await hold.Take(fair, PlaceKind.Interpreter, subject, cancel) ? AnswerTaken.Noted : AnswerTaken.NoneLeft;
        await hold.GiveBack(id, PlaceKind.Interpreter, subject, cancel);
        return AnswerTaken.Noted;
    }
}
