using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>How fairly an event's announcement reaches groups of people.</summary>
/// <param name="Wave">The announcement that was planned last; 0 = none yet, and this is what one would reach now.</param>
/// <param name="Hidden">Groups that are not shown: too few people to be a number.</param>
public sealed record Fairness(RecruitmentEvent Fair, int Wave, PlanReach Reach, IReadOnlyList<GroupShare> Shown, int Hidden)
{
    /// <summary>The fewest people that a group is shown with.</summary>
    public const int Fewest = 5;

    /// <summary>The same in statistics on pages.</summary>
    public const int FewestInStatistics = 10;

    /// <summary>The same with groups of fewer people hidden.</summary>
    public Fairness AtLeast(int fewest) => Of(Fair, Wave, Reach, fewest);

    // A group that is hidden alone could be told from the total.
    internal static Fairness Of(RecruitmentEvent fair, int wave, PlanReach reach, int fewest = Fewest)
    {
        var bySize = reach.Groups.OrderBy(group => group.Considered).ToList();
        var small = bySize.Count(group => group.Considered < fewest);
        var hidden = small == 1 ? Math.Min(2, bySize.Count) : small;
        return new(fair, wave, reach, [.. bySize.Skip(hidden).OrderBy(group => group.Group)], hidden);
    }

    /// <summary>Why the four-fifths rule is not kept, for staff.</summary>
    public static Label Why(FairObstacle obstacle) => obstacle switch
    {
        FairObstacle.WholePeople => new("There are too few messages, or a group is too small, for whole numbers of people to keep it.", "短信太少或某一组人太少，人数取整后无法达到。"),
        FairObstacle.PickedEnough => new("Too many people of a group have been picked for as many events of that day as one may be.", "某一组中太多人当天入选的活动已达上限。"),
        _ => new("Earlier messages of this event went out so unevenly that these cannot make up for it.", "此前的通知在各组之间相差太大，这次的短信不足以补齐。"),
    };
}

/// <summary>Reads how fairly an event was announced, or would be.</summary>
public sealed class ReadFairness(IEvents events, IPlans plans, FindInvitees find)
{
    /// <param name="budget">For an event that is not planned yet: messages; null = no limit.</param>
    /// <returns>Null where there is no such event.</returns>
    public async Task<Fairness?> Run(string id, int? budget, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { Value: var fair })
            return null;
        for (var wave = fair.Wave; wave > 0; wave--)
            if (await plans.Find(id, wave, cancel) is { Reach: { } reach })
                return Fairness.Of(fair, wave, reach);
        var day = await plans.Day(People.DayOf(fair.StartsAt), cancel);
        return Fairness.Of(fair, 0, (await find.Run([fair], day?.Value, fair.Wave > 0 ? fair.Budget : budget, cancel)).Reach);
    }
}
