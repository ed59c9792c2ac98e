using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Which one question, answer or course would open more positions to a person. Computed when asked for, never kept.</summary>
public sealed class FindSeekerNearMisses(ISeekers seekers, IMarket market, TimeProvider time)
{
    /// <summary>How many of each are told.</summary>
    public const int Told = 5;

    /// <returns>Null where there is no such person; empty without consent to matching.</returns>
    public async Task<SeekerNearMisses?> Run(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        if (!stored.Value.MayBeMatched())
            return new([], [], []);
        var shards = (await market.View(cancel)).Shards;
        Meters.Asked("near-misses");
        var found = NearMisses.Of(stored.Value.Facts, shards.Numbering, shards.Positions(time.Today()));
        return new([.. found.Questions.Take(Told)], [.. found.Answers.Take(Told)], [.. found.Courses.Take(Told)]);
    }
}
