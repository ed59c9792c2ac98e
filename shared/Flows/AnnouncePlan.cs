using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What became of announcing a plan that was shown.</summary>
public abstract record PlanAnnounced
{
    private PlanAnnounced() { }

    /// <summary>Every event of it is under way, done, or waits for approval; saying it again says the same.</summary>
    public sealed record Taken(IReadOnlyList<RecruitmentEvent> Now) : PlanAnnounced;

    public sealed record NotFound : PlanAnnounced;

    /// <summary>It is too old, or something has changed since it was shown: another has to be looked at.</summary>
    public sealed record Stale(Label Why) : PlanAnnounced;
}

/// <summary>
/// Announces what was shown, to exactly those people. All its events are entered in their day at once, under the version of the
/// day that the plan reckons with; then each begins. Whoever dies in between says it again.
/// </summary>
public sealed class AnnouncePlan(IEvents events, IPlans plans, AnnounceEvent announce, TimeProvider time)
{
    private static readonly Label Old = new("This plan is too old. Look at the audience again.", "这份方案已过期，请重新查看通知范围。");
    private static readonly Label Other = new("Something has changed since this plan was shown. Look at the audience again.", "方案显示后情况有变，请重新查看通知范围。");

    /// <param name="day">The day whose plan it must be; null = of one event.</param>
    /// <param name="eventId">The event whose plan alone it must be; null = of a day.</param>
    /// <param name="by">The member of staff who asks, by a name-less id.</param>
    public async Task<PlanAnnounced> Run(string id, DateOnly? day, string? eventId, string by, CancellationToken cancel)
    {
        if (await plans.Kept(id, cancel) is not { } kept || (day is not null && kept.Day != day) || (eventId is not null && !(kept.Heads is [var only] && only.Cause == eventId)))
            return new PlanAnnounced.NotFound();
        if (await Enter(kept, cancel) is { } why)
            return new PlanAnnounced.Stale(why);
        List<RecruitmentEvent> now = [];
        foreach (var head in kept.Heads)
            switch (await announce.Run(head.Cause, kept.Budget, kept, by, cancel))
            {
                case Announced.Taken taken:
                    now.Add(taken.Now);
                    break;
                case Announced.TooLate late:
                    return new PlanAnnounced.Stale(late.Why);
                default:
                    return new PlanAnnounced.Stale(Other);
            }
        return new PlanAnnounced.Taken(now);
    }

    private async Task<Label?> Enter(KeptPlan kept, CancellationToken cancel)
    {
        var before = await plans.Day(kept.Day, cancel);
        if (before?.Value.Plans.Any(head => head.Generation == kept.Id) == true)
            return null;
        if (time.GetUtcNow() > kept.At + KeptPlan.Counts)
            return Old;
        if (before?.ETag != kept.DayETag || !await CanAllBegin(kept, cancel))
            return Other;
        try
        {
            await plans.Save(new(kept.Day, [.. before?.Value.Plans.Except(kept.Heads, SameWave.Is) ?? [], .. kept.Heads]), before?.ETag, cancel);
            return null;
        }
        catch (ConflictException)
        {
            return Other;
        }
    }

    private async Task<bool> CanAllBegin(KeptPlan kept, CancellationToken cancel)
    {
        foreach (var head in kept.Heads)
            if (await events.Find(head.Cause, cancel) is not { Value: var fair } || fair.Wave + 1 != head.Wave || People.DayOf(fair.StartsAt) != kept.Day
                || !fair.CanBegin(await events.Positions(fair.Id, cancel), time.GetUtcNow()))
                return false;
        return true;
    }
}

/// <summary>Plans for the same wave of the same event, of which one is entered.</summary>
internal sealed class SameWave : IEqualityComparer<PlanHead>
{
    public static readonly SameWave Is = new();

    public bool Equals(PlanHead? x, PlanHead? y) => (x?.Cause, x?.Wave) == (y?.Cause, y?.Wave);

    public int GetHashCode(PlanHead plan) => (plan.Cause, plan.Wave).GetHashCode();
}
