using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures.Vendors;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

public sealed class AliyunGatewayTests : SignedVendorTests<AliyunVendor>
{
    // help.aliyun.com/document_detail/2593177
    [Fact]
    public void The_published_vector_passes() => Assert.Equal("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0", AliyunGateway.Signature(
        "YourAccessKeySecret", "POST", "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
        new(StringComparer.Ordinal)
        {
            ["host"] = "ecs.cn-shanghai.aliyuncs.com",
            ["x-acs-action"] = "RunInstances",
            ["x-acs-content-sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ["x-acs-date"] = "2023-10-26T10:22:32Z",
            ["x-acs-signature-nonce"] = "3156853299f313e23d1673dc12e1703d",
            ["x-acs-version"] = "2014-05-26",
        },
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    [Fact]
    public async Task The_template_is_filled_by_name_and_long_values_are_cut()
    {
        var gateway = Gateway();
        await gateway.Send(Text with { Text = Text.Text.Replace("产品检验员&包装工", new string('岗', 60), StringComparison.Ordinal) }, default);

        Assert.Equal($$"""【春风就业】SMS_0001 {"what":"春季招聘会","when":"3月1日周一09:00","where":"渝中区解放碑","jobs":"{{new string('岗', 35)}}"}""", Vendor.Took.Single().Text);
    }

    [Fact]
    public async Task A_text_without_a_template_is_refused_here_and_nothing_is_sent()
    {
        var gateway = Gateway();

        Assert.Equal("noTemplate", Assert.IsType<Sent.Refused>(await gateway.Send(Text with { Text = "谢谢" }, default)).Code);
        Assert.Empty(Vendor.Seen);
    }

    [Fact]
    public async Task A_clock_that_is_off_stops_the_gateway_and_fails_no_text()
    {
        var gateway = Gateway(clock: TimeSpan.FromMinutes(-16));

        Assert.Equal(new Sent.AccountRefused("InvalidTimeStamp.Expired"), await gateway.Send(Text, default));
    }

    [Fact]
    public async Task A_request_that_is_played_again_is_refused_and_may_have_been_taken_the_first_time()
    {
        var gateway = Gateway();
        await gateway.Send(Text, default);
        var sent = Vendor.Seen.Single();
        using var http = new HttpClient { BaseAddress = Vendor.Address };
        using var again = new HttpRequestMessage(HttpMethod.Post, sent.Target) { Content = new ByteArrayContent([]) };
        foreach (var header in sent.Headers.Where(header => header.Key.StartsWith("x-acs", StringComparison.OrdinalIgnoreCase) || header.Key == "Authorization"))
            again.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        using var answer = await http.SendAsync(again);

        Assert.Contains("SignatureNonceUsed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(Vendor.Took);
    }

    [Fact]
    public async Task What_became_of_a_text_is_asked_by_phone_and_day_and_found_by_our_id_on_whatever_page()
    {
        var gateway = Gateway();
        Assert.Equal(new Known.NeverSeen(), await Ask(null, gateway));
        Vendor.Manner = Manner.TakesAndDrops;
        await gateway.Send(Text, default);
        for (var i = 0; i < 60; i++)
            Vendor.Took.Enqueue(new($"other-{i}", $"other-{i}", "13800000001", "", TimeProvider.System.GetUtcNow()));
        Vendor.Took.Enqueue(Vendor.Took.First() with { OutId = "other", VendorId = "other" });
        Assert.True(Vendor.Took.TryDequeue(out var ours));
        Vendor.Took.Enqueue(ours);

        Assert.Equal(new Known.Taken(null, null), await Ask(null, gateway));
        Vendor.Ended[ours.VendorId] = false;
        var failed = Assert.IsType<Known.Taken>(await Ask(ours.VendorId, gateway)).Report!;
        Assert.Equal((ours.VendorId, OutId, Anna, false, "MK:0010"), (failed.VendorId, failed.OutId, failed.Phone, failed.Delivered, failed.Code));
        Vendor.Ended[ours.VendorId] = true;
        Assert.True(Assert.IsType<Known.Taken>(await Ask(null, gateway)).Report!.Delivered);
    }

    [Fact]
    public async Task Asking_is_tried_again_and_a_vendor_that_will_not_tell_cannot_tell()
    {
        var gateway = Gateway();
        foreach (var status in (int[])[503, 429])
            Vendor.AskedStatus.Enqueue(status);
        Assert.Equal(new Known.NeverSeen(), await Ask(null, gateway));
        foreach (var status in (int[])[503, 503, 503])
            Vendor.AskedStatus.Enqueue(status);
        Assert.Equal(new Known.CannotTell("HTTP 503"), await Ask(null, gateway));
        Vendor.AskedStatus.Enqueue(200);
        Assert.IsType<Known.CannotTell>(await Ask(null, gateway));
    }

    [Fact]
    public async Task After_a_run_of_lost_answers_texts_are_kept_away_from_the_vendor_for_a_while()
    {
        Vendor.Manner = Manner.TakesAndDrops;
        var gateway = Gateway();
        for (var i = 0; i < 10; i++)
            Assert.IsType<Sent.Unknown>(await gateway.Send(Text, default));

        Assert.True(Assert.IsType<Sent.Later>(await gateway.Send(Text, default)).After > TimeSpan.Zero);
        Assert.Equal(10, Vendor.Took.Count);
    }

    protected override ISmsGateway Gateway(TimeSpan? timeout = null, bool secret = true, TimeSpan clock = default)
    {
        var settings = new AliyunSettings { AccessKeyId = AliyunVendor.KeyId, AccessKeySecret = secret ? AliyunVendor.Secret : "wrong", SignName = AliyunVendor.SignName, Endpoint = Vendor.Address };
        settings.Templates["SMS_0002"] = "您的验证码是 ${code}，10 分钟内有效，请勿告诉他人。";
        settings.Templates["SMS_0001"] = "${what}：${when}，${where}。适合您的岗位：${jobs}。回复1来，2不来。";
        return Own(new AliyunGateway(settings, VendorCalls.Client(Vendor.Address), timeout ?? Patience, new Clock(clock)));
    }
}
