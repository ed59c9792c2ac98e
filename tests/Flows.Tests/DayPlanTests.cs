using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>A day's events planned together: one budget, counts that add up, and exactly those texted who were shown.</summary>
public class DayPlanTests
{
    private static readonly DateOnly Day = new(2027, 3, 1);

    /// <summary>Two fairs that share p1; the second has p3 besides, which pays what the last two ask for and takes nobody else.</summary>
    private static World TwoFairs(int people, int approveAbove = 2_000)
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, people), settings: new() { AtOnce = 1, ApproveAbove = approveAbove });
        world.Put(Town.Fair() with { Id = "other", Title = "专场对接会", Kind = EventKind.ResourceMeeting });
        var rich = Town.Position("p3", "会计", "PRODUCT_INSPECTOR");
        world.Put(rich with { Facts = rich.Facts with { Pay = new(9_000, null, PayPeriod.Month, true), EducationMin = Education.Master } });
        foreach (var position in (string[])["p1", "p3"])
            ((IEvents)world).Tie("other", position, default);
        for (var i = 0; i < people; i++)
            world.Put(Town.Person(i) with { Facts = i < people - 2 ? Town.Person(i).Facts with { Education = Education.Junior } : Town.Person(i).Facts with { Education = Education.Master, MinPayMonthly = 8_000 } });
        return world;
    }

    private static IEnumerable<string> Phones(World world) => world.Took.Select(text => text.Phone).Distinct().Order();

    private static Task<PlanAnnounced> Announce(World world, KeptPlan plan) => world.AnnouncePlan.Run(plan.Id, Day, null, "anna", default);

    [Fact]
    public async Task Those_shown_are_those_texted_with_the_parts_that_were_reckoned_whatever_changed_meanwhile()
    {
        var world = TwoFairs(9);
        world.Put(Town.Person(0) with { Language = "en" });
        var preview = (await world.Preview.Keep(Day, 7, default))!;
        var shown = new List<string>();
        foreach (var head in preview.Plan!.Heads)
            for (var page = 0; page < head.Pages; page++)
                shown.AddRange((await ((IPlans)world).Page(head, page, default)).Select(person => person.Subject));
        Assert.Equal(preview.Counts.Reached, shown.Distinct().Count());
        Assert.Equal(preview.Messages.Values.Sum(), shown.Count);
        Assert.InRange(shown.Count, 5, 7);
        Assert.Empty(world.Messages);
        // Somebody more who would have been picked.
        world.Put(Town.Person(9));
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(["fair", "other"], Assert.IsType<PlanAnnounced.Taken>(await Announce(world, preview.Plan)).Now.Select(fair => fair.Id).Order());
            await world.Settle();
        }
        Assert.Equal(shown.Distinct().Select(subject => Town.Phone(Enumerable.Range(0, 9).Single(i => Town.Subject(i) == subject))).Order(), Phones(world));
        Assert.Equal(shown.Count, world.Took.Count);
        Assert.Equal(preview.Parts, world.Took.Sum(text => TextTemplates.Parts(text.Text.Length + world.Settings.SignatureLength)));
        Assert.Equal(preview.Parts * world.Settings.PricePerPart, preview.Cost);
        Assert.All(await ((IEvents)world).All(default), fair => Assert.Equal((EventStatus.Announced, preview.Plan.Id, "anna"), (fair.Status, fair.Announcements[^1].Plan, fair.Announcements[^1].AskedBy)));
    }

    [Fact]
    public async Task A_position_at_both_fairs_is_one_text_in_a_plan_of_the_day_and_one_after_the_other()
    {
        var together = TwoFairs(6);
        Assert.IsType<PlanAnnounced.Taken>(await Announce(together, (await together.Preview.Keep(Day, null, default))!.Plan!));
        await together.Settle();
        var apart = TwoFairs(6);
        await apart.AnnounceAndSettle();
        Assert.Equal(new AudienceCounts(6, 2, 0, 0, 0, 4, 0), await apart.Preview.Run("other", null, default));
        await apart.Announce.Run("other", null, default);
        await apart.Settle();
        foreach (var world in (World[])[together, apart])
        {
            Assert.Equal(Enumerable.Range(0, 6).Select(Town.Phone), Phones(world));
            Assert.Equal(6, world.Took.Count);
        }
    }

    [Fact]
    public async Task The_counts_add_up_by_district_and_reason()
    {
        var world = TwoFairs(12);
        world.Put(Town.Person(0) with { Consent = new(Town.Today, null, null, null) });
        world.Put(Town.Person(1) with { OptedOutAt = World.Start });
        world.Put(Town.Person(2) with { Facts = Town.Person(2).Facts with { District = "500237" } });
        world.Put(Town.Person(3) with { Facts = Town.Person(3).Facts with { District = "500107", MinPayMonthly = 90_000 } });
        world.Put(Town.Person(4) with { Facts = Town.Person(4).Facts with { District = "500112" } });
        foreach (var id in (string[])["fair", "other"])
            world.Put((await ((IEvents)world).Find(id, default))!.Value.Value with { Districts = ["500103", "500107", "500237"] });
        var preview = (await world.Preview.Keep(Day, 3, default))!;
        Assert.Equal(new AudienceCounts(12, 3, 1, 1, 0, 0, 1, OverBudget: 4, OtherDistrict: 1, TooFar: 1), preview.Counts);
        Assert.Equal(["500103", "500107", "500112", "500237"], preview.Districts.Select(x => x.District));
        Assert.Equal(12, preview.Districts.Sum(x => x.Counts.Seekers));
        Assert.Equal((1, 1), (preview.Districts.Single(x => x.District == "500237").Counts.TooFar, preview.Districts.Single(x => x.District == "500112").Counts.OtherDistrict));
        Assert.All(preview.Districts.Append(new(null, preview.Counts)), x => Assert.Equal(
            x.Counts.Seekers, x.Counts.Reached + x.Counts.NoConsent + x.Counts.OptedOut + x.Counts.Capped + x.Counts.ToldLately + x.Counts.NoPosition + x.Counts.OverBudget + x.Counts.OtherDistrict + x.Counts.TooFar));
    }

    [Theory]
    [InlineData(EventKind.OnlineFair)]
    [InlineData(EventKind.LivestreamFair)]
    public async Task Nobody_lives_too_far_from_an_event_that_is_joined_online(EventKind kind)
    {
        var world = Town.New([World.Fate.Delivered]);
        world.Put(Town.Person(0) with { Facts = Town.Person(0).Facts with { District = "500237", Lodging = LodgingWish.Accepted } });
        // A bed at work brings the position into reach; the fair itself stays too far.
        foreach (var id in (string[])["p1", "p2"])
            world.Put(Town.Position(id, "包装工", "PACKER") with { Facts = Town.Position(id, "包装工", "PACKER").Facts with { Lodging = Lodging.Free } });
        Assert.Equal(1, (await world.Preview.Run("fair", null, default))!.TooFar);
        world.Put(Town.Fair() with { Kind = kind, Online = "https://example.org/fair" });
        Assert.Equal(1, (await world.Preview.Run("fair", null, default))!.Reached);
    }

    [Fact]
    public async Task What_people_need_at_the_venue_is_counted_before_they_are_invited_and_names_nobody()
    {
        var world = TwoFairs(6);
        Dictionary<string, Mark> needs = new() { ["STEP_FREE"] = Mark.Must, ["SIGN_INTERPRETER"] = Mark.Helps, ["FLEX_HOURS"] = Mark.Must };
        var step = (Town.Position("p1", "包装工", "PACKER").Facts with { Accommodations = needs.Keys.ToDictionary(code => code, _ => new StatedAnswer(Answer.Offered, Town.Today)) });
        world.Put(Town.Position("p1", "包装工", "PACKER") with { Facts = step });
        foreach (var i in (int[])[0, 1])
            world.Put(Town.Person(i) with { Facts = Town.Person(i).Facts with { Needs = needs } });
        world.Put(Town.Fair() with { Accommodations = new Dictionary<string, StatedAnswer> { ["SIGN_INTERPRETER"] = new(Answer.OnRequest, Town.Today) } });
        Assert.Equal(
            [new("fair", "SIGN_INTERPRETER", 0, 2, Answer.OnRequest), new VenueGap("fair", "STEP_FREE", 2, 0, null)],
            (await world.Preview.Keep("fair", null, default))!.Gaps);
        world.Put(world.Fair with { Kind = EventKind.OnlineFair, Accommodations = new Dictionary<string, StatedAnswer> { ["SIGN_INTERPRETER"] = new(Answer.Offered, Town.Today) } });
        Assert.Empty((await world.Preview.Keep("fair", null, default))!.Gaps);
    }

    [Fact]
    public async Task A_plan_that_is_old_or_overtaken_or_of_another_day_or_event_is_not_announced()
    {
        var world = TwoFairs(6);
        var plan = (await world.Preview.Keep(Day, null, default))!.Plan!;
        Assert.IsType<PlanAnnounced.NotFound>(await world.AnnouncePlan.Run("no-such", null, null, "anna", default));
        Assert.IsType<PlanAnnounced.NotFound>(await world.AnnouncePlan.Run(plan.Id, Day.AddDays(1), null, "anna", default));
        Assert.IsType<PlanAnnounced.NotFound>(await world.AnnouncePlan.Run(plan.Id, null, "fair", "anna", default));
        world.Now += KeptPlan.Counts + TimeSpan.FromSeconds(1);
        Assert.IsType<PlanAnnounced.Stale>(await Announce(world, plan));
        plan = (await world.Preview.Keep(Day, null, default))!.Plan!;
        await world.Announce.Run("other", null, default);
        await world.Settle();
        Assert.IsType<PlanAnnounced.Stale>(await Announce(world, plan));
        Assert.Equal(EventStatus.Draft, world.Fair.Status);
        var one = (await world.Preview.Keep("fair", null, default))!.Plan!;
        Assert.IsType<PlanAnnounced.Taken>(await world.AnnouncePlan.Run(one.Id, null, "fair", "anna", default));
        await world.Settle();
        Assert.Equal(EventStatus.Announced, world.Fair.Status);
        Assert.Null(await world.Preview.Keep(Day, null, default));
        Assert.Null((await world.Preview.Keep("fair", null, default))!.Plan);
    }

    [Fact]
    public async Task A_day_for_many_people_waits_for_a_colleague_and_goes_to_those_who_were_shown()
    {
        var world = TwoFairs(6, approveAbove: 5);
        var preview = (await world.Preview.Keep(Day, null, default))!;
        Assert.All(Assert.IsType<PlanAnnounced.Taken>(await Announce(world, preview.Plan!)).Now, fair => Assert.Equal(EventStatus.AwaitingApproval, fair.Status));
        await world.Settle();
        Assert.Empty(world.Took);
        world.Put(Town.Person(6));
        foreach (var fair in (string[])["fair", "other"])
        {
            Assert.IsType<Announced.OwnAsking>(await world.Approve.Run(fair, "anna", default));
            Assert.IsType<Announced.Taken>(await world.Approve.Run(fair, "bo", default));
        }
        await world.Settle();
        Assert.Equal(Enumerable.Range(0, 6).Select(Town.Phone), Phones(world));
    }

    [Fact]
    public async Task Dying_before_or_after_any_call_announces_the_day_once_as_it_was_shown()
    {
        var calls = 1;
        for (var at = 1; at <= calls; at++)
            foreach (var after in (bool[])[false, true])
            {
                var world = TwoFairs(5);
                var preview = (await world.Preview.Keep(Day, 4, default))!;
                (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                var begun = world.Calls;
                while (!await world.Survives(async () => Assert.IsType<PlanAnnounced.Taken>(await Announce(world, preview.Plan!))))
                {
                }
                await world.Settle();
                calls = Math.Max(calls, world.Calls - begun);
                Assert.Equal(preview.Messages.Values.Sum(), world.Took.Count);
                Assert.Equal(preview.Counts.Reached, Phones(world).Count());
                Assert.Equal(2, (await ((IPlans)world).Day(Day, default))!.Value.Value.Plans.Count);
                Assert.All(await ((IEvents)world).All(default), fair => Assert.Equal((EventStatus.Announced, 1), (fair.Status, fair.Wave)));
            }
        Assert.InRange(calls, 40, 500);
    }

    [Fact]
    public async Task Fifty_who_ask_at_once_for_four_interpreter_slots_get_four()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var world = Town.New([]);
            var fair = Town.Fair() with { InterpreterSlots = 4 };
            var got = 0;
            Assert.All(await world.Interleave(seed, [.. Enumerable.Range(0, 50).Select<int, Func<Task>>(i => async () =>
            {
                if (await world.Hold.Take(fair, PlaceKind.Interpreter, Town.Subject(i), default))
                    got++;
            })]), Assert.True);
            Assert.Equal(4, got);
            var holders = (await ((IPlaces)world).Find("fair", PlaceKind.Interpreter, default))!.Value.Value.Holders;
            Assert.Equal(4, holders.Distinct().Count());
            Assert.True(await world.Hold.Take(fair, PlaceKind.Interpreter, holders[0], default));
            var without = Enumerable.Range(0, 50).Select(Town.Subject).First(subject => !holders.Contains(subject));
            Assert.False(await world.Hold.Take(fair, PlaceKind.Interpreter, without, default));
            await world.Hold.GiveBack("fair", PlaceKind.Interpreter, holders[0], default);
            Assert.True(await world.Hold.Take(fair, PlaceKind.Interpreter, without, default));
            Assert.False(await world.Hold.Take(fair with { InterpreterSlots = null }, PlaceKind.Interpreter, holders[0], default));
        }
    }
}
