using System.Security.Cryptography;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>The timer's part of reminding: puts a message for each event of the next day whose guests are not reminded yet.</summary>
public sealed class RemindEvents(IEvents events, IPlans plans, IMessages messages, IWork work, SendSettings settings, TimeProvider time)
{
    public async Task Run(CancellationToken cancel)
    {
        if (TimeOnly.FromDateTime(time.Now().DateTime) < settings.RemindFrom)
            return;
        foreach (var fair in await events.On(time.Today().AddDays(1), cancel))
            if (RemindGuests.IsDue(fair, time.Today()) && !await IsDone(fair, cancel))
                await work.Put(Queues.Work, new WorkItem(WorkKind.Remind, fair.Id, 0).ToBody(), TimeSpan.Zero, cancel);
    }

    // Its last page is written last.
    private async Task<bool> IsDone(RecruitmentEvent fair, CancellationToken cancel)
    {
        var (cause, wave) = RemindGuests.Of(fair);
        return await plans.Find(cause, wave, cancel) is { } plan
            && (plan.Pages == 0 || (await messages.States(new(cause, wave, plan.Pages - 1), cancel)).Count > 0);
    }
}

/// <summary>
/// Reminds those who said yes, the day before. Decided once, as an announcement is: whoever runs it a second time meets the
/// stored plan and its pages. An event that is put off to another day is reminded of again.
/// </summary>
public sealed class RemindGuests(
    IEvents events, IGuests guests, GuestNumbers numbers, ConfirmYes confirm, IPlans plans, PutText putText, IWork work, SendSettings settings, TimeProvider time)
{
    private const int PageSize = 100;

    /// <param name="item">Kind remind: the event, and the first page that is not written yet.</param>
    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + settings.WorkFor;
        if (await events.Find(item.Ref, cancel) is not { Value: var fair } || !IsDue(fair, time.Today()))
            return;
        var (cause, wave) = Of(fair);
        var plan = await plans.Find(cause, wave, cancel) ?? await Make(fair, cancel);
        for (var page = item.Page; page < plan.Pages; page++)
        {
            if (time.GetUtcNow() >= until)
            {
                await work.Put(Queues.Work, (item with { Page = page }).ToBody(), TimeSpan.Zero, cancel);
                return;
            }
            await Write(fair, plan, page, cancel);
        }
        // Who said yes between the reading of the guests and the plan's coming to stand.
        var planned = new HashSet<string>();
        for (var page = 0; page < plan.Pages; page++)
            planned.UnionWith((await plans.Page(plan, page, cancel)).Select(person => person.Subject));
        foreach (var guest in await guests.Of(fair.Id, cancel))
            if (guest.Answer == GuestAnswer.Coming && !planned.Contains(guest.Subject))
                await confirm.Remind(fair, plan, guest.Subject, cancel);
    }

    // Not where its texts were stopped, which is for good.
    internal static bool IsDue(RecruitmentEvent fair, DateOnly today) =>
        fair.Wave > 0 && fair.Status is not (EventStatus.Stopped or EventStatus.Cancelled or EventStatus.Closed) && People.DayOf(fair.StartsAt) == today.AddDays(1);

    internal static (string Cause, int Wave) Of(RecruitmentEvent fair) => (PageId.CauseOf(fair.Id, TextKind.Reminder), People.DayOf(fair.StartsAt).DayNumber);

    private async Task<PlanHead> Make(RecruitmentEvent fair, CancellationToken cancel)
    {
        var (cause, wave) = Of(fair);
        var coming = (await guests.Of(fair.Id, cancel)).Where(guest => guest.Answer == GuestAnswer.Coming).Select(guest => guest.Subject).Order(StringComparer.Ordinal).Chunk(PageSize).ToList();
        var plan = new PlanHead(cause, wave, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), coming.Count, coming.Sum(page => page.Length), time.GetUtcNow());
        foreach (var (page, people) in coming.Index())
            await plans.Add(plan, page, [.. people.Select(subject => new Invitation(subject, []))], cancel);
        return await plans.Complete(plan, cancel);
    }

    private async Task Write(RecruitmentEvent fair, PlanHead plan, int page, CancellationToken cancel)
    {
        var people = await plans.Page(plan, page, cancel);
        await numbers.Give(fair.Id, [.. people.Select(person => person.Subject)], cancel);
        var now = time.GetUtcNow();
        await putText.Run([.. people.Select(person => new Message
        {
            Id = new(new(plan.Cause, plan.Wave, page), person.Subject),
            Deadline = fair.StartsAt,
            Named = [],
            PolicyVersion = Policy.Version,
            CreatedAt = now,
        })], cancel);
    }
}
