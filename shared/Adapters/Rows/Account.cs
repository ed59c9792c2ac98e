using System.Collections.Concurrent;
using System.Collections.Frozen;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Rows;

/// <summary>The storage account: every table and queue by name, created at start.</summary>
public sealed class Account(TableServiceClient tables, QueueServiceClient queues)
{
    /// <summary>Every table there is; the canary looks into each, erasure must know each.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "Seekers", "Subjects", "PhoneIndex", "Employers", "Keys", "Staff", "Sessions", "Codes", "Positions", "Events", "Index",
        "Messages", "VendorIds", "Callbacks", "Idempotency", "Audit", "Tasks", "Policies", "Vectors", "Programmes", "Bookings", "Opportunities", "FollowUps",
    ];

    private readonly ConcurrentDictionary<string, TableClient> opened = new();

    /// <exception cref="ArgumentOutOfRangeException">No such table is created.</exception>
    public TableClient Table(string name) => Tables.Contains(name)
        ? opened.GetOrAdd(name, tables.GetTableClient)
        : throw new ArgumentOutOfRangeException(nameof(name), name, "Not in the list of tables.");

    /// <summary>A client per queue of <see cref="Flows.Queues"/>.</summary>
    public FrozenDictionary<string, QueueClient> Queues { get; } = Flows.Queues.All.ToFrozenDictionary(name => name, queues.GetQueueClient);

    public QueueServiceClient QueueService => queues;

    /// <summary>Creates what is missing. Safe to repeat.</summary>
    public async Task Create(CancellationToken cancel)
    {
        await Parallel.ForEachAsync(Tables, cancel, async (name, token) => await tables.CreateTableIfNotExistsAsync(name, token));
        await Parallel.ForEachAsync(Queues.Values, cancel, async (queue, token) => await queue.CreateIfNotExistsAsync(token));
    }
}
