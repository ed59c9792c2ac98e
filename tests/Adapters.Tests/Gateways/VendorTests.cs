using JobMatch.Fixtures.Vendors;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>What every vendor's gateway makes of every way in which the vendor may behave, over real HTTP.</summary>
public abstract class VendorTests<TVendor> : IAsyncLifetime where TVendor : LoopbackVendor, new()
{
    protected const string Anna = "+8613800000001", OutId = "spring-fair~1~0~00112233445566778899aabbccddeeff";
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected static readonly OutgoingText Text = new(OutId, Anna, "春季招聘会：3月1日周一09:00，渝中区解放碑。适合您的岗位：产品检验员&包装工。回复1来，2不来。");

    private readonly List<IDisposable> owned = [];

    protected TVendor Vendor { get; private set; } = null!;

    protected static DateOnly Today => People.DayOf(TimeProvider.System.GetUtcNow());

    public async Task InitializeAsync() => Vendor = await new TVendor().Started<TVendor>();

    public async Task DisposeAsync()
    {
        owned.ForEach(gateway => gateway.Dispose());
        await Vendor.DisposeAsync();
    }

    [Fact]
    public async Task A_text_is_taken_with_our_id_and_known_by_the_vendors()
    {
        var gateway = Gateway();

        var sent = Assert.IsType<Sent.Accepted>(await gateway.Send(Text, default));
        var taken = Assert.Single(Vendor.Took);
        Assert.Equal(taken.VendorId, sent.VendorId);
        Assert.EndsWith(taken.Phone, Anna, StringComparison.Ordinal);
        Assert.Contains(Echoed, taken.OutId, StringComparison.Ordinal);
        Assert.Contains("3月1日周一09:00", taken.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Manner.Throttles, typeof(Sent.Later))]
    [InlineData(Manner.RefusesNumber, typeof(Sent.Refused))]
    [InlineData(Manner.RefusesAccount, typeof(Sent.AccountRefused))]
    [InlineData(Manner.TakesAndDrops, typeof(Sent.Unknown))]
    [InlineData(Manner.TalksGarbage, typeof(Sent.Unknown))]
    [InlineData(Manner.IsDown, typeof(Sent.Unknown))]
    public async Task Whatever_the_vendor_does_is_one_outcome_of_one_call(Manner manner, Type outcome)
    {
        Vendor.Manner = manner;
        var gateway = Gateway();

        Assert.Equal(outcome, (await gateway.Send(Text, default)).GetType());
        Assert.Single(Vendor.Seen);
    }

    [Fact]
    public async Task A_vendor_that_takes_a_text_and_does_not_answer_leaves_it_unknown_and_is_not_asked_to_send_it_again()
    {
        Vendor.Manner = Manner.TakesAndHangs;
        var gateway = Gateway(TimeSpan.FromSeconds(5));

        Assert.IsType<Sent.Unknown>(await gateway.Send(Text, default));
        Assert.Single(Vendor.Took);
        Assert.Single(Vendor.Seen);
    }

    [Fact]
    public async Task A_wrong_secret_stops_the_gateway_and_fails_no_text()
    {
        var gateway = Gateway(secret: false);

        Assert.IsType<Sent.AccountRefused>(await gateway.Send(Text, default));
        Assert.Empty(Vendor.Took);
    }

    [Fact]
    public async Task Nobody_who_listens_surely_took_nothing()
    {
        var gateway = Gateway();
        await Vendor.Stop();

        Assert.IsType<Sent.Later>(await gateway.Send(Text, default));
        Assert.IsType<Known.CannotTell>(await gateway.Ask(new(OutId, null, Anna, Today), default));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData(" \r\n")]
    public void A_probe_holds_nothing(string body)
    {
        var gateway = Gateway();

        Assert.Equal((0, 0), (gateway.ReadReports(Bytes(body)).Items.Count, gateway.ReadReports(Bytes(body)).Unreadable));
        Assert.Equal((0, 0), (gateway.ReadReplies(Bytes(body)).Items.Count, gateway.ReadReplies(Bytes(body)).Unreadable));
    }

    /// <summary>The gateway against the vendor of the test.</summary>
    /// <param name="secret">Whether it knows the right one.</param>
    /// <param name="clock">How far its clock is off.</param>
    protected abstract ISmsGateway Gateway(TimeSpan? timeout = null, bool secret = true, TimeSpan clock = default);

    protected T Own<T>(T gateway) where T : IDisposable
    {
        owned.Add(gateway);
        return gateway;
    }

    /// <summary>What of our id the vendor gets.</summary>
    protected virtual string Echoed => OutId;

    protected static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    protected async Task<Known> Ask(string? vendorId, ISmsGateway gateway) => await gateway.Ask(new(OutId, vendorId, Anna, Today), default);

    protected sealed class Clock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}

/// <summary>The same for vendors whose signature covers what is sent.</summary>
public abstract class SignedVendorTests<TVendor> : VendorTests<TVendor> where TVendor : LoopbackVendor, new()
{
    [Fact]
    public async Task A_text_that_was_changed_on_the_way_is_no_longer_signed()
    {
        await Gateway().Send(Text, default);
        var sent = Vendor.Seen.Single();
        using var http = new HttpClient { BaseAddress = Vendor.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, sent.Target.Replace("13800000001", "13800000002", StringComparison.Ordinal)) { Content = new ByteArrayContent(Changed(sent.Body)) };
        foreach (var header in sent.Headers.Where(header => header.Key is not ("Content-Length" or "Host")))
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString()))
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        using var answer = await http.SendAsync(request);

        Assert.Single(Vendor.Took);
        Assert.Equal(2, Vendor.Seen.Count);
    }

    protected virtual byte[] Changed(byte[] body) => Bytes(System.Text.Encoding.UTF8.GetString(body).Replace("13800000001", "13800000002", StringComparison.Ordinal));
}
