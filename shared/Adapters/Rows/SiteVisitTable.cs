using System.Globalization;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Checks on site, in the table Employers: partition = employer id, row <c>visit|{days left until the calendar ends}|{ticks that run
/// down}|{id}</c>, so that storage's own order is the latest first. Which employers have any stands in <c>~visited</c>; rows there
/// are written before the check.
/// </summary>
public sealed class SiteVisitTable(TableClient table) : ISiteVisits
{
    private const string Visited = "~visited", Prefix = "visit|";

    public async Task Add(SiteVisit visit, CancellationToken cancel)
    {
        // The same one may have been entered a moment ago, under other ticks.
        if ((await ((ISiteVisits)this).Of(visit.Employer, cancel)).Any(x => x.Id == visit.Id))
            return;
        await table.UpsertEntityAsync(new TableEntity(Visited, visit.Employer), TableUpdateMode.Replace, cancel);
        await table.UpsertEntityAsync(visit.ToRow(), TableUpdateMode.Replace, cancel);
    }

    public async Task<IReadOnlyList<SiteVisit>> Of(string employer, CancellationToken cancel)
    {
        var found = new List<SiteVisit>();
        // } follows | in the order of keys.
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {employer} and RowKey ge {Prefix} and RowKey lt {"visit}"}"), cancellationToken: cancel))
            found.Add(row.ToSiteVisit());
        return found;
    }

    async Task<IReadOnlyList<string>> ISiteVisits.Visited(CancellationToken cancel)
    {
        var ids = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Visited}"), cancellationToken: cancel))
            ids.Add(row.RowKey);
        return ids;
    }
}

/// <summary>A check on site and its row.</summary>
public static class SiteVisitRow
{
    public static TableEntity ToRow(this SiteVisit visit) => new(
        visit.Employer, string.Create(CultureInfo.InvariantCulture, $"visit|{DateOnly.MaxValue.DayNumber - visit.On.DayNumber:D7}|{DateTime.MaxValue.Ticks - visit.At.UtcTicks:D19}|{visit.Id}"))
    {
        ["Visit"] = Written.Of(visit),
    };

    public static SiteVisit ToSiteVisit(this TableEntity row) => Written.Read<SiteVisit>(row.GetString("Visit")!);
}
