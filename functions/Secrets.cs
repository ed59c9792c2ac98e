using System.Security.Cryptography;
using Azure.Core;
using Azure.Identity;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobMatch.Functions;

/// <summary>Where the service's secrets come from: the settings of the deployment, or in Development files of their own.</summary>
public static class Secrets
{
    /// <summary>
    /// Takes up the master key, the keys under it, programs' keys and the callbacks' tokens. Settings: <c>JobMatch:MasterKey:KeyUri</c>
    /// (a key vault's key with its version) or <c>JobMatch:MasterKey:File</c>, and <c>JobMatch:Gateways:{name}:CallbackTokens</c>.
    /// </summary>
    /// <param name="folder">In Development, where the key file and the tokens are kept when the settings name none; of the same life as the storage.</param>
    /// <exception cref="InvalidOperationException">Outside Development, no master key is named; or the tokens are not what they must be.</exception>
    public static WebApplicationBuilder AddSecrets(this WebApplicationBuilder builder, string folder)
    {
        var development = builder.Environment.IsDevelopment();
        var settings = builder.Configuration.GetSection("JobMatch");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => MasterKey(settings.GetSection("MasterKey"), development ? folder : null, services.GetService<TokenCredential>()));
        builder.Services.AddSingleton(services => new DataKeys(services.GetRequiredService<IMasterKey>()));
        builder.Services.AddSingleton(_ => Tokens(settings.GetSection("Gateways"), development ? folder : null));
        builder.Services.AddSingleton(_ => new CallbackSources(settings.GetSection("Gateways")));
        builder.Services.AddSingleton(services => new ServiceKeys(services.GetRequiredService<DataKeys>(), Table(services, ServiceKeys.Table)));
        builder.Services.AddSingleton<PhoneHash>();
        builder.Services.AddSingleton(services => new ContactRows(services.GetRequiredService<PhoneHash>(), Table(services, ContactRows.Table)));
        builder.Services.AddSingleton(services => new ApiKeyRows(Table(services, ServiceKeys.Table), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IApiKeys>(services => development ? new DemoKeys(services.GetRequiredService<ApiKeyRows>()) : services.GetRequiredService<ApiKeyRows>());
        builder.Services.AddSingleton<Authenticate>();
        // Whatever uses data protection finds its keys in our storage, the same for all instances.
        builder.Services.Configure<DataProtectionOptions>(options => options.ApplicationDiscriminator = "JobMatch");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<ServiceKeys, TableServiceClient>((options, keys, tables) =>
            options.XmlRepository = new KeyRing(new DataProtectionRows(keys, tables.GetTableClient(ServiceKeys.Table))));
        // What is wrong with them ends the start, not the first request that needs them.
        builder.Services.AddStartup((services, _) =>
        {
            services.GetRequiredService<IMasterKey>();
            services.GetRequiredService<CallbackTokens>();
            services.GetRequiredService<CallbackSources>();
            return Task.CompletedTask;
        });
        return builder;
    }

    /// <summary>
    /// Takes up signing in with a code; needs what keeps seekers and employers, the gateway and the queues. Settings:
    /// <c>JobMatch:SignIn:CodesADay</c>, how many codes are sent in a day at most; <c>CodesByAddress</c>, how many one address
    /// may ask for in ten minutes, and ten times as many in a day; <c>SilentAfter</c>.
    /// </summary>
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        var limits = new SignInLimits();
        var byAddress = builder.Configuration.GetValue("JobMatch:SignIn:CodesByAddress", limits.Address[0].Most);
        builder.Services.AddSingleton(limits with
        {
            ADay = builder.Configuration.GetValue("JobMatch:SignIn:CodesADay", limits.ADay),
            Address = [(byAddress, limits.Address[0].In), (10 * byAddress, limits.Address[1].In)],
            SilentAfter = builder.Configuration.GetValue("JobMatch:SignIn:SilentAfter", limits.SilentAfter),
        });
        builder.Services.AddSingleton<IKeyedHash>(services => services.GetRequiredService<PhoneHash>());
        builder.Services.AddSingleton<ICodes>(services => new CodeRows(services.GetRequiredService<ServiceKeys>(), Table(services, CodeRows.Table)));
        builder.Services.AddSingleton<ISessions>(services => new SessionRows(Table(services, SessionRows.Table)));
        builder.Services.AddSingleton<IContacts>(services => services.GetRequiredService<ContactRows>());
        builder.Services.AddSingleton<WhoIsBehind>().AddSingleton<AskForCode>().AddSingleton<SendCode>().AddSingleton<EnterCode>().AddSingleton<IssueDeskCode>().AddSingleton<LongSilence>().AddSingleton<Sessions>();
        builder.Services.AddStartup(TryMasterKey);
        return builder;
    }

    // A file mounted from elsewhere is found out before it seals anything: nothing would ever open it together with what is there.
    private static async Task TryMasterKey(IServiceProvider services, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<ServiceKeys>().Get(ServiceKeys.PhonePepper, cancel);
        }
        catch (CryptographicException)
        {
            throw new UnusableSettingException("The master key is not the one under which this storage was written: check JobMatch:MasterKey, or in Development --data.");
        }
    }

    private static TableClient Table(IServiceProvider services, string name) => services.GetRequiredService<TableServiceClient>().GetTableClient(name);

    /// <param name="settings">The section <c>JobMatch:MasterKey</c>.</param>
    /// <exception cref="UnusableSettingException">None is named, or the one that is named cannot be opened.</exception>
    internal static IMasterKey MasterKey(IConfiguration settings, string? developmentFolder, TokenCredential? credential)
    {
        try
        {
            return OpenMasterKey(settings, developmentFolder, credential);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or UriFormatException)
        {
            throw new UnusableSettingException(wrong.Message);
        }
    }

    private static IMasterKey OpenMasterKey(IConfiguration settings, string? developmentFolder, TokenCredential? credential)
    {
        if (settings["KeyUri"] is { Length: > 0 } key)
            return new KeyVaultMasterKey(new Uri(key), credential ?? new DefaultAzureCredential());
        var file = settings["File"] is { Length: > 0 } named ? named
            : developmentFolder is not null ? Path.Combine(developmentFolder, "master-key.json")
            : throw new InvalidOperationException("No master key is named: set JobMatch:MasterKey:KeyUri to a key vault's key, or JobMatch:MasterKey:File to a key file.");
        return FileMasterKey.Open(file, createIfAbsent: developmentFolder is not null);
    }

    private static CallbackTokens Tokens(IConfiguration gateways, string? developmentFolder)
    {
        var named = gateways.GetChildren()
            .ToDictionary(gateway => gateway.Key, IReadOnlyList<string> (gateway) => gateway.GetSection("CallbackTokens").Get<string[]>() ?? []);
        var without = named.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key).ToList();
        foreach (var gateway in without) named.Remove(gateway);
        if (developmentFolder is not null)
        {
            if (!named.ContainsKey("sandbox")) without.Add("sandbox");
            foreach (var (gateway, tokens) in CallbackTokens.Kept(Path.Combine(developmentFolder, "callback-tokens.json"), without))
                named.TryAdd(gateway, tokens);
        }
        return new CallbackTokens(named);
    }
}
