using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace JobMatch.Fixtures.Vendors;

/// <summary>Azure Communication Services: HMAC over date, host and body; a clock may be 15 minutes off; receipts are asked for by its own id.</summary>
public sealed class AzureVendor : LoopbackVendor
{
    public const string From = "+18335550100";
    public static readonly string Key = Convert.ToBase64String(Encoding.UTF8.GetBytes("azure-access-key-of-32-bytes-len"));

    protected override VendorAnswer? Unsigned(RawRequest request)
    {
        const string scheme = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";
        var (authorization, date, hash) = (request.Header("Authorization"), request.Header("x-ms-date"), request.Header("x-ms-content-sha256"));
        if (!authorization.StartsWith(scheme, StringComparison.Ordinal) || hash != Convert.ToBase64String(SHA256.HashData(request.Body)))
            return Denied();
        var toSign = string.Join('\n', request.Method, request.Target, string.Join(';', date, request.Header("Host"), hash));
        using var mac = new HMACSHA256(Convert.FromBase64String(Key));
        return authorization[scheme.Length..] == Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(toSign)))
            && (Now - DateTimeOffset.ParseExact(date, "R", CultureInfo.InvariantCulture)).Duration() <= TimeSpan.FromMinutes(15)
            && request.Target.EndsWith("?api-version=2026-01-23", StringComparison.Ordinal) ? null : Denied();
    }

    protected override TakenText? TextOf(RawRequest request, string vendorId)
    {
        if (request.Method != "POST")
            return null;
        var said = JsonDocument.Parse(request.Body).RootElement;
        Assert.True(said.GetProperty("smsSendOptions").GetProperty("enableDeliveryReport").GetBoolean());
        return new(vendorId, said.GetProperty("smsSendOptions").GetProperty("tag").GetString()!, said.GetProperty("smsRecipients")[0].GetProperty("to").GetString()!, said.GetProperty("message").GetString()!, Now);
    }

    protected override VendorAnswer Taken(TakenText text) => One(new { to = text.Phone, messageId = text.VendorId, httpStatusCode = 202, repeatabilityResult = "accepted", successful = true });

    protected override VendorAnswer Answer(Manner manner, TakenText text) => manner switch
    {
        Manner.Throttles => new(429, """{"error":{"code":"TooManyRequests"}}"""),
        Manner.RefusesNumber => One(new { to = text.Phone, httpStatusCode = 400, errorMessage = "Invalid To phone number format.", successful = false }),
        _ => new(403, """{"error":{"code":"PhoneNumberNotOwned"}}"""),
    };

    protected override VendorAnswer Asked(RawRequest request)
    {
        var id = Uri.UnescapeDataString(request.Target.Split('?')[0].Split('/')[^1]);
        return Took.FirstOrDefault(text => text.VendorId == id) is { } text && Ended.TryGetValue(id, out var delivered)
            ? new(200, JsonSerializer.Serialize(new
            {
                deliveryStatus = delivered ? "Delivered" : "Failed",
                deliveryStatusDetails = delivered ? "2000: No Error" : "4001: Blocked",
                receivedTimestamp = text.At,
                tag = text.OutId,
                messageId = id,
                from = From,
                to = text.Phone,
            }))
            : new(404, """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404}""");
    }

    protected override string Id(int number) => $"Outgoing_20261127{number:D8}_noam";

    private static VendorAnswer One(object recipient) => new(202, JsonSerializer.Serialize(new { value = new[] { recipient } }));

    private static VendorAnswer Denied() => new(401, """{"error":{"code":"Denied","message":"Denied by the resource provider."}}""");
}
