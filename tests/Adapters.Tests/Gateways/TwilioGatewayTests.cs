using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures.Vendors;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

public sealed class TwilioGatewayTests : VendorTests<TwilioVendor>
{
    private const string Address = "https://jobs.example.org/callbacks/twilio/token/report";

    protected override string Echoed => Uri.EscapeDataString(OutId);

    // github.com/twilio/twilio-python, tests of the request validator
    [Fact]
    public void The_published_vector_passes() => Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioGateway.Signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2",
        new Dictionary<string, string> { ["CallSid"] = "CA1234567890ABCDE", ["Digits"] = "1234", ["From"] = "+14158675309", ["To"] = "+18005551212", ["Caller"] = "+14158675309" }));

    [Fact]
    public async Task A_text_is_asked_about_by_the_vendors_id_and_without_it_only_an_empty_day_proves_anything()
    {
        var gateway = Gateway();
        Assert.Equal(new Known.NeverSeen(), await Ask(null, gateway));
        Vendor.Took.Enqueue(new("SMold", "", Anna, "", TimeProvider.System.GetUtcNow().AddDays(-2)));
        Assert.Equal(new Known.NeverSeen(), await Ask(null, gateway));
        var sent = Assert.IsType<Sent.Accepted>(await gateway.Send(Text, default));
        Assert.IsType<Known.CannotTell>(await Ask(null, gateway));
        Assert.Equal(new Known.Taken(sent.VendorId, null), await Ask(sent.VendorId, gateway));
        Vendor.Ended[sent.VendorId] = false;

        var report = Assert.IsType<Known.Taken>(await Ask(sent.VendorId, gateway)).Report!;
        Assert.Equal((OutId, Anna, false, "30003"), (report.OutId, report.Phone, report.Delivered, report.Code));
        Assert.IsType<Known.CannotTell>(await Ask("SMnone", gateway));
    }

    [Fact]
    public void A_signed_callback_is_kept_with_our_id_from_its_address()
    {
        var gateway = Gateway();
        const string body = "MessageSid=SM1&MessageStatus=delivered&To=%2B8613800000001&From=%2B15005550006&AccountSid=AC1";
        var url = $"{Address}?jobmatch-out-id={Uri.EscapeDataString(OutId)}";
        var signature = TwilioGateway.Signature(TwilioVendor.Token, url, new Dictionary<string, string>
        {
            ["MessageSid"] = "SM1",
            ["MessageStatus"] = "delivered",
            ["To"] = Anna,
            ["From"] = "+15005550006",
            ["AccountSid"] = "AC1",
        });

        var kept = Assert.IsType<CallbackCheck.Keep>(((IChecksCallbacks)gateway).Check(new(url, name => name == "X-Twilio-Signature" ? signature : null, Bytes(body))));
        Assert.Equal(new("SM1", OutId, Anna, true, "delivered", null), Assert.Single(gateway.ReadReports(kept.Body).Items));
    }

    [Theory]
    [InlineData(Address, "Body=2&From=%2B8613800000001", true)]
    [InlineData("https://jobs.example.org/callbacks/twilio/token/reply", "Body=1&From=%2B8613800000001", true)]
    [InlineData(Address, "Body=1&From=%2B8613800000001", false)]
    public void A_callback_whose_form_address_or_signature_was_changed_is_refused(string url, string body, bool signed)
    {
        var gateway = Gateway();
        var signature = TwilioGateway.Signature(TwilioVendor.Token, Address, new Dictionary<string, string> { ["Body"] = "1", ["From"] = Anna });

        Assert.IsType<CallbackCheck.Keep>(((IChecksCallbacks)gateway).Check(new(Address, _ => signature, Bytes("From=%2B8613800000001&Body=1"))));
        Assert.IsType<CallbackCheck.Refuse>(((IChecksCallbacks)gateway).Check(new(url, _ => signed ? signature : null, Bytes(body))));
    }

    [Fact]
    public void Steps_before_the_end_are_no_receipts()
    {
        var gateway = Gateway();
        var read = gateway.ReadReports(Bytes("MessageSid=SM1&MessageStatus=sent&To=%2B8613800000001"));

        Assert.Equal((0, 0), (read.Items.Count, read.Unreadable));
    }

    protected override ISmsGateway Gateway(TimeSpan? timeout = null, bool secret = true, TimeSpan clock = default)
    {
        var settings = new TwilioSettings { AccountSid = TwilioVendor.Sid, AuthToken = secret ? TwilioVendor.Token : "wrong", From = TwilioVendor.From, StatusCallback = Address, Endpoint = Vendor.Address };
        return Own(new TwilioGateway(settings, VendorCalls.Client(Vendor.Address), timeout ?? Patience, new Clock(clock)));
    }
}
