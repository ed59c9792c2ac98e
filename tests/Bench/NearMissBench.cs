using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>How long an answer with near misses takes, and the count of unmet need over a city.</summary>
internal static class NearMissBench
{
    private const int People = 10_000, Many = 100_000, Asked = 50;

    public static Command Command()
    {
        var command = new Command("nearmiss", "Near misses of one position over 10,000 seekers and of one seeker over 100,000 positions; unmet need of a city.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var world = World.City(People, Many);
        var numbering = new Numbering(world.Codes);
        var people = new SeekerShard(numbering, world.Seekers.Select(x => (x, 0))).Columns;
        var open = new PositionShard(numbering, world.Today, world.Positions.Select(x => (x, 0))).Columns;
        var fair = new PositionShard(numbering, world.Today, world.Positions.Take(900).Select(x => (x, 0))).Columns;
        var timings = Measure.InTurns(5,
            Contestant.Of($"near misses of {Asked} positions, {People:N0} seekers each", () => Each(world.Positions, x => NearMisses.Of(x, world.Today, numbering, people).Offers.Count)),
            Contestant.Of($"near misses of {Asked} seekers, {Many:N0} positions each", () => Each(world.Seekers, x => NearMisses.Of(x, numbering, open).Answers.Count)),
            Contestant.Of($"unmet need of {People:N0} seekers, {fair.Count:N0} positions", () => Each(world.Seekers, x => NearMisses.Needs(x, numbering, fair).Count(need => need.Unmet), People)),
            Contestant.Of($"unmet need of {People:N0} seekers, {Many:N0} positions", () => Each(world.Seekers, x => NearMisses.Needs(x, numbering, open).Count(need => need.Unmet), People)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            # Near misses
            `dotnet run -c Release --project tests/Bench -- nearmiss`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {FairPlanBench.Commit()}, {FairPlanBench.Cpu()}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, policy {Policy.Version}.

            One thread; medians of twice five rounds in turns. An answer about a position judges everybody some 230 times, one about a seeker judges every position some 250 times.

            | Work | ms (passes) | ms an answer |
            |---|---|---|
            """));
        foreach (var (i, timing) in timings.Index())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {timing.Name} | {timing.Median:F1} ({timing.First:F1}, {timing.Second:F1}) | {timing.Median / (i < 2 ? Asked : 1):F2} |"));
    }

    private static void Each<T>(T[] of, Func<T, int> count, int asked = Asked)
    {
        for (var i = 0; i < asked; i++)
            _ = count(of[i * (of.Length / asked)]);
    }
}
