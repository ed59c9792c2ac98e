using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>
/// Days pass: the same storage and gateway, the service started again with its clock moved on. Reminders and digests stand in
/// the ledger once, digits reach the right question, the funnel moves.
/// </summary>
public sealed class DayTests : IAsyncLifetime
{
    private const string Ann = "+8619955520001", Ben = "+8619955520002", Cem = "+8619955520003";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string data = Directory.CreateTempSubdirectory("jobmatch-days-").FullName;
    private LocalStorage storage = null!;
    private SandboxProcess sandbox = null!;
    private ServiceProcess service = null!;

    public async Task InitializeAsync()
    {
        storage = await LocalStorage.StartAsync(null);
        sandbox = await SandboxProcess.Start();
        service = await Start(0);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await sandbox.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task From_an_invitation_over_reminder_and_digest_to_the_first_day_at_work()
    {
        // Two days ahead, so that the day before is still to come, and a second event next week.
        var fairDay = TimeProvider.System.Today().AddDays(2);
        await Put("/api/positions/day-job", "demo-employer", """{ "title": "产品检验员", "district": "500103", "closesOn": "2099-12-31", "openings": 2 }""");
        foreach (var (id, phone) in new[] { ("day-ann", Ann), ("day-ben", Ben), ("day-cem", Cem) })
            await Put($"/api/seekers/{id}", "demo-import", $$"""{ "name": "{{id}}", "phone": "{{phone}}", "district": "500103", "consent": { "matching": "2026-11-01", "sms": "2026-11-01" } }""");
        await Announce("day-fair", "残疾人专场招聘会", "春季招聘会", fairDay);
        await Reply(Ann, "１");
        await Reply(Ben, "来不了");
        await Reply(Cem, "去");
        await Funnel("day-fair", x => (int)x["coming"]! == 2 && (int)x["notComing"]! == 1);
        await Announce("day-later", "夏季招聘会", null, fairDay.AddDays(7));
        await Reply(Ann, "1"); // The one that is open; the other is answered.
        await Funnel("day-later", x => (int)x["coming"]! == 1);
        Assert.DoesNotContain(sandbox.Lines("took"), line => line.Text.Contains("提醒", StringComparison.Ordinal));

        await service.Stop();
        service = await Start(1, "--JobMatch:Messages:DigestEvery=1");
        await sandbox.Until(lines => lines.Count(line => line.What == "delivered" && line.Text.Contains("提醒", StringComparison.Ordinal)) == 2
            && lines.Count(line => line.What == "delivered" && line.Text.Contains("有新岗位", StringComparison.Ordinal)) == 3, Patience);
        Assert.Equal([Ann, Cem], sandbox.Lines("took").Where(line => line.Text.Contains("提醒", StringComparison.Ordinal)).Select(line => line.Phone).Order());
        await Reply(Cem, "2"); // The reminder has asked again, and the later one was never answered: which?
        await sandbox.Until(lines => lines.Any(line => line.What == "took" && line.Phone == Cem && line.Text.Contains("B 夏季招聘会", StringComparison.Ordinal)), Patience);
        await Reply(Cem, "A2");
        await Funnel("day-fair", x => (int)x["notComing"]! == 2 && (int)x["coming"]! == 1);

        await service.Stop();
        service = await Start(2);
        var guests = (await Send("GET", "/api/events/day-fair/guests", "demo-staff")).Json["items"]!.AsArray();
        var ann = (int)guests.Single(x => (string?)x!["seeker"] == "day-ann")!["number"]!;
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.OK, (await Send("POST", "/api/events/day-fair/check-ins", "demo-staff", $$"""{ "numbers": [{{ann}}] }""")).Status);
        await Put("/api/seekers/day-walk", "demo-staff", """{ "phone": "+8619955520004", "district": "500103", "consent": { "matching": "2026-11-01" } }""");
        var walked = (int)(await Send("POST", "/api/events/day-fair/registrations", "demo-staff", """{ "seeker": "day-walk", "attended": true }""")).Json["number"]!;
        Assert.NotEqual(ann, walked);
        foreach (var (stage, numbers) in new[] { ("INTERVIEWED", $"{ann}, {walked}"), ("INTENTION", $"{ann}, {walked}"), ("SIGNED", $"{ann}"), ("SIGNED", $"{ann}"), ("STARTED", $"{ann}") })
            Assert.Equal(HttpStatusCode.OK, (await Send("POST", "/api/events/day-fair/outcomes", "demo-staff", $$"""{ "position": "day-job", "stage": "{{stage}}", "numbers": [{{numbers}}] }""")).Status);
        Assert.Equal([("reason", "required")], (await Send("POST", "/api/events/day-fair/outcomes", "demo-staff", $$"""{ "position": "day-job", "stage": "CLOSED", "numbers": [{{walked}}] }""")).Faults);
        Assert.Equal([("numbers", "outOfRange")], (await Send("POST", "/api/events/day-fair/outcomes", "demo-staff", """{ "position": "day-job", "stage": "CLOSED", "reason": "TOO_FAR", "numbers": [777] }""")).Faults);
        Assert.Equal(HttpStatusCode.OK, (await Send("POST", "/api/events/day-fair/outcomes", "demo-staff", $$"""{ "position": "day-job", "stage": "CLOSED", "reason": "TOO_FAR", "numbers": [{{walked}}] }""")).Status);
        var funnel = await Funnel("day-fair", x => (int)x["closed"]! == 1);
        Assert.Equal((3, 3, 2, 2, 2, 1, 1), ((int)funnel["invited"]!, (int)funnel["replied"]!, (int)funnel["registered"]!, (int)funnel["attended"]!, (int)funnel["interviewed"]!, (int)funnel["signed"]!, (int)funnel["started"]!));
        var total = (await Send("GET", $"/api/funnel?from={fairDay:yyyy-MM-dd}&to={fairDay.AddDays(7):yyyy-MM-dd}", "demo-staff")).Json;
        Assert.Equal((6, 2, 1), ((int)total["invited"]!, (int)total["coming"]!, (int)total["started"]!));
        Assert.Equal([("to", "outOfRange")], (await Send("GET", "/api/funnel?from=2020-01-01&to=2027-01-01", "demo-staff")).Faults);

        Assert.Empty(sandbox.TextedTwice());
        Ledger.OutsNobody(sandbox);
    }

    [Fact]
    public async Task What_a_person_declines_is_neither_shown_nor_told_until_they_undo_it_or_six_months_have_passed()
    {
        foreach (var (id, title) in new[] { ("day-job", "产品检验员"), ("day-other", "包装工") })
            await Put($"/api/positions/{id}", "demo-employer", $$"""{ "title": "{{title}}", "district": "500103", "closesOn": "2099-12-31" }""");
        await Put("/api/seekers/day-ann", "demo-import", $$"""{ "phone": "{{Ann}}", "district": "500103", "consent": { "matching": "2026-11-01", "sms": "2026-11-01" } }""");
        using (var ann = await SignIn(Ann))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(ann, "/matches/day-job/decline", ("reason", ""))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await Post(ann, "/matches/no-such-job/decline", ("reason", "PAY_TOO_LOW"))).StatusCode);
            Assert.Equal(["day-job", "day-other"], await Matches());
            Assert.Contains("撤销", await (await Post(ann, "/matches/day-job/decline", ("reason", "PAY_TOO_LOW"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(["day-other"], await Matches());
            Assert.Contains("已恢复", await (await Post(ann, "/matches/day-job/undo")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(["day-job", "day-other"], await Matches());
            await Post(ann, "/matches/day-job/decline", ("reason", "PAY_TOO_LOW"));
        }
        // Somebody who knows nothing of it writes the person again.
        Assert.Equal(HttpStatusCode.OK, (await Send("PUT", "/api/seekers/day-ann", "demo-staff", $$"""{ "name": "安", "phone": "{{Ann}}", "district": "500103", "consent": { "matching": "2026-11-01", "sms": "2026-11-01" } }""")).Status);
        Assert.Equal(["day-other"], await Matches());
        await foreach (var row in new TableServiceClient(storage.ConnectionString).GetTableClient("Seekers").QueryAsync<TableEntity>())
            Assert.DoesNotContain(row, property => property.Value is string text && text.Contains("PayTooLow", StringComparison.OrdinalIgnoreCase));

        await Fair("day-fair", 30, "day-job");
        Assert.Equal((0, 1), await Audience("day-fair"));
        await Fair("day-both", 31, "day-job", "day-other");
        Assert.Equal(HttpStatusCode.Accepted, (await Send("POST", "/api/events/day-both/announce", "demo-staff")).Status);
        await Funnel("day-both", x => (int)x["delivered"]! == 1);
        var text = sandbox.Lines("took", Ann)[^1].Text;
        Assert.True(text.Contains("包装工", StringComparison.Ordinal) && !text.Contains("检验", StringComparison.Ordinal), text);

        await service.Stop();
        service = await Start(184);
        Assert.Equal(["day-job", "day-other"], await Matches());
        await Fair("day-late", 190, "day-job");
        Assert.Equal((1, 0), await Audience("day-late"));

        async Task<IEnumerable<string>> Matches() =>
            (await Send("GET", "/api/seekers/day-ann/matches", "demo-staff")).Json["items"]!.AsArray().Select(x => (string)x!["positionId"]!).Order();

        async Task<(int Reached, int NoPosition)> Audience(string id) =>
            (await Send("GET", $"/api/events/{id}/audience", "demo-staff")).Json is var counts ? ((int)counts["reached"]!, (int)counts["excluded"]!["noPosition"]!) : default;
    }

    private async Task Fair(string id, int days, params string[] positions)
    {
        var day = TimeProvider.System.Today().AddDays(days);
        await Put($"/api/events/{id}", "demo-staff", $$"""{ "title": "春季招聘会", "kind": "JOB_FAIR", "district": "500103", "startsAt": "{{day:yyyy-MM-dd}}T09:00:00+08:00", "endsAt": "{{day:yyyy-MM-dd}}T16:00:00+08:00" }""");
        foreach (var position in positions)
            Assert.Equal(HttpStatusCode.NoContent, (await Send("PUT", $"/api/events/{id}/positions/{position}", "demo-staff")).Status);
    }

    /// <summary>As a browser does it, with the code from the phone.</summary>
    private async Task<HttpClient> SignIn(string phone)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = service.Address };
        await Post(http, "/sign-in", ("phone", phone));
        await sandbox.Until(lines => lines.Any(line => line.What == "took" && line.Phone == phone), Patience);
        var code = System.Text.RegularExpressions.Regex.Match(sandbox.Lines("took", phone)[^1].Text, "[0-9]{6}").Value;
        Assert.Equal("/matches", (await Post(http, "/sign-in/code", ("code", code))).RequestMessage!.RequestUri!.AbsolutePath);
        return http;
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.ToDictionary(x => x.Name, x => x.Value));
        return await http.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    private Task<ServiceProcess> Start(int days, params string[] more) => ServiceProcess.Start(
        storage.ConnectionString, sandbox, data, [$"--JobMatch:ClockAhead={days}.00:00:00", "--JobMatch:Messages:RemindFrom=00:00", "--JobMatch:Messages:DigestFrom=00:00", "--JobMatch:Messages:DigestUntil=23:59", $"--JobMatch:Messages:DigestEvery={(more.Length > 0 ? 1 : 0)}", "--JobMatch:Messages:CapPerDay=50", "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:01"]);

    private async Task Announce(string id, string title, string? shortTitle, DateOnly day)
    {
        var shown = shortTitle is null ? "null" : $"\"{shortTitle}\"";
        await Put($"/api/events/{id}", "demo-staff", $$"""{ "title": "{{title}}", "shortTitle": {{shown}}, "kind": "JOB_FAIR", "district": "500103", "startsAt": "{{day:yyyy-MM-dd}}T23:00:00+08:00", "endsAt": "{{day:yyyy-MM-dd}}T23:30:00+08:00" }""");
        Assert.Equal(HttpStatusCode.NoContent, (await Send("PUT", $"/api/events/{id}/positions/day-job", "demo-staff")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Send("POST", $"/api/events/{id}/announce", "demo-staff")).Status);
        await Funnel(id, x => (int)x["delivered"]! == 3);
    }

    private Task Reply(string phone, string text) => sandbox.Reply(phone, text);

    private async Task<JsonNode> Funnel(string id, Func<JsonNode, bool> wanted) =>
        (await LoopWorld.Until(() => Send("GET", $"/api/events/{id}/funnel", "demo-staff"), wanted)).Json;

    private async Task Put(string path, string key, string body) => Assert.Equal(HttpStatusCode.Created, (await Send("PUT", path, key, body)).Status);

    private async Task<Answered> Send(string method, string path, string key, string? body = null)
    {
        using var http = service.Client(key);
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : LoopWorld.Json(body) };
        using var answer = await http.SendAsync(request);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.ETag?.ToString());
    }
}

/// <summary>What must hold of every text that left, whatever the test.</summary>
internal static class Ledger
{
    public static void OutsNobody(SandboxProcess sandbox) => Assert.All(sandbox.Lines("took"), line =>
    {
        Assert.False(Outs.Names(line.Text), line.Text);
        Assert.False(TextTemplates.Leads(line.Text), line.Text);
        Assert.InRange(TextTemplates.Parts(line.Text.Length + new SendSettings().SignatureLength), 1, 2);
    });
}
