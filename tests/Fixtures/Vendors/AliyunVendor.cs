using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JobMatch.Fixtures.Vendors;

/// <summary>Aliyun's Dysms: signature V3, a nonce once, 15 minutes of leeway for clocks.</summary>
public sealed class AliyunVendor : LoopbackVendor
{
    public const string KeyId = "LTAItest", Secret = "aliyun-secret", SignName = "春风就业";

    private readonly ConcurrentDictionary<string, bool> nonces = new();

    protected override VendorAnswer? Unsigned(RawRequest request)
    {
        var authorization = request.Header("Authorization");
        if (!authorization.StartsWith("ACS3-HMAC-SHA256 ", StringComparison.Ordinal))
            return Error(400, "IncompleteSignature");
        var parts = authorization["ACS3-HMAC-SHA256 ".Length..].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        if (parts["Credential"] != KeyId)
            return Error(404, "InvalidAccessKeyId.NotFound");
        if (request.Header("x-acs-content-sha256") != Hex(SHA256.HashData(request.Body)))
            return Error(400, "SignatureDoesNotMatch");
        var names = parts["SignedHeaders"].Split(';');
        if (new[] { "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version" }.Except(names).Any())
            return Error(400, "IncompleteSignature");
        var canonical = new StringBuilder().Append(request.Method).Append('\n').Append("/\n").Append(SortedQuery(request.Target)).Append('\n');
        foreach (var name in names)
            canonical.Append(name).Append(':').Append(request.Header(name).Trim()).Append('\n');
        canonical.Append('\n').Append(parts["SignedHeaders"]).Append('\n').Append(request.Header("x-acs-content-sha256"));
        using var mac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        var expected = Hex(mac.ComputeHash(Encoding.UTF8.GetBytes("ACS3-HMAC-SHA256\n" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString()))))));
        if (parts["Signature"] != expected)
            return Error(400, "SignatureDoesNotMatch");
        if ((Now - DateTimeOffset.Parse(request.Header("x-acs-date"), CultureInfo.InvariantCulture)).Duration() > TimeSpan.FromMinutes(15))
            return Error(400, "InvalidTimeStamp.Expired");
        return nonces.TryAdd(request.Header("x-acs-signature-nonce"), true) ? null : Error(400, "SignatureNonceUsed");
    }

    protected override TakenText? TextOf(RawRequest request, string vendorId)
    {
        if (request.Header("x-acs-action") != "SendSms")
            return null;
        var query = Parameters(request.Target);
        return new(vendorId, query["OutId"], query["PhoneNumbers"], $"【{query["SignName"]}】{query["TemplateCode"]} {query["TemplateParam"]}", Now);
    }

    protected override VendorAnswer Taken(TakenText text) => Ok(new { Message = "OK", RequestId = "request-1", Code = "OK", BizId = text.VendorId });

    protected override VendorAnswer Answer(Manner manner, TakenText text) => manner switch
    {
        Manner.Throttles => Error(400, "Throttling.User"),
        Manner.RefusesNumber => Ok(new { Message = "非法手机号", RequestId = "request-1", Code = "isv.MOBILE_NUMBER_ILLEGAL" }),
        _ => Ok(new { Message = "账户余额不足", RequestId = "request-1", Code = "isv.AMOUNT_NOT_ENOUGH" }),
    };

    protected override VendorAnswer Asked(RawRequest request)
    {
        var query = Parameters(request.Target);
        var (size, page) = (int.Parse(query["PageSize"], CultureInfo.InvariantCulture), int.Parse(query["CurrentPage"], CultureInfo.InvariantCulture));
        var all = Took.Where(text => text.Phone == query["PhoneNumber"] && text.At.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd", CultureInfo.InvariantCulture) == query["SendDate"]).ToList();
        var details = all.Skip((page - 1) * size).Take(size).Select(text => new Dictionary<string, object?>
        {
            ["PhoneNum"] = text.Phone,
            ["OutId"] = text.OutId,
            ["Content"] = text.Text,
            ["SendDate"] = Local(text.At),
            ["SendStatus"] = Ended.TryGetValue(text.VendorId, out var delivered) ? delivered ? 3 : 2 : 1,
            ["ErrCode"] = Ended.TryGetValue(text.VendorId, out delivered) ? delivered ? "DELIVERED" : "MK:0010" : null,
            ["ReceiveDate"] = Ended.ContainsKey(text.VendorId) ? Local(text.At) : null,
        });
        return Ok(new { Code = "OK", Message = "OK", RequestId = "request-1", TotalCount = all.Count.ToString(CultureInfo.InvariantCulture), SmsSendDetailDTOs = new { SmsSendDetailDTO = details } });
    }

    private static string Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Parameters(string target) =>
        target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]));

    private static string SortedQuery(string target) =>
        string.Join('&', target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Order(StringComparer.Ordinal));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    private static VendorAnswer Ok(object body) => new(200, JsonSerializer.Serialize(body));

    private static VendorAnswer Error(int status, string code) => new(status, JsonSerializer.Serialize(new { RequestId = "request-1", HostId = "dysmsapi.aliyuncs.com", Code = code, Message = code }));
}
