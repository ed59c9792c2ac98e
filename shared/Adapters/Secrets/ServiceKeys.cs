using System.Collections.Concurrent;
using Azure;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// The service's own data keys, by name: for what belongs to no one person. Each is made when it is first asked for and
/// stored wrapped, in the table Keys, partition <c>service</c>; insert-only, so that of several instances the first one's stays.
/// </summary>
public sealed class ServiceKeys(DataKeys keys, TableClient table)
{
    /// <summary>The table that it shares with programs' keys.</summary>
    public const string Table = "Keys";

    /// <summary>Phones' and codes' hashes. It must never change: every hash would.</summary>
    public const string PhonePepper = "phone-pepper";
    public const string Callbacks = "callbacks";
    public const string Idempotency = "idempotency";
    public const string SignIn = "sign-in";
    public const string DataProtection = "data-protection";

    private const string Partition = "service", Wrapped = "Wrapped";
    private readonly ConcurrentDictionary<string, DataKey> known = new();

    /// <param name="name">Letters and hyphens.</param>
    public ValueTask<DataKey> Get(string name, CancellationToken cancel) =>
        known.TryGetValue(name, out var key) ? ValueTask.FromResult(key) : Load(name, cancel);

    private async ValueTask<DataKey> Load(string name, CancellationToken cancel)
    {
        var key = await Find(name, cancel) ?? await Make(name, cancel);
        return known.GetOrAdd(name, key);
    }

    private async Task<DataKey?> Find(string name, CancellationToken cancel)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, name, cancellationToken: cancel);
        return row.HasValue ? await keys.Open(row.Value!.GetString(Wrapped)!, cancel) : null;
    }

    private async Task<DataKey> Make(string name, CancellationToken cancel)
    {
        var key = await keys.New(cancel);
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, name) { [Wrapped] = key.Wrapped }, cancel);
            return key;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return await Find(name, cancel) ?? throw new InvalidOperationException($"The service key {name} was there and is gone.");
        }
    }
}
