using JobMatch.Functions;
using JobMatch.Functions.Hosting;

return await HostingExtensions.ExitCode(async () =>
{
    var triggers = Service.Triggers();
    if (FunctionFiles.AskedFor(args) is { } folder)
    {
        FunctionFiles.Write(triggers, folder);
        return 0;
    }
    if (KeyCommands.AskedFor(args))
        return await KeyCommands.Run(args, new ConfigurationBuilder().AddEnvironmentVariables().Build(), Console.Out);
    if (CommandLine.Parse(args, out var exitCode) is not { } line)
        return exitCode;
    await using var local = new LocalParts();
    var app = await Service.Build(line, triggers, local);
    app.Lifetime.ApplicationStarted.Register(() => local.CallBack(app).GetAwaiter().GetResult());
    return await app.RunToExit();
});
