using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>
/// A person goes through everything; then what storage holds of them is what the export says, and after erasure nothing is
/// left but the receipt. Tables and queues are listed by storage itself, so that a new one is not forgotten.
/// </summary>
public sealed partial class ErasureTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Import = "demo-import", Employer = "demo-employer";
    private const string Id = "erase-me", Name = "鷇驎待删", Phone = "+8619955560001", Words = "会修鷇驎钟表", Reply = "鷇驎想问路怎么走", Note = "与鷇驎谈过排班";

    [Fact]
    public async Task Before_erasure_the_export_lacks_nothing_and_after_it_only_the_receipt_is_left()
    {
        await GoThroughEverything();
        var subject = (await Rows("Subjects")).Single(row => row.GetString("Id") == Id).RowKey;
        var hash = (await Rows("PhoneIndex")).Single(row => row.RowKey.EndsWith("|" + subject, StringComparison.Ordinal) && !row.PartitionKey.StartsWith("name|", StringComparison.Ordinal)).RowKey.Split('|')[0];
        await LoopWorld.Until(async () => (await InQueues(subject)).Count == 0, "Queues still name the person.");

        var export = await world.Get(Staff, $"/api/seekers/{Id}/export");
        Assert.Equal(HttpStatusCode.OK, export.Status);
        var told = export.Json["rows"]!.AsArray().Select(x => $"{x!["table"]} · {x["partition"]} · {x["row"]}").ToHashSet();
        var held = await Held(Id, subject, hash);
        Assert.Empty(held.Keys.Except(told));
        Assert.Equal(
            ["Audit", "Bookings", "Events", "FollowUps", "Index", "Messages", "Opportunities", "PhoneIndex", "Positions", "Programmes", "Seekers", "Sessions", "Subjects", "Tasks", "VendorIds"],
            held.Keys.Select(row => row.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
        // Sealed, so that no scan finds it: the sign-in, and what the vendor pushed.
        Assert.Contains(told, row => row.StartsWith("Codes · code|", StringComparison.Ordinal));
        Assert.Contains(told, row => row.StartsWith("Callbacks · ", StringComparison.Ordinal));
        Assert.Empty(await Held(Name, Phone[3..], Words, Reply, Note));
        foreach (var text in (string[])[Name, Phone, Words, Reply, "请坐 2 号线", Note])
            Assert.Contains(text, export.Text, StringComparison.Ordinal);
        Assert.Equal(7, (int)export.Json["seeker"]!["certificate"]!["category"]!);
        Assert.Contains(export.Json["rows"]!.AsArray(), x => (string)x!["row"]! == "consent|matching|2026-11-01" && x["cells"]!["Policy"] is not null);

        var counted = (await world.Get(Staff, "/api/events/erase-fair/funnel")).Text;
        var figures = await Figures();
        var receipt = await world.Send("DELETE", Staff, $"/api/seekers/{Id}", null);
        Assert.Equal(HttpStatusCode.OK, receipt.Status);
        Assert.DoesNotContain(Id, receipt.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, $"/api/seekers/{Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, $"/api/seekers/{Id}/export")).Status);
        await LoopWorld.Until(async () => !(await Held(Id, subject, hash)).Any(IsLeft), "Rows are left.");
        Assert.Equal((string)receipt.Json["number"]!, (string)(await world.Send("DELETE", Staff, $"/api/seekers/{Id}", null)).Json["number"]!);
        // That somebody was read and erased, and by whom, stays without saying whom.
        Assert.Contains(await Rows("Audit"), row => row.GetString("Act") == "SeekerErased" && row.GetString("By") == "demo-staff" && row.GetString("Subject") is { Length: 32 });
        Assert.Single(await Rows("Audit"), row => row.RowKey == (string)receipt.Json["number"]!);

        // What was theirs goes to the next: the place, and the hour in the room.
        Assert.True((bool)(await world.Put(Staff, "/api/opportunities/COURSE_RUN/erase-course/places/erase-other", null)).Json["holds"]!);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/bookings/erase-next", Booking("erase-other"))).Status);

        // Counts stand, and whoever is left is found as before.
        Assert.Equal(figures, await Figures());
        Assert.Equal(counted, (await world.Get(Staff, "/api/events/erase-fair/funnel")).Text);
        var guests = (await world.Get(Staff, "/api/events/erase-fair/guests")).Json["items"]!.AsArray();
        Assert.Equal(["erase-other"], guests.Select(x => (string?)x!["seeker"]).OfType<string>());
        Assert.Equal(1, (int)(await world.Get(Employer, "/api/positions/erase-p/candidates")).Json["total"]!);

        // What comes late brings nobody back.
        await world.Sandbox.Reply(Phone, "1");
        await world.Sandbox.Reply(Phone, "还有吗");
        Assert.Equal(HttpStatusCode.Accepted, (await world.Post(Staff, "/api/events/erase-fair/announce")).Status);
        await LoopWorld.Until(async () => (await Rows("Callbacks")).Count(row => row.PartitionKey.StartsWith("reply|", StringComparison.Ordinal)) >= 2, "The late replies were not taken in.");
        Assert.DoesNotContain(await Held(Id, subject, hash), IsLeft);
        Assert.Equal(counted, (await world.Get(Staff, "/api/events/erase-fair/funnel")).Text);

        // A file that still names them does not either; staff may register them anew, and that is another registration.
        var again = await world.Put(Import, $"/api/seekers/{Id}", LoopWorld.Seeker(Phone));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, ("id", "conflict")), (again.Status, Assert.Single(again.Faults)));
        var row = await world.Post(Import, "/api/seekers/import", new StringContent($$"""{ "id": "{{Id}}", "phone": "{{Phone}}", "district": "500103", "consent": { "matching": "2026-11-01" } }""", Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal("refused", (string)row.Json["status"]!);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, $"/api/seekers/{Id}", LoopWorld.Seeker(Phone))).Status);
        var second = await world.Send("DELETE", Staff, $"/api/seekers/{Id}", null);
        Assert.NotEqual((string)receipt.Json["number"]!, (string)second.Json["number"]!);
    }

    [Fact]
    public async Task Nobody_is_erased_who_never_was_here()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await world.Send("DELETE", Staff, "/api/seekers/nobody-at-all", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, "/api/seekers/nobody-at-all/export")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Send("DELETE", Import, "/api/seekers/nobody-at-all", null)).Status);
    }

    // The tombstone names a random subject that leads nowhere any more, and keeps older rows from coming back; it goes after eight days.
    private static bool IsLeft(KeyValuePair<string, TableEntity> held) =>
        !(held.Key.StartsWith("Index · ", StringComparison.Ordinal) && held.Value.GetInt64("Version") == long.MaxValue && !held.Value.ContainsKey("Facts"));

    private async Task GoThroughEverything()
    {
        await Register(Id, Phone, Name);
        await Register("erase-other", "+8619955560002", "别人");
        await world.Put(Employer, "/api/positions/erase-p", JsonNode.Parse("""
            { "title": "包装工", "district": "500103", "openings": 5, "demands": { "HEARING": 1 }, "accommodations": { "STEP_FREE": "offered" }, "closesOn": "2099-12-31" }
            """));
        await world.Fair("erase-fair", "erase-p");
        Assert.Equal(HttpStatusCode.Accepted, (await world.Post(Staff, "/api/events/erase-fair/announce")).Status);
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/erase-fair/funnel"), x => (int)x["delivered"]! == 2);
        await world.Sandbox.Reply("+8619955560002", "1");
        await world.Sandbox.Reply(Phone, "1");
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/erase-fair/funnel"), x => (int)x["coming"]! == 2);
        await world.Sandbox.Reply(Phone, Reply);
        var tasks = await LoopWorld.Until(() => world.Get(Staff, "/api/tasks"), x => (int)x["total"]! > 0);
        var task = tasks.Json["items"]!.AsArray().Single(x => (string?)x!["text"] == Reply)!;
        Assert.Equal(HttpStatusCode.NoContent, (await world.Post(Staff, $"/api/tasks/{task["id"]}/answer", LoopWorld.Json("""{ "text": "请坐 2 号线" }"""))).Status);
        await world.Sandbox.Until(lines => lines.Any(line => line.What == "delivered" && line.Phone == Phone && line.Text.Contains("2 号线", StringComparison.Ordinal)), TimeSpan.FromSeconds(30));

        var number = (int)(await world.Post(Staff, "/api/events/erase-fair/registrations", LoopWorld.Json($$"""{ "seeker": "{{Id}}" }"""))).Json["number"]!;
        Assert.Equal(HttpStatusCode.OK, (await world.Post(Staff, "/api/events/erase-fair/check-ins", LoopWorld.Json($$"""{ "numbers": [{{number}}] }"""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.Post(Staff, "/api/events/erase-fair/outcomes", LoopWorld.Json($$"""{ "position": "erase-p", "stage": "SIGNED", "numbers": [{{number}}] }"""))).Status);
        foreach (var (kind, body) in new[]
                 {
                     ("COURSE_ATTENDANCE", $$"""{ "participant": "{{Id}}", "partOf": "erase-run", "type": "CITY", "steps": [ { "step": "ATTENDED", "on": "2026-01-05" } ] }"""),
                     ("INCUBATION", $$"""{ "participant": "{{Id}}", "title": "鷀鷃工作室", "steps": [ { "step": "MOVED_IN", "on": "{{TimeProvider.System.Today().AddMonths(-8):yyyy-MM-dd}}" } ] }"""),
                 })
            Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, $"/api/programmes/{kind}/records/{Id}-record", JsonNode.Parse(body))).Status);
        // Founded so long ago that no timer asks, and said by staff: it goes on, and something is wrong.
        var followUp = $"/api/follow-ups/{(await Rows("FollowUps")).Single(row => row.ContainsKey("Series")).RowKey.Replace('-', '/')}-6";
        Assert.Equal(HttpStatusCode.OK, (await world.Post(Staff, followUp + "/answer", LoopWorld.Json("""{ "answer": "trouble" }"""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.Post(Staff, followUp + "/case", LoopWorld.Json($$"""{ "note": "{{Note}}" }"""))).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/courses/erase-course", JsonNode.Parse("""{ "title": "培训班", "district": "500103", "openings": 1, "closesOn": "2099-12-31", "skills": ["PACKING"] }"""))).Status);
        foreach (var (who, holds) in new[] { (Id, true), ("erase-other", false) })
            Assert.Equal(holds, (bool)(await world.Put(Staff, $"/api/opportunities/COURSE_RUN/erase-course/places/{who}", null)).Json["holds"]!);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/resources/erase-room", JsonNode.Parse("""{ "kind": "ROOM", "title": "直播间", "base": "base-1" }"""))).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/bookings/erase-booking", Booking(Id))).Status);
        await SignIn();
    }

    private static JsonNode Booking(string seeker)
    {
        var day = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return JsonNode.Parse($$"""{ "resource": "erase-room", "seeker": "{{seeker}}", "startsAt": "{{day}}T10:00:00+08:00", "endsAt": "{{day}}T11:00:00+08:00" }""")!;
    }

    // All but the number of people.
    private async Task<string> Figures() =>
        string.Join(' ', (await world.Get(Staff, "/api/outcomes")).Json["items"]!.AsArray().Where(x => (string)x!["key"]! is not ("users" or "newUsersThisMonth")).Select(x => $"{x!["key"]} {x["value"]}"));

    private async Task Register(string id, string phone, string name)
    {
        var seeker = LoopWorld.Seeker(phone);
        seeker["name"] = name;
        seeker["skills"] = new JsonArray(id == Id ? Words : "做饭");
        seeker["certificate"] = JsonNode.Parse("""{ "category": 7, "grade": 4 }""");
        seeker["capacity"] = JsonNode.Parse("""{ "HEARING": 3 }""");
        foreach (var purpose in (string[])["employers", "statistics"])
            seeker["consent"]![purpose] = "2026-11-01";
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Import, $"/api/seekers/{id}", seeker)).Status);
    }

    private async Task SignIn()
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = world.Service.Address };
        await browser.PostAsync("/sign-in", new FormUrlEncodedContent([new("phone", Phone)]));
        var texts = await world.Sandbox.Until(lines => lines.Any(line => line.What == "took" && line.Phone == Phone && Code().IsMatch(line.Text)), TimeSpan.FromSeconds(30));
        var code = Code().Match(texts.Last(line => line.Phone == Phone && Code().IsMatch(line.Text)).Text).Value;
        var answer = await browser.PostAsync("/sign-in/code", new FormUrlEncodedContent([new("code", code)]));
        Assert.EndsWith("/matches", answer.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>Every row of every table in which one of these stands, in whichever cell, packed ones too.</summary>
    private async Task<Dictionary<string, TableEntity>> Held(params string[] sought)
    {
        var held = new Dictionary<string, TableEntity>();
        await foreach (var table in world.Tables.QueryAsync())
            foreach (var row in await Rows(table.Name))
                if (row.Any(cell => Texts(row, cell).Any(text => sought.Any(x => text.Contains(x, StringComparison.Ordinal)))))
                    held[$"{table.Name} · {row.PartitionKey} · {row.RowKey}"] = row;
        Assert.Empty(await InQueues(sought));
        return held;
    }

    private async Task<List<string>> InQueues(params string[] sought)
    {
        var found = new List<string>();
        await foreach (var queue in world.Queues.GetQueuesAsync())
            found.AddRange((await world.Queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value.Select(x => x.MessageText).Where(text => sought.Any(x => text.Contains(x, StringComparison.Ordinal))));
        return found;
    }

    private async Task<List<TableEntity>> Rows(string table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in world.Tables.GetTableClient(table).QueryAsync<TableEntity>())
            rows.Add(row);
        return rows;
    }

    // A packed record is one stream in cells Name0, Name1 …; the others are text, or bytes with text in them.
    private static IEnumerable<string> Texts(TableEntity row, KeyValuePair<string, object?> cell)
    {
        if (cell.Value is string text)
            yield return text;
        if (cell.Value is not (byte[] or BinaryData))
            yield break;
        yield return Encoding.UTF8.GetString(row.GetBinary(cell.Key)!);
        if (cell.Key.EndsWith('0') && Unpacked(row, cell.Key[..^1]) is { } packed)
            yield return packed;
    }

    private static string? Unpacked(TableEntity row, string name)
    {
        using var packed = new MemoryStream();
        for (var i = 0; row.GetBinary($"{name}{i}") is { } part; i++)
            packed.Write(part);
        packed.Position = 0;
        try
        {
            using var text = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
            return text.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return null; // Not packed.
        }
    }

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Code();
}
