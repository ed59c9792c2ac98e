using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>The engine over a world, ready to be asked.</summary>
internal sealed class Engine
{
    public const int Top = 10;

    private readonly World world;
    private readonly PositionColumns[] halves;
    private readonly BestOfAll[] each;

    /// <param name="threads">On how many threads both ways are asked at once, at most; the positions are dealt out among them.</param>
    public Engine(World world, int threads = 1)
    {
        this.world = world;
        Numbering = new(world.Codes);
        Seekers = new SeekerShard(Numbering, world.Seekers.Select(x => (x, 0))).Columns;
        Positions = new PositionShard(Numbering, world.Today, world.Positions.Select(x => (x, 0))).Columns;
        AskingSeekers = [.. world.Seekers.Select(Numbering.Pack)];
        AskingPositions = [.. world.Positions.Select(x => Numbering.Pack(x, world.Today))];
        halves = [.. Enumerable.Range(0, threads).Select(part => new PositionShard(Numbering, world.Today, world.Positions.Where((_, i) => i % threads == part).Select(x => (x, 0))).Columns)];
        each = [.. halves.Select(_ => new BestOfAll(Top))];
    }

    public Numbering Numbering { get; }

    /// <summary>What was found last on one thread.</summary>
    public BestOfAll All { get; } = new(Top);

    public SeekerColumns Seekers { get; }

    public PositionColumns Positions { get; }

    public PackedSeeker[] AskingSeekers { get; }

    public PackedPosition[] AskingPositions { get; }

    /// <summary>Everybody's ten best, both ways, on one thread.</summary>
    public void BothWays() => All.Run(Seekers, Positions);

    /// <summary>The same on several threads, each with its share of the positions; what they found for a seeker is put together.</summary>
    public void BothWaysAtOnce()
    {
        Parallel.For(0, halves.Length, new() { MaxDegreeOfParallelism = halves.Length }, part => each[part].Run(Seekers, halves[part]));
        Parallel.For(0, halves.Length, new() { MaxDegreeOfParallelism = halves.Length }, part =>
        {
            for (var row = Seekers.Rows * part / halves.Length; row < Seekers.Rows * (part + 1) / halves.Length; row++)
                Merge(row);
        });
    }

    private List<Ranked> Merge(int row)
    {
        Span<Ranking> best = stackalloc Ranking[Top];
        var both = new List<Ranked>(Top * halves.Length);
        for (var part = 0; part < halves.Length; part++)
            both.AddRange(Named(best[..each[part].OfSeeker(row, best)], halves[part].IdAt));
        both.Sort(static (a, b) => a.Verdict != b.Verdict ? a.Verdict.CompareTo(b.Verdict) : a.Tenths != b.Tenths ? b.Tenths.CompareTo(a.Tenths) : string.CompareOrdinal(a.Id, b.Id));
        if (both.Count > Top)
            both.RemoveRange(Top, both.Count - Top);
        return both;
    }

    /// <summary>What was found last on one thread, by name.</summary>
    public Lists Found() => Found(row => Read(All.OfPosition, row, Seekers.IdAt), row => Read(All.OfSeeker, row, Positions.IdAt));

    /// <summary>What was found last on several, by name.</summary>
    public Lists FoundAtOnce()
    {
        var byId = halves.SelectMany((half, part) => Live(half.Rows, half.IsLive).Select(row => (Id: half.IdAt(row), List: Read(each[part].OfPosition, row, Seekers.IdAt)))).ToDictionary(x => x.Id, x => x.List);
        return Found(row => byId[Positions.IdAt(row)], row => [.. Merge(row)]);
    }

    private Lists Found(Func<int, Ranked[]> ofPosition, Func<int, Ranked[]> ofSeeker)
    {
        var people = Live(Positions.Rows, Positions.IsLive).ToDictionary(Positions.IdAt, ofPosition);
        var jobs = Live(Seekers.Rows, Seekers.IsLive).ToDictionary(Seekers.IdAt, ofSeeker);
        return new([.. world.Positions.Select(x => people[x.Id])], [.. world.Seekers.Select(x => jobs[x.Id])]);
    }

    private static IEnumerable<int> Live(int rows, Func<int, bool> isLive) => Enumerable.Range(0, rows).Where(isLive);

    private delegate int Reader(int row, Span<Ranking> best);

    private static Ranked[] Read(Reader reader, int row, Func<int, string> id)
    {
        Span<Ranking> best = stackalloc Ranking[Top];
        return [.. Named(best[..reader(row, best)], id)];
    }

    /// <summary>The best people for one position, by name.</summary>
    public IReadOnlyList<Ranked> BestPeople(int position, Span<Ranking> best)
    {
        Seekers.Best(AskingPositions[position], best, out var filled);
        return Named(best[..filled], Seekers.IdAt);
    }

    /// <summary>The best positions for one person, by name.</summary>
    public IReadOnlyList<Ranked> BestPositions(int seeker, Span<Ranking> best)
    {
        Positions.Best(AskingSeekers[seeker], best, out var filled);
        return Named(best[..filled], Positions.IdAt);
    }

    private static List<Ranked> Named(ReadOnlySpan<Ranking> best, Func<int, string> id)
    {
        var named = new List<Ranked>(best.Length);
        foreach (var one in best)
            named.Add(new(id(one.Row), one.Verdict, one.Tenths));
        return named;
    }
}
