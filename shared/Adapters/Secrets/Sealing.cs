using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace JobMatch.Adapters.Secrets;

/// <summary>Where a sealed value stands. It is part of what is authenticated: a value moved to another cell does not open.</summary>
public readonly record struct Cell(string Table, string PartitionKey, string RowKey, string Property)
{
    // Each part with its length, so that no two cells give the same bytes.
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $"{Table.Length}:{Table}{PartitionKey.Length}:{PartitionKey}{RowKey.Length}:{RowKey}{Property.Length}:{Property}");
}

/// <summary>
/// Seals cells with AES-256-GCM under a data key. A sealed value has five parts joined by bars:
/// <c>v1|key id|nonce|cipher text|tag</c>, the last three base64url. Nonces are random: one key must seal fewer than 2^32 values.
/// </summary>
public static class Sealing
{
    private const int NonceSize = 12, TagSize = 16;

    /// <summary>Seals a text for its cell. About 4/3 of its UTF-8 bytes, and 70 characters.</summary>
    public static string Seal(this DataKey key, in Cell cell, string text) => key.Seal(cell, Encoding.UTF8.GetBytes(text));

    public static string Seal(this DataKey key, in Cell cell, ReadOnlySpan<byte> content)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> tag = stackalloc byte[TagSize];
        RandomNumberGenerator.Fill(nonce);
        var cipher = new byte[content.Length];
        using var aes = new AesGcm(key.Bytes, TagSize);
        aes.Encrypt(nonce, content, cipher, tag, cell.ToBytes());
        return $"v1|{key.Id}|{Base64Url.EncodeToString(nonce)}|{Base64Url.EncodeToString(cipher)}|{Base64Url.EncodeToString(tag)}";
    }

    /// <exception cref="CryptographicException">Sealed for another cell or under another key, or changed.</exception>
    public static string Open(this DataKey key, in Cell cell, string value) => Encoding.UTF8.GetString(key.OpenBytes(cell, value));

    /// <inheritdoc cref="Open"/>
    public static byte[] OpenBytes(this DataKey key, in Cell cell, string value)
    {
        if (value.Split('|') is not ["v1", var id, var nonce, var cipher, var tag])
            throw new CryptographicException("A sealed value has five parts and begins with v1.");
        if (id != key.Id)
            throw new CryptographicException($"Sealed under the key {id}, not under {key.Id}.");
        try
        {
            var cipherBytes = Base64Url.DecodeFromChars(cipher);
            var content = new byte[cipherBytes.Length];
            using var aes = new AesGcm(key.Bytes, TagSize);
            aes.Decrypt(Base64Url.DecodeFromChars(nonce), cipherBytes, Base64Url.DecodeFromChars(tag), content, cell.ToBytes());
            return content;
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            throw new CryptographicException("A sealed value was damaged.", broken);
        }
    }
}
