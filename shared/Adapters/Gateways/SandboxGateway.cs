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

    private readonly VendorCalls calls = new(http, timeout, time);

    /// <summary>A gateway with time-outs of its own: 5 s to connect, 10 s for a call as a whole.</summary>
    public static SandboxGateway At(Uri address, string secret, string? sign, TimeProvider time, string name = "sandbox") =>
        new(VendorCalls.Client(address), secret, sign, TimeSpan.FromSeconds(10), time, name);

    public string Name => name;

    public TimeSpan SendTimeout => timeout;

    public CallbackAnswer CallbackAnswer { get; } = new("""{"code":0,"msg":"接收成功"}"""u8.ToArray(), "application/json; charset=utf-8");

    public async Task<Sent> Send(OutgoingText text, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { phone = text.Phone, text = text.Text, outId = text.OutId, sign }, Json);
        return await calls.Send(() =>
        {
            var request = Request(HttpMethod.Post, "/send");
            request.Content = VendorCalls.Body(body, "application/json; charset=utf-8");
            return request;
        }, Outcome, cancel);
    }

    public async Task<Known> Ask(SentText text, CancellationToken cancel) =>
        await calls.Ask(() => Request(HttpMethod.Get, $"/messages?outId={Uri.EscapeDataString(text.OutId)}"), (status, body) => status != HttpStatusCode.OK
            ? new Known.CannotTell($"HTTP {(int)status}")
            : Read(body) switch
            {
                { Found: true, BizId: { } id } found => new Known.Taken(id, found.State is "delivered" or "failed"
                    ? new(id, text.OutId, text.Phone, found.State == "delivered", found.Code, found.ReportedAt)
                    : null),
                { Found: false } => new Known.NeverSeen(),
                _ => new Known.CannotTell("an answer that says nothing"),
            }, cancel);

    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => AliyunGateway.Reports(body);

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => AliyunGateway.Replies(body);

    public void Dispose() => calls.Dispose();

    private static Sent Outcome(HttpResponseMessage answer, byte[] body) => ((int)answer.StatusCode, Read(body)) switch
    {
        (200, { Code: "OK", BizId: { } id }) => new Sent.Accepted(id),
        (200, { Code: { } code }) when code != "OK" => AccountCodes.Contains(code) ? new Sent.AccountRefused(code) : new Sent.Refused(code, "refused by the vendor"),
        (_, var said) => VendorCalls.ByStatus(answer, said?.Code),
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
