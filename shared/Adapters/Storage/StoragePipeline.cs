using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace JobMatch.Adapters.Storage;

/// <summary>Azure.Core's pipeline with what every storage call shares: the address, the version, and how a refusal is read.</summary>
internal sealed class StoragePipeline
{
    // Known to Azure since 2020, the version that Azure.Data.Tables sends; tables and queues both take tokens with it.
    private const string Version = "2020-12-06";

    private readonly HttpPipeline pipeline;
    private readonly string endpoint;

    private StoragePipeline(HttpPipeline pipeline, Uri endpoint)
    {
        this.pipeline = pipeline;
        this.endpoint = endpoint.AbsoluteUri.TrimEnd('/');
    }

    public static StoragePipeline ForTables(ConnectionString connection, ClientOptions? options) =>
        new(HttpPipelineBuilder.Build(options ?? new TableClientOptions(), new SharedKeyPolicy(connection.Key, connection.Key.StringToSignForTables)), connection.TableEndpoint);

    public static StoragePipeline ForQueues(ConnectionString connection, ClientOptions? options) =>
        new(HttpPipelineBuilder.Build(options ?? new QueueClientOptions(), new SharedKeyPolicy(connection.Key, connection.Key.StringToSignForQueues)), connection.QueueEndpoint);

    public static StoragePipeline WithToken(Uri endpoint, TokenCredential credential, string? audience, ClientOptions options) =>
        new(HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, StorageEndpoints.Scope(audience))), endpoint);

    /// <summary>The address of a resource. The path arrives percent-encoded and is sent as it is.</summary>
    public string Address(string path) => $"{endpoint}/{path}";

    public HttpMessage Message(RequestMethod method, string path)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(Address(path)));
        message.Request.Headers.SetValue("x-ms-version", Version);
        return message;
    }

    /// <summary>Sends, and returns the answer if its status is among those expected.</summary>
    /// <param name="what">The operation and the table or queue, for the exception's text; never a key or a value.</param>
    /// <exception cref="RequestFailedException">Storage answered with another status.</exception>
    public async Task<Response> Send(HttpMessage message, string what, CancellationToken cancel, params int[] expected)
    {
        await pipeline.SendAsync(message, cancel).ConfigureAwait(false);
        return expected.Contains(message.Response.Status) ? message.Response : throw Refused(message.Response, what);
    }

    // Built from status and code alone: storage may repeat a request's values in its own text, and exception texts reach logs.
    public static RequestFailedException Refused(Response response, string what)
    {
        var code = CodeOf(response);
        return new RequestFailedException(response.Status, Text(response, what, response.Status, code), code, null);
    }

    public static string Text(Response response, string what, int status, string? code) =>
        $"{what}: storage answered {status} {code ?? response.ReasonPhrase} (request {response.Headers.RequestId ?? "unnamed"}).";

    private static string? CodeOf(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var code))
            return code;
        var body = response.Content.ToMemory();
        try
        {
            return body.IsEmpty ? null : (char)body.Span[0] == '{' ? ODataCode(body) : XmlCode(response);
        }
        catch (Exception notOurs) when (notOurs is JsonException or XmlException)
        {
            return null; // a proxy's page, not storage's answer
        }
    }

    public static string? ODataCode(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("odata.error", out var error) && error.TryGetProperty("code", out var code)
            ? code.GetString()
            : null;
    }

    private static string? XmlCode(Response response) =>
        XElement.Parse(response.Content.ToString().TrimStart('\uFEFF')).Elements().FirstOrDefault(part => part.Name.LocalName.Equals("code", StringComparison.OrdinalIgnoreCase))?.Value;
}
