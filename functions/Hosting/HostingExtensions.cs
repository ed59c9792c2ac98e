namespace JobMatch.Functions.Hosting;

/// <summary>How the program takes up its triggers.</summary>
public static class HostingExtensions
{
    /// <summary>
    /// A builder whose files are found beside the program, wherever it is started from (the Functions host, `dotnet run`, a copy of the published folder).
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        // Outside Development too: a build's output holds no wwwroot, only the manifest that leads to it. Published, it does nothing.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    /// <summary>Takes up the list: settings, and either the port at which the Functions host calls or the local loop.</summary>
    public static WebApplicationBuilder AddTriggers(this WebApplicationBuilder builder, Triggers triggers)
    {
        builder.Services.AddSingleton(triggers);
        builder.Services.AddSingleton<LocalQueues>();
        if (HostMode.Port(builder.Configuration) is { } port) builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        return builder;
    }

    /// <summary>Adds a step that must be done before anything is served; steps run one after another, in the order in which they were added.</summary>
    public static IServiceCollection AddStartup(this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task> step) =>
        services.AddSingleton(new StartupStep(step));

    /// <summary>Maps every HTTP trigger and, under the Functions host, the invocation endpoints of queues and timers.</summary>
    public static WebApplication MapTriggers(this WebApplication app)
    {
        foreach (var trigger in app.Services.GetRequiredService<Triggers>().HttpTriggers) trigger.Map(app);
        return app;
    }

    /// <summary>Runs a whole program and gives its exit code. 0 is only for an end that was asked for: the Functions host does not restart a handler that exits with 0.</summary>
    public static async Task<int> ExitCode(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync($"JobMatch stops: {failure}");
            return 1;
        }
    }

    /// <summary>Runs until stopped; 0 when that was asked for, 1 when a part of the program has failed.</summary>
    public static async Task<int> RunToExit(this WebApplication app)
    {
        var parts = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.RunAsync();
        return parts.Any(part => part.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
