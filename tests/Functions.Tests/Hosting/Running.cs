using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>A program with triggers of the test's own, listening on a free port of loopback.</summary>
internal sealed class Running : IAsyncDisposable
{
    public required WebApplication App { get; init; }
    public required HttpClient Client { get; init; }
    public required Logged Log { get; init; }

    /// <summary>Starts as the Functions host would start it: no local loop, invocation endpoints mapped.</summary>
    public static Task<Running> UnderFunctions(AzuriteFixture storage, Action<Triggers> declare, params (string Name, string Value)[] settings) =>
        Start(storage, declare, [("FUNCTIONS_CUSTOMHANDLER_PORT", "0"), .. settings]);

    public static async Task<Running> Start(
        AzuriteFixture storage, Action<Triggers> declare, (string Name, string Value)[] settings, Action<WebApplicationBuilder>? more = null)
    {
        var (app, log) = Build(storage, declare, settings, more);
        await app.StartAsync();
        return new() { App = app, Log = log, Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) } };
    }

    /// <summary>As <see cref="Start"/>, but not started yet.</summary>
    public static (WebApplication App, Logged Log) Build(
        AzuriteFixture storage, Action<Triggers> declare, (string Name, string Value)[] settings, Action<WebApplicationBuilder>? more = null)
    {
        var triggers = new Triggers();
        declare(triggers);
        var log = new Logged();
        var builder = HostingExtensions.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", "Production"]);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.Logging.ClearProviders().AddProvider(log);
        more?.Invoke(builder);
        var app = builder.AddTriggers(triggers, (_, options) => new QueueServiceClient(storage.ConnectionString, options)).Build();
        app.MapTriggers();
        return (app, log);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}

/// <summary>Every line that was logged, with the text of its exception.</summary>
internal sealed class Logged : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    public string Text
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines) lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
