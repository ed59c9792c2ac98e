using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using JobMatch.Adapters.Storage;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// A private Azurite (tables and queues) for a run without Azure: the service's own, and each test project's. It outlives a
/// SIGKILL of this process for as long as it needs to save, then ends; see azurite.mjs.
/// </summary>
public sealed class LocalStorage : IAsyncDisposable
{
    private static readonly TimeSpan TimeToSave = TimeSpan.FromSeconds(35); // azurite.mjs gives up after 30

    private readonly Process launcher;

    private LocalStorage(Process launcher, string connectionString)
    {
        this.launcher = launcher;
        ConnectionString = connectionString;
    }

    /// <summary>For TableServiceClient and QueueServiceClient, and for AzureWebJobsStorage.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts Azurite on free loopback ports and returns when it answers.</summary>
    /// <param name="dataFolder">Where it keeps its files, created if missing and used by one Azurite at a time; null: in memory.</param>
    /// <exception cref="InvalidOperationException">Node or the npm packages are missing, or the folder is in use; the message says what to do.</exception>
    public static async Task<LocalStorage> StartAsync(string? dataFolder, CancellationToken cancel = default)
    {
        var launcher = Launch(FindAzurite(), dataFolder is null ? "" : Path.GetFullPath(dataFolder));
        var errors = launcher.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            var ready = await launcher.StandardOutput.ReadLineAsync(cancel)
                ?? throw new InvalidOperationException($"The local storage did not start. {await errors}");
            using var ports = JsonDocument.Parse(ready);
            return new(launcher, StorageEndpoints.Emulator(
                ports.RootElement.GetProperty("queue").GetInt32(), ports.RootElement.GetProperty("table").GetInt32()));
        }
        catch
        {
            launcher.StandardInput.Close();
            launcher.Dispose();
            throw;
        }
    }

    /// <summary>Lets Azurite save and end, and returns when it has.</summary>
    public async ValueTask DisposeAsync()
    {
        launcher.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeToSave);
        try
        {
            await launcher.StandardOutput.ReadToEndAsync(patience.Token); // its end is Azurite's end
        }
        catch (OperationCanceledException)
        {
            // It ends by itself; there is nothing more to wait for.
        }
        launcher.Dispose();
    }

    private static Process Launch(string azurite, string dataFolder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Hosting", "azurite.mjs");
        if (!File.Exists(script))
            throw new InvalidOperationException("A published program brings no local storage. Set AzureWebJobsStorage to a storage account.");
        var start = new ProcessStartInfo("node", [script, azurite, dataFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js (20 or later) is needed for the local storage and was not found on PATH. Install it, or set AzureWebJobsStorage to a storage account.");
        }
    }

    internal static string FindAzurite() =>
        Upwards(AppContext.BaseDirectory).Concat(Upwards(Environment.CurrentDirectory))
            .Select(folder => Path.Combine(folder, "node_modules", "azurite"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "package.json")))
        ?? throw new InvalidOperationException("The local storage (npm package azurite) was not found. Run \"npm ci\" in the repository's root, or set AzureWebJobsStorage to a storage account.");

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
