using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>The fast engine gives for every pair what the readable rules give: verdict, score, order, ties.</summary>
public class EngineTests
{
    /// <summary>All pairs of some hundred seekers and positions, some of which were made for each other.</summary>
    private static (List<Seeker> Seekers, List<Position> Positions) Town(int count, int seed)
    {
        var pairs = RandomPairs.Take(count, seed).ToList();
        return ([.. pairs.Select(x => x.Seeker)], [.. pairs.Select(x => x.Position)]);
    }

    [Theory]
    [InlineData(700, 11)]
    [InlineData(1, 12)]
    [InlineData(511, 13)]
    [InlineData(513, 14)]
    public void Every_pair_of_a_town_has_the_same_verdict_and_score_in_both_directions(int count, int seed)
    {
        var (seekers, positions) = Town(count, seed);
        AssertSame(seekers, positions, Today);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(45)]
    [InlineData(370)]
    public void On_every_day(int days)
    {
        var (seekers, positions) = Town(300, 15);
        AssertSame(seekers, positions, Today.AddDays(days));
    }

    private static void AssertSame(List<Seeker> seekers, List<Position> positions, DateOnly today)
    {
        var numbering = new Numbering(Codes);
        AssertSame(
            seekers, positions, numbering,
            new SeekerShard(numbering, seekers.Select(x => (x, 0))).Columns,
            new PositionShard(numbering, today, positions.Select(x => (x, 0))).Columns);
    }

    private static void AssertSame(List<Seeker> seekers, List<Position> positions, Numbering numbering, SeekerColumns people, PositionColumns jobs)
    {
        var today = jobs.Today;
        var readable = positions.ToDictionary(x => x.Id, x => seekers.ToDictionary(y => y.Id, y => Policy.Judge(y, x, today, Codes)));
        var sets = new VerdictSets();
        var best = new Ranking[10];
        foreach (var position in positions)
        {
            var (packed, all) = (numbering.Pack(position, today), readable[position.Id]);
            AssertSets(people.Judge(packed, sets), sets, people.Rows, people.IsLive, people.IdAt, all.ToDictionary(x => x.Key, x => x.Value));
            foreach (var row in Enumerable.Range(0, people.Rows).Where(people.IsLive))
                Assert.Equal(all[people.IdAt(row)].Tenths, people.Tenths(row, packed));
            people.Best(packed, best, out var filled);
            Assert.Equal(Expected(all.Values, Policy.PeopleBestFirst, x => x.Seeker.Id), best[..filled].Select(x => (people.IdAt(x.Row), x.Verdict, x.Tenths)));
        }
        foreach (var seeker in seekers)
        {
            var (packed, all) = (numbering.Pack(seeker), readable.ToDictionary(x => x.Key, x => x.Value[seeker.Id]));
            AssertSets(jobs.Judge(packed, sets), sets, jobs.Rows, jobs.IsLive, jobs.IdAt, all);
            foreach (var row in Enumerable.Range(0, jobs.Rows).Where(jobs.IsLive))
                Assert.Equal(all[jobs.IdAt(row)].Tenths, jobs.Tenths(row, packed));
            jobs.Best(packed, best, out var filled);
            Assert.Equal(Expected(all.Values, Policy.PositionsBestFirst, x => x.Position.Id), best[..filled].Select(x => (jobs.IdAt(x.Row), x.Verdict, x.Tenths)));
        }
    }

    [Fact]
    public void All_at_once_gives_what_one_by_one_gives()
    {
        var (seekers, positions) = Town(600, 16);
        var numbering = new Numbering(Codes);
        var people = new SeekerShard(numbering, seekers.Select(x => (x, 0))).Columns;
        var jobs = new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns;
        var (best, one) = (new Ranking[7], new Ranking[7]);
        var all = new BestOfAll(7);
        for (var run = 0; run < 2; run++)
        {
            all.Run(people, jobs);
            foreach (var seeker in seekers.Select(numbering.Pack))
            {
                var row = Enumerable.Range(0, people.Rows).First(x => people.IsLive(x) && people.IdAt(x) == seeker.Id);
                jobs.Best(seeker, one, out var filled);
                Assert.Equal(one[..filled], best[..all.OfSeeker(row, best)]);
            }
            foreach (var row in Enumerable.Range(0, jobs.Rows).Where(jobs.IsLive))
            {
                people.Best(jobs.At(row), one, out var filled);
                Assert.Equal(one[..filled], best[..all.OfPosition(row, best)]);
            }
        }
    }

    [Fact]
    public void Work_at_a_place_asks_only_blocks_in_reach_and_loses_nobody_also_when_people_move()
    {
        var seekers = Town(2_000, 18).Seekers.Select((x, i) => (Seeker: x, Tags: i % 4)).ToDictionary(x => x.Seeker.Id);
        var positions = Town(400, 19).Positions.Where(x => x.Place != Place.Remote && x.Lodging is Lodging.None or Lodging.Allowance).Take(16).ToList();
        var numbering = new Numbering(Codes);
        var shard = new SeekerShard(numbering, seekers.Values);
        AssertBest();
        foreach (var (seeker, i) in seekers.Values.Where((_, i) => i % 7 == 0).Select((x, i) => (x.Seeker, i)).ToList())
        {
            if (i % 3 == 0)
            {
                seekers.Remove(seeker.Id);
                shard.Remove(seeker.Id);
                continue;
            }
            var moved = seeker with { District = positions[i % positions.Count].District ?? seeker.District, Lodging = LodgingWish.No, CommuteMinutes = 60 + i };
            seekers[seeker.Id] = (moved, i % 4);
            shard.Put(moved, i % 4);
        }
        AssertBest();

        void AssertBest()
        {
            var best = new Ranking[10];
            foreach (var position in positions)
                for (var tags = 0; tags < 3; tags++)
                {
                    var all = seekers.Values.Where(x => (x.Tags & tags) == tags).Select(x => Policy.Judge(x.Seeker, position, Today, Codes)).ToList();
                    int Of(Verdict verdict) => all.Count(x => x.Verdict == verdict);
                    var counts = shard.Columns.Best(numbering.Pack(position, Today), best, out var filled, tags);
                    Assert.Equal(Expected(all, Policy.PeopleBestFirst, x => x.Seeker.Id), best[..filled].Select(x => (shard.Columns.IdAt(x.Row), x.Verdict, x.Tenths)));
                    Assert.Equal(new(Of(Verdict.Suits), Of(Verdict.SuitsIfArranged), Of(Verdict.AskFirst), Of(Verdict.DoesNotSuit)), counts);
                }
        }
    }

    [Fact]
    public void The_reasons_as_numbers_are_the_readable_rows_that_are_shown()
    {
        var numbering = new Numbering(Codes);
        var into = new RuleCode[RuleCode.Most];
        foreach (var (seeker, position) in RandomPairs.Take(20_000, seed: 17))
        {
            var count = Reasons.Of(numbering.Pack(seeker), numbering.Pack(position, Today), numbering, into);
            Assert.Equal(Judge(seeker, position).Rules.Where(x => x.Stated), into[..count].Select(x => x.Row(numbering)));
        }
    }

    private static void AssertSets(VerdictCounts counts, VerdictSets sets, int rows, Func<int, bool> isLive, Func<int, string> idAt, Dictionary<string, Match> readable)
    {
        var seen = new int[4];
        for (var row = 0; row < rows; row++)
        {
            var verdict = Enum.GetValues<Verdict>().Where(x => x != Verdict.DoesNotSuit && (sets.Of(x)[row / 64] >> row % 64 & 1) != 0).ToList();
            if (!isLive(row))
            {
                Assert.Empty(verdict);
                continue;
            }
            Assert.True(readable[idAt(row)].Verdict == verdict.SingleOrDefault(Verdict.DoesNotSuit), Different(readable[idAt(row)], verdict));
            seen[(int)readable[idAt(row)].Verdict]++;
        }
        Assert.Equal(new(seen[0], seen[1], seen[2], seen[3]), counts);
    }

    private static string Different(Match match, List<Verdict> fast) =>
        $"{match.Seeker.Id} and {match.Position.Id}: {match.Verdict}, not {string.Join(", ", fast)}. {string.Join("; ", match.Rules.Where(x => x.Result != Result.Met))}";

    private static List<(string, Verdict, int)> Expected(IEnumerable<Match> all, IComparer<Match> bestFirst, Func<Match, string> id) =>
        [.. all.Where(x => x.Verdict != Verdict.DoesNotSuit).Order(bestFirst).Take(10).Select(x => (id(x), x.Verdict, x.Tenths))];
}
