using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What is open to a person, best first, and why. Computed when asked for, never kept.</summary>
public sealed class FindMatches(ISeekers seekers, IMarket market, TimeProvider time)
{
    /// <summary>What was said between a person and positions; nothing where there is no such person.</summary>
    public async Task<Interests> Interests(string seeker, CancellationToken cancel) =>
        await seekers.Find(seeker, cancel) is { Value: var file } ? new(file.Interests, file.SoughtBy) : new(new Dictionary<string, DateOnly>(), new Dictionary<string, DateOnly>());

    /// <returns>Null where there is no such person; empty without consent to matching.</returns>
    public async Task<Ranked<Match>?> Run(string seeker, int top, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        return stored.Value.MayBeMatched() ? (await market.View(cancel)).BestPositions(stored.Value.Facts, top, time.Today()) : new([], 0);
    }
}

/// <summary>Between which positions and a person something was said already: by the person, and by the employers.</summary>
public sealed record Interests(IReadOnlyDictionary<string, DateOnly> Own, IReadOnlyDictionary<string, DateOnly> Employers);

/// <param name="Items">Best first, at most as many as asked for.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record Ranked<T>(IReadOnlyList<T> Items, int Total);
