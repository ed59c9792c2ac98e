namespace JobMatch.Flows.Tests;

/// <summary>What has expired is closed once, whoever else does the same or changes it meanwhile.</summary>
public class CloseExpiredTests
{
    private readonly World world = new();

    private CloseExpired Flow => new(world, new(world, world, world, world, world), world, world);

    private async Task<PositionFile> Stored(string id) => (await ((IPositions)world).Find(id, default))!.Value.Value;

    private void Position(string id, int days, bool closed = false)
    {
        var position = Town.Position(id, "产品检验员", "PRODUCT_INSPECTOR");
        world.Put(position with { Facts = position.Facts with { ClosesOn = world.Today().AddDays(days), Closed = closed } });
    }

    [Theory]
    [InlineData(-1, true)] // its last day was yesterday
    [InlineData(0, false)] // its last day is today
    public async Task A_position_is_closed_after_its_last_day(int days, bool closed)
    {
        Position("p", days);
        await Flow.Run(default);
        await Flow.Run(default);
        Assert.Equal((closed, closed ? 2 : 1), ((await Stored("p")).Facts.Closed, (await Stored("p")).Version));
    }

    [Fact]
    public async Task A_position_without_openings_left_is_not_closed()
    {
        var position = Town.Position("p", "产品检验员", "PRODUCT_INSPECTOR");
        world.Put(position with { Facts = position.Facts with { Openings = 1, Signed = 1 } });
        await Flow.Run(default);
        Assert.False((await Stored("p")).Facts.Closed);
    }

    [Theory]
    [InlineData(EventStatus.Draft, true)]
    [InlineData(EventStatus.AwaitingApproval, true)]
    [InlineData(EventStatus.Announcing, true)]
    [InlineData(EventStatus.Announced, true)]
    [InlineData(EventStatus.Stopped, true)]
    [InlineData(EventStatus.Cancelled, false)]
    [InlineData(EventStatus.Closed, false)]
    public async Task An_event_is_closed_when_it_has_ended(EventStatus status, bool closes)
    {
        world.Put(Town.Fair() with { Status = status });
        world.Now = Town.Fair().EndsAt;
        await Flow.Run(default);
        Assert.Equal((status, 1), (world.Fair.Status, world.Fair.Version));
        world.Now += TimeSpan.FromSeconds(1);
        await Flow.Run(default);
        await Flow.Run(default);
        Assert.Equal((closes ? EventStatus.Closed : status, closes ? 2 : 1), (world.Fair.Status, world.Fair.Version));
    }

    [Fact]
    public async Task Two_that_run_at_once_close_once()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            Expired();
            Assert.All(await world.Interleave(seed, () => Flow.Run(default), () => Flow.Run(default)), Assert.True);
            Assert.Equal((true, 2), ((await Stored("p")).Facts.Closed, (await Stored("p")).Version));
            Assert.Equal((EventStatus.Closed, 2), (world.Fair.Status, world.Fair.Version));
        }
    }

    [Fact]
    public async Task What_is_given_another_day_meanwhile_stays_open()
    {
        var closed = 0;
        for (var (at, met) = (1, true); met; at++)
        {
            Expired();
            var calls = 0;
            met = false;
            world.Before = _ =>
            {
                if (++calls != at)
                    return;
                (world.Before, met) = (null, true);
                var stored = Stored("p").GetAwaiter().GetResult();
                if (stored.Facts.Closed)
                    closed++;
                else
                    world.Put(stored with { Version = stored.Version + 1, Facts = stored.Facts with { ClosesOn = world.Today().AddDays(9) } });
            };
            Assert.True(await world.Survives(() => Flow.Run(default)));
            world.Before = null;
            Assert.Equal((await Stored("p")).Facts.ClosesOn < world.Today(), (await Stored("p")).Facts.Closed);
        }
        Assert.InRange(closed, 1, 10); // It came before the closing too, and after.
    }

    // A position whose last day was yesterday, and an event that ended an hour ago.
    private void Expired()
    {
        world.Now = Town.Fair().EndsAt.AddHours(1);
        Position("p", -1);
        world.Put(Town.Fair() with { Status = EventStatus.Announced });
    }
}
