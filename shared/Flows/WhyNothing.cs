using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Why a person has no match.</summary>
/// <param name="Open">How many positions there are.</param>
/// <param name="Consented">False where the person has not agreed to be matched; then nothing was counted.</param>
/// <param name="By">Which musts exclude positions: what opens most by itself first.</param>
public sealed record NothingFound(int Open, bool Consented, IReadOnlyList<Excluding> By);

/// <param name="Rule">M1 … M11.</param>
/// <param name="Positions">How many positions it excludes, alone or with others.</param>
/// <param name="Alone">How many it excludes alone: so many would be open without it.</param>
public sealed record Excluding(string Rule, int Positions, int Alone);

/// <summary>Counts, for somebody who has no match, what stands in the way.</summary>
public sealed class WhyNothing(ISeekers seekers, IMarket market, CodeLists codes, TimeProvider time)
{
    /// <returns>Null where there is no such person.</returns>
    public async Task<NothingFound?> Run(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        var view = await market.View(cancel);
        return stored.Value.MayBeMatched()
            ? new(view.Positions.Count, true, Count(stored.Value.Facts, view.Positions.Values, time.Today(), codes))
            : new(view.Positions.Count, false, []);
    }

    internal static IReadOnlyList<Excluding> Count(Seeker seeker, IEnumerable<MarketPosition> positions, DateOnly today, CodeLists codes)
    {
        var broken = positions
            .Select(position => Policy.Judge(seeker, position.Facts, today, codes).Rules.Where(row => row.Result == Result.NotMet).Select(row => row.Rule).Distinct().ToList())
            .ToList();
        return [.. broken.SelectMany(rules => rules.Select(rule => (Rule: rule, Alone: rules.Count == 1)))
            .GroupBy(x => x.Rule)
            .Select(x => new Excluding(x.Key, x.Count(), x.Count(one => one.Alone)))
            .OrderByDescending(x => x.Alone).ThenByDescending(x => x.Positions).ThenBy(x => x.Rule, StringComparer.Ordinal)];
    }
}
