using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// A master key in a file of its own, for one machine: Development, or a deployment that mounts the file. Losing the file
/// loses every sealed cell. Older keys stay in the file until everything has been wrapped again.
/// </summary>
public sealed class FileMasterKey : IMasterKey
{
    private const int NonceSize = 12, TagSize = 16;
    private readonly Content content;

    private FileMasterKey(Content content) => this.content = content;

    public string Id => content.Current;

    /// <summary>Opens the file.</summary>
    /// <param name="createIfAbsent">
    /// Creates it, readable by its owner only, where it does not exist: in Development. Elsewhere a missing file means a
    /// wrong path, and a new key would make everything unreadable.
    /// </param>
    /// <exception cref="InvalidOperationException">The file is absent and may not be created, is open to other users of the machine, or is no key file.</exception>
    public static FileMasterKey Open(string path, bool createIfAbsent)
    {
        if (!File.Exists(path))
        {
            if (!createIfAbsent)
                throw new InvalidOperationException($"The master key file {path} does not exist. It is created by itself only in Development; name the file in JobMatch:MasterKey:File, or a key vault's key in JobMatch:MasterKey:KeyUri.");
            var key = NewKey();
            Write(path, new Content(key.Id, new() { [key.Id] = key.Bytes }), replace: false);
        }
        return new FileMasterKey(Read(path));
    }

    /// <summary>Adds a new key, current from now on, and keeps the earlier ones for what they wrapped. Every process must open the file again.</summary>
    public static FileMasterKey Rotate(string path)
    {
        var old = Read(path);
        var key = NewKey();
        Write(path, new Content(key.Id, new(old.Keys) { [key.Id] = key.Bytes }), replace: true);
        return new FileMasterKey(Read(path));
    }

    public ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancel)
    {
        var bytes = new byte[NonceSize + dataKey.Length + TagSize];
        var nonce = bytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(content.Keys[Id], TagSize);
        aes.Encrypt(nonce, dataKey.Span, bytes.AsSpan(NonceSize, dataKey.Length), bytes.AsSpan(^TagSize..), Encoding.UTF8.GetBytes(Id));
        return ValueTask.FromResult(new WrappedKey(Id, bytes));
    }

    public ValueTask<byte[]> Unwrap(WrappedKey wrapped, CancellationToken cancel)
    {
        if (!content.Keys.TryGetValue(wrapped.MasterKeyId, out var master) || wrapped.Bytes.Length <= NonceSize + TagSize)
            throw new CryptographicException($"The master key {wrapped.MasterKeyId} is not in the key file.");
        var bytes = wrapped.Bytes.Span;
        var dataKey = new byte[bytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(master, TagSize);
        aes.Decrypt(bytes[..NonceSize], bytes[NonceSize..^TagSize], bytes[^TagSize..], dataKey, Encoding.UTF8.GetBytes(wrapped.MasterKeyId));
        return ValueTask.FromResult(dataKey);
    }

    private static (string Id, byte[] Bytes) NewKey() =>
        ("file-" + RandomNumberGenerator.GetHexString(8, lowercase: true), RandomNumberGenerator.GetBytes(32));

    private static void Write(string path, Content content, bool replace) =>
        OwnFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, Json), replace);

    private static Content Read(string path)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(OwnFile.Read(path), Json);
            if (content is { Current: not null, Keys: not null } && content.Keys.ContainsKey(content.Current) && content.Keys.Values.All(key => key.Length == 32))
                return content;
        }
        catch (JsonException)
        {
            // Its message would quote the file.
        }
        throw new InvalidOperationException($"{path} is no master key file.");
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private sealed record Content(string Current, Dictionary<string, byte[]> Keys);
}
