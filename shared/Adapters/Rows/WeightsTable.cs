using System.Globalization;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>What was asked of the policy's weights, in the partition <c>weights</c> of the table Policies, a row for each number.</summary>
public sealed class WeightsTable(TableClient table) : IWeights
{
    private const string Partition = "weights";

    public async Task<IReadOnlyList<Stored<WeightsChange>>> All(CancellationToken cancel)
    {
        List<Stored<WeightsChange>> all = [];
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancel))
            all.Add(new(Written.Read<WeightsChange>(row.GetString("Change")!), row.ETag.ToString()));
        return all;
    }

    public Task Save(WeightsChange change, string? etag, CancellationToken cancel) => table.Commit(
        new TableEntity(Partition, change.Number.ToString("D6", CultureInfo.InvariantCulture)) { ["Change"] = Written.Of(change) }, etag, "Weights", cancel);
}
