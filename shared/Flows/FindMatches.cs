using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What is open to a person, best first, and why. Computed when asked for, never kept.</summary>
public sealed class FindMatches(ISeekers seekers, IMarket market, CodeLists codes, TimeProvider time)
{
    /// <returns>Null where there is no such person; empty without consent to matching.</returns>
    public async Task<Ranked<Match>?> Run(string seeker, int top, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        return stored.Value.MayBeMatched() ? Best(stored.Value.Facts, await market.View(cancel), top) : new([], 0);
    }

    private Ranked<Match> Best(Seeker seeker, MarketView view, int top)
    {
        var today = time.Today();
        var suiting = view.Positions.Values
            .Where(position => Policy.VerdictOf(seeker, position.Facts, today, codes) != Verdict.DoesNotSuit)
            .Select(position => Policy.Judge(seeker, position.Facts, today, codes))
            .Order(Policy.PositionsBestFirst)
            .ToList();
        return new([.. suiting.Take(top)], suiting.Count);
    }
}

/// <param name="Items">Best first, at most as many as asked for.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record Ranked<T>(IReadOnlyList<T> Items, int Total);
