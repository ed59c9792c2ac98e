using System.CommandLine;
using System.Globalization;
using JobMatch.Bench.Peers;
using JobMatch.Population;

namespace JobMatch.Bench;

/// <summary>What a city is not: data on which filters hardly help, and data made to catch out whoever takes short cuts.</summary>
internal static class HardBench
{
    private const int Rounds = 5, Size = 2_000, Sample = 20;

    public static Command Command()
    {
        var command = new Command("hard", "Both ways over a set that is hard to filter and over each trap: engine, plain objects with LINQ; the first also DuckDB and PostgreSQL.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        using var duck = Peer.OrSaid(() => DuckDb.Start(threads: 2));
        using var postgres = Peer.OrSaid(() => Postgres.Start(threads: 2));
        var table = new Table(
            "hard", "Hard sets, top 10 both ways, a pair", Machine.Head("hard", new[] { duck?.Version, postgres?.Version }.OfType<string>()),
            "Set", "Pairs", "Survive", "Engine", "LINQ", "is slower", "DuckDB, 2 threads", "is slower", $"PostgreSQL, 2 processes, every {Sample}th position", "is slower");
        foreach (var world in (IEnumerable<World>)[World.Hard(Size, Size), .. Trap.All(World.Day).Select(World.Of)])
        {
            var isHard = world.Pairs == (long)Size * Size;
            Time(world, isHard ? duck : null, isHard ? postgres : null, table);
        }
        table.Line();
        table.Line($"Medians of {Rounds} in turns, run twice; the engine and LINQ on one thread. All rows (ids, verdicts, scores, order) were equal before anything was timed; PostgreSQL's for the positions that it is given.");
        table.Save();
    }

    private static void Time(World world, DuckDb? duck, Postgres? postgres, Table table)
    {
        var flat = new Flat(world);
        var (engine, linq) = (new Engine(world), new LinqPeer(flat));
        var expected = Lists.Of(linq, flat, Engine.Top);
        engine.BothWays();
        Peer.MustEqual("engine", expected, engine.Found());
        var tables = new Tables(flat);
        duck?.Load(tables);
        postgres?.Load(tables);
        if (duck is not null)
            Peer.MustEqual("DuckDB", expected, Lists.Of(duck.BothWays().Rows, flat));
        if (postgres is not null)
            Peer.MustEqual("PostgreSQL", expected.Sampled(flat, Sample), Lists.Of(postgres.BothWays(Sample).Rows, flat).Sampled(flat, Sample));

        var contestants = new List<(Contestant? Contestant, long Pairs)>
        {
            (Contestant.Of("engine", engine.BothWays), world.Pairs),
            (Contestant.Of("LINQ", () => linq.BothWays(flat.Positions, Engine.Top)), world.Pairs),
            (duck is null ? null : new("DuckDB", () => duck.BothWays(read: false).Milliseconds), world.Pairs),
            (postgres is null ? null : new("PostgreSQL", () => postgres.BothWays(Sample).Milliseconds), (long)flat.Positions.Count(x => x.Rank % Sample == 0) * world.Seekers.Length),
        };
        var timings = Measure.InTurns(Rounds, [.. contestants.Select(x => x.Contestant).OfType<Contestant>()]);
        double? Pair(int i) => contestants[i].Contestant is { } one ? timings.Single(x => x.Name == one.Name).Median * 1e6 / contestants[i].Pairs : null;
        var cells = new List<string> { world.Name, world.Pairs.ToString("N0", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{100.0 * flat.Survivors(linq) / world.Pairs:F1} %"), Table.Figures(Pair(0)!.Value) + " ns" + Table.Steady(timings[0]) };
        for (var i = 1; i < contestants.Count; i++)
            cells.AddRange(Pair(i) is { } time ? [Table.Figures(time) + " ns", Table.Figures(time / Pair(0)!.Value) + " ×"] : ["", ""]);
        table.Row(cells);
    }
}
