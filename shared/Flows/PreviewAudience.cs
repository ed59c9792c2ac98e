using System.Security.Cryptography;

namespace JobMatch.Flows;

/// <summary>What an announcement of one event, or of a day's, would do.</summary>
/// <param name="Messages">Texts by event.</param>
/// <param name="Parts">How many texts carriers would bill.</param>
/// <param name="Cost">In yuan.</param>
/// <param name="Plan">What is kept to be announced as it was shown; null where nothing can be announced now.</param>
public sealed record AudiencePreview(
    AudienceCounts Counts, IReadOnlyList<DistrictAudience> Districts, IReadOnlyList<VenueGap> Gaps, PlanReach Reach,
    IReadOnlyDictionary<string, int> Messages, int Parts, decimal Cost, KeptPlan? Plan);

/// <summary>Says before an announcement whom it would reach; where it is asked for in full, the very plan is kept for a while.</summary>
public sealed class PreviewAudience(IEvents events, IPlans plans, FindInvitees find, TextTemplates texts, SendSettings settings, TimeProvider time)
{
    /// <param name="budget">Messages; null = no limit.</param>
    /// <returns>Null where there is no such event.</returns>
    public async Task<AudienceCounts?> Run(string id, int? budget, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { Value: var fair })
            return null;
        var day = await plans.Day(People.DayOf(fair.StartsAt), cancel);
        return (await find.Run([fair], day?.Value, budget, cancel)).Counts;
    }

    /// <inheritdoc cref="Run"/>
    public async Task<AudiencePreview?> Keep(string id, int? budget, CancellationToken cancel) =>
        await events.Find(id, cancel) is { Value: var fair } ? await Keep([fair], People.DayOf(fair.StartsAt), budget, cancel) : null;

    /// <summary>All events of a day that can be announced, under one budget.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<AudiencePreview?> Keep(DateOnly day, int? budget, CancellationToken cancel)
    {
        var fairs = new List<RecruitmentEvent>();
        foreach (var fair in await events.All(cancel))
            if (People.DayOf(fair.StartsAt) == day && fair.CanBegin(await events.Positions(fair.Id, cancel), time.GetUtcNow()))
                fairs.Add(fair);
        return fairs.Count == 0 ? null : await Keep(fairs, day, budget, cancel);
    }

    private async Task<AudiencePreview> Keep(IReadOnlyList<RecruitmentEvent> fairs, DateOnly day, int? budget, CancellationToken cancel)
    {
        var before = await plans.Day(day, cancel);
        var invitees = await find.Run(fairs, before?.Value, budget, cancel);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var people = fairs.ToDictionary(fair => fair.Id, fair => invitees.InvitationsTo(fair.Id));
        List<PlanHead> heads = [];
        foreach (var fair in fairs)
            if (fair.CanBegin(await events.Positions(fair.Id, cancel), time.GetUtcNow()))
                heads.Add(new(fair.Id, fair.Wave + 1, id, WritePages.Of(people[fair.Id]).Count, people[fair.Id].Count, time.GetUtcNow(), invitees.Reach, PolicyVersion: invitees.PolicyVersion));
        var plan = heads.Count == 0 ? null : new KeptPlan(id, day, before?.ETag, time.GetUtcNow(), invitees.Counts.Reached, budget, heads);
        // First, since by it what nobody announces is found again and deleted; nobody knows its name yet.
        if (plan is not null)
            await plans.Keep(plan, cancel);
        foreach (var head in heads)
            await Write(head, people[head.Cause], invitees.PromisesOf(head.Cause), cancel);
        var parts = invitees.Parts(texts, settings.SignatureLength);
        return new(invitees.Counts, invitees.Districts, invitees.Gaps(), invitees.Reach, people.ToDictionary(of => of.Key, of => of.Value.Count), parts, parts * settings.PricePerPart, plan);
    }

    /// <summary>Writes a generation's promises and pages. Nobody reads them before its head is entered in its day.</summary>
    internal async Task Write(PlanHead plan, IReadOnlyList<Invitation> people, PlanPromises promises, CancellationToken cancel)
    {
        var pages = WritePages.Of(people);
        await plans.Add(plan, promises, cancel);
        await Parallel.ForEachAsync(
            pages.Index(), new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancel }, async (page, _) => await plans.Add(plan, page.Index, page.Item, cancel));
    }
}
