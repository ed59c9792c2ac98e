using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>An event that can still be announced, under the weights that count and under others.</summary>
/// <param name="Before">How many would be invited.</param>
/// <param name="NewlyInvited">Subjects whom only the others invite.</param>
/// <param name="NoLongerInvited">Subjects whom only those that count invite.</param>
/// <param name="NamedOtherwise">Subjects whom both invite, and whose text names other positions or names them in another order.</param>
public sealed record EventTrial(
    RecruitmentEvent Fair, int Before, int After, IReadOnlySet<string> NewlyInvited, IReadOnlySet<string> NoLongerInvited, IReadOnlySet<string> NamedOtherwise);

/// <summary>What other weights would change, counted over everybody who may be matched and every position.</summary>
/// <param name="Day">As of which it was tried.</param>
/// <param name="Pairs">How many pairs were judged under both.</param>
/// <param name="Verdicts">How many of them get another verdict.</param>
/// <param name="Scores">How many of those that do not rule each other out get another score.</param>
/// <param name="Changed">Everybody for whom a verdict, a score or the order changes, by subject.</param>
/// <param name="Events">Those that can be announced now, the next first.</param>
public sealed record WeightsPreview(
    DateOnly Day, int People, int Positions, long Pairs, long Verdicts, long Scores, IReadOnlyList<PersonTrial> Changed, IReadOnlyList<EventTrial> Events);

/// <summary>What other weights would change for one person.</summary>
public sealed record PersonPreview(string Subject, IReadOnlyList<ScoreChange> Changes);

/// <summary>
/// Tries other weights on what the service holds at this moment, writing nothing. It asks the engine as it stands and as it would
/// stand after publishing, and the same planner for the next events, so that what it says is what comes to be.
/// </summary>
public sealed class TryWeights(IMarket market, IEvents events, FindInvitees invitees, IPlans plans, TimeProvider time)
{
    /// <summary>How many positions of a person's list are compared: as many as their page lists.</summary>
    public const int Top = 20;

    /// <summary>How many events are planned both ways: each takes as long as its preview.</summary>
    public const int MostEvents = 5;

    /// <param name="budget">Texts for each event; null = no limit, and then weights decide upon nobody's invitation.</param>
    public async Task<WeightsPreview> Run(IReadOnlyList<int> weights, int? budget, CancellationToken cancel)
    {
        var (view, day) = (await market.View(cancel), time.Today());
        var positions = view.Positions.Values.Select(position => position.Facts).ToList();
        var trial = Trial(view, weights, positions, day);
        var people = view.Seekers.Values.OrderBy(seeker => seeker.Id, StringComparer.Ordinal).AsParallel().AsOrdered().Select(seeker => trial.Of(seeker.Facts, Top)).ToList();
        return new(
            day, people.Count, positions.Count, (long)people.Count * positions.Count, people.Sum(x => (long)x.Verdicts), people.Sum(x => (long)x.Scores),
            [.. people.Where(x => x.Verdicts + x.Scores > 0 || x.Reordered)], await Events(view, weights, budget, cancel));
    }

    /// <returns>Null where nobody who may be matched has that subject.</returns>
    public async Task<PersonPreview?> Of(string subject, IReadOnlyList<int> weights, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        return view.Seekers.TryGetValue(subject, out var seeker)
            ? new(subject, Trial(view, weights, [.. view.Positions.Values.Select(position => position.Facts)], time.Today()).All(seeker.Facts)) : null;
    }

    private static WeightsTrial Trial(MarketView view, IReadOnlyList<int> weights, IReadOnlyCollection<Position> positions, DateOnly day) =>
        new(view.Shards.Numbering, Weighed(view, weights, day), positions, day);

    // A numbering of its own: what is only tried leaves nothing behind in the one that serves.
    private static Numbering Weighed(MarketView view, IReadOnlyList<int> weights, DateOnly day) => new(view.Shards.Numbering.Codes.With(PolicyWeights.With([(day, weights)])));

    private async Task<IReadOnlyList<EventTrial>> Events(MarketView view, IReadOnlyList<int> weights, int? budget, CancellationToken cancel)
    {
        List<EventTrial> tried = [];
        MarketView? other = null;
        foreach (var fair in (await events.All(cancel)).OrderBy(fair => fair.StartsAt).ThenBy(fair => fair.Id, StringComparer.Ordinal))
        {
            if (tried.Count == MostEvents || !fair.CanBegin(await events.Positions(fair.Id, cancel), time.GetUtcNow()))
                continue;
            other ??= view with { Shards = new(Weighed(view, weights, time.Today()), view.Seekers.Values, () => view.Positions.Values, time.Today()) };
            var day = (await plans.Day(People.DayOf(fair.StartsAt), cancel))?.Value;
            tried.Add(Compared(fair, await invitees.Run(view, [fair], day, budget, cancel), await invitees.Run(other, [fair], day, budget, cancel)));
        }
        return tried;
    }

    private static EventTrial Compared(RecruitmentEvent fair, Invitees before, Invitees after)
    {
        var (was, becomes) = (Named(before), Named(after));
        return new(
            fair, was.Count, becomes.Count, becomes.Keys.Where(subject => !was.ContainsKey(subject)).ToHashSet(), was.Keys.Where(subject => !becomes.ContainsKey(subject)).ToHashSet(),
            was.Where(x => becomes.TryGetValue(x.Key, out var names) && !names.SequenceEqual(x.Value)).Select(x => x.Key).ToHashSet());

        Dictionary<string, IReadOnlyList<string>> Named(Invitees all) =>
            all.InvitationsTo(fair.Id).ToDictionary(person => person.Subject, IReadOnlyList<string> (person) => [.. person.Named.Select(position => position.Position)]);
    }
}
