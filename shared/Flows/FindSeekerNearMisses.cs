using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Which one question, answer or course would open more positions to a person. Computed when asked for, never kept.</summary>
public sealed class FindSeekerNearMisses(ISeekers seekers, IMarket market, TimeProvider time)
{
    /// <summary>How many of each are told.</summary>
    public const int Told = 5;

    /// <returns>Null where there is no such person; empty without consent to matching.</returns>
    public async Task<SeekerNearMisses?> Run(string seeker, CancellationToken cancel) => (await Ask(seeker, cancel))?.Near;

    /// <summary>The same, with the one question to put to the person.</summary>
    public async Task<SeekerOpenings?> Ask(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        if (!stored.Value.MayBeMatched())
            return new(new([], [], []), null);
        var shards = (await market.View(cancel)).Shards;
        Meters.Asked("near-misses");
        var found = NearMisses.Of(stored.Value.Facts, shards.Numbering, shards.Positions(time.Today()));
        var asked = found.Answers.Select(x => new OneQuestion(x.Change, x.Count)).FirstOrDefault(x => !stored.Value.Own.Passed.Contains(OneQuestion.Key(x.Change)));
        return new(new([.. found.Questions.Take(Told)], [.. found.Answers.Take(Told)], [.. found.Courses.Take(Told)]), asked);
    }
}

/// <param name="Question">Null where no answer of the person's own is missing that would open anything, or they passed it over.</param>
public sealed record SeekerOpenings(SeekerNearMisses Near, OneQuestion? Question);
