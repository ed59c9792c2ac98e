using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What holds texts back, what ends them, and through which gateway they go.</summary>
public class SendingTests
{
    private static readonly ChannelPause Everything = new(ChannelStates.All, ChannelPause.ByStaff, World.Start);

    private static async Task<World> Planned(int people = 1, SendSettings? settings = null, params ISmsGateway[] others)
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, people), settings: settings);
        world.Others.AddRange(others);
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
        await world.Plan.Run(new(WorkKind.Announce, "fair", 1), default);
        return world;
    }

    [Fact]
    public async Task A_stop_ends_what_has_not_left_says_why_and_may_be_said_again()
    {
        var world = await Planned(30);
        await world.Send.Run(new(world.Messages[0].Id.In.ToString()), default);
        var sent = world.Took.Count;
        Assert.InRange(sent, 1, 29);
        for (var time = 0; time < 2; time++)
            Assert.Equal(EventStatus.Stopped, Assert.IsType<Stopped.Taken>(await world.Stop.Run("fair", default)).Now.Status);
        await world.Settle();
        Assert.Equal(sent, world.Took.Count);
        Assert.Equal(30 - sent, world.Messages.Count(message => message is { State: MessageState.Expired, Reason: Reasons.EventStopped }));
        Assert.True(world.Now < World.FairStarts, "It waited for the deadline.");
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_page_is_obeyed_within_two_seconds()
    {
        var world = await Planned(60, new() { AtOnce = 1 });
        DateTimeOffset? stopped = null;
        world.Before = call =>
        {
            world.Now += TimeSpan.FromMilliseconds(20);
            if (stopped is null && world.Took.Count == 5)
            {
                stopped = world.Now;
                world.Stop.Run("fair", default).GetAwaiter().GetResult();
            }
            if (stopped is { } at && call == "gateway.Send")
                Assert.True(world.Now - at < TimeSpan.FromSeconds(1), $"A text left {world.Now - at} after the stop.");
        };
        await world.Settle();
        Assert.NotNull(stopped);
        Assert.InRange(world.Took.Count, 5, 12);
    }

    [Fact]
    public async Task A_stop_between_the_claim_and_the_call_gives_the_claim_back_unused()
    {
        var world = await Planned();
        world.Before = call =>
        {
            if (!call.StartsWith("messages.Save Sending", StringComparison.Ordinal) || world.Fair.Status == EventStatus.Stopped)
                return;
            world.Now += TimeSpan.FromSeconds(1);
            world.Put(world.Fair with { Status = EventStatus.Stopped });
        };
        await world.Settle();
        Assert.Empty(world.Took);
        Assert.Equal((MessageState.Expired, Reasons.EventStopped), (world.Messages[0].State, world.Messages[0].Reason));
    }

    [Theory]
    [InlineData(EventStatus.Draft)]
    [InlineData(EventStatus.Cancelled)]
    [InlineData(EventStatus.Closed)]
    public async Task There_is_nothing_to_stop_where_nothing_goes_out(EventStatus status)
    {
        var world = Town.New([World.Fate.Delivered]);
        world.Put(Town.Fair() with { Status = status });
        Assert.IsType<Stopped.Nothing>(await world.Stop.Run("fair", default));
        Assert.IsType<Stopped.NotFound>(await world.Stop.Run("no-such", default));
        Assert.Equal(status, world.Fair.Status);
    }

    [Fact]
    public async Task A_pause_of_everything_holds_texts_and_loses_none()
    {
        var world = await Planned(3);
        await ((IChannels)world).Pause(Everything, default);
        for (var round = 0; round < 4; round++, world.Now += world.Settings.PausedFor)
            await world.Step(Queues.SendMessage);
        Assert.Empty(world.Took);
        Assert.All(world.Messages, message => Assert.Equal((MessageState.Created, 0), (message.State, message.Attempt)));
        await ((IChannels)world).Resume(ChannelStates.All, default);
        await world.Settle();
        Assert.Equal(3, world.Took.Count);
    }

    [Fact]
    public async Task A_text_held_past_the_fairs_start_is_never_sent()
    {
        var world = await Planned(2);
        await ((IChannels)world).Pause(Everything, default);
        await world.Step(Queues.SendMessage);
        world.Now = World.FairStarts;
        await ((IChannels)world).Resume(ChannelStates.All, default);
        await world.Settle();
        Assert.Empty(world.Took);
        Assert.All(world.Messages, message => Assert.Equal(Reasons.DeadlinePassed, message.Reason));
    }

    [Fact]
    public async Task Nobody_is_invited_to_what_is_full()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 2));
        world.Put(Town.Fair() with { Capacity = 1 });
        await ((IGuests)world).Save(new() { Event = "fair", Subject = "somebody", Answer = GuestAnswer.Coming }, null, default);
        await world.AnnounceAndSettle();
        Assert.Empty(world.Took);
        Assert.All(world.Messages, message => Assert.Equal((MessageState.Expired, Reasons.EventFull), (message.State, message.Reason)));
    }

    [Fact]
    public async Task A_position_that_closed_is_not_named_and_a_text_that_named_nothing_else_is_not_sent()
    {
        var world = await Planned();
        Assert.Equal(2, world.Messages[0].Named.Count);
        Close(world, "p1", "产品检验员", "PRODUCT_INSPECTOR");
        await world.Step(Queues.SendMessage);
        Assert.DoesNotContain("检验", Assert.Single(world.Took).Text, StringComparison.Ordinal);

        var later = await Planned();
        Close(later, "p1", "产品检验员", "PRODUCT_INSPECTOR");
        Close(later, "p2", "网络主播", "LIVE_HOST_SALES");
        await later.Settle();
        Assert.Empty(later.Took);
        Assert.Equal((MessageState.Expired, Reasons.PositionsClosed), (later.Messages[0].State, later.Messages[0].Reason));

        static void Close(World world, string id, string title, string occupation)
        {
            var open = Town.Position(id, title, occupation);
            world.Put(open with { Facts = open.Facts with { Closed = true } });
        }
    }

    [Fact]
    public async Task In_quiet_hours_a_text_waits_till_they_end_or_lapses_where_that_is_too_late()
    {
        var settings = new SendSettings { AtOnce = 1, Quiet = new(new(22, 0), new(8, 0)) };
        var world = await Planned(1, settings);
        world.Now = new(2027, 2, 20, 23, 0, 0, People.Offset);
        await world.Settle();
        Assert.Single(world.Took);
        Assert.Equal(new DateTimeOffset(2027, 2, 21, 8, 0, 0, People.Offset), world.Messages[0].SendingAt!.Value.ToOffset(People.Offset));

        var late = Town.New([World.Fate.Delivered], settings: settings);
        late.Put(Town.Fair() with { StartsAt = new(2027, 2, 21, 7, 0, 0, People.Offset) });
        late.Now = new(2027, 2, 20, 22, 0, 0, People.Offset);
        await late.AnnounceAndSettle();
        Assert.Empty(late.Took);
        Assert.Equal((MessageState.Expired, Reasons.QuietHours), (late.Messages[0].State, late.Messages[0].Reason));
    }

    [Fact]
    public async Task Texts_are_shared_between_gateways_and_a_claim_names_its_own()
    {
        var other = new Other();
        var world = await Planned(80, null, other);
        await world.Settle();
        Assert.InRange(other.Took.Count, 38, 42);
        Assert.Equal(80, world.Took.Count + other.Took.Count);
        foreach (var message in world.Messages)
        {
            var person = Enumerable.Range(0, 80).Single(i => Town.Subject(i) == message.Id.Subject);
            Assert.Equal(message.Gateway, Assert.Single(await ((IClaims)world).Of($"person-{person}", default)).Gateway);
        }
    }

    [Fact]
    public async Task An_account_that_is_refused_leaves_the_texts_to_the_other_gateway()
    {
        var other = new Other { Says = _ => new Sent.AccountRefused("NO_BALANCE") };
        var world = await Planned(20, null, other);
        await world.Settle();
        Assert.Empty(other.Took);
        Assert.Equal(20, world.Took.Select(text => text.Phone).Distinct().Count());
        Assert.All(world.Messages, message => Assert.Equal(MessageState.Delivered, message.State));
        Assert.Equal("NO_BALANCE", (await ((IChannels)world).Read(default)).Paused("other")?.Why);
    }

    [Fact]
    public async Task A_text_of_unknown_fate_goes_through_no_other_gateway_even_if_the_vendor_has_never_seen_it()
    {
        // It answers nothing, and then says that it never saw the text.
        var tries = new Dictionary<string, int>();
        var other = new Other { Says = text => (tries[text.Phone] = tries.GetValueOrDefault(text.Phone) + 1) == 1 ? new Sent.Unknown("time-out") : new Sent.Accepted($"o-{text.OutId}") };
        var world = await Planned(12, null, other);
        await world.Settle();
        Assert.NotEmpty(tries);
        Assert.All(tries, tried => Assert.Equal(2, tried.Value));
        Assert.Empty(world.Took.Select(text => text.Phone).Intersect(tries.Keys));
        Assert.Equal(12, world.Took.Count + other.Took.Count);
    }

    [Fact]
    public void A_gateway_that_drops_falls_below_a_tenth_and_wins_its_share_back()
    {
        var world = new World { Now = World.Start };
        world.Others.Add(new Other());
        var shares = world.Shares;
        var none = new ChannelStates([], []);
        var heals = World.Start.AddSeconds(60);
        double Share() => shares.Shares(none).Single(line => line.Gateway == "other").Share;
        Assert.Equal(0.5, Share());
        void Send(int seconds)
        {
            for (var text = 0; text < seconds * 20; text++, world.Now += TimeSpan.FromMilliseconds(50))
            {
                var name = shares.Next(none)!.Name;
                shares.Count(name, name == "other" && world.Now < heals ? Handover.Lost : Handover.Quick);
            }
        }
        Send(60);
        Assert.InRange(Share(), 0.0001, 0.1);
        Send(180);
        Assert.InRange(Share(), 0.4, 0.6);
    }

    [Fact]
    public void What_other_processes_have_found_counts_too()
    {
        var world = new World();
        world.Others.Add(new Other());
        Assert.Equal(0.5, world.Shares.Shares(new([], [])).Single(line => line.Gateway == "other").Share);
        // Of two slots one at most is the new process's own.
        var told = new ChannelStates([], [new("other", 0, new(0, 10), world.Now), new("other", 1, new(0, 10), world.Now)]);
        Assert.InRange(world.Shares.Shares(told).Single(line => line.Gateway == "other").Share, 0, 0.05);
        world.Now += TimeSpan.FromMinutes(10);
        Assert.InRange(world.Shares.Shares(told).Single(line => line.Gateway == "other").Share, 0.49, 0.5);
    }

    [Fact]
    public void Weights_decide_while_all_fare_alike_and_a_paused_gateway_gets_nothing()
    {
        var world = new World();
        var gateways = new SmsGateways([world, new Other()], name => name == "other" ? 3 : 1);
        var shares = new GatewayShares(gateways, world, new(), world);
        var free = new ChannelStates([], []);
        Assert.Equal(75, Enumerable.Range(0, 100).Count(_ => shares.Next(free)!.Name == "other"));
        var paused = new ChannelStates([new("other", "NO_BALANCE", world.Now)], []);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal("world", shares.Next(paused)!.Name));
        Assert.Null(shares.Next(paused, only: "other"));
        Assert.Null(shares.Next(new([.. paused.Pauses, new("world", "staff", world.Now)], [])));
    }

    /// <summary>A second gateway: takes texts, and knows of none when asked but those it took.</summary>
    private sealed class Other : ISmsGateway
    {
        public List<OutgoingText> Took { get; } = [];

        public Func<OutgoingText, Sent> Says { get; init; } = text => new Sent.Accepted($"o-{text.OutId}");

        public string Name => "other";

        public TimeSpan SendTimeout => TimeSpan.FromSeconds(2);

        public CallbackAnswer CallbackAnswer => new("ok"u8.ToArray(), "text/plain");

        public Task<Sent> Send(OutgoingText text, CancellationToken cancel)
        {
            var sent = Says(text);
            if (sent is Sent.Accepted)
                Took.Add(text);
            return Task.FromResult(sent);
        }

        public Task<Known> Ask(SentText asked, CancellationToken cancel) => Task.FromResult<Known>(Took.Any(text => text.OutId == asked.OutId)
            ? new Known.Taken($"o-{asked.OutId}", new($"o-{asked.OutId}", asked.OutId, asked.Phone, true, "DELIVRD", null))
            : new Known.NeverSeen());

        public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => new([], 0);

        public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => new([], 0);
    }
}
