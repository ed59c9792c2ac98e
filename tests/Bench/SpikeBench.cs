using System.CommandLine;
using System.Globalization;
using JobMatch.Bench.Peers;

namespace JobMatch.Bench;

/// <summary>Our policy beside one as simple as can be, on the same people: what it costs that more is decided.</summary>
internal static class SpikeBench
{
    private const int Rounds = 5;

    public static Command Command()
    {
        var size = new Option<int>("--size") { Description = "How many seekers, and how many positions.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("spike", "Our policy and a simple one (flat bits, no bridges, no third answer) side by side: 10,000 × 10,000, top 10 both ways, one thread.") { size };
        command.SetAction(x => Run(x.GetValue(size)));
        return command;
    }

    private static void Run(int size)
    {
        var world = World.City(size, size);
        var flat = new Flat(world);
        var (engine, linq, simple) = (new Engine(world), new LinqPeer(flat), new SimplePolicy(world, flat, Engine.Top));
        engine.BothWays();
        Peer.MustEqual("engine", Lists.Of(linq, flat, Engine.Top), engine.Found());
        simple.BothWays();
        MustEqual(simple.Plainly(), simple.Found());

        var timings = Measure.InTurns(Rounds, Contestant.Of("ours", engine.BothWays), Contestant.Of("simple", simple.BothWays));
        var table = new Table("spike", $"Our policy and a simple one: {size:N0} seekers × {size:N0} positions, top 10 both ways, one thread", Machine.Head("spike"), "What", "Ours", "The simple one");
        table.Row(["Whole", .. timings.Select(x => Table.Time(x.Median) + Table.Steady(x))]);
        table.Row(["A pair", .. timings.Select(x => Table.Figures(x.Median * 1e6 / world.Pairs) + " ns")]);
        table.Row("Pairs that survive", Share(flat.Survivors(linq)), Share(simple.Survivors));
        table.Row("A surviving pair", Table.Figures(timings[0].Median * 1e6 / flat.Survivors(linq)) + " ns", Table.Figures(timings[1].Median * 1e6 / simple.Survivors) + " ns");
        foreach (var (what, ours, theirs) in Decided)
            table.Row(what, ours, theirs);
        table.Line();
        table.Line($"Medians of {Rounds} in turns, run twice. Ours equals plain objects with LINQ, and so does the simple one, each by its own rules, on every list before anything is timed. The simple one keeps 23 bytes of a seeker to decide (needs 8, districts in reach 8, floor 4, hours 2, matched or not 1) and 64 to order.");
        if (size == 10_000)
            table.Save();

        string Share(long pairs) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * pairs / world.Pairs:F2} %");
    }

    private static readonly (string What, string Ours, string Simple)[] Decided =
    [
        ("Answers to a need", "offered, on request, not possible, not stated", "offered, or not"),
        ("Verdicts", "suits, suits if arranged, ask first, does not suit", "suits, or not"),
        ("What closes a gap between ability and demand", "13 axes, bridged by what is offered and marked", "not decided"),
        ("Surroundings and shifts to avoid, with what relieves them", "decided", "not decided"),
        ("Licences, schooling, required skills, contract, workplace, lodging, declines", "decided", "not decided"),
        ("Reach", "surely near, surely far, or a question", "surely near, or not"),
        ("Hours above the most", "part-time on offer is looked at", "not"),
        ("Order", "verdict, nine pluses in exact fractions, id", "four numbers, id"),
        ("Closeness of occupations and words", "decided", "the same code only"),
    ];

    /// <exception cref="InvalidOperationException">A list differs: nothing is timed.</exception>
    private static void MustEqual(((int, int)[][] People, (int, int)[][] Positions) expected, ((int, int)[][] People, (int, int)[][] Positions) given)
    {
        if (!expected.People.Concat(expected.Positions).Zip(given.People.Concat(given.Positions)).All(x => x.First.SequenceEqual(x.Second)))
            throw new InvalidOperationException("The simple policy's lists differ from LINQ's.");
    }
}
