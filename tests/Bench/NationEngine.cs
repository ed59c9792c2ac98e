using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>
/// A nation's seekers in the engine, in as many parts as there are threads: loaded side by side, asked side by side, and what
/// each part found is put together. Rows of a district stand together, as in a shard.
/// </summary>
internal sealed class NationEngine
{
    public const int Top = 10;

    private readonly SeekerColumns[] parts;
    private readonly Ranking[][] best;
    private readonly int[] filled;
    private readonly VerdictCounts[] counts;
    private readonly (int Part, Ranking Place)[] merged = new (int, Ranking)[Top];

    /// <param name="parts">Each sorted by district.</param>
    public NationEngine(Numbering numbering, params IEnumerable<Seeker>[] parts)
    {
        Numbering = numbering;
        this.parts = new SeekerColumns[parts.Length];
        (best, filled, counts) = ([.. parts.Select(_ => new Ranking[Top])], new int[parts.Length], new VerdictCounts[parts.Length]);
        Each(parts.Length, part => this.parts[part] = new SeekerShard(numbering, parts[part].Select(x => (x, 0)), sorted: true).Columns);
    }

    public Numbering Numbering { get; }

    public IReadOnlyList<SeekerColumns> Parts => parts;

    public int Count => parts.Sum(x => x.Count);

    /// <summary>The ten best of everybody, on one thread.</summary>
    public VerdictCounts Best(PackedPosition position)
    {
        for (var part = 0; part < parts.Length; part++)
            Ask(part, position);
        return Merge();
    }

    /// <summary>The same, each part on a thread of its own.</summary>
    public VerdictCounts BestAtOnce(PackedPosition position)
    {
        Each(parts.Length, part => Ask(part, position));
        return Merge();
    }

    /// <summary>What was found last, by name.</summary>
    public Ranked[] Found() => [.. merged.TakeWhile(x => x.Part >= 0).Select(x => new Ranked(parts[x.Part].IdAt(x.Place.Row), x.Place.Verdict, x.Place.Tenths))];

    private void Ask(int part, PackedPosition position) => counts[part] = parts[part].Best(position, best[part], out filled[part]);

    private VerdictCounts Merge()
    {
        Span<int> at = stackalloc int[parts.Length];
        at.Clear();
        for (var place = 0; place < Top; place++)
        {
            var first = -1;
            for (var part = 0; part < parts.Length; part++)
                if (at[part] < filled[part] && (first < 0 || Compare(part, best[part][at[part]], first, best[first][at[first]]) < 0))
                    first = part;
            merged[place] = first < 0 ? (-1, default) : (first, best[first][at[first]++]);
        }
        return counts.Aggregate((x, y) => new(x.Suits + y.Suits, x.IfArranged + y.IfArranged, x.AskFirst + y.AskFirst, x.DoesNotSuit + y.DoesNotSuit));
    }

    private int Compare(int part, Ranking one, int otherPart, Ranking other) =>
        one.Verdict != other.Verdict ? one.Verdict.CompareTo(other.Verdict)
        : one.Tenths != other.Tenths ? other.Tenths.CompareTo(one.Tenths)
        : string.CompareOrdinal(parts[part].IdAt(one.Row), parts[otherPart].IdAt(other.Row));

    private static void Each(int count, Action<int> work) => Parallel.For(0, count, new() { MaxDegreeOfParallelism = count }, work);
}
