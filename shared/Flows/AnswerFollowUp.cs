using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Notes what somebody says at a follow-up, by a digit or to staff. A bad answer and its case are one write.</summary>
public sealed class AnswerFollowUp(IFollowUps followUps, IGuests guests, TimeProvider time)
{
    /// <param name="at">When it was said: the later answer counts.</param>
    /// <param name="by">The member of staff who enters it; null = the person, by text.</param>
    /// <param name="reply">The key of that text.</param>
    /// <returns>Null where there is no such follow-up, or its day has not come.</returns>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<FollowUpFile?> Run(FollowUpId id, FollowUpAnswer answer, DateTimeOffset at, string? by, string? reply, CancellationToken cancel)
    {
        var noted = await followUps.Change(id.Series, time.Today(), file => file is null || file.Facts.DueOn(id.Month) > People.DayOf(at)
            ? null
            : file.With(file.Facts.Answered(id.Month, answer, at, People.DayOf(at), by, reply)), cancel);
        if (noted?.Facts.Asked.FirstOrDefault(asked => asked.Month == id.Month) is not { Answer: { } said })
            return null;
        // Again also where it was noted before: whoever did may have died before this.
        if (noted.Facts is { Of: FollowUpOf.Placement, Event: { } fair, About: { } position })
            await guests.Change(fair, id.Subject, guest => After(guest, new(position, id.Month), said != FollowUpAnswer.Left), cancel);
        return noted;
    }

    // What stands at the guest is a copy, for the event's funnel.
    private static Guest After(Guest guest, RetainedStep step, bool there) => guest.Retained.Contains(step) == there
        ? guest
        : guest with { Retained = there ? [.. guest.Retained, step] : [.. guest.Retained.Where(held => held != step)] };
}
