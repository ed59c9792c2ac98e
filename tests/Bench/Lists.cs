using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>The best of everybody for everybody: by position and by seeker, in the world's order.</summary>
internal sealed record Lists(Ranked[][] People, Ranked[][] Positions)
{
    /// <summary>The first list that differs, told; null where all are equal.</summary>
    public string? DifferenceTo(Lists other) => Difference("position", People, other.People) ?? Difference("seeker", Positions, other.Positions);

    public int Rows => People.Sum(x => x.Length) + Positions.Sum(x => x.Length);

    /// <summary>Only what is said of every so-manieth position, for who is asked about those alone.</summary>
    public Lists Sampled(Flat flat, int every) => new([.. People.Where((_, i) => flat.Positions[i].Rank % every == 0)], []);

    private static string? Difference(string of, Ranked[][] one, Ranked[][] other)
    {
        for (var i = 0; i < one.Length; i++)
            if (!one[i].AsSpan().SequenceEqual(other[i]))
                return $"{of} {i}: {string.Join(", ", one[i])} and {string.Join(", ", other[i])}";
        return null;
    }

    public static Lists Of(Engine engine, World world, int top)
    {
        var best = new Ranking[top];
        return new(
            [.. Enumerable.Range(0, world.Positions.Length).Select(i => engine.BestPeople(i, best).ToArray())],
            [.. Enumerable.Range(0, world.Seekers.Length).Select(i => engine.BestPositions(i, best).ToArray())]);
    }

    public static Lists Of(LinqPeer linq, Flat flat, int top) =>
        new([.. flat.Positions.AsParallel().AsOrdered().Select(x => linq.BestPeople(x, top).ToArray())], [.. flat.Seekers.AsParallel().AsOrdered().Select(x => linq.BestPositions(x, top).ToArray())]);

    /// <summary>From rows of (whose list a seeker's, whose rank, keys); a key holds verdict, 1000 − tenths and the other's rank.</summary>
    public static Lists Of(IEnumerable<(bool OfSeeker, int Rank, long[] Keys)> rows, Flat flat)
    {
        var (people, positions) = (flat.Seekers.OrderBy(x => x.Rank).Select(x => x.Id).ToArray(), flat.Positions.OrderBy(x => x.Rank).Select(x => x.Id).ToArray());
        var (ofPosition, ofSeeker) = (new Dictionary<int, Ranked[]>(), new Dictionary<int, Ranked[]>());
        foreach (var (seeker, rank, keys) in rows)
            (seeker ? ofSeeker : ofPosition)[rank] = [.. keys.Select(key => new Ranked((seeker ? positions : people)[(int)(key & 0xffffffff)], (Verdict)(key >> 44), 1000 - (int)(key >> 32 & 0xfff)))];
        return new([.. flat.Positions.Select(x => ofPosition.GetValueOrDefault(x.Rank) ?? [])], [.. flat.Seekers.Select(x => ofSeeker.GetValueOrDefault(x.Rank) ?? [])]);
    }
}
