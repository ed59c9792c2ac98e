using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// A master key in Azure Key Vault (or a managed HSM), which wraps and unwraps and never gives the key away. REST, since
/// only the pipeline under Microsoft's client can be restored: Key Vault keys, operations wrapkey and unwrapkey, version 7.4.
/// The identity needs the role "Key Vault Crypto Service Encryption User" on the key.
/// </summary>
public sealed partial class KeyVaultMasterKey : IMasterKey
{
    private const string Version = "7.4", Algorithm = "RSA-OAEP-256";
    private readonly HttpPipeline pipeline;
    private readonly Uri vault;

    /// <param name="key">
    /// The key with its version, <c>https://{vault}.{suffix}/keys/{name}/{version}</c>; the suffix is vault.azure.net, or
    /// vault.azure.cn in Azure China, and also names the audience of the token. A new version here is the rotation.
    /// </param>
    /// <param name="credential">A managed identity in Azure; its authority must be that of the same cloud.</param>
    /// <param name="options">Retries, transport and diagnostics; null for Azure.Core's.</param>
    /// <exception cref="ArgumentException">Not the address of a key's version.</exception>
    public KeyVaultMasterKey(Uri key, TokenCredential credential, KeyVaultOptions? options = null)
    {
        if (key.Scheme != Uri.UriSchemeHttps || key.AbsolutePath.Split('/') is not ["", "keys", var name, var version] || !IsKeyPath(name, version))
            throw new ArgumentException("The key's address is not https://{vault}.{suffix}/keys/{name}/{version}.", nameof(key));
        vault = new Uri(key.GetLeftPart(UriPartial.Authority));
        Id = $"{name}/{version}";
        var audience = key.Host[(key.Host.IndexOf('.', StringComparison.Ordinal) + 1)..];
        pipeline = HttpPipelineBuilder.Build(options ?? new(), new BearerTokenAuthenticationPolicy(credential, $"https://{audience}/.default"));
    }

    /// <summary><c>{name}/{version}</c>.</summary>
    public string Id { get; }

    public async ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancel) =>
        new(Id, await Call(Id, "wrapkey", dataKey, cancel));

    public async ValueTask<byte[]> Unwrap(WrappedKey wrapped, CancellationToken cancel)
    {
        // What was stored chooses a key and a version, never a host.
        if (wrapped.MasterKeyId.Split('/') is not [var name, var version] || !IsKeyPath(name, version))
            throw new CryptographicException("The data key was not wrapped by a key vault.");
        return await Call(wrapped.MasterKeyId, "unwrapkey", wrapped.Bytes, cancel);
    }

    private async Task<byte[]> Call(string id, string operation, ReadOnlyMemory<byte> value, CancellationToken cancel)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(vault, $"/keys/{id}/{operation}?api-version={Version}"));
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new Operation(Algorithm, Base64Url.EncodeToString(value.Span))));
        await pipeline.SendAsync(message, cancel);
        if (message.Response.Status == 200 && JsonSerializer.Deserialize<Result>(message.Response.Content)?.Value is { } result)
            return Base64Url.DecodeFromChars(result);
        throw message.Response.Status is 400 or 404
            ? new CryptographicException($"The key vault could not {operation} with {id}: status {message.Response.Status}.")
            : new RequestFailedException(message.Response);
    }

    private static bool IsKeyPath(string name, string version) => KeyPart().IsMatch(name) && KeyPart().IsMatch(version);

    [GeneratedRegex("^[0-9A-Za-z-]{1,127}$")]
    private static partial Regex KeyPart();

    private sealed record Operation([property: JsonPropertyName("alg")] string Algorithm, [property: JsonPropertyName("value")] string Value);

    private sealed record Result([property: JsonPropertyName("kid")] string? KeyId, [property: JsonPropertyName("value")] string? Value);
}

/// <summary>Azure.Core's options (retries, transport, diagnostics) for calls to the key vault.</summary>
public sealed class KeyVaultOptions : ClientOptions;
