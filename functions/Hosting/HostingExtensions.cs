using JobMatch.Adapters.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobMatch.Functions.Hosting;

/// <summary>How the program takes up its triggers.</summary>
public static class HostingExtensions
{
    /// <summary>
    /// A builder whose files are found beside the program, wherever it is started from (the Functions host, `dotnet run`, a copy of the published folder).
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    /// <summary>
    /// Takes up the list: settings, the triggers' queues created at start, and either the port at which the Functions host calls or the local loop.
    /// </summary>
    /// <param name="triggers">All of them; what is declared later is not seen.</param>
    /// <param name="openQueues">Opens the account's queues with the options it is given; called at start, once the services are built.</param>
    /// <exception cref="UnusableSettingException">host.json or a setting cannot be used; the message says which and why.</exception>
    public static WebApplicationBuilder AddTriggers(
        this WebApplicationBuilder builder, Triggers triggers, Func<IServiceProvider, QueueClientOptions, QueueServiceClient> openQueues)
    {
        var services = builder.Services;
        services.AddSingleton(triggers).AddSingleton(HostSettings.Read(builder.Configuration)).AddSingleton<LocalQueues>().AddSingleton<TriggerRuns>();
        services.AddSingleton(all => new TriggerQueues(triggers, options => openQueues(all, options)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Startup>().AddHostedService(all => all.GetRequiredService<Startup>()).AddSingleton<IStartupFilter, StartupGate>();
        services.AddStartup((all, cancel) => all.GetRequiredService<TriggerQueues>().Create(cancel));
        if (HostMode.Port(builder.Configuration) is { } port) builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        else services.AddHostedService<QueueLoop>().AddHostedService<TimerLoop>();
        return builder;
    }

    /// <summary>Adds a step that must be done before anything is served; steps run one after another, in the order in which they were added.</summary>
    public static IServiceCollection AddStartup(this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task> step) =>
        services.AddSingleton(new StartupStep(step));

    /// <summary>Maps every HTTP trigger and, under the Functions host, the invocation endpoints of queues and timers.</summary>
    public static WebApplication MapTriggers(this WebApplication app)
    {
        var triggers = app.Services.GetRequiredService<Triggers>();
        foreach (var trigger in triggers.HttpTriggers) trigger.Map(app);
        if (HostMode.UnderFunctions(app.Configuration)) InvocationEndpoints.Map(app, triggers);
        return app;
    }

    /// <summary>
    /// Runs a whole program and gives its exit code. 0 is only for an end that was asked for: the Functions host does not restart a handler that exits with 0.
    /// </summary>
    public static async Task<int> ExitCode(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (Exception failure)
        {
            return Failed(failure);
        }
    }

    /// <summary>Runs until stopped; 0 when that was asked for, 1 when the start or a part that runs beside it has failed.</summary>
    public static async Task<int> RunToExit(this WebApplication app) => await RunToFailure(app) is { } failure ? Failed(failure) : 0;

    internal static async Task<Exception?> RunToFailure(WebApplication app)
    {
        var parts = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        Exception? Failure() => parts.Select(part => part.ExecuteTask?.Exception?.InnerException).FirstOrDefault(failure => failure is not null);
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (Failure() is not null)
        {
            // A part failed while others were still starting, which cancels them: the part's is the cause.
        }

        return Failure();
    }

    // What an operator can put right is one line; anything else is a bug, and says where.
    private static int Failed(Exception failure)
    {
        Console.Error.WriteLine($"JobMatch stops: {(failure is UnusableSettingException or IOException ? failure.Message : failure)}");
        return 1;
    }
}
