using System.Text;
using System.Text.Json;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

public class MessageFlowsTests
{
    private static World One(World.Fate fate = World.Fate.Delivered, SendSettings? settings = null) => Town.New([fate], settings: settings);

    private static async Task<World> Planned(World world)
    {
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
        await world.Plan.Run(new(WorkKind.Announce, "fair", 1), default);
        return world;
    }

    private static Message Only(World world) => Assert.Single(world.Messages);

    [Fact]
    public async Task A_message_keeps_the_match_as_it_stood()
    {
        var message = Only(await Planned(One()));
        Assert.Equal(Policy.Version, message.PolicyVersion);
        Assert.Equal(World.FairStarts, message.Deadline);
        Assert.Equal(["p1", "p2"], message.Named.Select(named => named.Position).Order());
        var expected = Policy.Judge(Town.Person(0).Facts, Town.Position("p1", "产品检验员", "PRODUCT_INSPECTOR").Facts, People.DayOf(World.FairStarts), CodeLists.Default);
        var named = Assert.Single(message.Named, x => x.Position == "p1");
        Assert.Equal((expected.Verdict, expected.Tenths), (named.Verdict, named.Tenths));
        Assert.Equal(expected.Rules.Where(row => row.Stated), named.Rules);
    }

    [Fact]
    public async Task An_announcement_said_twice_is_one()
    {
        var world = One();
        await world.AnnounceAndSettle();
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
        await world.Settle();
        Assert.Equal(1, world.Fair.Wave);
        Assert.Single(world.Took);
    }

    [Theory]
    [InlineData("title", "残疾人专场招聘会", null)]
    [InlineData("shortTitle", "春季招聘会", "聋人专场")]
    public async Task An_event_whose_text_would_out_its_reader_is_not_announced(string field, string title, string? shortTitle)
    {
        var world = One();
        world.Put(Town.Fair() with { Title = title, ShortTitle = shortTitle });
        var refused = Assert.IsType<Announced.Refused>(await world.Announce.Run("fair", null, default));
        Assert.Equal((field, "outsText"), (Assert.Single(refused.Faults).Field, refused.Faults[0].Code));
        Assert.Equal(0, world.Waiting);
    }

    [Theory]
    [InlineData(EventStatus.Cancelled)]
    [InlineData(EventStatus.Closed)]
    [InlineData(EventStatus.Stopped)]
    public async Task What_is_cancelled_over_or_stopped_is_not_announced(EventStatus status)
    {
        var world = One();
        world.Put(Town.Fair() with { Status = status });
        Assert.IsType<Announced.TooLate>(await world.Announce.Run("fair", null, default));
    }

    [Fact]
    public async Task What_has_begun_or_has_no_place_or_position_is_not_announced()
    {
        var world = One();
        world.Now = World.FairStarts;
        Assert.IsType<Announced.TooLate>(await world.Announce.Run("fair", null, default));
        world.Now = World.Start;
        world.Put(Town.Fair() with { District = null });
        await ((IEvents)world).Untie("fair", "p1", default);
        await ((IEvents)world).Untie("fair", "p2", default);
        var refused = Assert.IsType<Announced.Refused>(await world.Announce.Run("fair", null, default));
        Assert.Equal(["district", "positions"], refused.Faults.Select(fault => fault.Field));
        Assert.IsType<Announced.NotFound>(await world.Announce.Run("no-such", null, default));
    }

    [Fact]
    public async Task The_preview_adds_up_and_those_reached_are_those_texted()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 8));
        world.Put(Town.Person(0) with { Consent = new(Town.Today, null, null, null) });
        world.Put(Town.Person(1) with { OptedOutAt = World.Start });
        world.Put(Town.Person(2) with { Consent = new(null, Town.Today, null, null) });
        world.Put(Town.Person(3) with { Facts = Town.Person(3).Facts with { Needs = new Dictionary<string, Mark> { ["STEP_FREE"] = Mark.Must }, MinPayMonthly = 90_000 } });
        await ((IGuests)world).Invite([new(new("fair", 0, 0), Town.Subject(4))], default);
        var counts = await world.Preview.Run("fair", null, default);
        Assert.Equal(new AudienceCounts(7, 3, 1, 1, 0, 1, 1), counts);
        await world.AnnounceAndSettle();
        Assert.Equal([5, 6, 7], world.Took.Select(text => Enumerable.Range(0, 8).Single(i => Town.Phone(i) == text.Phone)).Order());
    }

    [Theory]
    [InlineData("optedOut")]
    [InlineData("noConsent")]
    [InlineData("noPhone")]
    [InlineData("erased")]
    [InlineData("eventCancelled")]
    [InlineData("deadlinePassed")]
    public async Task What_changed_since_the_plan_counts_when_the_text_is_due(string reason)
    {
        var world = await Planned(One());
        var person = Town.Person(0);
        world.Put(reason switch
        {
            "optedOut" => person with { OptedOutAt = World.Start },
            "noConsent" => person with { Consent = person.Consent with { Sms = null } },
            "noPhone" => person with { Phone = null },
            "erased" => person with { Facts = person.Facts with { Id = "somebody-else" } },
            "eventCancelled" => world.Fair with { Status = EventStatus.Cancelled },
            _ => world.Fair with { StartsAt = World.Start },
        });
        await world.Settle();
        Assert.Empty(world.Took);
        Assert.Equal((MessageState.Expired, reason), (Only(world).State, Only(world).Reason));
    }

    [Fact]
    public async Task Who_has_had_the_days_share_is_texted_on_the_next_day()
    {
        var world = One(settings: new() { AtOnce = 1, CapPerDay = 1 });
        await ((IClaims)world).Take("person-0", new(null, [], null), new(new(new("other", 1, 0), Town.Subject(0)), 1, World.Start, "x", false), Town.Today, default);
        await Planned(world);
        await world.Settle(() => Task.FromResult(world.Took.Count == 0 || world.Now >= new DateTimeOffset(2027, 2, 21, 8, 0, 0, People.Offset) ? true : throw new InvalidOperationException("too early")));
        Assert.Equal(MessageState.Delivered, Only(world).State);
        Assert.Single(world.Took);
    }

    [Fact]
    public async Task Who_has_had_the_share_of_the_last_day_is_not_texted()
    {
        var world = One(settings: new() { AtOnce = 1, CapPerDay = 0 });
        world.Now = World.FairStarts.AddHours(-3);
        await Planned(world);
        await world.Settle();
        Assert.Equal((MessageState.Expired, Reasons.Capped), (Only(world).State, Only(world).Reason));
    }

    [Fact]
    public async Task Whoever_slept_after_the_claim_does_not_send_any_more()
    {
        var world = await Planned(One());
        var slept = false;
        world.Before = call =>
        {
            if (slept || !call.StartsWith("messages.Save Sending", StringComparison.Ordinal))
                return;
            slept = true;
            // The claim's holder sleeps here. Meanwhile the queue hands the page over again, the page is looked after, and
            // another process sends.
            world.Now += TimeSpan.FromMinutes(1);
            world.Settle().GetAwaiter().GetResult();
            Assert.Single(world.Took);
        };
        await world.Survives(() => world.Send.Run(new(new PageId("fair", 1, IndexOfPage(world)).ToString()), default));
        Assert.True(slept);
        await world.Settle();
        Assert.Single(world.Took);
        Assert.Equal((MessageState.Delivered, 2), (Only(world).State, Only(world).Attempt));
    }

    [Fact]
    public async Task A_claim_that_has_grown_old_before_the_call_is_given_back_unused()
    {
        var world = await Planned(One());
        var slept = false;
        world.Before = call =>
        {
            if (slept || !call.StartsWith("messages.Save Sending", StringComparison.Ordinal))
                return;
            slept = true;
            world.Now += world.Settings.ClaimToWire + TimeSpan.FromSeconds(1);
        };
        await world.Settle();
        Assert.Single(world.Took);
        Assert.Equal((MessageState.Delivered, 2), (Only(world).State, Only(world).Attempt));
    }

    [Fact]
    public async Task An_accounts_refusal_pauses_the_channel_and_fails_no_message()
    {
        var world = await Planned(One(World.Fate.AccountRefusedOnce));
        await world.Step(Queues.SendMessage);
        world.Now += world.Settings.PausedFor;
        await world.Step(Queues.SendMessage);
        Assert.Equal("NO_BALANCE", (await ((IChannels)world).Read(default)).Paused("world")?.Why);
        Assert.Equal(MessageState.Created, Only(world).State);
        await ((IChannels)world).Resume("world", default);
        await world.Settle();
        Assert.Equal(MessageState.Delivered, Only(world).State);
        Assert.Single(world.Took);
    }

    [Fact]
    public async Task A_page_whose_queue_message_was_poisoned_is_put_again()
    {
        var world = await Planned(One(settings: new() { AtOnce = 1 }));
        world.Poison(Queues.SendMessage);
        await world.Settle();
        Assert.Single(world.Took);
        Assert.Equal(MessageState.Delivered, Only(world).State);
        Assert.True(world.Now < World.Start.AddHours(3), $"{world.Now}");
    }

    [Fact]
    public async Task A_long_page_is_sent_in_several_runs()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 40), settings: new() { AtOnce = 1 });
        await Planned(world);
        world.Before = _ => world.Now += TimeSpan.FromMilliseconds(50);
        await world.Settle();
        Assert.Equal(40, world.Took.Count);
        Assert.All(world.Messages, message => Assert.Equal(MessageState.Delivered, message.State));
    }

    [Fact]
    public async Task A_long_plan_is_made_in_several_runs()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 120), settings: new() { AtOnce = 1 });
        world.Before = _ => world.Now += TimeSpan.FromMilliseconds(100);
        await world.AnnounceAndSettle();
        Assert.Equal(120, world.Messages.Count);
        Assert.Equal(EventStatus.Announced, world.Fair.Status);
    }

    [Fact]
    public async Task Two_planners_who_take_turns_make_one_plan()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 6));
            Assert.IsType<Announced.Taken>(await world.Announce.Run("fair", null, default));
            var item = new WorkItem(WorkKind.Announce, "fair", 1);
            Assert.All(await world.Interleave(seed, () => world.Plan.Run(item, default), () => world.Plan.Run(item, default)), Assert.True);
            await world.Settle();
            Assert.Equal(6, world.Took.Select(text => text.Phone).Distinct().Count());
            Assert.Equal(6, world.Took.Count);
        }
    }

    [Fact]
    public async Task A_plan_whose_announcement_never_came_is_waited_for_and_dropped()
    {
        var world = One();
        await world.Plan.Run(new(WorkKind.Announce, "fair", 1), default);
        Assert.Equal(1, world.Waiting);
        await world.Settle();
        Assert.Empty(world.Messages);
    }

    [Fact]
    public async Task A_text_of_unknown_fate_that_nobody_can_tell_of_ends_at_its_deadline()
    {
        var world = await Planned(One(World.Fate.AnswerLost));
        await world.Settle(() =>
        {
            // The person's number changes before the vendor can be asked, and the receipt names the old one.
            if (world.Took.Count == 1)
                world.Put(Town.Person(0) with { Phone = "+8613900000000" });
            return Task.CompletedTask;
        });
        Assert.Single(world.Took);
        Assert.Equal(MessageState.Delivered, Only(world).State); // The receipt still fits the number that was texted.
    }

    [Fact]
    public async Task Without_a_way_to_know_a_text_is_never_repeated_and_never_called_delivered()
    {
        var world = await Planned(One(World.Fate.Silent));
        await world.Settle(() =>
        {
            if (world.Took.Count == 1)
                world.Put(Town.Person(0) with { Phone = "+8613900000000" });
            return Task.CompletedTask;
        });
        Assert.Single(world.Took);
        Assert.Equal((MessageState.Expired, Reasons.DeadlinePassed), (Only(world).State, Only(world).Reason));
    }

    [Fact]
    public async Task A_late_receipt_wins_over_expired_and_a_contrary_one_changes_nothing()
    {
        var world = await Planned(One(World.Fate.ReceiptLost));
        await world.Settle(() =>
        {
            if (world.Took.Count == 1)
                world.Put(Town.Person(0) with { Phone = "+8613900000000" });
            return Task.CompletedTask;
        });
        await Report(world, Town.Phone(0), delivered: true);
        Assert.Equal(MessageState.Delivered, Only(world).State);
        await Report(world, Town.Phone(0), delivered: true);
        await Report(world, Town.Phone(0), delivered: false);
        Assert.Equal(MessageState.Delivered, Only(world).State);
        Assert.Equal(2, (await new OneMessage(world).Run(Only(world).Id.ToString(), default))!.Receipts.Count);
    }

    [Fact]
    public async Task A_receipt_that_names_another_phone_is_kept_apart()
    {
        var world = await Planned(One(World.Fate.ReceiptLost));
        await world.Survives(() => world.Send.Run(new(new PageId("fair", 1, IndexOfPage(world)).ToString()), default));
        await Report(world, "+8613900000000", delivered: false);
        Assert.Equal(["OtherPhone"], world.Quarantined);
        Assert.Equal(MessageState.Accepted, Only(world).State);
    }

    [Fact]
    public async Task A_receipt_of_nobodys_message_is_waited_for_and_then_kept_apart()
    {
        var world = One();
        await Push(world, CallbackKind.Report, new GatewayReport("v-unknown", "unknown", Town.Phone(0), true, null, null));
        Assert.Empty(world.Quarantined);
        await world.Settle();
        Assert.Equal(["NoMessage"], world.Quarantined);
    }

    [Fact]
    public async Task The_same_callback_twice_is_answered_alike_and_kept_once()
    {
        var world = One();
        var body = "[]"u8.ToArray();
        Assert.NotNull(await world.Receive.Run("world", CallbackKind.Report, World.Pushed(body), default));
        Assert.NotNull(await world.Receive.Run("world", CallbackKind.Report, World.Pushed(body), default));
        Assert.Equal(1, world.Kept);
        Assert.Null(await world.Receive.Run("no-such", CallbackKind.Report, World.Pushed(body), default));
        await world.Settle();
        Assert.Empty(world.Quarantined);
    }

    [Fact]
    public async Task A_page_that_is_looked_at_before_it_is_written_is_looked_at_again_soon()
    {
        var (world, page) = (One(), PageId.Of(TextKind.FollowUp, "late"));
        await ((IMessages)world).Open(new(page, world.Now, World.FairStarts), default);
        await world.Check.Run(new(WorkKind.CheckMessages, page.ToString(), 0), default);
        Assert.Equal(world.Now.AddMinutes(5), Assert.Single(world.Open()).CheckAt);
    }

    [Fact]
    public async Task A_later_answer_counts_whatever_the_order_in_which_answers_come()
    {
        var world = One();
        await world.AnnounceAndSettle();
        await Reply(world, "2", "r2", World.Start.AddMinutes(20));
        await Reply(world, "1", "r1", World.Start.AddMinutes(10));
        await Reply(world, "2", "r2", World.Start.AddMinutes(20), again: "pushed again on another day");
        var guest = world.GuestOf(Town.Subject(0))!;
        Assert.Equal((GuestAnswer.NotComing, 2), (guest.Answer, guest.Replies.Count));
        var funnel = await new Funnel(world, world, world, world).Run("fair", default);
        Assert.Equal(new FunnelCounts(1, 1, 0, 0, 0, 1, 0, 1), funnel);
    }

    [Fact]
    public async Task What_one_cannot_act_on_reaches_staff_once_and_without_its_words()
    {
        const string text = "谁啊";
        var world = Town.New([World.Fate.Delivered, World.Fate.Delivered]);
        world.Put(Town.Person(1) with { Phone = Town.Phone(0) });
        await world.AnnounceAndSettle();
        await Reply(world, text, "r1", World.Start);
        await Reply(world, text, "r1", World.Start, again: "x");
        var task = Assert.Single(world.Tasks);
        Assert.Equal("replyNotUnderstood", task.Kind);
        Assert.Equal(2, task.Subjects.Count);
        Assert.DoesNotContain("谁啊", Written.Of(task), StringComparison.Ordinal);
        Assert.Null(world.GuestOf(Town.Subject(0))!.Answer);
    }

    [Fact]
    public async Task A_yes_without_an_open_question_reaches_staff()
    {
        var world = One();
        await Reply(world, "1", "r1", World.Start);
        Assert.Equal("replyWithoutQuestion", Assert.Single(world.Tasks).Kind);
    }

    [Fact]
    public async Task Stop_stops_everybody_behind_the_phone_and_an_old_push_does_not_stop_them_again()
    {
        var world = Town.New([World.Fate.Delivered, World.Fate.Delivered]);
        world.Put(Town.Person(1) with { Phone = Town.Phone(0) });
        await Reply(world, "Ｔ", "r1", World.Start);
        Assert.Equal(World.Start, world.Person("person-0").OptedOutAt);
        Assert.Equal(World.Start, world.Person("person-1").OptedOutAt);
        world.Put(Town.Person(0) with { Version = 3 });
        await Reply(world, "Ｔ", "r1", World.Start, again: "x");
        Assert.Null(world.Person("person-0").OptedOutAt);
    }

    [Fact]
    public async Task Messages_are_listed_by_state_a_part_at_a_time()
    {
        var world = Town.New(Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? World.Fate.Undeliverable : World.Fate.Delivered));
        await world.AnnounceAndSettle();
        var flow = new MessagesOfEvent(world, world, world);
        List<MessageLine> all = [];
        string? next = null;
        do
        {
            var part = (await flow.Run("fair", null, next, default))!;
            Assert.InRange(part.Items.Count, 1, 199);
            all.AddRange(part.Items);
            next = part.Next;
        }
        while (next is not null);
        Assert.Equal(300, all.Select(line => line.Id).Distinct().Count());
        Assert.Equal(100, (await flow.Run("fair", MessageState.Failed, null, default))!.Items.Count);
        Assert.Null(await flow.Run("no-such", null, null, default));
    }

    [Fact]
    public void Ids_can_be_read_and_what_is_none_is_refused()
    {
        var id = new MessageId(new("fair-1.a_b", 2, 17), "0123456789abcdef");
        Assert.Equal("fair-1.a_b~2~17~0123456789abcdef", id.ToString());
        Assert.Equal(id, MessageId.Parse(id.ToString()));
        Assert.Equal(id.In, PageId.Parse(id.In.ToString()));
        foreach (var none in new[] { null, "", "a", "a~1~2", "a~x~2~s", "a~1~-2~s", "~1~2~s", "a~1~2~", "a~1~2~s~t", "a~1~2 ~s" })
            Assert.False(MessageId.TryParse(none, out _), none);
    }

    private static int IndexOfPage(World world) => Only(world).Id.In.Page;

    private static Task Report(World world, string phone, bool delivered) => Push(world, CallbackKind.Report,
        new GatewayReport("v-x", world.Messages[0].Id.ToString(), phone, delivered, delivered ? "DELIVRD" : "OFF", World.Start));

    private static Task Reply(World world, string text, string sequence, DateTimeOffset at, string? again = null) =>
        Push(world, CallbackKind.Reply, new GatewayReply(Town.Phone(0), text, at, sequence, again));

    private static async Task Push<T>(World world, CallbackKind kind, T entry)
    {
        await world.Receive.Run("world", kind, World.Pushed(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { entry }))), default);
        await world.Step(Queues.GatewayCallback);
    }
}
