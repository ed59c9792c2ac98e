using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>
/// A year passes: the same storage and gateway, the service started again with its clock moved on, seconds before its timer.
/// What was asked stands in the ledger, what was answered moves funnel and figures, and a case is opened and closed.
/// </summary>
public sealed class FollowUpLoopTests : IAsyncLifetime
{
    private const string Ann = "+8619955560011", Ben = "+8619955560012", Staff = "demo-staff";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string data = Directory.CreateTempSubdirectory("jobmatch-year-").FullName;
    private LocalStorage storage = null!;
    private SandboxProcess sandbox = null!;
    private ServiceProcess? service;

    public async Task InitializeAsync()
    {
        storage = await LocalStorage.StartAsync(null);
        sandbox = await SandboxProcess.Start();
    }

    public async Task DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await sandbox.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task From_the_first_day_at_work_over_a_year_of_questions_to_closed_cases_and_figures()
    {
        var began = TimeProvider.System.Today();
        await At(began.AddDays(0));
        await Put("/api/positions/year-job", "demo-employer", """{ "title": "产品检验员", "district": "500103", "closesOn": "2099-12-31", "openings": 2 }""");
        await Put("/api/events/year-fair", Staff, """{ "title": "春季招聘会", "kind": "JOB_FAIR", "district": "500103", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00+08:00" }""");
        Assert.Equal(HttpStatusCode.NoContent, (await Send("PUT", "/api/events/year-fair/positions/year-job")).Status);
        List<int> numbers = [];
        foreach (var (id, phone, consent) in new[] { ("year-ann", Ann, ", \"sms\": \"2026-11-01\""), ("year-ben", Ben, "") })
        {
            await Put($"/api/seekers/{id}", "demo-import", $$"""{ "name": "{{id}}", "phone": "{{phone}}", "district": "500103", "consent": { "matching": "2026-11-01"{{consent}} } }""");
            numbers.Add((int)(await Send("POST", "/api/events/year-fair/registrations", $$"""{ "seeker": "{{id}}", "attended": true }""")).Json["number"]!);
        }
        Assert.Equal(HttpStatusCode.OK, (await Send("POST", "/api/events/year-fair/outcomes", $$"""{ "position": "year-job", "stage": "STARTED", "numbers": [{{string.Join(',', numbers)}}] }""")).Status);
        Assert.Empty(sandbox.Lines("took"));

        // After a month: one by text, one by staff, who hear that something is wrong.
        await At(began.AddMonths(1));
        await Texts(1);
        Assert.Contains("已满1个月", sandbox.Lines("took", Ann)[^1].Text, StringComparison.Ordinal);
        await sandbox.Reply(Ann, "1");
        await Retained(1, 1);
        var ben = await ToAsk("year-ben");
        var answered = await Send("POST", $"/api/follow-ups/{ben["id"]}/answer", """{ "answer": "trouble" }""");
        Assert.Equal(("trouble", "demo-staff", "demo-staff"), ((string)answered.Json["answer"]!, (string)answered.Json["enteredBy"]!, (string)answered.Json["case"]!["owner"]!));
        await Retained(1, 2);
        Assert.Equal([("reason", "unknownCode")], (await Send("POST", $"/api/follow-ups/{ben["id"]}/case", """{ "reason": "NO_SHOW" }""")).Faults);
        Assert.Equal(HttpStatusCode.OK, (await Send("POST", $"/api/follow-ups/{ben["id"]}/case", """{ "owner": "demo-staff-2", "note": "与单位约好周五谈" }""")).Status);
        Assert.Equal(0, (int)(await Send("GET", "/api/cases?owner=demo-staff")).Json["total"]!);
        var mine = (await Send("GET", "/api/cases?owner=demo-staff-2")).Json["items"]!.AsArray().Single()!;
        Assert.Equal("与单位约好周五谈", (string)mine["case"]!["notes"]![0]!["words"]!);
        Assert.Equal("ADJUSTMENT_ARRANGED", (string)(await Send("POST", $"/api/follow-ups/{ben["id"]}/case", """{ "reason": "ADJUSTMENT_ARRANGED" }""")).Json["case"]!["reason"]!);
        Assert.Equal(0, (int)(await Send("GET", "/api/cases")).Json["total"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await Send("POST", $"/api/follow-ups/{((string)ben["id"]!)[..^1]}3/answer", """{ "answer": "well" }""")).Status);

        // Nothing ran in the third month: nobody is asked of it later.
        await At(began.AddMonths(6));
        await Texts(2);
        await sandbox.Reply(Ann, "2");
        await Retained(6, 1);
        await LoopWorld.Until(() => Send("GET", "/api/cases"), x => (int)x["total"]! == 1);

        await At(began.AddMonths(12));
        await Texts(3);
        await sandbox.Reply(Ann, "3");
        var cases = (await LoopWorld.Until(() => Send("GET", "/api/cases"), x => (int)x["total"]! == 2)).Json["items"]!.AsArray();
        Assert.Equal([("trouble", 6), ("left", 12)], cases.Select(x => ((string)x!["answer"]!, (int)x["month"]!)));
        Assert.Equal("left", (string)cases[1]!["ended"]!);
        var figures = (await Send("GET", "/api/outcomes")).Json["items"]!.AsArray().ToDictionary(x => (string)x!["key"]!, x => (int)(decimal)x!["value"]!);
        Assert.Equal((2, 0, 1, 0), (figures["stillAtWork1"], figures["stillAtWork3"], figures["stillAtWork6"], figures["stillAtWork12"]));
        var export = (await Send("GET", "/api/seekers/year-ben/export")).Json;
        Assert.Equal("与单位约好周五谈", (string)export["notes"]![0]!["words"]!);

        Assert.Equal([Ann, Ann, Ann], sandbox.Lines("took").Select(line => line.Phone));
        Assert.Empty(sandbox.TextedTwice());
        Ledger.OutsNobody(sandbox);
    }

    /// <summary>Starts the service at eleven in the morning of a day (China time), some seconds before the timer's next turn; who misses it waits a minute for the next.</summary>
    private async Task At(DateOnly day)
    {
        if (service is not null)
            await service.Stop();
        var ahead = new DateTimeOffset(day.ToDateTime(new(11, 0, 28)), People.Offset) - TimeProvider.System.GetUtcNow();
        service = await ServiceProcess.Start(storage.ConnectionString, sandbox, data,
            [$"--JobMatch:ClockAhead={(ahead < TimeSpan.Zero ? TimeSpan.Zero : ahead):c}", "--JobMatch:Messages:DigestEvery=0", "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:01"]);
    }

    private async Task Texts(int count) => await sandbox.Until(lines => lines.Count(line => line.What == "delivered" && line.Phone == Ann) == count, Patience);

    private async Task Retained(int month, int people) => await LoopWorld.Until(() => Send("GET", "/api/events/year-fair/funnel"), x => (int)x[$"retained{month}"]! == people);

    private async Task<JsonNode> ToAsk(string seeker)
    {
        JsonNode? found = null;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while ((found = (await Send("GET", "/api/follow-ups")).Json["items"]!.AsArray().FirstOrDefault(x => (string?)x!["seeker"]?["id"] == seeker)) is null)
        {
            Assert.True(watch.Elapsed < Patience, $"Nobody is to ask {seeker}.");
            await Task.Delay(100);
        }
        return found;
    }

    private async Task Put(string path, string key, string body) => Assert.Equal(HttpStatusCode.Created, (await Send("PUT", path, body, key)).Status);

    private async Task<Answered> Send(string method, string path, string? body = null, string key = Staff)
    {
        using var http = service!.Client(key);
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : LoopWorld.Json(body) };
        using var answer = await http.SendAsync(request);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.ETag?.ToString());
    }
}
