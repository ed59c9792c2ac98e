using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>Weights that were published: which count when, what they may be, and that a trial of others says what will be.</summary>
public class WeightsTests
{
    private static readonly int[] Shipped = [25, 25, 15, 10, 10, 5, 4, 3, 3], Way = [0, 0, 0, 100, 0, 0, 0, 0, 0], Even = [12, 11, 11, 11, 11, 11, 11, 11, 11];

    public static TheoryData<int[]> Others => [Way, Even, [100, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 100, 0, 0, 0], [0, 0, 0, 0, 0, 0, 50, 50, 0], [1, 2, 3, 4, 5, 6, 7, 8, 64]];

    [Fact]
    public void What_was_published_last_of_all_that_has_begun_counts()
    {
        var first = Today.AddDays(1);
        var all = PolicyWeights.With([(first, Way), (first, Even), (first.AddDays(2), Shipped)]);
        Assert.Equal(["2026-11-01", "2026-11-23", "2026-11-23.2", "2026-11-25"], all.Rows.Select(x => x.Version));
        foreach (var (day, version, weights) in new[] { (new DateOnly(2020, 1, 1), "2026-11-01", Shipped), (Today, "2026-11-01", Shipped), (first, "2026-11-23.2", Even), (first.AddDays(1), "2026-11-23.2", Even), (first.AddYears(9), "2026-11-25", Shipped) })
        {
            Assert.Equal(version, all.On(day).Version);
            Assert.Equal(weights, all.On(day).Weights);
        }
    }

    [Fact]
    public void A_match_says_what_it_was_judged_by()
    {
        Assert.Equal("2026-11-01", Judge().PolicyVersion);
        var match = Policy.Judge(Anna, Inspector, Today, Codes.With(PolicyWeights.With([(Today, Way)])));
        Assert.Equal("2026-11-22", match.PolicyVersion);
        Assert.Equal(Way, match.Pluses.Select(x => x.Weight));
        Assert.Equal(match.Tenths, match.Plus("P4").Tenths);
        Assert.Equal(Judge().Rules, match.Rules);
    }

    [Fact]
    public void Nine_whole_numbers_that_make_a_hundred_can_be_weights_and_nothing_else()
    {
        foreach (var weights in (int[][])[Shipped, Way, Even])
            Assert.True(PolicyWeights.Allow(weights));
        foreach (var weights in (int[][])[[], Shipped[..8], [.. Shipped, 0], [26, 25, 15, 10, 10, 5, 4, 3, 3], [24, 25, 15, 10, 10, 5, 4, 3, 3], [101, -1, 0, 0, 0, 0, 0, 0, 0]])
            Assert.False(PolicyWeights.Allow(weights));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_trial_says_of_every_pair_what_the_readable_rules_say_under_both(int[] weights)
    {
        var pairs = RandomPairs.Take(80, 31).ToList();
        var (seekers, positions) = (pairs.Select(x => x.Seeker).ToList(), pairs.Select(x => x.Position).ToList());
        var others = Codes.With(PolicyWeights.With([(Today, weights)]));
        var trial = new WeightsTrial(new(Codes), new(others), positions, Today);
        var moved = 0;
        foreach (var seeker in seekers)
        {
            var before = positions.ToDictionary(x => x.Id, x => Policy.Judge(seeker, x, Today, Codes));
            var after = positions.ToDictionary(x => x.Id, x => Policy.Judge(seeker, x, Today, others));
            Assert.All(before, x => Assert.Equal((x.Value.Verdict, x.Value.Rules), (after[x.Key].Verdict, after[x.Key].Rules), Same));
            var open = before.Values.Where(x => x.Verdict != Verdict.DoesNotSuit).Order(Policy.PositionsBestFirst).Select(x => x.Position.Id).ToList();
            Assert.Equal(
                open.Select(id => new ScoreChange(id, before[id].Verdict, after[id].Verdict, before[id].Tenths, after[id].Tenths)), trial.All(seeker));
            var found = trial.Of(seeker, 5);
            Assert.Equal(open.Take(5), found.Before);
            Assert.Equal(after.Values.Where(x => x.Verdict != Verdict.DoesNotSuit).Order(Policy.PositionsBestFirst).Select(x => x.Position.Id).Take(5), found.After);
            Assert.Equal((0, open.Count(id => before[id].Tenths != after[id].Tenths)), (found.Verdicts, found.Scores));
            moved += found.Reordered ? 1 : 0;
        }
        Assert.NotEqual(0, moved);
    }

    // From both sides, at the bounds of what weights may be.
    [Theory]
    [MemberData(nameof(Others))]
    public void The_engine_gives_a_positions_people_the_same_scores_too(int[] weights)
    {
        var numbering = new Numbering(Codes.With(PolicyWeights.With([(Today, weights)])));
        var pairs = RandomPairs.Take(80, 32).ToList();
        var people = new SeekerShard(numbering, pairs.Select(x => (x.Seeker, 0))).Columns;
        var best = new Ranking[10];
        foreach (var (_, position) in pairs)
        {
            var judged = pairs.Select(x => Policy.Judge(x.Seeker, position, Today, numbering.Codes)).ToList();
            people.Best(numbering.Pack(position, Today), best, out var filled);
            Assert.Equal(
                judged.Where(x => x.Verdict != Verdict.DoesNotSuit).Order(Policy.PeopleBestFirst).Take(10).Select(x => (x.Seeker.Id, x.Verdict, x.Tenths)),
                best.Take(filled).Select(x => (people.IdAt(x.Row), x.Verdict, x.Tenths)));
        }
    }

    private static bool Same((Verdict Verdict, IReadOnlyList<RuleRow> Rules) a, (Verdict Verdict, IReadOnlyList<RuleRow> Rules) b) => a.Verdict == b.Verdict && a.Rules.SequenceEqual(b.Rules);
}
