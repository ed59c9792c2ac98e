using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Fixtures;
using JobMatch.Fixtures.Vendors;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>The service with real vendors' gateways instead of the sandbox: Aliyun carries the texts, two others only call back.</summary>
public sealed class VendorLoopTests : IAsyncLifetime
{
    private AliyunVendor aliyun = null!;
    private ServiceProcess service = null!;
    private VendorCalls calls = null!;

    public async Task InitializeAsync()
    {
        aliyun = await new AliyunVendor().Started<AliyunVendor>();
        service = await ServiceProcess.Start(null, null, null,
        [
            .. VendorCalls.Settings("aliyun", ("AccessKeyId", AliyunVendor.KeyId), ("AccessKeySecret", AliyunVendor.Secret), ("SignName", AliyunVendor.SignName), ("Endpoint", aliyun.Address.ToString())),
            .. VendorCalls.Settings("aliyun", ("Templates:SMS_0001", "${what}：${when}，${where}。${jobs}回复1来，2不来，3联系我，4更多，T退订。")),
            .. VendorCalls.Settings("azure", ("Endpoint", "http://127.0.0.1:1"), ("AccessKey", AzureVendor.Key), ("From", AzureVendor.From), ("Weight", "0")),
            .. VendorCalls.Settings("twilio", ("AccountSid", TwilioVendor.Sid), ("AuthToken", TwilioVendor.Token), ("From", TwilioVendor.From), ("Weight", "0")),
            .. VendorCalls.Settings("mas", ("AllowedAddresses:0", "203.0.113.0/24")),
            $"--JobMatch:PublicBaseUrl={VendorCalls.Public}", "--JobMatch:Messages:AskAfter=00:00:03", "--JobMatch:Messages:ReceiptAfter=00:00:05",
        ]);
        calls = new(service);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await aliyun.DisposeAsync();
    }

    [Fact]
    public async Task A_text_goes_out_its_receipt_counts_its_reply_counts_and_a_receipt_that_never_came_is_asked_for()
    {
        await calls.Invite("vendor-1", "+8619955503001");
        await LoopWorld.Until(() => Task.FromResult(aliyun.Took.Any(text => text.Phone == "19955503001")), "Aliyun took no text.");
        var first = aliyun.Took.Single(text => text.Phone == "19955503001");
        Assert.StartsWith($"【{AliyunVendor.SignName}】SMS_0001 {{\"what\":\"春季招聘会\"", first.Text, StringComparison.Ordinal);

        var receipt = $$"""[{"phone_number":"19955503001","send_time":"2026-11-27 10:00:00","report_time":"2026-11-27 10:00:05","success":true,"err_code":"DELIVERED","err_msg":"","sms_size":"1","biz_id":"{{first.VendorId}}","out_id":"{{first.OutId}}"}]""";
        Assert.Equal((HttpStatusCode.OK, """{"code":0,"msg":"接收成功"}"""), await calls.Push("aliyun", "report", receipt));
        Assert.Equal((HttpStatusCode.OK, """{"code":0,"msg":"接收成功"}"""), await calls.Push("aliyun", "report", "[]"));
        await calls.Counted("vendor-1", "delivered");
        await calls.Push("aliyun", "reply", """[{"phone_number":"19955503001","content":"１","send_time":"2026-11-27 10:01:00","dest_code":"1069","sequence_id":"1"}]""");
        await calls.Counted("vendor-1", "coming");

        await calls.Invite("vendor-2", "+8619955503002");
        await LoopWorld.Until(() => Task.FromResult(aliyun.Took.Any(text => text.Phone == "19955503002")), "Aliyun took no second text.");
        aliyun.Ended[aliyun.Took.Single(text => text.Phone == "19955503002").VendorId] = true;
        await calls.Counted("vendor-2", "delivered");
        Assert.Equal(aliyun.Took.Count, aliyun.Took.Select(text => text.OutId).Distinct().Count());
        Assert.DoesNotContain("19955503001", service.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(VendorCalls.Token, service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_Grid_is_answered_and_Twilio_must_sign()
    {
        const string code = "512d38b6-c7b8-40c8-89fe-f46f9e9622b6";
        Assert.Equal((HttpStatusCode.OK, $$"""{"validationResponse":"{{code}}"}"""), await calls.Push("azure", "report",
            $$"""[{"id":"1","topic":"t","subject":"","data":{"validationCode":"{{code}}"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-11-27T00:00:00Z","dataVersion":"1"}]"""));
        using var http = new HttpClient { BaseAddress = service.Address };
        using var options = new HttpRequestMessage(HttpMethod.Options, $"/callbacks/azure/{VendorCalls.Token}/reply") { Headers = { { "WebHook-Request-Origin", "eventgrid.azure.net" } } };
        using var allowed = await http.SendAsync(options);
        Assert.Equal((HttpStatusCode.OK, "eventgrid.azure.net"), (allowed.StatusCode, allowed.Headers.GetValues("WebHook-Allowed-Origin").Single()));

        var form = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = "delivered", ["To"] = "+15558675310" };
        Assert.Equal(HttpStatusCode.NotFound, (await calls.Push("twilio", "report?jobmatch-out-id=a~1", VendorCalls.Encoded(form), "bm90IHNpZ25lZA==")).Status);
        var signature = TwilioVendor.Signed($"{VendorCalls.Public}/callbacks/twilio/{VendorCalls.Token}/report?jobmatch-out-id=a~1", form);
        Assert.Equal((HttpStatusCode.OK, """<?xml version="1.0" encoding="UTF-8"?><Response></Response>"""), await calls.Push("twilio", "report?jobmatch-out-id=a~1", VendorCalls.Encoded(form), signature));
        Assert.Equal(HttpStatusCode.Unauthorized, (await calls.Push("mas", "report", "[]")).Status);
    }
}

/// <summary>The whole loop with each of the other vendors: sent, its receipt and its reply pushed in the vendor's own form.</summary>
public sealed class OtherVendorLoopTests
{
    private sealed record Case(LoopbackVendor Vendor, string Phone, (string, string)[] Settings, string Answer, Func<TakenText, string> Report, string Reply);

    [Theory]
    [InlineData("mas")]
    [InlineData("tencent")]
    [InlineData("azure")]
    [InlineData("twilio")]
    public async Task From_an_announcement_to_she_is_coming(string gateway)
    {
        var x = Of(gateway);
        await using var vendor = await x.Vendor.Started<LoopbackVendor>();
        await using var service = await ServiceProcess.Start(null, null, null,
            [.. VendorCalls.Settings(gateway, [.. x.Settings, ("Endpoint", vendor.Address.ToString())]), $"--JobMatch:PublicBaseUrl={VendorCalls.Public}"]);
        var calls = new VendorCalls(service);
        await calls.Invite("other", x.Phone);
        await LoopWorld.Until(() => Task.FromResult(!vendor.Took.IsEmpty), $"{gateway} took no text. {service.Log}");
        var text = Assert.Single(vendor.Took);
        Assert.Contains("春季招聘会", text.Text, StringComparison.Ordinal);
        await calls.Reads("other", "delivered", 0);

        // Twilio signs, and our id stands in the address that it calls; the others push JSON.
        foreach (var (kind, body) in new[] { (gateway == "twilio" ? "report" + text.OutId : "report", x.Report(text)), ("reply", x.Reply) })
        {
            for (var time = 0; time < 2; time++)
                Assert.Equal((HttpStatusCode.OK, x.Answer), await calls.Push(gateway, kind, body, gateway == "twilio" ? Signed(kind, body) : null));
            await calls.Counted("other", kind == "reply" ? "coming" : "delivered");
        }
        await calls.Reads("other", "replied", 1);
        Assert.Single(vendor.Took);
        Assert.DoesNotContain(x.Phone[3..], service.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(VendorCalls.Token, service.Log, StringComparison.Ordinal);
    }

    private static string Signed(string kind, string body) => TwilioVendor.Signed(
        $"{VendorCalls.Public}/callbacks/twilio/{VendorCalls.Token}/{kind}", body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1])));

    private static Case Of(string gateway) => gateway switch
    {
        "mas" => new(new MasVendor(), "+8619955504001", [("EcName", MasVendor.EcName), ("ApId", MasVendor.ApId), ("SecretKey", MasVendor.Secret), ("Sign", MasVendor.Sign)], "success",
            text => $$"""[{"reportStatus":"DELIVRD","mobile":"19955504001","submitDate":"2026-11-27 10:00:00","receiveDate":"20261127100005","errorCode":"","msgGroup":"{{text.VendorId}}"}]""",
            """{"mobile":"19955504001","smsContent":"１","sendTime":"2026-11-27 10:01:00","addSerial":""}"""),
        "tencent" => new(new TencentVendor(), "+8619955504002",
            [("SecretId", TencentVendor.SecretId), ("SecretKey", TencentVendor.Secret), ("SmsSdkAppId", TencentVendor.App), ("SignName", TencentVendor.SignName), ("Templates:1001", "{1}：{2}，{3}。{4}回复1来，2不来，3联系我，4更多，T退订。")],
            """{"result":0,"errmsg":"OK"}""",
            text => $$"""[{"user_receive_time":"2026-11-27 10:00:05","nationcode":"86","mobile":"19955504002","report_status":"SUCCESS","errmsg":"DELIVRD","description":"用户短信送达成功","sid":"{{text.VendorId}}","ext":"{{text.OutId}}"}]""",
            """{"extend":"","mobile":"19955504002","nationcode":"86","sign":"春风就业","text":"去","time":1795744860}"""),
        "azure" => new(new AzureVendor(), "+15558675310", [("AccessKey", AzureVendor.Key), ("From", AzureVendor.From)], "{}",
            text => Event("SMSDeliveryReportReceived", $$"""{"messageId":"{{text.VendorId}}","from":"{{AzureVendor.From}}","to":"+15558675310","deliveryStatus":"Delivered","deliveryStatusDetails":"No error.","receivedTimestamp":"2026-11-27T02:00:05Z","tag":"{{text.OutId}}"}"""),
            Event("SMSReceived", $$"""{"messageId":"Incoming_1","from":"15558675310","to":"{{AzureVendor.From}}","message":"1","receivedTimestamp":"2026-11-27T02:01:00Z"}""")),
        _ => new(new TwilioVendor(), "+15558675311", [("AccountSid", TwilioVendor.Sid), ("AuthToken", TwilioVendor.Token), ("From", TwilioVendor.From)], """<?xml version="1.0" encoding="UTF-8"?><Response></Response>""",
            text => $"MessageSid={text.VendorId}&MessageStatus=delivered&To=%2B15558675311", "MessageSid=SM2&From=%2B15558675311&To=%2B15005550006&Body=yes"),
    };

    private static string Event(string type, string data) =>
        $$"""[{"id":"1","topic":"/subscriptions/s","subject":"","data":{{data}},"eventType":"Microsoft.Communication.{{type}}","eventTime":"2026-11-27T02:00:06Z","dataVersion":"1.0"}]""";
}

/// <summary>What the two have in common: calls to a service with a vendor's gateway.</summary>
internal sealed class VendorCalls(ServiceProcess service)
{
    public const string Token = "vendor-loop-token-0123456789", Public = "https://jobs.example.org";
    private const string Staff = "demo-staff";

    public static string Encoded(Dictionary<string, string> form) => string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

    public async Task Invite(string id, string phone)
    {
        await Send("demo-import", HttpMethod.Put, $"/api/seekers/{id}", LoopWorld.Seeker(phone));
        await Send("demo-employer", HttpMethod.Put, $"/api/positions/{id}-p", LoopWorld.Position());
        await Send(Staff, HttpMethod.Put, $"/api/events/{id}-fair", JsonNode.Parse("""
            { "title": "春季招聘会", "kind": "JOB_FAIR", "district": "500103", "address": "解放碑步行街1号", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00+08:00", "capacity": 800 }
            """));
        await Send(Staff, HttpMethod.Put, $"/api/events/{id}-fair/positions/{id}-p", null);
        await LoopWorld.Until(async () => (int)(await Send(Staff, HttpMethod.Get, $"/api/events/{id}-fair/audience", null))!["reached"]! > 0, "Nobody would be reached.");
        await Send(Staff, HttpMethod.Post, $"/api/events/{id}-fair/announce", null);
    }

    public Task Counted(string id, string member) =>
        LoopWorld.Until(async () => (int)(await Send(Staff, HttpMethod.Get, $"/api/events/{id}-fair/funnel", null))![member]! >= 1, $"{id} has none {member}.");

    public async Task Reads(string id, string member, int count) => Assert.Equal(count, (int)(await Send(Staff, HttpMethod.Get, $"/api/events/{id}-fair/funnel", null))![member]!);

    private async Task<JsonNode?> Send(string key, HttpMethod method, string path, JsonNode? body)
    {
        using var http = service.Client(key);
        using var request = new HttpRequestMessage(method, path) { Content = LoopWorld.Json(body) };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<(HttpStatusCode Status, string Body)> Push(string gateway, string kind, string body, string? signature = null)
    {
        using var http = new HttpClient { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/callbacks/{gateway}/{Token}/{kind}") { Content = new StringContent(body, Encoding.UTF8, signature is null ? "application/json" : "application/x-www-form-urlencoded") };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static IEnumerable<string> Settings(string gateway, params (string Name, string Value)[] settings) =>
        settings.Append(("CallbackTokens:0", Token)).Select(setting => $"--JobMatch:Gateways:{gateway}:{setting.Item1}={setting.Item2}");
}
