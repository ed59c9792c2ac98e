using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JobMatch.Fixtures.Vendors;

/// <summary>Tencent Cloud SMS: signature TC3, 5 minutes of leeway for clocks; errors come with status 200, and its list holds receipts only.</summary>
public sealed class TencentVendor : LoopbackVendor
{
    public const string SecretId = "AKIDtest", Secret = "tencent-secret", App = "1400006666", SignName = "春风就业";

    protected override VendorAnswer? Unsigned(RawRequest request)
    {
        var (stamp, authorization) = (request.Header("X-TC-Timestamp"), request.Header("Authorization"));
        if (!authorization.StartsWith("TC3-HMAC-SHA256 ", StringComparison.Ordinal) || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return Error("AuthFailure.InvalidAuthorization");
        var parts = authorization["TC3-HMAC-SHA256 ".Length..].Split(", ").Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var day = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (parts["Credential"] != $"{SecretId}/{day}/sms/tc3_request")
            return Error("AuthFailure.SecretIdNotFound");
        var headers = string.Concat(parts["SignedHeaders"].Split(';').Select(name => $"{name}:{request.Header(name).Trim().ToLowerInvariant()}\n"));
        var canonical = string.Join('\n', request.Method, "/", "", headers, parts["SignedHeaders"], Hex(SHA256.HashData(request.Body)));
        var toSign = string.Join('\n', "TC3-HMAC-SHA256", stamp, $"{day}/sms/tc3_request", Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = Mac(Mac(Mac(Encoding.UTF8.GetBytes("TC3" + Secret), day), "sms"), "tc3_request");
        if (parts["Signature"] != Hex(Mac(key, toSign)))
            return Error("AuthFailure.SignatureFailure");
        return Math.Abs(Now.ToUnixTimeSeconds() - seconds) > 300 ? Error("AuthFailure.SignatureExpire")
            : request.Header("X-TC-Version") == "2021-01-11" && request.Header("X-TC-Region") != "" ? null : Error("MissingParameter");
    }

    protected override TakenText? TextOf(RawRequest request, string vendorId)
    {
        if (request.Header("X-TC-Action") != "SendSms")
            return null;
        var said = JsonDocument.Parse(request.Body).RootElement;
        return new(vendorId, said.GetProperty("SessionContext").GetString()!, said.GetProperty("PhoneNumberSet")[0].GetString()!,
            $"【{said.GetProperty("SignName").GetString()}】{said.GetProperty("TemplateId").GetString()} {said.GetProperty("TemplateParamSet").GetRawText()}", Now);
    }

    protected override VendorAnswer Taken(TakenText text) => Status(text, text.VendorId, "Ok");

    protected override VendorAnswer Answer(Manner manner, TakenText text) => manner switch
    {
        Manner.Throttles => Error("RequestLimitExceeded"),
        Manner.RefusesNumber => Status(text, "", "FailedOperation.PhoneNumberInBlacklist"),
        _ => Status(text, "", "FailedOperation.InsufficientBalanceInSmsPackage"),
    };

    protected override VendorAnswer Asked(RawRequest request)
    {
        var said = JsonDocument.Parse(request.Body).RootElement;
        return Ok(new
        {
            PullSmsSendStatusSet = Took.Where(text => text.Phone == said.GetProperty("PhoneNumber").GetString() && Ended.ContainsKey(text.VendorId)).Select(text => new
            {
                UserReceiveTime = text.At.ToUnixTimeSeconds(),
                CountryCode = "86",
                SubscriberNumber = text.Phone[3..],
                PhoneNumber = text.Phone,
                SerialNo = text.VendorId,
                ReportStatus = Ended[text.VendorId] ? "SUCCESS" : "FAIL",
                Description = Ended[text.VendorId] ? "DELIVRD" : "MK:0010",
                SessionContext = text.OutId,
            }),
            RequestId = "request-1",
        });
    }

    protected override string Id(int number) => $"2640:{number:D28}";

    private static VendorAnswer Status(TakenText text, string id, string code) => Ok(new
    {
        SendStatusSet = new[] { new { SerialNo = id, PhoneNumber = text.Phone, Fee = 1, SessionContext = text.OutId, Code = code, Message = code, IsoCode = "CN" } },
        RequestId = "request-1",
    });

    private static VendorAnswer Error(string code) => Ok(new { Error = new { Code = code, Message = code }, RequestId = "request-1" });

    private static VendorAnswer Ok(object response) => new(200, JsonSerializer.Serialize(new { Response = response }));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
