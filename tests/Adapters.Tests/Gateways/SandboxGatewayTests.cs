using System.Net;
using System.Net.Sockets;
using System.Text;
using JobMatch.Adapters.Gateways;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>What the client makes of trouble on the wire, and of what stands in callbacks.</summary>
public sealed class SandboxGatewayTests
{
    private static readonly OutgoingText Text = new("out-1", "+8613800000001", "您好");
    private static readonly SandboxGateway Reader = CallbackInbox.Reader;

    [Fact]
    public async Task A_refused_connection_surely_took_nothing()
    {
        using var free = new Wire();
        free.Dispose();
        using var gateway = free.Gateway();

        Assert.Equal(new Sent.Later(null), await gateway.Send(Text, default));
        Assert.IsType<Known.CannotTell>(await gateway.Ask(new("out-1", null, "+8613800000001", new(2026, 11, 22)), default));
    }

    [Fact]
    public async Task A_vendor_that_never_answers_leaves_the_text_unknown()
    {
        using var wire = new Wire();
        using var gateway = wire.Gateway(TimeSpan.FromMilliseconds(300));
        var sending = gateway.Send(Text, default);
        using var connection = await wire.Take();

        Assert.IsType<Sent.Unknown>(await sending);
    }

    [Fact]
    public async Task A_send_that_is_cancelled_after_it_left_is_unknown_and_before_it_left_is_cancelled()
    {
        using var wire = new Wire();
        using var gateway = wire.Gateway();
        using var stop = new CancellationTokenSource();
        var sending = gateway.Send(Text, stop.Token);
        using var connection = await wire.Take();
        await stop.CancelAsync();

        Assert.IsType<Sent.Unknown>(await sending);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gateway.Send(Text, stop.Token));
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_after_the_text_left_does_not_send_it_again()
    {
        using var wire = new Wire();
        using var gateway = wire.Gateway();
        var first = gateway.Send(Text, default);
        using var connection = await wire.Take();
        await Wire.Answer(connection, "200 OK", """{"code":"OK","bizId":"1^0"}""");
        Assert.Equal(new Sent.Accepted("1^0"), await first);

        var second = gateway.Send(Text, default);
        await Wire.Read(connection);
        connection.Close();

        Assert.IsType<Sent.Unknown>(await second);
        Assert.False(wire.SomebodyWaits);
    }

    [Fact]
    public async Task A_retrying_handler_in_between_does_not_send_it_again_either()
    {
        using var wire = new Wire();
        using var gateway = new SandboxGateway(new(new Stubborn { InnerHandler = new SocketsHttpHandler() }) { BaseAddress = wire.Address }, "secret", null, TimeSpan.FromSeconds(10), TimeProvider.System);
        var sending = gateway.Send(Text, default);
        using var connection = await wire.Take();
        connection.Close();
        using var second = await wire.Accept();

        Assert.IsType<Sent.Unknown>(await sending);
        Assert.DoesNotContain("{", await Wire.ReadToEnd(second), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK", """{"code":"OK","bizId":"1^0","parts":1}""", "Accepted { VendorId = 1^0 }")]
    [InlineData("200 OK", """{"code":"OK"}""", "Unknown")]
    [InlineData("200 OK", "<html>", "Unknown")]
    [InlineData("200 OK", "", "Unknown")]
    [InlineData("200 OK", "[1]", "Unknown")]
    [InlineData("200 OK", """{"code":"isv.SMS_CONTENT_ILLEGAL"}""", "Refused { Code = isv.SMS_CONTENT_ILLEGAL")]
    [InlineData("200 OK", """{"code":"isv.AMOUNT_NOT_ENOUGH"}""", "AccountRefused { Code = isv.AMOUNT_NOT_ENOUGH }")]
    [InlineData("401 Unauthorized", """{"code":"InvalidAccessKeyId"}""", "AccountRefused { Code = InvalidAccessKeyId }")]
    [InlineData("404 Not Found", "", "AccountRefused { Code = HTTP 404 }")]
    [InlineData("400 Bad Request", """{"code":"isv.INVALID_PARAMETERS"}""", "Refused { Code = isv.INVALID_PARAMETERS")]
    [InlineData("429 Too Many Requests\r\nRetry-After: 7", "", "Later { After = 00:00:07 }")]
    [InlineData("429 Too Many Requests", "", "Later { After =  }")]
    [InlineData("307 Temporary Redirect\r\nLocation: /send", "", "Unknown")]
    [InlineData("408 Request Timeout", "", "Unknown")]
    [InlineData("503 Service Unavailable", """{"code":"OK","bizId":"1^0"}""", "Unknown")]
    public async Task An_answer_is_read_for_what_it_surely_says(string status, string body, string outcome)
    {
        using var wire = new Wire();
        using var gateway = wire.Gateway();
        var sending = gateway.Send(Text, default);
        using var connection = await wire.Take();
        await Wire.Answer(connection, status, body);

        Assert.StartsWith(outcome, (await sending).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("[{}]")]
    [InlineData("\uFEFF[]")]
    public void A_probe_holds_nothing(string body)
    {
        Assert.Equal((0, 0), (Reader.ReadReports(Bytes(body)).Items.Count, Reader.ReadReports(Bytes(body)).Unreadable));
        Assert.Equal((0, 0), (Reader.ReadReplies(Bytes(body)).Items.Count, Reader.ReadReplies(Bytes(body)).Unreadable));
    }

    [Theory]
    [InlineData("nonsense", 1)]
    [InlineData("null", 1)]
    [InlineData("7", 1)]
    [InlineData("[1,null,\"x\"]", 3)]
    [InlineData("""[{"phone_number":"13800000001"}]""", 1)]
    [InlineData("""[{"phone_number":"+86 13800000001","success":true}]""", 1)]
    [InlineData("""{"phone_number":"not a phone","success":true}""", 1)]
    [InlineData("""{"phone_number":"13800000001","success":true,"biz_id":"\ud800"}""", 1)]
    public void What_the_vendor_does_not_document_is_counted_and_never_thrown(string body, int unreadable)
    {
        var read = Reader.ReadReports(Bytes(body));

        Assert.Equal((0, unreadable), (read.Items.Count, read.Unreadable));
    }

    [Theory]
    [InlineData("""[{"phone_number":"13800000001","success":true,"err_code":"DELIVERED","report_time":"2026-11-22 08:30:00","biz_id":"9^0","out_id":"o"}]""")]
    [InlineData("""{"phone_number":"13800000001","success":true,"err_code":"DELIVERED","report_time":"2026-11-22 08:30:00","biz_id":"9^0","out_id":"o"}""")]
    [InlineData("""[{"phone_number":13800000001,"success":"true","err_code":"DELIVERED","report_time":20261122083000,"biz_id":"9^0","out_id":"o","sms_size":1,"new":{"a":[1]}}]""")]
    [InlineData("""[{"phone_number":"008613800000001","success":1,"err_code":"DELIVERED","report_time":"2026-11-22 08:30:00","biz_id":"9^0","out_id":"o"}]""")]
    [InlineData("""[{"phone_number":"8613800000001","success":true,"err_code":"DELIVERED","report_time":"2026-11-22 08:30:00","biz_id":"9^0","out_id":"o"}]""")]
    public void A_receipt_is_read_in_all_the_forms_that_vendors_send(string body)
    {
        var report = Assert.Single(Reader.ReadReports(Bytes(body)).Items);

        Assert.Equal(new("9^0", "o", "+8613800000001", true, "DELIVERED", new(2026, 11, 22, 8, 30, 0, TimeSpan.FromHours(8))), report);
    }

    [Fact]
    public void A_thousand_receipts_in_one_body_are_a_thousand()
    {
        var body = $"[{string.Join(",", Enumerable.Range(0, 1000).Select(n => $$"""{"phone_number":"138{{n:D8}}","success":false,"err_code":"UNDELIV"}"""))}]";

        Assert.Equal(1000, Reader.ReadReports(Bytes(body)).Items.Select(report => report.Phone).Distinct().Count());
    }

    [Theory]
    [InlineData("""[{"phone_number":"13800000001","content":"1","send_time":"2026-11-22 08:30:00","dest_code":"10690000","sequence_id":"42"}]""")]
    [InlineData("""{"phone_number":13800000001,"content":1,"send_time":"2026-11-22 08:30:00","dest_code":10690000,"sequence_id":42}""")]
    public void A_reply_is_read_in_all_the_forms_that_vendors_send(string body) => Assert.Equal(
        new("+8613800000001", "1", new(2026, 11, 22, 8, 30, 0, TimeSpan.FromHours(8)), "42", "10690000"),
        Assert.Single(Reader.ReadReplies(Bytes(body)).Items));

    [Fact]
    public void Neither_a_text_nor_a_receipt_nor_a_reply_shows_a_person_when_it_is_printed()
    {
        var printed = $"{Text} {new GatewayReport("9^0", "o", "+8613800000001", true, null, null)} {new GatewayReply("+8613800000001", "您好", null, "42", null)}";

        Assert.DoesNotContain("138", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("您好", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_vendor_is_answered_byte_for_byte() =>
        Assert.Equal("""{"code":0,"msg":"接收成功"}""", Encoding.UTF8.GetString(Reader.CallbackAnswer.Body.Span));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class Stubborn : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>A vendor's bare socket, so that a test decides when it breaks.</summary>
    private sealed class Wire : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Wire()
        {
            listener.Start();
            Address = new($"http://{listener.LocalEndpoint}");
        }

        public Uri Address { get; }
        public bool SomebodyWaits => listener.Pending();

        public SandboxGateway Gateway(TimeSpan? timeout = null) => timeout is { } short_
            ? new(new HttpClient { BaseAddress = Address }, "secret", null, short_, TimeProvider.System)
            : SandboxGateway.At(Address, "secret", null, TimeProvider.System);

        public async Task<Socket> Accept() => await listener.AcceptSocketAsync();

        public static async Task<string> ReadToEnd(Socket connection)
        {
            using var reader = new StreamReader(new NetworkStream(connection));
            try
            {
                return await reader.ReadToEndAsync();
            }
            catch (IOException)
            {
                return ""; // reset: nothing more can come
            }
        }

        /// <summary>The next connection, with its request read.</summary>
        public async Task<Socket> Take()
        {
            var connection = await Accept();
            await Read(connection);
            return connection;
        }

        /// <summary>Reads one request to the end of its JSON body.</summary>
        public static async Task Read(Socket connection)
        {
            var buffer = new byte[4096];
            var request = "";
            while (!request.Contains('}', StringComparison.Ordinal))
                request += Encoding.UTF8.GetString(buffer, 0, await connection.ReceiveAsync(buffer));
        }

        public static async Task Answer(Socket connection, string head, string body) =>
            await connection.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

        public void Dispose() => listener.Dispose();
    }
}
