using Xunit.Abstractions;

namespace JobMatch.Matching.Tests;

public class FairPlanTests(ITestOutputHelper output)
{
    private const int Small = 200;
    private static readonly FairPlanPolicy Row = FairPlanPolicy.On(new(2026, 11, 1));

    [Fact]
    public void On_small_cases_it_comes_close_to_the_best_plan_and_never_below_its_bound()
    {
        List<(double Ratio, FairCase Of)> ratios = [];
        var (refused, budgets, several) = (0, 0, 0);
        for (var seed = 0; ratios.Count < Small; seed++)
        {
            var of = FairCase.Small(seed);
            var (plan, exact) = (of.Plan(), new FairPlanExact(of).Solve().Best);
            Assert.True(plan.Kept == exact is not null, $"Case {seed}: the plan says {plan.Obstacle}, the best plan is {exact}.");
            if (exact is null)
                refused++;
            if (exact is not > 0)
                continue;
            Assert.InRange(plan.Meetings, 0, exact.Value + 1e-9);
            Assert.True(plan.Meetings >= exact / (of.Policy.MostNamed + of.Policy.MostEvents + 1), $"Case {seed}: {plan.Meetings} of {exact}.");
            ratios.Add((plan.Meetings / exact.Value, of));
            budgets += of.Budget is null ? 0 : 1;
            several += plan.Groups.Count > 1 ? 1 : 0;
        }
        output.WriteLine($"{Small} cases, {budgets} with a budget, {several} with several groups; besides, {refused} that no plan keeps fair.");
        Report("All", ratios);
        Report("With a budget", ratios.Where(x => x.Of.Budget is not null));
        Report("With a budget and groups", ratios.Where(x => x.Of.Budget is not null && x.Of.People.DistinctBy(person => person.Group).Count() > 1));
        Report("Without a budget", ratios.Where(x => x.Of.Budget is null));
    }

    [Fact]
    public void Every_limit_holds_among_hundreds_of_people()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var of = Large(seed);
            var plan = of.Plan();
            var edges = of.Edges.ToDictionary(edge => (edge.Person, edge.Event, edge.Position));
            var names = plan.Messages.SelectMany(message => message.Named.Select(position => edges[(message.Person, message.Event, position)])).ToList();
            Assert.All(plan.Messages, message => Assert.InRange(message.Named.Count, 0, of.Policy.MostNamed));
            Assert.All(names, edge => Assert.NotEqual(Verdict.DoesNotSuit, edge.Verdict));
            Assert.Equal(names.Count, names.DistinctBy(edge => (edge.Person, edge.Position)).Count());
            Assert.Equal(plan.Messages.Count, plan.Messages.DistinctBy(message => (message.Person, message.Event)).Count());
            for (var j = 0; j < of.Positions.Length; j++)
            {
                var expected = names.Where(edge => edge.Position == j).Sum(edge => of.Policy.Chance(edge.Verdict, edge.Tenths));
                Assert.Equal(expected, plan.Expected[j], 9);
                Assert.InRange(expected + of.Positions[j].Expected, 0, Math.Max(of.Policy.Talks(of.Positions[j].Openings), of.Positions[j].Expected) + 1e-9);
            }
            var told = plan.Messages.Select(message => message.Person).ToHashSet();
            var considered = of.Edges.Where(edge => edge.Verdict != Verdict.DoesNotSuit).Select(edge => edge.Person).Concat(Enumerable.Range(0, of.People.Length).Where(row => of.People[row].Told)).ToHashSet();
            Assert.Equal(
                considered.GroupBy(row => of.People[row].Group).OrderBy(x => x.Key).Select(x => new GroupShare(x.Key, x.Count(), x.Count(row => told.Contains(row) || of.People[row].Told))),
                plan.Groups);
            Assert.Equal(plan.Kept, plan.Groups.Min(x => x.Share) >= 0.8 * plan.Groups.Max(x => x.Share) - 1e-12);
            if (of.Budget is not { } budget)
            {
                EveryPositionIsMetAndNoTextIsSentForNothing(of, plan);
                continue;
            }
            Assert.InRange(plan.Messages.Count, 0, budget);
            Assert.All(plan.Messages.CountBy(message => message.Person), x => Assert.InRange(x.Value + of.People[x.Key].Picked, 1, of.Policy.MostEvents));
        }
    }

    private static void EveryPositionIsMetAndNoTextIsSentForNothing(FairCase of, FairPlan plan)
    {
        foreach (var person in of.Edges.Where(edge => edge.Verdict != Verdict.DoesNotSuit).GroupBy(edge => edge.Person))
        {
            var texts = plan.Messages.Where(message => message.Person == person.Key).Select(message => person.Where(edge => edge.Event == message.Event).Select(edge => edge.Position).ToHashSet()).ToList();
            Assert.Equal(person.Select(edge => edge.Position).Distinct().Order(), texts.SelectMany(x => x).Distinct().Order());
            // In some order each text has a position that those before it have not.
            while (texts.Count > 0)
            {
                var last = texts.FirstOrDefault(text => text.Any(position => !texts.Any(other => other != text && other.Contains(position))));
                Assert.True(last is not null, $"Person {person.Key} is sent a text for nothing.");
                texts.Remove(last);
            }
        }
    }

    [Fact]
    public void A_position_at_many_events_is_one_text()
    {
        FairEdge[] edges = [.. from at in Enumerable.Range(0, 3) from person in Enumerable.Range(0, 2) select new FairEdge(person, at, 0, Verdict.Suits, 500), new(1, 2, 1, Verdict.AskFirst, 0)];
        foreach (var budget in (int?[])[null, 9])
        {
            var plan = FairPlan.Of(new FairPerson[2], [new(0), new(1)], edges, budget, Row);
            Assert.Single(plan.Messages, message => message.Person == 0);
            Assert.InRange(plan.Messages.Count(message => message.Person == 1), 1, 2);
            Assert.Contains(plan.Messages, message => message is { Person: 1, Event: 2, Named: [1] });
        }
    }

    [Fact]
    public void The_meetings_are_what_all_who_may_come_or_stay_away_make_on_average()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var of = FairCase.Small(seed);
            of = of with { Positions = [.. of.Positions.Select(position => position with { Expected = 0 })] };
            var plan = of.Plan();
            var names = (from message in plan.Messages from position in message.Named select of.Edges.First(edge => (edge.Person, edge.Event, edge.Position) == (message.Person, message.Event, position))).ToList();
            var meetings = 0.0;
            foreach (var at in names.GroupBy(edge => edge.Position))
            {
                var chances = at.Select(edge => of.Policy.Chance(edge.Verdict, edge.Tenths)).ToList();
                for (var comers = 0; comers < 1 << chances.Count; comers++)
                    meetings += Math.Min(int.PopCount(comers), of.Policy.Talks(of.Positions[at.Key].Openings))
                        * chances.Select((chance, i) => (comers >> i & 1) == 1 ? chance : 1 - chance).Aggregate(1.0, (a, b) => a * b);
            }
            Assert.Equal(meetings, plan.Meetings, 9);
        }
    }

    [Fact]
    public void Neither_the_order_of_the_edges_nor_what_groups_are_called_changes_the_plan()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var of = Large(seed);
            var plan = of.Plan();
            var shuffled = of.Edges.ToArray();
            new Random(seed).Shuffle(shuffled);
            Same(plan, (of with { Edges = shuffled }).Plan());
            Same(plan, (of with { People = [.. of.People.Select(person => person with { Group = 1_000 - 7 * person.Group })] }).Plan());
        }

        static void Same(FairPlan a, FairPlan b)
        {
            Assert.Equal(a.Messages.Select(Said), b.Messages.Select(Said));
            Assert.Equal((a.Meetings, a.Obstacle), (b.Meetings, b.Obstacle));
        }

        static string Said(FairMessage message) => $"{message.Person} {message.Event} {string.Join(' ', message.Named)}";
    }

    [Fact]
    public void Nobody_is_picked_for_three_events_because_they_are_easy()
    {
        // The first suits everything everywhere; two others only half as likely come, each to one event.
        FairEdge[] edges = [.. Enumerable.Range(0, 3).Select(at => new FairEdge(0, at, at, Verdict.Suits, 1000)), new(1, 0, 0, Verdict.AskFirst, 0), new(2, 1, 1, Verdict.AskFirst, 0)];
        var plan = FairPlan.Of(new FairPerson[3], [new(5), new(5), new(5)], edges, 3, Row);
        Assert.Equal(Row.MostEvents, plan.Messages.Count(message => message.Person == 0));
        Assert.Equal(3, plan.Messages.Count);
        var picked = FairPlan.Of([new(0, Picked: Row.MostEvents), new(0), new(0)], [new(5), new(5), new(5)], edges, 3, Row);
        Assert.DoesNotContain(picked.Messages, message => message.Person == 0);
        Assert.Equal(3, FairPlan.Of(new FairPerson[3], [new(5), new(5), new(5)], edges, null, Row).Messages.Count(message => message.Person == 0));
    }

    [Fact]
    public void No_position_is_promised_to_far_more_people_than_it_can_see_and_all_are_told_all_the_same()
    {
        FairEdge[] edges = [.. Enumerable.Range(0, 1_000).Select(person => new FairEdge(person, 0, 0, Verdict.Suits, person))];
        var plan = FairPlan.Of(new FairPerson[1_000], [new(2)], edges, null, Row);
        Assert.Equal(1_000, plan.Messages.Count);
        var named = plan.Messages.Where(message => message.Named.Count > 0).Select(message => message.Person).ToList();
        // Two openings: fourteen talks; the likeliest come with a chance of almost 0.19, so 73 or 74 of them need them all.
        Assert.InRange(named.Count, 73, 76);
        Assert.Equal(Enumerable.Range(1_000 - named.Count, named.Count), named);
        Assert.Empty(FairPlan.Of(new FairPerson[1_000], [new(2, Expected: 14)], edges, null, Row).Messages.SelectMany(message => message.Named));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    [InlineData(20)]
    [InlineData(6)]
    public void A_group_that_is_harder_to_place_is_reached_as_well(int budget)
    {
        var plan = Uneven(budget).Plan();
        Assert.True(plan.Kept);
        Assert.Equal(budget, plan.Messages.Count);
        var alone = Uneven(budget) with { People = new FairPerson[100] };
        Assert.True(plan.Meetings <= alone.Plan().Meetings);
        // Without groups the easy half takes all there is.
        Assert.Equal(Math.Min(50, budget), alone.Plan().Messages.Count(message => message.Person < 50));
    }

    [Fact]
    public void Where_the_four_fifths_rule_cannot_be_kept_it_says_why()
    {
        var even = Uneven(20);
        Assert.Null(even.Plan().Obstacle);
        // One message for two groups; a group of one beside many; a group that has had its share of the day; and of this event.
        Assert.Equal(FairObstacle.WholePeople, (even with { Budget = 1 }).Plan().Obstacle);
        Assert.Equal(FairObstacle.WholePeople, (even with { People = [.. even.People.Select((person, row) => new FairPerson(row == 0 ? 1 : 0))] }).Plan().Obstacle);
        Assert.Equal(FairObstacle.PickedEnough, (even with { People = [.. even.People.Select((person, row) => person with { Picked = row < 50 ? Row.MostEvents : 0 })] }).Plan().Obstacle);
        // The others keep it among themselves: of two halves and a group of one, of a group that has had its share, of a group told before.
        var three = even with { People = [.. even.People.Select((person, row) => row == 0 ? new FairPerson(99) : person)] };
        var halves = three.Plan();
        Assert.Equal((FairObstacle.WholePeople, 20), (halves.Obstacle, halves.Messages.Count));
        Assert.True(halves.Groups.Take(2).Min(x => x.Share) >= 0.8 * halves.Groups.Take(2).Max(x => x.Share));
        Assert.Equal(99, halves.Groups[2].Group);
        var picked = (even with { People = [.. even.People.Select((_, row) => new FairPerson(row % 3, row % 3 == 2 ? Row.MostEvents : 0))] }).Plan();
        Assert.Equal((FairObstacle.PickedEnough, 0), (picked.Obstacle, picked.Groups[2].Told));
        Assert.True(picked.Groups.Take(2).Min(x => x.Share) >= 0.8 * picked.Groups.Take(2).Max(x => x.Share));
        var told = (even with { People = [.. even.People.Select((person, row) => person with { Told = row < 50 })], Edges = [.. even.Edges.Where(edge => edge.Person >= 50)] }).Plan();
        Assert.Equal((FairObstacle.ToldBefore, 20), (told.Obstacle, told.Messages.Count));
        Assert.False(told.Kept);
    }

    [Fact]
    public void A_budget_for_everybody_tells_everybody()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var of = Large(seed) with { Policy = Row with { MostEvents = 1 } };
            of = of with { People = [.. of.People.Select(person => person with { Picked = 0, Told = false })], Budget = of.People.Length };
            var plan = of.Plan();
            Assert.All(plan.Groups, group => Assert.Equal(group.Considered, group.Told));
        }
    }

    [Fact]
    public void Of_two_who_gain_the_same_the_one_with_fewer_positions_is_told()
    {
        FairEdge[] edges = [new(0, 0, 0, Verdict.Suits, 500), new(0, 0, 1, Verdict.AskFirst, 0), new(1, 0, 0, Verdict.Suits, 500)];
        var one = Row with { MostNamed = 1 };
        Assert.Equal(1, Assert.Single(FairPlan.Of(new FairPerson[2], [new(1), new(1)], edges, 1, one).Messages).Person);
    }

    [Fact]
    public void A_text_names_what_suits_best_while_there_is_room()
    {
        FairEdge[] edges = [new(0, 0, 0, Verdict.AskFirst, 1000), new(0, 0, 1, Verdict.SuitsIfArranged, 0), new(0, 0, 2, Verdict.SuitsIfArranged, 900), new(0, 0, 3, Verdict.Suits, 0), new(0, 0, 4, Verdict.DoesNotSuit, 1000)];
        Assert.Equal([3, 2], Assert.Single(FairPlan.Of(new FairPerson[1], [new(1), new(1), new(1), new(1), new(1)], edges, null, Row).Messages).Named);
        // The order of chances is the order of matches: verdict, then score.
        var chances = from verdict in Enum.GetValues<Verdict>() from tenths in new[] { 1000, 999, 500, 0 } select Row.Chance(verdict, tenths);
        Assert.Equal(chances.OrderDescending(), chances);
        Assert.Equal(Row.Talks(1), FairPlanPolicy.On(new(2020, 1, 1)).Talks(1));
        Assert.Equal((0, 7, 60, 60), (Row.Talks(-1), Row.Talks(1), Row.Talks(9), Row.Talks(int.MaxValue)));
    }

    [Fact]
    public void Nothing_to_tell_is_a_plan_too_and_a_row_that_is_not_there_is_refused()
    {
        var nothing = FairPlan.Of([new(0)], [new(1)], [new(0, 0, 0, Verdict.DoesNotSuit, 500)], 5, Row);
        Assert.Empty(nothing.Messages);
        Assert.True(nothing.Kept);
        Assert.Empty(FairPlan.Of([new(0)], [new(1)], [new(0, 0, 0, Verdict.Suits, 500)], 0, Row).Messages);
        Assert.Throws<ArgumentOutOfRangeException>(() => FairPlan.Of([new(0)], [new(1)], [new(1, 0, 0, Verdict.Suits, 500)], 5, Row));
        Assert.Throws<ArgumentOutOfRangeException>(() => FairPlan.Of([new(0)], [new(1)], [new(0, 0, -1, Verdict.Suits, 500)], 5, Row));
        Assert.Throws<ArgumentOutOfRangeException>(() => FairPlan.Of([], [], [], -1, Row));
    }

    [Fact]
    public void What_people_can_be_told_of_is_what_the_readable_rules_do_not_rule_out()
    {
        var pairs = new RandomPairs(5);
        var seekers = Enumerable.Range(0, 700).Select(_ => pairs.Seeker()).ToList();
        var numbering = new Numbering(Pairs.Codes);
        var columns = new SeekerShard(numbering, seekers.Select(seeker => (seeker, 0))).Columns;
        for (var row = 0; row < 20; row++)
        {
            var position = pairs.Position();
            var edges = FairEdges.Of(columns, numbering.Pack(position, Pairs.Today), 3, row);
            Assert.All(edges, edge => Assert.Equal((3, row), (edge.Event, edge.Position)));
            Assert.Equal(
                seekers.Select(seeker => Pairs.Judge(seeker, position)).Where(match => match.Verdict != Verdict.DoesNotSuit).Select(match => (match.Seeker.Id, match.Verdict, match.Tenths)).Order(),
                edges.Select(edge => (columns.IdAt(edge.Person), edge.Verdict, edge.Tenths)).Order());
        }
    }

    // A hundred people in two groups, ten positions that each suit all; the second group always has to ask first.
    private static FairCase Uneven(int? budget) => new(
        [.. Enumerable.Range(0, 100).Select(row => new FairPerson(row < 50 ? 3 : 8))], [.. Enumerable.Repeat(new FairPosition(2), 10)],
        [.. from person in Enumerable.Range(0, 100) from position in Enumerable.Range(0, 10) select new FairEdge(person, 0, position, person < 50 ? Verdict.Suits : Verdict.AskFirst, 10 * (person % 50))], budget, Row);

    private static FairCase Large(int seed)
    {
        var random = new Random(seed);
        var (people, positions, events) = (random.Next(20, 400), random.Next(2, 40), random.Next(1, 4));
        var (density, groups) = (random.NextDouble() * 0.3 + 0.02, random.Next(1, 6));
        return new(
            [.. Enumerable.Range(0, people).Select(_ => new FairPerson(random.Next(groups), random.Next(8) == 0 ? random.Next(3) : 0, random.Next(20) == 0))],
            [.. Enumerable.Range(0, positions).Select(_ => new FairPosition(random.Next(0, 4), random.Next(4) == 0 ? 20 * random.NextDouble() : 0))],
            [.. from person in Enumerable.Range(0, people)
                from position in Enumerable.Range(0, positions)
                from at in events > 1 && random.Next(5) == 0 ? [0, events - 1] : new[] { position % events }
                where random.NextDouble() < density
                select new FairEdge(person, at, position, (Verdict)random.Next(4), random.Next(1001))],
            random.Next(3) == 0 ? null : random.Next(1, people), Row);
    }

    private void Report(string what, IEnumerable<(double Ratio, FairCase Of)> ratios)
    {
        var all = ratios.Select(x => x.Ratio).Order().ToList();
        output.WriteLine($"{what} ({all.Count}): worst {all[0]:F4}, mean {all.Average():F4}, the best plan itself {all.Count(x => x > 1 - 1e-9)} times");
    }
}
