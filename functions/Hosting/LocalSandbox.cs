using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// The sandbox gateway as a process of its own, beside the service in Development. It ends when this process does, however
/// that ends: its standard input is ours.
/// </summary>
public sealed class LocalSandbox : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private readonly Process? process;

    private LocalSandbox(Uri address, string secret, Process? process) => (Address, Secret, this.process) = (address, secret, process);

    public Uri Address { get; }

    /// <summary>The shared secret of send calls.</summary>
    public string Secret { get; }

    /// <summary>Null where the sandbox is somebody else's process.</summary>
    public int? ProcessId => process?.Id;

    /// <summary>
    /// The sandbox that the settings name, else a new one with its ledger in <c>sandbox/ledger.ndjson</c> under <paramref name="dataFolder"/>.
    /// </summary>
    /// <param name="settings">The section <c>Sandbox</c>.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<LocalSandbox> Find(IConfiguration settings, string dataFolder, CancellationToken cancel) => Named(settings)
            ?? await Start(Path.Combine(dataFolder, "sandbox", "ledger.ndjson"), RandomNumberGenerator.GetHexString(32, lowercase: true), new Dictionary<string, string>(), cancel);

    /// <summary>The one that <c>Address</c> and <c>Secret</c> of a section name, which outlives this process; null where they name none.</summary>
    public static LocalSandbox? Named(IConfiguration settings) =>
        settings["Address"] is { Length: > 0 } address ? new(new(address), settings["Secret"] ?? "", null) : null;

    /// <summary>Starts one on a free port; it continues a ledger that is there.</summary>
    /// <param name="more">Settings by name, as its head comment lists them (<c>callback</c>, <c>weather</c> …).</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<LocalSandbox> Start(string ledger, string secret, IReadOnlyDictionary<string, string> more, CancellationToken cancel)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sandbox", "JobMatch.Sandbox.dll");
        if (!File.Exists(program))
            throw new InvalidOperationException($"The sandbox gateway is not built: {program} is missing. It is part of Debug builds only.");
        var start = new ProcessStartInfo(DotNet(), [program, "--urls", "http://127.0.0.1:0", "--ledger", ledger, "--end-with-stdin"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Secrets by the environment: arguments can be read by everybody on the machine.
        foreach (var (name, value) in more.Append(new("secret", secret)))
            start.Environment[$"SANDBOX_{name.ToUpperInvariant()}"] = value;
        var process = Process.Start(start)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(StartTimeout);
        try
        {
            const string ready = "listening ";
            while (await process.StandardOutput.ReadLineAsync(late.Token) is { } line)
                if (line.StartsWith(ready, StringComparison.Ordinal))
                    return new(new(line[ready.Length..]), secret, process);
            throw new InvalidOperationException("The sandbox gateway ended before it was ready; its reason is above.");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Says where callbacks go from now on: the base address to which <c>/report</c> and <c>/reply</c> are added.</summary>
    /// <exception cref="HttpRequestException">The sandbox did not take it.</exception>
    public Task CallBack(string address, CancellationToken cancel) => Set(new Dictionary<string, string> { ["callback"] = address }, cancel);

    /// <summary>Changes settings while it runs.</summary>
    /// <exception cref="HttpRequestException">The sandbox did not take it.</exception>
    public async Task Set(IReadOnlyDictionary<string, string> settings, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        using var answer = await http.PostAsJsonAsync("/settings", settings, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(StopTimeout);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        process.Dispose();
    }

    // The very dotnet that runs this process, so that none has to be on the path.
    private static string DotNet()
    {
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }
}
