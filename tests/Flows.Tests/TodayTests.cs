using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

public class TodayTests
{
    [Fact]
    public async Task Staff_see_the_days_events_what_came_of_them_and_what_waits()
    {
        var world = Town.New([World.Fate.Delivered, World.Fate.Delivered]);
        await world.Announce.Run("fair", null, default);
        await world.Settle();
        var ahead = await Read(world);
        Assert.Equal((People.DayOf(world.Now), People.DayOf(World.FairStarts)), (ahead.Today, ahead.Day));
        var one = Assert.Single(ahead.Events);
        Assert.Equal(("fair", one.Funnel!.Invited), (one.Fair.Id, one.Funnel.Delivered + one.Funnel.Failed));
        Assert.NotEqual(0, one.Positions);
        Assert.Empty(ahead.Others);
        Assert.Equal((0, 0, null), (ahead.Replies, ahead.ToApprove, ahead.OldestReply));

        // On another day what waits for approval stands beside the day's own; what was cancelled does not.
        world.Put(world.Fair with { Id = "later", StartsAt = World.FairStarts.AddDays(9), EndsAt = World.FairStarts.AddDays(9).AddHours(6), Status = EventStatus.AwaitingApproval, Wave = 0 });
        world.Put(world.Fair with { Id = "off", Status = EventStatus.Cancelled });
        world.Now = World.FairStarts.AddHours(1);
        var today = await Read(world);
        Assert.Equal(today.Today, today.Day);
        Assert.Equal(["fair"], today.Events.Select(x => x.Fair.Id));
        Assert.Equal(["later"], today.Others.Select(x => x.Fair.Id));
        Assert.Equal(1, today.ToApprove);
    }

    [Theory]
    [InlineData(79, 0)]
    [InlineData(80, 1)]
    [InlineData(101, 1)]
    public async Task Staff_see_how_many_village_rooms_run_out_of_goods_before_orders_must_be_cancelled(int ordered, int rooms)
    {
        var world = Town.New([]);
        var day = People.DayOf(world.Now);
        await ((IProgrammes)world).Save(new(new()
        {
            Kind = ProgrammeKind.VillageRoom,
            Id = "village",
            Steps = [new("GOODS", day, Amounts: new Dictionary<string, int> { ["units"] = 100 }), new("ORDERS", day, Amounts: new Dictionary<string, int> { ["units"] = ordered })],
        }, 1, world.Now), null, default);
        Assert.Equal(rooms, (await Read(world)).ShortOfGoods);
    }

    private static Task<WorkToday> Read(World world) =>
        new ReadToday(world, new(world, world, world, world), new(world, world, world, world.Shares, new NoQueues()), world, new(world, new NoVisits(), world, world), world.ListFollowUps, world, world).Run(default);

    private sealed class NoQueues : IQueueLines
    {
        public Task<IReadOnlyList<QueueLine>> All(CancellationToken cancel) => Task.FromResult<IReadOnlyList<QueueLine>>([]);

        public Task<int?> Redrive(string queue, int most, CancellationToken cancel) => Task.FromResult<int?>(null);
    }

    private sealed class NoVisits : ISiteVisits
    {
        public Task Add(SiteVisit visit, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyList<SiteVisit>> Of(string employer, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SiteVisit>>([]);

        public Task<IReadOnlyList<string>> Visited(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);
    }
}
