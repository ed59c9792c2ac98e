using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>What runs beside the service where there is no cloud: a private storage, the sandbox gateway, a folder for keys.</summary>
internal sealed class LocalParts : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private string? temporary;

    /// <summary>The storage to use; null where a managed identity names it.</summary>
    public string? ConnectionString { get; private set; }

    /// <summary>Where Development keeps its master key and tokens: beside the storage's files, of the same life.</summary>
    public string SecretsFolder { get; private set; } = "";

    public async Task Start(WebApplicationBuilder builder, CommandLine line)
    {
        SecretsFolder = line.Data is null ? Temporary() : Directory.CreateDirectory(line.Data).FullName;
        ConnectionString = builder.Configuration["AzureWebJobsStorage"];
        if (ConnectionString is { Length: > 0 })
            return;
        ConnectionString = null;
        if (!builder.Environment.IsDevelopment() || builder.Configuration["AzureWebJobsStorage:accountName"] is not null)
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
