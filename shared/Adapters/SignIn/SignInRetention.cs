using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.SignIn;

/// <summary>Deletes codes, counts and sessions that say nothing any more: a day after they were last written.</summary>
public sealed class SignInRetention(TableClient codes, TableClient sessions, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10);

    // A run is short: what is left, the next one takes.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1.5);

    /// <returns>How many rows were deleted.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var (started, deleted) = (time.GetTimestamp(), 0);
        var before = time.GetUtcNow() - Kept;
        foreach (var table in (TableClient[])[codes, sessions])
        {
            await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Timestamp lt {before}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancel))
            {
                if (time.GetElapsedTime(started) > AtMost) return deleted;
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancel);
                deleted++;
            }
        }
        return deleted;
    }
}
