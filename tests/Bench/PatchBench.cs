using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>One changed row in loaded columns, and what a reader notices of it.</summary>
internal static class PatchBench
{
    private const int Rows = 100_000, Changes = 1_000, Rounds = 9;

    public static Command Command()
    {
        var command = new Command("patch", "One changed row patched into loaded columns of 100,000 seekers, and of 100,000 positions; what a reader notices.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var world = World.City(Rows, Rows);
        var numbering = new Numbering(world.Codes);
        var people = new SeekerShard(numbering, world.Seekers.Select(x => (x, 0)));
        var jobs = new PositionShard(numbering, world.Today, world.Positions.Select(x => (x, 0)));
        // Each takes the place of one with other answers, spread over all blocks.
        var changedPeople = Enumerable.Range(0, Changes).Select(i => world.Seekers[(i * 97 + 1) % Rows] with { Id = world.Seekers[i * 97].Id }).ToArray();
        var changedJobs = Enumerable.Range(0, Changes).Select(i => world.Positions[(i * 97 + 1) % Rows] with { Id = world.Positions[i * 97].Id }).ToArray();
        void People()
        {
            foreach (var one in changedPeople)
                people.Put(one);
        }
        void Jobs()
        {
            foreach (var one in changedJobs)
                jobs.Put(one);
        }
        var (calm, writing) = (Asking(jobs, numbering, world, null), Asking(jobs, numbering, world, Jobs));
        Table.Parts("patch", $"One changed row among {Rows:N0} loaded", Rounds, [("a seeker's", People), ("a position's", Jobs)], string.Create(CultureInfo.InvariantCulture,
            $"{Changes:N0} rows changed one after the other, time for one; packing the row is part of it, the dictionary of ids, made at the first change, is not. To reach: 20 µs. "
            + $"A reader that asks for one seeker's top 10 again and again on the other core: median {calm.Median:F2} ms and slowest in a hundred {calm.Slowest:F2} ms while nobody writes, {writing.Median:F2} ms and {writing.Slowest:F2} ms while every change comes as fast as it can."),
            Changes);
    }

    /// <summary>How long a reader's answers take while somebody else does something over and over.</summary>
    private static (double Median, double Slowest) Asking(PositionShard shard, Numbering numbering, World world, Action? meanwhile)
    {
        const int Answers = 1_000;
        var done = false;
        var other = new Thread(() =>
        {
            while (meanwhile is not null && !Volatile.Read(ref done))
                meanwhile();
        });
        var asking = numbering.Pack(world.Seekers[0]);
        var best = new Ranking[Engine.Top];
        shard.Columns.Best(asking, best, out _);
        other.Start();
        var taken = new double[Answers];
        for (var i = 0; i < Answers; i++)
        {
            var start = Stopwatch.GetTimestamp();
            shard.Columns.Best(asking, best, out _);
            taken[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Volatile.Write(ref done, true);
        other.Join();
        Array.Sort(taken);
        return (taken[Answers / 2], taken[Answers * 99 / 100]);
    }
}
