using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// The timer's part of following up: what is due is asked by text where that is allowed, else left to staff, as is what nobody
/// answered in time. The text's page is named after its follow-up, so that asking again is the same text, whoever dies where
/// and however many run at once. What one run leaves, the next takes.
/// </summary>
public sealed class AskFollowUps(IFollowUps followUps, KeepFollowUps keep, ISeekers seekers, PutText putText, SendSettings settings, TimeProvider time)
{
    // Quiet hours and the day's share of texts may put one off till the next day.
    private static readonly TimeSpan Leaves = TimeSpan.FromDays(2);

    public async Task Run(CancellationToken cancel)
    {
        var (until, today, now) = (time.GetUtcNow() + settings.WorkFor, time.Today(), TimeOnly.FromDateTime(time.Now().DateTime));
        if (now < settings.FollowUpFrom || now >= settings.FollowUpUntil)
            return;
        foreach (var file in await followUps.Due(today, cancel))
        {
            if (time.GetUtcNow() >= until)
                return;
            await One(file.Facts, today, cancel);
        }
    }

    private async Task One(FollowUpSeries series, DateOnly today, CancellationToken cancel)
    {
        await keep.Run(series, cancel);
        // Null while an erasure is at work, which takes the series too.
        if (await followUps.Find(series.Id, cancel) is not { Value.Facts: var kept } || await seekers.BySubject(kept.Subject, cancel) is not { Value: var person })
            return;
        var byText = person.MayBeTexted() && person.Wants(TextKind.FollowUp);
        if (kept.DueMonth(today) is { } month && byText)
            await Text(FollowUpId.Of(kept, month), cancel);
        await followUps.Change(kept.Id, today, file => file?.Facts switch
        {
            null => null,
            var facts when facts.DueMonth(today) is { } due => file.With(facts.Ask(due, today, byText)),
            var facts when facts.IsSilent(today) => file.With(facts.ToStaff(today)),
            // Its day passed while nothing ran.
            var facts when file.NextOn != facts.NextOn(today) => file with { },
            _ => file,
        }, cancel);
    }

    private async Task Text(FollowUpId id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await putText.Run([new()
        {
            Id = new(PageId.Of(TextKind.FollowUp, id.ToString()), id.Subject),
            About = id.ToString(),
            Deadline = now + Leaves,
            Named = [],
            PolicyVersion = Policy.Version,
            CreatedAt = now,
        }], cancel);
    }
}
