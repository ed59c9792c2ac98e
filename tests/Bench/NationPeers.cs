using JobMatch.Bench.Peers;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>A position that everybody is asked about.</summary>
/// <param name="Kind">On-site or remote.</param>
/// <param name="IsTimed">The one of its kind whose share of survivors is the usual one.</param>
internal sealed record AskedPosition(string Kind, bool IsTimed, FlatPosition Flat, PackedPosition Packed, VerdictCounts Counts);

/// <summary>A nation's seekers and some of its positions, in the engine and in every peer that is installed.</summary>
internal sealed class NationPeers : IDisposable
{
    private const int Spaced = 5;

    private readonly Tables tables;
    private readonly string[] idByRank;

    /// <param name="threads">Of the engine's parts and of each database.</param>
    public NationPeers(World world, int threads)
    {
        var numbering = new Numbering(world.Codes);
        Engine = new(numbering, [.. Enumerable.Range(0, threads).Select(part => world.Seekers[(world.Seekers.Length * part / threads)..(world.Seekers.Length * (part + 1) / threads)])]);
        var chosen = Chosen(world, Engine);
        var flat = new Flat(world with { Positions = [.. chosen.Select(x => x.Position)] });
        Asked = [.. chosen.Select((x, i) => new AskedPosition(x.Kind, x.IsTimed, flat.Positions[i], x.Packed, x.Counts))];
        Linq = new(flat);
        idByRank = [.. flat.Seekers.OrderBy(x => x.Rank).Select(x => x.Id)];
        tables = new(flat);
        try
        {
            Duck = Peer.OrSaid(() => DuckDb.Start(threads));
            Duck?.Load(tables);
            Postgres = Peer.OrSaid(() => Peers.Postgres.Start(threads));
            Postgres?.Load(tables);
            foreach (var asked in Asked)
            {
                Duck?.Prepare(asked.Flat.Id, DuckSql(asked));
                Postgres?.Prepare(asked.Flat.Id, PostgresSql(asked));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public NationEngine Engine { get; }

    public LinqPeer Linq { get; }

    public DuckDb? Duck { get; }

    public Postgres? Postgres { get; }

    public IReadOnlyList<AskedPosition> Asked { get; }

    public string DuckSql(AskedPosition asked) => OnePosition.Sql("duckdb", asked.Flat, tables.Facts(asked.Flat, DuckDb.List));

    public string PostgresSql(AskedPosition asked) => OnePosition.Sql("postgres", asked.Flat, tables.Facts(asked.Flat, list => $"'{Peers.Postgres.List(list)}'"));

    /// <summary>The first list that differs, told; null where everybody gives the same ids, verdicts and scores in the same order.</summary>
    public string? Difference()
    {
        foreach (var asked in Asked)
        {
            Ranked[] expected = [.. Linq.BestPeople(asked.Flat, NationEngine.Top)];
            Engine.Best(asked.Packed);
            var alone = Engine.Found();
            Engine.BestAtOnce(asked.Packed);
            foreach (var (name, found) in new[]
            {
                ("the engine", alone), ("the engine at once", Engine.Found()),
                ("DuckDB", Duck is null ? expected : OnePosition.Read(Duck.Execute(asked.Flat.Id).Rows, idByRank)), ("PostgreSQL", Postgres is null ? expected : OnePosition.Read(Postgres.Execute(asked.Flat.Id).Rows, idByRank)),
            })
                if (!found.AsSpan().SequenceEqual(expected))
                    return $"{name}, {asked.Kind} position {asked.Flat.Id}: {string.Join(", ", found)}, not {string.Join(", ", expected)}";
        }
        return null;
    }

    /// <summary>
    /// Of each kind some, evenly spaced by how many seekers survive, and the one that is timed: of a nation, 0.2 % usually
    /// survive work at a place and 5 % work from home. Work at a place says here that it has no bed; a bed, or silence about
    /// it, lets in people from anywhere.
    /// </summary>
    public static IReadOnlyList<(string Kind, bool IsTimed, Position Position, PackedPosition Packed, VerdictCounts Counts)> Chosen(World world, NationEngine engine)
    {
        var judged = world.Positions.Select(x => (Position: x, Packed: engine.Numbering.Pack(x, world.Today))).Select(x => (x.Position, x.Packed, Counts: engine.Best(x.Packed))).OrderBy(x => x.Counts.Open).ToList();
        return
        [
            .. Some("on-site", 0.002, judged.Where(x => x.Position.Place != Place.Remote && x.Position.Lodging is Lodging.None or Lodging.Allowance)),
            .. Some("remote", 0.05, judged.Where(x => x.Position.Place == Place.Remote)),
        ];

        IEnumerable<(string, bool, Position, PackedPosition, VerdictCounts)> Some(string kind, double usual, IEnumerable<(Position Position, PackedPosition Packed, VerdictCounts Counts)> sorted)
        {
            var all = sorted.ToArray();
            var timed = all.MinBy(x => Math.Abs(x.Counts.Open - usual * engine.Count));
            return Enumerable.Range(0, Spaced).Select(i => all[(2 * i + 1) * all.Length / (2 * Spaced)]).Where(x => x.Packed != timed.Packed).Append(timed)
                .Select(x => (kind, x.Packed == timed.Packed, x.Position, x.Packed, x.Counts));
        }
    }

    public void Dispose()
    {
        Duck?.Dispose();
        Postgres?.Dispose();
    }
}
