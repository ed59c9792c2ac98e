using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>What the Communication Services resource is; section <c>JobMatch:Gateways:azure</c>.</summary>
public sealed class AzureSettings
{
    /// <summary>Such as <c>https://contoso.communication.azure.com</c>.</summary>
    public Uri Endpoint { get; set; } = new("https://azure.invalid");

    /// <summary>One of the resource's two keys, base64.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The number that sends, E.164.</summary>
    public string From { get; set; } = "";

    /// <summary>The resource's id, <c>/subscriptions/…</c>: events about any other are refused. Empty: not looked at.</summary>
    public string Topic { get; set; } = "";
}

/// <summary>
/// Azure Communication Services SMS over its REST interface, version 2026-01-23, signed with HMAC; receipts and replies come
/// as events of Event Grid. No route to mainland numbers. A text can be asked about by the service's own id alone, so that one
/// whose answer was lost is settled only by its receipt, which brings our id as the tag.
/// </summary>
public sealed class AzureGateway(AzureSettings settings, HttpClient http, TimeSpan timeout, TimeProvider time) : ISmsGateway, IChecksCallbacks, IDisposable
{
    private const string Version = "2026-01-23";
    private const string Handshake = "Microsoft.EventGrid.SubscriptionValidationEvent";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VendorCalls calls = new(http, timeout, time);

    /// <inheritdoc cref="AliyunGateway.At"/>
    public static AzureGateway At(AzureSettings settings, TimeProvider time) => new(settings, VendorCalls.Client(settings.Endpoint), TimeSpan.FromSeconds(10), time);

    public string Name => "azure";

    public TimeSpan SendTimeout => timeout;

    // Event Grid looks at the status alone.
    public CallbackAnswer CallbackAnswer { get; } = new("{}"u8.ToArray(), "application/json; charset=utf-8");

    public Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            from = settings.From,
            // By these the service knows a request that something on the way sent twice.
            smsRecipients = new[] { new { to = text.Phone, repeatabilityRequestId = RandomId(), repeatabilityFirstSent = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture) } },
            message = text.Text,
            smsSendOptions = new { enableDeliveryReport = true, tag = text.OutId },
        }, Plain);
        return calls.Send(() => Request(HttpMethod.Post, "/sms", body), Outcome, cancel);
    }

    public async Task<Known> Ask(SentText text, CancellationToken cancel) => text.VendorId is not { } id
        ? new Known.CannotTell("asked by the vendor's id only")
        : await calls.Ask(() => Request(HttpMethod.Get, $"/deliveryReports/{Uri.EscapeDataString(id)}", null), (status, body) => Reported(text, status, body), cancel);

    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        Data(entry) is { } data ? Report(data, null) : null);

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        Data(entry) is { } data && Phone(data, "from") is { } phone && Said(data, "message") is { } text
            ? new GatewayReply(phone, text, At(data), Said(data, "messageId"), Said(data, "to"))
            : null);

    /// <summary>Answers Event Grid's question whether the address wants its events, and takes only events about our resource.</summary>
    public CallbackCheck Check(CallbackRequest request)
    {
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            IEnumerable<JsonElement> entries = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray() : [json.RootElement];
            foreach (var entry in entries.Where(entry => entry.ValueKind == JsonValueKind.Object))
            {
                if ((entry.Text("topic") ?? entry.Text("source")) is { } topic && settings.Topic.Length > 0 && !topic.StartsWith(settings.Topic, StringComparison.OrdinalIgnoreCase))
                    return new CallbackCheck.Refuse();
                if (entry.Text("eventType") == Handshake && Data(entry)?.Text("validationCode") is { } code)
                    return new CallbackCheck.Reply(new(JsonSerializer.SerializeToUtf8Bytes(new { validationResponse = code }, Plain), "application/json; charset=utf-8"));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Kept all the same: what cannot be read is for a person to look at.
        }
        return new CallbackCheck.Keep(request.Body);
    }

    public void Dispose() => calls.Dispose();

    // A version 4 UUID, as the service asks for.
    private static Guid RandomId()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x40), (byte)(bytes[8] & 0x3F | 0x80));
        return new(bytes, bigEndian: true);
    }

    private static GatewayReport? Report(JsonElement data, string? outId) =>
        Phone(data, "to") is { } phone && Said(data, "deliveryStatus") is ("Delivered" or "Failed") and var ended
            ? new GatewayReport(Said(data, "messageId"), outId ?? Said(data, "tag"), phone, ended == "Delivered", Said(data, "deliveryStatusDetails"), At(data))
            : null;

    private static JsonElement? Data(JsonElement entry) => entry.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : null;

    // The samples of one page begin members small, those of another in capitals.
    private static string? Said(JsonElement data, string name) => data.Text(name) ?? data.Text(char.ToUpperInvariant(name[0]) + name[1..]);

    // International, with or without the plus.
    private static string? Phone(JsonElement data, string name) => CallbackJson.Phone($"+{Said(data, name)?.TrimStart('+')}");

    private static DateTimeOffset? At(JsonElement data) =>
        DateTimeOffset.TryParse(Said(data, "receivedTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static Sent Outcome(HttpResponseMessage answer, byte[] body)
    {
        if (answer.StatusCode != HttpStatusCode.Accepted)
            return VendorCalls.ByStatus(answer, VendorCalls.Json(body) is { } problem && problem.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error.Text("code") : null);
        if (VendorCalls.Json(body) is not { } said || !said.TryGetProperty("value", out var all) || all.ValueKind != JsonValueKind.Array
            || all.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } one)
            return new Sent.Unknown("an answer without a recipient");
        // A recipient has a status of its own.
        return (one.Flag("successful"), one.Text("messageId"), one.Text("httpStatusCode")) switch
        {
            (true, { Length: > 0 } id, _) => new Sent.Accepted(id),
            (false, _, "400" or "404") => new Sent.Refused(one.Text("errorMessage") ?? "400", "refused by the vendor"),
            (false, _, ("401" or "403") and var status) => new Sent.AccountRefused(one.Text("errorMessage") ?? status),
            (false, _, "429") => new Sent.Later(null),
            _ => new Sent.Unknown(one.Text("errorMessage") ?? "an answer that says nothing"),
        };
    }

    private static Known Reported(SentText asked, HttpStatusCode status, byte[] body) =>
        status == HttpStatusCode.OK && VendorCalls.Json(body) is { } said ? new Known.Taken(asked.VendorId, Report(said, asked.OutId))
        : new Known.CannotTell(status == HttpStatusCode.NotFound ? "no receipt yet" : $"HTTP {(int)status} without a clear answer");

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body)
    {
        var pathAndQuery = $"{path}?api-version={Version}";
        var (date, hash) = (time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture), Convert.ToBase64String(SHA256.HashData(body ?? [])));
        var request = new HttpRequestMessage(method, new Uri(settings.Endpoint, pathAndQuery)) { Content = body is null ? null : VendorCalls.Body(body, "application/json; charset=utf-8") };
        request.Headers.TryAddWithoutValidation("x-ms-date", date);
        request.Headers.TryAddWithoutValidation("x-ms-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
            + Signature(settings.AccessKey, method.Method, pathAndQuery, date, settings.Endpoint.Authority, hash));
        return request;
    }

    // learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial
    internal static string Signature(string key, string method, string pathAndQuery, string date, string host, string bodyHash) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"{method}\n{pathAndQuery}\n{date};{host};{bodyHash}")));
}
