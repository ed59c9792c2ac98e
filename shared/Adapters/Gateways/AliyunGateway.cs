using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>What Aliyun's account is; section <c>JobMatch:Gateways:aliyun</c>.</summary>
public sealed class AliyunSettings
{
    public string AccessKeyId { get; set; } = "";
    public string AccessKeySecret { get; set; } = "";

    /// <summary>The approved signature, without its brackets.</summary>
    public string SignName { get; set; } = "";

    public VendorTemplates Templates { get; } = [];

    public Uri Endpoint { get; set; } = new("https://dysmsapi.aliyuncs.com");
}

/// <summary>
/// Aliyun Dysms, version 2017-05-25: approved templates only, one number a call, since one id is shared by all numbers of a
/// batch. Sends are not idempotent (help.aliyun.com, SendSms); what became of one is asked with QuerySendDetails, which lists
/// a number's texts of a day with our own ids.
/// </summary>
public sealed class AliyunGateway(AliyunSettings settings, HttpClient http, TimeSpan timeout, TimeProvider time) : ISmsGateway, IDisposable
{
    private const string Version = "2017-05-25";
    private const string Algorithm = "ACS3-HMAC-SHA256";
    private const int PageSize = 50;

    // A variable's value holds at most 35 characters (rules for templates, 2023); a longer one would fail the text.
    private const int LongestValue = 35;

    // help.aliyun.com/document_detail/101346 and the gateway's common errors (api.aliyun.com); flow control from public clients.
    private static readonly VendorCodes Codes = new()
    {
        Account =
        [
            "isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE", "isv.ACCOUNT_NOT_EXISTS", "isv.ACCOUNT_ABNORMAL", "isv.PRODUCT_UN_SUBSCRIPT", "isv.PRODUCT_UNSUBSCRIBE",
            "isp.RAM_PERMISSION_DENY", "isv.DENY_IP_RANGE", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL", "isv.EXTEND_CODE_ERROR",
            "isv.SMS_SIGN_ILLEGAL", "isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_SIGNATURE_SCENE_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL", "isv.TEMPLATE_MISSING_PARAMETERS",
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidTimeStamp", "Forbidden",
        ],
        Text =
        [
            "isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_COUNT_OVER_LIMIT", "isv.DOMESTIC_NUMBER_NOT_SUPPORTED", "isv.BLACK_KEY_CONTROL_LIMIT", "isv.SMS_CONTENT_ILLEGAL",
            "isv.TEMPLATE_PARAMS_ILLEGAL", "isv.PARAM_LENGTH_LIMIT", "isv.PARAM_NOT_SUPPORT_URL", "isv.INVALID_JSON_PARAM", "isv.INVALID_PARAMETERS",
        ],
        // A number's share of the minute, hour or day; the code does not say which.
        Later = [("isv.BUSINESS_LIMIT_CONTROL", TimeSpan.FromMinutes(10)), ("Throttling", null)],
        // A nonce that was used before: something on the way sent the same request twice, and the first may have been taken.
        Unclear = ["isp.SYSTEM_ERROR", "isv.SYSTEM_ERROR", "SignatureNonceUsed", "ServiceUnavailable", "InternalError"],
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VendorCalls calls = new(http, timeout, time);

    /// <summary>A gateway with time-outs of its own: 5 s to connect, 10 s for a call as a whole.</summary>
    public static AliyunGateway At(AliyunSettings settings, TimeProvider time) => new(settings, VendorCalls.Client(settings.Endpoint), TimeSpan.FromSeconds(10), time);

    public string Name => "aliyun";

    public TimeSpan SendTimeout => timeout;

    // Only that the code is a number is checked (document_detail/101867).
    public CallbackAnswer CallbackAnswer { get; } = new("""{"code":0,"msg":"接收成功"}"""u8.ToArray(), "application/json; charset=utf-8");

    public async Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        if (settings.Templates.Find(text.Text) is not { } template)
            return VendorTemplates.Missing;
        var values = template.Values.ToDictionary(one => one.Name, one => Cut(one.Value));
        return await calls.Send(() => Request("SendSms",
        [
            ("PhoneNumbers", Number(text.Phone)),
            ("SignName", settings.SignName),
            ("TemplateCode", template.Code),
            ("TemplateParam", JsonSerializer.Serialize(values, Plain)),
            ("OutId", text.OutId),
        ]), Outcome, cancel);
    }

    public async Task<Known> Ask(SentText text, CancellationToken cancel)
    {
        // A text claimed just before midnight is listed under the day on which it arrived there.
        foreach (var day in time.Today() > text.Day ? new[] { text.Day, text.Day.AddDays(1) } : [text.Day])
            for (var page = 1; ; page++)
            {
                var last = true;
                var known = await calls.Ask(() => Request("QuerySendDetails",
                [
                    ("PhoneNumber", Number(text.Phone)),
                    ("SendDate", day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
                    ("PageSize", PageSize.ToString(CultureInfo.InvariantCulture)),
                    ("CurrentPage", page.ToString(CultureInfo.InvariantCulture)),
                ]), (status, body) => Listed(text, status, body, out last), cancel);
                if (known is not Known.NeverSeen)
                    return known;
                if (last)
                    break;
            }
        return new Known.NeverSeen();
    }

    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => Reports(body);

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => Replies(body);

    public void Dispose() => calls.Dispose();

    // The sandbox pushes in the same form.
    internal static CallbackItems<GatewayReport> Reports(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        entry.Phone("phone_number") is { } phone && entry.Flag("success") is { } delivered
            ? new GatewayReport(entry.Text("biz_id"), entry.Text("out_id"), phone, delivered, entry.Text("err_code"), entry.Time("report_time"))
            : null);

    internal static CallbackItems<GatewayReply> Replies(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        entry.Phone("phone_number") is { } phone && entry.Text("content") is { } text
            ? new GatewayReply(phone, text, entry.Time("send_time"), entry.Text("sequence_id"), entry.Text("dest_code"))
            : null);

    private static Sent Outcome(HttpResponseMessage answer, byte[] body) => VendorCalls.Json(body) is { } said && said.Text("Code") is { } code && (int)answer.StatusCode < 500
        ? code != "OK" ? Codes.Read(code)
            : said.Text("BizId") is { Length: > 0 } id ? new Sent.Accepted(id)
            : new Sent.Unknown("OK without an id")
        : VendorCalls.ByStatus(answer, null);

    private static Known Listed(SentText asked, HttpStatusCode status, byte[] body, out bool last)
    {
        last = true;
        if (VendorCalls.Json(body) is not { } said || said.Text("Code") is not { } code)
            return new Known.CannotTell($"HTTP {(int)status} without a clear answer");
        if (code != "OK")
            return new Known.CannotTell(code);
        if (!said.TryGetProperty("SmsSendDetailDTOs", out var list) || list.ValueKind != JsonValueKind.Object
            || !list.TryGetProperty("SmsSendDetailDTO", out var details) || details.ValueKind != JsonValueKind.Array)
            return new Known.CannotTell("an answer without a list");
        foreach (var detail in details.EnumerateArray().Where(detail => detail.Text("OutId") == asked.OutId))
            // 1: no receipt yet, 2: failed, 3: arrived.
            return new Known.Taken(asked.VendorId, detail.Text("SendStatus") is ("2" or "3") and var ended
                ? new(asked.VendorId, asked.OutId, asked.Phone, ended == "3", detail.Text("ErrCode"), detail.Time("ReceiveDate"))
                : null);
        last = details.GetArrayLength() < PageSize;
        return new Known.NeverSeen();
    }

    private HttpRequestMessage Request(string action, IEnumerable<(string Name, string Value)> parameters)
    {
        var query = Query(parameters);
        var hash = Convert.ToHexStringLower(SHA256.HashData([]));
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = settings.Endpoint.Authority,
            ["x-acs-action"] = action,
            ["x-acs-content-sha256"] = hash,
            ["x-acs-date"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-acs-signature-nonce"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            ["x-acs-version"] = Version,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Endpoint, $"/?{query}")) { Content = VendorCalls.Body([], "application/x-www-form-urlencoded") };
        foreach (var (name, value) in signed)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Algorithm} Credential={settings.AccessKeyId},SignedHeaders={string.Join(';', signed.Keys)},Signature={Signature(settings.AccessKeySecret, "POST", query, signed, hash)}");
        return request;
    }

    /// <param name="headers">The signed ones, names in lower case.</param>
    internal static string Signature(string secret, string method, string query, SortedDictionary<string, string> headers, string bodyHash)
    {
        var canonical = $"{method}\n/\n{query}\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{string.Join(';', headers.Keys)}\n{bodyHash}";
        var toSign = $"{Algorithm}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(toSign)));
    }

    // Sorted, and percent-encoded as RFC 3986 has it, which EscapeDataString does.
    private static string Query(IEnumerable<(string Name, string Value)> parameters) =>
        string.Join('&', parameters.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{Uri.EscapeDataString(one.Name)}={Uri.EscapeDataString(one.Value)}"));

    // Mainland numbers without country code, others without the plus.
    private static string Number(string phone) => phone.StartsWith("+86", StringComparison.Ordinal) ? phone[3..] : phone[1..];

    private static string Cut(string value) =>
        value.Length <= LongestValue ? value : value[..(char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue)];
}
