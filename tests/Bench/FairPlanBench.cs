using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using JobMatch.Matching;
using JobMatch.Population;

namespace JobMatch.Bench;

/// <summary>How long a day's plan takes, whom it reaches, and what being fair to groups costs in meetings.</summary>
internal static class FairPlanBench
{
    private const int People = 10_000, Fairs = 3, PerFair = 300;

    public static Command Command()
    {
        var command = new Command("fairplan", "A day's plan for three events, 900 positions and 10,000 people, with and without a budget.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var world = World.City(People, Fairs * PerFair);
        var engine = new Engine(world);
        var edges = Edges(world, engine);
        FairPosition[] positions = [.. world.Positions.Select(position => new FairPosition(position.Openings - position.Signed))];
        var certified = Certified(engine.Seekers);
        (string Name, FairPerson[] People, int? Budget)[] cases =
        [
            ("everybody", certified, null), ("5,000", certified, 5_000), ("2,000", certified, 2_000), ("500", certified, 500),
            ("5,000, no groups", new FairPerson[certified.Length], 5_000), ("2,000, no groups", new FairPerson[certified.Length], 2_000), ("500, no groups", new FairPerson[certified.Length], 500),
            ("2,000, whoever has few positions is a group", Few(edges, certified.Length), 2_000),
        ];
        var policy = FairPlanPolicy.On(world.Today);
        var plans = cases.Select(x => FairPlan.Of(x.People, positions, edges, x.Budget, policy)).ToList();
        var timings = Measure.InTurns(5,
        [
            .. cases.Select(x => Contestant.Of(x.Name, () => FairPlan.Of(x.People, positions, edges, x.Budget, policy))),
            Contestant.Of("finding who suits where, with scores", () => Edges(world, engine)),
        ]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            # A day's fair plan
            `dotnet run -c Release --project tests/Bench -- fairplan`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {Commit()}, {Cpu()}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, policy {Policy.Version}, plan's row {policy.From:yyyy-MM-dd}.

            {People:N0} people, {Fairs} events of {PerFair} positions on one day, {edges.Length:N0} edges; groups by certificate, "unknown" among them. One thread; medians of twice five rounds in turns.

            | Messages allowed | ms (passes) | sent | people | names | expected meetings | lowest - highest share | four fifths |
            |---|---|---|---|---|---|---|---|
            """));
        foreach (var (plan, timing) in plans.Zip(timings))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {timing.Name} | {timing.Median:F0} ({timing.First:F0}, {timing.Second:F0}) | {plan.Messages.Count:N0} | {plan.Groups.Sum(x => x.Told):N0} of {plan.Groups.Sum(x => x.Considered):N0} | {plan.Messages.Sum(x => x.Named.Count):N0} | {plan.Meetings:F1} | {plan.Groups.Min(x => x.Share):P1} - {plan.Groups.Max(x => x.Share):P1} | {(plan.Kept ? "kept" : plan.Obstacle)} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{timings[^1].Name}: {timings[^1].Median:F0} ms ({timings[^1].First:F0}, {timings[^1].Second:F0})."));
    }

    private static FairEdge[] Edges(World world, Engine engine) =>
        [.. world.Positions.SelectMany((_, row) => FairEdges.Of(engine.Seekers, engine.AskingPositions[row], row / PerFair, row))];

    // Whoever agreed to statistics is in the group of their certificate; all others are unknown.
    private static FairPerson[] Certified(SeekerColumns seekers)
    {
        var populace = new Populace(1, World.Day);
        var groups = Enumerable.Range(0, People).Select(populace.Person).ToDictionary(x => x.Facts.Id, x => x.Consent.Statistics is null ? 0 : x.Certificate?.Category ?? 0);
        return [.. Enumerable.Range(0, seekers.Rows).Select(row => new FairPerson(seekers.IsLive(row) ? groups[seekers.IdAt(row)] : 0))];
    }

    // The fifth of the people with the fewest positions: a plan without groups would tell them last.
    private static FairPerson[] Few(FairEdge[] edges, int rows)
    {
        var few = edges.CountBy(edge => edge.Person).OrderBy(x => x.Value).ThenBy(x => x.Key).Take(People / 5).Select(x => x.Key).ToHashSet();
        return [.. Enumerable.Range(0, rows).Select(row => new FairPerson(few.Contains(row) ? 1 : 0))];
    }

    internal static string Commit() =>
        typeof(FairPlanBench).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: >= 7 } commit] ? commit[..7] : "unknown";

    internal static string Cpu() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
        : "unknown processor";
}
