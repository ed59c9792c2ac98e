using System.CommandLine;

namespace JobMatch.Bench;

/// <summary>A whole city at once: 10,000 × 10,000 both ways.</summary>
internal static class CityBench
{
    public static Command Command()
    {
        var command = new Command("city", "10,000 seekers × 10,000 positions, top 10 both ways.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var world = World.City(10_000, 10_000);
        var engine = new Engine(world);
        foreach (var timing in Measure.InTurns(5,
            Contestant.Of("people", () => engine.BestPeople(0, world.Positions.Length)),
            Contestant.Of("positions", () => engine.BestPositions(0, world.Seekers.Length))))
            Console.WriteLine($"{timing.Name} {timing.Median:F1} ms, {timing.Median * 1e6 / world.Pairs:F3} ns per pair (passes {timing.First:F1} {timing.Second:F1})");
    }
}
