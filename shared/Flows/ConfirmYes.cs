using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Makes good to somebody who says yes late what those who said it in time were told: the reminder where the reminders have
/// been planned, else when and where it takes place now where a change has been told. Once each, however often it is said.
/// </summary>
public sealed class ConfirmYes(IPlans plans, IGuests guests, GuestNumbers numbers, PutText putText, SendSettings settings, TimeProvider time)
{
    /// <summary>To be called once the answer is kept, so that whoever makes a plan at this moment meets it there or the plan here.</summary>
    public async Task Run(RecruitmentEvent fair, string subject, CancellationToken cancel)
    {
        if (await guests.Find(fair.Id, subject, cancel) is not { Value.Answer: GuestAnswer.Coming })
            return;
        var (cause, wave) = RemindGuests.Of(fair);
        if (await plans.Find(cause, wave, cancel) is { } reminders)
        {
            if (!await Holds(reminders, subject, cancel))
                await Remind(fair, reminders, subject, cancel);
        }
        else if (await LastChange(fair, cancel) is { } change && !await Holds(change, subject, cancel))
        {
            var until = time.GetUtcNow() + settings.AnswerWithin;
            await Put(new(PageId.Of(TextKind.Confirmed, $"{fair.Id}|{change.Wave}|{subject}"), subject), fair.Id, until < fair.StartsAt ? until : fair.StartsAt, cancel);
        }
    }

    /// <summary>Reminds one who is not in the plan, on a page after its own, which the guest's number makes the guest's.</summary>
    internal async Task Remind(RecruitmentEvent fair, PlanHead reminders, string subject, CancellationToken cancel)
    {
        await numbers.Give(fair.Id, [subject], cancel);
        if (await guests.Find(fair.Id, subject, cancel) is { Value.Number: { } number })
            await Put(new(new(reminders.Cause, reminders.Wave, reminders.Pages + number), subject), null, fair.StartsAt, cancel);
    }

    private Task<bool> Put(MessageId id, string? about, DateTimeOffset deadline, CancellationToken cancel) => putText.Run([new()
    {
        Id = id,
        About = about,
        Deadline = deadline,
        Named = [],
        PolicyVersion = Policy.Version,
        CreatedAt = time.GetUtcNow(),
    }], cancel);

    // One that is still to be told finds this yes by itself.
    private async Task<PlanHead?> LastChange(RecruitmentEvent fair, CancellationToken cancel)
    {
        for (var wave = fair.Changes; wave > 0; wave--)
            if (await plans.Find(PageId.CauseOf(fair.Id, TextKind.Changed), wave, cancel) is { } told)
                return told;
        return null;
    }

    private async Task<bool> Holds(PlanHead plan, string subject, CancellationToken cancel)
    {
        for (var page = 0; page < plan.Pages; page++)
            if ((await plans.Page(plan, page, cancel)).Any(person => person.Subject == subject))
                return true;
        return false;
    }
}
