namespace JobMatch.Functions.Hosting;

/// <summary>
/// What must be done before the first request or message is served: tables, queues, a check of the settings. It runs
/// while the program already listens, since the Functions host polls <c>GET /</c> and gives up after 30 seconds.
/// A step that fails ends the program with an exit code other than 0.
/// </summary>
/// <param name="Run">The step. It may be run again after a crash, and by several instances at once.</param>
public sealed record StartupStep(Func<IServiceProvider, CancellationToken, Task> Run);
