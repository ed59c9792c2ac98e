using System.Globalization;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>Channels, in one partition of the table Policies: <c>pause|{channel}</c> and <c>health|{gateway}|{slot}</c>.</summary>
public sealed class ChannelTable(TableClient table) : IChannels
{
    private const string Partition = "channels", Pauses = "pause|";

    public async Task<ChannelStates> Read(CancellationToken cancel)
    {
        List<ChannelPause> pauses = [];
        List<ToldHealth> told = [];
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancel))
        {
            var at = row.GetDateTimeOffset("At")!.Value;
            if (row.RowKey.StartsWith(Pauses, StringComparison.Ordinal))
                pauses.Add(new(row.RowKey[Pauses.Length..], row.GetString("Why")!, at));
            else if (row.RowKey.Split('|') is [_, var gateway, var slot])
                told.Add(new(gateway, int.Parse(slot, CultureInfo.InvariantCulture), new(row.GetDouble("Good")!.Value, row.GetDouble("Bad")!.Value), at));
        }
        return new(pauses, told);
    }

    public async Task Pause(ChannelPause pause, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, Pauses + pause.Channel) { ["Why"] = pause.Why, ["At"] = pause.Since }, cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Paused already.
        }
    }

    public Task Resume(string channel, CancellationToken cancel) => table.DeleteEntityAsync(Partition, Pauses + channel, ETag.All, cancel);

    public Task Tell(ToldHealth told, CancellationToken cancel) => table.UpsertEntityAsync(
        new TableEntity(Partition, string.Create(CultureInfo.InvariantCulture, $"health|{told.Gateway}|{told.Slot}")) { ["Good"] = told.Health.Good, ["Bad"] = told.Health.Bad, ["At"] = told.At },
        TableUpdateMode.Replace, cancel);
}
