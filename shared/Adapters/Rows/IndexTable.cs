using System.Collections.Concurrent;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// The index: derived from seekers and positions and rebuildable from them, read into memory from snapshots and changes and
/// patched by the newest changes. Partition <c>seekers|{shard}</c> or <c>positions|{shard}</c>; the rows are told in
/// <see cref="IndexStore"/>, who makes snapshots of changes in <see cref="IndexFold"/>. Readers keep the highest version, never the
/// latest time. Free text of seekers is sealed; names, phones and certificates are never here.
/// </summary>
/// <param name="keys">The key <c>index</c> seals a seeker's free words.</param>
/// <param name="weights">Asked with every look for changes, so that what is published counts everywhere within seconds.</param>
public sealed class IndexTable(TableClient table, ServiceKeys keys, Numbering numbering, IWeights weights, TimeProvider time) : IMarket, IDisposable
{
    /// <summary>Chongqing is one shard; a table maps district → shard once there is a second city.</summary>
    private const string Shard = "chongqing";
    internal const string SeekersPartition = $"seekers|{Shard}";
    internal const string PositionsPartition = $"positions|{Shard}";

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    // Slow writes: a reader looks back this far behind storage's clock, and a writer that took half of it writes again.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(2);

    // Changes may be folded away 15 minutes after they were written: who has not read for so long begins anew.
    private static readonly TimeSpan BeginAnew = TimeSpan.FromMinutes(10);

    private readonly IndexStore store = new(table, keys, time);
    private readonly SemaphoreSlim refreshing = new(1);
    private readonly Lock keeping = new(), renumbering = new();
    private Loaded? loaded;
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    private Numbering numbering = numbering;

    // What this process wrote while everything is being read: it may have come too late to be among it.
    private List<IndexRow>? meanwhile;

    public async Task<MarketView> View(CancellationToken cancel)
    {
        if (time.GetUtcNow() - readAt >= AskAgain)
            await Refresh(cancel);
        return loaded!.View;
    }

    public async Task<bool> Holds(string id, long version, CancellationToken cancel)
    {
        await View(cancel);
        return loaded!.Holds(id, version);
    }

    public void Refine(Meanings meanings) => Renumber(codes => codes.With(meanings));

    // Rows are only added: fewer were read before the last one was.
    public void Weigh(PolicyWeights weights) => Renumber(codes => weights.Rows.Count > codes.Weights.Rows.Count ? codes.With(weights) : codes);

    // One after the other, so that each begins with what the other has made of the codes.
    private void Renumber(Func<CodeLists, CodeLists> change)
    {
        lock (renumbering)
        {
            var codes = change(numbering.Codes);
            if (codes == numbering.Codes)
                return;
            var (refined, known) = (new Numbering(codes), loaded);
            // All rows are packed anew, and nobody waits for it.
            var take = known?.Refined(refined, time.Today());
            lock (keeping)
            {
                numbering = refined;
                if (loaded == known)
                    take?.Invoke();
                else
                    loaded!.Refined(refined, time.Today())();
            }
        }
    }

    public Task Put(SeekerFile file, CancellationToken cancel) => Put(SeekersPartition, at => IndexRow.Of(file, at), cancel);

    public Task Erase(string subject, CancellationToken cancel) => Put(SeekersPartition, at => IndexRow.Erased(subject, at), cancel);

    public Task Put(PositionFile file, CancellationToken cancel) => Put(PositionsPartition, at => IndexRow.Of(file, at), cancel);

    public void Dispose() => refreshing.Dispose();

    private async Task Put(string partition, Func<DateTimeOffset, IndexRow> make, CancellationToken cancel)
    {
        await store.Add(partition, make, cancel);
        var row = make(time.GetUtcNow());
        lock (keeping)
        {
            meanwhile?.Add(row);
            loaded?.Keep(row);
        }
    }

    private async Task Refresh(CancellationToken cancel)
    {
        await refreshing.WaitAsync(cancel);
        try
        {
            var now = time.GetUtcNow();
            if (now - readAt < AskAgain)
                return;
            Weigh(WeightsChange.InForce((await weights.All(cancel)).Select(stored => stored.Value)));
            if (loaded is not { } known || now - readAt > BeginAnew)
                await Load(cancel);
            else
            {
                await Patch(known.Seekers, cancel);
                await Patch(known.Positions, cancel);
            }
            readAt = now;
        }
        finally
        {
            refreshing.Release();
        }
    }

    private async Task Load(CancellationToken cancel)
    {
        lock (keeping)
            meanwhile = [];
        var (today, packing) = (time.Today(), numbering);
        var seekers = store.ReadAll(SeekersPartition, row => row.Kind is IndexKind.Seeker ? packing.Pack(row.ToSeeker()) : null, cancel);
        var positions = store.ReadAll(PositionsPartition, row => row.Kind is IndexKind.Position ? packing.Pack(EngineFacts.ReadPosition(row.Facts.Span), today) : null, cancel);
        await Task.WhenAll(seekers, positions);
        var anew = new Loaded(packing, today, await seekers, await positions);
        lock (keeping)
        {
            meanwhile.ForEach(anew.Keep);
            if (packing != numbering)
                anew.Refined(numbering, today)(); // Learned while all was read.
            (loaded, meanwhile) = (anew, null);
        }
    }

    private async Task Patch(ReadUpTo partition, CancellationToken cancel)
    {
        var changes = await store.Changes(partition.Name, partition.From, cancel);
        lock (keeping)
            foreach (var (_, row) in changes.Rows)
                loaded!.Keep(row);
        partition.Next(changes);
    }

    /// <summary>How far a partition has been read: to the newest change that was seen, never later than storage's time less the look back.</summary>
    private sealed class ReadUpTo(string name)
    {
        public string Name => name;

        public string From { get; private set; } = IndexStore.FirstChange;

        public void Next(IndexChanges changes)
        {
            var (newest, lookBack) = (changes.Rows.Count > 0 ? changes.Rows[^1].Key : From, IndexStore.KeyAt(changes.ReadAt - LookBack));
            From = string.CompareOrdinal(newest, lookBack) < 0 ? newest : lookBack;
        }
    }

    /// <summary>What is in memory. Written under one lock, read by everybody.</summary>
    private sealed class Loaded
    {
        private readonly ConcurrentDictionary<string, MarketSeeker> seekers;
        private readonly ConcurrentDictionary<string, MarketPosition> positions;
        private readonly ConcurrentDictionary<string, bool> unmatched;
        private readonly ConcurrentDictionary<string, long> gone;
        private MarketShards shards;

        public Loaded(Numbering numbering, DateOnly today, IndexContents<PackedSeeker?> people, IndexContents<PackedPosition?> jobs)
        {
            // The engine's columns and what is looked up by id take about as long, and neither needs the other.
            var columns = Task.Run(() => new MarketShards(
                numbering, [.. people.Made.Where(x => x.Made is not null).Select(x => (x.Made!, MarketShards.TagsOf(x.Row.ToMarketSeeker())))],
                [.. jobs.Made.Select(x => x.Made).OfType<PackedPosition>()], () => positions!.Values, today));
            seekers = Held(people, IndexKind.Seeker, row => row.ToMarketSeeker());
            positions = Held(jobs, IndexKind.Position, row => row.ToMarketPosition());
            unmatched = Held(people, IndexKind.Unmatched, _ => true);
            gone = new(people.Made.Select(x => x.Row).Concat(jobs.Made.Select(x => x.Row)).Where(IsTombstone).Select(row => KeyValuePair.Create(row.Source, row.Version)), StringComparer.Ordinal);
            shards = columns.GetAwaiter().GetResult();
            Seekers.Next(people.Changes);
            Positions.Next(jobs.Changes);
        }

        public ReadUpTo Seekers { get; } = new(SeekersPartition);

        public ReadUpTo Positions { get; } = new(PositionsPartition);

        public MarketView View => new(seekers, positions, shards, unmatched.Count);

        /// <summary>Packs all rows with another numbering.</summary>
        /// <returns>Takes them over, with what changed meanwhile.</returns>
        public Action Refined(Numbering refined, DateOnly today)
        {
            var (people, jobs) = (seekers.ToDictionary(), positions.ToDictionary());
            var made = new MarketShards(refined, people.Values, () => positions.Values, today);
            return () =>
            {
                foreach (var seeker in seekers.Values.Where(x => people.GetValueOrDefault(x.Id) != x))
                    made.Put(seeker);
                foreach (var position in positions.Values.Where(x => jobs.GetValueOrDefault(x.Id) != x))
                    made.Put(position);
                foreach (var id in people.Keys.Where(x => !seekers.ContainsKey(x)).Concat(jobs.Keys.Where(x => !positions.ContainsKey(x))))
                    made.Remove(id);
                shards = made;
            };
        }

        public bool Holds(string id, long version) => HeldVersion(id) >= version;

        /// <summary>Takes a row in, unless as new a one is held: changes may be read out of order and more than once.</summary>
        public void Keep(IndexRow row)
        {
            if (HeldVersion(row.Source) >= row.Version)
                return;
            if (IsTombstone(row))
            {
                gone[row.Source] = row.Version;
                if (seekers.TryRemove(row.Source, out _) | positions.TryRemove(row.Source, out _))
                    shards.Remove(row.Source);
            }
            else
                gone.TryRemove(row.Source, out _);
            if (row.Kind is IndexKind.Unmatched)
                unmatched[row.Source] = true;
            else
                unmatched.TryRemove(row.Source, out _);
            if (row.Kind is IndexKind.Seeker)
                shards.Put(seekers[row.Source] = row.ToMarketSeeker());
            else if (row.Kind is IndexKind.Position)
                shards.Put(positions[row.Source] = row.ToMarketPosition());
        }

        private long HeldVersion(string id) =>
            seekers.TryGetValue(id, out var seeker) ? seeker.Version
            : positions.TryGetValue(id, out var position) ? position.Version
            : gone.TryGetValue(id, out var version) ? version : long.MinValue;

        private static bool IsTombstone(IndexRow row) => row.Kind is IndexKind.Gone or IndexKind.Unmatched;

        private static ConcurrentDictionary<string, THeld> Held<TMade, THeld>(IndexContents<TMade> contents, IndexKind kind, Func<IndexRow, THeld> held) =>
            new(contents.Made.Where(x => x.Row.Kind == kind).Select(x => KeyValuePair.Create(x.Row.Source, held(x.Row))), StringComparer.Ordinal);
    }
}
