using JobMatch.Adapters.Storage;
using JobMatch.Functions.Hosting;

return await HostingExtensions.ExitCode(async () =>
{
    var triggers = new Triggers();
    triggers.Http("GET", "/health/live", "health", () => Results.Json(new { status = "live" }));
    triggers.Mapped("GET", "/favicon.svg", "assets", app => app.MapStaticAssets());
    if (FunctionFiles.AskedFor(args) is { } folder)
    {
        FunctionFiles.Write(triggers, folder);
        return 0;
    }

    var builder = HostingExtensions.CreateBuilder(args);
    var storage = builder.Configuration["AzureWebJobsStorage"] ?? throw new UnusableSettingException("AzureWebJobsStorage is not set.");
    var app = builder.AddTriggers(triggers, (_, options) => new QueueServiceClient(storage, options)).Build();
    app.MapTriggers();
    return await app.RunToExit();
});
