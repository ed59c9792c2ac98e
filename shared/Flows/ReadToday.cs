using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>An event as staff see it among the day's work.</summary>
/// <param name="Positions">How many are tied to it.</param>
/// <param name="Funnel">What has come of it so far; null before it was announced.</param>
public sealed record EventToday(RecruitmentEvent Fair, int Positions, FunnelCounts? Funnel);

/// <summary>What staff have to look at, in one look.</summary>
/// <param name="Day">Today, or the next day with an event where there is none today.</param>
/// <param name="Events">That day's, by their start.</param>
/// <param name="Others">Events of other days that wait for approval or are being announced.</param>
/// <param name="Replies">How many replies need a person.</param>
/// <param name="OldestReply">When the oldest of these came; null = none waits.</param>
/// <param name="SiteChecks">Employers whose site check has expired or soon will.</param>
/// <param name="FollowUps">People to ask and open cases.</param>
/// <param name="ShortOfGoods">Village rooms whose goods run out, so that orders may have to be cancelled.</param>
public sealed record WorkToday(
    DateOnly Today, DateOnly Day, IReadOnlyList<EventToday> Events, IReadOnlyList<EventToday> Others, SendingNow Sending, int Replies, DateTimeOffset? OldestReply, int SiteChecks,
    FollowUpCounts FollowUps, int ShortOfGoods)
{
    /// <summary>Announcements that wait for another's approval.</summary>
    public int ToApprove => Events.Concat(Others).Count(x => x.Fair.Status == EventStatus.AwaitingApproval);

    /// <summary>Texts of these events that failed, or of which nobody knows.</summary>
    public int Failed => Events.Concat(Others).Sum(x => x.Funnel is { } counts ? counts.Failed + counts.Unknown : 0);
}

/// <summary>Reads the day's work.</summary>
public sealed class ReadToday(IEvents events, Funnel funnel, ReadSending sending, ITasks tasks, ListSiteVisits visits, ListFollowUps followUps, IProgrammes programmes, TimeProvider time)
{
    public async Task<WorkToday> Run(CancellationToken cancel)
    {
        var (now, today) = (time.GetUtcNow(), time.Today());
        var all = (await events.All(cancel)).Where(fair => fair.Status != EventStatus.Cancelled).ToList();
        var running = all.Where(fair => People.DayOf(fair.StartsAt) == today || fair.StartsAt <= now && now < fair.EndsAt).ToList();
        var ahead = all.Where(fair => People.DayOf(fair.StartsAt) > today).Select(fair => People.DayOf(fair.StartsAt)).ToList();
        var day = running.Count > 0 || ahead.Count == 0 ? today : ahead.Min();
        var shown = day == today ? running : [.. all.Where(fair => People.DayOf(fair.StartsAt) == day)];
        var others = all.Except(shown).Where(fair => fair.Status is EventStatus.AwaitingApproval or EventStatus.Announcing);
        var open = await tasks.Open(cancel);
        return new(
            today, day, await View(shown, cancel), await View(others, cancel), await sending.Run(cancel), open.Count, open.Select(task => (DateTimeOffset?)task.At).Min(),
            await visits.Due(cancel), await followUps.Count(cancel),
            (await programmes.All(ProgrammeKind.VillageRoom, cancel)).Count(room => VillageGoods.Of(room.Facts, today).Level != GoodsLevel.Enough));
    }

    private async Task<IReadOnlyList<EventToday>> View(IEnumerable<RecruitmentEvent> fairs, CancellationToken cancel)
    {
        List<EventToday> shown = [];
        foreach (var fair in fairs.OrderBy(x => x.StartsAt).ThenBy(x => x.Id, StringComparer.Ordinal))
            shown.Add(new(fair, (await events.Positions(fair.Id, cancel)).Count, fair.Wave > 0 ? await funnel.Run(fair.Id, cancel) : null));
        return shown;
    }
}
