using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>Paused gateways, in the table Messages: partition <c>paused</c>, row = gateway.</summary>
public sealed class ChannelTable(TableClient table) : IChannels
{
    private const string Partition = "paused";

    public async Task<string?> Paused(string gateway, CancellationToken cancel) => (await table.FindRow(Partition, gateway, cancel))?.GetString("Why");

    public Task Pause(string gateway, string why, CancellationToken cancel) =>
        table.UpsertEntityAsync(new TableEntity(Partition, gateway) { ["Why"] = why }, TableUpdateMode.Replace, cancel);

    public Task Resume(string gateway, CancellationToken cancel) => table.DeleteEntityAsync(Partition, gateway, ETag.All, cancel);
}
