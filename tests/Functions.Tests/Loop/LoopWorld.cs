using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>What came back.</summary>
public sealed record Answered(HttpStatusCode Status, string Text, string? ETag)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Field and code of every fault of a problem answer.</summary>
    public IReadOnlyList<(string Field, string Code)> Faults =>
        [.. Json["errors"]!.AsArray().Select(x => ((string)x!["field"]!, (string)x["code"]!))];
}

/// <summary>The service, the sandbox gateway and storage as three programs; all that is sent is held against the service's own document.</summary>
public class LoopWorld : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, HttpClient> clients = [];
    private readonly string data = Directory.CreateTempSubdirectory("jobmatch-loop-").FullName;
    private LocalStorage storage = null!;

    /// <summary>What else the service is started with.</summary>
    protected virtual string[] Settings => [];

    public SandboxProcess Sandbox { get; private set; } = null!;
    public ServiceProcess Service { get; private set; } = null!;
    public TableServiceClient Tables { get; private set; } = null!;
    public QueueServiceClient Queues { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        storage = await LocalStorage.StartAsync(null);
        (Tables, Queues) = (new(storage.ConnectionString), new(storage.ConnectionString));
        Sandbox = await SandboxProcess.Start();
        Service = await Start();
    }

    /// <summary>The process dies between two lines, and another takes its place on the same storage and keys.</summary>
    public async Task KillAndStart()
    {
        await Service.Kill();
        await Service.DisposeAsync();
        foreach (var client in clients.Values)
            client.Dispose();
        clients.Clear();
        Service = await Start();
    }

    private Task<ServiceProcess> Start() =>
        ServiceProcess.Start(storage.ConnectionString, Sandbox, data, ["--JobMatch:Messages:CapPerDay=50", "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:01", .. Settings]);

    public async Task DisposeAsync()
    {
        foreach (var client in clients.Values)
            client.Dispose();
        await Service.DisposeAsync();
        // Every text of every test that used this world.
        Ledger.OutsNobody(Sandbox);
        await Sandbox.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    public Task<Answered> Get(string key, string path, params (string Name, string Value)[] headers) => Send("GET", key, path, null, headers);

    public Task<Answered> Put(string key, string path, JsonNode? body, params (string Name, string Value)[] headers) => Send("PUT", key, path, Json(body), headers);

    public Task<Answered> Post(string key, string path, HttpContent? body = null, params (string Name, string Value)[] headers) => Send("POST", key, path, body, headers);

    public async Task<Answered> Send(string method, string key, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        HttpClient http;
        lock (clients)
            http = clients.TryGetValue(key, out var known) ? known : clients[key] = Service.Client(key.Length == 0 ? null : key);
        using var request = new HttpRequestMessage(new(method), path) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        // Why it failed stands in its log alone.
        Assert.False(answer.StatusCode == HttpStatusCode.InternalServerError, $"{method} {path} failed.\n{Service.Log[^Math.Min(Service.Log.Length, 8_000)..]}");
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.ETag?.ToString());
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public static async Task<Answered> Until(Func<Task<Answered>> ask, Func<JsonNode, bool> wanted)
    {
        var watch = Stopwatch.StartNew();
        Answered last;
        while (!wanted((last = await ask()).Json))
        {
            Assert.True(watch.Elapsed < Patience, $"Last answer: {last.Text}");
            await Task.Delay(50);
        }
        return last;
    }

    public static async Task Until(Func<Task<bool>> done, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await done())
        {
            Assert.True(watch.Elapsed < Patience, what);
            await Task.Delay(100);
        }
    }

    /// <summary>An event with these positions tied to it.</summary>
    public async Task Fair(string id, params string[] positions)
    {
        var put = await Put("demo-staff", $"/api/events/{id}", JsonNode.Parse($$"""
            { "title": "春季招聘会", "kind": "JOB_FAIR", "district": "500103", "address": "解放碑步行街1号", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00+08:00",
              "capacity": 800, "accommodations": { "STEP_FREE": "offered" }, "interpreterSlots": 4, "openToEmployers": true }
            """));
        Assert.Equal(HttpStatusCode.Created, put.Status);
        foreach (var position in positions)
            Assert.Equal(HttpStatusCode.NoContent, (await Put("demo-staff", $"/api/events/{id}/positions/{position}", null)).Status);
    }

    /// <summary>The least that can be posted.</summary>
    public static JsonNode Position(string title = "包装工") => JsonNode.Parse($$"""{ "title": "{{title}}", "district": "500103", "closesOn": "2099-12-31" }""")!;

    /// <summary>The least that is matched and texted.</summary>
    public static JsonNode Seeker(string phone) =>
        JsonNode.Parse($$"""{ "phone": "{{phone}}", "district": "500103", "consent": { "matching": "2026-11-01", "sms": "2026-11-01" } }""")!;

    /// <summary>People named <c>{prefix}-0</c> and so on, imported at once; their phones end in five digits of their own.</summary>
    public async Task Seekers(string prefix, string phone, int count)
    {
        var lines = Enumerable.Range(0, count).Select(i =>
        {
            var seeker = Seeker($"{phone}{i:00000}");
            seeker["id"] = $"{prefix}-{i}";
            return seeker.ToJsonString();
        });
        var answer = await Post("demo-import", "/api/seekers/import", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"));
        Assert.All(answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal("created", (string)JsonNode.Parse(line)!["status"]!));
    }

    public static StringContent? Json(JsonNode? body) => body is null ? null : Json(body.ToJsonString());

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static StringContent Csv(string body) => new(body, Encoding.UTF8, "text/csv");
}
