using System.Collections.Concurrent;

namespace JobMatch.Flows;

/// <summary>What decides whether an event's texts may still leave.</summary>
/// <param name="Fair">Null where there is no such event, and where no event decides.</param>
/// <param name="Full">As many have said that they come as the venue holds.</param>
public sealed record Watched(RecruitmentEvent? Fair, ChannelStates Channels, bool Full);

/// <summary>
/// Reads what decides whether texts may still leave: for a whole process twice a second, so that a stop or a pause is obeyed
/// well within two, and the rest every few seconds: an event's capacity costs a read of those who come, a call for each
/// thousand of them, and a named position one call.
/// </summary>
public sealed class EventWatch(IEvents events, IGuests guests, IPositions positions, IChannels channels, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CountHolds = TimeSpan.FromSeconds(5);
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Task<Watched> Value)> looks = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Task<bool> Value)> full = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Task<bool> Value)> open = new();

    /// <param name="eventId">Null where no event decides, only the channels.</param>
    public Task<Watched> Look(string? eventId, CancellationToken cancel) => Lately(looks, eventId ?? "", Holds, Read, cancel);

    /// <summary>What was seen no longer holds: the next look reads.</summary>
    public void Forget(string? eventId) => looks.TryRemove(eventId ?? "", out _);

    /// <summary>Whether a position can still be applied for.</summary>
    public Task<bool> IsOpen(string position, CancellationToken cancel) => Lately(open, position, CountHolds, async id =>
        await positions.Find(id, CancellationToken.None) is { Value.Facts: var facts } && facts.IsOpen(time.Today()), cancel);

    private async Task<Watched> Read(string eventId)
    {
        var fair = eventId.Length > 0 ? (await events.Find(eventId, CancellationToken.None))?.Value : null;
        var states = await channels.Read(CancellationToken.None);
        return new(fair, states, fair?.Capacity is { } most && await Lately(full, eventId, CountHolds, async id => await guests.Coming(id, CancellationToken.None) >= most, CancellationToken.None));
    }

    // Several ask at once: the first reads for all. What failed is read again by the next.
    private async Task<T> Lately<T>(
        ConcurrentDictionary<string, (DateTimeOffset At, Task<T> Value)> kept, string key, TimeSpan holds, Func<string, Task<T>> read, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (kept.TryGetValue(key, out var last) && now - last.At < holds && !last.Value.IsFaulted && !last.Value.IsCanceled)
            return await last.Value.WaitAsync(cancel);
        if (kept.Count > Many)
            kept.Clear();
        var reading = read(key);
        kept[key] = (now, reading);
        return await reading.WaitAsync(cancel);
    }
}
