using JobMatch.Adapters.Gateways;
using JobMatch.Adapters.Secrets;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>
/// The vendors of texts. One is in use as soon as its section <c>JobMatch:Gateways:{name}</c> holds something that only it
/// needs, and then must hold all that it needs; several may be at once.
/// </summary>
internal static class Vendors
{
    private static readonly Vendor[] All =
    [
        new("aliyun", ["AccessKeyId", "AccessKeySecret", "SignName"], ByTemplate: true, (x, settings) => AliyunGateway.At(Bound(settings, new AliyunSettings()), Time(x))),
        new("mas", ["Endpoint", "EcName", "ApId", "SecretKey", "Sign"], ByTemplate: false, (x, settings) => MasGateway.At(Bound(settings, new MasSettings()), Time(x))),
        new("tencent", ["SecretId", "SecretKey", "SmsSdkAppId", "SignName"], ByTemplate: true, (x, settings) => TencentGateway.At(Bound(settings, new TencentSettings()), Time(x))),
        new("azure", ["Endpoint", "AccessKey", "From"], ByTemplate: false, (x, settings) => AzureGateway.At(Bound(settings, new AzureSettings()), Time(x))),
        new("twilio", ["AccountSid", "AuthToken"], ByTemplate: false, Twilio),
    ];

    /// <summary>Those that the settings name.</summary>
    /// <exception cref="UnusableSettingException">One is named in part, or signs texts so that they tell of their reader; the message says which.</exception>
    public static IReadOnlyList<Func<IServiceProvider, ISmsGateway>> Named(IConfiguration configuration)
    {
        List<Func<IServiceProvider, ISmsGateway>> named = [];
        foreach (var vendor in All)
        {
            var settings = configuration.GetSection($"JobMatch:Gateways:{vendor.Name}");
            if (vendor.Needs.All(name => string.IsNullOrEmpty(settings[name])))
                continue;
            var missing = vendor.Needs.FirstOrDefault(name => string.IsNullOrEmpty(settings[name]))
                ?? (vendor.ByTemplate && !settings.GetSection("Templates").GetChildren().Any() ? "Templates:{code}" : null);
            if (missing is not null)
                throw new UnusableSettingException($"JobMatch:Gateways:{vendor.Name}:{missing} is missing: the gateway {vendor.Name} is named in part.");
            if (Outs.Names(settings["SignName"]))
                throw new UnusableSettingException($"JobMatch:Gateways:{vendor.Name}:SignName would tell others about who reads the text. Sign with a name that speaks neither of disability nor of a body for disabled people.");
            named.Add(x => vendor.Make(x, settings));
        }
        return named;
    }

    // Its receipts name no id of ours: the address that they are sent to does.
    private static TwilioGateway Twilio(IServiceProvider services, IConfigurationSection section)
    {
        var settings = Bound(section, new TwilioSettings());
        if (settings.From.Length == 0 && settings.MessagingServiceSid.Length == 0)
            throw new UnusableSettingException("JobMatch:Gateways:twilio needs From or MessagingServiceSid.");
        var address = services.GetRequiredService<Settings>().PublicBaseUrl.TrimEnd('/');
        if (address.Length == 0)
            throw new UnusableSettingException("JobMatch:PublicBaseUrl is missing: Twilio signs the address that it calls.");
        var token = services.GetRequiredService<CallbackTokens>().Current("twilio")
            ?? throw new UnusableSettingException("JobMatch:Gateways:twilio:CallbackTokens:0 is missing.");
        settings.StatusCallback = $"{address}/callbacks/twilio/{token}/report";
        return TwilioGateway.At(settings, Time(services));
    }

    private static T Bound<T>(IConfiguration section, T settings)
    {
        section.Bind(settings);
        return settings;
    }

    private static TimeProvider Time(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    private sealed record Vendor(string Name, string[] Needs, bool ByTemplate, Func<IServiceProvider, IConfigurationSection, ISmsGateway> Make);
}
