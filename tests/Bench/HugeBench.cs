using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using JobMatch.Bench.Peers;
using JobMatch.Matching;
using JobMatch.Population;

namespace JobMatch.Bench;

/// <summary>Everybody of working age who might be asked in a whole country: 18 million seekers in one process.</summary>
internal static class HugeBench
{
    private const int Rounds = 5, Threads = 2, Whole = 18_000_000, Checked = 20_000;

    public static Command Command()
    {
        var size = new Option<int>("--size") { Description = "How many seekers.", DefaultValueFactory = _ => Whole };
        var command = new Command("huge", "18 million seekers in memory: bytes held, one on-site and one remote position's ten best.") { size };
        command.SetAction(x => Run(x.GetValue(size)));
        return command;
    }

    private static void Run(int size)
    {
        var nation = new Nation(1, World.Day);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var engine = Load(nation, size);
        var loading = Stopwatch.GetElapsedTime(start);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine.Count:N0} seekers loaded in {loading.TotalSeconds:F0} s, {held:N0} bytes"));

        var world = new World("nation", [], [.. Enumerable.Range(0, World.NationalPositions).Select(nation.Position)], World.Day, nation.Codes);
        var chosen = NationPeers.Chosen(world, engine);
        Check(nation, size, engine, chosen.Select(x => (x.Position, x.Packed)));
        var table = new Table(
            "huge", $"One position against {size:N0} seekers, ten best", Machine.Head("huge"), "Position", "Threads", "Time");
        foreach (var asked in chosen.Where(x => x.IsTimed))
        {
            var times = asked.Position.Place == Place.Remote ? 3 : 200;
            var timings = Measure.InTurns(
                Rounds,
                Contestant.Of("1", () => Often(times, () => engine.Best(asked.Packed))),
                Contestant.Of(Threads.ToString(CultureInfo.InvariantCulture), () => Often(times, () => engine.BestAtOnce(asked.Packed))));
            foreach (var timing in timings)
                table.Row(string.Create(CultureInfo.InvariantCulture, $"{asked.Kind}, {100.0 * asked.Counts.Open / size:F2} % survive"), timing.Name, Table.Time(timing.Median / times) + Table.Steady(timing));
        }
        var resident = Environment.WorkingSet;
        table.Line();
        table.Line(string.Create(CultureInfo.InvariantCulture, $"{held / 1e9:F2} GB held: {(double)held / size:F1} bytes a seeker, ids of {engine.Parts[0].IdAt(0).Length} characters and everything that is numbered among them. The process was given {resident / 1e9:F2} GB while it loaded in {loading.TotalSeconds:F0} s. ")
            + $"Medians of {Rounds} in turns, run twice. The lists of {chosen.Count} positions were checked with the readable policy: whoever stands in them, and {Checked:N0} others, none of whom is better.");
        if (size == Whole)
            table.Save();
    }

    // Cities are dealt out in turn, so that either thread has big ones and small ones.
    private static NationEngine Load(Nation nation, int size)
    {
        var cities = nation.ByCity(size).ToList();
        return new(new(nation.Codes), [.. Enumerable.Range(0, Threads).Select(part => cities.Where((_, i) => i % Threads == part).SelectMany(x => x))]);
    }

    private static void Often(int times, Action work)
    {
        for (var i = 0; i < times; i++)
            work();
    }

    /// <exception cref="InvalidOperationException">A list is not what the readable policy says of those who are asked again.</exception>
    private static void Check(Nation nation, int size, NationEngine engine, IEnumerable<(Position Position, PackedPosition Packed)> all)
    {
        var others = Enumerable.Range(0, Checked).Select(i => nation.Seeker((int)((long)size * i / Checked), size)).ToList();
        foreach (var (position, packed) in all)
        {
            engine.Best(packed);
            var found = engine.Found();
            engine.BestAtOnce(packed);
            Match Judged(Seeker seeker) => Policy.Judge(seeker, position, World.Day, nation.Codes);
            var listed = found.Select(x => Judged(nation.Seeker(int.Parse(x.Id[1..], CultureInfo.InvariantCulture) - 1, size))).ToList();
            var better = others.AsParallel().Select(Judged).Where(x => x.Verdict != Verdict.DoesNotSuit && (listed.Count < NationEngine.Top || Policy.PeopleBestFirst.Compare(x, listed[^1]) < 0)).ToList();
            if (!engine.Found().AsSpan().SequenceEqual(found) || !listed.Select(x => new Ranked(x.Seeker.Id, x.Verdict, x.Tenths)).SequenceEqual(found) || better.Any(x => found.All(y => y.Id != x.Seeker.Id)))
                throw new InvalidOperationException($"The list of {position.Id} is not what the readable policy says.");
        }
    }
}
