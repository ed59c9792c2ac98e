using System.Text;
using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures.Vendors;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

public sealed class MasGatewayTests : SignedVendorTests<MasVendor>
{
    protected override string Echoed => "";

    [Fact]
    public async Task The_secret_is_in_the_mac_and_never_sent()
    {
        var gateway = Gateway();
        await gateway.Send(Text, default);

        Assert.DoesNotContain(MasVendor.Secret, Encoding.UTF8.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(Vendor.Seen.Single().Body))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_templates_are_set_one_is_filled_by_position_and_without_one_nothing_is_sent()
    {
        var settings = Settings(true);
        settings.Templates["T42"] = "{1}：{2}，{3}。适合您的岗位：{4}。回复1来，2不来。";
        using var gateway = new MasGateway(settings, VendorCalls.Client(Vendor.Address), Patience, TimeProvider.System);

        Assert.IsType<Sent.Accepted>(await gateway.Send(Text, default));
        Assert.Equal("""T42 ["春季招聘会","3月1日周一09:00","渝中区解放碑","产品检验员&包装工"]""", Vendor.Took.Single().Text);
        Assert.Equal("/sms/tmpsubmit", Vendor.Seen.Single().Target);
        Assert.Equal("noTemplate", Assert.IsType<Sent.Refused>(await gateway.Send(Text with { Text = "谢谢" }, default)).Code);
    }

    [Fact]
    public async Task Foreign_numbers_are_refused_here_and_nobody_can_be_asked()
    {
        var gateway = Gateway();

        Assert.IsType<Sent.Refused>(await gateway.Send(Text with { Phone = "+4915112345678" }, default));
        Assert.IsType<Known.CannotTell>(await Ask(null, gateway));
        Assert.Empty(Vendor.Seen);
    }

    protected override byte[] Changed(byte[] body) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(base.Changed(Convert.FromBase64String(Encoding.ASCII.GetString(body)))));

    protected override ISmsGateway Gateway(TimeSpan? timeout = null, bool secret = true, TimeSpan clock = default)
    {
        return Own(new MasGateway(Settings(secret), VendorCalls.Client(Vendor.Address), timeout ?? Patience, new Clock(clock)));
    }

    private MasSettings Settings(bool secret) =>
        new() { EcName = MasVendor.EcName, ApId = MasVendor.ApId, SecretKey = secret ? MasVendor.Secret : "wrong", Sign = MasVendor.Sign, Endpoint = Vendor.Address };
}
