using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Load;

/// <summary>What a driver plays on.</summary>
public sealed record StageSettings
{
    public int People { get; init; } = 500;

    public int Seed { get; init; } = 1;

    /// <summary>How long a message in hand stays hidden after a kill.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Settings of the first sandbox, by its own names.</summary>
    public (string Name, string Value)[] Sandbox { get; init; } = [];

    /// <summary>Whether a second sandbox is used beside the first.</summary>
    public bool Two { get; init; }

    /// <summary>Whether storage stands behind a proxy that can fail.</summary>
    public bool Proxy { get; init; }

    /// <summary>Further arguments of the service.</summary>
    public string[] Service { get; init; } = [];
}

/// <summary>
/// Storage, the gateways and the service as programs of their own, and people who all fit one event. The service may be
/// killed; storage may not, since the emulator would lose what it has acknowledged, which Azure does not.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    public const string Fair = "fair", Token = "load-driver-token-0123456789";
    private const int Positions = 3, ImportAtOnce = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly StageSettings settings;
    private readonly LocalStorage storage;
    private readonly string data = Directory.CreateTempSubdirectory("jobmatch-load-").FullName;
    private ServiceProcess service = null!;

    private Stage(StageSettings settings, LocalStorage storage, StorageProxy? proxy, IReadOnlyList<SandboxProcess> sandboxes) =>
        (this.settings, this.storage, Proxy, Sandboxes) = (settings, storage, proxy, sandboxes);

    public StorageProxy? Proxy { get; }

    public IReadOnlyList<SandboxProcess> Sandboxes { get; }

    public Uri Address => service.Address;

    public int Kills { get; private set; }

    /// <summary>From a kill to the next time that the service can serve.</summary>
    public TimeSpan DownTime { get; private set; }

    public static async Task<Stage> Start(StageSettings settings)
    {
        var storage = await LocalStorage.StartAsync(null);
        List<SandboxProcess> sandboxes = [await SandboxProcess.Start(settings.Sandbox)];
        if (settings.Two)
            sandboxes.Add(await SandboxProcess.Start(settings.Sandbox));
        var stage = new Stage(settings, storage, settings.Proxy ? await StorageProxy.Start(storage.ConnectionString, settings.Seed) : null, sandboxes);
        await stage.StartService();
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        foreach (var sandbox in Sandboxes)
            await sandbox.DisposeAsync();
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Everything that the ledgers of all sandboxes hold, in the order of time.</summary>
    public IReadOnlyList<LedgerLine> Lines() => [.. Sandboxes.SelectMany(sandbox => sandbox.Lines()).OrderBy(line => line.At)];

    public static string Phone(int n) => $"+86198{n:D8}";

    public async Task KillAndStart()
    {
        var watch = Stopwatch.StartNew();
        await service.Kill();
        Kills++;
        await StartService();
        DownTime += watch.Elapsed;
    }

    /// <summary>Registers the people and ties positions that fit everybody to an event that nobody has heard of.</summary>
    public async Task Furnish()
    {
        foreach (var part in Enumerable.Range(0, settings.People).Chunk(ImportAtOnce))
        {
            var rows = string.Join('\n', part.Select(n => new JsonObject
            {
                ["id"] = $"s{n:D5}",
                ["phone"] = Phone(n),
                ["district"] = "500103",
                ["consent"] = new JsonObject { ["matching"] = "2026-11-01", ["sms"] = "2026-11-01" },
            }.ToJsonString()));
            var answer = await Send("demo-import", HttpMethod.Post, "/api/seekers/import", () => new StringContent(rows, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")));
            // Unchanged: it was taken before, and the answer was lost.
            var refused = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Count(line => !line.Contains("\"created\"", StringComparison.Ordinal) && !line.Contains("\"unchanged\"", StringComparison.Ordinal));
            if (refused > 0)
                throw new InvalidOperationException($"{refused} people were not taken: {answer[..Math.Min(300, answer.Length)]}");
        }
        await Send("demo-staff", HttpMethod.Put, $"/api/events/{Fair}", () => JsonContent.Create(new
        {
            title = "春季招聘会",
            kind = "JOB_FAIR",
            district = "500103",
            startsAt = "2099-03-01T09:00:00+08:00",
            endsAt = "2099-03-01T16:00:00+08:00",
        }));
        for (var n = 0; n < Positions; n++)
        {
            var title = $"包装工{n}";
            await Send("demo-employer", HttpMethod.Put, $"/api/positions/demo-employer-p{n}", () => JsonContent.Create(new { title, district = "500103", closesOn = "2099-12-31" }));
            await Send("demo-staff", HttpMethod.Put, $"/api/events/{Fair}/positions/demo-employer-p{n}", () => null);
        }
        await Until(async () => (int)(await Json($"/api/events/{Fair}/audience"))["reached"]! == settings.People, "everybody in the audience");
    }

    /// <summary>Announces; where a second person has to agree, one does.</summary>
    public async Task Announce()
    {
        await Send("demo-staff", HttpMethod.Post, $"/api/events/{Fair}/announce", () => null);
        if ((string)(await Json($"/api/events/{Fair}"))["status"]! == "awaitingApproval")
            await Send("demo-staff-2", HttpMethod.Post, $"/api/events/{Fair}/approve", () => null);
    }

    /// <summary>Every message of the event with its state.</summary>
    public async Task<IReadOnlyDictionary<string, string>> States()
    {
        var states = new Dictionary<string, string>();
        string? from = null;
        do
        {
            var part = await Json($"/api/events/{Fair}/messages{(from is null ? "" : $"?from={Uri.EscapeDataString(from)}")}");
            foreach (var item in part["items"]!.AsArray())
                states[(string)item!["id"]!] = (string)item["state"]!;
            from = (string?)part["next"];
        }
        while (from is not null);
        return states;
    }

    public async Task<JsonObject> Json(string path) => JsonNode.Parse(await Send("demo-staff", HttpMethod.Get, path, () => null))!.AsObject();

    /// <summary>Sends until it is answered with success: whoever got no answer, or 503, says it again.</summary>
    /// <exception cref="InvalidOperationException">It is refused, or answered by nobody for three minutes.</exception>
    public async Task<string> Send(string key, HttpMethod method, string path, Func<HttpContent?> body)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var last = "no answer";
            try
            {
                using var http = new HttpClient { BaseAddress = Address, Timeout = Patience };
                http.DefaultRequestHeaders.Authorization = new("Bearer", $"{key}.demo-secret");
                using var request = new HttpRequestMessage(method, path) { Content = body() };
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    return text;
                last = $"{(int)answer.StatusCode} {text}";
                if (answer.StatusCode < HttpStatusCode.InternalServerError)
                    throw new InvalidOperationException($"{method} {path}: {last}");
            }
            catch (HttpRequestException)
            {
            }
            if (watch.Elapsed > Patience)
                throw new InvalidOperationException($"{method} {path}: {last}");
            await Task.Delay(100);
        }
    }

    /// <summary>How many messages lie in poison queues, by queue; straight from storage, not through the proxy.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Poisoned()
    {
        var queues = new QueueServiceClient(storage.ConnectionString);
        var counts = new Dictionary<string, int>();
        foreach (var name in Queues.All)
        {
            var poison = queues.GetQueueClient(name + "-poison");
            if (await poison.ExistsAsync() && (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount is > 0 and var count)
                counts[name] = count;
        }
        return counts;
    }

    /// <returns>False where it does not hold after <paramref name="atMost"/>.</returns>
    /// <param name="every">How long to wait between two looks; half a second where not said.</param>
    public static async Task<bool> Until(Func<Task<bool>> holds, TimeSpan atMost, TimeSpan? every = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > atMost)
                return false;
            await Task.Delay(every ?? TimeSpan.FromMilliseconds(500));
        }
        return true;
    }

    private static async Task Until(Func<Task<bool>> holds, string what)
    {
        if (!await Until(holds, Patience))
            throw new TimeoutException($"Waited in vain for {what}.");
    }

    private async Task StartService()
    {
        string[] second = Sandboxes.Count > 1 ? [$"--Sandbox:Second:Address={Sandboxes[1].Address}", $"--Sandbox:Second:Secret={Sandboxes[1].Secret}", "--JobMatch:Gateways:sandbox2:Weight=1"] : [];
        service = await ServiceProcess.Start(
            Proxy?.ConnectionString ?? storage.ConnectionString, Sandboxes[0], data,
            [
                $"--JobMatch:QueueLease={settings.Lease}", $"--JobMatch:Gateways:sandbox:CallbackTokens:0={Token}", "--JobMatch:Messages:AskAfter=00:00:05", "--JobMatch:Messages:ReceiptAfter=00:00:20",
                "--JobMatch:Messages:PutAgainAfter=00:00:40", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. second, .. settings.Service,
            ]);
    }
}
