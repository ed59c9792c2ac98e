using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Positions: partition = position id, row <c>position</c>. An employer's own are listed by an index row in the partition
/// <c>~of|{employer}</c> (no id begins with ~), written before the position, so that none is ever missing from its list.
/// </summary>
public sealed class PositionTable(TableClient table) : IPositions
{
    private const string Row = "position";

    public async Task<Stored<PositionFile>?> Find(string id, CancellationToken cancel) =>
        await table.FindRow(id, Row, cancel) is { } row ? row.ToPosition() : null;

    public async Task<IReadOnlyList<string>> OfEmployer(string employer, CancellationToken cancel)
    {
        var ids = new List<string>();
        await foreach (var entity in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ListOf(employer)}"), cancellationToken: cancel))
            ids.Add(entity.RowKey);
        return ids;
    }

    public async Task<string> Save(PositionFile file, string? etag, CancellationToken cancel)
    {
        if (etag is null)
            await table.UpsertEntityAsync(new TableEntity(ListOf(file.Employer), file.Id), TableUpdateMode.Replace, cancel);
        return await table.Commit(file.ToRow(), etag, $"Position {file.Id}", cancel);
    }

    private static string ListOf(string employer) => $"~of|{employer}";
}

/// <summary>A position and its row.</summary>
public static class PositionRow
{
    public static TableEntity ToRow(this PositionFile file) => new(file.Id, "position")
    {
        ["Employer"] = file.Employer,
        ["Version"] = file.Version,
        ["Facts"] = Written.Of(file.Facts),
        ["Description"] = file.Description,
        ["Address"] = file.Address,
        ["Draft"] = file.Draft ? true : null,
        ["SignedBy"] = file.SignedBy.Count == 0 ? null : Written.Of(file.SignedBy),
        ["Before"] = file.Before is { } before ? Written.Of(before) : null,
        ["BeforeDay"] = file.BeforeDay?.ToString("O"),
        ["ChangedAt"] = file.ChangedAt,
    };

    public static Stored<PositionFile> ToPosition(this TableEntity entity) => new(new PositionFile
    {
        Employer = entity.GetString("Employer")!,
        Version = entity.GetInt64("Version")!.Value,
        Facts = Written.Read<Matching.Position>(entity.GetString("Facts")!),
        Description = entity.GetString("Description"),
        Address = entity.GetString("Address"),
        Draft = entity.GetBoolean("Draft") ?? false,
        SignedBy = entity.GetString("SignedBy") is { } signed ? Written.Read<IReadOnlyList<string>>(signed) : [],
        Before = entity.GetString("Before") is { } before ? Written.Read<Matching.Position>(before) : null,
        BeforeDay = entity.GetString("BeforeDay") is { } day ? DateOnly.ParseExact(day, "O") : null,
        ChangedAt = entity.GetDateTimeOffset("ChangedAt")!.Value,
    }, entity.ETag.ToString());
}
