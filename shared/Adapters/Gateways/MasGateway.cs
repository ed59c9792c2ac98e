using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>What the account at China Mobile's cloud MAS is; section <c>JobMatch:Gateways:mas</c>.</summary>
public sealed class MasSettings
{
    /// <summary>The group customer's name, as registered.</summary>
    public string EcName { get; set; } = "";
    public string ApId { get; set; } = "";
    public string SecretKey { get; set; } = "";

    /// <summary>The signature's code, not its name.</summary>
    public string Sign { get; set; } = "";

    /// <summary>Appended to the number that people answer to; mostly empty.</summary>
    public string AddSerial { get; set; } = "";

    /// <summary>Where the account was opened for templates: then texts without one are not sent.</summary>
    public VendorTemplates Templates { get; } = [];

    /// <summary>The host that the customer was given. Plain HTTP only where nothing else is offered.</summary>
    public Uri Endpoint { get; set; } = new("https://mas.invalid");
}

/// <summary>
/// China Mobile's cloud MAS over HTTP, as public clients speak it; no official page is known. It echoes no id of ours and has
/// no way to ask: a receipt is known by its batch and phone, and a text whose answer is lost stays unknown until its deadline.
/// The mac is MD5, since the vendor takes nothing else: the secret is in what is hashed and never sent, and TLS protects the
/// rest (docs/decisions/0018).
/// </summary>
public sealed class MasGateway(MasSettings settings, HttpClient http, TimeSpan timeout, TimeProvider time) : ISmsGateway, IDisposable
{
    // From public clients of the HTTP interface and of the vendor's own SDK.
    private static readonly VendorCodes Codes = new()
    {
        Account = ["IllegalMac", "IllegalSignId", "NoSignId", "NotLoadedSign", "InvalidUsrOrPwd", "IllegalIpAddress", "IllegalUseTemplate", "OverDailyMax"],
        Text = ["InvalidMessage", "InvalidMobile", "TooManyMobiles"],
        Later = [("SystemBusy", null), ("QueueOverLimit", null), ("FlowOverLimit", null)],
        Unclear = ["InternalError", "RequestTimeout", "TransportError"],
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VendorCalls calls = new(http, timeout, time);

    /// <inheritdoc cref="AliyunGateway.At"/>
    public static MasGateway At(MasSettings settings, TimeProvider time) => new(settings, VendorCalls.Client(settings.Endpoint), TimeSpan.FromSeconds(10), time);

    public string Name => "mas";

    public TimeSpan SendTimeout => timeout;

    // Undocumented. Whoever pushes looks at the status, if at anything.
    public CallbackAnswer CallbackAnswer { get; } = new("success"u8.ToArray(), "text/plain; charset=utf-8");

    public async Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        if (!text.Phone.StartsWith("+86", StringComparison.Ordinal))
            return new Sent.Refused("foreignNumber", "this gateway reaches mainland numbers only");
        var template = settings.Templates.Find(text.Text);
        if (template is null && settings.Templates.Count > 0)
            return VendorTemplates.Missing;
        var (path, body) = template is { } found ? Filled(text.Phone[3..], found.Code, found.Values.Select(one => one.Value)) : Free(text.Phone[3..], text.Text);
        return await calls.Send(() => new(HttpMethod.Post, new Uri(settings.Endpoint, path)) { Content = VendorCalls.Body(body, "application/json; charset=utf-8") }, Outcome, cancel);
    }

    public Task<Known> Ask(SentText text, CancellationToken cancel) => Task.FromResult<Known>(new Known.CannotTell("no way to ask"));

    // A receipt names one phone, or a batch's phones at once.
    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => CallbackJson.ReadEach(body, entry =>
    {
        if (entry.Text("reportStatus") is not { } status)
            return [];
        // Whether the arrival stands in the status or in the code beside it differs between clients.
        var code = entry.Text("errorCode");
        var delivered = status is "DELIVRD" || status is "CM:0000" && code is null or "" or "DELIVRD";
        return Phones(entry).Select(phone =>
            new GatewayReport(entry.Text("msgGroup"), null, phone, delivered, delivered ? "DELIVRD" : code is { Length: > 0 } ? code : status, entry.Time("receiveDate")));
    });

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        entry.Phone("mobile") is { } phone && entry.Text("smsContent") is { } text
            ? new GatewayReply(phone, text, entry.Time("sendTime"), null, entry.Text("addSerial"))
            : null);

    public void Dispose() => calls.Dispose();

    private static IEnumerable<string> Phones(JsonElement entry) =>
        entry.Phone("mobile") is { } one ? [one]
        : entry.TryGetProperty("mobiles", out var all) && all.ValueKind == JsonValueKind.Array
            ? all.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => CallbackJson.Phone(each.GetString())).OfType<string>()
            : [];

    private (string Path, byte[] Body) Free(string mobile, string content) => (settings.Endpoint.Scheme == Uri.UriSchemeHttps ? "/sms/submit" : "/sms/norsubmit", Encoded(new
    {
        ecName = settings.EcName,
        apId = settings.ApId,
        mobiles = mobile,
        content,
        sign = settings.Sign,
        addSerial = settings.AddSerial,
        mac = Mac(settings.EcName, settings.ApId, settings.SecretKey, mobile, content, settings.Sign, settings.AddSerial),
    }));

    private (string Path, byte[] Body) Filled(string mobile, string template, IEnumerable<string> parameters)
    {
        var values = JsonSerializer.Serialize(parameters, Plain);
        return ("/sms/tmpsubmit", Encoded(new
        {
            ecName = settings.EcName,
            apId = settings.ApId,
            templateId = template,
            mobiles = mobile,
            @params = values,
            sign = settings.Sign,
            addSerial = settings.AddSerial,
            mac = Mac(settings.EcName, settings.ApId, settings.SecretKey, template, mobile, values, settings.Sign, settings.AddSerial),
        }));
    }

    private static byte[] Encoded(object message) => Encoding.ASCII.GetBytes(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(message, Plain)));

#pragma warning disable CA5351 // The vendor's mac is MD5.
    internal static string Mac(params string[] fields) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Concat(fields))));
#pragma warning restore CA5351

    private static Sent Outcome(HttpResponseMessage answer, byte[] body) => answer.StatusCode == HttpStatusCode.OK && VendorCalls.Json(body) is { } said && said.Text("rspcod") is { Length: > 0 } code
        ? code != "success" ? Codes.Read(code)
            : said.Text("msgGroup") is { Length: > 0 } batch ? new Sent.Accepted(batch)
            : new Sent.Unknown("success without a batch")
        : VendorCalls.ByStatus(answer, null);
}
