using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using JobMatch.Functions.Hosting;

namespace JobMatch.Fixtures;

/// <summary>One line of the sandbox's ledger.</summary>
/// <param name="What">took, delivered, refused, doubled, delayed, lost, reply.</param>
public sealed record LedgerLine(DateTimeOffset At, string Id, string Phone, string Text, string What, string? OutId, string? Code);

/// <summary>
/// A sandbox gateway that belongs to a test: it outlives the service that the test kills, and ends with the test's process.
/// Its ledger, and never the service's own state, is what tests judge by.
/// </summary>
public sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http = new();
    private readonly Dictionary<string, string> settings;
    private readonly string folder;
    private LocalSandbox running;

    private SandboxProcess(string folder, Dictionary<string, string> settings, LocalSandbox running) =>
        (this.folder, this.settings, this.running) = (folder, settings, running);

    /// <summary>Changes when it is started again.</summary>
    public Uri Address => running.Address;
    public string Secret => running.Secret;
    public string LedgerPath => LedgerIn(folder);

    /// <summary>Starts one with an empty ledger in a folder of its own, on a free port.</summary>
    /// <param name="settings">By the names that the sandbox's own settings have: callback, weather, seed, receipt, late, slow, spread, retry, batch; times in seconds.</param>
    public static async Task<SandboxProcess> Start(params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("jobmatch-sandbox-").FullName;
        var named = settings.ToDictionary(one => one.Name, one => one.Value);
        return new(folder, named, await LocalSandbox.Start(LedgerIn(folder), RandomNumberGenerator.GetHexString(32), named, default));
    }

    /// <summary>Changes settings while it runs. They do not outlast <see cref="StartAgain"/>.</summary>
    public Task Set(params (string Name, string Value)[] changes) =>
        running.Set(changes.ToDictionary(one => one.Name, one => one.Value), default);

    /// <summary>Kills it as a crash would: no line of its own code runs any more.</summary>
    public async Task Kill()
    {
        using var process = Process.GetProcessById(running.ProcessId!.Value);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again over the same ledger, after <see cref="Kill"/> or politely.</summary>
    /// <param name="changes">To the settings that it was first started with.</param>
    public async Task StartAgain(params (string Name, string Value)[] changes)
    {
        foreach (var (name, value) in changes)
            settings[name] = value;
        await running.DisposeAsync();
        running = await LocalSandbox.Start(LedgerPath, Secret, settings, default);
    }

    /// <summary>The ledger as it stands in the file, whole lines only; also when the sandbox is dead.</summary>
    public IReadOnlyList<LedgerLine> Lines()
    {
        using var file = new FileStream(LedgerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<LedgerLine>(line, Json)!)];
    }

    /// <summary>The lines that say <paramref name="what"/>, of one phone or of all.</summary>
    public IReadOnlyList<LedgerLine> Lines(string what, string? phone = null) =>
        [.. Lines().Where(line => line.What == what && (phone is null || line.Phone == phone))];

    /// <summary>All lines of one phone.</summary>
    public IReadOnlyList<LedgerLine> Of(string phone) => [.. Lines().Where(line => line.Phone == phone)];

    /// <summary>Phones that were texted more than once with the same text.</summary>
    public IReadOnlyList<string> TextedTwice() =>
        [.. Lines("took").GroupBy(line => (line.Phone, line.Text)).Where(same => same.Count() > 1).Select(same => same.Key.Phone)];

    /// <summary>Waits until the ledger is as wanted.</summary>
    /// <exception cref="TimeoutException">It is not, after <paramref name="atMost"/> (10 seconds); says how many lines there are of each kind.</exception>
    public async Task<IReadOnlyList<LedgerLine>> Until(Func<IReadOnlyList<LedgerLine>, bool> wanted, TimeSpan? atMost = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var lines = Lines();
            if (wanted(lines))
                return lines;
            if (Stopwatch.GetElapsedTime(started) > (atMost ?? TimeSpan.FromSeconds(10)))
                throw new TimeoutException($"The ledger holds {string.Join(", ", lines.CountBy(line => line.What).Select(one => $"{one.Value} {one.Key}"))}.");
            await Task.Delay(20);
        }
    }

    /// <summary>A person answers.</summary>
    public async Task Reply(string phone, string text)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(Address, $"/phones/{phone}/reply"), new { text });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string LedgerIn(string folder) => Path.Combine(folder, "ledger.ndjson");
}
