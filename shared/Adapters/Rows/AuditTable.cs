using System.Globalization;
using System.Security.Cryptography;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// The audit, in the table of that name: partition <c>day|{days left until the calendar ends}</c>, row = ticks that run down and a
/// random part, so that storage's own order is newest first. Nothing here changes or deletes a row.
/// </summary>
public sealed class AuditTable(TableClient table) : IAudit
{
    /// <summary>Of all its rows, and of no receipt of an erasure's.</summary>
    internal const string Prefix = "day|";

    public Task Add(AuditEntry entry, CancellationToken cancel) => table.AddEntityAsync(new(Partition(People.DayOf(entry.At)), Row(entry.At))
    {
        ["At"] = entry.At,
        ["Act"] = entry.Act.ToString(),
        ["By"] = entry.By,
        ["As"] = entry.As.ToString(),
        ["Key"] = entry.Key,
        ["Subject"] = entry.Subject,
        ["About"] = entry.About,
    }, cancel);

    public async Task<AuditLines> Read(AuditQuery query, string? after, int most, CancellationToken cancel)
    {
        var (from, to) = (Partition(query.To ?? DateOnly.MaxValue), Partition(query.From ?? DateOnly.MinValue));
        List<string> filters = [TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey le {to}")];
        if (after?.Split('/') is [var partition, var row])
            filters.Add(TableClient.CreateQueryFilter($"(PartitionKey gt {partition} or (PartitionKey eq {partition} and RowKey gt {row}))"));
        if (query.By is { } by)
            filters.Add(TableClient.CreateQueryFilter($"By eq {by}"));
        if (query.Act is { } act)
            filters.Add(TableClient.CreateQueryFilter($"Act eq {act.ToString()}"));
        if (query.Subject is { } subject)
            filters.Add(TableClient.CreateQueryFilter($"Subject eq {subject}"));
        List<AuditEntry> lines = [];
        string? last = null;
        await foreach (var found in table.QueryAsync<TableEntity>(string.Join(" and ", filters), maxPerPage: most + 1, cancellationToken: cancel))
        {
            if (lines.Count == most)
                return new(lines, last);
            lines.Add(found.ToAuditEntry());
            last = $"{found.PartitionKey}/{found.RowKey}";
        }
        return new(lines, null);
    }

    private static string Partition(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{DateOnly.MaxValue.DayNumber - day.DayNumber:D7}");

    private static string Row(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - at.UtcTicks:D19}|{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
}

/// <summary>A row of the audit.</summary>
public static class AuditRow
{
    public static AuditEntry ToAuditEntry(this TableEntity row) => new(
        row.GetDateTimeOffset("At")!.Value, Enum.Parse<AuditAct>(row.GetString("Act")!), row.GetString("By")!, Enum.Parse<Role>(row.GetString("As")!), row.GetString("Key")!,
        row.GetString("Subject"), row.GetString("About"));
}
