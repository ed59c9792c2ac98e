using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// What would let more people in at a position: what is not offered yet, and the questions that settle most. An employer's
/// counts are of people who agreed to be shown, and are guarded so that toggling answers reads nobody: decision 0012.
/// </summary>
public sealed class FindPositionNearMisses(IPositions positions, IMarket market, TimeProvider time)
{
    /// <summary>How many questions are told.</summary>
    public const int Told = 5;

    /// <param name="employer">Whose position it must be; null = staff, who see exact counts of all who may be matched, at once.</param>
    /// <param name="settle">Whether today's changes of answers wait until tomorrow before they show, and counts come in steps.</param>
    /// <returns>Null where this caller has no such position.</returns>
    public async Task<PositionGaps?> Run(string position, string? employer, bool settle, CancellationToken cancel)
    {
        if (await positions.Find(position, cancel) is not { } stored || (employer is not null && stored.Value.Employer != employer))
            return null;
        var today = time.Today();
        var guarded = employer is not null;
        var (facts, judged) = (stored.Value.Facts, guarded && settle ? stored.Value.Settled(today) : stored.Value.Facts);
        var shards = (await market.View(cancel)).Shards;
        var numbering = shards.Numbering;
        Meters.Asked("near-misses");
        var found = NearMisses.Of(judged, today, numbering, shards.Seekers, guarded ? (int)SeekerTags.Shown : 0);
        // What was answered today is asked and offered no more, although it counts from tomorrow only.
        var offers = Changes.Offers(facts, today, numbering.Codes).ToHashSet();
        var open = Changes.Unanswered(facts, today, numbering.Codes).ToHashSet();
        return new(judged != facts, Best(found.Offers.Where(x => offers.Contains(x.Change))), [.. Best(found.Questions.Where(x => open.Contains(x.Change))).Take(Told)]);

        // The order tells no more than the counts do.
        IReadOnlyList<Gap> Best(IEnumerable<Effect> effects) =>
            [.. effects.Select(x => new Gap(x.Change, x.Change.Kind == ChangeKind.Offer ? Policy.AnswerOf(facts, x.Change.About!, today) : null, guarded ? SmallCount.Guarded(x.Count, settle) : SmallCount.Exactly(x.Count)))
                .OrderByDescending(x => x.Count.Number)];
    }
}

/// <param name="Pending">Answers were changed today and count from tomorrow on.</param>
/// <param name="Offers">Every accommodation not offered yet, what brings most first, also where the count is not told.</param>
/// <param name="Questions">The five open questions that settle most.</param>
public sealed record PositionGaps(bool Pending, IReadOnlyList<Gap> Offers, IReadOnlyList<Gap> Questions);

/// <param name="Answer">What the position says now about what could be offered; null = not stated.</param>
/// <param name="Count">People, as the caller may know it.</param>
public readonly record struct Gap(Change Change, Answer? Answer, SmallCount Count);
