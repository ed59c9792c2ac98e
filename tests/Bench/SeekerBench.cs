using System.CommandLine;
using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>What one person asks for: the best ten of a city's open positions, and why.</summary>
internal static class SeekerBench
{
    private const int Asking = 100, Jobs = 100_000, Rounds = 9;

    public static Command Command()
    {
        var command = new Command("seeker", "One seeker's top 10 among 100,000 open positions, with sentences.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var world = World.City(Asking, Jobs);
        var engine = new Engine(world);
        var flat = new Flat(world);
        var linq = new LinqPeer(flat);
        var best = new Ranking[Engine.Top];
        for (var i = 0; i < Asking; i++)
            if (!linq.BestPositions(flat.Seekers[i], Engine.Top).SequenceEqual(engine.BestPositions(i, best)))
                throw new InvalidOperationException($"{world.Seekers[i].Id}: the lists differ.");
        var jobs = world.Positions.ToDictionary(x => x.Id);
        var rows = Enumerable.Range(0, engine.Positions.Rows).Select(row => engine.Positions.IsLive(row) ? jobs[engine.Positions.IdAt(row)] : null).ToArray();
        var codes = new RuleCode[RuleCode.Most];

        void Each(Action<int, Ranking> then)
        {
            for (var i = 0; i < Asking; i++)
            {
                engine.Positions.Best(engine.AskingSeekers[i], best, out var filled);
                foreach (var one in best.AsSpan(0, filled))
                    then(i, one);
            }
        }
        int CodesOf(int i, Ranking one) => Reasons.Of(engine.AskingSeekers[i], engine.Positions.At(one.Row), engine.Numbering, codes);

        Each((i, one) => Explained.MustBeReadable(world, engine, world.Seekers[i], rows[one.Row]!, codes.AsSpan(0, CodesOf(i, one))));
        Table.Parts("seeker", $"One seeker's top 10 among {Jobs:N0} positions", Rounds,
            [
                ("list", () => Each((_, _) => { })),
                ("… with rule codes", () => Each((i, one) => CodesOf(i, one))),
                ("… and sentences", () => Each((i, one) => Explained.Say(engine, world, world.Seekers[i], rows[one.Row]!, one, codes.AsSpan(0, CodesOf(i, one)), Audience.Seeker))),
            ],
            $"One thread; {Asking} seekers one after the other, time for one. Lists are equal to those of plain objects, and reasons to the readable rules, before anything is timed. To reach: 0.3 ms.", Asking);
    }
}
