using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>How sending is watched and held: channels, and the queues behind them.</summary>
public static partial class Sending
{
    /// <summary>How many messages one redrive moves at most, so that it answers within seconds.</summary>
    internal const int MostRedriven = 500;

    public static void MapSending(this Triggers triggers)
    {
        triggers.Http("GET", "/api/channels", "channels.read", All)
            .Describe(x => x.WithSummary("Gateways with their share of texts, and what is paused; the first line stands for all of them.").Produces<ListAnswer<ChannelAnswer>>());
        triggers.Http("POST", "/api/channels/{channel}/pause", "channels.pause", Pause).Audited(AuditAct.SendingPaused, "channel")
            .Describe(x => x.WithSummary("Holds all texts of a gateway, or of all; sign-in codes go on where all are held. Obeyed within two seconds; twice is once.").Produces<ChannelAnswer>());
        triggers.Http("POST", "/api/channels/{channel}/resume", "channels.pause", Resume).Audited(AuditAct.SendingResumed, "channel")
            .Describe(x => x.WithSummary("Lets texts go on, also after an account was refused; twice is once.").Produces<ChannelAnswer>());
        triggers.Http("GET", "/api/queues", "queues.read", async (HttpContext context, IQueueLines queues, CancellationToken cancel) =>
        {
            var all = await queues.All(cancel);
            return Answers.List(context, "queue", all.Select(line => new QueueAnswer(line.Queue, line.Waiting, line.Poisoned, line.PoisonedSince)), all.Count);
        }).Describe(x => x.WithSummary("The queues, and how many messages were given up after the last try.").Produces<ListAnswer<QueueAnswer>>());
        triggers.Http("POST", "/api/queues/{queue}/redrive", "queues.redrive", async (HttpContext context, string queue, IQueueLines queues, CancellationToken cancel) =>
            await queues.Redrive(queue, MostRedriven, cancel) is { } moved ? Answers.Json(context, "redriven", new RedrivenAnswer(queue, moved)) : Problems.NotFound(context)).Audited(AuditAct.QueueRedriven, "queue")
            .Describe(x => x.WithSummary("Puts up to 500 given-up messages back into their queue; what is past its deadline still does nothing.").Produces<RedrivenAnswer>());
        triggers.Timer("watch-sending", "30 * * * * *", Watch);
    }

    private static async Task<IResult> All(HttpContext context, ReadSending flow, CancellationToken cancel)
    {
        var lines = await Lines(flow, cancel);
        return Answers.List(context, "channel", lines, lines.Count);
    }

    private static Task<IResult> Pause(HttpContext context, string channel, IChannels channels, ReadSending flow, TimeProvider time, CancellationToken cancel) =>
        Change(context, channel, flow, () => channels.Pause(new(channel, ChannelPause.ByStaff, time.GetUtcNow()), cancel), cancel);

    private static Task<IResult> Resume(HttpContext context, string channel, IChannels channels, ReadSending flow, CancellationToken cancel) =>
        Change(context, channel, flow, () => channels.Resume(channel, cancel), cancel);

    private static async Task<IResult> Change(HttpContext context, string channel, ReadSending flow, Func<Task> change, CancellationToken cancel)
    {
        if ((await Lines(flow, cancel)).All(line => line.Channel != channel))
            return Problems.NotFound(context);
        await change();
        return Answers.Json(context, "channel", (await Lines(flow, cancel)).Single(line => line.Channel == channel));
    }

    private static async Task<IReadOnlyList<ChannelAnswer>> Lines(ReadSending flow, CancellationToken cancel)
    {
        var (all, channels) = await flow.Channels(cancel);
        return [new(ChannelStates.All, null, null, PausedAnswer.Of(all)), .. channels.Select(line => new ChannelAnswer(line.Share.Gateway, line.Share.Weight, Math.Round(line.Share.Share, 3), PausedAnswer.Of(line.Paused)))];
    }

    /// <summary>Says each minute, for whoever watches the log, what waits for a person: it stays silent where nothing does.</summary>
    private static async Task Watch(IServiceProvider services, CancellationToken cancel)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Sending));
        foreach (var pause in (await services.GetRequiredService<IChannels>().Read(cancel)).Pauses)
            Paused(log, pause.Channel, pause.Since, pause.Why);
        foreach (var line in await services.GetRequiredService<IQueueLines>().All(cancel))
            if (line.Poisoned > 0)
                Poisoned(log, line.Queue, line.Poisoned);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Channel {Channel} is paused since {Since}: {Why}. Its texts wait until it is resumed on /staff/messages.")]
    private static partial void Paused(ILogger logger, string channel, DateTimeOffset since, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages of {Queue} were given up; see /staff/messages.")]
    private static partial void Poisoned(ILogger logger, string queue, int count);
}

/// <param name="Channel">A gateway's name, or <c>all</c>.</param>
/// <param name="Weight">Its part beside the others' while all fare alike; absent for <c>all</c>.</param>
/// <param name="Share">Its part as things stand, 0 to 1.</param>
/// <param name="Paused">Absent where texts go out.</param>
public sealed record ChannelAnswer(string Channel, int? Weight, double? Share, PausedAnswer? Paused);

/// <param name="Why"><c>staff</c>, or the code by which the vendor refused the account.</param>
public sealed record PausedAnswer(string Why, DateTimeOffset Since)
{
    internal static PausedAnswer? Of(ChannelPause? x) => x is null ? null : new(x.Why, x.Since);
}

/// <param name="Waiting">About how many messages it holds.</param>
/// <param name="Poisoned">About how many were given up.</param>
/// <param name="PoisonedSince">When the oldest of these that can be seen was given up; absent where there is none.</param>
public sealed record QueueAnswer(string Queue, int Waiting, int Poisoned, DateTimeOffset? PoisonedSince);

/// <param name="Redriven">How many messages were put back; fewer than 500 means that none is left.</param>
public sealed record RedrivenAnswer(string Queue, int Redriven);
