using System.Text;
using System.Text.Json;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

public class ReplyTests
{
    private static readonly string[] LinesOfReplies = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "replies.tsv"));
    private int replies;

    public static TheoryData<string, ReplyMeaning, string> Replies
    {
        get
        {
            var data = new TheoryData<string, ReplyMeaning, string>();
            foreach (var columns in LinesOfReplies.Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')))
                data.Add(columns[0], Enum.Parse<ReplyMeaning>(columns[1]), columns[2]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_is_read_as_its_writer_means_it(string text, ReplyMeaning meaning, string letter) =>
        Assert.Equal(new ReadReply(meaning, letter.Length == 0 ? null : letter[0] - 'A'), ReplyText.Read(text));

    [Fact]
    public void There_are_at_least_sixty_and_none_is_written_down_twice()
    {
        Assert.True(Replies.Count >= 60, $"{Replies.Count}");
        Assert.Equal(Replies.Count, Replies.Select(row => (string)row[0]).Distinct().Count());
    }

    [Fact]
    public async Task What_is_not_understood_reaches_a_person_with_a_time_by_which_and_the_way_to_answer()
    {
        var world = await Told();
        world.Put(world.Person("person-0") with { Contact = new("PHONE", null) });
        await Reply(world, "几点开始");
        var task = Assert.Single(world.Tasks);
        Assert.Equal((TaskKinds.NotUnderstood, "PHONE"), (task.Kind, Assert.Single(task.Ways!)));
        // World.Start is a Saturday.
        Assert.Equal(new DateTimeOffset(2027, 2, 22, 17, 0, 0, People.Offset), task.Due);
        Assert.Single(world.Took);
    }

    [Fact]
    public async Task Three_asks_to_be_contacted_counts_as_a_reply_and_answers_neither_way()
    {
        var world = await Told();
        await Reply(world, "3");
        Assert.Equal((TaskKinds.Contact, "fair"), (Assert.Single(world.Tasks).Kind, world.Tasks[0].Events[0]));
        var guest = world.GuestOf(Town.Subject(0))!;
        Assert.Equal((null, 1), (guest.Answer, guest.Replies.Count));
        Assert.Equal(1, (await new Funnel(world, world, world, world).Run("fair", default))!.Replied);
    }

    [Fact]
    public async Task Four_tells_the_next_best_positions_once_and_then_others()
    {
        var world = Town.New([World.Fate.Delivered]);
        foreach (var (id, title) in new[] { ("p3", "包装工"), ("p4", "装配工"), ("p5", "缝纫工"), ("p6", "数据标注员") })
        {
            world.Put(Town.Position(id, title, "PACKER"));
            world.Tie(id);
        }
        await world.AnnounceAndSettle();
        var named = Assert.Single(world.Messages).Named.Select(position => position.Title).ToList();
        await Reply(world, "4", again: true);
        var more = Assert.Single(world.Took.Skip(1)).Text;
        Assert.DoesNotContain(named, title => more.Contains(title, StringComparison.Ordinal));
        Assert.Contains("3500-4500元", more, StringComparison.Ordinal);
        await Reply(world, "更多");
        await Reply(world, "4");
        Assert.Equal(4, world.Took.Count);
        Assert.Null(world.GuestOf(Town.Subject(0))!.Answer);
        await Reply(world, "1");
        Assert.Equal(GuestAnswer.Coming, world.GuestOf(Town.Subject(0))!.Answer);
        AssertTexts(world);
    }

    [Fact]
    public async Task More_stays_within_the_days_cap_and_comes_the_next_day()
    {
        var world = Town.New([World.Fate.Delivered], settings: new() { AtOnce = 1, CapPerDay = 1 });
        await world.AnnounceAndSettle();
        await Reply(world, "4", settle: false);
        await world.Step(Queues.SendMessage);
        Assert.Single(world.Took);
        await world.Settle(() =>
        {
            Assert.True(world.Took.Count == 1 || world.Now >= new DateTimeOffset(2027, 2, 21, 8, 0, 0, People.Offset), $"Too early: {world.Now}");
            return Task.CompletedTask;
        });
        Assert.Equal(2, world.Took.Count);
    }

    [Fact]
    public async Task A_digit_that_could_mean_several_is_asked_about_once_and_changes_nothing_and_a_letter_decides()
    {
        var world = await Told("fair-2");
        Assert.Equal(2, world.Took.Count);
        await Reply(world, "1", again: true);
        var asked = Assert.Single(world.Took.Skip(2)).Text;
        Assert.Contains("A 春季招聘会3月1日", asked, StringComparison.Ordinal);
        Assert.Contains("B 夏季招聘会3月2日", asked, StringComparison.Ordinal);
        Assert.Equal((null, null), (Answer(world, "fair"), Answer(world, "fair-2")));
        Assert.Empty(world.Tasks);
        // The same digit again: asking again helps nobody, a person does.
        await Reply(world, "1");
        Assert.Equal((3, TaskKinds.ToSeveral), (world.Took.Count, Assert.Single(world.Tasks).Kind));
        await Reply(world, "B1");
        Assert.Equal((null, GuestAnswer.Coming), (Answer(world, "fair"), Answer(world, "fair-2")));
        // One is left open: a bare digit is meant for it.
        await Reply(world, "2");
        Assert.Equal((GuestAnswer.NotComing, GuestAnswer.Coming), (Answer(world, "fair"), Answer(world, "fair-2")));
        await Reply(world, "Z1");
        Assert.Equal(2, world.Tasks.Count);
        AssertTexts(world);
    }

    [Fact]
    public async Task Letters_keep_their_meaning_when_another_invitation_comes()
    {
        var world = await Told("fair-2");
        await Reply(world, "1");
        // Begins before both: by date it would be A.
        world.Put(Town.Fair() with { Id = "fair-0", Title = "早春招聘会", StartsAt = World.FairStarts.AddDays(-1) });
        await Invite(world, "fair-0");
        await Reply(world, "A1");
        Assert.Equal((GuestAnswer.Coming, null), (Answer(world, "fair"), Answer(world, "fair-0")));
    }

    [Fact]
    public async Task What_was_asked_after_a_reply_was_written_is_not_what_it_answers()
    {
        var world = await Told();
        var written = world.Now.AddMinutes(5);
        world.Now = written.AddHours(1);
        world.Put(Town.Fair() with { Id = "fair-2", Title = "夏季招聘会", StartsAt = World.FairStarts.AddDays(1) });
        await Invite(world, "fair-2");
        await Reply(world, "1", at: written);
        Assert.Equal((GuestAnswer.Coming, null), (Answer(world, "fair"), Answer(world, "fair-2")));
    }

    [Fact]
    public async Task Several_people_behind_a_phone_are_asked_for_whom_and_a_stop_stops_the_phone()
    {
        var world = Town.New([World.Fate.Delivered, World.Fate.Delivered]);
        world.Put(Town.Person(0) with { Name = "王小明" });
        world.Put(Town.Person(1) with { Name = "王小红", Phone = Town.Phone(0) });
        await world.AnnounceAndSettle();
        await Reply(world, "1");
        var asked = Assert.Single(world.Took.Skip(2)).Text;
        Assert.Contains("A 王*明", asked, StringComparison.Ordinal);
        Assert.Contains("B 王*红", asked, StringComparison.Ordinal);
        await Reply(world, "B1");
        Assert.Equal((null, GuestAnswer.Coming), (Answer(world, "fair"), world.GuestOf(Town.Subject(1))!.Answer));
        await Reply(world, "STOP");
        Assert.All(new[] { "person-0", "person-1" }, id => Assert.NotNull(world.Person(id).OptedOutAt));
        Assert.Equal(3, world.Took.Count);
        AssertTexts(world);
    }

    [Theory]
    [InlineData("取消")]
    [InlineData("N")]
    public async Task A_word_that_may_mean_no_or_stop_is_obeyed_both_ways_and_confirmed_once_with_the_way_back(string word)
    {
        var world = await Told();
        await Reply(world, "1");
        await Reply(world, word, again: true);
        await Reply(world, word);
        Assert.Equal(GuestAnswer.NotComing, Answer(world, "fair"));
        Assert.NotNull(world.Person("person-0").OptedOutAt);
        Assert.Contains("恢复", Assert.Single(world.Took.Skip(1)).Text, StringComparison.Ordinal);
        await Reply(world, "恢复");
        Assert.Null(world.Person("person-0").OptedOutAt);
        Assert.Contains("已恢复", Assert.Single(world.Took.Skip(2)).Text, StringComparison.Ordinal);
        // A stop from before comes late, by another push: she has opted in since.
        await Reply(world, "T", at: world.Now.AddMinutes(-30));
        Assert.Null(world.Person("person-0").OptedOutAt);
        await Reply(world, "1");
        Assert.Equal(GuestAnswer.Coming, Answer(world, "fair"));
        Assert.Empty(world.Tasks);
    }

    [Fact]
    public async Task Who_has_stopped_texts_is_still_answered_what_they_ask_and_gets_no_invitation()
    {
        var world = await Told();
        await Reply(world, "T");
        Assert.Single(world.Took);
        await Reply(world, "4");
        Assert.Equal(2, world.Took.Count);
        world.Put(Town.Fair() with { Id = "fair-2", StartsAt = World.FairStarts.AddDays(1) });
        await Invite(world, "fair-2");
        Assert.Equal(2, world.Took.Count);
    }

    [Fact]
    public async Task Two_machines_that_answer_each_other_come_to_an_end()
    {
        var world = await Told();
        for (var i = 0; i < 40; i++)
            await Reply(world, i % 2 == 0 ? "取消" : "恢复");
        Assert.Equal(1 + world.Settings.AnswersPerDay, world.Took.Count);
    }

    [Fact]
    public async Task Dying_at_any_call_while_a_reply_is_taken_in_ends_the_same()
    {
        foreach (var text in new[] { "1", "4", "取消", "3", "谁啊", "恢复" })
            foreach (var after in new[] { false, true })
                for (var at = 1; ; at++)
                {
                    var world = await Told("fair-2");
                    if (text == "恢复")
                        await Reply(world, "T");
                    var expected = world.Took.Count;
                    (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                    await Reply(world, text);
                    if (world.DiedAt is null)
                        break;
                    var what = $"{text}: died {world.DiedAt}";
                    Assert.True(expected + (text is "1" or "4" or "取消" or "恢复" ? 1 : 0) == world.Took.Count, $"{world.Took.Count} texts, {what}");
                    Assert.True((text is "3" or "谁啊" ? 1 : 0) == world.Tasks.Count, $"{world.Tasks.Count} tasks, {what}");
                    Assert.True(text == "取消" == world.Person("person-0").OptedOutAt is not null, what);
                }
    }

    [Fact]
    public async Task A_push_that_comes_again_is_taken_up_at_once_wherever_whoever_had_it_first_was_hung_up_on()
    {
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { new GatewayReply(Town.Phone(0), "1", World.Start.AddHours(1), "r", null) }));
        foreach (var after in new[] { false, true })
            for (var at = 1; ; at++)
            {
                var world = await Told();
                (world.DieAt, world.DieAfter) = (world.Calls + at, after);
                await world.Survives(() => world.Receive.Run("world", CallbackKind.Reply, World.Pushed(body), default));
                if (world.DiedAt is null)
                    break;
                await world.Receive.Run("world", CallbackKind.Reply, World.Pushed(body), default);
                await world.Step(Queues.GatewayCallback);
                Assert.True(Answer(world, "fair") == GuestAnswer.Coming, $"Not taken up. Died {world.DiedAt}");
            }
    }

    [Fact]
    public async Task Two_consumers_of_one_reply_text_once()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = await Told("fair-2");
            var reply = new GatewayReply(Town.Phone(0), seed % 2 == 0 ? "1" : "N", world.Now, "r", null);
            var key = new CallbackKey("world", CallbackKind.Reply, "20270220", "hash");
            Assert.All(await world.Interleave(seed, Take, Take), Assert.True);
            await world.Settle();
            Assert.Equal(3, world.Took.Count);
            Assert.Empty(world.Tasks);

            Task Take() => world.TakeReply.Run(key, 0, reply, world.Now, default);
        }
    }

    /// <summary>One person who has had an invitation to a fair, and to these others.</summary>
    private static async Task<World> Told(params string[] others)
    {
        var world = Town.New([World.Fate.Delivered]);
        await world.AnnounceAndSettle();
        foreach (var (index, other) in others.Index())
        {
            world.Put(Town.Fair() with { Id = other, Title = "夏季招聘会", StartsAt = World.FairStarts.AddDays(1 + index) });
            await Invite(world, other);
        }
        return world;
    }

    private static async Task Invite(World world, string fair)
    {
        await ((IEvents)world).Tie(fair, "p1", default);
        Assert.IsType<Announced.Taken>(await world.Announce.Run(fair, null, "anna", default));
        await world.Settle();
    }

    private static GuestAnswer? Answer(World world, string fair) => ((IGuests)world).Find(fair, Town.Subject(0), default).Result?.Value.Answer;

    /// <summary>The phone writes; by default now, ten minutes after whatever was last.</summary>
    /// <param name="again">The vendor pushes it twice.</param>
    private async Task Reply(World world, string text, DateTimeOffset? at = null, bool again = false, bool settle = true)
    {
        if (at is null)
            world.Now += TimeSpan.FromMinutes(10);
        var reply = new GatewayReply(Town.Phone(0), text, at ?? world.Now, $"r{++replies}", null);
        foreach (var extension in again ? new[] { null, "pushed again" } : [null])
        {
            await world.Receive.Run("world", CallbackKind.Reply, World.Pushed(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { reply with { Extension = extension } }))), default);
            if (settle)
                await world.Settle();
            else
                await world.Step(Queues.GatewayCallback);
        }
    }

    private static void AssertTexts(World world) => Assert.All(world.Took, text =>
    {
        Assert.False(Outs.Names(text.Text), text.Text);
        Assert.False(TextTemplates.Leads(text.Text), text.Text);
        Assert.InRange(TextTemplates.Parts(text.Text.Length + world.Settings.SignatureLength), 1, 2);
    });
}
