using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// An account's name and key, and how they sign. Source: "Authorize with Shared Key",
/// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
/// </summary>
internal sealed class SharedKey(string account, byte[] key)
{
    public string Account => account;

    /// <summary>Verb, Content-MD5, Content-Type, date and resource. Of the query only comp belongs to the resource.</summary>
    public string StringToSignForTables(Request request)
    {
        var uri = request.Uri.ToUri();
        var comp = Query(uri).Where(part => part.Key == "comp").Select(part => "?comp=" + part.Value);
        return string.Join('\n', request.Method, Header(request, "Content-MD5"), Header(request, "Content-Type"),
            Header(request, "x-ms-date"), $"/{account}{uri.AbsolutePath}{string.Concat(comp)}");
    }

    /// <summary>Verb, eleven headers, every x-ms- header in order, then the resource with every query parameter in order.</summary>
    public string StringToSignForQueues(Request request)
    {
        var uri = request.Uri.ToUri();
        string[] standard =
        [
            request.Method.Method, Header(request, "Content-Encoding"), Header(request, "Content-Language"), ContentLength(request),
            Header(request, "Content-MD5"), Header(request, "Content-Type"), "" /* Date: x-ms-date stands in */,
            Header(request, "If-Modified-Since"), Header(request, "If-Match"), Header(request, "If-None-Match"),
            Header(request, "If-Unmodified-Since"), Header(request, "Range"),
        ];
        var own = request.Headers
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Name.ToLowerInvariant()}:{header.Value.Trim()}")
            .Order(StringComparer.Ordinal);
        var query = Query(uri)
            .Select(part => $"{part.Key.ToLowerInvariant()}:{part.Value}")
            .Order(StringComparer.Ordinal);
        return string.Join('\n', [.. standard, .. own, $"/{account}{uri.AbsolutePath}", .. query]);
    }

    public string Authorization(string stringToSign) =>
        $"SharedKey {account}:{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)))}";

    private static string Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value : "";

    private static string ContentLength(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0
            ? length.ToString(CultureInfo.InvariantCulture)
            : "";

    private static IEnumerable<KeyValuePair<string, string>> Query(Uri uri) =>
        uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => KeyValuePair.Create(Uri.UnescapeDataString(part[0]), part.Length > 1 ? Uri.UnescapeDataString(part[1]) : ""));
}

/// <summary>Signs each try anew, since Azure refuses a date more than 15 minutes old.</summary>
internal sealed class SharedKeyPolicy(SharedKey key, Func<Request, string> stringToSign) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        // The wire's clock is the machine's, also where the service's own clock is moved by a test.
        message.Request.Headers.SetValue("x-ms-date", TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        message.Request.Headers.SetValue("Authorization", key.Authorization(stringToSign(message.Request)));
    }
}
