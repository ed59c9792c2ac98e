using System.Security.Cryptography;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// A key that seals cells: one per person, stored in that person's partition in its wrapped form only. Deleting the
/// wrapped form shreds what it sealed, in backups too.
/// </summary>
public sealed class DataKey
{
    private DataKey(string id, byte[] bytes, WrappedKey wrapped)
    {
        Id = id;
        Bytes = bytes;
        Wrapped = $"{id}|{wrapped}";
    }

    /// <summary>Named in every value that it sealed.</summary>
    public string Id { get; }

    /// <summary>What is stored: the id and the key as the master key wrapped it, <c>id|w1|master key id|base64url</c>.</summary>
    public string Wrapped { get; }

    internal byte[] Bytes { get; }

    /// <summary>A new random key, wrapped by the current master key.</summary>
    public static async ValueTask<DataKey> New(IMasterKey master, CancellationToken cancel)
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        return new(RandomNumberGenerator.GetHexString(8, lowercase: true), bytes, await master.Wrap(bytes, cancel));
    }

    /// <summary>Opens what <see cref="Wrapped"/> gave. Use <see cref="DataKeys"/>, which remembers: the master key may be far away.</summary>
    /// <exception cref="CryptographicException">Its master key is not here, or it was changed.</exception>
    /// <exception cref="FormatException">Not a wrapped data key.</exception>
    public static async ValueTask<DataKey> Open(IMasterKey master, string wrapped, CancellationToken cancel)
    {
        var (id, key) = Split(wrapped);
        var bytes = await master.Unwrap(key, cancel);
        return bytes.Length == 32 ? new(id, bytes, key) : throw new CryptographicException("A data key has 32 bytes.");
    }

    /// <summary>The wrapped form under the master key that is current now; null where it already is. What the key sealed stays as it is.</summary>
    public static async ValueTask<string?> Rewrap(IMasterKey master, string wrapped, CancellationToken cancel)
    {
        var (id, key) = Split(wrapped);
        return await master.Rewrap(key, cancel) is { } again ? $"{id}|{again}" : null;
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"data key {Id}";

    private static (string Id, WrappedKey Key) Split(string wrapped) => wrapped.IndexOf('|', StringComparison.Ordinal) is > 0 and var bar
        ? (wrapped[..bar], WrappedKey.Parse(wrapped[(bar + 1)..]))
        : throw new FormatException("A wrapped data key begins with its id.");
}

/// <summary>Opens data keys and remembers the ones used lately, so that a busy person costs the master key one call.</summary>
/// <param name="capacity">How many unwrapped keys are held at most, about 200 bytes each.</param>
public sealed class DataKeys(IMasterKey master, int capacity = 20_000)
{
    private readonly Lately<string, DataKey> opened = new(capacity);

    public IMasterKey Master => master;

    /// <summary>A new key; the caller stores <see cref="DataKey.Wrapped"/> before anything that the key seals.</summary>
    public async ValueTask<DataKey> New(CancellationToken cancel)
    {
        var key = await DataKey.New(master, cancel);
        opened.Keep(key.Wrapped, key);
        return key;
    }

    /// <inheritdoc cref="DataKey.Open"/>
    public async ValueTask<DataKey> Open(string wrapped, CancellationToken cancel)
    {
        if (opened.Find(wrapped) is { } known) return known;
        var key = await DataKey.Open(master, wrapped, cancel);
        opened.Keep(wrapped, key);
        return key;
    }

    /// <summary>After erasure: this process, too, can open nothing of the person any more.</summary>
    public void Forget(string wrapped) => opened.Forget(wrapped);
}
