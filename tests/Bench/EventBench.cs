using System.CommandLine;
using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>An event as staff and employers see it: everybody's list both ways, with reasons.</summary>
internal static class EventBench
{
    private const int People = 10_000, Jobs = 300, Rounds = 9;

    public static Command Command()
    {
        var command = new Command("event", "One event, 300 positions × 10,000 seekers, top 10 both ways, with rule codes for every list and sentences for the positions' lists.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var world = World.City(People, Jobs);
        var (flat, engine) = (new Flat(world), new Engine(world));
        engine.BothWays();
        Peer.MustEqual("engine", Lists.Of(new LinqPeer(flat), flat, Engine.Top), engine.Found());
        var reasons = new Explained(world, engine);
        reasons.MustBeReadable();
        Table.Parts("event", $"One event: {Jobs} positions × {People:N0} seekers, top 10 both ways", Rounds,
            [
                ("lists", engine.BothWays),
                ("… with rule codes for every list", () => { engine.BothWays(); reasons.ForSeekers(); reasons.ForPositions(); }),
                ("… and sentences for the positions' lists", () => { engine.BothWays(); reasons.ForSeekers(); reasons.SayForPositions(); }),
            ],
            "One thread. Lists are equal to those of plain objects, and rule rows to those of the readable rules, before anything is timed. Sentences are made of these rows, in Chinese, for the employer, one for each rule row that is shown. To reach: 12 ms.");
    }
}

/// <summary>The reasons of what was found last: as numbers, and in words.</summary>
internal sealed class Explained
{
    private readonly World world;
    private readonly Engine engine;
    private readonly Seeker?[] seekers;
    private readonly PackedSeeker?[] packed;
    private readonly Position?[] positions;
    private readonly RuleCode[] codes = new RuleCode[RuleCode.Most];
    private readonly Ranking[] best = new Ranking[Engine.Top];

    public Explained(World world, Engine engine)
    {
        (this.world, this.engine) = (world, engine);
        var (people, jobs) = (world.Seekers.ToDictionary(x => x.Id), world.Positions.ToDictionary(x => x.Id));
        seekers = [.. Enumerable.Range(0, engine.Seekers.Rows).Select(row => engine.Seekers.IsLive(row) ? people[engine.Seekers.IdAt(row)] : null)];
        packed = [.. seekers.Select(x => x is null ? null : engine.Numbering.Pack(x))];
        positions = [.. Enumerable.Range(0, engine.Positions.Rows).Select(row => engine.Positions.IsLive(row) ? jobs[engine.Positions.IdAt(row)] : null)];
    }

    public int Sentences { get; private set; }

    /// <summary>Rule codes of every seeker's list.</summary>
    public void ForSeekers()
    {
        for (var row = 0; row < packed.Length; row++)
            if (packed[row] is { } seeker)
                foreach (var one in best.AsSpan(0, engine.All.OfSeeker(row, best)))
                    Reasons.Of(seeker, engine.Positions.At(one.Row), engine.Numbering, codes);
    }

    /// <summary>Rule codes of every position's list.</summary>
    public void ForPositions() => OfPositions((_, _, _) => { });

    /// <summary>Sentences of every position's list.</summary>
    public void SayForPositions()
    {
        Sentences = 0;
        OfPositions((one, row, count) => Sentences += Say(engine, world, seekers[one.Row]!, positions[row]!, one, codes.AsSpan(0, count), Audience.Employer));
    }

    /// <exception cref="InvalidOperationException">A sentence is not the readable rules'.</exception>
    public void MustBeReadable() => OfPositions((one, row, count) => MustBeReadable(world, engine, seekers[one.Row]!, positions[row]!, codes.AsSpan(0, count)));

    public static void MustBeReadable(World world, Engine engine, Seeker seeker, Position position, ReadOnlySpan<RuleCode> codes)
    {
        var readable = Policy.Judge(seeker, position, world.Today, world.Codes).Rules.Where(x => x.Stated);
        if (!readable.SequenceEqual(codes.ToArray().Select(x => x.Row(engine.Numbering))))
            throw new InvalidOperationException($"{seeker.Id} and {position.Id}: the reasons differ.");
    }

    /// <summary>Makes the sentences of a pair's rows; how many.</summary>
    public static int Say(Engine engine, World world, Seeker seeker, Position position, Ranking one, ReadOnlySpan<RuleCode> codes, Audience audience)
    {
        var match = new Match(seeker, position, world.Today, one.Verdict, [], [], one.Tenths, Policy.Version);
        var said = 0;
        foreach (var code in codes)
            said += Matching.Sentences.For(code.Row(engine.Numbering), match, audience, Language.Chinese, world.Codes).Length > 0 ? 1 : 0;
        return said;
    }

    private void OfPositions(Action<Ranking, int, int> then)
    {
        for (var row = 0; row < positions.Length; row++)
            if (positions[row] is not null)
                foreach (var one in best.AsSpan(0, engine.All.OfPosition(row, best)))
                    then(one, row, Reasons.Of(packed[one.Row]!, engine.Positions.At(row), engine.Numbering, codes));
    }
}
