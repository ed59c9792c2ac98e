namespace JobMatch.Functions.Hosting;

/// <summary>A setting or file that the program cannot run with. The message is for the operator and says what would be right.</summary>
public sealed class UnusableSettingException(string message) : Exception(message);

/// <summary>
/// What host.json says about queues, so that the local loop keeps the Functions host's rules, and the few settings of our own about runs.
/// Defaults are the host's (source of the storage-queues extension).
/// </summary>
public sealed record HostSettings
{
    /// <summary>Messages asked for at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>A new batch is asked for when no more than this many messages are being handled.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>Tries, the first included, after which a message goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>The wait between failed tries (not the lease).</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest wait between two polls of an empty queue, at least 100 ms.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the host lets a function run before it kills the handler.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>JobMatch:QueueLease</c>: how long a message being handled stays hidden; renewed at half. The host's own is fixed at 10 minutes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>JobMatch:HandlerDeadline</c>: a run that takes longer has failed. Well below <see cref="FunctionTimeout"/>, at which the host would kill all runs.</summary>
    public TimeSpan HandlerDeadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>JobMatch:StopGrace</c>: how long a stop lets running handlers go on before it cancels their tokens.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the host.json beside the program, with the host's own overrides (<c>AzureFunctionsJobHost__a__b</c>), and our settings.</summary>
    /// <exception cref="UnusableSettingException">A file or value that cannot be used; the message names it.</exception>
    public static HostSettings Read(IConfiguration configuration) => Read(configuration, Path.Combine(AppContext.BaseDirectory, "host.json"));

    internal static HostSettings Read(IConfiguration configuration, string path)
    {
        if (!File.Exists(path)) throw new UnusableSettingException($"There is no host.json in {Path.GetDirectoryName(path)}.");
        var host = new ConfigurationBuilder().AddJsonFile(path).AddConfiguration(configuration.GetSection("AzureFunctionsJobHost")).Build();
        var queues = host.GetSection("extensions:queues");
        var settings = new HostSettings();
        try
        {
            settings = settings with
            {
                BatchSize = queues.GetValue("batchSize", settings.BatchSize),
                NewBatchThreshold = queues.GetValue("newBatchThreshold", queues.GetValue("batchSize", settings.BatchSize) / 2),
                MaxDequeueCount = queues.GetValue("maxDequeueCount", settings.MaxDequeueCount),
                VisibilityTimeout = queues.GetValue("visibilityTimeout", settings.VisibilityTimeout),
                MaxPollingInterval = queues.GetValue("maxPollingInterval", settings.MaxPollingInterval),
                FunctionTimeout = host.GetValue("functionTimeout", settings.FunctionTimeout),
                Lease = configuration.GetValue("JobMatch:QueueLease", settings.Lease),
                HandlerDeadline = configuration.GetValue("JobMatch:HandlerDeadline", settings.HandlerDeadline),
                StopGrace = configuration.GetValue("JobMatch:StopGrace", settings.StopGrace),
            };
        }
        catch (InvalidOperationException unreadable)
        {
            throw new UnusableSettingException(unreadable.Message);
        }

        return settings.Checked(host["extensions:queues:messageEncoding"], host["extensions:http:routePrefix"]);
    }

    private HostSettings Checked(string? encoding, string? routePrefix)
    {
        var week = TimeSpan.FromDays(7); // Queue Storage hides a message no longer.
        Require(encoding is null or "base64", "host.json: messageEncoding must be base64, which is what the service writes.");
        Require(routePrefix == "", "host.json: extensions.http.routePrefix must be empty, since the service's paths are its own.");
        Require(BatchSize is >= 1 and <= 32, "host.json: batchSize must be 1 to 32.");
        Require(NewBatchThreshold >= 0, "host.json: newBatchThreshold must be 0 or more.");
        Require(MaxDequeueCount >= 1, "host.json: maxDequeueCount must be 1 or more.");
        Require(VisibilityTimeout >= TimeSpan.Zero && VisibilityTimeout <= week, "host.json: visibilityTimeout must be 0 to 7 days.");
        Require(MaxPollingInterval >= TimeSpan.FromMilliseconds(100), "host.json: maxPollingInterval must be 100 ms or more.");
        Require(Lease >= TimeSpan.FromSeconds(1) && Lease <= week, "JobMatch:QueueLease must be 1 second to 7 days.");
        Require(HandlerDeadline > TimeSpan.Zero && HandlerDeadline < FunctionTimeout, "JobMatch:HandlerDeadline must be more than nothing and less than functionTimeout in host.json.");
        Require(StopGrace >= TimeSpan.Zero && StopGrace <= TimeSpan.FromSeconds(20), "JobMatch:StopGrace must be 0 to 20 seconds.");
        return this;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds) throw new UnusableSettingException(message);
    }
}
