using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.SignIn;

/// <summary>Sessions in the table Sessions: the first 2 characters of the token's hash · the hash. A seeker is known by subject id only.</summary>
public sealed class SessionRows(TableClient table) : ISessions
{
    public const string Table = "Sessions";

    public async Task<Session?> Find(string tokenHash, CancellationToken cancel)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(tokenHash[..2], tokenHash, cancellationToken: cancel);
        return row.HasValue
            ? new(Enum.Parse<Role>(row.Value!.GetString("Role")!), row.Value!.GetString("Who")!, row.Value!.GetDateTimeOffset("StartedAt")!.Value,
                Enum.TryParse<StaffRoles>(row.Value!.GetString("StaffRoles"), out var roles) ? roles : StaffRoles.None, row.Value!.GetString("By"), row.Value!.GetString("Helper"))
            : null;
    }

    // Nobody else has this token: what is there already is this write's own earlier try.
    public Task Add(string tokenHash, Session session, CancellationToken cancel) =>
        table.UpsertEntityAsync(new TableEntity(tokenHash[..2], tokenHash)
        {
            ["Role"] = session.Role.ToString(),
            ["Who"] = session.Who,
            ["StartedAt"] = session.StartedAt,
            ["StaffRoles"] = session.StaffRoles == StaffRoles.None ? null : session.StaffRoles.ToString(),
            ["By"] = session.By,
            ["Helper"] = session.Helper,
        }, TableUpdateMode.Replace, cancel);

    public Task End(string tokenHash, CancellationToken cancel) => table.DeleteEntityAsync(tokenHash[..2], tokenHash, ETag.All, cancel);
}
