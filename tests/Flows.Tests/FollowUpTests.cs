using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>From the first day at work to a closed case: asked once by however many processes, answered by digits or through staff.</summary>
public class FollowUpTests
{
    private static readonly DateTimeOffset Begun = new(2027, 3, 2, 12, 0, 0, People.Offset);
    private static readonly DateTimeOffset MonthOn = new(2027, 4, 2, 10, 5, 0, People.Offset);
    private int replies;

    /// <summary>Persons 0 and 1 started at the same position on one day; 1 may not be texted, 2 never began.</summary>
    private static async Task<World> Working()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 3));
        world.Put(Town.Person(1) with { Consent = new(Town.Today, null, null, null) });
        world.Now = Begun;
        for (var i = 0; i < 3; i++)
            await world.RegisterGuest.Run("fair", $"person-{i}", attended: true, default);
        Assert.IsType<Noted.Done>(await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Started, null, [1, 2], false, "anna", default));
        return world;
    }

    private static async Task Tick(World world)
    {
        await world.Survives(() => world.AskFollowUps.Run(default));
        await world.Settle();
    }

    private static async Task<World> Asked()
    {
        var world = await Working();
        world.Now = MonthOn;
        await Tick(world);
        Assert.Single(world.Took);
        return world;
    }

    private async Task Reply(World world, string text, int person = 0, DateTimeOffset? at = null)
    {
        world.Now += TimeSpan.FromMinutes(10);
        await world.TakeReply.Run(new("world", CallbackKind.Reply, "20270402", "hash"), 0, new(Town.Phone(person), text, at ?? world.Now, $"f{++replies}", null), world.Now, default);
        await world.Settle();
    }

    private static FollowUpFile Of(World world, int person) => world.FollowUpFiles.Single(file => file.Facts.Subject == Town.Subject(person));

    private static FollowUp Last(World world, int person) => Of(world, person).Facts.Asked[^1];

    [Fact]
    public async Task Who_started_is_asked_after_a_month_by_text_or_by_staff_once_and_within_the_hours()
    {
        var world = await Working();
        world.Now = new(2027, 4, 1, 15, 0, 0, People.Offset);
        await Tick(world);
        world.Now = new(2027, 4, 2, 9, 59, 0, People.Offset);
        await Tick(world);
        world.Now = new(2027, 4, 2, 20, 0, 0, People.Offset);
        await Tick(world);
        Assert.Empty(world.Took);
        world.Now = MonthOn;
        for (var tick = 0; tick < 3; tick++)
            await Tick(world);
        var text = Assert.Single(world.Took);
        Assert.Equal((Town.Phone(0), "回访：您3月2日开始的工作，已满1个月。一切都好请回复1，有困难2，已经不做了3，联系我4，T退订。"), (text.Phone, text.Text));
        var work = await world.ListFollowUps.Run(null, default);
        Assert.Equal((Town.Subject(1), "产品检验员", new DateOnly(2027, 4, 5)), work.ToAsk.Items.Single() is var one ? (one.File.Facts.Subject, one.Title, one.Asked.StaffBy) : default);
        Assert.Empty(work.Cases.Items);
        Assert.Equal(2, world.FollowUpFiles.Count);
    }

    [Fact]
    public async Task Two_processes_at_once_ask_once()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = await Working();
            world.Now = MonthOn;
            await world.Interleave(seed, () => world.AskFollowUps.Run(default), () => world.AskFollowUps.Run(default));
            await world.Settle();
            await Tick(world);
            Assert.Single(world.Took);
            Assert.All(world.FollowUpFiles, file => Assert.Single(file.Facts.Asked));
        }
    }

    [Fact]
    public async Task Dying_at_any_call_from_the_first_day_at_work_to_the_question_asks_once()
    {
        foreach (var after in new[] { false, true })
            for (var at = 1; ; at++)
            {
                var world = Town.New([World.Fate.Delivered]);
                world.Now = Begun;
                await world.RegisterGuest.Run("fair", "person-0", attended: true, default);
                (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                // Whoever got no answer enters it again.
                while (!await world.Survives(() => world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Started, null, [1], false, "anna", default)))
                {
                }
                await world.Settle();
                world.Now = MonthOn;
                await Tick(world);
                await Tick(world);
                Assert.True(world.Took.Count == 1 && Last(world, 0) is { Month: 1, ByText: true }, $"{world.Took.Count} texts. Died {world.DiedAt}");
                if (world.DiedAt is null)
                    break;
            }
    }

    [Fact]
    public async Task Dying_at_any_call_while_an_answer_is_taken_in_notes_it_once_and_opens_one_case()
    {
        foreach (var after in new[] { false, true })
            for (var at = 1; ; at++)
            {
                var world = await Asked();
                var reply = new GatewayReply(Town.Phone(0), "2", world.Now, "once", null);
                (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                while (!await world.Survives(() => world.TakeReply.Run(new("world", CallbackKind.Reply, "20270402", "hash"), 0, reply, world.Now, default)))
                {
                }
                Assert.True(Last(world, 0) is { Answer: FollowUpAnswer.Trouble, Replies.Count: 1, Case: { IsOpen: true, Owner: "anna" } }, $"Died {world.DiedAt}");
                Assert.Equal([new("p1", 1)], world.GuestOf(Town.Subject(0))!.Retained);
                Assert.Empty(world.Tasks);
                if (world.DiedAt is null)
                    break;
            }
    }

    [Fact]
    public async Task An_answer_that_overtakes_the_note_of_its_question_is_noted_all_the_same()
    {
        var world = await Working();
        world.Now = MonthOn;
        world.Answers[Town.Phone(0)] = "1";
        // The text leaves and is answered before whoever put it has noted that it was asked.
        world.Before = what =>
        {
            if (what != "work.Show")
                return;
            world.Before = null;
            (world.DieAt, world.DieAfter) = (world.Calls, true);
        };
        await world.Survives(() => world.AskFollowUps.Run(default));
        Assert.Empty(Of(world, 0).Facts.Asked);
        await world.Settle();
        await Tick(world);
        Assert.Equal((1, 1, FollowUpAnswer.Well), (world.Took.Count, Last(world, 0).Month, Last(world, 0).Answer));
    }

    [Fact]
    public async Task Digits_answer_and_what_is_bad_opens_a_case_that_staff_take_over_and_close()
    {
        var world = await Asked();
        await Reply(world, "①");
        Assert.Equal(FollowUpAnswer.Well, Last(world, 0).Answer);
        await Reply(world, "2"); // Changes their mind.
        Assert.Equal(new DateOnly(2027, 4, 5), Last(world, 0).Case!.DueOn);
        var id = FollowUpId.Of(Of(world, 0).Facts, 1);
        Assert.Empty((await world.ListFollowUps.Run("bert", default)).Cases.Items);
        Assert.Single((await world.ListFollowUps.Run("anna", default)).Cases.Items);
        Assert.IsType<CaseChanged.Done>(await world.ChangeCase.Run(id, new("bert", null, "已与单位谈过", null), "bert", default));
        Assert.IsType<CaseChanged.Done>(await world.ChangeCase.Run(id, new("bert", null, "已与单位谈过", null), "bert", default));
        Assert.Equal("已与单位谈过", Assert.Single(Assert.Single((await world.ListFollowUps.Run("bert", default)).Cases.Items).Notes).Words);
        world.Now = MonthOn.AddDays(4);
        Assert.Equal((1, 1, 2), await world.ListFollowUps.Count(default) is var counts ? (counts.ToAsk, counts.Cases, counts.Overdue) : default); // Person 1 was to be asked by Monday.
        foreach (var (change, field) in new[] { (new CaseChange(null, new(2027, 4, 5), null, null), ""), (new(null, new(2027, 4, 4), null, null), "dueOn"), (new(null, null, new string('长', 501), null), "note"), (new(new string('x', 64), null, null, null), "owner") })
            Assert.Equal(field, await world.ChangeCase.Run(id, change, "bert", default) is CaseChanged.Refused refused ? refused.Faults.Single().Field : "");
        for (var time = 0; time < 2; time++)
            Assert.IsType<CaseChanged.Done>(await world.ChangeCase.Run(id, new(null, null, null, CaseReason.AdjustmentArranged), "bert", default));
        Assert.Equal("reason", Assert.Single(Assert.IsType<CaseChanged.Refused>(await world.ChangeCase.Run(id, new(null, null, "x", CaseReason.Solved), "bert", default)).Faults).Field);
        Assert.IsType<CaseChanged.NotFound>(await world.ChangeCase.Run(id with { Month = 3 }, new("bert", null, null, null), "bert", default));
        Assert.Empty((await world.ListFollowUps.Run(null, default)).Cases.Items);
        // It goes on: after three months again.
        world.Now = MonthOn.AddMonths(2);
        await Tick(world);
        Assert.Equal(2, world.Took.Count);
        Assert.Equal(3, Last(world, 0).Month);
    }

    [Fact]
    public async Task Four_and_words_reach_a_person_and_silence_does_after_five_days()
    {
        var world = await Asked();
        await Reply(world, "4");
        await Reply(world, "工资没发");
        await Reply(world, "好");
        Assert.Equal([TaskKinds.Contact, TaskKinds.ToFollowUp, TaskKinds.ToFollowUp], world.Tasks.Select(task => task.Kind));
        Assert.Null(Last(world, 0).Answer);
        world.Now = MonthOn.AddDays(4);
        await Tick(world);
        Assert.Null(Last(world, 0).StaffBy);
        world.Now = MonthOn.AddDays(5);
        await Tick(world);
        Assert.Equal(2, (await world.ListFollowUps.Run(null, default)).ToAsk.Total);
        var id = FollowUpId.Of(Of(world, 0).Facts, 1);
        Assert.Null(await world.AnswerFollowUp.Run(id with { Month = 3 }, FollowUpAnswer.Well, world.Now, "bert", null, default)); // Its day has not come.
        Assert.NotNull(await world.AnswerFollowUp.Run(id, FollowUpAnswer.Well, world.Now, "bert", null, default));
        Assert.Equal([1], (await world.ListFollowUps.Run(null, default)).ToAsk.Items.Select(one => one.Asked.Month));
        Assert.Equal("bert", Last(world, 0).EnteredBy);
        Assert.Single(world.Took);
    }

    [Fact]
    public async Task A_digit_that_could_mean_an_invitation_or_work_is_asked_about_and_a_letter_decides()
    {
        var world = await Asked();
        world.Put(Town.Fair() with { Id = "fair-2", Title = "夏季招聘会", StartsAt = MonthOn.AddDays(9), EndsAt = MonthOn.AddDays(9).AddHours(5) });
        await ((IEvents)world).Tie("fair-2", "p2", default);
        Assert.IsType<Announced.Taken>(await world.Announce.Run("fair-2", null, "anna", default));
        await world.Settle();
        await Reply(world, "1");
        var asked = world.Took[^1].Text;
        Assert.Equal("您回复的是哪一个？A 夏季招聘会4月11日；B 3月2日开始的工作。请回复字母加数字，例如A1。", asked);
        Assert.Null(Last(world, 0).Answer);
        await Reply(world, "B2");
        Assert.Equal(FollowUpAnswer.Trouble, Last(world, 0).Answer);
        Assert.Null((await ((IGuests)world).Find("fair-2", Town.Subject(0), default))!.Value.Value.Answer);
        // One is left open: a bare digit is meant for it.
        await Reply(world, "1");
        Assert.Equal(GuestAnswer.Coming, (await ((IGuests)world).Find("fair-2", Town.Subject(0), default))!.Value.Value.Answer);
        Assert.Equal(FollowUpAnswer.Trouble, Last(world, 0).Answer);
        await Reply(world, "B1");
        Assert.Equal(FollowUpAnswer.Well, Last(world, 0).Answer);
        Assert.Empty(world.Tasks);
    }

    [Fact]
    public async Task Two_behind_one_phone_are_told_apart_by_name()
    {
        var world = await Working();
        world.Put(Town.Person(0) with { Name = "王小明" });
        world.Put(Town.Person(1) with { Name = "李静", Phone = Town.Phone(0) });
        world.Now = MonthOn;
        await Tick(world);
        Assert.Equal(2, world.Took.Count);
        await Reply(world, "3");
        Assert.Equal("您回复的是哪一个？A 王*明，3月2日开始的工作；B 李*，3月2日开始的工作。请回复字母加数字，例如A1。", world.Took[^1].Text);
        await Reply(world, "B3");
        Assert.Equal((null, FollowUpAnswer.Left), (Last(world, 0).Answer, Last(world, 1).Answer));
        Assert.Equal(FollowUpEnd.Left, Of(world, 1).Facts.Ended);
        await Reply(world, "1");
        Assert.Equal((FollowUpAnswer.Well, FollowUpAnswer.Left), (Last(world, 0).Answer, Last(world, 1).Answer));
    }

    [Fact]
    public async Task What_ended_is_asked_no_more_and_what_was_mistyped_goes_on()
    {
        var world = await Working();
        await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Closed, ClosingReason.ContractEnded, [1], false, "anna", default);
        await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Started, null, [2], undo: true, "anna", default);
        Assert.All(world.FollowUpFiles, file => Assert.Equal((FollowUpEnd.Over, null), (file.Facts.Ended, file.NextOn)));
        world.Now = MonthOn;
        await Tick(world);
        Assert.Empty(world.Took);
        await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Closed, null, [1], undo: true, "anna", default);
        await Tick(world);
        Assert.Single(world.Took);

        // A guest's own row decides, also where the series does not know yet.
        world = await Working();
        await ((IGuests)world).Change("fair", Town.Subject(0), guest => guest with { Steps = [] }, default);
        world.Now = MonthOn;
        await Tick(world);
        Assert.Empty(world.Took);
        Assert.Equal(FollowUpEnd.Over, Of(world, 0).Facts.Ended);
    }

    [Fact]
    public async Task Who_wants_no_texts_or_no_such_text_is_left_to_staff_and_an_answer_before_the_text_leaves_makes_it_needless()
    {
        foreach (var change in new Func<SeekerFile, SeekerFile>[] { person => person with { OptedOutAt = Begun }, person => person with { Own = person.Own with { NoTexts = [TextKind.FollowUp] } }, person => person with { Phone = null } })
        {
            var world = await Working();
            world.Put(change(Town.Person(0)));
            world.Now = MonthOn;
            await Tick(world);
            Assert.Empty(world.Took);
            Assert.Equal(2, (await world.ListFollowUps.Run(null, default)).ToAsk.Total);
        }
        var late = await Working();
        late.Now = MonthOn;
        await late.AskFollowUps.Run(default);
        Assert.NotNull(await late.AnswerFollowUp.Run(FollowUpId.Of(Of(late, 0).Facts, 1), FollowUpAnswer.Well, late.Now, "bert", null, default));
        await late.Settle();
        Assert.Empty(late.Took);
        Assert.Equal(Reasons.NothingToSay, late.Messages.Single(message => message.Kind == TextKind.FollowUp).Reason);
    }

    [Fact]
    public async Task A_founder_is_asked_how_the_firm_goes_until_it_closes_down_and_nobody_is_asked_about_long_ago()
    {
        var world = await Working();
        foreach (var (id, on) in new[] { ("firm-1", new DateOnly(2027, 3, 2)), ("firm-2", new DateOnly(2022, 1, 5)) })
            await world.PutRecord.Run(new() { Kind = ProgrammeKind.Incubation, Id = id, Participant = "person-2", Title = "工作室", Steps = [new("MOVED_IN", on)] }, null, default);
        world.Now = MonthOn;
        await Tick(world);
        var text = Assert.Single(world.Took, sent => sent.Phone == Town.Phone(2)).Text;
        Assert.StartsWith("回访：您3月2日入驻的项目，已满1个月。", text, StringComparison.Ordinal);
        await Reply(world, "1", person: 2);
        Assert.Equal(FollowUpAnswer.Well, world.FollowUpFiles.Single(file => file.Facts.About == "firm-1").Facts.Asked.Single().Answer);
        await world.PutRecord.End(ProgrammeKind.Incubation, "firm-1", "CLOSED_DOWN", default);
        Assert.Equal(FollowUpEnd.Over, world.FollowUpFiles.Single(file => file.Facts.About == "firm-1").Facts.Ended);
        Assert.Null(world.FollowUpFiles.Single(file => file.Facts.About == "firm-2").NextOn);
    }

    [Fact]
    public async Task Figures_and_the_funnel_count_who_is_still_there_by_month_and_period()
    {
        var world = await Asked();
        var (one, two) = (FollowUpId.Of(Of(world, 0).Facts, 1), FollowUpId.Of(Of(world, 1).Facts, 1));
        await Reply(world, "2");
        await world.AnswerFollowUp.Run(two, FollowUpAnswer.Well, world.Now, "bert", null, default);
        Assert.Equal((2, 0), await Counted());
        await world.AnswerFollowUp.Run(two, FollowUpAnswer.Left, world.Now.AddMinutes(1), "bert", null, default);
        Assert.Equal((1, 0), await Counted());
        world.Now = MonthOn.AddMonths(2);
        await Tick(world);
        await Reply(world, "1");
        Assert.Equal((1, 1), await Counted());
        Assert.Equal(0, await Figure("stillAtWork1", new(new(2027, 4, 3), null)));
        Assert.Equal(1, await Figure("stillAtWork3", new(new(2027, 4, 3), null)));
        Assert.Equal(1, one.Month);

        async Task<(int, int)> Counted()
        {
            var funnel = (await new Funnel(world, world, world, world).Run("fair", default))!;
            Assert.Equal((await Figure("stillAtWork1", default), await Figure("stillAtWork3", default)), (funnel.Retained1, funnel.Retained3));
            return (funnel.Retained1, funnel.Retained3);
        }

        async Task<decimal> Figure(string key, Period period) => (await new CountFigures(world, world, world, world, world, world).Run(period, default)).Single(x => x.Figure.Key == key).Value;
    }
}
