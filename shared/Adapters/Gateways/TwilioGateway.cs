using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>What Twilio's account is; section <c>JobMatch:Gateways:twilio</c>.</summary>
public sealed class TwilioSettings
{
    public string AccountSid { get; set; } = "";

    /// <summary>The account's primary token: callbacks are signed with it.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The number that sends, E.164; or <see cref="MessagingServiceSid"/>.</summary>
    public string From { get; set; } = "";

    public string MessagingServiceSid { get; set; } = "";

    /// <summary>Where receipts go: the service's public address of them. Secret, since the token stands in it.</summary>
    public string StatusCallback { get; set; } = "";

    public Uri Endpoint { get; set; } = new("https://api.twilio.com");
}

/// <summary>
/// Twilio Programmable Messaging. Callbacks are forms and are signed. No id of ours goes along with a text but in the address
/// of its receipts, which the signature covers; it is kept with the receipt's body.
/// </summary>
public sealed class TwilioGateway(TwilioSettings settings, HttpClient http, TimeSpan timeout, TimeProvider time) : ISmsGateway, IChecksCallbacks, IDisposable
{
    // Such ids are no members of Twilio's own forms.
    private const string OutId = "jobmatch-out-id";

    // twilio.com/docs/api/errors
    private static readonly VendorCodes Codes = new()
    {
        Account = ["20003", "20005", "20006", "20008", "20404", "21212", "21408", "21603", "21606", "21659", "21660", "21703", "21704", "30002", "63038"],
        Text = ["21211", "21265", "21602", "21610", "21612", "21614", "21617", "21635"],
        Later = [("14107", null), ("20429", null), ("21611", TimeSpan.FromMinutes(1))],
    };

    private readonly VendorCalls calls = new(http, timeout, time);

    /// <inheritdoc cref="AliyunGateway.At"/>
    public static TwilioGateway At(TwilioSettings settings, TimeProvider time) => new(settings, VendorCalls.Client(settings.Endpoint), TimeSpan.FromSeconds(10), time);

    public string Name => "twilio";

    public TimeSpan SendTimeout => timeout;

    public CallbackAnswer CallbackAnswer { get; } = new("""<?xml version="1.0" encoding="UTF-8"?><Response></Response>"""u8.ToArray(), "text/xml; charset=utf-8");

    public Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes(Form(
        [
            ("To", text.Phone),
            settings.MessagingServiceSid.Length > 0 ? ("MessagingServiceSid", settings.MessagingServiceSid) : ("From", settings.From),
            ("Body", text.Text),
            ("StatusCallback", $"{settings.StatusCallback}?{OutId}={Uri.EscapeDataString(text.OutId)}"),
        ]));
        return calls.Send(() =>
        {
            var request = Request(HttpMethod.Post, "Messages.json");
            request.Content = VendorCalls.Body(body, "application/x-www-form-urlencoded");
            return request;
        }, Outcome, cancel);
    }

    /// <summary>
    /// By Twilio's own id where it is known. Else by the phone: a list without any text of that day proves that none was taken;
    /// one with texts proves nothing, since they name no id of ours.
    /// </summary>
    public Task<Known> Ask(SentText text, CancellationToken cancel) => text.VendorId is { } id
        ? calls.Ask(() => Request(HttpMethod.Get, $"Messages/{Uri.EscapeDataString(id)}.json"), (status, body) => Told(text, status, body), cancel)
        : calls.Ask(() => Request(HttpMethod.Get, $"Messages.json?{Form([("To", text.Phone), ("PageSize", "50")])}"), (status, body) => Listed(text, status, body), cancel);

    // Only how a text ended is a receipt; the steps before are not.
    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body)
    {
        var form = Read(body);
        if (form.Count == 0)
            return new([], 0);
        if (!form.TryGetValue("MessageSid", out var sid) || !form.TryGetValue("MessageStatus", out var status) || CallbackJson.Phone(form.GetValueOrDefault("To")) is not { } phone)
            return new([], 1);
        return new(Ended(status) is { } delivered
            ? [new(sid, form.GetValueOrDefault(OutId), phone, delivered, form.GetValueOrDefault("ErrorCode") is { Length: > 0 } code ? code : status, null)]
            : [], 0);
    }

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body)
    {
        var form = Read(body);
        if (form.Count == 0)
            return new([], 0);
        return CallbackJson.Phone(form.GetValueOrDefault("From")) is { } phone && form.TryGetValue("Body", out var text)
            ? new([new(phone, text, null, form.GetValueOrDefault("MessageSid"), form.GetValueOrDefault("To"))], 0)
            : new([], 1);
    }

    public CallbackCheck Check(CallbackRequest request) =>
        request.Header("X-Twilio-Signature") is { } given
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Signature(settings.AuthToken, request.Url, Read(request.Body))))
            ? new CallbackCheck.Keep(request.Url.IndexOf('?', StringComparison.Ordinal) is > 0 and var query
                ? (byte[])[.. request.Body.Span, (byte)'&', .. Encoding.UTF8.GetBytes(request.Url[(query + 1)..])]
                : request.Body)
            : new CallbackCheck.Refuse();

    public void Dispose() => calls.Dispose();

    // twilio.com/docs/usage/security: the full address, then every parameter of the form, by name.
    internal static string Signature(string token, string url, IReadOnlyDictionary<string, string> form)
    {
        var signed = url + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value));
#pragma warning disable CA5350 // The vendor takes nothing else; what SHA-1 is weak in is not what an HMAC rests on.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
    }

    private static Sent Outcome(HttpResponseMessage answer, byte[] body) => ((int)answer.StatusCode, VendorCalls.Json(body)) switch
    {
        (201, { } said) when said.Text("sid") is { Length: > 0 } sid => new Sent.Accepted(sid),
        ( >= 400 and < 500, { } said) when said.Text("code") is { Length: > 0 } code => Codes.Read(code),
        _ => VendorCalls.ByStatus(answer, null),
    };

    private static Known Told(SentText asked, HttpStatusCode status, byte[] body) =>
        status == HttpStatusCode.OK && VendorCalls.Json(body) is { } said && said.Text("status") is { } state
            ? new Known.Taken(asked.VendorId, Ended(state) is { } delivered
                ? new(asked.VendorId, asked.OutId, asked.Phone, delivered, said.Text("error_code") ?? state, null)
                : null)
            : new Known.CannotTell($"HTTP {(int)status} without a clear answer");

    private static Known Listed(SentText asked, HttpStatusCode status, byte[] body)
    {
        if (status != HttpStatusCode.OK || VendorCalls.Json(body) is not { } said || !said.TryGetProperty("messages", out var all) || all.ValueKind != JsonValueKind.Array)
            return new Known.CannotTell($"HTTP {(int)status} without a clear answer");
        var from = new DateTimeOffset(asked.Day.ToDateTime(TimeOnly.MinValue), People.Offset);
        // Newest first. A time that cannot be read may be that day's.
        return all.EnumerateArray().Any(one => one.Text("direction") != "inbound" && (DateTimeOffset.TryParse(one.Text("date_created"), CultureInfo.InvariantCulture, out var at) ? at : from) >= from)
            ? new Known.CannotTell("texts without an id of ours")
            : new Known.NeverSeen();
    }

    private static bool? Ended(string status) => status switch
    {
        "delivered" or "read" => true,
        "undelivered" or "failed" or "canceled" => false,
        _ => null,
    };

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.Endpoint, $"/2010-04-01/Accounts/{settings.AccountSid}/{path}"));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}")));
        return request;
    }

    private static string Form(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));

    private static Dictionary<string, string> Read(ReadOnlyMemory<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                fields[Decoded(pair[..equals])] = Decoded(pair[(equals + 1)..]);
        return fields;

        static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
