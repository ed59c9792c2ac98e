using System.Buffers.Text;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// Wraps the 256-bit data keys under which personal data is sealed. It never leaves its place (a file, a vault); what is
/// stored is only what it wrapped. Rotation: a new master key becomes current and what is stored is wrapped again
/// (<see cref="MasterKeys.Rewrap"/>), the sealed data staying as it is.
/// </summary>
public interface IMasterKey
{
    /// <summary>The id of the key that wraps now; without bars.</summary>
    string Id { get; }

    /// <summary>Wraps a data key of 32 bytes under the current key.</summary>
    ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancel);

    /// <summary>Gives back a data key, also one that an earlier key has wrapped.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key that wrapped it is not here, or the bytes were changed.</exception>
    ValueTask<byte[]> Unwrap(WrappedKey wrapped, CancellationToken cancel);
}

/// <summary>A data key as it may be stored.</summary>
/// <param name="MasterKeyId">Which master key wrapped it.</param>
public sealed record WrappedKey(string MasterKeyId, ReadOnlyMemory<byte> Bytes)
{
    /// <summary><c>w1|master key id|base64url</c>.</summary>
    public override string ToString() => $"w1|{MasterKeyId}|{Base64Url.EncodeToString(Bytes.Span)}";

    /// <exception cref="FormatException">Not what <see cref="ToString"/> wrote.</exception>
    public static WrappedKey Parse(string text) => text.Split('|') is ["w1", var id, var bytes]
        ? new(id, Base64Url.DecodeFromChars(bytes))
        : throw new FormatException("A wrapped key has three parts and begins with w1.");
}

public static class MasterKeys
{
    /// <summary>The same data key under the master key that is current now; null where it already is.</summary>
    public static async ValueTask<WrappedKey?> Rewrap(this IMasterKey master, WrappedKey wrapped, CancellationToken cancel)
    {
        if (wrapped.MasterKeyId == master.Id) return null;
        var dataKey = await master.Unwrap(wrapped, cancel);
        try
        {
            return await master.Wrap(dataKey, cancel);
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(dataKey);
        }
    }
}
