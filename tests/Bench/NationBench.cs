using System.CommandLine;
using System.Globalization;
using JobMatch.Bench.Peers;

namespace JobMatch.Bench;

/// <summary>One position against a million seekers, beside plain objects, DuckDB and PostgreSQL.</summary>
internal static class NationBench
{
    private const int Rounds = 5, Threads = 2, Whole = 1_000_000;

    public static Command Command()
    {
        var size = new Option<int>("--size") { Description = "How many seekers.", DefaultValueFactory = _ => Whole };
        var command = new Command("nation", "One on-site and one remote position against a million seekers: engine, plain objects with LINQ, DuckDB, PostgreSQL.") { size };
        command.SetAction(x => Run(x.GetValue(size)));
        return command;
    }

    private static void Run(int size)
    {
        using var nation = new NationPeers(World.Nation(size), Threads);
        if (nation.Difference() is { } difference)
            throw new InvalidOperationException(difference);

        var versions = new[] { nation.Duck?.Version, nation.Postgres?.Version }.OfType<string>();
        var table = new Table("nation", $"One position against {size:N0} seekers, ten best", Machine.Head("nation", versions), "Position", "Who", "Threads", "Time", "Engine on one thread is faster", "On two");
        foreach (var asked in nation.Asked.Where(x => x.IsTimed))
            Time(nation, asked, table);
        table.Line();
        table.Line($"Medians of {Rounds} in turns, run twice. The ten best of {nation.Asked.Count} positions (ids, verdicts, scores, order) were equal before anything was timed; of each kind, the one whose share of survivors is nearest to what is usual (0.2 and 5 %) is timed. The on-site one says that it has no bed. "
            + "The databases' statements are prepared for the very position, and they are given what does not depend on a pair: answers as they stand on the day, minutes between districts, closeness between wishes and the title. Statements and plans: tests/Bench/sql.");
        if (size != Whole)
            return;
        SavePlans(nation);
        table.Save();
    }

    private static void Time(NationPeers nation, AskedPosition asked, Table table)
    {
        // The engine's answer is too short for the clock alone.
        var times = asked.Flat.Remote ? 20 : 500;
        var contestants = new List<(Contestant Contestant, int Threads, int Times)>
        {
            (Contestant.Of("engine", () => Often(times, () => nation.Engine.Best(asked.Packed))), 1, times),
            (Contestant.Of("engine", () => Often(times, () => nation.Engine.BestAtOnce(asked.Packed))), Threads, times),
            (Contestant.Of("plain objects with LINQ", () => _ = nation.Linq.BestPeople(asked.Flat, NationEngine.Top).ToList()), 1, 1),
        };
        if (nation.Duck is { } duck)
            contestants.Add((new("DuckDB", () => duck.Execute(asked.Flat.Id).Milliseconds), Threads, 1));
        if (nation.Postgres is { } postgres)
            contestants.Add((new("PostgreSQL", () => postgres.Execute(asked.Flat.Id).Milliseconds), Threads, 1));
        var timings = Measure.InTurns(Rounds, [.. contestants.Select(x => x.Contestant)]);
        var each = timings.Zip(contestants, (timing, x) => timing.Median / x.Times).ToArray();
        var kind = string.Create(CultureInfo.InvariantCulture, $"{asked.Kind}, {100.0 * asked.Counts.Open / nation.Engine.Count:F2} % survive");
        for (var i = 0; i < timings.Count; i++)
            table.Row(
                kind, timings[i].Name, contestants[i].Threads.ToString(CultureInfo.InvariantCulture), Table.Time(each[i]) + Table.Steady(timings[i]),
                i < 2 ? "" : Table.Figures(each[i] / each[0]) + " ×", i < 2 ? "" : Table.Figures(each[i] / each[1]) + " ×");
    }

    private static void Often(int times, Action work)
    {
        for (var i = 0; i < times; i++)
            work();
    }

    /// <summary>How each database goes about it, next to the statements.</summary>
    private static void SavePlans(NationPeers nation)
    {
        foreach (var asked in nation.Asked.Where(x => x.IsTimed))
        {
            Peer.SavePlan("duckdb", $"one-{asked.Kind}", nation.Duck?.Plan(nation.DuckSql(asked)));
            Peer.SavePlan("postgres", $"one-{asked.Kind}", nation.Postgres?.Plan(nation.PostgresSql(asked)));
        }
    }
}
