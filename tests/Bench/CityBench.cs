using System.CommandLine;
using System.Globalization;
using JobMatch.Bench.Peers;

namespace JobMatch.Bench;

/// <summary>A whole city at once: 10,000 × 10,000 both ways, beside plain objects, DuckDB and PostgreSQL.</summary>
internal static class CityBench
{
    private const int Rounds = 5;

    // Plain objects take seconds for all; every twentieth position says as much about a pair.
    private const int Sample = 20;

    // PostgreSQL takes minutes for all.
    private const int Few = 100;

    public static Command Command()
    {
        var size = new Option<int>("--size") { Description = "How many seekers, and how many positions.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("city", "10,000 seekers × 10,000 positions, top 10 both ways: engine, plain objects with LINQ, DuckDB, PostgreSQL.") { size };
        command.SetAction(x => Run(x.GetValue(size)));
        return command;
    }

    private static void Run(int size)
    {
        var world = World.City(size, size);
        var flat = new Flat(world);
        var (engine, linq) = (new Engine(world, threads: 2), new LinqPeer(flat));
        using var duck = Peer.OrSaid(() => DuckDb.Start(threads: 2));
        using var postgres = Peer.OrSaid(() => Postgres.Start(threads: 2));
        duck?.Load(new Tables(flat));
        postgres?.Load(new Tables(flat));

        var expected = Lists.Of(linq, flat, Engine.Top);
        Peer.MustEqual("engine, one by one", expected, Lists.Of(engine, world, Engine.Top));
        engine.BothWays();
        Peer.MustEqual("engine", expected, engine.Found());
        engine.BothWaysAtOnce();
        Peer.MustEqual("engine on two threads", expected, engine.FoundAtOnce());
        if (duck is not null)
            Peer.MustEqual("DuckDB", expected, Lists.Of(duck.BothWays().Rows, flat));
        if (postgres is not null)
            Peer.MustEqual("PostgreSQL", expected.Sampled(flat, Few), Lists.Of(postgres.BothWays(Few).Rows, flat).Sampled(flat, Few));

        var sampled = flat.Positions.Where(x => x.Rank % Sample == 0).ToArray();
        var contestants = new List<(Contestant Contestant, long Pairs, int Threads)>
        {
            (Contestant.Of("engine", engine.BothWays), world.Pairs, 1),
            (Contestant.Of("engine", engine.BothWaysAtOnce), world.Pairs, 2),
            (Contestant.Of($"plain objects with LINQ, every {Sample}th position", () => linq.BothWays(sampled, Engine.Top)), (long)sampled.Length * size, 1),
        };
        if (duck is not null)
            contestants.AddRange(
            [
                (new("DuckDB, tuned", () => duck.BothWays(read: false).Milliseconds), world.Pairs, 2),
                (new($"DuckDB, written plainly, every {Sample}th position", () => duck.BothWaysPlainly(Sample, read: false).Milliseconds), (long)sampled.Length * size, 2),
            ]);
        if (postgres is not null)
            contestants.Add((new($"PostgreSQL, every {Few}th position", () => postgres.BothWays(Few).Milliseconds), (long)flat.Positions.Count(x => x.Rank % Few == 0) * size, 2));

        var timings = Measure.InTurns(Rounds, [.. contestants.Select(x => x.Contestant)]);
        var table = new Table("city", $"{size:N0} seekers × {size:N0} positions, top 10 both ways", Machine.Head("city", new[] { duck?.Version, postgres?.Version }.OfType<string>()), "Who", "Threads", "Whole", "A pair", "Engine on one thread is faster", "On two");
        var perPair = timings.Zip(contestants, (timing, x) => timing.Median * 1e6 / x.Pairs).ToArray();
        for (var i = 0; i < timings.Count; i++)
            table.Row(
                contestants[i].Contestant.Name, contestants[i].Threads.ToString(CultureInfo.InvariantCulture),
                Table.Time(timings[i].Median) + Table.Steady(timings[i]), Table.Figures(perPair[i]) + " ns",
                i < 2 ? "" : Table.Figures(perPair[i] / perPair[0]) + " ×", i < 2 ? "" : Table.Figures(perPair[i] / perPair[1]) + " ×");
        table.Line();
        table.Line(string.Create(CultureInfo.InvariantCulture, $"Medians of {Rounds} in turns, run twice. All {expected.Rows:N0} rows (ids, verdicts, scores, order) were equal before anything was timed, PostgreSQL's those of the positions that it is given. "
            + $"All are given what does not depend on a pair: answers as they stand on the day, minutes between districts, closeness between each wish and each title. {100.0 * flat.Survivors(linq) / world.Pairs:F2} % of the pairs survive."));
        if (size != 10_000)
            return;
        Peer.SavePlan("duckdb", "both-ways", duck?.PlanBothWays());
        Peer.SavePlan("postgres", "both-ways", postgres?.PlanBothWays(Few));
        table.Save();
    }
}
