namespace JobMatch.Adapters.Storage;

/// <summary>Where an account's tables and queues are, and which token they ask for, by cloud.</summary>
public static class StorageEndpoints
{
    /// <summary>The suffix of Azure's global cloud.</summary>
    public const string GlobalSuffix = "core.windows.net";

    /// <summary>The suffix of Azure in China, run by 21Vianet.</summary>
    public const string ChinaSuffix = "core.chinacloudapi.cn";

    /// <summary>The address of an account's tables, such as https://jobmatch.table.core.chinacloudapi.cn.</summary>
    public static Uri Tables(string account, string suffix = GlobalSuffix) => Of(account, "table", suffix, "https");

    /// <summary>The address of an account's queues. A queue's own address is this one, a slash and its name.</summary>
    public static Uri Queues(string account, string suffix = GlobalSuffix) => Of(account, "queue", suffix, "https");

    /// <summary>The connection string of an emulator on this machine.</summary>
    public static string Emulator(int queuePort, int tablePort)
    {
        const string account = ConnectionString.EmulatorAccount;
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={ConnectionString.EmulatorKey};"
            + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{account};TableEndpoint=http://127.0.0.1:{tablePort}/{account};";
    }

    internal static Uri Of(string account, string service, string suffix, string scheme) =>
        new($"{scheme}://{account}.{service}.{suffix.Trim('.')}");

    // One audience for every account in every cloud, Azure China included: Azure.Storage.Queues has no other, and the
    // https://storage.azure.cn of Azure.Data.Tables and older Go is refused there (AADSTS500011; azure-sdk-for-go, issue 25542
    // and pull request 25534, November 2025).
    private const string EveryAccount = "https://storage.azure.com";

    internal static string Scope(string? audience)
    {
        audience ??= EveryAccount;
        return audience.EndsWith("/.default", StringComparison.Ordinal) ? audience : audience.TrimEnd('/') + "/.default";
    }
}
