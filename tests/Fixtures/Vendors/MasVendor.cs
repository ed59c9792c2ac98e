using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JobMatch.Fixtures.Vendors;

/// <summary>China Mobile's cloud MAS: base64 JSON with an MD5 mac, no date and no nonce, nothing to ask.</summary>
public sealed class MasVendor : LoopbackVendor
{
    public const string EcName = "示范集团", ApId = "mas-user", Secret = "mas-secret", Sign = "qWeRtY123";

    protected override VendorAnswer? Unsigned(RawRequest request)
    {
        var message = Message(request);
        if (message is null)
            return Refused("InvalidMessage");
        if (Of(message, "ecName") != EcName || Of(message, "apId") != ApId)
            return Refused("InvalidUsrOrPwd");
        var middle = request.Target == "/sms/tmpsubmit" ? Of(message, "templateId") + Of(message, "mobiles") + Of(message, "params") : Of(message, "mobiles") + Of(message, "content");
#pragma warning disable CA5351 // The vendor's mac is MD5.
        var expected = Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes($"{EcName}{ApId}{Secret}{middle}{Of(message, "sign")}{Of(message, "addSerial")}"))).ToLowerInvariant();
#pragma warning restore CA5351
        return Of(message, "mac") == expected ? null : Refused("IllegalMac");
    }

    protected override TakenText? TextOf(RawRequest request, string vendorId)
    {
        var message = Message(request)!;
        return new(vendorId, "", Of(message, "mobiles"), request.Target == "/sms/tmpsubmit" ? $"{Of(message, "templateId")} {Of(message, "params")}" : Of(message, "content"), Now);
    }

    protected override VendorAnswer Taken(TakenText text) => new(200, JsonSerializer.Serialize(new { msgGroup = text.VendorId, rspcod = "success", success = true }));

    protected override VendorAnswer Answer(Manner manner, TakenText text) => Refused(manner switch
    {
        Manner.Throttles => "FlowOverLimit",
        Manner.RefusesNumber => "InvalidMobile",
        _ => "NoSignId",
    });

    protected override VendorAnswer Asked(RawRequest request) => new(404, "");

    protected override string Id(int number) => $"{number:D32}";

    private static VendorAnswer Refused(string code) => new(200, JsonSerializer.Serialize(new { msgGroup = "", rspcod = code, success = false }));

    private static Dictionary<string, string>? Message(RawRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(Convert.FromBase64String(Encoding.ASCII.GetString(request.Body)));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Of(Dictionary<string, string> message, string name) => message.GetValueOrDefault(name, "");
}
