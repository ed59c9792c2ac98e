using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>The engine over a world, ready to be asked.</summary>
internal sealed class Engine
{
    public const int Top = 10;

    public Engine(World world)
    {
        var numbering = new Numbering(world.Codes);
        Seekers = new SeekerShard(numbering, world.Seekers.Select(x => (x, 0))).Columns;
        Positions = new PositionShard(numbering, world.Today, world.Positions.Select(x => (x, 0))).Columns;
        AskingSeekers = [.. world.Seekers.Select(numbering.Pack)];
        AskingPositions = [.. world.Positions.Select(x => numbering.Pack(x, world.Today))];
    }

    public SeekerColumns Seekers { get; }

    public PositionColumns Positions { get; }

    public PackedSeeker[] AskingSeekers { get; }

    public PackedPosition[] AskingPositions { get; }

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

    /// <summary>The ten best people for each position, one after the other.</summary>
    public long BestPeople(int from, int to)
    {
        Span<Ranking> best = stackalloc Ranking[Top];
        var found = 0L;
        for (var i = from; i < to; i++)
        {
            Seekers.Best(AskingPositions[i], best, out var filled);
            found += filled;
        }
        return found;
    }

    /// <summary>The ten best positions for each person, one after the other.</summary>
    public long BestPositions(int from, int to)
    {
        Span<Ranking> best = stackalloc Ranking[Top];
        var found = 0L;
        for (var i = from; i < to; i++)
        {
            Positions.Best(AskingSeekers[i], best, out var filled);
            found += filled;
        }
        return found;
    }
}
