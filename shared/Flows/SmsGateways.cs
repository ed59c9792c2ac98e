using System.Security.Cryptography;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>The gateways in use.</summary>
/// <param name="weightOf">
/// A gateway's part of the texts beside the others' while all fare alike; 0 = it gets none, but its callbacks are read. Null = all alike.
/// </param>
public sealed class SmsGateways(IReadOnlyList<ISmsGateway> all, Func<string, int>? weightOf = null)
{
    public IReadOnlyList<ISmsGateway> All => all;

    public ISmsGateway? Find(string name) => all.FirstOrDefault(gateway => gateway.Name == name);

    public int WeightOf(string name) => weightOf?.Invoke(name) ?? 1;
}

/// <summary>
/// Decides through which gateway the next text goes: by weight, less where answers were slow or lost of late, none where it
/// is paused. Each process counts for itself and tells the others in a row of its own, so nobody waits for anybody, and one
/// that starts knows what the others have found.
/// </summary>
public sealed class GatewayShares(SmsGateways gateways, IChannels channels, SendSettings settings, TimeProvider time)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (GatewayHealth Health, DateTimeOffset At)> mine = [];
    private readonly Dictionary<string, double> credits = [];
    private readonly int slot = RandomNumberGenerator.GetInt32(IChannels.Slots);
    private DateTimeOffset toldAt;

    public Task<ChannelStates> Read(CancellationToken cancel) => channels.Read(cancel);

    /// <summary>The gateway for the next text; null while none may be used.</summary>
    /// <param name="only">The one that an earlier attempt of this text went through, where the vendor had to be asked what became of it.</param>
    public ISmsGateway? Next(ChannelStates seen, string? only = null)
    {
        if (only is not null)
            return seen.Paused(only) is null ? gateways.Find(only) : null;
        lock (gate)
        {
            // Each collects its share, the richest goes and pays one: in any stretch of texts each has its part.
            var open = Shares(seen).Where(line => line.Share > 0).ToList();
            foreach (var line in open)
                credits[line.Gateway] = credits.GetValueOrDefault(line.Gateway) + line.Share;
            if (open.MaxBy(line => credits[line.Gateway]) is not { } next)
                return null;
            credits[next.Gateway]--;
            return gateways.Find(next.Gateway);
        }
    }

    public bool AnyOpen(ChannelStates seen) => gateways.All.Any(gateway => seen.Paused(gateway.Name) is null);

    /// <summary>Each gateway's part of the texts as things stand; they add up to 1, or to 0 where all are paused.</summary>
    public IReadOnlyList<GatewayShare> Shares(ChannelStates seen)
    {
        lock (gate)
        {
            var worth = gateways.All.Select(gateway => (gateway.Name, Worth: seen.Paused(gateway.Name) is null ? gateways.WeightOf(gateway.Name) * HealthOf(gateway.Name, seen).Score : 0)).ToList();
            var sum = worth.Sum(one => one.Worth);
            return [.. worth.Select(one => new GatewayShare(one.Name, gateways.WeightOf(one.Name), sum > 0 ? one.Worth / sum : 0))];
        }
    }

    public void Count(string gateway, Handover how)
    {
        lock (gate)
            mine[gateway] = (Mine(gateway).After(how), time.GetUtcNow());
    }

    /// <summary>How an answer that took so long counts.</summary>
    public void Count(string gateway, Sent sent, TimeSpan took)
    {
        Handover? how = sent switch
        {
            Sent.Unknown or Sent.Later { After: null } => Handover.Lost,
            Sent.Later => Handover.Slow,
            Sent.AccountRefused => null, // Says nothing about the line, and pauses it anyway.
            _ => took > settings.SlowAfter ? Handover.Slow : Handover.Quick,
        };
        if (how is { } counted)
            Count(gateway, counted);
    }

    /// <summary>Pauses a gateway whose account was refused.</summary>
    public Task Refused(string gateway, string code, CancellationToken cancel)
    {
        Meters.RefusedAccounts.Add(1, new KeyValuePair<string, object?>("gateway", gateway));
        return channels.Pause(new(gateway, code, time.GetUtcNow()), cancel);
    }

    /// <summary>Tells other processes what this one has counted, every two seconds at most. With one gateway there is nothing to tell.</summary>
    public async Task Tell(CancellationToken cancel)
    {
        List<ToldHealth> told;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (gateways.All.Count < 2 || now - toldAt < TellEvery)
                return;
            toldAt = now;
            told = [.. mine.Select(one => new ToldHealth(one.Key, slot, one.Value.Health, one.Value.At))];
        }
        foreach (var one in told)
            await channels.Tell(one, cancel);
    }

    private GatewayHealth HealthOf(string gateway, ChannelStates seen) => seen.Told
        .Where(told => told.Gateway == gateway && told.Slot != slot)
        .Aggregate(Mine(gateway), (sum, told) => sum + told.Health.Faded(time.GetUtcNow() - told.At, settings.HealthHalfLife));

    private GatewayHealth Mine(string gateway) =>
        mine.TryGetValue(gateway, out var counted) ? counted.Health.Faded(time.GetUtcNow() - counted.At, settings.HealthHalfLife) : default;
}

/// <summary>A gateway's part of the texts.</summary>
/// <param name="Weight">As configured.</param>
/// <param name="Share">As things stand, 0-1.</param>
public sealed record GatewayShare(string Gateway, int Weight, double Share);
