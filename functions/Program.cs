using JobMatch.Functions.Hosting;

return await HostingExtensions.ExitCode(async () =>
{
    var triggers = new Triggers();
    triggers.Http("GET", "/health/live", "readHealth", () => Results.Json(new { status = "live" }));
    if (FunctionFiles.AskedFor(args) is { } folder)
    {
        FunctionFiles.Write(triggers, folder);
        return 0;
    }

    var app = HostingExtensions.CreateBuilder(args).AddTriggers(triggers).Build();
    app.MapTriggers();
    return await app.RunToExit();
});
