using System.Diagnostics;
using JobMatch.Fixtures;

namespace JobMatch.Load;

/// <summary>
/// Two sandboxes share one announcement. After a quarter of it the second takes texts and cuts the connection instead of
/// answering; at the half it is well again.
/// </summary>
public static class TwoGatewaysDriver
{
    private const int Window = 50;

    /// <param name="weather">Of both while they are well; a slow one makes few people last for several half-lives.</param>
    /// <returns>What did not hold; empty = all did.</returns>
    public static async Task<IReadOnlyList<string>> Run(int people, TimeSpan halfLife, TimeSpan atMost, Action<string> say, string weather = "", string slow = "15")
    {
        await using var stage = await Stage.Start(new() { People = people, Two = true, Sandbox = [("weather", weather), ("slow", slow)], Service = [$"--JobMatch:Messages:HealthHalfLife={halfLife}"] });
        await stage.Furnish();
        var watch = Stopwatch.StartNew();
        await stage.Announce();
        var second = stage.Sandboxes[1];
        await Took(stage, people / 4, atMost);
        var ill = TimeProvider.System.GetUtcNow();
        await second.Set(("weather", "drop=1"));
        await Took(stage, people / 2, atMost - watch.Elapsed);
        var well = TimeProvider.System.GetUtcNow();
        await second.Set(("weather", weather));
        Proof proof = null!;
        await Stage.Until(async () => (proof = Proof.Of(await stage.States(), stage.Lines())) is { Holds: true } && proof.Messages == people, atMost - watch.Elapsed, TimeSpan.FromSeconds(2));
        var shares = Shares(stage);
        say($"{people} texts in {(Texts(stage)[^1].At - Texts(stage)[0].At).TotalSeconds:0} s; {second.Lines("took").Count} through the second; {KillDriver.Counts(proof.States)}");
        foreach (var (at, share) in shares)
            say($"{(at - shares[0].At).TotalSeconds,6:0.0} s  {share,5:P0}{(at < ill ? "" : at < well ? "  drops" : "  well again")}");
        List<string> faults = [];
        if (!proof.Holds || proof.Messages != people)
            faults.Add($"Not what the ledgers prove: {KillDriver.Counts(proof.Wrong)}; {proof.Twice.Count} phones texted twice");
        if (shares.Where(one => one.At >= ill && one.At < well).Select(one => one.Share).DefaultIfEmpty(1).Min() >= 0.1)
            faults.Add("While it dropped, its share did not fall below 10 %.");
        // Of fifty texts a fair half is forty per cent or less one time in ten.
        if (shares.TakeLast(4).Average(one => one.Share) <= 0.4)
            faults.Add("After it was well, its share did not come back above 40 %.");
        return faults;
    }

    private static List<LedgerLine> Texts(Stage stage) => [.. stage.Lines().Where(line => line.What == "took")];

    private static Task<bool> Took(Stage stage, int count, TimeSpan atMost) => Stage.Until(() => Task.FromResult(Texts(stage).Count >= count), atMost);

    /// <summary>The second's share in every fifty texts, in the order in which they were taken.</summary>
    private static List<(DateTimeOffset At, double Share)> Shares(Stage stage)
    {
        var second = stage.Sandboxes[1].Lines("took").Select(line => line.Id).ToHashSet();
        return [.. Texts(stage).Chunk(Window).Where(part => part.Length == Window).Select(part => (part[^1].At, part.Count(line => second.Contains(line.Id)) / (double)Window))];
    }
}
