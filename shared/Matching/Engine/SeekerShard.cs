namespace JobMatch.Matching;

/// <summary>
/// The seekers of one city in memory, kept as columns. A change makes new columns of one block and hands them over at once:
/// readers keep what they hold and are never blocked. Free of locks for readers; writers take turns.
/// </summary>
public sealed class SeekerShard
{
    /// <summary>How many tags a row can carry.</summary>
    public const int MaxTags = 4;

    private readonly Lock writing = new();
    private readonly Numbering numbering;
    private readonly SeekerLayout layout;
    private SeekerColumns columns;
    private RowNumbers? numbers;

    /// <param name="seekers">Each with its tags.</param>
    /// <param name="sorted">They come in the order of their districts, so that they are taken as a stream; otherwise they are sorted first.</param>
    public SeekerShard(Numbering numbering, IEnumerable<(Seeker Seeker, int Tags)>? seekers = null, bool sorted = false)
        : this((seekers ?? []).Select(x => (new PackedSeeker(x.Seeker, numbering), x.Tags)), numbering, sorted)
    {
    }

    private SeekerShard(IEnumerable<(PackedSeeker Seeker, int Tags)> packed, Numbering numbering, bool sorted)
    {
        this.numbering = numbering;
        layout = new(numbering);
        var blocks = (sorted ? packed : packed.OrderBy(x => x.Seeker.District)).Chunk(Planes.Rows)
            .Select(x => SeekerBlock.Of([.. x.Select(y => y.Seeker)], [.. x.Select(y => y.Tags)], layout, numbering)).ToArray();
        columns = new(layout, numbering, blocks);
    }

    /// <summary>A shard of seekers that were packed before, with the same numbering.</summary>
    public static SeekerShard OfPacked(Numbering numbering, IEnumerable<(PackedSeeker Seeker, int Tags)> packed) => new(packed, numbering, sorted: false);

    /// <summary>What stands now; it stays as it is while the shard goes on.</summary>
    public SeekerColumns Columns => Volatile.Read(ref columns);

    // Made at the first change: what is only read needs none.
    private RowNumbers Numbers => numbers ??= new(Enumerable.Range(0, columns.Rows).Where(columns.IsLive).Select(row => (columns.IdAt(row), row)));

    /// <summary>Puts a seeker in, or in place of the one with the same id.</summary>
    /// <param name="tags">Up to <see cref="MaxTags"/> bits that mean nothing here; a question can ask for rows that have them.</param>
    public void Put(Seeker seeker, int tags = 0)
    {
        var packed = new PackedSeeker(seeker, numbering);
        lock (writing)
        {
            var row = Numbers.Place(seeker.Id, out _);
            var at = row / Planes.Rows;
            var blocks = columns.Blocks;
            var block = at < blocks.Length ? blocks[at].With(row % Planes.Rows, packed, tags, layout, numbering) : SeekerBlock.Of([packed], [tags], layout, numbering);
            Volatile.Write(ref columns, columns.With(at, block));
        }
    }

    /// <returns>False where there was none.</returns>
    public bool Remove(string id)
    {
        lock (writing)
        {
            if (Numbers.Free(id) is not { } row)
                return false;
            var at = row / Planes.Rows;
            Volatile.Write(ref columns, columns.With(at, columns.Blocks[at].With(row % Planes.Rows, null, 0, layout, numbering)));
            return true;
        }
    }
}
