using Azure.Core;
using Azure.Identity;
using JobMatch.Adapters.Secrets;
using JobMatch.Flows;

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
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => MasterKey(settings.GetSection("MasterKey"), development ? folder : null, services.GetService<TokenCredential>()));
        builder.Services.AddSingleton(services => new DataKeys(services.GetRequiredService<IMasterKey>()));
        builder.Services.AddSingleton(_ => Tokens(settings.GetSection("Gateways"), development ? folder : null));
        builder.Services.AddSingleton<Authenticate>();
        return builder;
    }

    private static IMasterKey MasterKey(IConfiguration settings, string? developmentFolder, TokenCredential? credential)
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
