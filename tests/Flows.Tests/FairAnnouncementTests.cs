using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What the fair plan decides reaches the texts, also when several events of a day are planned and processes die.</summary>
public class FairAnnouncementTests
{
    private static readonly FairPlanPolicy Row = FairPlanPolicy.On(Town.Today);

    /// <param name="own">Whether each further event has a position of its own instead of the first's.</param>
    private static World Of(int people, int fairs = 1, bool own = false)
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, people));
        for (var i = 2; i <= fairs; i++)
        {
            world.Put(Town.Fair() with { Id = $"fair{i}" });
            if (own)
                world.Put(Town.Position($"own{i}", "产品检验员", "PRODUCT_INSPECTOR"));
            foreach (var position in own ? (string[])[$"own{i}"] : ["p1", "p2"])
                ((IEvents)world).Tie($"fair{i}", position, default);
        }
        return world;
    }

    private static async Task<PlanHead> Planned(World world, string fair, int? budget)
    {
        Assert.IsType<Announced.Taken>(await world.Announce.Run(fair, budget, default));
        await world.Plan.Run(new(WorkKind.Announce, fair, 1), default);
        return (await ((IPlans)world).Find(fair, 1, default))!;
    }

    private static IEnumerable<Message> Of(World world, string fair) => world.Messages.Where(message => message.Id.In.Cause == fair);

    [Fact]
    public async Task A_budget_is_what_is_sent_and_the_preview_says_so_before()
    {
        var world = Of(8);
        Assert.Equal(new AudienceCounts(8, 3, 0, 0, 0, 0, 0, OverBudget: 5), await world.Preview.Run("fair", 3, default));
        Assert.Equal(new AudienceCounts(8, 8, 0, 0, 0, 0, 0), await world.Preview.Run("fair", null, default));
        Assert.Equal(new AudienceCounts(8, 8, 0, 0, 0, 0, 0), await world.Preview.Run("fair", 9, default));
        await Planned(world, "fair", 3);
        await world.Settle();
        Assert.Equal(3, world.Took.DistinctBy(text => text.Phone).Count());
        Assert.Equal(3, world.Took.Count);
        Assert.Equal(3, world.Fair.Budget);
        await world.PutEvent.Run(world.Fair with { Title = "夏季招聘会", Budget = null }, null, default);
        Assert.Equal(("夏季招聘会", 3), (world.Fair.Title, world.Fair.Budget));
    }

    [Fact]
    public async Task However_long_the_pages_take_and_however_often_their_process_dies_the_work_does_not_breed()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 400), settings: new() { AtOnce = 1, PutAgainAfter = TimeSpan.FromSeconds(40) });
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
        world.Before = call => world.Now += call == "messages.Add" ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
        var (rounds, most) = (0, 0);
        for (; world.Fair.Status == EventStatus.Announcing && rounds < 400; rounds++)
        {
            world.DieAt = world.Calls + 12 + rounds % 5;
            await world.Step(Queues.Work);
            world.Now += TimeSpan.FromSeconds(15);
            most = Math.Max(most, world.WaitingFor(WorkKind.Announce));
        }
        Assert.Equal(EventStatus.Announced, world.Fair.Status);
        // What is in hand, what died, what goes on with it, and the copy.
        Assert.InRange(most, 2, 6);
        (world.DieAt, world.Before) = (0, null);
        await world.Settle();
        Assert.Equal(400, world.Took.DistinctBy(text => text.Phone).Count());
        Assert.Equal(400, world.Took.Count);
    }

    [Fact]
    public async Task Without_a_budget_all_are_told_and_no_position_is_promised_to_more_than_it_can_see()
    {
        var world = Of(200);
        await world.AnnounceAndSettle();
        Assert.Equal(200, world.Took.Count);
        foreach (var position in (string[])["p1", "p2"])
        {
            var named = world.Messages.SelectMany(message => message.Named).Where(named => named.Position == position).ToList();
            Assert.InRange(named.Sum(x => Row.Chance(x.Verdict, x.Tenths)), Row.Talks(1) - 1, Row.Talks(1));
        }
        Assert.All(world.Took.Where(text => world.Messages.Single(message => message.Id.ToString() == text.OutId).Named.Count == 0), text => Assert.Contains("有适合您的岗位", text.Text, StringComparison.Ordinal));
        Assert.Contains(world.Messages, message => message.Named.Count == 0);
    }

    [Fact]
    public async Task What_one_event_promises_another_of_that_day_reckons_with_unless_it_is_stopped_or_moved()
    {
        var world = Of(200, fairs: 4);
        await Planned(world, "fair", null);
        for (var i = 200; i < 400; i++)
            world.Put(Town.Person(i));
        Assert.Equal(new AudienceCounts(400, 200, 0, 0, 0, 200, 0), await world.Preview.Run("fair2", null, default));
        await Planned(world, "fair2", null);
        Assert.DoesNotContain(Of(world, "fair2"), message => message.Named.Count > 0);
        Assert.Equal(Enumerable.Range(200, 200).Select(Town.Subject).Order(StringComparer.Ordinal), Of(world, "fair2").Select(message => message.Id.Subject).Order(StringComparer.Ordinal));
        // Nor does a later wave of the same event promise it again.
        world.Put(Town.Person(400));
        world.Put(world.Fair with { Status = EventStatus.Draft });
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
        await world.Plan.Run(new(WorkKind.Announce, "fair", 2), default);
        Assert.Empty(Assert.Single(Of(world, "fair"), message => message.Id.In.Wave == 2).Named);
        world.Put(world.Fair with { Status = EventStatus.Stopped });
        await Planned(world, "fair3", null);
        Assert.Contains(Of(world, "fair3"), message => message.Named.Count > 0);
        // On another day nobody reckons with it.
        world.Put(Town.Fair() with { Id = "fair4", StartsAt = World.FairStarts.AddDays(1), EndsAt = World.FairStarts.AddDays(1).AddHours(7) });
        await Planned(world, "fair4", null);
        Assert.Contains(Of(world, "fair4"), message => message.Named.Count > 0);
    }

    [Fact]
    public async Task Nobody_is_picked_for_three_events_of_a_day_whoever_plans_at_once()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var world = Of(9, fairs: 3, own: true);
            string[] fairs = ["fair", "fair2", "fair3"];
            foreach (var fair in fairs)
                Assert.IsType<Announced.Taken>(await world.Announce.Run(fair, 6, default));
            Assert.All(await world.Interleave(seed, [.. fairs.Select<string, Func<Task>>(fair => () => world.Plan.Run(new(WorkKind.Announce, fair, 1), default))]), Assert.True);
            await world.Settle();
            Assert.All(fairs, fair => Assert.Equal(6, Of(world, fair).Count()));
            Assert.All(world.Messages.CountBy(message => message.Id.Subject), x => Assert.Equal(Row.MostEvents, x.Value));
            Assert.Equal(fairs, (await ((IPlans)world).Day(new(2027, 3, 1), default))!.Value.Value.Plans.Select(plan => plan.Cause).Order());
        }
    }

    [Fact]
    public async Task Dying_before_or_after_any_call_makes_one_plan_within_its_budget()
    {
        var calls = 1;
        for (var at = 1; at <= calls; at++)
            foreach (var after in (bool[])[false, true])
            {
                var world = Of(5);
                (world.DieAt, world.DieAfter) = (at, after);
                while (world.Fair.Status == EventStatus.Draft)
                    await world.Survives(async () => Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", 2, default)));
                await world.Settle();
                calls = Math.Max(calls, world.Calls);
                Assert.Equal(2, world.Took.DistinctBy(text => text.Phone).Count());
                Assert.Equal(2, world.Took.Count);
                Assert.Single((await ((IPlans)world).Day(new(2027, 3, 1), default))!.Value.Value.Plans);
                Assert.Equal(EventStatus.Announced, world.Fair.Status);
            }
        Assert.InRange(calls, 40, 500);
    }

    [Fact]
    public async Task Each_group_is_reached_and_staff_see_how_far_without_small_groups()
    {
        var world = Of(47);
        // Thirty of one group suit at once; ten of another have to ask first; four of a third; three have no certificate.
        for (var i = 0; i < 47; i++)
        {
            var person = Town.Person(i);
            world.Put(person with
            {
                Facts = i is >= 30 and < 40 ? person.Facts with { Needs = new Dictionary<string, Mark> { ["STEP_FREE"] = Mark.Must } } : person.Facts,
                Certificate = i < 44 ? new(i < 30 ? 3 : i < 40 ? 5 : 6, 2) : null,
                Consent = person.Consent with { Statistics = i == 29 ? null : Town.Today },
            });
        }
        var before = (await world.ReadFairness.Run("fair", 24, default))!;
        Assert.Equal((0, true), (before.Wave, before.Reach.Obstacle is null));
        await Planned(world, "fair", 24);
        var fairness = (await world.ReadFairness.Run("fair", null, default))!;
        Assert.Equal((1, 24, before.Reach.Meetings), (fairness.Wave, fairness.Reach.Budget, fairness.Reach.Meetings));
        Assert.Equal(before.Reach.Groups, fairness.Reach.Groups);
        Assert.Equal([(IGroups.Unknown, 4), (3, 29), (5, 10), (6, 4)], fairness.Reach.Groups.Select(group => (group.Group, group.Considered)));
        Assert.Equal(24, fairness.Reach.Groups.Sum(group => group.Told));
        Assert.True(fairness.Reach.Groups.Min(group => group.Share) >= 0.8 * fairness.Reach.Groups.Max(group => group.Share));
        Assert.Equal([3, 5], fairness.Shown.Select(group => group.Group));
        Assert.Equal(2, fairness.Hidden);
        Assert.Null(await world.ReadFairness.Run("no-such", null, default));
    }

    [Fact]
    public void A_group_that_would_be_hidden_alone_takes_the_next_smallest_with_it()
    {
        Fairness With(params int[] sizes) => Fairness.Of(Town.Fair(), 1, new(null, 0, [.. sizes.Select((size, i) => new GroupShare(i, size, size))], null));
        Assert.Equal((2, 1), (With(4, 9, 30).Hidden, With(4, 9, 30).Shown.Count));
        Assert.Equal((2, 1), (With(4, 3, 30).Hidden, With(4, 3, 30).Shown.Count));
        Assert.Equal((0, 2), (With(5, 30).Hidden, With(5, 30).Shown.Count));
        Assert.Equal((1, 0), (With(4).Hidden, With(4).Shown.Count));
        // In statistics on pages it takes more, and again nobody is hidden alone.
        Assert.Equal((2, 1), (With(9, 30, 40).AtLeast(Fairness.FewestInStatistics).Hidden, With(9, 30, 40).AtLeast(Fairness.FewestInStatistics).Shown.Count));
        Assert.All(Enum.GetValues<FairObstacle>().Select(Fairness.Why), why => Assert.True(why.En.Length > 10 && why.Zh.Length > 10));
        Assert.Equal(3, Enum.GetValues<FairObstacle>().Select(Fairness.Why).Distinct().Count());
    }
}
