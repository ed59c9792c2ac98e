using System.Text;
using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures.Vendors;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

public sealed class AzureGatewayTests : SignedVendorTests<AzureVendor>
{
    private const string Topic = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Communication/CommunicationServices/acs";

    [Fact]
    public async Task A_clock_that_is_off_stops_the_gateway_and_fails_no_text()
    {
        var gateway = Gateway(clock: TimeSpan.FromMinutes(-16));

        Assert.IsType<Sent.AccountRefused>(await gateway.Send(Text, default));
    }

    [Fact]
    public async Task A_receipt_is_asked_for_by_the_vendors_id_and_without_it_nothing_can_be_asked()
    {
        var gateway = Gateway();
        var sent = Assert.IsType<Sent.Accepted>(await gateway.Send(Text, default));
        Assert.IsType<Known.CannotTell>(await Ask(null, gateway));
        Assert.IsType<Known.CannotTell>(await Ask(sent.VendorId, gateway));
        Vendor.Ended[sent.VendorId] = true;

        var known = Assert.IsType<Known.Taken>(await Ask(sent.VendorId, gateway));
        Assert.Equal((OutId, Anna, true), (known.Report!.OutId, known.Report.Phone, known.Report.Delivered));
    }

    [Fact]
    public void Event_Grids_handshake_is_answered_and_not_kept()
    {
        var gateway = Gateway();
        var asked = $$"""[{"id":"1","topic":"{{Topic}}","subject":"","data":{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6","validationUrl":"https://x"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-11-27T00:00:00Z","metadataVersion":"1","dataVersion":"1"}]""";

        var reply = Assert.IsType<CallbackCheck.Reply>(((IChecksCallbacks)gateway).Check(new("https://x", _ => null, Bytes(asked))));
        Assert.Equal("""{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}""", Encoding.UTF8.GetString(reply.Answer.Body.Span));
    }

    [Theory]
    [InlineData("[{\"topic\":\"" + Topic + "\",\"eventType\":\"Microsoft.Communication.SMSReceived\",\"data\":{}}]", true)]
    [InlineData("""[{"topic":"/subscriptions/other","eventType":"Microsoft.Communication.SMSReceived","data":{}}]""", false)]
    [InlineData("""{"source":"/subscriptions/other","type":"Microsoft.Communication.SMSReceived","data":{}}""", false)]
    [InlineData("nonsense", true)]
    public void Events_about_another_resource_are_refused(string body, bool kept)
    {
        var gateway = Gateway();

        Assert.Equal(kept, ((IChecksCallbacks)gateway).Check(new("https://x", _ => null, Bytes(body))) is CallbackCheck.Keep);
    }

    protected override ISmsGateway Gateway(TimeSpan? timeout = null, bool secret = true, TimeSpan clock = default)
    {
        var settings = new AzureSettings { Endpoint = Vendor.Address, AccessKey = secret ? AzureVendor.Key : Convert.ToBase64String(new byte[32]), From = AzureVendor.From, Topic = Topic };
        return Own(new AzureGateway(settings, VendorCalls.Client(Vendor.Address), timeout ?? Patience, new Clock(clock)));
    }
}
