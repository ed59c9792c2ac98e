using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What becomes of an event after it was written: approval, late positions, changes, cancellation.</summary>
public class EventLifeTests
{
    private const int Guests = 4;

    /// <summary>Announced; the first says yes, the second no, the others nothing.</summary>
    private static async Task<World> Announced(World? world = null)
    {
        world ??= Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests));
        (world.Answers[Town.Phone(0)], world.Answers[Town.Phone(1)]) = ("1", "2");
        await world.AnnounceAndSettle();
        return world;
    }

    private static IEnumerable<string> Texts(World world, int person) => world.Took.Where(text => text.Phone == Town.Phone(person)).Select(text => text.Text);

    private static Task<Put<RecruitmentEvent>> Edit(World world, Func<RecruitmentEvent, RecruitmentEvent> edit) => world.PutEvent.Run(edit(world.Fair), null, default);

    [Fact]
    public async Task Above_the_limit_a_second_member_of_staff_approves_and_who_did_what_is_kept()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests), settings: new() { AtOnce = 1, ApproveAbove = Guests - 1 });
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(EventStatus.AwaitingApproval, Assert.IsType<Flows.Announced.Taken>(await world.Announce.Run("fair", null, "anna", default)).Now.Status);
            await world.Settle();
        }
        Assert.Empty(world.Messages);
        Assert.IsType<Flows.Announced.OwnAsking>(await world.Approve.Run("fair", "anna", default));
        Assert.Equal(EventStatus.AwaitingApproval, world.Fair.Status);
        world.Now += TimeSpan.FromMinutes(7);
        for (var time = 0; time < 2; time++)
            Assert.Equal(1, Assert.IsType<Flows.Announced.Taken>(await world.Approve.Run("fair", "bo", default)).Now.Wave);
        await world.Settle();
        Assert.Equal(Guests, world.Took.Count);
        Assert.IsType<Flows.Announced.Taken>(await world.Approve.Run("fair", "bo", default));
        var kept = Assert.Single(world.Fair.Announcements);
        Assert.Equal((1, Guests, "anna", World.Start, "bo", World.Start.AddMinutes(7)), (kept.Wave, kept.People, kept.AskedBy, kept.AskedAt, kept.ApprovedBy, kept.ApprovedAt!.Value));
    }

    [Fact]
    public async Task Up_to_the_limit_nobody_has_to_approve_and_nobody_can()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests), settings: new() { AtOnce = 1, ApproveAbove = Guests });
        Assert.IsType<Flows.Announced.TooLate>(await world.Approve.Run("fair", "bo", default));
        Assert.Equal(EventStatus.Announcing, Assert.IsType<Flows.Announced.Taken>(await world.Announce.Run("fair", null, "anna", default)).Now.Status);
        Assert.IsType<Flows.Announced.TooLate>(await world.Approve.Run("fair", "bo", default));
        Assert.Null(Assert.Single(world.Fair.Announcements).ApprovedBy);
        Assert.IsType<Flows.Announced.NotFound>(await world.Approve.Run("no-such", "bo", default));
    }

    [Fact]
    public async Task A_budget_counts_for_the_limit_and_what_waits_can_be_cancelled()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests), settings: new() { AtOnce = 1, ApproveAbove = 2 });
        Assert.Equal(EventStatus.AwaitingApproval, Assert.IsType<Flows.Announced.Taken>(await world.Announce.Run("fair", 3, "anna", default)).Now.Status);
        Assert.IsType<Flows.Announced.Taken>(await world.Cancel.Run("fair", default));
        Assert.IsType<Flows.Announced.TooLate>(await world.Approve.Run("fair", "bo", default));
        await world.Settle();
        Assert.Empty(world.Took);
        world.Put(Town.Fair());
        Assert.Equal(EventStatus.Announcing, Assert.IsType<Flows.Announced.Taken>(await world.Announce.Run("fair", 2, "anna", default)).Now.Status);
    }

    [Fact]
    public async Task Late_positions_make_a_second_wave_to_those_who_were_not_told()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests));
        // Two who want more than either position pays.
        foreach (var i in (int[])[2, 3])
            world.Put(Town.Person(i) with { Facts = Town.Person(i).Facts with { MinPayMonthly = 8_000 } });
        await world.AnnounceAndSettle();
        Assert.Equal(2, world.Took.Count);
        var late = Town.Position("p3", "会计", "PRODUCT_INSPECTOR");
        world.Put(late with { Facts = late.Facts with { Pay = new(9_000, null, PayPeriod.Month, true) } });
        Assert.Equal(EventStatus.Announced, Assert.IsType<Flows.Announced.Taken>(await world.Announce.Run("fair", null, default)).Now.Status);
        world.Tie("p3");
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(2, Assert.IsType<Flows.Announced.Taken>(await world.Announce.Run("fair", null, default)).Now.Wave);
            await world.Settle();
        }
        Assert.Equal(Enumerable.Range(0, Guests).Select(Town.Phone), world.Took.Select(text => text.Phone).Order());
        Assert.Equal([1, 2], world.Fair.Announcements.Select(announcement => announcement.Wave));
        Assert.Equal([2, 2], world.Fair.Announcements.Select(announcement => announcement.People));
    }

    [Fact]
    public async Task A_cancelled_event_is_told_to_those_who_said_yes_and_to_nobody_else()
    {
        var world = await Announced();
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(EventStatus.Cancelled, Assert.IsType<Flows.Announced.Taken>(await world.Cancel.Run("fair", default)).Now.Status);
            await world.Settle();
        }
        Assert.Equal(Guests + 1, world.Took.Count);
        Assert.Equal("春季招聘会（3月1日周一09:00，渝中区）已取消，请不要前往。退订回复T。", Texts(world, 0).Last());
        Assert.IsType<Flows.Announced.TooLate>(await world.Announce.Run("fair", null, default));
        await Edit(world, fair => fair with { Address = "别处" });
        await world.Settle();
        Assert.Equal(Guests + 1, world.Took.Count);
    }

    [Fact]
    public async Task Nothing_that_was_planned_before_is_sent_after_a_cancellation()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests));
        await world.Announce.Run("fair", null, default);
        await world.Plan.Run(new(WorkKind.Announce, "fair", 1), default);
        Assert.Equal(Guests, world.Messages.Count);
        await world.Cancel.Run("fair", default);
        await world.Settle();
        Assert.Empty(world.Took);
        Assert.All(world.Messages, message => Assert.Equal((MessageState.Expired, Reasons.EventCancelled), (message.State, message.Reason)));
        world.Put(Town.Fair() with { Id = "over", StartsAt = World.Start.AddHours(-9), EndsAt = World.Start });
        Assert.IsType<Flows.Announced.TooLate>(await world.Cancel.Run("over", default));
        Assert.IsType<Flows.Announced.NotFound>(await world.Cancel.Run("no-such", default));
    }

    [Fact]
    public async Task However_often_an_event_is_changed_within_five_minutes_those_who_said_yes_hear_once_what_is_new()
    {
        var world = await Announced();
        await Edit(world, fair => fair with { Address = "观音桥" });
        world.Now += TimeSpan.FromMinutes(2);
        await Edit(world, fair => fair with { Title = "春季大型招聘会", Address = "南坪" });
        await world.Step(Queues.Work);
        world.Now += TimeSpan.FromMinutes(2);
        await Edit(world, fair => fair with { Title = "春季招聘会", StartsAt = World.FairStarts.AddHours(1) });
        await world.Step(Queues.Work);
        Assert.Equal(Guests, world.Took.Count);
        await world.Settle();
        Assert.Equal(Guests + 1, world.Took.Count);
        Assert.Equal("春季招聘会有变动：时间改为3月1日周一10:00，到16:00，地点改为渝中区南坪。您回复过会来，不能来请回复2，退订回复T。", Texts(world, 0).Last());
        // The next change is told again, and only what is new since.
        await Edit(world, fair => fair with { Address = "观音桥" });
        await world.Settle();
        Assert.Equal("春季招聘会有变动：地点改为渝中区观音桥。您回复过会来，不能来请回复2，退订回复T。", Texts(world, 0).Last());
        Assert.Equal(Guests + 2, world.Took.Count);
    }

    [Fact]
    public async Task What_is_changed_back_or_stands_in_no_text_is_not_told()
    {
        var world = await Announced();
        await Edit(world, fair => fair with { Address = "观音桥" });
        await Edit(world, fair => fair with { Address = Town.Fair().Address });
        await Edit(world, fair => fair with { Capacity = 90, InterpreterSlots = 3 });
        await world.Settle();
        Assert.Equal(Guests, world.Took.Count);
        Assert.Null(world.Fair.TellAt);
        // Nor what was changed before anybody was told.
        var draft = Town.New([World.Fate.Delivered]);
        await Edit(draft, fair => fair with { Address = "观音桥" });
        Assert.Equal(0, draft.Waiting);
    }

    [Fact]
    public async Task What_is_changed_while_people_are_told_is_told_next()
    {
        var world = await Announced();
        await Edit(world, fair => fair with { Address = "观音桥" });
        world.Now += TimeSpan.FromMinutes(6);
        var edited = false;
        world.Before = call =>
        {
            if (call != "plans.Complete" || edited)
                return;
            edited = true;
            world.Put(world.Fair with { StartsAt = World.FairStarts.AddHours(2) });
        };
        await world.Survives(() => world.Tell.Run(new(WorkKind.TellGuests, "fair!changed", 1), default));
        await world.Settle();
        Assert.Equal(Guests + 2, world.Took.Count);
        Assert.Contains("地点改为", Texts(world, 0).ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("时间改为3月1日周一11:00", Texts(world, 0).ElementAt(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_told_although_the_day_is_full_and_not_of_an_event_that_was_stopped()
    {
        var world = Town.New([World.Fate.Delivered], settings: new() { AtOnce = 1, CapPerDay = 1 });
        world.Answers[Town.Phone(0)] = "1";
        await world.AnnounceAndSettle();
        await Edit(world, fair => fair with { Address = "观音桥" });
        await world.Settle();
        Assert.Equal(2, world.Took.Count);
        await Edit(world, fair => fair with { Address = "解放碑" });
        world.Put(world.Fair with { Status = EventStatus.Stopped });
        await world.Settle();
        Assert.Equal(2, world.Took.Count);
        Assert.Contains(world.Messages, message => message is { Kind: TextKind.Changed, State: MessageState.Expired, Reason: Reasons.EventStopped });
    }

    [Fact]
    public async Task Who_says_yes_after_a_change_was_told_gets_when_and_where_once_and_who_was_told_does_not()
    {
        var world = await Announced();
        await Edit(world, fair => fair with { Address = "观音桥" });
        await world.Settle();
        Assert.Equal(Guests + 1, world.Took.Count);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(AnswerTaken.Noted, await world.Answer.Run(Town.Subject(1), "fair", GuestAnswer.Coming, default));
            Assert.Equal(AnswerTaken.Noted, await world.Answer.Run(Town.Subject(0), "fair", GuestAnswer.Coming, default));
            await world.Settle();
        }
        Assert.Equal(Guests + 2, world.Took.Count);
        Assert.Equal("已记下您来：春季招聘会，3月1日周一09:00，渝中区观音桥。不来请回复2，联系我3，T退订。", Texts(world, 1).Last());
    }

    [Fact]
    public async Task A_late_yes_is_not_confirmed_to_an_event_that_was_cancelled_meanwhile()
    {
        var world = await Announced();
        await Edit(world, fair => fair with { Address = "观音桥" });
        await world.Settle();
        await world.Answer.Run(Town.Subject(1), "fair", GuestAnswer.Coming, default);
        world.Put(world.Fair with { Status = EventStatus.Cancelled });
        await world.Settle();
        Assert.Single(Texts(world, 1));
        Assert.Contains(world.Messages, message => message is { Kind: TextKind.Confirmed, State: MessageState.Expired, Reason: Reasons.EventCancelled });
    }

    [Fact]
    public async Task Who_says_yes_while_a_change_is_being_told_hears_of_it_once()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var world = await Announced();
            await Edit(world, fair => fair with { Address = "观音桥" });
            world.Now += TimeSpan.FromMinutes(6);
            await world.Interleave(seed, () => world.Tell.Run(new(WorkKind.TellGuests, "fair!changed", 1), default), () => world.Answer.Run(Town.Subject(1), "fair", GuestAnswer.Coming, default));
            await world.Settle();
            Assert.Single(Texts(world, 1).Skip(1), text => text.Contains("观音桥", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Dying_before_or_after_any_call_tells_a_change_and_a_cancellation_once()
    {
        var last = 1;
        for (var at = 1; at <= last; at++)
            foreach (var after in (bool[])[false, true])
            {
                var world = await Announced();
                (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                var begun = world.Calls;
                while (world.Fair.Address != "观音桥")
                    await world.Survives(() => Edit(world, fair => fair with { Address = "观音桥" }));
                await world.Settle();
                while (world.Fair.Status != EventStatus.Cancelled)
                    await world.Survives(() => world.Cancel.Run("fair", default));
                await world.Settle();
                last = Math.Max(last, world.Calls - begun);
                Assert.Equal(3, Texts(world, 0).Count());
                Assert.Equal(Guests + 2, world.Took.Count);
                Assert.All(world.Messages, message => Assert.Equal(MessageState.Delivered, message.State));
                Assert.Null(world.Fair.TellAt);
            }
        Assert.InRange(last, 40, 500);
    }

    [Fact]
    public async Task Two_who_take_turns_tell_a_change_once()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = await Announced();
            await Edit(world, fair => fair with { Address = "观音桥" });
            world.Now += TimeSpan.FromMinutes(6);
            Task Tell() => world.Tell.Run(new(WorkKind.TellGuests, "fair!changed", 1), default);
            Assert.All(await world.Interleave(seed, Tell, Tell, () => Edit(world, fair => fair with { StartsAt = World.FairStarts.AddHours(1) })), Assert.True);
            await world.Settle();
            var news = Texts(world, 0).Skip(1).ToList();
            Assert.InRange(news.Count, 1, 2);
            Assert.Single(news, text => text.Contains("地点改为", StringComparison.Ordinal));
            Assert.Contains(news, text => text.Contains("时间改为", StringComparison.Ordinal));
            Assert.Equal(Guests, world.Took.Count - news.Count);
        }
    }

    [Fact]
    public async Task A_yes_to_a_full_event_is_answered_so_and_does_not_count()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, Guests));
        world.Put(Town.Fair() with { Capacity = 2 });
        for (var i = 0; i < Guests; i++)
            world.Answers[Town.Phone(i)] = "1";
        await world.AnnounceAndSettle();
        Assert.Equal(2, Enumerable.Range(0, Guests).Count(i => world.GuestOf(Town.Subject(i))?.Answer == GuestAnswer.Coming));
        var full = world.Took.Where(text => text.Text.Contains("已报满", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, full.Count);
        Assert.All(full, text => Assert.Equal("春季招聘会（3月1日周一09:00）已报满，这次没能给您登记。有事请回复3，我们联系您。", text.Text));
        Assert.True(world.Fair.IsFull(2));
        Assert.False(world.Fair.IsFull(1));
        Assert.False(Town.Fair().IsFull(1_000));
        // Whoever has a seat and says no makes room, also on the page.
        var coming = Enumerable.Range(0, Guests).Select(Town.Subject).First(subject => world.GuestOf(subject)!.Answer == GuestAnswer.Coming);
        var waiting = Enumerable.Range(0, Guests).Select(Town.Subject).First(subject => world.GuestOf(subject)!.Answer is null);
        Assert.Equal(AnswerTaken.NoneLeft, await world.Answer.Run(waiting, "fair", GuestAnswer.Coming, default));
        Assert.Equal(AnswerTaken.Noted, await world.Answer.Run(coming, "fair", GuestAnswer.NotComing, default));
        Assert.Equal(AnswerTaken.Noted, await world.Answer.Run(waiting, "fair", GuestAnswer.Coming, default));
        Assert.Equal(GuestAnswer.Coming, world.GuestOf(waiting)!.Answer);
        Assert.Equal(AnswerTaken.NoQuestion, await world.Answer.Run("nobody", "fair", GuestAnswer.Coming, default));
    }

    [Fact]
    public async Task The_interpreter_is_booked_by_reply_or_page_until_none_is_left()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 3));
        world.Put(Town.Fair() with { InterpreterSlots = 1 });
        world.Answers[Town.Phone(0)] = "要手语翻译";
        await world.AnnounceAndSettle();
        Assert.Equal("春季招聘会（3月1日周一09:00）：您要的安排已登记好。", Texts(world, 0).Last());
        Assert.Equal(AnswerTaken.NoneLeft, await world.Answer.Interpreter(Town.Subject(1), "fair", wanted: true, default));
        var mine = (await world.Answer.Read(Town.Person(0).Facts, "fair", default))!;
        Assert.Equal((true, 0), (mine.Interpreter, mine.InterpretersLeft));
        Assert.Equal(AnswerTaken.Noted, await world.Answer.Interpreter(Town.Subject(0), "fair", wanted: false, default));
        Assert.Equal(AnswerTaken.Noted, await world.Answer.Interpreter(Town.Subject(1), "fair", wanted: true, default));
        Assert.Null(await world.Answer.Read(Town.Person(9).Facts, "fair", default));
    }

    [Fact]
    public void Texts_of_changes_are_two_parts_at_most_name_nobody_and_say_it_in_English_too()
    {
        var texts = new TextTemplates(CodeLists.Default);
        var fair = Town.Fair() with { Title = "残疾人专场", Address = new string('长', 190), StartsAt = World.FairStarts, EndsAt = World.FairStarts.AddDays(1) };
        const EventNews all = EventNews.Name | EventNews.Time | EventNews.Place;
        foreach (var language in Enum.GetValues<Language>())
            foreach (var text in new[] { false, true }.SelectMany(easy => new[] { texts.Changed(fair, all, new(language, easy), 12), texts.Cancelled(fair, new(language, easy), 12) }))
            {
                Assert.InRange(text.Length + 12, 1, TextTemplates.Aim);
                Assert.False(Outs.Names(text) || TextTemplates.Leads(text), text);
            }
        Assert.Equal("Job fair changed: Mon 1 Mar 09:00 to 03-02 09:00; at Yuzhong District; new name. Reply 2 if you cannot come, T to stop.", texts.Changed(fair, all, new(Language.English, false), 12));
    }
}
