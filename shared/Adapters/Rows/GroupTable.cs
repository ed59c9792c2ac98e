using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Which group people count in, beside the index and never in it: in the table Index, partition <c>groups|{shard}</c>,
/// insert-only rows <c>change|{ticks}|{random}</c> with the source's version, of which the highest stands. The number is sealed,
/// and which certificate's category has which is decided by a keyed hash.
/// </summary>
/// <param name="keys">The key <c>groups</c> seals and hashes.</param>
public sealed class GroupTable(TableClient table, ServiceKeys keys, TimeProvider time) : IGroups, IDisposable
{
    private const string Partition = "groups|chongqing";
    private const string Property = "Group";
    private const int Categories = 7;

    // A run is short: what is left, the next night takes.
    private const int MostAtOnce = 2_000, AtOnce = 16;

    // Writers' clocks and slow writes, as for the index.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim reading = new(1);
    private readonly Dictionary<string, (long Version, int Group)> known = new(StringComparer.Ordinal);
    private string from = "change|";

    public async Task<IReadOnlyDictionary<string, int>> All(CancellationToken cancel)
    {
        var key = await keys.Get("groups", cancel);
        await reading.WaitAsync(cancel);
        try
        {
            var (last, lookBack) = (from, RowAt(time.GetUtcNow() - LookBack));
            await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from}"), cancellationToken: cancel))
            {
                last = row.RowKey;
                var (source, version) = (row.GetString("Source")!, row.GetInt64("Version")!.Value);
                if (known.GetValueOrDefault(source).Version < version)
                    known[source] = (version, int.Parse(key.Open(CellOf(row), row.GetString(Property)!), CultureInfo.InvariantCulture));
            }
            from = string.CompareOrdinal(last, lookBack) < 0 ? last : lookBack;
            return known.Where(x => x.Value.Group != IGroups.Unknown).ToDictionary(x => x.Key, x => x.Value.Group);
        }
        finally
        {
            reading.Release();
        }
    }

    public async Task Put(SeekerFile file, CancellationToken cancel)
    {
        var category = file.Consent.Statistics is null ? null : file.Certificate?.Category;
        // Of somebody new nothing else can be known.
        if (category is null && file.Version == 1)
            return;
        var key = await keys.Get("groups", cancel);
        var row = new TableEntity(Partition, $"{RowAt(time.GetUtcNow())}|{RandomNumberGenerator.GetHexString(16, lowercase: true)}") { ["Source"] = file.Facts.Id, ["Version"] = file.Version };
        row[Property] = key.Seal(CellOf(row), (category is { } stated ? NumberOf(stated, key) : IGroups.Unknown).ToString(CultureInfo.InvariantCulture));
        await table.AddEntityAsync(row, cancel);
    }

    /// <summary>
    /// Deletes rows that a higher version of the same source has replaced. Nobody waits for it: whoever reads keeps the highest
    /// version, which stays, with or without the others. So it may run twice at once, and end at any line.
    /// </summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> Fold(CancellationToken cancel)
    {
        var highest = new Dictionary<string, (long Version, string Row)>(StringComparer.Ordinal);
        List<string> replaced = [];
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["RowKey", "Source", "Version"], cancellationToken: cancel))
        {
            var (source, version) = (row.GetString("Source")!, row.GetInt64("Version")!.Value);
            var before = highest.GetValueOrDefault(source);
            if (before.Row is not null)
                replaced.Add(version > before.Version ? before.Row : row.RowKey);
            if (version > before.Version)
                highest[source] = (version, row.RowKey);
        }
        foreach (var batch in replaced.Take(MostAtOnce).Chunk(AtOnce))
            await Task.WhenAll(batch.Select(row => table.DeleteEntityAsync(Partition, row, Azure.ETag.All, cancel)));
        return Math.Min(replaced.Count, MostAtOnce);
    }

    public void Dispose() => reading.Dispose();

    // From 1, in the order of the hashes.
    private static int NumberOf(int category, DataKey key)
    {
        string Hash(int of) => Convert.ToHexString(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"group|{of}")));
        return 1 + Enumerable.Range(1, Categories).Count(other => string.CompareOrdinal(Hash(other), Hash(category)) < 0);
    }

    private static string RowAt(DateTimeOffset moment) => string.Create(CultureInfo.InvariantCulture, $"change|{moment.UtcTicks:D19}");

    private Cell CellOf(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, Property);
}
