using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>A person says that a position is not for them: nothing shows or tells of it until that is undone or six months old.</summary>
public class DeclineTests
{
    private static World One(int people = 1) => Town.New(Enumerable.Repeat(World.Fate.Delivered, people));

    private static Position Job(string id) => Town.Position(id, id == "p1" ? "产品检验员" : "网络主播", id == "p1" ? "PRODUCT_INSPECTOR" : "LIVE_HOST_SALES").Facts;

    private static async Task Declined(World world, string position, ClosingReason reason = ClosingReason.NotInterested) =>
        Assert.Null(await world.Decline.Run("person-0", Job(position), reason, default));

    private static async Task<IEnumerable<string>> Shown(World world)
    {
        var found = (await new FindMatches(world, world, world).Run("person-0", 10, default))!;
        Assert.Equal(found.Items.Count, found.Total);
        return found.Items.Select(match => match.Position.Id).Order();
    }

    [Fact]
    public async Task It_leaves_the_matches_and_comes_back_when_undone()
    {
        var world = One();
        var version = world.Person("person-0").Version;
        for (var time = 0; time < 2; time++)
            await Declined(world, "p1", ClosingReason.PayTooLow);
        Assert.Equal(["p2"], await Shown(world));
        Assert.Equal([new("p1", "产品检验员", ClosingReason.PayTooLow, new(2027, 8, 20))], await world.Decline.Read("person-0", default));
        Assert.Equal(version + 1, world.Person("person-0").Version);
        for (var time = 0; time < 2; time++)
            await world.Decline.Undo("person-0", "p1", default);
        Assert.Equal(["p1", "p2"], await Shown(world));
        Assert.Empty(await world.Decline.Read("person-0", default));
        Assert.Empty(world.Person("person-0").WhyDeclined);
        Assert.Equal(version + 2, world.Person("person-0").Version);
    }

    [Theory]
    [InlineData("2027-08-19", false)]
    [InlineData("2027-08-20", true)]
    public async Task It_comes_back_by_itself_after_six_months(string day, bool back)
    {
        var world = One();
        foreach (var id in new[] { "p1", "p2" })
            world.Put(Town.Position(id, "产品检验员", "PRODUCT_INSPECTOR") with { Facts = Job(id) with { ClosesOn = new(2028, 1, 1) } });
        await Declined(world, "p1");
        world.Now = new(DateOnly.Parse(day, CultureInfo.InvariantCulture).ToDateTime(new(9, 0)), People.Offset);
        Assert.Equal(back ? ["p1", "p2"] : ["p2"], await Shown(world));
        Assert.Equal(back ? 0 : 1, (await world.Decline.Read("person-0", default)).Count);
        await Declined(world, "p2");
        Assert.Equal(back ? ["p2"] : ["p1", "p2"], world.Person("person-0").Facts.Declines.Keys.Order());
    }

    [Fact]
    public async Task Too_far_does_not_hide_what_is_done_from_home()
    {
        var world = One();
        await Declined(world, "p1", ClosingReason.TooFar);
        Assert.Equal(["p2"], await Shown(world));
        var remote = Job("p1") with { Place = Place.Remote };
        world.Put(Town.Position("p1", "产品检验员", "PRODUCT_INSPECTOR") with { Facts = remote });
        Assert.Equal(["p1", "p2"], await Shown(world));
        Assert.Empty(await world.Decline.Read("person-0", default));
        Assert.DoesNotContain(ClosingReason.TooFar, DeclinePosition.ReasonsFor(remote));
        Assert.Equal(("reason", "required"), (await world.Decline.Run("person-0", remote, ClosingReason.TooFar, default)) is { } fault ? (fault.Field, fault.Code) : default);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ClosingReason.Health)]
    [InlineData(ClosingReason.PositionFilled)]
    public async Task Without_a_reason_of_the_list_nothing_is_declined(ClosingReason? reason)
    {
        var world = One();
        Assert.Equal("required", (await world.Decline.Run("person-0", Job("p1"), reason, default))?.Code);
        Assert.Equal(["p1", "p2"], await Shown(world));
    }

    [Fact]
    public async Task A_hundred_can_be_hidden_and_those_that_expired_make_room()
    {
        var world = One();
        for (var i = 0; i < DeclinePosition.Most; i++)
            Assert.Null(await world.Decline.Run("person-0", Job("p1") with { Id = $"other-{i}" }, ClosingReason.NotInterested, default));
        Assert.Equal("outOfRange", (await world.Decline.Run("person-0", Job("p1"), ClosingReason.NotInterested, default))?.Code);
        await world.Decline.Undo("person-0", "other-7", default);
        await Declined(world, "p1");
        world.Now = World.Start.AddMonths(6);
        await Declined(world, "p2");
        Assert.Equal(["p2"], world.Person("person-0").Facts.Declines.Keys);
    }

    [Fact]
    public async Task Who_writes_the_person_without_naming_declines_leaves_them_be()
    {
        var world = One();
        await Declined(world, "p1", ClosingReason.HoursDoNotFit);
        Assert.IsType<Put<SeekerFile>.Updated>(await world.PutSeeker.Run(Town.Person(0) with { Name = "周小雨" }, null, imported: true, default));
        Assert.Equal(["p2"], await Shown(world));
        Assert.Equal(ClosingReason.HoursDoNotFit, world.Person("person-0").WhyDeclined["p1"]);
    }

    [Fact]
    public async Task Two_declined_at_the_same_time_are_both_declined()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var world = One();
            await world.Interleave(seed, () => Declined(world, "p1"), () => Declined(world, "p2"));
            Assert.Empty(await Shown(world));
        }
    }

    [Fact]
    public async Task An_invitation_does_not_name_it_and_does_not_go_out_for_nothing_else()
    {
        var world = One(people: 2);
        await Declined(world, "p1");
        await world.AnnounceAndSettle();
        Assert.DoesNotContain("检验", world.Took.Single(text => text.Phone == Town.Phone(0)).Text, StringComparison.Ordinal);
        Assert.Contains("检验", world.Took.Single(text => text.Phone == Town.Phone(1)).Text, StringComparison.Ordinal);

        world = One(people: 2);
        await Declined(world, "p1");
        await Declined(world, "p2");
        Assert.Equal((1, 1), (await world.Preview.Run("fair", null, default)) is { } counts ? (counts.Reached, counts.NoPosition) : default);
    }

    [Fact]
    public async Task What_is_declined_after_the_plan_is_not_named_either()
    {
        var world = await Planned();
        await Declined(world, "p1");
        await world.Step(Queues.SendMessage);
        Assert.DoesNotContain("检验", Assert.Single(world.Took).Text, StringComparison.Ordinal);

        world = await Planned();
        await Declined(world, "p1");
        await Declined(world, "p2");
        await world.Settle();
        Assert.Empty(world.Took);
        Assert.Equal((MessageState.Expired, Reasons.PositionsDeclined), (world.Messages[0].State, world.Messages[0].Reason));

        static async Task<World> Planned()
        {
            var world = One();
            Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
            await world.Plan.Run(new(WorkKind.Announce, "fair", 1), default);
            return world;
        }
    }

    [Fact]
    public async Task A_digest_and_what_more_there_is_leave_it_out()
    {
        var world = One(people: 2);
        await Declined(world, "p1");
        world.Now = new(2027, 2, 22, 10, 5, 0, People.Offset);
        await world.DueDigests.Run(default);
        await world.Settle();
        Assert.DoesNotContain("检验", world.Took.Single(text => text.Phone == Town.Phone(0)).Text, StringComparison.Ordinal);
        Assert.Contains("检验", world.Took.Single(text => text.Phone == Town.Phone(1)).Text, StringComparison.Ordinal);

        await world.TellMore.Run(world.Person("person-0"), world.Fair, "r1", default);
        Assert.Equal(["p2"], world.Messages.Single(message => message.Kind == TextKind.More).Named.Select(named => named.Position));
    }
}
