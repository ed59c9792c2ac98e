using System.Security.Cryptography;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Functions.Hosting;
using Xunit;

namespace JobMatch.Fixtures;

/// <summary>
/// Real storage in memory: one Azurite for all classes of a test assembly, so that they can run at the same time. Each test
/// makes tables and queues of its own. It ends when the test process does, because its standard input closes then.
/// Use: <c>class XTests(AzuriteFixture storage) : IClassFixture&lt;AzuriteFixture&gt;</c>.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly Lazy<Task<LocalStorage>> Shared = new(() => LocalStorage.StartAsync(null));

    public string ConnectionString { get; private set; } = "";
    public TableServiceClient Tables { get; private set; } = null!;
    public QueueServiceClient Queues { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ConnectionString = (await Shared.Value).ConnectionString;
        Tables = new(ConnectionString);
        FileMasterKey.Open(MasterKeyFile, createIfAbsent: true);
        Queues = new(ConnectionString);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>
    /// The master key of everything in this storage, in a file: services that share the storage share its keys, which are stored
    /// wrapped, and refuse to start under another master key.
    /// </summary>
    public string MasterKeyFile { get; } = Path.Combine(AppContext.BaseDirectory, "test-master-key.json");

    /// <summary>An empty table that nobody else knows.</summary>
    public async Task<TableClient> NewTable()
    {
        var table = Tables.GetTableClient(NewName());
        await table.CreateIfNotExistsAsync();
        return table;
    }

    /// <summary>An empty queue that nobody else knows.</summary>
    public async Task<QueueClient> NewQueue()
    {
        var queue = Queues.GetQueueClient(NewName());
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    /// <summary>A name that is valid for a table, a queue, or as a prefix of several.</summary>
    public static string NewName() => "t" + RandomNumberGenerator.GetHexString(20, lowercase: true);
}
