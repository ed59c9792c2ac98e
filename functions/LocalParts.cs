using JobMatch.Adapters.Secrets;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>What runs beside the service where there is no cloud: a private storage, the sandbox gateway, a folder for keys.</summary>
internal sealed class LocalParts : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private string? temporary;

    /// <summary>The storage to use; null where a managed identity names it.</summary>
    public string? ConnectionString { get; private set; }

    /// <summary>Sandbox gateways by their names; none outside Development, nor where a vendor is in use.</summary>
    public IReadOnlyDictionary<string, LocalSandbox> Sandboxes { get; private set; } = new Dictionary<string, LocalSandbox>();

    /// <summary>Where Development keeps its master key and tokens: beside the storage's files, of the same life.</summary>
    public string SecretsFolder { get; private set; } = "";

    public async Task Start(WebApplicationBuilder builder, CommandLine line)
    {
        ConnectionString = builder.Configuration["AzureWebJobsStorage"] is { Length: > 0 } named ? named : null;
        // Elsewhere nothing is written beside the program: its folder may be read-only, and everything is configured.
        if (!builder.Environment.IsDevelopment())
            return;
        SecretsFolder = line.Data is null ? Temporary() : Directory.CreateDirectory(line.Data).FullName;
        await StartStorage(builder, line);
        if (Vendors.Named(builder.Configuration).Count > 0)
            return;
        var sandboxes = new Dictionary<string, LocalSandbox> { ["sandbox"] = await LocalSandbox.Find(builder.Configuration.GetSection("Sandbox"), SecretsFolder, CancellationToken.None) };
        parts.Push(sandboxes["sandbox"]);
        if (LocalSandbox.Named(builder.Configuration.GetSection("Sandbox:Second")) is { } second)
            sandboxes["sandbox2"] = second;
        Sandboxes = sandboxes;
    }

    /// <summary>Tells the sandboxes where their callbacks go, once it is known where this program listens.</summary>
    public async Task CallBack(WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<CallbackTokens>();
        var address = app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        foreach (var (name, sandbox) in Sandboxes)
            if (tokens.Current(name) is { } token)
                await sandbox.CallBack($"{address.TrimEnd('/')}/callbacks/{name}/{token}", CancellationToken.None);
    }

    private async Task StartStorage(WebApplicationBuilder builder, CommandLine line)
    {
        if (ConnectionString is not null || StorageIdentity.IsNamed(builder.Configuration))
            return;
        var storage = await LocalStorage.StartAsync(line.Data is null ? null : Path.Combine(SecretsFolder, "storage"));
        parts.Push(storage);
        ConnectionString = storage.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
        if (temporary is not null)
            Directory.Delete(temporary, recursive: true);
    }

    private string Temporary() => temporary = Directory.CreateTempSubdirectory("jobmatch-").FullName;
}
