using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>Changes as they were read, in the order of their keys.</summary>
/// <param name="ReadAt">Storage's time when it gave the first of them: what was written later may be missing.</param>
internal sealed record IndexChanges(IReadOnlyList<(string Key, IndexRow Row)> Rows, DateTimeOffset ReadAt);

/// <summary>A snapshot generation as far as it is there.</summary>
/// <param name="Id">Unique; begins with the ticks at which it was begun.</param>
/// <param name="Chunks">Row keys in order.</param>
/// <param name="Count">How many there must be, as the last chunk states; null where that is missing.</param>
internal sealed record Generation(string Id, IReadOnlyList<string> Chunks, int? Count)
{
    public bool IsComplete => Chunks.Count == Count;

    public DateTimeOffset BegunAt => new(long.Parse(Id.AsSpan(0, 19), CultureInfo.InvariantCulture), TimeSpan.Zero);
}

/// <summary>Everything that stands in a partition.</summary>
/// <param name="Made">What was made of the rows: the highest version of each source.</param>
/// <param name="Generations">All that are there; what the complete ones hold is among <paramref name="Made"/>.</param>
internal sealed record IndexContents<T>(IReadOnlyCollection<(IndexRow Row, T Made)> Made, IndexChanges Changes, IReadOnlyList<Generation> Generations);

/// <summary>
/// The rows of the table Index: <c>change|{ticks}|{random}</c>, and <c>snapshot|{generation}|{n}</c>, chunks of at most
/// 700 kB. Both only ever inserted and deleted. Decision 0010 has why nothing is lost between them.
/// </summary>
internal sealed class IndexStore(TableClient table, ServiceKeys keys, TimeProvider time)
{
    /// <summary>Before all changes.</summary>
    public const string FirstChange = "change|";

    // } follows | in the order of keys.
    private const string AfterChanges = "change}", FirstSnapshot = "snapshot|", AfterSnapshots = "snapshot}";
    private const int ChunkBytes = 700_000;
    private const int PropertyBytes = 64 * 1024;
    private const int BatchRows = 100;

    // Storage answers one after the other, and what is read is unpacked meanwhile.
    private const int ReadAtOnce = 4;

    // A write that was under way for longer may come too late for those who have read meanwhile: they look back two minutes.
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);
    private const int Tries = 3;

    public StorageClock Clock { get; } = new(table, time);

    public static string KeyAt(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{FirstChange}{at.UtcTicks:D19}");

    /// <summary>Adds a change under the time of storage's clock; again under a later one where it was long on its way.</summary>
    public async Task Add(string partition, Func<DateTimeOffset, IndexRow> make, CancellationToken cancel)
    {
        var key = await Key(cancel);
        for (var attempt = 1; ; attempt++)
        {
            var at = await Clock.Now(cancel);
            var row = ToChange(partition, make(at), key);
            try
            {
                var late = Clock.Hear(await table.AddEntityAsync(row, cancel)) - at;
                if (late <= LateAfter || attempt == Tries)
                    return;
            }
            catch (RequestFailedException e) when (e.Status == 409 && attempt < Tries)
            {
                // An earlier try of the same call did it, and nobody knows when.
            }
        }
    }

    /// <summary>The changes from a key on.</summary>
    public async Task<IndexChanges> Changes(string partition, string from, CancellationToken cancel)
    {
        var key = await Key(cancel);
        var rows = new List<(string, IndexRow)>();
        DateTimeOffset? readAt = null;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {AfterChanges}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel).AsPages())
        {
            var at = Clock.Hear(page.GetRawResponse());
            readAt ??= at;
            rows.AddRange(page.Values.Select(entity => (entity.RowKey, ToRow(entity, key))));
        }
        return new(rows, readAt!.Value);
    }

    /// <summary>
    /// Reads everything: first the changes, then the generations. A change that was deleted before it could be read is in a
    /// generation that was complete by then, and so is what another fold put in its place.
    /// </summary>
    /// <param name="make">What becomes of a row, while the next ones are on their way; on several threads.</param>
    public async Task<IndexContents<T>> ReadAll<T>(string partition, Func<IndexRow, T> make, CancellationToken cancel)
    {
        var changes = await Changes(partition, FirstChange, cancel);
        IReadOnlyList<Generation> generations;
        List<(IndexRow Row, T Made)>?[] chunks;
        do
        {
            generations = await Generations(partition, cancel);
            var wanted = generations.Where(x => x.IsComplete).SelectMany(x => x.Chunks).ToArray();
            chunks = new List<(IndexRow, T)>?[wanted.Length];
            await Parallel.ForEachAsync(Enumerable.Range(0, wanted.Length), new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancel }, async (n, stop) =>
                chunks[n] = (await Chunk(partition, wanted[n], stop))?.ConvertAll(row => (row, make(row))));
        }
        while (chunks.Contains(null)); // Folded meanwhile: another generation holds it.
        var newest = new Dictionary<string, (IndexRow Row, T Made)>(chunks.Sum(x => x!.Count) + changes.Rows.Count, StringComparer.Ordinal);
        foreach (var found in chunks.SelectMany(x => x!).Concat(changes.Rows.Select(x => (x.Row, make(x.Row)))))
            if (!newest.TryGetValue(found.Row.Source, out var held) || found.Row.Version > held.Row.Version)
                newest[found.Row.Source] = found;
        return new(newest.Values, changes, generations);
    }

    /// <summary>All generations, also those that are being written or were left unfinished.</summary>
    public async Task<IReadOnlyList<Generation>> Generations(string partition, CancellationToken cancel)
    {
        var found = new List<(string Key, int? Count)>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {FirstSnapshot} and RowKey lt {AfterSnapshots}");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey", "Count"], cancellationToken: cancel).AsPages())
        {
            Clock.Hear(page.GetRawResponse());
            found.AddRange(page.Values.Select(entity => (entity.RowKey, entity.GetInt32("Count"))));
        }
        return [.. found.GroupBy(x => x.Key.Split('|')[1]).Select(x => new Generation(x.Key, [.. x.Select(chunk => chunk.Key)], x.Max(chunk => chunk.Count)))];
    }

    /// <summary>Whether at least so many changes are older than a moment.</summary>
    public async Task<bool> HasChanges(string partition, DateTimeOffset before, int least, CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {FirstChange} and RowKey lt {KeyAt(before)}");
        await foreach (var _ in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel))
            if (--least <= 0)
                return true;
        return least <= 0;
    }

    /// <summary>Writes a generation, the chunk that completes it last.</summary>
    /// <param name="until">Nothing is written after this, by storage's clock.</param>
    /// <returns>Its id; null where time ran out.</returns>
    public async Task<string?> Write(string partition, IEnumerable<IndexRow> rows, DateTimeOffset until, CancellationToken cancel)
    {
        var begun = await Clock.Now(cancel);
        var id = string.Create(CultureInfo.InvariantCulture, $"{begun.UtcTicks:D19}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        var key = await Key(cancel);
        var (n, chunks) = (0, Cut(rows).ToList());
        foreach (var chunk in chunks)
        {
            if (await Clock.Now(cancel) > until)
                return null;
            var entity = new TableEntity(partition, string.Create(CultureInfo.InvariantCulture, $"{FirstSnapshot}{id}|{n++:D5}")) { ["Count"] = n == chunks.Count ? n : null };
            foreach (var (i, part) in IndexChunk.Write(chunk).Chunk(PropertyBytes).Index())
                entity[$"Rows{i}"] = part;
            if (chunk.Exists(row => row.Words is not null))
                entity.Cut("FreeText", key.Seal(FreeTextCell(entity), Written.Of(chunk.Select(row => row.Words).OfType<string>())));
            try
            {
                Clock.Hear(await table.AddEntityAsync(entity, cancel));
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // An earlier try of the same call did it: nobody else writes this generation.
            }
        }
        return id;
    }

    /// <summary>Deletes changes; what another has deleted is no error.</summary>
    public async Task Delete(string partition, IEnumerable<string> rows, CancellationToken cancel)
    {
        foreach (var batch in rows.Chunk(BatchRows))
            try
            {
                await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new(partition, row))), cancel);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                foreach (var row in batch)
                    await table.DeleteEntityAsync(partition, row, cancellationToken: cancel);
            }
    }

    /// <summary>Deletes a generation, first the chunk that makes it complete, so that nobody begins to read what is on its way out.</summary>
    public async Task Delete(string partition, Generation generation, CancellationToken cancel)
    {
        foreach (var chunk in generation.Chunks.Reverse())
            await table.DeleteEntityAsync(partition, chunk, cancellationToken: cancel);
    }

    // Null where it is gone.
    private async Task<List<IndexRow>?> Chunk(string partition, string row, CancellationToken cancel)
    {
        if (await table.FindRow(partition, row, cancel) is not { } entity)
            return null;
        return IndexChunk.Read(BytesOf(entity), entity.Join("FreeText") is { Length: > 0 } words ? Written.Read<IReadOnlyList<string>>((await Key(cancel)).Open(FreeTextCell(entity), words)) : []);
    }

    /// <summary>A chunk's rows as they were written.</summary>
    internal static byte[] BytesOf(TableEntity entity)
    {
        var bytes = new byte[Parts(entity).Sum(part => part.Length)];
        var length = 0;
        foreach (var part in Parts(entity))
        {
            part.CopyTo(bytes, length);
            length += part.Length;
        }
        return bytes;
    }

    private static IEnumerable<byte[]> Parts(TableEntity entity)
    {
        for (var i = 0; entity[$"Rows{i}"] is byte[] part; i++)
            yield return part;
    }

    // At least one chunk, however few rows: it states that the generation is complete.
    private static IEnumerable<List<IndexRow>> Cut(IEnumerable<IndexRow> rows)
    {
        var (chunk, size) = (new List<IndexRow>(), 0);
        foreach (var row in rows)
        {
            if (chunk.Count > 0 && size + IndexChunk.SizeOf(row) > ChunkBytes)
            {
                yield return chunk;
                (chunk, size) = ([], 0);
            }
            chunk.Add(row);
            size += IndexChunk.SizeOf(row);
        }
        yield return chunk;
    }

    private ValueTask<DataKey> Key(CancellationToken cancel) => keys.Get("index", cancel);

    private Cell FreeTextCell(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, "FreeText");

    private TableEntity ToChange(string partition, IndexRow row, DataKey key)
    {
        var entity = new TableEntity(partition, $"{KeyAt(row.At)}|{RandomNumberGenerator.GetHexString(16, lowercase: true)}")
        {
            ["Version"] = row.Version,
            ["Source"] = row.Source,
            ["Gone"] = row.Kind is IndexKind.Gone or IndexKind.Unmatched,
            ["Unmatched"] = row.Kind is IndexKind.Unmatched ? true : null,
        };
        if (row.Facts.Length == 0)
            return entity;
        entity["Facts"] = Encoding.UTF8.GetString(row.Facts.Span);
        if (row.Kind is IndexKind.Position)
        {
            entity["Employer"] = row.Employer;
            return entity;
        }
        entity["FreeText"] = row.Words is { } words ? key.Seal(FreeTextCell(entity), words) : null;
        entity["Sms"] = row.Flags.HasFlag(IndexFlags.Sms);
        entity["OptedOut"] = row.Flags.HasFlag(IndexFlags.OptedOut);
        entity["Shown"] = row.Flags.HasFlag(IndexFlags.Shown);
        entity["Interested"] = row.Flags.HasFlag(IndexFlags.Interested) ? true : null;
        entity["Uninvited"] = row.Flags.HasFlag(IndexFlags.Uninvited) ? true : null;
        entity["EasyRead"] = row.Flags.HasFlag(IndexFlags.EasyRead) ? true : null;
        entity["English"] = row.Flags.HasFlag(IndexFlags.English);
        return entity;
    }

    private IndexRow ToRow(TableEntity entity, DataKey key)
    {
        var employer = entity.GetString("Employer");
        var kind = entity.GetBoolean("Gone") == true
            ? entity.GetBoolean("Unmatched") == true ? IndexKind.Unmatched : IndexKind.Gone
            : employer is not null ? IndexKind.Position : IndexKind.Seeker;
        IndexFlags Flag(string name, IndexFlags flag) => entity.GetBoolean(name) == true ? flag : IndexFlags.None;
        var at = new DateTimeOffset(long.Parse(entity.RowKey.AsSpan(FirstChange.Length, 19), CultureInfo.InvariantCulture), TimeSpan.Zero);
        return new(kind, entity.GetString("Source")!, entity.GetInt64("Version")!.Value, at)
        {
            Employer = employer ?? "",
            Facts = kind is IndexKind.Gone or IndexKind.Unmatched ? default : Encoding.UTF8.GetBytes(entity.GetString("Facts")!),
            Words = entity.GetString("FreeText") is { } text ? key.Open(FreeTextCell(entity), text) : null,
            Flags = Flag("Sms", IndexFlags.Sms) | Flag("OptedOut", IndexFlags.OptedOut) | Flag("Shown", IndexFlags.Shown) | Flag("English", IndexFlags.English) | Flag("Interested", IndexFlags.Interested)
                | Flag("Uninvited", IndexFlags.Uninvited) | Flag("EasyRead", IndexFlags.EasyRead),
        };
    }
}
