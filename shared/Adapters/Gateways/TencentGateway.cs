using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>What Tencent Cloud's account is; section <c>JobMatch:Gateways:tencent</c>.</summary>
public sealed class TencentSettings
{
    public string SecretId { get; set; } = "";
    public string SecretKey { get; set; } = "";
    public string SmsSdkAppId { get; set; } = "";

    /// <summary>The approved signature, without its brackets.</summary>
    public string SignName { get; set; } = "";

    public string Region { get; set; } = "ap-guangzhou";

    public VendorTemplates Templates { get; } = [];

    public Uri Endpoint { get; set; } = new("https://sms.tencentcloudapi.com");
}

/// <summary>
/// Tencent Cloud SMS, version 2021-01-11: approved templates only, filled by position. Its list by phone holds receipts, not
/// what is under way: a text that it does not name may still have been taken.
/// </summary>
public sealed class TencentGateway(TencentSettings settings, HttpClient http, TimeSpan timeout, TimeProvider time) : ISmsGateway, IDisposable
{
    private const string Version = "2021-01-11";
    private const string Algorithm = "TC3-HMAC-SHA256";
    private const string JsonType = "application/json; charset=utf-8";

    // cloud.tencent.com/document/product/382/55981 and its common codes.
    private static readonly VendorCodes Codes = new()
    {
        Account =
        [
            "FailedOperation.InsufficientBalanceInSmsPackage", "FailedOperation.SignatureIncorrectOrUnapproved", "FailedOperation.TemplateIncorrectOrUnapproved",
            "FailedOperation.TemplateUnapprovedOrNotExist", "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
            "LimitExceeded.AppDailyLimit", "LimitExceeded.AppMainlandChinaDailyLimit", "LimitExceeded.DailyLimit", "UnauthorizedOperation", "AuthFailure", "UnsupportedOperation",
        ],
        Text = ["FailedOperation.PhoneNumberInBlacklist", "FailedOperation.ContainSensitiveWord", "InvalidParameterValue", "InvalidParameter", "MissingParameter"],
        Later =
        [
            ("LimitExceeded.DeliveryFrequencyLimit", TimeSpan.FromMinutes(1)), ("LimitExceeded.PhoneNumberThirtySecondLimit", TimeSpan.FromSeconds(30)),
            ("LimitExceeded.PhoneNumberOneHourLimit", TimeSpan.FromHours(1)), ("LimitExceeded.PhoneNumberDailyLimit", TimeSpan.FromHours(1)),
            ("LimitExceeded.PhoneNumberSameContentDailyLimit", TimeSpan.FromHours(1)), ("FailedOperation.MarketingSendTimeConstraint", TimeSpan.FromHours(1)),
            ("RequestLimitExceeded", null),
        ],
        Unclear = ["InternalError"],
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly VendorCalls calls = new(http, timeout, time);

    /// <inheritdoc cref="AliyunGateway.At"/>
    public static TencentGateway At(TencentSettings settings, TimeProvider time) => new(settings, VendorCalls.Client(settings.Endpoint), TimeSpan.FromSeconds(10), time);

    public string Name => "tencent";

    public TimeSpan SendTimeout => timeout;

    public CallbackAnswer CallbackAnswer { get; } = new("""{"result":0,"errmsg":"OK"}"""u8.ToArray(), "application/json; charset=utf-8");

    public async Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        if (settings.Templates.Find(text.Text) is not { } template)
            return VendorTemplates.Missing;
        return await calls.Send(() => Request("SendSms", new
        {
            PhoneNumberSet = new[] { text.Phone },
            settings.SmsSdkAppId,
            TemplateId = template.Code,
            settings.SignName,
            TemplateParamSet = template.Values.Select(one => one.Value),
            SessionContext = text.OutId,
        }), Outcome, cancel);
    }

    public Task<Known> Ask(SentText text, CancellationToken cancel)
    {
        var begin = new DateTimeOffset(text.Day.ToDateTime(TimeOnly.MinValue), People.Offset).ToUnixTimeSeconds();
        return calls.Ask(() => Request("PullSmsSendStatusByPhoneNumber", new
        {
            BeginTime = begin,
            EndTime = time.GetUtcNow().ToUnixTimeSeconds(),
            Offset = 0, // The only value that it takes.
            Limit = 100,
            PhoneNumber = text.Phone,
            settings.SmsSdkAppId,
        }), (status, body) => Listed(text, status, body), cancel);
    }

    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        Phone(entry) is { } phone && entry.Text("report_status") is { } status
            ? new GatewayReport(entry.Text("sid"), entry.Text("ext"), phone, status == "SUCCESS", entry.Text("errmsg"), entry.Time("user_receive_time"))
            : null);

    // A reply has no id of its own.
    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        Phone(entry) is { } phone && entry.Text("text") is { } text
            ? new GatewayReply(phone, text, entry.UnixTime("time"), null, entry.Text("extend"))
            : null);

    public void Dispose() => calls.Dispose();

    private static string? Phone(JsonElement entry) => CallbackJson.Phone($"+{entry.Text("nationcode")}{entry.Text("mobile")}");

    private static Sent Outcome(HttpResponseMessage answer, byte[] body)
    {
        if (answer.StatusCode != HttpStatusCode.OK || Response(body) is not { } said)
            return VendorCalls.ByStatus(answer, null);
        if (ErrorOf(said) is { } error)
            return Codes.Read(error);
        if (!said.TryGetProperty("SendStatusSet", out var all) || all.ValueKind != JsonValueKind.Array || all.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } one)
            return new Sent.Unknown("an answer without a status");
        return (one.Text("Code"), one.Text("SerialNo")) switch
        {
            ("Ok", { Length: > 0 } id) => new Sent.Accepted(id),
            ("Ok" or null or "", _) => new Sent.Unknown("an answer that says nothing"),
            (var code, _) => Codes.Read(code),
        };
    }

    private static Known Listed(SentText asked, HttpStatusCode status, byte[] body)
    {
        if (status != HttpStatusCode.OK || Response(body) is not { } said)
            return new Known.CannotTell($"HTTP {(int)status} without a clear answer");
        if (ErrorOf(said) is { } error)
            return new Known.CannotTell(error);
        if (!said.TryGetProperty("PullSmsSendStatusSet", out var all) || all.ValueKind != JsonValueKind.Array)
            return new Known.CannotTell("an answer without a list");
        foreach (var one in all.EnumerateArray().Where(one => one.Text("SessionContext") == asked.OutId || asked.VendorId is { } id && one.Text("SerialNo") == id))
            return new Known.Taken(one.Text("SerialNo"),
                new(one.Text("SerialNo"), asked.OutId, asked.Phone, one.Text("ReportStatus") == "SUCCESS", one.Text("Description"), one.UnixTime("UserReceiveTime")));
        return new Known.CannotTell("no receipt yet");
    }

    // Refusals of a call come with status 200.
    private static JsonElement? Response(byte[] body) =>
        VendorCalls.Json(body) is { } said && said.TryGetProperty("Response", out var response) && response.ValueKind == JsonValueKind.Object ? response : null;

    private static string? ErrorOf(JsonElement response) =>
        response.TryGetProperty("Error", out var error) && error.ValueKind == JsonValueKind.Object ? error.Text("Code") ?? "Error" : null;

    private HttpRequestMessage Request(string action, object parameters)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(parameters, Plain);
        var now = time.GetUtcNow();
        var authorization = Authorization(settings.SecretId, settings.SecretKey, "sms", now, body,
            [("content-type", JsonType), ("host", settings.Endpoint.Authority), ("x-tc-action", action.ToLowerInvariant())]);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Endpoint, "/")) { Content = VendorCalls.Body(body, JsonType) };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [
                ("Host", settings.Endpoint.Authority), ("X-TC-Action", action), ("X-TC-Version", Version), ("X-TC-Region", settings.Region),
                ("X-TC-Timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("Authorization", authorization),
            ])
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>The header's value for a POST to <c>/</c>.</summary>
    /// <param name="headers">The signed ones, names and values in lower case, sorted.</param>
    internal static string Authorization(string id, string key, string service, DateTimeOffset at, byte[] body, IReadOnlyList<(string Name, string Value)> headers)
    {
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{service}/tc3_request";
        var toSign = $"{Algorithm}\n{at.ToUnixTimeSeconds()}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signing = new[] { day, service, "tc3_request" }.Aggregate(Encoding.UTF8.GetBytes("TC3" + key), (chain, part) => HMACSHA256.HashData(chain, Encoding.UTF8.GetBytes(part)));
        return $"{Algorithm} Credential={id}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(toSign)))}";
    }
}
