using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// Programs' keys in the table Keys. An owner's keys share a partition and have two places in it, so that two are live at
/// once, for rotation, and never three: <c>{role}~{owner}</c> · <c>key|1</c> and <c>key|2</c>. The key's id tells both.
/// </summary>
public sealed partial class ApiKeyRows(TableClient table, TimeProvider time) : IApiKeys
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private static readonly int[] Places = [1, 2];
    private readonly Lately<string, Looked> lately = new(10_000);

    public async ValueTask<ApiKey?> Find(string keyId, CancellationToken cancel)
    {
        if (PlaceOf(keyId) is not var (partition, row)) return null;
        var now = time.GetUtcNow();
        if (lately.Find(keyId) is { } looked && now - looked.At < Remembered) return looked.Key;
        var key = await Read(partition, row, cancel) is { } stored && stored.Key.KeyId == keyId ? stored.Key : null;
        lately.Keep(keyId, new(key, now));
        return key;
    }

    /// <summary>Makes a key in a place of its owner's that holds none that is live.</summary>
    /// <param name="role">Employer, Staff or Import.</param>
    /// <param name="owner">An id as in the contract; of staff and imports a name-less one.</param>
    /// <param name="scopes">Actions, <c>resource.*</c> or <c>*</c>.</param>
    /// <returns>The whole key, <c>{keyId}.{secret}</c>: shown once, kept nowhere. Null where two of the owner's are live: revoke one first.</returns>
    /// <exception cref="ArgumentException">Another role, or an owner that is no id.</exception>
    public async Task<string?> Issue(Role role, string owner, IReadOnlySet<string> scopes, DateTimeOffset? expiresAt, CancellationToken cancel)
    {
        if (role is not (Role.Employer or Role.Staff or Role.Import)) throw new ArgumentException($"{role} has no keys.", nameof(role));
        if (!Id().IsMatch(owner)) throw new ArgumentException("The owner is no id.", nameof(owner));
        var partition = PartitionOf(role, owner);
        foreach (var place in Places)
        {
            var stored = await Read(partition, RowOf(place), cancel);
            if (stored?.Key.IsLive(time.GetUtcNow()) == true) continue;
            var secret = Secret.New();
            var keyId = $"{partition}~{place}{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
            var key = new ApiKey(keyId, ApiKey.Hash(secret), role, owner, scopes, time.GetUtcNow(), expiresAt, null);
            if (await Write(key, stored?.ETag, cancel)) return $"{keyId}.{secret}";
        }
        return null;
    }

    /// <summary>An owner's keys, at most two, live or not, the newest first.</summary>
    /// <exception cref="ArgumentException">The owner is no id.</exception>
    public async Task<IReadOnlyList<ApiKey>> Of(Role role, string owner, CancellationToken cancel)
    {
        if (!Id().IsMatch(owner)) throw new ArgumentException("The owner is no id.", nameof(owner));
        var found = new List<ApiKey>();
        foreach (var place in Places)
            if (await Read(PartitionOf(role, owner), RowOf(place), cancel) is { } stored)
                found.Add(stored.Key);
        return [.. found.OrderByDescending(x => x.CreatedAt)];
    }

    /// <summary>Lets a key that is live end by itself on a day; one that ends earlier anyway stays so. False for a key that is not there.</summary>
    public Task<bool> EndBy(string keyId, DateTimeOffset day, CancellationToken cancel) =>
        Change(keyId, key => key.ExpiresAt <= day || key.RevokedAt is not null ? key : key with { ExpiresAt = day }, cancel);

    /// <summary>Ends a key: at once here, within 30 seconds elsewhere. False for a key that is not there.</summary>
    public Task<bool> Revoke(string keyId, CancellationToken cancel) => Change(keyId, key => key.RevokedAt is null ? key with { RevokedAt = time.GetUtcNow() } : key, cancel);

    private async Task<bool> Change(string keyId, Func<ApiKey, ApiKey> change, CancellationToken cancel)
    {
        if (PlaceOf(keyId) is not var (partition, row)) return false;
        while (await Read(partition, row, cancel) is { } stored && stored.Key.KeyId == keyId)
        {
            lately.Forget(keyId);
            if (change(stored.Key) is var next && ReferenceEquals(next, stored.Key) || await Write(next, stored.ETag, cancel)) return true;
        }
        return false;
    }

    private async Task<(ApiKey Key, ETag ETag)?> Read(string partition, string row, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancel);
        return found.HasValue ? (ToKey(found.Value!), found.Value!.ETag) : null;
    }

    // False where somebody else wrote first.
    private async Task<bool> Write(ApiKey key, ETag? etag, CancellationToken cancel)
    {
        try
        {
            await (etag is { } read ? table.UpdateEntityAsync(ToRow(key), read, TableUpdateMode.Replace, cancel) : table.AddEntityAsync(ToRow(key), cancel));
            return true;
        }
        catch (RequestFailedException raced) when (raced.Status is 409 or 412)
        {
            return false;
        }
    }

    private static TableEntity ToRow(ApiKey key)
    {
        var (partition, row) = PlaceOf(key.KeyId)!.Value;
        return new TableEntity(partition, row)
        {
            ["KeyId"] = key.KeyId,
            ["SecretHash"] = key.SecretHash.ToArray(),
            ["Role"] = key.Role.ToString(),
            ["Owner"] = key.Owner,
            ["Scopes"] = string.Join(' ', key.Scopes),
            ["CreatedAt"] = key.CreatedAt,
            ["ExpiresAt"] = key.ExpiresAt,
            ["RevokedAt"] = key.RevokedAt,
        };
    }

    private static ApiKey ToKey(TableEntity row) => new(
        row.GetString("KeyId")!,
        row.GetBinary("SecretHash")!,
        Enum.Parse<Role>(row.GetString("Role")!),
        row.GetString("Owner")!,
        row.GetString("Scopes")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(),
        row.GetDateTimeOffset("CreatedAt")!.Value,
        row.GetDateTimeOffset("ExpiresAt"),
        row.GetDateTimeOffset("RevokedAt"));

    private static (string Partition, string Row)? PlaceOf(string keyId) =>
        KeyId().Match(keyId) is { Success: true } match
            ? (match.Groups["partition"].Value, "key|" + match.Groups["place"].Value)
            : null;

    private static string PartitionOf(Role role, string owner) => $"{role.ToString().ToLowerInvariant()}~{owner}";

    private static string RowOf(int place) => string.Create(CultureInfo.InvariantCulture, $"key|{place}");

    [GeneratedRegex("^(?<partition>(employer|staff|import)~[A-Za-z0-9][A-Za-z0-9._-]{0,62})~(?<place>[12])[0-9a-f]{6}$")]
    private static partial Regex KeyId();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
    private static partial Regex Id();

    private sealed record Looked(ApiKey? Key, DateTimeOffset At);
}
