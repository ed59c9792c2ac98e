namespace JobMatch.Flows;

/// <summary>Says before an announcement whom it would reach.</summary>
public sealed class PreviewAudience(IEvents events, IPlans plans, FindInvitees find)
{
    /// <param name="budget">Messages; null = no limit.</param>
    /// <returns>Null where there is no such event.</returns>
    public async Task<AudienceCounts?> Run(string id, int? budget, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { Value: var fair })
            return null;
        var day = await plans.Day(People.DayOf(fair.StartsAt), cancel);
        return (await find.Run(fair, day?.Value, budget, cancel)).Counts;
    }
}
