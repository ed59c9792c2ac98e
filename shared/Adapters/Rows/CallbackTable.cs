using System.Globalization;
using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Raw callbacks, sealed: partition <c>{gateway}|{UTC day}|{2 hex}</c>, row <c>{kind}|{hash}</c>; beside them
/// <c>quarantine|…</c> for entries that fit no message. Replies that were taken in: partition <c>reply|{2 characters}</c>.
/// </summary>
public sealed class CallbackTable(TableClient table, ServiceKeys keys) : ICallbacks
{
    public async Task Add(Callback callback, CancellationToken cancel)
    {
        var row = new TableEntity(Partition(callback.Key), Row(callback.Key)) { ["At"] = callback.At };
        row.Cut("Body", (await keys.Get(ServiceKeys.Callbacks, cancel)).Seal(Cell(row), callback.Body));
        try
        {
            await table.AddEntityAsync(row, cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
        }
    }

    public async Task<Callback?> Find(CallbackKey key, CancellationToken cancel)
    {
        if (await table.FindRow(Partition(key), Row(key), cancel) is not { } row)
            return null;
        var body = (await keys.Get(ServiceKeys.Callbacks, cancel)).OpenBytes(Cell(row), row.Join("Body"));
        return new(key with { From = 0, Waited = 0 }, body, row.GetDateTimeOffset("At")!.Value);
    }

    public Task Quarantine(CallbackKey key, int entry, string why, CancellationToken cancel) => table.UpsertEntityAsync(
        new TableEntity(Partition(key), string.Create(CultureInfo.InvariantCulture, $"quarantine|{Row(key)}|{entry:D4}")) { ["Why"] = why }, TableUpdateMode.Replace, cancel);

    public async Task<bool> Seen(string reply, CancellationToken cancel) => await table.FindRow(ReplyPartition(reply), reply, cancel) is not null;

    public Task See(string reply, CancellationToken cancel) =>
        table.UpsertEntityAsync(new TableEntity(ReplyPartition(reply), reply), TableUpdateMode.Replace, cancel);

    private Cell Cell(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, "Body");

    private static string Partition(CallbackKey key) => $"{key.Gateway}|{key.Day}|{key.Hash[..2]}";

    private static string Row(CallbackKey key) => $"{(key.Kind == CallbackKind.Report ? "report" : "reply")}|{key.Hash}";

    private static string ReplyPartition(string reply) => $"reply|{reply[..2]}";
}
