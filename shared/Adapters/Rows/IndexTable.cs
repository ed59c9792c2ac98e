using System.Collections.Concurrent;
using System.Security.Cryptography;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// The index: insert-only change rows, derived from seekers and positions and rebuildable from them, read into memory and
/// patched. Partition <c>seekers|{shard}</c> or <c>positions|{shard}</c>, row <c>change|{ticks}|{random}</c>. A change
/// carries its source's version; readers keep the highest version, never the latest ticks. Free text of seekers is sealed;
/// names, phones and certificates are never here.
/// </summary>
/// <param name="keys">The key <c>index</c> seals a seeker's free words.</param>
public sealed class IndexTable(TableClient table, ServiceKeys keys, Numbering numbering, TimeProvider time) : IMarket, IDisposable
{
    /// <summary>Chongqing is one shard; a table maps district → shard once there is a second city.</summary>
    private const string Shard = "chongqing";
    private const string SeekersPartition = $"seekers|{Shard}";
    private const string PositionsPartition = $"positions|{Shard}";
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    // Writers' clocks and slow writes: a reader looks back this far behind the newest change that it has seen.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim refreshing = new(1);
    private readonly ConcurrentDictionary<string, MarketSeeker> seekers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MarketPosition> positions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> unmatched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> gone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> readUpTo = new() { [SeekersPartition] = "change|", [PositionsPartition] = "change|" };
    private readonly Lock keeping = new();
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    // Made of all rows at once after the first reading, then patched.
    private MarketShards? shards;
    private Numbering numbering = numbering;

    public async Task<MarketView> View(CancellationToken cancel)
    {
        if (time.GetUtcNow() - readAt >= AskAgain)
            await Refresh(cancel);
        return new(seekers, positions, shards!, unmatched.Count);
    }

    public async Task<bool> Holds(string id, long version, CancellationToken cancel)
    {
        await View(cancel);
        return (seekers.TryGetValue(id, out var seeker) && seeker.Version >= version)
            || (positions.TryGetValue(id, out var position) && position.Version >= version)
            || (gone.TryGetValue(id, out var tombstone) && tombstone >= version);
    }

    public void Refine(Meanings meanings)
    {
        var refined = new Numbering(numbering.Codes.With(meanings));
        var (people, jobs) = (seekers.ToDictionary(), positions.ToDictionary());
        // All rows are packed anew, and nobody waits for it.
        var made = new MarketShards(refined, people.Values, () => positions.Values, time.Today());
        lock (keeping)
        {
            numbering = refined;
            if (shards is null)
                return;
            // What changed meanwhile.
            foreach (var seeker in seekers.Values.Where(x => people.GetValueOrDefault(x.Facts.Id) != x))
                made.Put(seeker);
            foreach (var position in positions.Values.Where(x => jobs.GetValueOrDefault(x.Facts.Id) != x))
                made.Put(position);
            foreach (var id in people.Keys.Where(x => !seekers.ContainsKey(x)).Concat(jobs.Keys.Where(x => !positions.ContainsKey(x))))
                made.Remove(id);
            shards = made;
        }
    }

    public async Task Put(SeekerFile file, CancellationToken cancel)
    {
        var id = file.Facts.Id;
        var row = NewRow(SeekersPartition, file.Version, id);
        if (!file.MayBeMatched())
            (row["Gone"], row["Unmatched"]) = (true, true);
        else
        {
            row["Facts"] = Written.Of(file.Facts.WithoutFreeText());
            row["FreeText"] = file.Facts.HasFreeText() ? (await Key(cancel)).Seal(FreeTextCell(row), file.Facts.FreeText()) : null;
            row["Sms"] = file.MayBeTexted();
            row["OptedOut"] = file.OptedOutAt is not null;
            row["Shown"] = file.Consent.Employers is not null;
        }
        await table.AddEntityAsync(row, cancel);
        if (file.MayBeMatched())
            Keep(new MarketSeeker(file.Facts, file.Version, file.MayBeTexted(), file.Consent.Employers is not null, file.OptedOutAt is not null));
        else
            Remove(id, file.Version, stillStored: true);
    }

    public async Task Put(PositionFile file, CancellationToken cancel)
    {
        var row = NewRow(PositionsPartition, file.Version, file.Id);
        row["Facts"] = Written.Of(file.Facts);
        row["Employer"] = file.Employer;
        row["Gone"] = file.Facts.Closed;
        await table.AddEntityAsync(row, cancel);
        if (file.Facts.Closed)
            Remove(file.Id, file.Version);
        else
            Keep(new MarketPosition(file.Facts, file.Version, file.Employer));
    }

    private ValueTask<DataKey> Key(CancellationToken cancel) => keys.Get("index", cancel);

    private Cell FreeTextCell(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, "FreeText");

    public void Dispose() => refreshing.Dispose();

    private TableEntity NewRow(string partition, long version, string source) =>
        new(partition, $"change|{time.GetUtcNow().UtcTicks:D19}|{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}")
        {
            ["Version"] = version,
            ["Source"] = source,
        };

    private async Task Refresh(CancellationToken cancel)
    {
        await refreshing.WaitAsync(cancel);
        try
        {
            var now = time.GetUtcNow();
            if (now - readAt < AskAgain)
                return;
            await Read(SeekersPartition, KeepSeeker, now, cancel);
            await Read(PositionsPartition, KeepPosition, now, cancel);
            lock (keeping)
                shards ??= new(numbering, seekers.Values, () => positions.Values, time.Today());
            readAt = now;
        }
        finally
        {
            refreshing.Release();
        }
    }

    private async Task Read(string partition, Func<TableEntity, CancellationToken, Task> keep, DateTimeOffset now, CancellationToken cancel)
    {
        var (from, last) = (readUpTo[partition], "");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            last = entity.RowKey;
            await keep(entity, cancel);
        }
        var newest = last.Length == 0 ? from : last;
        var lookBack = $"change|{(now - LookBack).UtcTicks:D19}";
        readUpTo[partition] = string.CompareOrdinal(newest, lookBack) < 0 ? newest : lookBack;
    }

    private async Task KeepSeeker(TableEntity entity, CancellationToken cancel)
    {
        var (source, version) = (entity.GetString("Source")!, entity.GetInt64("Version")!.Value);
        if (seekers.TryGetValue(source, out var held) && held.Version >= version)
            return;
        if (entity.GetBoolean("Gone") == true)
        {
            Remove(source, version, entity.GetBoolean("Unmatched") == true);
            return;
        }
        var facts = Written.Read<Seeker>(entity.GetString("Facts")!);
        if (entity.GetString("FreeText") is { } text)
            facts = facts.WithFreeText((await Key(cancel)).Open(FreeTextCell(entity), text));
        Keep(new MarketSeeker(facts, version, entity.GetBoolean("Sms") == true, entity.GetBoolean("Shown") == true, entity.GetBoolean("OptedOut") == true));
    }

    private Task KeepPosition(TableEntity entity, CancellationToken cancel)
    {
        var (source, version) = (entity.GetString("Source")!, entity.GetInt64("Version")!.Value);
        if (entity.GetBoolean("Gone") == true)
            Remove(source, version);
        else if (!positions.TryGetValue(source, out var held) || held.Version < version)
            Keep(new MarketPosition(Written.Read<Position>(entity.GetString("Facts")!), version, entity.GetString("Employer")!));
        return Task.CompletedTask;
    }

    private void Keep(MarketSeeker seeker)
    {
        lock (keeping)
        {
            if (!Outlives(seeker.Facts.Id, seeker.Version) || (seekers.TryGetValue(seeker.Facts.Id, out var held) && held.Version >= seeker.Version))
                return;
            unmatched.TryRemove(seeker.Facts.Id, out _);
            seekers[seeker.Facts.Id] = seeker;
            shards?.Put(seeker);
        }
    }

    private void Keep(MarketPosition position)
    {
        lock (keeping)
        {
            if (!Outlives(position.Facts.Id, position.Version) || (positions.TryGetValue(position.Facts.Id, out var held) && held.Version >= position.Version))
                return;
            positions[position.Facts.Id] = position;
            shards?.Put(position);
        }
    }

    // Changes may be read out of order: a tombstone with a higher version keeps an older row out.
    private bool Outlives(string id, long version) => !gone.TryGetValue(id, out var tombstone) || version > tombstone;

    private void Remove(string id, long version, bool stillStored = false)
    {
        lock (keeping)
        {
            if (gone.TryGetValue(id, out var held) && held > version)
                return;
            gone[id] = version;
            if (stillStored)
                unmatched[id] = true;
            else
                unmatched.TryRemove(id, out _);
            var removed = (seekers.TryGetValue(id, out var seeker) && seeker.Version <= version && seekers.TryRemove(id, out _))
                | (positions.TryGetValue(id, out var position) && position.Version <= version && positions.TryRemove(id, out _));
            if (removed)
                shards?.Remove(id);
        }
    }
}

/// <summary>A seeker's free words: kept apart from the codes wherever a row holds the facts.</summary>
public static class FreeTexts
{
    private sealed record Words(IReadOnlyList<string>? Skills, IReadOnlyList<string>? Occupations);

    public static bool HasFreeText(this Seeker seeker) =>
        (seeker.Skills ?? []).Concat(seeker.Occupations ?? []).Any(entry => !CodeLists.IsCode(entry));

    /// <summary>Skills and occupations with their free words, in order, as one text.</summary>
    public static string FreeText(this Seeker seeker) => Written.Of(new Words(seeker.Skills, seeker.Occupations));

    /// <summary>The facts with codes only.</summary>
    public static Seeker WithoutFreeText(this Seeker seeker) => seeker with
    {
        Skills = seeker.Skills is { } skills ? [.. skills.Where(CodeLists.IsCode)] : null,
        Occupations = seeker.Occupations is { } occupations ? [.. occupations.Where(CodeLists.IsCode)] : null,
    };

    public static Seeker WithFreeText(this Seeker seeker, string text)
    {
        var words = Written.Read<Words>(text);
        return seeker with { Skills = words.Skills, Occupations = words.Occupations };
    }
}
