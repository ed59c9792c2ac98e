using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>Writes that follow a read carry its ETag.</summary>
internal static class Commits
{
    /// <summary>Inserts where <paramref name="etag"/> is null, else replaces what was read.</summary>
    /// <returns>The new ETag.</returns>
    /// <exception cref="ConflictException">It exists already, is gone, or was changed since.</exception>
    public static async Task<string> Commit(this TableClient table, TableEntity row, string? etag, string what, CancellationToken cancel)
    {
        try
        {
            var response = etag is null
                ? await table.AddEntityAsync(row, cancel)
                : await table.UpdateEntityAsync(row, new ETag(etag), TableUpdateMode.Replace, cancel);
            return response.Headers.ETag?.ToString() ?? "";
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException(what);
        }
    }

    /// <summary>A row, or null where there is none.</summary>
    public static async Task<TableEntity?> FindRow(this TableClient table, string partitionKey, string rowKey, CancellationToken cancel) =>
        StorageLimits.IsKey(partitionKey) && await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, null, cancel) is { HasValue: true } found ? found.Value : null;

    /// <summary>409 it is there already, 412 it was changed, 404 it is gone.</summary>
    public static bool IsConflict(this RequestFailedException e) => e.Status is 404 or 409 or 412;
}
