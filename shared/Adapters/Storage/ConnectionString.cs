using System.Diagnostics.CodeAnalysis;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// What a storage connection string says: where tables and queues are, and the account's key.
/// Format: https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
/// </summary>
internal sealed record ConnectionString(Uri TableEndpoint, Uri QueueEndpoint, SharedKey Key)
{
    // The emulator's account and key are published by Microsoft and the same everywhere.
    public const string EmulatorAccount = "devstoreaccount1";
    public const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="ArgumentException">The string misses a part. The message names the part and never repeats a value.</exception>
    public static ConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var parts = Split(text);
        if (parts.TryGetValue("UseDevelopmentStorage", out var flag) && bool.TryParse(flag, out var emulator) && emulator)
            return Emulator(parts.GetValueOrDefault("DevelopmentStorageProxyUri", "http://127.0.0.1"));

        var account = Required(parts, "AccountName");
        return new(
            Endpoint(parts, account, "TableEndpoint", "table"),
            Endpoint(parts, account, "QueueEndpoint", "queue"),
            new SharedKey(account, Decoded(Required(parts, "AccountKey"))));
    }

    private static Dictionary<string, string> Split(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal); // a key ends in '=' itself: only the first one divides
            if (equals <= 0)
                throw new ArgumentException("A storage connection string is made of Name=Value parts divided by ';'.", nameof(text));
            parts[part[..equals]] = part[(equals + 1)..];
        }
        return parts;
    }

    private static ConnectionString Emulator(string proxy)
    {
        var host = new UriBuilder(proxy);
        return new(
            new UriBuilder(host.Scheme, host.Host, 10002, EmulatorAccount).Uri,
            new UriBuilder(host.Scheme, host.Host, 10001, EmulatorAccount).Uri,
            new SharedKey(EmulatorAccount, Convert.FromBase64String(EmulatorKey)));
    }

    private static Uri Endpoint(Dictionary<string, string> parts, string account, string name, string service)
    {
        if (parts.TryGetValue(name, out var stated))
            return Uri.TryCreate(stated, UriKind.Absolute, out var uri)
                ? uri
                : throw new ArgumentException($"{name} in the storage connection string is not an absolute address.", nameof(parts));
        var scheme = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = parts.GetValueOrDefault("EndpointSuffix", StorageEndpoints.GlobalSuffix);
        return StorageEndpoints.Of(account, service, suffix, scheme);
    }

    private static string Required(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out var value) && value.Length > 0 ? value : Missing(name);

    private static byte[] Decoded(string base64)
    {
        var key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out var length)
            ? key[..length]
            : throw new ArgumentException("AccountKey in the storage connection string is not base64.", nameof(base64));
    }

    [DoesNotReturn]
    private static string Missing(string name) =>
        throw new ArgumentException($"The storage connection string has no {name}. With a managed identity, give the account's address and a TokenCredential instead.", nameof(name));
}
