using Xunit.Abstractions;
using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>What is true of every pair, tried on ten thousand and more from fixed seeds.</summary>
public class PropertyTests(ITestOutputHelper output)
{
    private const int Cases = 10_000;

    [Fact]
    public void The_cases_hold_every_verdict_and_every_result_of_every_rule_often_enough()
    {
        var matches = RandomPairs.Take(Cases, seed: 1).Select(x => Judge(x.Seeker, x.Position)).ToList();
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            var share = matches.Count(x => x.Verdict == verdict) / (double)Cases;
            output.WriteLine($"{verdict,-16} {share:P1}");
            Assert.InRange(share, 0.1, 1);
        }
        foreach (var (rule, result, whom) in SentencesTests.Possible)
        {
            var share = matches.Count(x => x.Rules.Any(y => (y.Rule, y.Result, y.Whom) == (rule, result, whom))) / (double)Cases;
            output.WriteLine($"{rule,-4} {result} {whom,-9} {share:P1}");
            Assert.InRange(share, 0.01, 1);
        }
    }

    [Fact]
    public void Offering_more_never_lowers_a_verdict_or_a_score()
    {
        var pairs = new RandomPairs(2);
        var raised = 0;
        foreach (var (seeker, position) in RandomPairs.Take(Cases, seed: 2))
        {
            var before = Judge(seeker, position);
            for (var i = 0; i < 4; i++)
            {
                // What the pair turns on, half of the time.
                var code = i % 2 == 0 && seeker.Needs.Count > 0 ? pairs.Pick(seeker.Needs.Keys) : pairs.Pick(Codes.Accommodations).Code;
                var now = Rank(position.Accommodations.GetValueOrDefault(code) is { } said && said.On.AddMonths(12) >= Today ? said.Answer : null);
                for (var higher = now + 1; higher <= 3; higher++)
                {
                    var after = Judge(seeker, position with { Accommodations = WithAnswer(position, code, higher) });
                    Assert.True(after.Verdict <= before.Verdict && after.Tenths >= before.Tenths, $"{code} from {now} to {higher}: {before.Verdict} {before.Tenths}, {after.Verdict} {after.Tenths}");
                    raised++;
                }
            }
        }
        Assert.True(raised > Cases);
    }

    [Fact]
    public void The_pluses_add_up_to_the_score()
    {
        foreach (var (seeker, position) in RandomPairs.Take(Cases, seed: 3))
        {
            var match = Judge(seeker, position);
            Assert.Equal(match.Tenths, match.Pluses.Sum(x => x.Tenths));
            Assert.True(match.Pluses.All(x => x.Value is >= 0 and <= 1 && x.Tenths == (int)Math.Floor(Math.Round(x.Value * x.Weight * 10, 6) + 0.5)));
        }
    }

    [Fact]
    public void The_quick_verdict_is_the_verdict()
    {
        foreach (var (seeker, position) in RandomPairs.Take(Cases, seed: 4))
        {
            var match = Judge(seeker, position);
            Assert.Equal(match.Verdict, Policy.VerdictOf(seeker, position, Today, Codes));
            Assert.Equal((Verdict)match.Rules.Max(x => (int)x.Result), match.Verdict);
        }
    }

    [Fact]
    public void Every_row_stands_once_and_says_whom_exactly_where_it_asks()
    {
        foreach (var (seeker, position) in RandomPairs.Take(Cases, seed: 5))
        {
            var rows = Judge(seeker, position).Rules;
            Assert.Equal(rows.Count, rows.Select(x => (x.Rule, x.About)).Distinct().Count());
            Assert.True(rows.All(x => x.Result == Result.Ask == x.Whom is not null && (x.Stated || x.Result == Result.Met)));
        }
    }

    [Fact]
    public void The_order_in_which_things_were_said_does_not_matter()
    {
        foreach (var (seeker, position) in RandomPairs.Take(Cases, seed: 6))
        {
            var turned = Judge(
                seeker with
                {
                    Capacity = Turned(seeker.Capacity),
                    Needs = Turned(seeker.Needs),
                    AvoidExposures = Turned(seeker.AvoidExposures),
                    AvoidShifts = Turned(seeker.AvoidShifts),
                    Skills = seeker.Skills?.Reverse().ToList(),
                    Occupations = seeker.Occupations?.Reverse().ToList(),
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
            var match = Judge(seeker, position);
            Assert.Equal(match.Rules, turned.Rules);
            Assert.Equal(match.Pluses, turned.Pluses);
        }
    }

    [Fact]
    public void Who_somebody_is_changes_nothing_but_the_order_of_equals()
    {
        foreach (var (seeker, position) in RandomPairs.Take(Cases, seed: 8))
        {
            var (a, b) = (Judge(seeker, position with { Declines = NoDeclines }), Judge(seeker with { Id = "someone-else" }, position with { Declines = NoDeclines }));
            Assert.Equal(a.Rules, b.Rules);
            Assert.Equal(a.Pluses, b.Pluses);
        }
    }

    [Fact]
    public void All_needs_and_offers_of_a_small_world_agree_with_a_plain_reading_of_the_page()
    {
        // FINE_HANDS knows ALT_INPUT 0-2 and ONE_HAND_TOOLS 1-2: every capacity, demand, mark and answer of both.
        string[] two = ["ALT_INPUT", "ONE_HAND_TOOLS"];
        var marks = new Mark?[] { null, Mark.Helps, Mark.Must };
        var answers = new Answer?[] { null, Answer.NotPossible, Answer.OnRequest, Answer.Offered };
        var tried = 0;
        for (var can = -1; can <= 3; can++)
            for (var asks = -1; asks <= 3; asks++)
                foreach (var m in from a in marks from b in marks select (Mark?[])[a, b])
                    foreach (var r in from a in answers from b in answers select (Answer?[])[a, b])
                    {
                        var seeker = Anna with { Capacity = Level(Axis.FineHands, can), Needs = Enumerable.Range(0, 2).Where(x => m[x] is not null).ToDictionary(x => two[x], x => m[x]!.Value) };
                        var position = Inspector with { Demands = Level(Axis.FineHands, asks), Accommodations = Answers((two[0], r[0]), (two[1], r[1])) };
                        Assert.Equal(Plainly(can, asks, m, r), (int)Judge(seeker, position).Verdict);
                        tried++;
                    }
        Assert.Equal(25 * 9 * 16, tried);

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
