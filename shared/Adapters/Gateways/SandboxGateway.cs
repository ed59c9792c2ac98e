using System.Net;
using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>The sandbox vendor (<c>tests/Sandbox</c>, whose head comment is the guide to its wire): Development and tests only.</summary>
/// <param name="http">With the sandbox's address as its base; see <see cref="At"/>.</param>
/// <param name="secret">The shared secret of send calls.</param>
/// <param name="sign">The signature that the vendor puts before the text, without its brackets; null: none.</param>
/// <param name="name">Another where a second sandbox is used beside the first.</param>
public sealed class SandboxGateway(HttpClient http, string secret, string? sign, TimeSpan timeout, TimeProvider time, string name = "sandbox") : ISmsGateway, IDisposable
{
    // What the account, not the text, is refused for; names as Aliyun's Dysms has them.
    private static readonly HashSet<string> AccountCodes =
        ["isv.AMOUNT_NOT_ENOUGH", "isv.SMS_SIGN_ILLEGAL", "isv.OUT_OF_SERVICE", "isp.RAM_PERMISSION_DENY", "InvalidAccessKeyId"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A gateway with time-outs of its own: 5 s to connect, 10 s for a call as a whole.</summary>
    public static SandboxGateway At(Uri address, string secret, string? sign, TimeProvider time, string name = "sandbox") =>
        new(OneCall.Client(address), secret, sign, TimeSpan.FromSeconds(10), time, name);

    public string Name => name;

    public TimeSpan SendTimeout => timeout;

    public CallbackAnswer CallbackAnswer { get; } = new("""{"code":0,"msg":"接收成功"}"""u8.ToArray(), "application/json; charset=utf-8");

    public async Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, "/send");
        var body = JsonSerializer.SerializeToUtf8Bytes(new { phone = text.Phone, text = text.Text, outId = text.OutId, sign }, Json);
        return await OneCall.Send(http, request, body, timeout, time, Outcome, cancel);
    }

    public async Task<Known> Ask(SentText text, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            using var request = Request(HttpMethod.Get, $"/messages?outId={Uri.EscapeDataString(text.OutId)}");
            using var answer = await http.SendAsync(request, either.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
                return new Known.CannotTell($"HTTP {(int)answer.StatusCode}");
            return Read(await answer.Content.ReadAsByteArrayAsync(either.Token)) switch
            {
                { Found: true, BizId: { } id } found => new Known.Taken(id, found.State is "delivered" or "failed"
                    ? new(id, text.OutId, text.Phone, found.State == "delivered", found.Code, found.ReportedAt)
                    : null),
                { Found: false } => new Known.NeverSeen(),
                _ => new Known.CannotTell("an answer that says nothing"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new Known.CannotTell("no answer");
        }
    }

    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        entry.Phone("phone_number") is { } phone && entry.Flag("success") is { } delivered
            ? new GatewayReport(entry.Text("biz_id"), entry.Text("out_id"), phone, delivered, entry.Text("err_code"), entry.Time("report_time"))
            : null);

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => CallbackJson.Read(body, entry =>
        entry.Phone("phone_number") is { } phone && entry.Text("content") is { } text
            ? new GatewayReply(phone, text, entry.Time("send_time"), entry.Text("sequence_id"), entry.Text("dest_code"))
            : null);

    public void Dispose() => http.Dispose();

    // A 5xx or 408 may come from anything between us and the vendor, before or after it took the text; any other 4xx that does
    // not speak of the text would meet every text.
    private static Sent Outcome(HttpResponseMessage answer, byte[] body) => ((int)answer.StatusCode, Read(body)) switch
    {
        (429, _) => new Sent.Later(answer.Headers.RetryAfter?.Delta),
        (200, { Code: "OK", BizId: { } id }) => new Sent.Accepted(id),
        (200, { Code: { } code }) when code != "OK" => AccountCodes.Contains(code) ? new Sent.AccountRefused(code) : new Sent.Refused(code, "refused by the vendor"),
        (400 or 413 or 422, var said) => new Sent.Refused(said?.Code ?? $"HTTP {(int)answer.StatusCode}", "not a text that the vendor understands"),
        ( >= 400 and < 500 and not 408, var said) => new Sent.AccountRefused(said?.Code ?? $"HTTP {(int)answer.StatusCode}"),
        (var status, _) => new Sent.Unknown($"HTTP {status} without a clear answer"),
    };

    private static VendorAnswer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<VendorAnswer>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, path) { Headers = { Authorization = new("Bearer", secret) } };

    private sealed record VendorAnswer(string? Code, string? BizId, bool? Found, string? State, DateTimeOffset? ReportedAt);
}
