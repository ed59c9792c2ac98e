using System.Security.Cryptography;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>What the messages' flows count on, on real storage: what is written is read, and who comes second is told.</summary>
public sealed class MessageRowsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");
    private static readonly DateTimeOffset Now = new(2027, 2, 20, 2, 0, 0, TimeSpan.Zero);
    private static readonly PageId Page = new("fair", 1, 0);

    [Fact]
    public void A_message_is_read_as_it_was_written_and_keeps_its_match()
    {
        var message = Message("a") with
        {
            State = MessageState.Failed,
            Language = Language.English,
            Attempt = 2,
            SendingAt = Now.AddSeconds(1),
            PhoneHash = "hash",
            Gateway = "sandbox",
            VendorId = "v/1#?",
            Reason = "BLACKLIST",
            About = "fair",
            Choices = [new("fair", "a"), new("fair-2", "b")],
            Reply = "r1",
            History = [new(Now, Happening.Claimed, MessageState.Sending), new(Now, Happening.WillNotArrive, MessageState.Failed, "BLACKLIST")],
        };
        AssertSame(message, message.ToRow().ToMessage());
        AssertSame(Message("b"), Message("b").ToRow().ToMessage());
    }

    [Fact]
    public void Every_other_record_is_read_as_it_was_written()
    {
        var receipt = new Receipt("key", true, "DELIVRD", Now);
        AssertSame(receipt, receipt.ToRow(Id("a")).ToReceipt());
        var claim = new Claim(Id("a"), 3, Now, "me", true, "sandbox");
        AssertSame(claim, claim.ToRow("person-1").ToClaim());
        var open = new OpenPage(Page, Now, Now.AddDays(9));
        AssertSame(open, open.ToRow().ToOpenPage());
        var guest = new Guest { Event = "fair", Subject = "a", Invitation = Id("a"), Answer = GuestAnswer.NotComing, AnsweredAt = Now, Replies = ["r1", "r2"], Number = 7, RegisteredAt = Now, AttendedAt = Now, Steps = [new("p1", OutcomeStage.Closed, Now, ClosingReason.TooFar)] };
        AssertSame(guest, guest.ToRow().ToGuest());
        var task = new StaffTask("id", "replyNotUnderstood", Now, Key("00"), 3, ["a"], ["fair"], Now.AddDays(1), ["PHONE"]) { DoneAt = Now };
        AssertSame(task, task.ToRow().ToTask());
    }

    [Fact]
    public async Task A_page_of_a_hundred_is_written_once_and_whole()
    {
        var messages = new MessageTable(await storage.NewTable(), await storage.NewTable());
        Message[] page = [.. Enumerable.Range(0, 100).Select(i => Message($"s{i:d3}"))];
        await messages.Add(page, default);
        await messages.Add([.. page.Select(message => message with { PolicyVersion = "later" })], default);
        var read = await messages.Page(Page, default);
        Assert.Equal(page.Select(message => message.Id), read.Select(stored => stored.Value.Id));
        Assert.All(read, stored => Assert.Equal(Policy.Version, stored.Value.PolicyVersion));
        Assert.Equal(100, (await messages.States(Page, default)).Count(line => line.State == MessageState.Created));
        Assert.Empty(await messages.Page(Page with { Page = 10 }, default));
    }

    [Fact]
    public async Task A_receipt_and_what_it_does_are_written_together_and_once()
    {
        var messages = new MessageTable(await storage.NewTable(), await storage.NewTable());
        await messages.Add([Message("a"), Message("b")], default);
        var read = (await messages.Find(Id("a"), default))!.Value;
        var receipt = new Receipt("key", true, null, Now);
        var delivered = read.Value.After(Happening.Arrived, Now);
        Assert.True(await messages.Save(delivered, read.ETag, receipt, default));
        await Assert.ThrowsAsync<ConflictException>(() => messages.Save(read.Value, read.ETag, default));
        await Assert.ThrowsAsync<ConflictException>(() => messages.Save(read.Value, read.ETag, receipt with { Key = "another" }, default));
        var now = (await messages.Find(Id("a"), default))!.Value;
        Assert.False(await messages.Save(read.Value, now.ETag, receipt, default));
        AssertSame(delivered, (await messages.Find(Id("a"), default))!.Value.Value);
        AssertSame(receipt, Assert.Single(await messages.Receipts(Id("a"), default)));
        Assert.Empty(await messages.Receipts(Id("b"), default));
        Assert.Equal(2, (await messages.Page(Page, default)).Count);
    }

    [Fact]
    public async Task A_vendors_id_names_every_message_that_has_it()
    {
        var messages = new MessageTable(await storage.NewTable(), await storage.NewTable());
        await messages.AddVendorId("sandbox", "9/1#?", Id("a"), default);
        await messages.AddVendorId("sandbox", "9/1#?", Id("a"), default);
        await messages.AddVendorId("sandbox", "9/1#?", Id("b"), default);
        await messages.AddVendorId("other", "9/1#?", Id("c"), default);
        Assert.Equal([Id("a"), Id("b")], await messages.ByVendorId("sandbox", "9/1#?", default));
        Assert.Empty(await messages.ByVendorId("sandbox", "9", default));
    }

    [Fact]
    public async Task Open_pages_are_found_when_their_moment_has_come()
    {
        var messages = new MessageTable(await storage.NewTable(), await storage.NewTable());
        var pages = Enumerable.Range(0, 20).Select(i => new OpenPage(Page with { Page = i }, Now.AddSeconds(i), Now.AddDays(9))).ToList();
        foreach (var page in pages)
            await messages.Open(page, default);
        await messages.Open(pages[3] with { CheckAt = Now.AddDays(1) }, default);
        var due = await messages.Due(Now.AddSeconds(9), default);
        Assert.Equal(pages.Take(10).OrderBy(page => page.Page.Page), due.Select(stored => stored.Value).OrderBy(page => page.Page.Page));
        await messages.Save(pages[0] with { CheckAt = Now.AddDays(1) }, due.Single(stored => stored.Value == pages[0]).ETag, default);
        await Assert.ThrowsAsync<ConflictException>(() => messages.Save(pages[0], due.Single(stored => stored.Value == pages[0]).ETag, default));
        await messages.Close(pages[1].Page, default);
        await messages.Close(pages[1].Page, default);
        Assert.Equal(8, (await messages.Due(Now.AddSeconds(9), default)).Count);
        Assert.Null(await messages.FindOpen(pages[1].Page, default));
        Assert.Equal(Now.AddDays(1), (await messages.FindOpen(pages[0].Page, default))!.Value.Value.CheckAt);
    }

    [Fact]
    public async Task Of_many_who_take_a_claim_at_once_one_does()
    {
        var claims = new ClaimTable(await storage.NewTable());
        var day = new DateOnly(2027, 2, 20);
        var seen = await claims.Read("person-1", Id("a"), day, default);
        Assert.Equal((null, 0, null), (seen.Claim, seen.Reserved.Count, seen.DayETag));
        var takers = Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await claims.Take("person-1", seen, new(Id("a"), 1, Now, $"taker-{i}", false), day, default);
                return $"taker-{i}";
            }
            catch (ConflictException)
            {
                return null;
            }
        });
        var winner = Assert.Single(await Task.WhenAll(takers), taker => taker is not null);
        var standing = await claims.Read("person-1", Id("a"), day, default);
        Assert.Equal(winner, standing.Claim!.Value.Value.By);
        Assert.Equal([Id("a").ToString()], standing.Reserved);
    }

    [Fact]
    public async Task A_claim_that_was_opened_is_taken_once_more_and_the_day_counts_it_once()
    {
        var claims = new ClaimTable(await storage.NewTable());
        var day = new DateOnly(2027, 2, 20);
        await claims.Take("person-1", await claims.Read("person-1", Id("a"), day, default), new(Id("a"), 1, Now, "one", false), day, default);
        await claims.Take("person-1", await claims.Read("person-1", Id("b"), day, default), new(Id("b"), 1, Now, "one", false), day, default);
        var held = await claims.Read("person-1", Id("a"), day, default);
        await claims.Save("person-1", held.Claim!.Value.Value with { Open = true }, held.Claim.Value.ETag, default);
        await Assert.ThrowsAsync<ConflictException>(() => claims.Take("person-1", held, new(Id("a"), 2, Now, "stale", false), day, default));
        var open = await claims.Read("person-1", Id("a"), day, default);
        await claims.Take("person-1", open, new(Id("a"), 2, Now, "two", false), day, default);
        Assert.Equal([Id("a").ToString(), Id("b").ToString()], (await claims.Read("person-1", Id("a"), day, default)).Reserved);
        Assert.Equal([("one", 1), ("two", 2)], (await claims.Of("person-1", default)).Select(claim => (claim.By, claim.Attempt)).Order());
    }

    [Fact]
    public async Task The_first_complete_plan_is_the_plan()
    {
        var plans = new PlanTable(await storage.NewTable());
        Assert.Null(await plans.Find("fair", 1, default));
        PlanHead first = new("fair", 1, "aaaa", 1, 1, Now), second = first with { Generation = "bbbb" };
        Invitation[] many = [.. Enumerable.Range(0, 100).Select(i => new Invitation($"s{i}", Message("a").Named))];
        await plans.Add(first, 0, many, default);
        await plans.Add(second, 0, [new("other", [])], default);
        Assert.Equal(first, await plans.Complete(first, default));
        Assert.Equal(first, await plans.Complete(second, default));
        Assert.Equal(first, await plans.Find("fair", 1, default));
        AssertSame(many, (await plans.Page(first, 0, default)).ToArray());
    }

    [Fact]
    public async Task Plans_of_a_day_are_entered_one_after_the_other_with_what_they_promise_to_the_largest()
    {
        var plans = new PlanTable(await storage.NewTable());
        var (monday, reach) = (new DateOnly(2027, 3, 1), new PlanReach(20_000, 12.5, [new(0, 30, 20), new(7, 9, 8)], FairObstacle.WholePeople));
        PlanHead one = new("fair", 1, "aaaa", 1, 1, Now, reach), two = one with { Cause = "fair-2", Generation = "bbbb", Reach = reach with { Budget = null, Obstacle = null } };
        var promises = new PlanPromises(
            Enumerable.Range(0, 1_000).ToDictionary(i => $"an-employer-with-a-name-{i:d6}", i => i / 7.0), [.. Enumerable.Range(0, 20_000).Select(_ => RandomNumberGenerator.GetHexString(32, lowercase: true))]);
        Assert.Null(await plans.Day(monday, default));
        await plans.Add(one, promises, default);
        await plans.Save(new(monday, [one]), null, default);
        await Assert.ThrowsAsync<ConflictException>(() => plans.Save(new(monday, [two]), null, default));
        var stored = (await plans.Day(monday, default))!.Value;
        await plans.Save(stored.Value with { Plans = [.. stored.Value.Plans, two] }, stored.ETag, default);
        await Assert.ThrowsAsync<ConflictException>(() => plans.Save(stored.Value, stored.ETag, default));
        AssertSame(new PlanDay(monday, [one, two]), (await plans.Day(monday, default))!.Value.Value);
        AssertSame(promises, await plans.Promises(one, default));
        Assert.Null(await plans.Day(monday.AddDays(1), default));
        AssertSame(two, await plans.Complete(two, default));
        AssertSame(two, await plans.Find("fair-2", 1, default));
    }

    [Fact]
    public void A_plan_older_than_its_reach_is_read() =>
        Assert.Equal(new PlanHead("fair", 1, "aaaa", 2, 150, Now), Written.Read<PlanHead>("""{"Cause":"fair","Wave":1,"Generation":"aaaa","Pages":2,"People":150,"At":"2027-02-20T02:00:00+00:00"}"""));

    [Fact]
    public async Task An_invitation_leaves_what_a_guest_has_answered()
    {
        var guests = new GuestTable(await storage.NewTable());
        var guest = new Guest { Event = "fair", Subject = "a", Answer = GuestAnswer.Coming, AnsweredAt = Now, Replies = ["r1"] };
        await guests.Save(guest, null, default);
        await guests.Invite([Id("a"), Id("b"), Id("c")], default);
        await guests.Invite([Id("a")], default);
        AssertSame(guest with { Invitation = Id("a") }, (await guests.Find("fair", "a", default))!.Value.Value);
        await Assert.ThrowsAsync<ConflictException>(() => guests.Save(guest, null, default));
        await guests.Save(new Guest { Event = "fair-2", Subject = "z" }, null, default);
        Assert.Equal(["a", "b", "c"], (await guests.Of("fair", default)).Select(x => x.Subject).Order());
    }

    [Fact]
    public async Task A_number_is_given_once_and_is_no_guest()
    {
        var guests = new GuestTable(await storage.NewTable());
        Assert.True(await guests.AddNumber("fair", 12, "a", default));
        Assert.False(await guests.AddNumber("fair", 12, "b", default));
        Assert.True(await guests.AddNumber("fair-2", 12, "b", default));
        Assert.Equal([(12, "a")], (await guests.Numbers("fair", default)).Select(x => (x.Key, x.Value)));
        Assert.Empty(await guests.Of("fair", default));
    }

    [Fact]
    public async Task Events_are_found_by_the_day_on_which_they_begin_now()
    {
        var events = new EventTable(await storage.NewTable());
        // Half past midnight in China is the day before in UTC.
        var fair = new RecruitmentEvent { Id = "fair", Title = "Fair", Kind = EventKind.JobFair, StartsAt = new(2027, 3, 1, 0, 30, 0, People.Offset), EndsAt = new(2027, 3, 1, 9, 0, 0, People.Offset) };
        var etag = await events.Save(fair, null, default);
        Assert.Equal("fair", Assert.Single(await events.On(new(2027, 3, 1), default)).Id);
        await events.Save(fair with { StartsAt = fair.StartsAt.AddDays(1) }, etag, default);
        Assert.Empty(await events.On(new(2027, 3, 1), default));
        Assert.Equal("fair", Assert.Single(await events.On(new(2027, 3, 2), default)).Id);
    }

    [Fact]
    public async Task A_callback_is_kept_sealed_once_a_day_up_to_the_largest()
    {
        var table = await storage.NewTable();
        var callbacks = new CallbackTable(table, new(new DataKeys(NewMasterKey()), await storage.NewTable()));
        var body = new byte[256 * 1024];
        RandomNumberGenerator.Fill(body);
        "+8613800000000"u8.CopyTo(body);
        var callback = new Callback(Key("ab"), body, Now);
        await callbacks.Add(callback, default);
        await callbacks.Add(callback with { Body = [] }, default);
        await callbacks.Add(callback with { Key = callback.Key with { Kind = CallbackKind.Reply } }, default);
        Assert.Equal(body, (await callbacks.Find(callback.Key with { From = 7, Waited = 1 }, default))!.Body);
        Assert.Null(await callbacks.Find(Key("cd"), default));
        await callbacks.Quarantine(callback.Key, 3, "NoMessage", default);
        await callbacks.Quarantine(callback.Key, 3, "NoMessage", default);
        await foreach (var row in table.QueryAsync<Storage.TableEntity>())
            Assert.DoesNotContain(row.Values, value => value is string text && text.Contains("13800000000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_is_known_again_a_task_waits_once_and_a_channel_can_be_paused()
    {
        var table = await storage.NewTable();
        var keys = new ServiceKeys(new DataKeys(NewMasterKey()), table);
        var callbacks = new CallbackTable(table, keys);
        Assert.False(await callbacks.Seen("abc", default));
        await callbacks.See("abc", default);
        await callbacks.See("abc", default);
        Assert.True(await callbacks.Seen("abc", default));
        var tasks = new TaskTable(table, keys);
        var task = new StaffTask("id", "replyNotUnderstood", Now, Key("00"), 0, [], []);
        await tasks.Add(task, default);
        await tasks.Add(task with { Entry = 9 }, default);
        AssertSame(task, Assert.Single(await tasks.Open(default)));
        var stored = (await tasks.Find("id", default))!.Value;
        await tasks.Save(task with { Answer = "好的，可以带家人来" }, stored.ETag, default);
        await Assert.ThrowsAsync<ConflictException>(() => tasks.Save(task, stored.ETag, default));
        await foreach (var row in table.QueryAsync<Storage.TableEntity>())
            Assert.DoesNotContain(row.Values, value => value is string text && text.Contains("家人", StringComparison.Ordinal));
        stored = (await tasks.Find("id", default))!.Value;
        await tasks.Save(stored.Value with { DoneAt = Now }, stored.ETag, default);
        await tasks.Add(task, default);
        Assert.Empty(await tasks.Open(default));
        Assert.Equal(("好的，可以带家人来", Now), ((await tasks.Find("id", default))!.Value.Value.Answer, (await tasks.Find("id", default))!.Value.Value.DoneAt));
        var channels = new ChannelTable(table);
        await channels.Pause(new("sandbox", "NO_BALANCE", Now), default);
        await channels.Pause(new("sandbox", ChannelPause.ByStaff, Now.AddDays(1)), default);
        await channels.Tell(new("sandbox", 3, new(1, 2), Now.AddDays(-1)), default);
        await channels.Tell(new("sandbox", 3, new(12.5, 0.25), Now), default);
        var read = await channels.Read(default);
        Assert.Equal(new ChannelPause("sandbox", "NO_BALANCE", Now), read.Paused("sandbox"));
        Assert.Null(read.AllPaused);
        Assert.Equal(new ToldHealth("sandbox", 3, new(12.5, 0.25), Now), Assert.Single(read.Told));
        await channels.Resume("sandbox", default);
        await channels.Resume("sandbox", default);
        Assert.Empty((await channels.Read(default)).Pauses);
    }

    [Fact]
    public async Task Those_who_come_are_counted_and_given_up_messages_are_put_back_as_they_are()
    {
        var guests = new GuestTable(await storage.NewTable());
        for (var n = 0; n < 20; n++)
            await guests.Save(new() { Event = "fair", Subject = $"s{n}", Answer = n % 4 == 0 ? GuestAnswer.Coming : n % 4 == 1 ? GuestAnswer.NotComing : null }, null, default);
        await guests.Save(new() { Event = "fair-2", Subject = "s", Answer = GuestAnswer.Coming }, null, default);
        Assert.Equal(5, await guests.Coming("fair", default));

        foreach (var name in Queues.All)
            await storage.Queues.GetQueueClient(name).CreateIfNotExistsAsync();
        var raw = new Storage.QueueServiceClient(storage.ConnectionString, new() { MessageEncoding = Storage.QueueMessageEncoding.None });
        var lines = new QueueLines(raw);
        Assert.Equal((0, null), (await Codes()).Poison);
        Assert.Null(await lines.Redrive("no-such", 10, default));
        Assert.Equal(0, await lines.Redrive(Queues.SendCode, 10, default));
        var poison = raw.GetQueueClient(Queues.SendCode + "-poison");
        await poison.CreateIfNotExistsAsync();
        for (var n = 0; n < 40; n++)
            await poison.SendMessageAsync($"not base64 {n}");
        Assert.Equal(40, (await Codes()).Poison.Count);
        Assert.NotNull((await Codes()).Poison.Since);
        Assert.Equal(35, await lines.Redrive(Queues.SendCode, 35, default));
        Assert.Equal((5, 35), ((await Codes()).Poison.Count, (await Codes()).Waiting));
        Assert.StartsWith("not base64 ", (await raw.GetQueueClient(Queues.SendCode).PeekMessagesAsync(1)).Value[0].RawText, StringComparison.Ordinal);
        await raw.GetQueueClient(Queues.SendCode).ClearMessagesAsync();
        await poison.ClearMessagesAsync();

        async Task<(int Waiting, (int Count, DateTimeOffset? Since) Poison)> Codes()
        {
            var line = (await lines.All(default)).Single(line => line.Queue == Queues.SendCode);
            return (line.Waiting, (line.Poisoned, line.PoisonedSince));
        }
    }

    private static MessageId Id(string subject) => new(Page, subject);

    private static CallbackKey Key(string hash) => new("sandbox", CallbackKind.Report, "20270220", hash + new string('0', 62));

    internal static Message Message(string subject) => new()
    {
        Id = Id(subject),
        Deadline = Now.AddDays(9),
        Named = [new("p1", "产品检验员", "PRODUCT_INSPECTOR", Verdict.AskFirst, 715, [new("M3", "HEARING", Result.Ask, Whom.You, "SIGN_INTERPRETER"), new("M1", null, Result.Met)])],
        PolicyVersion = Policy.Version,
        CreatedAt = Now,
    };

    // Lists compare by identity: what is written of both is compared.
    private static void AssertSame<T>(T expected, T actual) => Assert.Equal(Written.Of(expected), Written.Of(actual));

    private FileMasterKey NewMasterKey() => FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true);

    public void Dispose() => folder.Delete(recursive: true);
}
