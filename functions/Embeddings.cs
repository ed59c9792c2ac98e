using Azure.Core;
using JobMatch.Adapters.Embeddings;
using JobMatch.Adapters.Rows;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>Closeness of titles by what they mean: off, unless a model is named under <c>JobMatch:Embeddings</c>.</summary>
internal static class Embeddings
{
    private const string Section = "JobMatch:Embeddings";

    /// <exception cref="UnusableSettingException">A model is named, and what else it takes is missing or wrong.</exception>
    public static void AddEmbeddings(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        if (section["Endpoint"] is not { Length: > 0 } named)
            return;
        var settings = Read(section, named);
        var (key, audience) = (section["Key"], Address(section["Audience"] is { Length: > 0 } other ? other : "https://cognitiveservices.azure.com", "Audience"));
        builder.Services.AddSingleton<IEmbeddings>(x => key is { Length: > 0 }
            ? new OpenAiEmbeddings(settings, key, x.GetRequiredService<TimeProvider>())
            : new OpenAiEmbeddings(settings, x.GetService<TokenCredential>() ?? throw new UnusableSettingException(
                $"{Section}:Key is empty, and the storage is not opened by a managed identity whose token could be used."), audience, x.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IVectors>(x => new VectorTable(x.GetRequiredService<Account>().Table("Vectors"), settings.Model, settings.Dimensions));
        builder.Services.AddSingleton<LearnMeanings>();
        builder.Services.AddStartup((services, _) => Task.FromResult(services.GetRequiredService<IEmbeddings>()));
        var every = section.GetValue("Every", TimeSpan.FromSeconds(30));
        builder.Services.AddHostedService(x => ActivatorUtilities.CreateInstance<MeaningsLoop>(x, every));
    }

    private static EmbeddingSettings Read(IConfigurationSection section, string endpoint)
    {
        var settings = new EmbeddingSettings(
            Address(endpoint, "Endpoint"),
            section["Model"] is { Length: > 0 } model ? model : throw new UnusableSettingException($"{Section}:Model is missing: the deployment's name in Azure, else the model's."),
            section.GetValue("Dimensions", 512));
        settings = settings with { Timeout = section.GetValue("Timeout", settings.Timeout), AtOnce = section.GetValue("AtOnce", settings.AtOnce) };
        return settings.Dimensions is >= 8 and <= 4096 && settings.AtOnce is >= 1 and <= 2048 && settings.Timeout > TimeSpan.Zero
            ? settings
            : throw new UnusableSettingException($"{Section}: Dimensions is from 8 to 4096, AtOnce from 1 to 2048, Timeout longer than nothing.");
    }

    private static Uri Address(string named, string setting) =>
        Uri.TryCreate(named.EndsWith('/') ? named : named + "/", UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            ? address
            : throw new UnusableSettingException($"{Section}:{setting} must be an https address, such as https://name.openai.azure.com/openai/v1/.");

    /// <summary>Every instance learns for itself what it holds in memory; a round that fails is the next one's.</summary>
    private sealed class MeaningsLoop(LearnMeanings flow, TimeSpan every, Startup startup, TimeProvider time, ILogger<MeaningsLoop> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await startup.Wait(stoppingToken);
            using var timer = new PeriodicTimer(every, time);
            do
            {
                try
                {
                    await flow.Run(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("What titles mean could not be learned; the next round tries again: {Kind}", e.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
    }
}
