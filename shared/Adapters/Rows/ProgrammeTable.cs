using System.Security.Cryptography;
using System.Text;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>Records of programmes: partition = kind, row = id. They hold subjects, ids, codes, days and numbers, and names of firms, bases and rooms.</summary>
public sealed class ProgrammeTable(TableClient table) : IProgrammes
{
    public async Task<Stored<ProgrammeFile>?> Find(string kind, string id, CancellationToken cancel) =>
        StorageLimits.IsKey(id) && await table.FindRow(kind, id, cancel) is { } row ? new(row.ToProgramme(), row.ETag.ToString()) : null;

    public async Task<IReadOnlyList<ProgrammeFile>> All(string? kind, CancellationToken cancel)
    {
        var found = new List<ProgrammeFile>();
        await foreach (var row in table.QueryAsync<TableEntity>(kind is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {kind}"), cancellationToken: cancel))
            found.Add(row.ToProgramme());
        return found;
    }

    public Task<string> Save(ProgrammeFile file, string? etag, CancellationToken cancel) => table.Commit(file.ToRow(), etag, $"Record {file.Facts.Id}", cancel);

    public Task Delete(string kind, string id, CancellationToken cancel) => table.DeleteEntityAsync(kind, id, Azure.ETag.All, cancel);
}

/// <summary>A programme's record and its row.</summary>
public static class ProgrammeRow
{
    public static TableEntity ToRow(this ProgrammeFile file) => new(file.Facts.Kind, file.Facts.Id)
    {
        ["Record"] = Written.Of(file.Facts),
        ["Version"] = file.Version,
        ["ChangedAt"] = file.ChangedAt,
    };

    public static ProgrammeFile ToProgramme(this TableEntity row) =>
        new(Written.Read<ProgrammeRecord>(row.GetString("Record")!), row.GetInt64("Version")!.Value, row.GetDateTimeOffset("ChangedAt")!.Value);

    /// <summary>
    /// What is counted goes on under nobody's name: without the name that the caller gave it, since that may be the founder's,
    /// and under another id, since the caller's may lead back.
    /// </summary>
    internal static TableEntity Anonymous(this TableEntity row, string nobody)
    {
        var file = row.ToProgramme();
        var id = nobody + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{nobody}|{row.RowKey}")).AsSpan(0, 8));
        return (file with { Facts = file.Facts with { Id = id, Participant = nobody, Title = null } }).ToRow();
    }
}
