using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>Employers: partition = employer id, row <c>employer</c>. Their contacts are people too: sealed, found by keyed hash.</summary>
/// <param name="keys">The key <c>employers</c> seals contacts.</param>
public sealed class EmployerTable(TableClient table, ContactRows contacts, ServiceKeys keys) : IEmployers
{
    private const string Row = "employer";

    public async Task<Stored<Employer>?> Find(string id, CancellationToken cancel) =>
        await table.FindRow(id, Row, cancel) is { } row
            ? new(row.ToEmployer(await keys.Get("employers", cancel), table.Name), row.ETag.ToString())
            : null;

    public async Task<string> Save(Employer employer, string? etag, CancellationToken cancel)
    {
        await contacts.Add(employer, cancel);
        return await table.Commit(employer.ToRow(await keys.Get("employers", cancel), table.Name), etag, $"Employer {employer.Id}", cancel);
    }
}

/// <summary>An employer and its row.</summary>
public static class EmployerRow
{
    public static TableEntity ToRow(this Employer employer, DataKey key, string table) => new(employer.Id, "employer")
    {
        ["Employer"] = Written.Of(employer with { Contacts = [] }),
        ["Contacts"] = key.Seal(new(table, employer.Id, "employer", "Contacts"), Written.Of(employer.Contacts)),
    };

    public static Employer ToEmployer(this TableEntity row, DataKey key, string table) => Written.Read<Employer>(row.GetString("Employer")!) with
    {
        Contacts = Written.Read<IReadOnlyList<EmployerContact>>(key.Open(new(table, row.PartitionKey, row.RowKey, "Contacts"), row.GetString("Contacts")!)),
    };
}
