using System.Security.Cryptography;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// ASP.NET Core's data protection keys, sealed, shared by all instances: by itself it keeps them unprotected on Azure and
/// in memory in containers. Table Keys, partition <c>data-protection</c>, insert-only.
/// </summary>
public sealed class DataProtectionRows(ServiceKeys keys, TableClient table)
{
    private const string Partition = "data-protection", Element = "Element";

    public async Task<IReadOnlyList<string>> All(CancellationToken cancel)
    {
        var key = await keys.Get(ServiceKeys.DataProtection, cancel);
        var elements = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancel))
            elements.Add(key.Open(CellOf(row.RowKey), row.GetString(Element)!));
        return elements;
    }

    public async Task Add(string element, CancellationToken cancel)
    {
        var key = await keys.Get(ServiceKeys.DataProtection, cancel);
        var row = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await table.UpsertEntityAsync(new TableEntity(Partition, row) { [Element] = key.Seal(CellOf(row), element) }, TableUpdateMode.Replace, cancel);
    }

    private Cell CellOf(string row) => new(table.Name, Partition, row, Element);
}
