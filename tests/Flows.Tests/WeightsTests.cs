using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>Other weights: tried, asked for by one, published by another, and then exactly what the trial said.</summary>
public class WeightsTests
{
    // Pay and nothing else: whoever wants no occupation finds what pays best first.
    private static readonly int[] Pay = [0, 0, 0, 0, 100, 0, 0, 0, 0], Shipped = [25, 25, 15, 10, 10, 5, 4, 3, 3];

    private static World Town(int people = 12)
    {
        var world = Tests.Town.New(Enumerable.Repeat(World.Fate.Delivered, people));
        for (var i = 0; i < people; i++)
            world.Put(world.Person($"person-{i}") with { Facts = world.Person($"person-{i}").Facts with { Occupations = ["PRODUCT_INSPECTOR"], MinPayMonthly = 2_000 + 100 * i } });
        var rich = Tests.Town.Position("rich", "网络主播", "LIVE_HOST_SALES");
        world.Put(rich with { Facts = rich.Facts with { Pay = new(6_000, 8_000, PayPeriod.Month, true) } });
        world.Tie("rich");
        return world;
    }

    private static async Task<Dictionary<string, List<(string Position, Verdict Verdict, int Tenths)>>> Standing(World world)
    {
        var lists = new Dictionary<string, List<(string, Verdict, int)>>();
        foreach (var person in (await ((IMarket)world).View(default)).Seekers.Keys)
            lists[person] = [.. (await new FindMatches(world, world, world).Run((await ((ISeekers)world).IdOf(person, default))!, 100, default))!.Items.Select(x => (x.Position.Id, x.Verdict, x.Tenths))];
        return lists;
    }

    [Fact]
    public async Task What_a_trial_says_is_what_stands_after_publishing()
    {
        var world = Town();
        var before = await Standing(world);
        var trial = await world.TryWeights.Run(Pay, 4, default);
        var people = new Dictionary<string, PersonPreview>();
        foreach (var subject in before.Keys)
            people[subject] = (await world.TryWeights.Of(subject, Pay, default))!;
        Assert.Equal(before, await Standing(world)); // A trial changes nothing.

        Assert.Null(await world.PublishWeights.Ask(Pay, "lead-1", default));
        Assert.Null(await world.PublishWeights.Approve(1, "lead-2", default));
        var after = await Standing(world);

        Assert.Equal((12, 3, 36L), (trial.People, trial.Positions, trial.Pairs));
        Assert.Equal(0, trial.Verdicts);
        Assert.Equal(before.Sum(x => x.Value.Count(was => after[x.Key].Any(x => x.Position == was.Position && x.Tenths != was.Tenths))), trial.Scores);
        Assert.NotEqual(0, trial.Scores);
        Assert.Equal(before.Keys.Where(subject => !before[subject].Select(x => x.Position).SequenceEqual(after[subject].Select(x => x.Position))).Order(), trial.Changed.Where(x => x.Reordered).Select(x => x.Seeker).Order());
        Assert.Contains(trial.Changed, x => x.Reordered);
        foreach (var changed in trial.Changed)
        {
            Assert.Equal(before[changed.Seeker].Select(x => x.Position), changed.Before);
            Assert.Equal(after[changed.Seeker].Select(x => x.Position), changed.After);
        }
        foreach (var (subject, found) in people)
        {
            Assert.Equal(before[subject], found.Changes.Select(x => (x.Position, x.Before, x.TenthsBefore)));
            Assert.Equal(after[subject].Order(), found.Changes.Select(x => (x.Position, x.After, x.TenthsAfter)).Order());
        }

        // Whom the fair invites under that budget, and what it names to them.
        var fair = Assert.Single(trial.Events);
        var planned = await Planned(world, 4);
        Assert.Equal(fair.After, planned.Count);
        Assert.Equal(4, fair.Before);
        Assert.All(fair.NewlyInvited, subject => Assert.Contains(subject, planned.Keys));
        Assert.All(fair.NoLongerInvited, subject => Assert.DoesNotContain(subject, planned.Keys));
        Assert.All(fair.NamedOtherwise, subject => Assert.Contains(subject, planned.Keys));
        Assert.Equal(planned.Count - fair.NewlyInvited.Count, fair.Before - fair.NoLongerInvited.Count);
    }

    [Fact]
    public async Task A_trial_names_whom_an_event_invites_in_place_of_whom()
    {
        var world = Town(40);
        var was = await Planned(Town(40), 7);
        var trial = Assert.Single((await world.TryWeights.Run(Pay, 7, default)).Events);
        await world.PublishWeights.Ask(Pay, "lead-1", default);
        await world.PublishWeights.Approve(1, "lead-2", default);
        var becomes = await Planned(world, 7);
        Assert.Equal(becomes.Keys.Except(was.Keys).Order(), trial.NewlyInvited.Order());
        Assert.Equal(was.Keys.Except(becomes.Keys).Order(), trial.NoLongerInvited.Order());
        Assert.Equal(was.Keys.Intersect(becomes.Keys).Where(x => !was[x].SequenceEqual(becomes[x])).Order(), trial.NamedOtherwise.Order());
        Assert.NotEqual(0, trial.NewlyInvited.Count + trial.NamedOtherwise.Count);
        // Without a limit weights decide upon nobody's invitation.
        var all = Assert.Single((await Town(40).TryWeights.Run(Pay, null, default)).Events);
        Assert.Equal((40, 40, 0, 0), (all.Before, all.After, all.NewlyInvited.Count, all.NoLongerInvited.Count));
    }

    [Fact]
    public async Task A_text_says_which_weights_named_its_positions()
    {
        var world = Town(3);
        await world.PublishWeights.Ask(Pay, "lead-1", default);
        await world.PublishWeights.Approve(1, "lead-2", default);
        await world.AnnounceAndSettle();
        Assert.Equal(3, world.Messages.Count);
        var standing = await Standing(world);
        foreach (var message in world.Messages)
        {
            Assert.Equal("2027-02-20", message.PolicyVersion);
            Assert.NotEmpty(message.Named);
            // Pay is worth the same on every day.
            Assert.All(message.Named, named => Assert.Contains((named.Position, named.Verdict, named.Tenths), standing[message.Id.Subject]));
        }
        Assert.All((await new FindMatches(world, world, world).Run("person-0", 3, default))!.Items, match => Assert.Equal("2027-02-20", match.PolicyVersion));
    }

    [Fact]
    public async Task It_takes_two_people_one_thing_waits_at_a_time_and_every_repetition_is_harmless()
    {
        var (world, flow) = (Town(1), (Func<World, PublishWeights>)(world => world.PublishWeights));
        Assert.Contains("add up to 100", (await flow(world).Ask([99, 0, 0, 0, 0, 0, 0, 0, 0], "lead-1", default))!.Value.En, StringComparison.Ordinal);
        Assert.Contains("count already", (await flow(world).Ask(Shipped, "lead-1", default))!.Value.En, StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
            Assert.Null(await flow(world).Ask(Pay, "lead-1", default));
        Assert.Contains("wait for approval", (await flow(world).Ask([0, 0, 0, 100, 0, 0, 0, 0, 0], "lead-2", default))!.Value.En, StringComparison.Ordinal);
        Assert.Contains("another lead", (await flow(world).Approve(1, "lead-1", default))!.Value.En, StringComparison.Ordinal);
        Assert.NotNull(await flow(world).Approve(2, "lead-2", default));
        Assert.Equal(Shipped, (await InForce(world)).Weights);
        for (var time = 0; time < 2; time++)
            Assert.Null(await flow(world).Approve(1, "lead-2", default));
        Assert.NotNull(await flow(world).Drop(1, "lead-2", default));
        Assert.Equal("2027-02-20", (await InForce(world)).Version);
        Assert.Equal(Pay, (await InForce(world)).Weights);

        // Back to what was: another row of the same day, nothing is taken out.
        Assert.Null(await flow(world).Ask(Shipped, "lead-2", default));
        Assert.Null(await flow(world).Drop(2, "lead-1", default));
        Assert.NotNull(await flow(world).Approve(2, "lead-1", default));
        Assert.Null(await flow(world).Ask(Shipped, "lead-2", default));
        Assert.Null(await flow(world).Approve(3, "lead-1", default));
        Assert.Equal("2027-02-20.2", (await InForce(world)).Version);
        Assert.Equal(Shipped, (await InForce(world)).Weights);
        Assert.Equal([true, false, true], (await flow(world).All(default)).Select(x => x.Published));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Of_two_who_decide_at_once_one_decision_stands(int seed)
    {
        var world = Town(1);
        await world.PublishWeights.Ask(Pay, "lead-1", default);
        await world.Interleave(seed, () => world.PublishWeights.Approve(1, "lead-2", default), () => world.PublishWeights.Drop(1, "lead-3", default));
        var decided = Assert.Single(await world.PublishWeights.All(default));
        Assert.Equal(decided.Published ? "lead-2" : "lead-3", decided.DecidedBy);
        Assert.Equal(decided.Published ? Pay : Shipped, (await InForce(world)).Weights);
    }

    private static async Task<WeightsRow> InForce(World world) => (await ((IMarket)world).View(default)).Shards.Numbering.Codes.Weights.On(People.DayOf(world.Now));

    /// <summary>Who is invited, and to which positions.</summary>
    private static async Task<Dictionary<string, List<string>>> Planned(World world, int budget)
    {
        await world.Announce.Run("fair", budget, default);
        await world.Plan.Run(new(WorkKind.Announce, "fair", 1), default);
        return world.Messages.ToDictionary(x => x.Id.Subject, x => x.Named.Select(position => position.Position).ToList());
    }
}
