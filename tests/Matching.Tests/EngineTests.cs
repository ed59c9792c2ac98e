using System.Collections.Concurrent;
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
    [InlineData(450, 11)]
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
        var readable = positions.ToDictionary(x => x.Id, x => seekers.ToDictionary(y => y.Id, y => Policy.Judge(y, x, today, numbering.Codes)));
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

    [Fact]
    public async Task After_a_thousand_changes_everything_is_as_if_built_anew_and_no_reader_ever_sees_half_of_one()
    {
        var (numbering, random, drawn) = (new Numbering(Codes), new Random(21), new RandomPairs(21));
        var (seekers, positions) = (new Dictionary<string, Seeker>(), new Dictionary<string, Position>());
        foreach (var (seeker, position) in RandomPairs.Take(250, 22))
            (seekers[seeker.Id], positions[position.Id]) = (seeker, position);
        var people = new SeekerShard(numbering, seekers.Values.Select(x => (x, 0)));
        var jobs = new PositionShard(numbering, Today, positions.Values.Select(x => (x, 0)));

        // One of each side asks all the while; whatever they see of a row must be all of something that was put there.
        var (asker, asked) = (seekers["s000008"], positions["p000009"]);
        var (everPeople, everJobs) = (new ConcurrentDictionary<(string, Verdict, int), int>(), new ConcurrentDictionary<(string, Verdict, int), int>());
        void Expect(Seeker seeker) => everPeople[As(seeker.Id, Judge(seeker, asked))] = 0;
        void ExpectJob(Position position) => everJobs[As(position.Id, Judge(asker, position))] = 0;
        foreach (var seeker in seekers.Values)
            Expect(seeker);
        foreach (var position in positions.Values)
            ExpectJob(position);
        using var done = new CancellationTokenSource();
        var looks = 0;
        var reader = Task.Run(() =>
        {
            do
            {
                var (seen, seenJobs) = (people.Columns, jobs.Columns);
                var (all, allJobs) = (All(seen, numbering, asked), All(seenJobs, numbering, asker));
                Assert.Equal((seen.Count, seenJobs.Count), (all.Count, allJobs.Count));
                Assert.All(all, x => Assert.True(everPeople.ContainsKey(x), $"{x} was never said"));
                Assert.All(allJobs, x => Assert.True(everJobs.ContainsKey(x), $"{x} was never said"));
                // What is held stays as it is.
                Assert.Equal(all, All(seen, numbering, asked));
                Interlocked.Increment(ref looks);
            }
            while (!done.IsCancellationRequested);
        });

        for (var i = 0; i < 1_000; i++)
        {
            // On a busy machine all changes would be done before the second look: now and then one more look has to end.
            if (i % 250 == 249 && Volatile.Read(ref looks) is var before)
                SpinWait.SpinUntil(() => Volatile.Read(ref looks) > before || reader.IsCompleted);
            var (person, kind) = (random.Next(2) == 0, random.Next(4));
            var (anyone, any) = (random.GetItems(seekers.Keys.ToArray(), 1)[0], random.GetItems(positions.Keys.ToArray(), 1)[0]);
            if (person && kind == 0)
                Assert.True(seekers.Remove(anyone) && people.Remove(anyone));
            else if (person)
            {
                var seeker = drawn.Seeker();
                // A quarter are new, half take somebody's place, and some go past the widths of those before.
                seeker = seeker with { Id = kind == 1 ? $"n{i}" : anyone, MinPayMonthly = i % 50 == 0 ? int.MaxValue - i : seeker.MinPayMonthly, CommuteMinutes = i % 70 == 0 ? 600 : seeker.CommuteMinutes };
                Expect(seeker);
                people.Put(seekers[seeker.Id] = seeker);
            }
            else if (kind == 0)
                Assert.True(positions.Remove(any) && jobs.Remove(any));
            else
            {
                var position = drawn.Position();
                position = position with { Id = kind == 1 ? $"n{i}" : any, HoursPerWeek = i % 50 == 1 ? 100_000 + i : position.HoursPerWeek };
                ExpectJob(position);
                jobs.Put(positions[position.Id] = position);
            }
        }
        await done.CancelAsync();
        await reader;
        Assert.True(looks >= 4);
        Assert.False(people.Remove("nobody") || jobs.Remove("nothing"));

        var (newPeople, newJobs) = (new SeekerShard(numbering, seekers.Values.Select(x => (x, 0))).Columns, new PositionShard(numbering, Today, positions.Values.Select(x => (x, 0))).Columns);
        foreach (var position in positions.Values)
            Assert.Equal(All(newPeople, numbering, position).Order(), All(people.Columns, numbering, position).Order());
        foreach (var seeker in seekers.Values)
            Assert.Equal(All(newJobs, numbering, seeker).Order(), All(jobs.Columns, numbering, seeker).Order());
        AssertSame([.. seekers.Values], [.. positions.Values], numbering, people.Columns, jobs.Columns);
    }

    [Fact]
    public void What_is_past_every_packed_width_counts_as_it_is()
    {
        int[] large = [0, 1, 40, 168, 255, 256, 65_535, 65_536, 16_777_217, int.MaxValue - 1, int.MaxValue];
        int At(int i) => large[i % large.Length];
        var everything = Codes.Skills.Select(x => x.Code).ToList();
        var seekers = Enumerable.Range(0, 66).Select(i => Anna with
        {
            Id = $"s{i}",
            District = i % 3 == 0 ? "500103" : i % 3 == 1 ? "500107" : "nowhere-" + i,
            Needs = Codes.Accommodations.Select((x, bit) => (x.Code, Bit: bit)).Where(x => i % 6 == 0 || (x.Bit + i) % 11 == 0).ToDictionary(x => x.Code, x => (x.Bit + i) % 4 == 0 ? Mark.Must : Mark.Helps),
            AvoidExposures = Enum.GetValues<Exposure>().Where(x => ((int)x + i) % 4 == 0).ToDictionary(x => x, x => (Avoidance)((int)x % 2)),
            Skills = i % 5 == 0 ? everything : i % 5 == 1 ? [.. everything.Skip(i), "修鞋", "做早点", .. Enumerable.Range(0, 40).Select(x => $"own words {x}")] : null,
            Occupations = i % 4 == 0 ? [.. Codes.Occupations.Select(x => x.Code), "质检"] : i % 4 == 1 ? ["质检", "PRODUCT_INSPECTOR", "PACKER", "CHAT_SERVICE"] : i % 4 == 2 ? ["PACKER"] : [],
            Licences = i % 2 == 0 ? everything : null,
            Education = Education.Doctor,
            MinPayMonthly = At(i),
            HoursPerWeek = new(i % 2 == 0 ? At(i / 2) : null, i % 3 == 0 ? null : Math.Max(At(i / 2), At(i / 3))),
            CommuteMinutes = i % 4 == 0 ? null : Math.Max(1, At(i / 4)),
        }).ToList();
        var positions = Enumerable.Range(0, 66).Select(i => Inspector with
        {
            Id = $"p{i}",
            District = i % 4 == 0 ? null : i % 4 == 1 ? "500103" : i % 4 == 2 ? "500119" : "elsewhere-" + i,
            Openings = int.MaxValue,
            Signed = i % 9 == 0 ? int.MaxValue : 0,
            Accommodations = Codes.Accommodations.Where((_, bit) => (bit * 7 + i) % 5 > 0).ToDictionary(x => x.Code, x => new StatedAnswer((Answer)(2 - (x.Sort + i) % 23 / 11), Today)),
            Exposures = Enum.GetValues<Exposure>().Where(x => ((int)x + i) % 3 > 0).ToDictionary(x => x, x => ((int)x + i) % 9 == 0),
            SkillsRequired = i % 4 == 0 ? [.. everything.Skip(i).Take(i)] : [],
            SkillsOptional = [.. everything.Take(i), .. Enumerable.Range(0, i % 7).Select(x => $"own words {x}")],
            Licences = i % 5 == 0 ? ["FOOD_SAFETY", "FORKLIFT"] : [],
            HoursPerWeek = i % 3 == 0 ? null : At(i),
            Pay = i % 10 == 0 ? null : new(i % 2 == 0 ? At(i / 2) : null, i % 3 == 0 ? null : At(i / 3), (PayPeriod)(i % 9), i % 4 > 0),
            FirstPut = i % 2 == 0 ? Today.AddDays(30) : DateOnly.MinValue,
            ClosesOn = DateOnly.MaxValue,
        }).ToList();
        AssertSame(seekers, positions, Today);

        // The same with numbers past those that are kept, and districts past 65,535.
        var numbering = new Numbering(Codes);
        for (var i = 0; i < PointsTable.KeptSeekers; i++)
            _ = (numbering.FloorOf(100_000 + i), numbering.HoursOf(i, 100_000 + i), numbering.CommuteOf(i, 1_000 + i, true), numbering.WishOf($"wish {i}"));
        for (var i = 0; i < 70_000; i++)
            numbering.DistrictOf($"far {i}");
        AssertSame(seekers, positions, numbering, new SeekerShard(numbering, seekers.Select(x => (x, 0))).Columns, new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns);
    }

    [Fact]
    public void Known_travel_times_count_in_place_of_bounds()
    {
        var random = new Random(24);
        var travel = (from home in Codes.Districts from work in Codes.Districts where random.Next(2) == 0 select (home.Code, work.Code)).ToDictionary(x => x, _ => random.Next(5, 200));
        var codes = Codes.With(travel);
        var (seekers, positions) = Town(200, 25);
        var numbering = new Numbering(codes);
        AssertSame(
            seekers, positions, numbering, new SeekerShard(numbering, seekers.Select(x => (x, 0))).Columns, new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns);
    }

    [Fact]
    public void A_decline_that_is_undone_leaves_nothing_behind()
    {
        var (people, jobs) = (new SeekerShard(Fast.Numbering, [(Anna, 0)]), new PositionShard(Fast.Numbering, Today, [(Inspector, 0)]));
        var declined = new Decline(Today, TooFar: false);
        for (var times = 0; times < 2; times++)
        {
            people.Put(Anna with { Declines = new Dictionary<string, Decline> { [Inspector.Id] = declined } });
            jobs.Put(Inspector with { Declines = new Dictionary<string, Decline> { [Anna.Id] = declined } });
            Assert.Empty(Fast.Best(people.Columns, Inspector));
            Assert.Empty(Fast.Best(jobs.Columns, Anna));
            people.Put(Anna);
            jobs.Put(Inspector);
            var suits = As(Anna.Id, Judge());
            Assert.Equal([suits], Fast.Best(people.Columns, Inspector));
            Assert.Equal([suits with { Id = Inspector.Id }], Fast.Best(jobs.Columns, Anna));
        }
    }

    [Fact]
    public void Whom_an_employer_declined_is_in_no_list_and_is_found_again()
    {
        var declined = Anna with { DeclinedBy = new Dictionary<string, Decline> { [Inspector.Id] = new(Today, false) } };
        var (people, jobs) = (new SeekerShard(Fast.Numbering, [(declined, 0)]), new PositionShard(Fast.Numbering, Today, [(Inspector, 0)]));
        Assert.Empty(Fast.Best(people.Columns, Inspector));
        Assert.Empty(Fast.Best(jobs.Columns, declined));
        Assert.Equal([Anna.Id], people.Columns.Declining(Inspector.Id));
        Assert.Empty(people.Columns.Declining("p-other"));
        people.Put(Anna);
        Assert.Empty(people.Columns.Declining(Inspector.Id));
        Assert.Equal([As(Anna.Id, Judge())], Fast.Best(people.Columns, Inspector));
    }

    [Fact]
    public void With_as_many_accommodations_as_fit()
    {
        var random = new Random(27);
        var shipped = Codes.Accommodations;
        var more = Enumerable.Range(0, CodeLists.MaxAccommodations - shipped.Count).Select(i => new Accommodation(
            $"MORE_{i}", 100 + i, "TASK", new($"More {i}", $"更多{i}"), [new((Axis)(i % 13), i % 2, 2)], [(Exposure)(i % 11)], StaffCheck: i % 5 == 0, Stage.Job, OnSite: i % 3 == 0)).ToList();
        var codes = new CodeLists([.. shipped, .. more], Codes.Occupations, Codes.Skills, Codes.Districts);
        var (seekers, positions) = Town(200, 27);
        seekers = [.. seekers.Select(x => x with { Needs = x.Needs.Concat(more.Where(_ => random.Next(12) == 0).Select(y => KeyValuePair.Create(y.Code, (Mark)random.Next(2)))).ToDictionary() })];
        positions = [.. positions.Select(x => x with { Accommodations = x.Accommodations.Concat(more.Where(_ => random.Next(2) == 0).Select(y => KeyValuePair.Create(y.Code, new StatedAnswer((Answer)random.Next(3), Today)))).ToDictionary() })];
        var numbering = new Numbering(codes);
        AssertSame(
            seekers, positions, numbering, new SeekerShard(numbering, seekers.Select(x => (x, 0))).Columns, new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns);
    }

    [Fact]
    public void What_titles_mean_counts_alike()
    {
        var (seekers, positions) = Town(250, 26);
        var random = new Random(26);
        string[] titles = ["一号位", "二号位", "three", "four", "五号位"];
        positions = [.. positions.Select(x => random.Next(2) == 0 ? x : x with { Title = titles[random.Next(titles.Length)], Occupation = random.Next(2) == 0 ? null : x.Occupation })];
        var numbering = new Numbering(Codes.With(Vectors.Knowing([.. titles.Select(x => (x, TextCloseness.IsChinese(x) ? "平面设计师" : "Baker", random.NextDouble()))])));
        Assert.Contains(positions, x => seekers.Any(y => Policy.Judge(y, x, Today, numbering.Codes).Plus("P2").Meant));
        AssertSame(
            seekers, positions, numbering, new SeekerShard(numbering, seekers.Select(x => (x, 0))).Columns, new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns);
    }

    private static (string Id, Verdict Verdict, int Tenths) As(string id, Match match) => (id, match.Verdict, match.Tenths);

    private static List<(string, Verdict, int)> All(SeekerColumns people, Numbering numbering, Position position) => Fast.All(people, numbering.Pack(position, Today));

    private static List<(string, Verdict, int)> All(PositionColumns jobs, Numbering numbering, Seeker seeker) => Fast.All(jobs, numbering.Pack(seeker));

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
