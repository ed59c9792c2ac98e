using System.Diagnostics;

namespace JobMatch.Load;

/// <summary>How hard it goes to work.</summary>
public sealed record KillPlan
{
    public int People { get; init; } = 10_000;

    public int Kills { get; init; } = 50;

    public int Seed { get; init; } = 1;

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether storage answers 503 for <see cref="Outage"/> once, and drops the answer of one write in two hundred all the time.</summary>
    public bool StorageFails { get; init; }

    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For everything from the announcement on; what has not ended then is a failure.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromMinutes(40);
}

/// <summary>
/// One announcement through a sandbox that refuses 2 %, delays 5 %, doubles 10 % of receipts, loses 3 % (half of which it can
/// still be asked about), sends 1 % before the send's answer and shuffles all, while the service is killed again and again.
/// </summary>
public static class KillDriver
{
    private const string Weather = "refuse=0.02,late=0.05,double=0.10,lose=0.015,swallow=0.015,early=0.01,shuffle";

    /// <summary>The longest that a kill waits for progress: longer than any lease, so that it does not fall into a time in which nothing can happen.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);

    /// <returns>What did not hold; empty = all did.</returns>
    public static async Task<IReadOnlyList<string>> Run(KillPlan plan, Action<string> say)
    {
        await using var stage = await Stage.Start(new()
        {
            People = plan.People,
            Seed = plan.Seed,
            Lease = plan.Lease,
            Proxy = plan.StorageFails,
            Sandbox = [("weather", Weather), ("seed", $"{plan.Seed}"), ("retry", "1,1,2,5,10,20,60"), ("batch", "20")],
        });
        var watch = Stopwatch.StartNew();
        await stage.Furnish();
        say($"{plan.People} people, registered in {watch.Elapsed.TotalSeconds:0} s");
        stage.Proxy?.Drop(0.005);
        watch.Restart();
        await stage.Announce();
        await Kill(stage, plan, watch);
        say($"{stage.Kills} kills by {watch.Elapsed.TotalSeconds:0} s after the announcement, {stage.DownTime.TotalSeconds:0} s of it down");
        Proof proof = null!;
        await Stage.Until(async () =>
        {
            proof = Proof.Of(await stage.States(), stage.Lines());
            return proof.Holds && proof.Messages == plan.People;
        }, plan.AtMost - watch.Elapsed, TimeSpan.FromSeconds(2));
        say($"at rest {watch.Elapsed.TotalSeconds:0} s after the announcement: {proof.Messages} messages, {Counts(proof.States)}; {proof.Texts} texts in the ledger");
        var lines = stage.Lines();
        say($"ledger: {Counts(lines.CountBy(line => line.What).ToDictionary())}");
        if (stage.Proxy is { } proxy)
            say($"storage: {proxy.Refusals} calls answered with 503, {proxy.Drops} writes done whose answer was dropped");
        return await Faults(stage, plan, proof, say);
    }

    private static async Task Kill(Stage stage, KillPlan plan, Stopwatch watch)
    {
        var random = new Random(plan.Seed);
        var (all, outage) = (2 * plan.People, plan.StorageFails ? plan.Kills / 3 : -1);
        for (var n = 0; n < plan.Kills && watch.Elapsed < plan.AtMost; n++)
        {
            // Evenly over all that happens, texts and receipts, at a moment that nobody chose.
            var next = (n + 1) * all * 9 / 10 / (plan.Kills + 1);
            await Stage.Until(() => Task.FromResult(stage.Lines().Count(line => line.What is "took" or "refused" or "delivered") >= next), Longest);
            await Task.Delay(random.Next(0, 300));
            await stage.KillAndStart();
            if (n != outage)
                continue;
            await Task.Delay(TimeSpan.FromSeconds(1));
            stage.Proxy!.Refuse(true);
            await Task.Delay(plan.Outage);
            stage.Proxy.Refuse(false);
        }
    }

    private static async Task<IReadOnlyList<string>> Faults(Stage stage, KillPlan plan, Proof proof, Action<string> say)
    {
        List<string> faults = [];
        void Must(bool holds, string what)
        {
            if (!holds)
                faults.Add(what);
        }
        Must(stage.Kills == plan.Kills, $"{stage.Kills} kills, not {plan.Kills}");
        Must(proof.Messages == plan.People, $"{proof.Messages} messages for {plan.People} people");
        Must(proof.Wrong.Count == 0, $"Not what the ledger proves: {Counts(proof.Wrong)}");
        Must(proof.Twice.Count == 0, $"{proof.Twice.Count} phones were texted twice");
        var funnel = await stage.Json($"/api/events/{Stage.Fair}/funnel");
        int Of(string name) => (int)funnel[name]!;
        Must(Of("invited") == plan.People && Of("delivered") + Of("failed") + Of("unknown") + Of("expired") + proof.States.GetValueOrDefault("accepted") == plan.People, $"Counts do not add up: {funnel.ToJsonString()}");
        Must((string)(await stage.Json($"/api/events/{Stage.Fair}"))["status"]! == "announced", "The announcement has not ended.");
        // All messages have met their end and the announcement has ended: what lies in a poison queue stands for nothing any more.
        say($"poison queues: {(await stage.Poisoned() is { Count: > 0 } poisoned ? Counts(poisoned) + (proof.Holds ? ", none of it needed" : "") : "empty")}");
        return faults;
    }

    internal static string Counts(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.OrderByDescending(one => one.Value).Select(one => $"{one.Value} {one.Key}"));
}
