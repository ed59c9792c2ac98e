using Xunit.Abstractions;
using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>What is true of every pair, each tried on ten thousand from a fixed seed, with the split of what was tried.</summary>
public class PropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void Offering_more_never_lowers_a_verdict_or_a_score() => Case.Hold(output, 2, (one, before) =>
    {
        var random = new Random(one.Roll);
        // What the pair turns on, and what it may not.
        var codes = one.Seeker.Needs.Keys.Concat(before.Rules.Select(x => x.By).OfType<string>()).Append(Codes.Accommodations[random.Next(Codes.Accommodations.Count)].Code).Distinct().ToArray();
        foreach (var code in random.GetItems(codes, 2))
        {
            var now = Rank(one.Position.Accommodations.GetValueOrDefault(code) is { } said && said.On.AddMonths(12) >= Today ? said.Answer : null);
            var last = before;
            for (var higher = now + 1; higher <= 3; higher++)
            {
                var after = Judge(one.Seeker, one.Position with { Accommodations = WithAnswer(one.Position, code, higher) });
                Assert.True(after.Verdict <= last.Verdict && after.Tenths >= last.Tenths, $"{code} from {now} to {higher}: {last.Verdict} {last.Tenths}, {after.Verdict} {after.Tenths}");
                last = after;
            }
        }
    });

    [Fact]
    public void The_pluses_add_up_to_the_score() => Case.Hold(output, 3, (_, match) =>
    {
        Assert.Equal(match.Tenths, match.Pluses.Sum(x => x.Tenths));
        Assert.Equal(Policy.Pluses.Select(x => x.Id), match.Pluses.Select(x => x.Plus));
        Assert.All(match.Pluses, x => Assert.True(x.Value is >= 0 and <= 1 && x.Tenths == (int)Math.Floor(Math.Round(x.Value * x.Weight * 10, 6) + 0.5), $"{x}"));
    });

    [Fact]
    public void The_quick_verdict_is_the_verdict() => Case.Hold(output, 4, (one, match) =>
    {
        Assert.Equal(match.Verdict, Policy.VerdictOf(one.Seeker, one.Position, Today, Codes));
        Assert.Equal((Verdict)match.Rules.Max(x => (int)x.Result), match.Verdict);
    });

    [Fact]
    public void Every_row_stands_once_and_says_whom_exactly_where_it_asks() => Case.Hold(output, 5, (_, match) =>
    {
        Assert.Equal(match.Rules.Count, match.Rules.Select(x => (x.Rule, x.About)).Distinct().Count());
        Assert.True(match.Rules.All(x => x.Result == Result.Ask == x.Whom is not null && (x.Stated || x.Result == Result.Met)));
    });

    [Fact]
    public void The_order_in_which_things_were_said_does_not_matter() => Case.Hold(output, 6, (one, match) =>
    {
        var (seeker, position) = (one.Seeker, one.Position);
        var turned = Judge(
            seeker with
            {
                Capacity = Turned(seeker.Capacity),
                Needs = Turned(seeker.Needs),
                AvoidExposures = Turned(seeker.AvoidExposures),
                AvoidShifts = Turned(seeker.AvoidShifts),
                Skills = seeker.Skills?.Reverse().ToList(),
                Occupations = seeker.Occupations?.Reverse().ToList(),
                Licences = seeker.Licences?.Reverse().ToList(),
                Contracts = seeker.Contracts?.Reverse().ToList(),
                Places = seeker.Places?.Reverse().ToList(),
            },
            position with
            {
                Demands = Turned(position.Demands),
                Accommodations = Turned(position.Accommodations),
                Exposures = Turned(position.Exposures),
                SkillsRequired = [.. position.SkillsRequired.Reverse()],
                SkillsOptional = [.. position.SkillsOptional.Reverse()],
                Licences = [.. position.Licences.Reverse()],
                Shifts = position.Shifts?.Reverse().ToList(),
            });
        Assert.Equal(match.Rules, turned.Rules);
        Assert.Equal(match.Pluses, turned.Pluses);
    });

    [Fact]
    public void The_order_in_which_people_and_positions_come_does_not_matter() => Case.Hold(output, 7, (one, match) =>
    {
        // Equal ones among them, told apart by id alone: B before a, a before a1.
        Seeker[] people = [one.Seeker with { Id = "a1" }, one.Seeker with { Id = "c", Capacity = NoCapacity }, one.Seeker with { Id = "B" }, one.Seeker with { Id = "a" }];
        Position[] jobs = [one.Position with { Id = "a1" }, one.Position with { Id = "c", Demands = NoCapacity }, one.Position with { Id = "B" }, one.Position with { Id = "a" }];
        new Random(one.Roll).Shuffle(people);
        new Random(one.Roll).Shuffle(jobs);
        Assert.Equal(
            people.Select(x => Judge(x, one.Position)).Where(x => x.Verdict < Verdict.DoesNotSuit).OrderBy(x => x.Verdict).ThenByDescending(x => x.Tenths).ThenBy(x => x.Seeker.Id, StringComparer.Ordinal)
                .Select(x => (x.Seeker.Id, x.Verdict, x.Tenths)),
            Fast.Best(Fast.People(people), one.Position));
        Assert.Equal(
            jobs.Select(x => Judge(one.Seeker, x)).Where(x => x.Verdict < Verdict.DoesNotSuit).OrderBy(x => x.Verdict).ThenByDescending(x => x.Tenths).ThenBy(x => x.Position.Id, StringComparer.Ordinal)
                .Select(x => (x.Position.Id, x.Verdict, x.Tenths)),
            Fast.Best(Fast.Jobs(jobs), one.Seeker));
    });

    [Fact]
    public void Who_somebody_is_changes_nothing_but_the_order_of_equals() => Case.Hold(output, 8, (one, _) =>
    {
        var position = one.Position with { Declines = NoDeclines };
        var (a, b) = (Judge(one.Seeker, position), Judge(one.Seeker with { Id = "someone-else" }, position));
        Assert.Equal(a.Rules, b.Rules);
        Assert.Equal(a.Pluses, b.Pluses);
    });

    [Fact]
    public void Both_directions_give_the_same_numbers() => Case.Hold(output, 9, (one, _) =>
        Assert.Equal(
            Fast.All(Fast.People([one.Seeker]), one.Position).Select(x => (x.Verdict, x.Tenths)),
            Fast.All(Fast.Jobs([one.Position]), one.Seeker).Select(x => (x.Verdict, x.Tenths))));

    [Fact]
    public void The_fast_engine_gives_what_the_readable_rules_give()
    {
        // Each case takes the place of the one before it, among others: what is patched keeps nothing of what stood there.
        var others = RandomPairs.Take(40, seed: 1).ToList();
        var people = new SeekerShard(Fast.Numbering, others.Select(x => (x.Seeker with { Id = "other-" + x.Seeker.Id }, 0)));
        var jobs = new PositionShard(Fast.Numbering, Today, others.Select(x => (x.Position with { Id = "other-" + x.Position.Id }, 0)));
        var codes = new RuleCode[RuleCode.Most];
        Case.Hold(output, 10, (one, match) =>
        {
            people.Put(one.Seeker);
            jobs.Put(one.Position);
            Assert.Equal((one.Seeker.Id, match.Verdict, match.Tenths), Fast.All(people.Columns, one.Position).Single(x => x.Id == one.Seeker.Id));
            Assert.Equal((one.Position.Id, match.Verdict, match.Tenths), Fast.All(jobs.Columns, one.Seeker).Single(x => x.Id == one.Position.Id));
            var count = Reasons.Of(Fast.Numbering.Pack(one.Seeker), Fast.Numbering.Pack(one.Position, Today), Fast.Numbering, codes);
            Assert.Equal(match.Rules.Where(x => x.Stated), codes[..count].Select(x => x.Row(Fast.Numbering)));
        });
    }

    [Fact]
    public void All_needs_and_offers_of_a_small_world_agree_with_a_plain_reading_of_the_page()
    {
        // FINE_HANDS knows ALT_INPUT 0-2 and ONE_HAND_TOOLS 1-2: every capacity, demand, mark and answer of both.
        string[] two = ["ALT_INPUT", "ONE_HAND_TOOLS"];
        var marks = new Mark?[] { null, Mark.Helps, Mark.Must };
        var answers = new Answer?[] { null, Answer.NotPossible, Answer.OnRequest, Answer.Offered };
        var world = new List<(Seeker Seeker, Position Position, Verdict Verdict)>();
        for (var can = -1; can <= 3; can++)
            for (var asks = -1; asks <= 3; asks++)
                foreach (var m in from a in marks from b in marks select (Mark?[])[a, b])
                    foreach (var r in from a in answers from b in answers select (Answer?[])[a, b])
                    {
                        var seeker = Anna with { Id = $"s{world.Count}", Capacity = Level(Axis.FineHands, can), Needs = Enumerable.Range(0, 2).Where(x => m[x] is not null).ToDictionary(x => two[x], x => m[x]!.Value) };
                        var position = Inspector with { Id = $"p{world.Count}", Demands = Level(Axis.FineHands, asks), Accommodations = Answers((two[0], r[0]), (two[1], r[1])) };
                        world.Add((seeker, position, (Verdict)Plainly(can, asks, m, r)));
                    }
        Assert.Equal(25 * 9 * 16, world.Count);
        var (people, jobs) = (Fast.People(world.Select(x => x.Seeker)), Fast.Jobs(world.Select(x => x.Position)));
        var (rowOf, jobRowOf) = (Fast.Rows(people), Fast.Rows(jobs));
        foreach (var (seeker, position, verdict) in world)
        {
            Assert.Equal(verdict, Judge(seeker, position).Verdict);
            Assert.Equal(verdict, Fast.VerdictAt(people, rowOf[seeker.Id], position));
            Assert.Equal(verdict, Fast.VerdictAt(jobs, jobRowOf[position.Id], seeker));
        }

        static int Plainly(int can, int asks, Mark?[] marks, Answer?[] answers)
        {
            static int Answered(Answer? answer) => answer switch { Answer.Offered => 0, Answer.OnRequest => 1, null => 2, _ => 3 };
            var needs = Enumerable.Range(0, 2).Where(x => marks[x] == Mark.Must).Select(x => Answered(answers[x])).Append(0).Max();
            var axis = 0;
            if (can < 0)
                axis = asks > 0 ? 2 : 0;
            else if (asks < 0)
                axis = can < 2 ? 2 : 0;
            else if (can < asks)
                axis = Enumerable.Range(0, 2).Where(x => can >= x && asks <= 2).Select(x => marks[x] is null && answers[x] != Answer.NotPossible ? 2 : Answered(answers[x])).Append(3).Min();
            return Math.Max(needs, axis);
        }
    }

    [Fact]
    public void Lists_run_by_verdict_then_score_then_id()
    {
        var matches = RandomPairs.Take(2_000, seed: 9).Select(x => Judge(x.Seeker, x.Position) with { Tenths = 500 + int.Parse(x.Seeker.Id[1..], null) % 3 }).ToList();
        Assert.Equal(
            matches.OrderBy(x => (int)x.Verdict).ThenByDescending(x => x.Tenths).ThenBy(x => x.Position.Id, StringComparer.Ordinal).Select(x => x.Position.Id),
            matches.Order(Policy.PositionsBestFirst).Select(x => x.Position.Id));
        Assert.Equal(
            matches.OrderBy(x => (int)x.Verdict).ThenByDescending(x => x.Tenths).ThenBy(x => x.Seeker.Id, StringComparer.Ordinal).Select(x => x.Seeker.Id),
            matches.Order(Policy.PeopleBestFirst).Select(x => x.Seeker.Id));
    }

    [Fact]
    public void Equal_ones_run_by_the_characters_of_their_ids() // B before a: ordinal, not as a dictionary has it
    {
        var two = new[] { "a1", "B1" }.Select(x => Judge(position: Inspector with { Id = x })).Order(Policy.PositionsBestFirst);
        Assert.Equal(["B1", "a1"], two.Select(x => x.Position.Id));
    }

    private static readonly Dictionary<string, Decline> NoDeclines = [];

    private static readonly Dictionary<Axis, int> NoCapacity = [];

    private static int Rank(Answer? answer) => answer switch { Answer.NotPossible => 0, null => 1, Answer.OnRequest => 2, _ => 3 };

    private static Dictionary<string, StatedAnswer> WithAnswer(Position position, string code, int rank)
    {
        var answers = position.Accommodations.Where(x => x.Key != code).ToDictionary();
        if (rank != 1)
            answers[code] = new(rank switch { 0 => Answer.NotPossible, 2 => Answer.OnRequest, _ => Answer.Offered }, Today);
        return answers;
    }

    private static Dictionary<TKey, TValue> Turned<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> said) where TKey : notnull => said.Reverse().ToDictionary();
}
