using Azure.Core;
using Azure.Identity;
using JobMatch.Adapters.Storage;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>
/// A storage account that is opened without a key: by the managed identity, or in a terminal by whoever is signed in there.
/// Its names under <c>AzureWebJobsStorage</c> are the Functions host's own: <c>tableServiceUri</c> and <c>queueServiceUri</c>, or
/// <c>accountName</c>, to which the host always adds the global cloud's suffix (source of its storage extension).
/// </summary>
internal sealed record StorageIdentity(Uri Tables, Uri Queues, TokenCredential Credential)
{
    private const string Account = "accountName", TableAddress = "tableServiceUri", QueueAddress = "queueServiceUri";

    public static bool IsNamed(IConfiguration configuration) => Named(configuration, Account) is not null || Named(configuration, TableAddress) is not null;

    /// <exception cref="UnusableSettingException">No account is named, or one of the addresses is missing or none.</exception>
    public static StorageIdentity Read(IConfiguration configuration)
    {
        if (!IsNamed(configuration))
            throw new UnusableSettingException("No storage: set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__tableServiceUri and AzureWebJobsStorage__queueServiceUri for a managed identity.");
        var credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = Named(configuration, "clientId") });
        return Named(configuration, Account) is { } account
            ? new(StorageEndpoints.Tables(account), StorageEndpoints.Queues(account), credential)
            : new(Address(configuration, TableAddress), Address(configuration, QueueAddress), credential);
    }

    private static Uri Address(IConfiguration configuration, string name) =>
        Uri.TryCreate(Named(configuration, name), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new UnusableSettingException($"AzureWebJobsStorage__{name} must be an https address of the account, as the portal shows it.");

    private static string? Named(IConfiguration configuration, string name) => configuration[$"AzureWebJobsStorage:{name}"] is { Length: > 0 } value ? value : null;
}
