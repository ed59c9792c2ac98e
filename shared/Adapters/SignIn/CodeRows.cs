using System.Globalization;
using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.SignIn;

/// <summary>
/// Sign-ins on their way in the table Codes: <c>code|{2 characters}</c> · request, and what was asked for, <c>asks</c> · a keyed
/// hash or a day. Phone and code are sealed; rows older than a day say nothing any more and may be deleted.
/// </summary>
public sealed class CodeRows(ServiceKeys keys, TableClient table) : ICodes
{
    public const string Table = "Codes";

    public async Task<Stored<SignInCode>?> Find(string request, CancellationToken cancel)
    {
        if (!IsRequest(request)) return null;
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(request), request, cancellationToken: cancel);
        return row.HasValue ? new(ToCode(row.Value!, await keys.Get(ServiceKeys.SignIn, cancel)), row.Value!.ETag.ToString()) : null;
    }

    public async Task Save(SignInCode code, string? etag, CancellationToken cancel) =>
        await Write(ToRow(code, await keys.Get(ServiceKeys.SignIn, cancel)), etag, "A sign-in code", cancel);

    public async Task<Stored<Asks>?> Asked(string who, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(AsksPartition(who), who, cancellationToken: cancel);
        if (!found.HasValue) return null;
        var lately = found.Value!.GetString("Lately")!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(at => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)));
        return new(new Asks([.. lately], found.Value!.GetInt32("Total")!.Value), found.Value!.ETag.ToString());
    }

    public Task SaveAsked(string who, Asks asks, string? etag, CancellationToken cancel) =>
        Write(new TableEntity(AsksPartition(who), who)
        {
            ["Lately"] = string.Join(' ', asks.Lately.Select(at => at.ToUnixTimeMilliseconds())),
            ["Total"] = asks.Total,
        }, etag, "A count of sign-in codes", cancel);

    private async Task Write(TableEntity row, string? etag, string what, CancellationToken cancel)
    {
        try
        {
            await (etag is null ? table.AddEntityAsync(row, cancel) : table.UpdateEntityAsync(row, new ETag(etag), TableUpdateMode.Replace, cancel));
        }
        catch (RequestFailedException raced) when (raced.Status is 409 or 412)
        {
            throw new ConflictException(what);
        }
    }

    private TableEntity ToRow(SignInCode code, DataKey key) => new(PartitionOf(code.Request), code.Request)
    {
        ["Phone"] = key.Seal(CellOf(code.Request, "Phone"), code.Phone),
        ["Code"] = code.Code is null ? null : key.Seal(CellOf(code.Request, "Code"), code.Code),
        ["CodeHash"] = code.CodeHash,
        ["AskedAt"] = code.AskedAt,
        ["EvenIfUnknown"] = code.EvenIfUnknown,
        ["Language"] = code.Language.ToString(),
        ["ClaimedAt"] = code.ClaimedAt,
        ["Tries"] = code.Tries,
        ["EnteredAt"] = code.EnteredAt,
        ["TicketHash"] = code.TicketHash,
        ["Proven"] = code.Proven.Count > 0 ? string.Join(' ', code.Proven) : null,
        ["Closed"] = code.Closed,
        ["Only"] = code.Only,
    };

    private SignInCode ToCode(TableEntity row, DataKey key) => new()
    {
        Request = row.RowKey,
        Phone = key.Open(CellOf(row.RowKey, "Phone"), row.GetString("Phone")!),
        Code = row.GetString("Code") is { } code ? key.Open(CellOf(row.RowKey, "Code"), code) : null,
        CodeHash = row.GetString("CodeHash")!,
        AskedAt = row.GetDateTimeOffset("AskedAt")!.Value,
        EvenIfUnknown = row.GetBoolean("EvenIfUnknown")!.Value,
        Language = Enum.Parse<Language>(row.GetString("Language")!),
        ClaimedAt = row.GetDateTimeOffset("ClaimedAt"),
        Tries = row.GetInt32("Tries")!.Value,
        EnteredAt = row.GetDateTimeOffset("EnteredAt"),
        TicketHash = row.GetString("TicketHash"),
        Proven = row.GetString("Proven")?.Split(' ') ?? [],
        Closed = row.GetBoolean("Closed")!.Value,
        Only = row.GetString("Only"),
    };

    private Cell CellOf(string request, string property) => new(table.Name, PartitionOf(request), request, property);

    private static string PartitionOf(string request) => "code|" + request[..2];

    private static string AsksPartition(string who) => "asks|" + who[..Math.Min(who.Length, who.IndexOf('|', StringComparison.Ordinal) + 3)];

    // It comes from a browser: what is none is not looked up, and does not reach a key of a row.
    private static bool IsRequest(string text) => text.Length == 22 && System.Buffers.Text.Base64Url.IsValid(text);
}
