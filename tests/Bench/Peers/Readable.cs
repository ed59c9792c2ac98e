using JobMatch.Matching;

namespace JobMatch.Bench.Peers;

/// <summary>The readable policy on every pair: what all others must give.</summary>
internal sealed class Readable(World world)
{
    private readonly Ranked[][] judged =
        [.. world.Positions.AsParallel().AsOrdered().Select(position => world.Seekers.Select(seeker => Policy.Judge(seeker, position, world.Today, world.Codes)).Select(x => new Ranked(x.Seeker.Id, x.Verdict, x.Tenths)).ToArray())];

    public IEnumerable<Ranked> BestPeople(int position) => Best(judged[position]);

    public IEnumerable<Ranked> BestPositions(int seeker) => Best(judged.Select((row, i) => row[seeker] with { Id = world.Positions[i].Id }));

    private static IEnumerable<Ranked> Best(IEnumerable<Ranked> pairs) =>
        pairs.Where(x => x.Verdict != Verdict.DoesNotSuit).OrderBy(x => x.Verdict).ThenByDescending(x => x.Tenths).ThenBy(x => x.Id, StringComparer.Ordinal);
}
