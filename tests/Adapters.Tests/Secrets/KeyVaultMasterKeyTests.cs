using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using JobMatch.Adapters.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JobMatch.Adapters.Tests.Secrets;

/// <summary>Against a fake vault that speaks the documented wire format over TLS on loopback, under the vault's own name.</summary>
public sealed class KeyVaultMasterKeyTests : IAsyncLifetime
{
    private readonly Vault vault = new();

    public Task InitializeAsync() => vault.Start();

    public Task DisposeAsync() => vault.Stop();

    [Theory]
    [InlineData("vault.azure.net")]
    [InlineData("vault.azure.cn")]
    public async Task A_data_key_is_wrapped_and_unwrapped_in_the_clouds_own_vault(string suffix)
    {
        var credential = new RememberingCredential();
        var master = Master($"https://jm-test.{suffix}/keys/master/v1", credential);
        var key = await DataKey.New(master, default);
        var again = await DataKey.Open(master, key.Wrapped, default);

        var cell = new Cell("Seekers", "s", "profile", "Name");
        Assert.Equal("王小明", again.Open(cell, key.Seal(cell, "王小明")));
        Assert.Equal("master/v1", master.Id);
        Assert.Contains("|master/v1|", key.Wrapped, StringComparison.Ordinal);
        Assert.Equal([$"https://{suffix}/.default"], credential.Scopes.Distinct());
        Assert.Equal(
            [$"POST https://jm-test.{suffix}/keys/master/v1/wrapkey?api-version=7.4", $"POST https://jm-test.{suffix}/keys/master/v1/unwrapkey?api-version=7.4"],
            vault.Requests);
        Assert.Equal(["Bearer the-token"], vault.Authorizations.Distinct());
        Assert.All(vault.Bodies, body => Assert.Equal("RSA-OAEP-256", (string?)body["alg"]));
    }

    [Fact]
    public async Task After_a_new_version_old_keys_still_open_and_are_wrapped_again()
    {
        var old = Master("https://jm-test.vault.azure.net/keys/master/v1");
        var key = await DataKey.New(old, default);
        var master = Master("https://jm-test.vault.azure.net/keys/master/v2");

        await DataKey.Open(master, key.Wrapped, default);
        var rewrapped = await DataKey.Rewrap(master, key.Wrapped, default);
        await DataKey.Open(master, rewrapped!, default);
        Assert.Contains("|master/v2|", rewrapped, StringComparison.Ordinal);
        Assert.EndsWith("/keys/master/v2/unwrapkey?api-version=7.4", vault.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_is_busy_is_asked_again()
    {
        vault.Busy = 2;
        var key = await DataKey.New(Master("https://jm-test.vault.azure.net/keys/master/v1"), default);
        Assert.NotNull(key);
        Assert.Equal(3, vault.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_names_the_status_and_not_the_key()
    {
        var master = Master("https://jm-test.vault.azure.net/keys/master/v1");
        vault.Forbidden = true;
        var refused = await Assert.ThrowsAsync<RequestFailedException>(async () => await DataKey.New(master, default));
        Assert.Equal(403, refused.Status);
        vault.Forbidden = false;

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await DataKey.Open(master, "k|w1|master/v1|AAAA", default));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await DataKey.Open(master, "k|w1|other/v9|AAAA", default));
    }

    [Theory]
    [InlineData("k|w1|evil.example/x/v1|AAAA")]
    [InlineData("k|w1|../secrets/x|AAAA")]
    [InlineData("k|w1|file-0a|AAAA")]
    public async Task What_was_stored_cannot_name_another_place(string wrapped)
    {
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await DataKey.Open(Master("https://jm-test.vault.azure.net/keys/master/v1"), wrapped, default));
        Assert.Empty(vault.Requests);
    }

    [Theory]
    [InlineData("http://jm-test.vault.azure.net/keys/master/v1")]
    [InlineData("https://jm-test.vault.azure.net/keys/master")]
    [InlineData("https://jm-test.vault.azure.net/secrets/master/v1")]
    public void An_address_that_is_no_version_of_a_key_stops_the_start(string address) =>
        Assert.Throws<ArgumentException>(() => Master(address));

    private KeyVaultMasterKey Master(string key, TokenCredential? credential = null) =>
        new(new Uri(key), credential ?? new RememberingCredential(), vault.Options);

    private sealed class RememberingCredential : TokenCredential
    {
        public ConcurrentQueue<string> Scopes { get; } = new();

        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancel)
        {
            foreach (var scope in context.Scopes) Scopes.Enqueue(scope);
            return new("the-token", TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext context, CancellationToken cancel) => new(GetToken(context, cancel));
    }

    private sealed class Vault
    {
        // Made once: they take most of a test's time.
        private static readonly Dictionary<string, RSA> Keys = new() { ["v1"] = RSA.Create(2048), ["v2"] = RSA.Create(2048) };
        private static readonly X509Certificate2 SelfSigned = Certificate();
        private WebApplication? app;

        public ConcurrentQueue<string> Requests { get; } = new();
        public ConcurrentQueue<string> Authorizations { get; } = new();
        public ConcurrentQueue<JsonNode> Bodies { get; } = new();
        public int Busy { get; set; }
        public bool Forbidden { get; set; }

        /// <summary>Whatever host is named, the connection goes to the fake.</summary>
        public KeyVaultOptions Options => new()
        {
            Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5) },
            Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancel) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(IPAddress.Loopback, new Uri(app!.Urls.Single()).Port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
                SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == SelfSigned.GetCertHashString() },
            })),
        };

        public async Task Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(SelfSigned)));
            app = builder.Build();
            app.MapPost("/keys/{name}/{version}/{operation}", Answer);
            await app.StartAsync();
        }

        public Task Stop() => app!.DisposeAsync().AsTask();

        private async Task<IResult> Answer(HttpContext context, string name, string version, string operation)
        {
            var request = context.Request;
            Requests.Enqueue($"{request.Method} {request.Scheme}://{request.Host}{request.Path}{request.QueryString}");
            Authorizations.Enqueue(request.Headers.Authorization.ToString());
            var body = (await JsonNode.ParseAsync(request.Body))!;
            Bodies.Enqueue(body);
            if (Busy-- > 0) return Results.Json(new { error = new { code = "Throttled", message = "Too many." } }, statusCode: 429);
            if (Forbidden) return Results.Json(new { error = new { code = "Forbidden", message = "No." } }, statusCode: 403);
            if (name != "master" || !Keys.TryGetValue(version, out var key)) return Results.Json(new { error = new { code = "KeyNotFound", message = "None." } }, statusCode: 404);
            var value = System.Buffers.Text.Base64Url.DecodeFromChars((string)body["value"]!);
            try
            {
                var result = operation == "wrapkey" ? key.Encrypt(value, RSAEncryptionPadding.OaepSHA256) : key.Decrypt(value, RSAEncryptionPadding.OaepSHA256);
                return Results.Json(new { kid = $"https://{request.Host}/keys/{name}/{version}", value = System.Buffers.Text.Base64Url.EncodeToString(result) });
            }
            catch (CryptographicException)
            {
                return Results.Json(new { error = new { code = "BadParameter", message = "No." } }, statusCode: 400);
            }
        }

        private static X509Certificate2 Certificate()
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=loopback", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var now = TimeProvider.System.GetUtcNow();
            using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }
    }
}
