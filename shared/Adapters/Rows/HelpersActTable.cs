using System.Globalization;
using System.Security.Cryptography;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>What helpers did, in the person's partition of Seekers: <c>act|{ticks, the latest first}|{random}</c>.</summary>
public sealed class HelpersActTable(TableClient seekers) : IHelpersActs
{
    public Task Note(string seeker, HelpersAct act, CancellationToken cancel) => seekers.AddEntityAsync(
        new TableEntity(seeker, string.Create(CultureInfo.InvariantCulture, $"act|{DateTimeOffset.MaxValue.UtcTicks - act.At.UtcTicks:D19}|{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"))
        {
            ["At"] = act.At,
            ["Helper"] = act.Helper,
            ["What"] = act.What,
        }, cancel);

    public async Task<IReadOnlyList<HelpersAct>> Of(string seeker, int most, CancellationToken cancel)
    {
        List<HelpersAct> acts = [];
        // } follows | in the order of keys.
        await foreach (var row in seekers.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {seeker} and RowKey ge {"act|"} and RowKey lt {"act}"}"), cancellationToken: cancel))
        {
            acts.Add(new(row.GetDateTimeOffset("At")!.Value, row.GetString("Helper")!, row.GetString("What")!));
            if (acts.Count == most)
                break;
        }
        return acts;
    }
}
