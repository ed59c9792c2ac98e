namespace JobMatch.Matching;

/// <summary>
/// The positions of one city in memory, kept as columns, as they stand on one day. A change makes new columns of one block and hands them over at once:
/// readers keep what they hold and are never blocked. Free of locks for readers; writers take turns.
/// </summary>
public sealed class PositionShard
{
    private readonly Lock writing = new();
    private readonly Numbering numbering;
    private readonly PositionLayout layout;
    private PositionColumns columns;
    private RowNumbers? numbers;

    /// <param name="today">The day in Asia/Shanghai; another day needs another shard.</param>
    /// <param name="positions">Each with its tags; sorted inside.</param>
    public PositionShard(Numbering numbering, DateOnly today, IEnumerable<(Position Position, int Tags)>? positions = null)
        : this((positions ?? []).Select(x => (new PackedPosition(x.Position, today, numbering), x.Tags)), numbering, today)
    {
    }

    private PositionShard(IEnumerable<(PackedPosition Position, int Tags)> positions, Numbering numbering, DateOnly today)
    {
        this.numbering = numbering;
        Today = today;
        layout = new(numbering);
        var packed = positions.OrderBy(x => Order(x.Position)).ToArray();
        var blocks = packed.Chunk(Planes.Rows).ToArray().AsParallel().AsOrdered()
            .Select(x => PositionBlock.Of([.. x.Select(y => y.Position)], [.. x.Select(y => y.Tags)], layout, numbering)).ToArray();
        columns = new(layout, numbering, blocks, packed.Length, today);
    }

    /// <summary>Alike are neighbours, so that many blocks end after few planes: from home, with a bed, by district, by pay.</summary>
    private static long Order(PackedPosition position) =>
        (position.Remote ? 1L << 62 : 0) | (position.HasBed ? 1L << 61 : 0) | (long)(position.District + 1) << 31 | (uint)position.PayMonthly;

    /// <summary>A shard of positions that were packed before, with the same numbering and as of the same day.</summary>
    public static PositionShard OfPacked(Numbering numbering, DateOnly today, IEnumerable<(PackedPosition Position, int Tags)> packed) => new(packed, numbering, today);

    /// <summary>The day as of which answers, checks and closings count.</summary>
    public DateOnly Today { get; }

    /// <summary>What stands now; it stays as it is while the shard goes on.</summary>
    public PositionColumns Columns => Volatile.Read(ref columns);

    // Made at the first change: what is only read needs none.
    private RowNumbers Numbers => numbers ??= new(Enumerable.Range(0, columns.Rows).Where(columns.IsLive).Select(row => (columns.IdAt(row), row)));

    /// <summary>Puts a position in, or in place of the one with the same id.</summary>
    /// <param name="tags">Up to <see cref="SeekerShard.MaxTags"/> bits that mean nothing here; a question can ask for rows that have them.</param>
    public void Put(Position position, int tags = 0)
    {
        var packed = new PackedPosition(position, Today, numbering);
        lock (writing)
        {
            var row = Numbers.Place(position.Id, out var isNew);
            var blocks = columns.Blocks.ToArray();
            var at = row / Planes.Rows;
            if (at < blocks.Length)
                blocks[at] = blocks[at].With(row % Planes.Rows, packed, tags, layout, numbering);
            else
                blocks = [.. blocks, PositionBlock.Of([packed], [tags], layout, numbering)];
            Volatile.Write(ref columns, new(layout, numbering, blocks, columns.Count + (isNew ? 1 : 0), Today));
        }
    }

    /// <returns>False where there was none.</returns>
    public bool Remove(string id)
    {
        lock (writing)
        {
            if (Numbers.Free(id) is not { } row)
                return false;
            var blocks = columns.Blocks.ToArray();
            blocks[row / Planes.Rows] = blocks[row / Planes.Rows].With(row % Planes.Rows, null, 0, layout, numbering);
            Volatile.Write(ref columns, new(layout, numbering, blocks, columns.Count - 1, Today));
            return true;
        }
    }
}
