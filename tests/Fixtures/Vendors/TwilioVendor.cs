using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace JobMatch.Fixtures.Vendors;

/// <summary>Twilio: Basic authentication, no date to go stale; its list names no id of the caller's.</summary>
public sealed class TwilioVendor : LoopbackVendor
{
    public const string Sid = "AC00000000000000000000000000000001", Token = "twilio-token", From = "+15005550006";

    /// <summary>The signature of a callback: HMAC-SHA1 over the full address and the form, by name.</summary>
    public static string Signed(string url, Dictionary<string, string> form)
    {
        var signed = new StringBuilder(url);
        foreach (var name in form.Keys.Order(StringComparer.Ordinal))
            signed.Append(name).Append(form[name]);
#pragma warning disable CA5350 // Twilio signs so.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    protected override VendorAnswer? Unsigned(RawRequest request) =>
        request.Header("Authorization") == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Sid}:{Token}"))
        && request.Target.StartsWith($"/2010-04-01/Accounts/{Sid}/", StringComparison.Ordinal) ? null : Error(401, 20003);

    protected override TakenText? TextOf(RawRequest request, string vendorId)
    {
        if (request.Method != "POST")
            return null;
        var form = Encoding.UTF8.GetString(request.Body).Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
        Assert.Equal(From, form["From"]);
        // The id goes along in the address of receipts.
        return new(vendorId, new Uri(form["StatusCallback"]).Query, form["To"], form["Body"], Now);
    }

    protected override VendorAnswer Taken(TakenText text) => new(201, JsonSerializer.Serialize(Resource(text)));

    protected override VendorAnswer Answer(Manner manner, TakenText text) => manner switch
    {
        Manner.Throttles => Error(429, 20429),
        Manner.RefusesNumber => Error(400, 21610),
        _ => Error(403, 30002),
    };

    protected override VendorAnswer Asked(RawRequest request)
    {
        var path = request.Target.Split('?')[0];
        if (!path.EndsWith("/Messages.json", StringComparison.Ordinal))
            return Took.FirstOrDefault(text => path.EndsWith($"/{text.VendorId}.json", StringComparison.Ordinal)) is { } text ? new(200, JsonSerializer.Serialize(Resource(text))) : Error(404, 20404);
        var to = Uri.UnescapeDataString(request.Target.Split("To=")[1].Split('&')[0]);
        return new(200, JsonSerializer.Serialize(new { messages = Took.Where(text => text.Phone == to).Reverse().Select(Resource), page = 0, page_size = 50, next_page_uri = (string?)null }));
    }

    protected override string Id(int number) => $"SM{number:D32}";

    private object Resource(TakenText text) => new
    {
        sid = text.VendorId,
        to = text.Phone,
        from = From,
        body = text.Text,
        direction = "outbound-api",
        date_created = text.At.ToString("R", CultureInfo.InvariantCulture),
        status = Ended.TryGetValue(text.VendorId, out var delivered) ? delivered ? "delivered" : "undelivered" : "queued",
        error_code = Ended.TryGetValue(text.VendorId, out delivered) && !delivered ? (int?)30003 : null,
    };

    private static VendorAnswer Error(int status, int code) => new(status, JsonSerializer.Serialize(new { code, message = "refused", more_info = $"https://www.twilio.com/docs/errors/{code}", status }));
}
