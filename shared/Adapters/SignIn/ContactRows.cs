using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.SignIn;

/// <summary>
/// Which employers may have a contact with a phone, in the table PhoneIndex: <c>contact|{2 hex of the hash}</c> · <c>{hash}|{employer id}</c>.
/// Rows are only added, before the employer is saved; one that has become wrong is harmless, since the employer's record decides.
/// </summary>
public sealed class ContactRows(PhoneHash hash, TableClient table) : IContacts
{
    /// <summary>The table that it shares with seekers' phones.</summary>
    public const string Table = "PhoneIndex";

    public async Task<IReadOnlyList<string>> MayBelongTo(string phone, CancellationToken cancel)
    {
        var key = await hash.Of(phone, cancel);
        var (from, to) = (key + "|", key + "}"); // } is the character after |
        var found = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(key)} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancel))
            found.Add(row.RowKey[from.Length..]);
        return found;
    }

    /// <summary>Lets an employer's contacts be found. Call it before the employer is saved; safe to repeat.</summary>
    public async Task Add(Employer employer, CancellationToken cancel)
    {
        foreach (var contact in employer.Contacts)
        {
            var key = await hash.Of(contact.Phone, cancel);
            await table.UpsertEntityAsync(new TableEntity(PartitionOf(key), $"{key}|{employer.Id}"), TableUpdateMode.Replace, cancel);
        }
    }

    private static string PartitionOf(string hash) => "contact|" + PhoneHash.Partition(hash);
}
