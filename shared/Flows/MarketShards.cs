using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What a person's row is tagged with in the engine; bits.</summary>
[Flags]
public enum SeekerTags
{
    None = 0,

    /// <summary>Consented to be shown to employers without a name, as far as the index knows.</summary>
    Shown = 1,

    /// <summary>Consented likewise, or said that they are interested in some position: whether in this one is read again.</summary>
    Listed = 4,

    /// <summary>May be texted, as far as the index knows.</summary>
    Texted = 2,

    /// <summary>Not shown by consent, but interested in some position: in which one, only the person's own file says.</summary>
    OnlyInterested = 8,
}

/// <summary>
/// The market as the engine holds it: columns of all seekers, and of all positions as they stand on a day. Every change
/// patches them; whoever asks meanwhile keeps the picture that they hold.
/// </summary>
public sealed class MarketShards
{
    private readonly Lock writing = new();
    private readonly Func<IEnumerable<MarketPosition>> positions;
    private readonly SeekerShard seekers;
    private PositionShard jobs;

    /// <param name="positions">All positions now, for when another day begins.</param>
    public MarketShards(Numbering numbering, IEnumerable<MarketSeeker> seekers, Func<IEnumerable<MarketPosition>> positions, DateOnly today)
        : this(numbering, [.. seekers.Select(seeker => (numbering.Pack(seeker.Read()), TagsOf(seeker)))], [.. positions().Select(position => numbering.Pack(position.Read(), today))], positions, today)
    {
    }

    /// <param name="seekers">Packed with <paramref name="numbering"/>, with their tags.</param>
    /// <param name="packed">All positions, packed as of <paramref name="today"/>.</param>
    /// <param name="positions">All positions now, for when another day begins.</param>
    public MarketShards(
        Numbering numbering, IReadOnlyCollection<(PackedSeeker Seeker, SeekerTags Tags)> seekers, IReadOnlyCollection<PackedPosition> packed,
        Func<IEnumerable<MarketPosition>> positions, DateOnly today)
    {
        (Numbering, this.positions) = (numbering, positions);
        this.seekers = SeekerShard.OfPacked(numbering, seekers.Select(x => (x.Seeker, (int)x.Tags)));
        jobs = PositionShard.OfPacked(numbering, today, packed.Select(position => (position, 0)));
    }

    public Numbering Numbering { get; }

    public SeekerColumns Seekers => seekers.Columns;

    /// <summary>All positions as they stand on a day; the first question of a day packs them anew.</summary>
    public PositionColumns Positions(DateOnly today)
    {
        if (Volatile.Read(ref jobs) is var shard && shard.Today == today)
            return shard.Columns;
        lock (writing)
        {
            if (jobs.Today < today)
                Volatile.Write(ref jobs, Shard(today));
            return jobs.Today == today ? jobs.Columns : Shard(today).Columns;
        }
    }

    public void Put(MarketSeeker seeker)
    {
        lock (writing)
            seekers.Put(seeker.Facts, (int)TagsOf(seeker));
    }

    public void Put(MarketPosition position)
    {
        lock (writing)
            jobs.Put(position.Facts);
    }

    /// <summary>Takes a seeker (by subject) or a position (by id) out.</summary>
    public void Remove(string id)
    {
        lock (writing)
            _ = seekers.Remove(id) || jobs.Remove(id);
    }

    // Facts that nobody has asked for are not kept on the way.
    private PositionShard Shard(DateOnly today) =>
        PositionShard.OfPacked(Numbering, today, positions().AsParallel().Select(position => (Numbering.Pack(position.Read(), today), 0)));

    /// <summary>What a person's row is tagged with.</summary>
    public static SeekerTags TagsOf(MarketSeeker seeker) =>
        (seeker.ShownToEmployers ? SeekerTags.Shown : 0) | (seeker.ShownToEmployers || seeker.Interested ? SeekerTags.Listed : 0) | (seeker.Sms ? SeekerTags.Texted : 0)
        | (seeker.Interested && !seeker.ShownToEmployers ? SeekerTags.OnlyInterested : 0);
}
