using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Erasures, in the table Audit: partition <c>erased|{keyed hash of the seeker's id}</c>, row = the receipt's number. Who it is
/// stands there sealed until the erasure is complete, and then no more.
/// </summary>
public sealed class ErasureTable(TableClient table, ServiceKeys keys, IKeyedHash hash, IAliases aliases) : IErasures
{
    private const string Property = "Person";

    // No employer's id begins so: a number is an alias at nobody.
    private const string Nobody = "!erased";

    public async Task<Erasure> Begin(ErasedPerson person, DateTimeOffset at, CancellationToken cancel)
    {
        var row = new TableEntity(await Partition(person.Id, cancel), await aliases.For(Nobody, person.Subject, cancel)) { ["At"] = at };
        row[Property] = (await Key(cancel)).Seal(CellOf(row), Written.Of(person));
        try
        {
            await table.AddEntityAsync(row, cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Begun before.
        }
        return (await Find(RefOf(row), cancel))!;
    }

    public async Task<Erasure?> Find(string reference, CancellationToken cancel)
    {
        if (reference.Split('/') is not [var partition, var number] || await table.FindRow(partition, number, cancel) is not { } row)
            return null;
        var person = row.GetString(Property) is { } sealedPerson ? Written.Read<ErasedPerson>((await Key(cancel)).Open(CellOf(row), sealedPerson)) : null;
        return new(reference, ReceiptOf(row), person);
    }

    public async Task<ErasureReceipt?> Last(string seeker, CancellationToken cancel)
    {
        ErasureReceipt? last = null;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {await Partition(seeker, cancel)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            if (ReceiptOf(row) is var receipt && !(last?.At > receipt.At))
                last = receipt;
        return last;
    }

    public async Task Complete(Erasure erasure, CancellationToken cancel)
    {
        var (partition, number) = (erasure.Ref.Split('/')[0], erasure.Ref.Split('/')[1]);
        await table.UpsertEntityAsync(new TableEntity(partition, number) { ["At"] = erasure.Receipt.At, ["Complete"] = true }, TableUpdateMode.Replace, cancel);
    }

    private async Task<string> Partition(string seeker, CancellationToken cancel) => $"erased|{await hash.Of("erased seeker", seeker, cancel)}";

    private ValueTask<DataKey> Key(CancellationToken cancel) => keys.Get("erasures", cancel);

    private Cell CellOf(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, Property);

    private static string RefOf(TableEntity row) => $"{row.PartitionKey}/{row.RowKey}";

    private static ErasureReceipt ReceiptOf(TableEntity row) => new(row.RowKey, row.GetDateTimeOffset("At")!.Value, row.GetBoolean("Complete") == true);
}
