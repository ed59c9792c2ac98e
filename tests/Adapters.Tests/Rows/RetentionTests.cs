using System.Collections.Concurrent;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>What has outlived its time goes, by whomever and however often; what has not stays.</summary>
public sealed class RetentionTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly string[] Names = ["Codes", "Sessions", "Idempotency", "Callbacks", "Tasks", "Seekers", "Messages", "VendorIds", "Audit", "FollowUps"];

    private readonly ConcurrentDictionary<string, TableClient> tables = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");

    public async Task InitializeAsync()
    {
        foreach (var name in Names)
            tables[name] = await storage.NewTable();
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("Codes", 24, 25)]
    [InlineData("Sessions", 24, 25)]
    [InlineData("Idempotency", 24, 25)]
    [InlineData("Callbacks", 30 * 24 - 1, 30 * 24 + 1)]
    [InlineData("Tasks", 30 * 24 - 1, 30 * 24 + 1)]
    public async Task Rows_go_after_their_time_and_not_before(string name, int staysAfterHours, int goesAfterHours)
    {
        await Fill(name, 3);
        Assert.Equal(0, await After(staysAfterHours).Run(default));
        Assert.Equal(3, await After(goesAfterHours).Run(default));
        Assert.Equal(0, await Count(name));
        Assert.Equal(0, await After(goesAfterHours).Run(default));
    }

    [Fact]
    public async Task Of_a_person_only_the_days_go()
    {
        foreach (var row in (string[])["profile", "key", "consent|sms|2026-01-01", "day|2026-01-01", "day|2026-01-02", "message|a"])
            await tables["Seekers"].AddEntityAsync(new("person", row));
        Assert.Equal(0, await After(8 * 24 - 1).RunNightly(default));
        Assert.Equal(0, await After(365 * 24).Run(default));
        Assert.Equal(2, await After(8 * 24 + 1).RunNightly(default));
        Assert.Equal(4, await Count("Seekers"));
    }

    [Fact]
    public async Task An_open_task_stays_and_goes_a_month_after_it_was_done()
    {
        var tasks = new TaskTable(tables["Tasks"], new(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true)), await storage.NewTable()));
        await tasks.Add(new("t1", TaskKinds.Contact, DateTimeOffset.UnixEpoch, new("sandbox", CallbackKind.Reply, "20270220", "ab"), 0, [], []), default);
        Assert.Equal(0, await After(365 * 24).Run(default));
        var open = (await tasks.Find("t1", default))!.Value;
        Assert.Equal("t1", Assert.Single(await tasks.Open(default)).Id);
        await tasks.Save(open.Value with { DoneAt = DateTimeOffset.UnixEpoch }, open.ETag, default);
        Assert.Equal(0, await After(30 * 24 - 1).Run(default));
        Assert.Equal(1, await After(30 * 24 + 1).Run(default));
        Assert.Equal(0, await Count("Tasks"));
    }

    [Fact]
    public async Task What_was_noted_about_cases_goes_a_year_after_the_last_of_them_was_closed_and_the_answers_stay()
    {
        var followUps = new FollowUpTable(tables["FollowUps"], new(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true)), await storage.NewTable()));
        var open = FollowUpTableTests.Begun("a").Ask(1, new(2027, 4, 1), byText: true).Answered(1, FollowUpAnswer.Trouble, DateTimeOffset.UnixEpoch, new(2027, 4, 1), null, "r1");
        var closed = FollowUpTableTests.Begun("b").Ask(1, new(2027, 4, 1), byText: true).Answered(1, FollowUpAnswer.Trouble, DateTimeOffset.UnixEpoch, new(2027, 4, 1), null, "r1").Closed(1, CaseReason.Solved, DateTimeOffset.UnixEpoch, "anna");
        foreach (var series in new[] { open, closed })
            await followUps.Save(new(series, [new(1, DateTimeOffset.UnixEpoch, "anna", "谈过")], new DateOnly(2027, 6, 1)), null, default);
        Assert.Equal(0, await After(366 * 24 - 1).RunNightly(default));
        Assert.Equal(1, await After(366 * 24 + 1).RunNightly(default));
        Assert.Equal(0, await After(366 * 24 + 1).RunNightly(default));
        Assert.Single((await followUps.Find(open.Id, default))!.Value.Value.Notes);
        var bare = (await followUps.Find(closed.Id, default))!.Value.Value;
        Assert.Equal((0, CaseReason.Solved, new DateOnly(2027, 6, 1)), (bare.Notes.Count, bare.Facts.Asked.Single().Case!.Reason, bare.NextOn));
    }

    [Fact]
    public async Task A_plan_that_was_shown_goes_after_a_day_unless_it_is_announced_or_waits_for_approval()
    {
        var plans = new PlanTable(tables["Messages"]);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(9);
        foreach (var (id, wave) in new[] { ("left", 1), ("announced", 1), ("waits", 2) })
        {
            var head = new PlanHead("fair", wave, id, 2, 2, DateTimeOffset.UnixEpoch);
            await plans.Keep(new(id, day, null, DateTimeOffset.UnixEpoch, 2, null, [head]), default);
            await plans.Add(head, new PlanPromises(new Dictionary<string, double>(), []), default);
            for (var page = 0; page < 2; page++)
                await plans.Add(head, page, [new($"subject-{page}", [])], default);
        }
        var kept = new List<PlanHead>();
        foreach (var id in new[] { "announced", "waits" })
            kept.AddRange((await plans.Kept(id, default))!.Heads);
        await plans.Save(new(day, kept), null, default);
        await plans.Complete(kept[0], default);

        Assert.Equal(0, await After(24).Run(default));
        Assert.Equal(3 + 1 + 1, await After(25).Run(default));
        Assert.Null(await plans.Kept("left", default));
        Assert.Equal(3 + 1 + 4 + 1, await Count("Messages"));
        Assert.Equal("subject-1", Assert.Single(await plans.Page(kept[0], 1, default)).Subject);
        Assert.NotNull(await plans.Promises(kept[0], default));
        // Its day is over, and nobody has approved it.
        Assert.Equal(4, await After(10 * 24).Run(default));
        Assert.Equal(3 + 1 + 1, await Count("Messages"));
    }

    [Fact]
    public async Task Of_a_text_what_it_said_goes_a_month_after_its_last_moment_and_what_became_of_it_stays()
    {
        var (messages, now) = (new MessageTable(tables["Messages"], tables["VendorIds"]), TimeProvider.System.GetUtcNow());
        Message Text(string subject, DateTimeOffset deadline) => MessageRowsTests.Message(subject) with
        {
            State = MessageState.Delivered,
            Deadline = deadline,
            PhoneHash = "hash",
            VendorId = "v",
            Gateway = "sandbox",
            Reply = "reply",
        };
        Message[] texts = [Text("over", now), Text("ahead", now.AddDays(30))];
        await messages.Add(texts, default);
        foreach (var text in texts)
        {
            var stored = (await messages.Find(text.Id, default))!.Value;
            await messages.Save(stored.Value, stored.ETag, new Receipt("key", true, null, now), default);
            await messages.AddVendorId("sandbox", $"v-{text.Id.Subject}", text.Id, default);
        }
        var before = await Task.WhenAll(texts.Select(x => messages.Find(x.Id, default)));
        Assert.All(before, x => Assert.NotEmpty(x!.Value.Value.Named));

        Assert.Equal(0, await After(30 * 24 - 1).RunNightly(default));
        Assert.Equal(2 + 2 + 1, await After(30 * 24 + 1).RunNightly(default));
        Assert.Equal(0, await After(30 * 24 + 1).RunNightly(default));
        var (over, ahead) = ((await messages.Find(texts[0].Id, default))!.Value.Value, (await messages.Find(texts[1].Id, default))!.Value.Value);
        Assert.Equal((MessageState.Delivered, "sandbox"), (over.State, over.Gateway));
        Assert.Equal((0, null, null, null), (over.Named.Count, over.PhoneHash, over.VendorId, over.Reply));
        Assert.Equal(("hash", "v"), (ahead.PhoneHash, ahead.VendorId));
        Assert.Empty(await messages.Receipts(over.Id, default));
    }

    [Fact]
    public async Task Of_the_audit_what_people_did_goes_after_three_years_and_receipts_of_erasures_stay()
    {
        foreach (var partition in new[] { "day|2912345", "erased|0a1b" })
            await tables["Audit"].AddEntityAsync(new(partition, "row"));
        Assert.Equal(0, await After(3 * 365 * 24 - 48).RunNightly(default));
        Assert.Equal(1, await After(3 * 366 * 24 + 1).RunNightly(default));
        Assert.Equal(1, await Count("Audit"));
    }

    [Fact]
    public async Task Two_that_run_at_once_delete_each_row_once()
    {
        foreach (var name in Names)
            await Fill(name, 20);
        var deleted = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => After(31 * 24).Run(default)));
        // Under load a run may end before all is gone; the next ones take the rest.
        for (var more = 1; more > 0; deleted = [.. deleted, more])
            more = await After(31 * 24).Run(default);
        Assert.Equal(100, deleted.Sum());
        var left = await Task.WhenAll(Names.Select(Count));
        Assert.Equal([0, 0, 0, 0, 0, 20, 20, 20, 20, 20], left);
    }

    [Fact]
    public async Task A_row_that_is_written_again_meanwhile_stays()
    {
        await Fill("Idempotency", 1);
        Func<Task>? meanwhile = async () => await tables["Idempotency"].UpsertEntityAsync(new("p0", "r0") { ["Status"] = 200 });
        var wire = new Wire(async sent =>
        {
            if (sent.Method == "DELETE" && Interlocked.Exchange(ref meanwhile, null) is { } write)
                await write();
            using var plain = new HttpClient();
            using var copy = new HttpRequestMessage(sent.Request.Method, sent.Uri);
            foreach (var (name, values) in sent.Request.Headers)
                copy.Headers.TryAddWithoutValidation(name, values);
            return await plain.SendAsync(copy);
        });
        var table = new TableClient(storage.ConnectionString, tables["Idempotency"].Name, wire.Tables);
        Assert.Equal(0, await new Retention(name => name == "Idempotency" ? table : tables[name], new Later(TimeSpan.FromHours(25))).Run(default));
        Assert.Null(meanwhile);
        Assert.Equal(1, await Count("Idempotency"));
    }

    private Retention After(int hours) => new(name => tables[name], new Later(TimeSpan.FromHours(hours)));

    private async Task Fill(string name, int rows)
    {
        for (var n = 0; n < rows; n++)
            await tables[name].AddEntityAsync(new($"p{n % 3}", $"r{n}") { ["Done"] = true });
    }

    private async Task<int> Count(string name)
    {
        var count = 0;
        await foreach (var _ in tables[name].QueryAsync<TableEntity>())
            count++;
        return count;
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
