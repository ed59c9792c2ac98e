using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What the clock brings by itself: reminders and digests, once, by however many processes.</summary>
public class ReminderTests
{
    private static readonly DateTimeOffset DayBefore = World.FairStarts.AddDays(-1).AddHours(1).AddMinutes(5);

    // Person 0 comes, 1 does not, 2 says nothing, 3 comes and then stops texts.
    private static async Task<World> Answered()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 4));
        (world.Answers[Town.Phone(0)], world.Answers[Town.Phone(1)], world.Answers[Town.Phone(3)]) = ("1", "2", "1");
        await world.AnnounceAndSettle();
        world.Answers.Clear();
        await world.OptOut.Stop("person-3", world.Now, default);
        await world.Settle();
        Assert.Equal(4, world.Took.Count);
        return world;
    }

    private static async Task Tick(World world)
    {
        await world.Survives(() => world.RemindEvents.Run(default));
        await world.Survives(() => world.DueDigests.Run(default));
        await world.Settle();
    }

    [Fact]
    public async Task On_the_day_before_those_who_come_are_reminded_once()
    {
        var world = await Answered();
        world.Now = DayBefore.AddHours(-1);
        await Tick(world);
        Assert.Equal(4, world.Took.Count);
        world.Now = DayBefore;
        for (var tick = 0; tick < 3; tick++)
            await Tick(world);
        var text = Assert.Single(world.Took.Skip(4));
        Assert.Equal(Town.Phone(0), text.Phone);
        Assert.Equal("提醒：春季招聘会，3月1日周一09:00，渝中区解放碑步行街1号。您说要来。您的号码是1。不来请回复2，联系我3，T退订。", text.Text);
        Assert.Equal(Reasons.OptedOut, Assert.Single(world.Messages, message => message.Kind == TextKind.Reminder && message.State == MessageState.Expired).Reason);
        Assert.Equal(4, (await new Funnel(world, world, world, world).Run("fair", default))!.Invited);
        world.Now = World.FairStarts.AddHours(-2);
        await Tick(world);
        Assert.Equal(5, world.Took.Count);
    }

    [Fact]
    public async Task Who_says_no_in_the_meantime_is_not_reminded_and_a_called_off_event_reminds_nobody()
    {
        var world = await Answered();
        world.Now = DayBefore;
        await world.RemindEvents.Run(default);
        await world.Step(Queues.Work);
        await ((IGuests)world).Change("fair", Town.Subject(0), guest => guest with { Answer = GuestAnswer.NotComing }, default);
        await world.Settle();
        Assert.Equal(4, world.Took.Count);
        Assert.Contains(world.Messages, message => message.Reason == Reasons.NotComing);

        world = await Answered();
        world.Put(world.Fair with { Status = EventStatus.Cancelled });
        world.Now = DayBefore;
        await Tick(world);
        Assert.Equal(4, world.Took.Count);
    }

    [Fact]
    public async Task An_event_whose_texts_were_stopped_reminds_nobody()
    {
        var world = await Answered();
        world.Now = DayBefore;
        await world.RemindEvents.Run(default);
        await world.Step(Queues.Work);
        world.Put(world.Fair with { Status = EventStatus.Stopped });
        await world.Settle();
        Assert.Equal(4, world.Took.Count);
        Assert.Contains(world.Messages, message => message is { Kind: TextKind.Reminder, State: MessageState.Expired, Reason: Reasons.EventStopped });

        world = await Answered();
        world.Put(world.Fair with { Status = EventStatus.Stopped });
        world.Now = DayBefore;
        await Tick(world);
        Assert.Equal(4, world.Took.Count);
    }

    [Fact]
    public async Task Who_says_yes_after_the_reminders_were_planned_is_reminded_at_once_and_once()
    {
        var world = await Answered();
        world.Now = DayBefore;
        await Tick(world);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(AnswerTaken.Noted, await world.Answer.Run(Town.Subject(2), "fair", GuestAnswer.Coming, default));
            Assert.Equal(AnswerTaken.Noted, await world.Answer.Run(Town.Subject(0), "fair", GuestAnswer.Coming, default)); // Was reminded in time.
            await Tick(world);
        }
        var late = Assert.Single(world.Took.Skip(5));
        Assert.Equal(Town.Phone(2), late.Phone);
        // Person 3 was given the second number, although texts to that phone are stopped.
        Assert.Equal("提醒：春季招聘会，3月1日周一09:00，渝中区解放碑步行街1号。您说要来。您的号码是3。不来请回复2，联系我3，T退订。", late.Text);
    }

    [Fact]
    public async Task Who_says_yes_by_text_while_reminders_are_planned_is_reminded_once_whoever_dies_or_comes_first()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var world = await Answered();
            world.Now = DayBefore;
            var reply = new GatewayReply(Town.Phone(2), "1", world.Now, "late", null);
            if (seed >= 30)
                (world.DieAt, world.DieAfter) = (world.Calls + seed - 25, seed % 2 == 0);
            await world.Interleave(seed, () => world.RemindGuests.Run(new(WorkKind.Remind, "fair", 0), default), Take);
            world.DieAt = 0;
            await world.Survives(Take);
            await world.Survives(() => world.RemindGuests.Run(new(WorkKind.Remind, "fair", 0), default));
            await Tick(world);
            Assert.True(1 == world.Took.Skip(4).Count(text => text.Phone == Town.Phone(2)) && world.Took.Count == 6, $"{world.Took.Count} texts, seed {seed}. Died {world.DiedAt}");

            Task Take() => world.TakeReply.Run(new("world", CallbackKind.Reply, "20270228", "hash"), 0, reply, world.Now, default);
        }
    }

    [Fact]
    public async Task An_event_that_is_put_off_reminds_again_before_its_new_day()
    {
        var world = await Answered();
        world.Now = DayBefore;
        await Tick(world);
        world.Put(world.Fair with { StartsAt = World.FairStarts.AddDays(7), EndsAt = World.FairStarts.AddDays(7).AddHours(7) });
        world.Now = DayBefore.AddDays(7);
        await Tick(world);
        Assert.Equal(2, world.Took.Count(text => text.Text.StartsWith("提醒", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_processes_at_once_remind_once()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var world = await Answered();
            world.Now = DayBefore;
            await world.Interleave(seed, () => world.RemindEvents.Run(default), () => world.RemindEvents.Run(default));
            var item = new WorkItem(WorkKind.Remind, "fair", 0);
            await world.Interleave(seed, () => world.RemindGuests.Run(item, default), () => world.RemindGuests.Run(item, default));
            await world.Settle();
            Assert.Equal(5, world.Took.Count);
        }
    }

    [Fact]
    public async Task Dying_at_any_call_while_reminding_reminds_once()
    {
        foreach (var after in new[] { false, true })
            for (var at = 1; ; at++)
            {
                var world = await Answered();
                world.Now = DayBefore;
                (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                await Tick(world);
                if (world.DiedAt is null)
                    break;
                await Tick(world);
                Assert.True(world.Took.Count == 5, $"{world.Took.Count} texts. Died {world.DiedAt}");
            }
    }

    [Fact]
    public async Task A_digit_after_a_reminder_answers_the_event_it_reminds_of()
    {
        var world = await Answered();
        world.Put(Town.Fair() with { Id = "fair-2", Title = "夏季招聘会", StartsAt = World.FairStarts.AddDays(9) });
        await ((IEvents)world).Tie("fair-2", "p1", default);
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair-2", null, "anna", default));
        await world.Settle();
        await Reply(world, "1"); // The new one is open; the other was answered.
        Assert.Equal(GuestAnswer.Coming, (await ((IGuests)world).Find("fair-2", Town.Subject(0), default))!.Value.Value.Answer);
        world.Now = DayBefore;
        await Tick(world);
        await Reply(world, "2"); // The reminder asked again.
        Assert.Equal(GuestAnswer.NotComing, world.GuestOf(Town.Subject(0))!.Answer);
        Assert.Equal(GuestAnswer.Coming, (await ((IGuests)world).Find("fair-2", Town.Subject(0), default))!.Value.Value.Answer);
    }

    [Fact]
    public async Task On_Mondays_people_are_told_what_is_new_and_fits_since_they_were_last_told()
    {
        var world = Town.New([World.Fate.Delivered, World.Fate.Undeliverable, World.Fate.Delivered]);
        world.Put(Town.Person(2) with { Consent = new(Town.Today, null, null, null) });
        world.Put(New("n1", "面点师", new(2027, 2, 19)));
        world.Put(New("n2", "保洁员", new(2027, 2, 22))); // Today's are left for the next time.
        world.Put(New("n3", "远地岗位", new(2027, 2, 19)) with { Facts = New("n3", "远地岗位", new(2027, 2, 19)).Facts with { Closed = true } });
        world.Now = new(2027, 2, 21, 12, 0, 0, People.Offset); // A Sunday.
        await Tick(world);
        world.Now = new(2027, 2, 22, 9, 0, 0, People.Offset);
        await Tick(world);
        Assert.Empty(world.Took);
        world.Now = new(2027, 2, 22, 10, 5, 0, People.Offset);
        for (var tick = 0; tick < 3; tick++)
            await Tick(world);
        Assert.Equal([Town.Phone(0), Town.Phone(1)], world.Took.Select(text => text.Phone).Order());
        Assert.All(world.Took, text =>
        {
            Assert.Contains("面点师", text.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("保洁员", text.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("远地岗位", text.Text, StringComparison.Ordinal);
            Assert.False(Outs.Names(text.Text) || TextTemplates.Leads(text.Text), text.Text);
        });

        world.Put(New("n4", "裁缝", new(2027, 2, 27)));
        world.Now = new(2027, 3, 1, 10, 5, 0, People.Offset);
        await Tick(world);
        var (one, other) = (world.Took[2..].Single(text => text.Phone == Town.Phone(0)).Text, world.Took[2..].Single(text => text.Phone == Town.Phone(1)).Text);
        Assert.True(one.Contains("裁缝", StringComparison.Ordinal) && one.Contains("保洁员", StringComparison.Ordinal) && !one.Contains("面点师", StringComparison.Ordinal), one);
        // The last one never reached this phone.
        Assert.Contains("产品检验员", other, StringComparison.Ordinal);
        Assert.DoesNotContain("产品检验员", one, StringComparison.Ordinal);
        world.Now = new(2027, 3, 8, 10, 5, 0, People.Offset);
        await Tick(world);
        Assert.Equal(1, world.Took.Count - 4); // Nothing new for those who were told.

        static PositionFile New(string id, string title, DateOnly day) => Town.Position(id, title, "PACKER") is var position
            ? position with { Facts = position.Facts with { FirstPut = day } } : null!;
    }

    [Fact]
    public async Task Two_processes_at_once_write_one_digest()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var world = Town.New([World.Fate.Delivered]);
            world.Now = new(2027, 2, 22, 10, 5, 0, People.Offset);
            var item = new WorkItem(WorkKind.Digest, IGuests.Bucket(Town.Subject(0)).ToString(CultureInfo.InvariantCulture), People.DayOf(world.Now).DayNumber);
            await world.Interleave(seed, () => world.WriteDigests.Run(item, default), () => world.WriteDigests.Run(item, default));
            await world.Settle();
            Assert.Single(world.Took);
        }
    }

    private static async Task Reply(World world, string text)
    {
        world.Now += TimeSpan.FromMinutes(10);
        await world.TakeReply.Run(new("world", CallbackKind.Reply, "20270220", "hash"), 0, new(Town.Phone(0), text, world.Now, $"r{world.Calls}", null), world.Now, default);
        await world.Settle();
    }
}
