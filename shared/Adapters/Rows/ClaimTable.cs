using System.Globalization;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// In a person's partition of <c>Seekers</c>: <c>message|{message id}</c>, the claim, and <c>day|{yyyy-MM-dd}</c>, the ids
/// reserved that day. One partition, so that reserving and claiming are one batch.
/// </summary>
public sealed class ClaimTable(TableClient seekers) : IClaims
{
    private const string Prefix = "message|";
    private const string End = "message}"; // } follows | in the order of keys

    public async Task<Standing> Read(string seeker, MessageId message, DateOnly day, CancellationToken cancel)
    {
        // Both are written in one batch: read last, the claim is never older than the day's row.
        var reserved = await seekers.FindRow(seeker, DayRow(day), cancel);
        var claim = await seekers.FindRow(seeker, Prefix + message, cancel);
        return new(
            claim is null ? null : new(claim.ToClaim(), claim.ETag.ToString()),
            reserved is null ? [] : Written.Read<IReadOnlyList<string>>(reserved.GetString("Ids")!), reserved?.ETag.ToString());
    }

    public async Task Take(string seeker, Standing seen, Claim claim, DateOnly day, CancellationToken cancel)
    {
        IReadOnlyList<string> ids = [.. seen.Reserved.Append(claim.Message.ToString()).Distinct()];
        var reserved = new TableEntity(seeker, DayRow(day)) { ["Ids"] = Written.Of(ids) };
        try
        {
            await seekers.SubmitTransactionAsync([Put(claim.ToRow(seeker), seen.Claim?.ETag), Put(reserved, seen.DayETag)], cancel);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException("A claim");
        }
    }

    public Task Save(string seeker, Claim claim, string etag, CancellationToken cancel) => seekers.Commit(claim.ToRow(seeker), etag, "A claim", cancel);

    public async Task<IReadOnlyList<Claim>> Of(string seeker, CancellationToken cancel)
    {
        var claims = new List<Claim>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {seeker} and RowKey ge {Prefix} and RowKey lt {End}");
        await foreach (var row in seekers.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            claims.Add(row.ToClaim());
        return claims;
    }

    private static TableTransactionAction Put(TableEntity row, string? etag) => etag is null
        ? new(TableTransactionActionType.Add, row)
        : new(TableTransactionActionType.UpdateReplace, row, new ETag(etag));

    private static string DayRow(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"day|{day:yyyy-MM-dd}");
}

/// <summary>A claim and its row.</summary>
public static class ClaimRow
{
    public static TableEntity ToRow(this Claim claim, string seeker) => new(seeker, $"message|{claim.Message}")
    {
        ["Attempt"] = claim.Attempt,
        ["At"] = claim.At,
        ["By"] = claim.By,
        ["Open"] = claim.Open,
        ["Gateway"] = claim.Gateway,
    };

    public static Claim ToClaim(this TableEntity row) => new(
        MessageId.Parse(row.RowKey["message|".Length..]), row.GetInt32("Attempt")!.Value, row.GetDateTimeOffset("At")!.Value,
        row.GetString("By")!, row.GetBoolean("Open")!.Value, row.GetString("Gateway"));
}
