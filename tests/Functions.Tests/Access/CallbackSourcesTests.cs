using System.Net;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobMatch.Functions.Tests.Access;

/// <summary>Callbacks come from the addresses that are listed, and nobody can claim one.</summary>
public sealed class CallbackSourcesTests
{
    [Theory]
    [InlineData(false, "203.0.113.7", null, true)]
    [InlineData(false, "::ffff:203.0.113.7", null, true)]
    [InlineData(false, "2001:db8::7", null, true)]
    [InlineData(false, "203.0.114.7", null, false)]
    [InlineData(false, "198.51.100.1", "203.0.113.7", false)] // by itself no header counts
    [InlineData(true, "127.0.0.1", "198.51.100.1, 203.0.113.7:4711", true)] // the platform's own entry is the last
    [InlineData(true, "127.0.0.1", "203.0.113.7, 198.51.100.1", false)]
    [InlineData(true, "127.0.0.1", null, false)]
    public void Only_listed_addresses_call_back(bool underFunctions, string connection, string? forwarded, bool accepted)
    {
        var configuration = Configuration(("JobMatch:Gateways:aliyun:AllowedAddresses:0", "203.0.113.0/24"), ("JobMatch:Gateways:aliyun:AllowedAddresses:1", "2001:db8::7"),
            ("FUNCTIONS_CUSTOMHANDLER_PORT", underFunctions ? "4711" : null));
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton(configuration).BuildServiceProvider() };
        context.Connection.RemoteIpAddress = IPAddress.Parse(connection);
        if (forwarded is not null)
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        var sources = new CallbackSources(configuration.GetSection("JobMatch:Gateways"));

        Assert.Equal(accepted, sources.Accepts("aliyun", ClientAddress.Seen(context)));
        Assert.True(sources.Accepts("sandbox", ClientAddress.Seen(context)));
    }

    [Fact]
    public void An_address_that_is_none_is_named() => Assert.Contains("'everywhere'", Assert.Throws<UnusableSettingException>(
        () => new CallbackSources(Configuration(("aliyun:AllowedAddresses:0", "everywhere")))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_vendor_that_is_named_in_part_stops_the_start_and_says_what_is_missing()
    {
        Assert.Empty(Vendors.Named(Configuration(("JobMatch:Gateways:aliyun:Weight", "1"), ("JobMatch:Gateways:aliyun:AccessKeyId", ""))));
        Assert.Contains("aliyun:AccessKeySecret", Refused(("JobMatch:Gateways:aliyun:AccessKeyId", "a")), StringComparison.Ordinal);
        Assert.Contains("tencent:Templates", Refused([.. new[] { "SecretId", "SecretKey", "SmsSdkAppId", "SignName" }.Select(name => ($"JobMatch:Gateways:tencent:{name}", (string?)"a"))]), StringComparison.Ordinal);
    }

    private static string Refused(params (string, string?)[] settings) => Assert.Throws<UnusableSettingException>(() => Vendors.Named(Configuration(settings))).Message;

    private static IConfiguration Configuration(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value)).Build();
}
