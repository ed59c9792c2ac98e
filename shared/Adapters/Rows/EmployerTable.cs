using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Employers: partition = employer id, row <c>employer</c>. Their contacts are people too: sealed, found by keyed hash. Those that
/// await approval are listed in <c>~awaiting</c>, those with a credit code in <c>~code|{code}</c> (no id begins with ~); rows there
/// are written before the employer, and one that has become wrong is harmless.
/// </summary>
/// <param name="keys">The key <c>employers</c> seals contacts.</param>
public sealed class EmployerTable(TableClient table, ContactRows contacts, ServiceKeys keys) : IEmployers
{
    private const string Row = "employer", Awaiting = "~awaiting";

    public async Task<Stored<Employer>?> Find(string id, CancellationToken cancel) =>
        await table.FindRow(id, Row, cancel) is { } row
            ? new(row.ToEmployer(await keys.Get("employers", cancel), table.Name), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<string>> MayAwait(CancellationToken cancel) => [.. (await Listed(Awaiting, cancel)).Select(row => row.Split('|')[0]).Distinct()];

    public Task<IReadOnlyList<string>> MayHaveCode(string creditCode, CancellationToken cancel) => Listed(WithCode(creditCode), cancel);

    public async Task<string> Save(Employer employer, string? etag, CancellationToken cancel)
    {
        await contacts.Add(employer, cancel);
        // By its time as well: what takes one registration off the list leaves a later one there.
        var registration = $"{employer.Id}|{employer.Registration?.At.UtcTicks}";
        if (employer.IsAwaiting)
            await table.UpsertEntityAsync(new TableEntity(Awaiting, registration), TableUpdateMode.Replace, cancel);
        if (employer.CreditCode is { } code)
            await table.UpsertEntityAsync(new TableEntity(WithCode(code), employer.Id), TableUpdateMode.Replace, cancel);
        var saved = await table.Commit(employer.ToRow(await keys.Get("employers", cancel), table.Name), etag, $"Employer {employer.Id}", cancel);
        if (employer is { Registration: not null, IsAwaiting: false })
            await table.DeleteEntityAsync(Awaiting, registration, ETag.All, cancel);
        return saved;
    }

    private async Task<IReadOnlyList<string>> Listed(string list, CancellationToken cancel)
    {
        var ids = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {list}"), cancellationToken: cancel))
            ids.Add(row.RowKey);
        return ids;
    }

    private static string WithCode(string creditCode) => $"~code|{creditCode}";
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
