using Azure;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// After a new master key became current: wraps every stored data key again, people's and the service's, after which the
/// old one may go. What the data keys sealed stays as it is. Safe to repeat, to interrupt, and to run beside the service.
/// </summary>
public sealed class Rewrapping(IMasterKey master, params IReadOnlyList<TableClient> tables)
{
    private const string Wrapped = "Wrapped";

    /// <returns>How many were wrapped under an earlier master key.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var changed = 0;
        foreach (var table in tables)
        {
            // Every row with such a column: a comparison leaves out the rows that lack it.
            await foreach (var row in table.QueryAsync<TableEntity>("Wrapped ge ''", cancellationToken: cancel))
                if (await DataKey.Rewrap(master, row.GetString(Wrapped)!, cancel) is { } again && await Replace(table, row, again, cancel))
                    changed++;
        }
        return changed;
    }

    // Erased meanwhile, or done by another instance: nothing is left to do.
    private static async Task<bool> Replace(TableClient table, TableEntity row, string wrapped, CancellationToken cancel)
    {
        try
        {
            await table.UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { [Wrapped] = wrapped }, row.ETag, TableUpdateMode.Merge, cancel);
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            return false;
        }
    }
}
