using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;
using Xunit.Abstractions;

namespace JobMatch.Functions.Tests.Faults;

/// <summary>
/// The service is killed with SIGKILL at seeded moments, twenty times: while it loads, announces, sends and takes callbacks.
/// The sandbox's ledger judges, never the service's own state. Storage is not killed: the emulator would lose what it has
/// acknowledged, which Azure does not.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 40, Positions = 6, Fairs = 5, KillsPerPhase = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Random random = new(20261122);
    private readonly string data = Directory.CreateTempSubdirectory("jobmatch-kill-").FullName;
    private LocalStorage storage = null!;
    private SandboxProcess sandbox = null!;
    private ServiceProcess service = null!;
    private int kills;

    public async Task InitializeAsync()
    {
        storage = await LocalStorage.StartAsync(null);
        // Receipts come a little later than the texts, so that there is a time in which only callbacks are under way.
        sandbox = await SandboxProcess.Start(("receipt", "3"), ("retry", "1,1,2,5,10,20,60"));
        await Start();
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await sandbox.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Killed_twenty_times_it_loses_nothing_acknowledged_and_texts_nobody_twice()
    {
        await Load();
        var announced = await Announce();
        await KillWhile("took", People * Fairs);
        await KillWhile("delivered", People * Fairs);
        Assert.Equal(4 * KillsPerPhase, kills);

        await EveryAcknowledgedThingIsThere();
        await EveryMessageIsDelivered(announced);
        Assert.Empty(sandbox.TextedTwice());
        var took = sandbox.Lines("took");
        Assert.Equal(People * Fairs, took.Count);
        Assert.Equal(People * Fairs, took.Select(line => line.OutId).Distinct().Count());
        output.WriteLine($"{kills} kills, {took.Count} texts, {sandbox.Lines("delivered").Count} receipts, {await Poisoned()} poisoned.");
    }

    private readonly ConcurrentDictionary<string, bool> acknowledged = new();

    // Everything is put again until it is acknowledged; what was acknowledged once is never put again.
    private async Task Load()
    {
        var todo = Enumerable.Range(0, Positions).Select(n => ($"/api/positions/demo-employer-p{n}", "demo-employer", Position(n)))
            .Concat(Enumerable.Range(0, People).Select(n => ($"/api/seekers/s{n}", "demo-import", Seeker(n)))).ToList();
        for (var round = 0; todo.Count > 0; round++)
        {
            var kill = round < KillsPerPhase ? KillAfter(TimeSpan.FromMilliseconds(random.Next(20, 250))) : Task.CompletedTask;
            // A share of the rest each round, so that every kill falls into loading.
            var share = round < KillsPerPhase ? todo.Take(Math.Max(4, todo.Count / 3)) : todo;
            await Parallel.ForEachAsync(share, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (item, _) =>
            {
                if (await Sent(item.Item2, http => http.PutAsJsonAsync(item.Item1, item.Item3)) is HttpStatusCode.Created or HttpStatusCode.OK)
                    acknowledged[item.Item1] = true;
            });
            await kill;
            todo.RemoveAll(item => acknowledged.ContainsKey(item.Item1));
            if (kill != Task.CompletedTask)
                await Start();
        }
        while (kills < KillsPerPhase)
        {
            await KillAfter(TimeSpan.Zero);
            await Start();
        }
    }

    private async Task<List<string>> Announce()
    {
        var announced = new List<string>();
        for (var n = 0; n < Fairs; n++)
        {
            var id = $"fair-{n}";
            await Until(() => Sent("demo-staff", http => http.PutAsJsonAsync($"/api/events/{id}", Fair(n))));
            for (var p = 0; p < Positions; p++)
                await Until(() => Sent("demo-staff", http => http.PutAsync(new Uri($"/api/events/{id}/positions/demo-employer-p{p}", UriKind.Relative), null)));
            var kill = KillAfter(TimeSpan.FromMilliseconds(random.Next(0, 150)));
            var answer = await Sent("demo-staff", http => http.PostAsync(new Uri($"/api/events/{id}/announce", UriKind.Relative), null));
            await kill;
            await Start();
            // Only an announcement that was not acknowledged is repeated.
            if (answer != HttpStatusCode.Accepted)
                await Until(() => Sent("demo-staff", http => http.PostAsync(new Uri($"/api/events/{id}/announce", UriKind.Relative), null)));
            announced.Add(id);
        }
        return announced;
    }

    /// <summary>Kills at seeded counts of what the ledger says, while it still grows.</summary>
    private async Task KillWhile(string what, int all)
    {
        for (var n = 0; n < KillsPerPhase; n++)
        {
            var before = sandbox.Lines(what).Count;
            var next = Math.Min(all - 1, before + random.Next(1, Math.Max(2, (all - before) / (KillsPerPhase - n + 1))));
            await UntilLedger(what, next);
            await KillAfter(TimeSpan.FromMilliseconds(random.Next(0, 20)));
            await Start();
        }
    }

    private async Task UntilLedger(string what, int count)
    {
        try
        {
            await sandbox.Until(lines => lines.Count(line => line.What == what) >= count, Patience);
        }
        catch (TimeoutException)
        {
            await Tell();
            throw;
        }
    }

    // What the service itself knows, for whoever has to find out why the ledger does not grow.
    private async Task Tell()
    {
        using var staff = service.Client("demo-staff");
        for (var n = 0; n < Fairs; n++)
        {
            output.WriteLine(await staff.GetStringAsync(new Uri($"/api/events/fair-{n}/funnel", UriKind.Relative)));
            output.WriteLine(await staff.GetStringAsync(new Uri($"/api/events/fair-{n}/messages?state=created", UriKind.Relative)));
        }
        var queues = new Adapters.Storage.QueueServiceClient(storage.ConnectionString);
        await foreach (var queue in queues.GetQueuesAsync())
        {
            var client = queues.GetQueueClient(queue.Name);
            output.WriteLine($"{queue.Name}: about {(await client.GetPropertiesAsync()).Value.ApproximateMessagesCount}, seen: {string.Join(" ", (await client.PeekMessagesAsync(5)).Value.Select(x => $"{x.MessageText} ({x.DequeueCount})"))}");
        }
        output.WriteLine(service.Log[^Math.Min(service.Log.Length, 4000)..]);
    }

    private async Task EveryAcknowledgedThingIsThere()
    {
        Assert.Equal(People + Positions, acknowledged.Count);
        foreach (var path in acknowledged.Keys)
            Assert.Equal(HttpStatusCode.OK, await Sent("demo-staff", http => http.GetAsync(new Uri(path, UriKind.Relative))));
        // The index too: every position stands in everybody's matches, at the latest when the message that was put first
        // and hidden for a minute has appeared.
        using var staff = service.Client("demo-staff");
        var watch = Stopwatch.StartNew();
        foreach (var n in Enumerable.Range(0, People))
        {
            int total;
            while ((total = (int)(await staff.GetFromJsonAsync<JsonObject>($"/api/seekers/s{n}/matches"))!["total"]!) < Positions && watch.Elapsed < Patience)
                await Task.Delay(500);
            Assert.Equal(Positions, total);
        }
    }

    private async Task EveryMessageIsDelivered(List<string> events)
    {
        var watch = Stopwatch.StartNew();
        foreach (var id in events)
        {
            JsonObject funnel;
            do
            {
                using var staff = service.Client("demo-staff");
                funnel = (await staff.GetFromJsonAsync<JsonObject>($"/api/events/{id}/funnel"))!;
                if ((int)funnel["delivered"]! == People)
                    break;
                await Task.Delay(500);
            }
            while (watch.Elapsed < Patience);
            Assert.Equal((People, People), ((int)funnel["invited"]!, (int)funnel["delivered"]!));
        }
    }

    // A queue message over which the process was killed five times lies there by the queue's own rule. What it stood for has
    // been done by now, as was just asserted: the page was put again.
    private async Task<int> Poisoned()
    {
        var count = 0;
        var queues = new Adapters.Storage.QueueServiceClient(storage.ConnectionString);
        foreach (var name in Flows.Queues.All)
        {
            var poison = queues.GetQueueClient(name + "-poison");
            if (await poison.ExistsAsync())
                count += (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        }
        return count;
    }

    private async Task Start() => service = await ServiceProcess.Start(
        storage.ConnectionString, sandbox, data, "--JobMatch:QueueLease=00:00:05", "--JobMatch:Messages:AskAfter=00:00:05", "--JobMatch:Messages:CapPerDay=50", "--JobMatch:Messages:PutAgainAfter=00:00:20");

    private async Task KillAfter(TimeSpan delay)
    {
        await Task.Delay(delay);
        await service.Kill();
        Interlocked.Increment(ref kills);
    }

    /// <returns>Null where no answer came.</returns>
    private async Task<HttpStatusCode?> Sent(string key, Func<HttpClient, Task<HttpResponseMessage>> send)
    {
        try
        {
            using var http = service.Client(key);
            using var answer = await send(http);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task Until(Func<Task<HttpStatusCode?>> send)
    {
        var watch = Stopwatch.StartNew();
        HttpStatusCode? status;
        while ((int?)(status = await send()) is null or >= 500)
        {
            Assert.True(watch.Elapsed < Patience, $"Last answer: {status}");
            await Task.Delay(50);
        }
        Assert.True((int)status < 300, $"Answer: {status}");
    }

    private static JsonObject Seeker(int n) => new()
    {
        ["phone"] = $"+8619955500{n:D3}",
        ["district"] = "500103",
        ["consent"] = new JsonObject { ["matching"] = "2026-11-01", ["sms"] = "2026-11-01" },
    };

    private static JsonObject Position(int n) => new()
    {
        ["title"] = $"包装工{n}",
        ["district"] = "500103",
        ["closesOn"] = "2099-12-31",
    };

    // Each on a day of its own: positions that are at several fairs of one day are told in one text.
    private static JsonObject Fair(int n) => new()
    {
        ["title"] = $"招聘会{n}",
        ["kind"] = "JOB_FAIR",
        ["district"] = "500103",
        ["startsAt"] = $"2099-03-0{n + 1}T09:00:00+08:00",
        ["endsAt"] = $"2099-03-0{n + 1}T16:00:00+08:00",
    };
}
