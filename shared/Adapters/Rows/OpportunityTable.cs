using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>Opportunities: partition = kind, row = id; who wants a place, in their order, in the row <c>{id}|takers</c>.</summary>
public sealed class OpportunityTable(TableClient table) : IOpportunities
{
    private const string Suffix = "|takers";
    internal const string Cell = "Takers";

    public async Task<Stored<OpportunityFile>?> Find(string kind, string id, CancellationToken cancel) =>
        StorageLimits.IsKey(id) && await table.FindRow(kind, id, cancel) is { } row ? new(Read(row), row.ETag.ToString()) : null;

    public async Task<IReadOnlyList<OpportunityFile>> All(CancellationToken cancel)
    {
        var (found, taken) = (new List<OpportunityFile>(), new Dictionary<(string, string), int>());
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancel))
            if (row.RowKey.EndsWith(Suffix, StringComparison.Ordinal))
                taken[(row.PartitionKey, row.RowKey[..^Suffix.Length])] = row.ToTakers().Count;
            else
                found.Add(Read(row));
        return [.. found.Select(file => file with { Facts = file.Facts with { Facts = file.Facts.Facts with { Signed = Math.Min(file.Facts.Facts.Openings, taken.GetValueOrDefault((file.Facts.Kind, file.Facts.Id))) } } })];
    }

    public Task Save(OpportunityFile file, string? etag, CancellationToken cancel) => table.Commit(
        new(file.Facts.Kind, file.Facts.Id) { ["Opportunity"] = Written.Of(file.Facts), ["Version"] = file.Version }, etag, $"Opportunity {file.Facts.Id}", cancel);

    public async Task<Stored<IReadOnlyList<string>>?> Takers(string kind, string id, CancellationToken cancel) =>
        await table.FindRow(kind, id + Suffix, cancel) is { } row ? new(row.ToTakers(), row.ETag.ToString()) : null;

    public Task SaveTakers(string kind, string id, IReadOnlyList<string> takers, string? etag, CancellationToken cancel) =>
        table.Commit(new(kind, id + Suffix) { [Cell] = Written.Of(takers) }, etag, "Who wants a place", cancel);

    private static OpportunityFile Read(TableEntity row) => new(Written.Read<Opportunity>(row.GetString("Opportunity")!), row.GetInt64("Version")!.Value);
}

/// <summary>Who wants a place, and their row.</summary>
public static class TakersRow
{
    public static IReadOnlyList<string> ToTakers(this TableEntity row) => Written.Read<IReadOnlyList<string>>(row.GetString(OpportunityTable.Cell)!);

    /// <summary>Whoever is next moves up.</summary>
    internal static TableEntity WithoutTaker(this TableEntity row, string subject) =>
        new(row.PartitionKey, row.RowKey) { [OpportunityTable.Cell] = Written.Of(row.ToTakers().Where(one => one != subject).ToList()) };
}
