using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// First answers, kept for 24 hours: partition <c>{caller}|{2 hex}</c>, a head row per idempotency key with the request's
/// hash and the status, and the answer's body compressed, sealed and cut into chunk rows <c>{head}|{n}</c>.
/// </summary>
public sealed class IdempotencyTable(TableClient table, ServiceKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // Longer than any request lives: after it, a twin that never finished has died.
    private static readonly TimeSpan Running = TimeSpan.FromMinutes(4);
    private const int ChunkBytes = 24_000; // sealed as base64url: below a property's 32,768 characters
    private const int MostChunks = 90;     // with the head row, one batch

    /// <summary>Takes the key for this request, or says what became of the first one.</summary>
    /// <param name="caller">The calling key's id.</param>
    /// <param name="key">What the caller sent, at most 255 characters.</param>
    /// <param name="request">SHA-256 over method, path and body.</param>
    public async Task<Began> Begin(string caller, string key, byte[] request, CancellationToken cancel)
    {
        var head = Head(caller, key, request);
        try
        {
            var added = await table.AddEntityAsync(head, cancel);
            return new Began.First(new(head.PartitionKey, head.RowKey, added.Headers.ETag ?? ETag.All));
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return await Again(head, request, cancel);
        }
    }

    /// <summary>Keeps the answer. One that is too large to keep is forgotten, so that a repetition runs again.</summary>
    public async Task Finish(Ticket ticket, int status, string? contentType, byte[] body, CancellationToken cancel)
    {
        var packed = Pack(body);
        var chunks = packed.Chunk(ChunkBytes).ToArray();
        if (chunks.Length > MostChunks)
        {
            await Forget(ticket, cancel);
            return;
        }
        var key = await keys.Get(ServiceKeys.Idempotency, cancel);
        var head = new TableEntity(ticket.Partition, ticket.Row)
        {
            ["Status"] = status,
            ["ContentType"] = contentType,
            ["Chunks"] = chunks.Length,
            ["FinishedAt"] = time.GetUtcNow(),
        };
        var rows = chunks.Select((chunk, n) => new TableEntity(ticket.Partition, $"{ticket.Row}|{n:D3}"))
            .Zip(chunks, (row, chunk) => { row["Body"] = key.Seal(CellOf(row), chunk); return row; });
        await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateMerge, head, ticket.ETag), .. rows.Select(x => new TableTransactionAction(TableTransactionActionType.UpsertReplace, x))], cancel);
    }

    /// <summary>Lets the key go: the request failed, and a repetition shall run again.</summary>
    public async Task Forget(Ticket ticket, CancellationToken cancel) =>
        await table.DeleteEntityAsync(ticket.Partition, ticket.Row, ticket.ETag, cancel);

    private async Task<Began> Again(TableEntity mine, byte[] request, CancellationToken cancel)
    {
        if (await table.FindRow(mine.PartitionKey, mine.RowKey, cancel) is not { } first)
            return new Began.Twin();
        var age = time.GetUtcNow() - first.GetDateTimeOffset("StartedAt")!.Value;
        var finished = first.GetInt32("Status");
        if (age < Kept && !CryptographicOperations.FixedTimeEquals(first.GetBinary("Request"), request))
            return new Began.Other();
        if (age < Kept && finished is { } status)
            return new Began.Answered(status, first.GetString("ContentType"), await Body(first, cancel));
        if (age < Running)
            return new Began.Twin();
        try
        {
            var taken = await table.UpdateEntityAsync(mine, first.ETag, TableUpdateMode.Replace, cancel);
            return new Began.First(new(mine.PartitionKey, mine.RowKey, taken.Headers.ETag ?? ETag.All));
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return new Began.Twin();
        }
    }

    private async Task<byte[]> Body(TableEntity head, CancellationToken cancel)
    {
        var key = await keys.Get(ServiceKeys.Idempotency, cancel);
        using var packed = new MemoryStream();
        for (var n = 0; n < head.GetInt32("Chunks"); n++)
        {
            var row = await table.FindRow(head.PartitionKey, $"{head.RowKey}|{n:D3}", cancel)
                ?? throw new InvalidDataException("A kept answer lacks a chunk.");
            packed.Write(key.OpenBytes(CellOf(row), row.GetString("Body")!));
        }
        packed.Position = 0;
        using var unpacked = new MemoryStream();
        await using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        await brotli.CopyToAsync(unpacked, cancel);
        return unpacked.ToArray();
    }

    private TableEntity Head(string caller, string key, byte[] request)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}")));
        return new($"{caller}|{hash[..2]}", hash) { ["Request"] = request, ["StartedAt"] = time.GetUtcNow() };
    }

    private Cell CellOf(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, "Body");

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(body);
        return packed.ToArray();
    }
}

/// <summary>What taking an idempotency key came to.</summary>
public abstract record Began
{
    private Began() { }

    /// <summary>Nobody used it in the last 24 hours: run, then finish or forget.</summary>
    public sealed record First(Ticket Ticket) : Began;

    /// <summary>The same request was answered so.</summary>
    public sealed record Answered(int Status, string? ContentType, byte[] Body) : Began;

    /// <summary>The key belongs to another request.</summary>
    public sealed record Other : Began;

    /// <summary>The same request is still running.</summary>
    public sealed record Twin : Began;
}

/// <summary>The right to finish what was begun.</summary>
public readonly record struct Ticket(string Partition, string Row, ETag ETag);
