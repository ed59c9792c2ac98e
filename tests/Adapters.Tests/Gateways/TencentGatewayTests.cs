using System.Text;
using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures.Vendors;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

public sealed class TencentGatewayTests : SignedVendorTests<TencentVendor>
{
    // cloud.tencent.com/document/api/213/30654
    [Fact]
    public void The_published_vector_passes() => Assert.EndsWith("Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f", TencentGateway.Authorization(
        "id", new string('*', 32), "cvm", DateTimeOffset.FromUnixTimeSeconds(1551113065),
        Encoding.UTF8.GetBytes("""{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"""),
        [("content-type", "application/json; charset=utf-8"), ("host", "cvm.tencentcloudapi.com"), ("x-tc-action", "describeinstances")]), StringComparison.Ordinal);

    [Fact]
    public async Task The_template_is_filled_by_position()
    {
        var gateway = Gateway();
        await gateway.Send(Text, default);

        Assert.Equal("""【春风就业】1110 ["春季招聘会","3月1日周一09:00","渝中区解放碑","产品检验员&包装工"]""", Vendor.Took.Single().Text);
    }

    [Fact]
    public async Task A_clock_that_is_off_stops_the_gateway_and_fails_no_text()
    {
        var gateway = Gateway(clock: TimeSpan.FromMinutes(-6));

        Assert.Equal(new Sent.AccountRefused("AuthFailure.SignatureExpire"), await gateway.Send(Text, default));
    }

    [Fact]
    public async Task Its_list_holds_receipts_so_a_text_that_is_not_in_it_may_still_have_been_taken()
    {
        var gateway = Gateway();
        Assert.IsType<Known.CannotTell>(await Ask(null, gateway));
        Vendor.Manner = Manner.TakesAndDrops;
        await gateway.Send(Text, default);
        Assert.IsType<Known.CannotTell>(await Ask(null, gateway));
        var taken = Vendor.Took.Single();
        Vendor.Ended[taken.VendorId] = true;

        var known = Assert.IsType<Known.Taken>(await Ask(null, gateway));
        Assert.Equal((taken.VendorId, true, "DELIVRD"), (known.VendorId, known.Report!.Delivered, known.Report.Code));
    }

    protected override ISmsGateway Gateway(TimeSpan? timeout = null, bool secret = true, TimeSpan clock = default)
    {
        var settings = new TencentSettings { SecretId = TencentVendor.SecretId, SecretKey = secret ? TencentVendor.Secret : "wrong", SmsSdkAppId = TencentVendor.App, SignName = TencentVendor.SignName, Endpoint = Vendor.Address };
        settings.Templates["1110"] = "{1}：{2}，{3}。适合您的岗位：{4}。回复1来，2不来。";
        return Own(new TencentGateway(settings, VendorCalls.Client(Vendor.Address), timeout ?? Patience, new Clock(clock)));
    }
}
