using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Vectors by what they were made of: the SHA-256 of model, length and text, its first two digits the partition and the others
/// the row. The text itself is not kept.
/// </summary>
public sealed class VectorTable(TableClient table, string model, int dimensions) : IVectors
{
    private const string Property = "Vector";
    private const int AtOnce = 16;

    public async Task<IReadOnlyDictionary<string, sbyte[]>> Find(IReadOnlyList<string> texts, CancellationToken cancel)
    {
        var found = new ConcurrentDictionary<string, sbyte[]>(StringComparer.Ordinal);
        await Each(texts, async (text, token) =>
        {
            var (partition, row) = KeyOf(text);
            if (await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: token) is { HasValue: true, Value: { } entity } && entity.GetBinary(Property) is { } bytes && bytes.Length == dimensions)
                found[text] = [.. MemoryMarshal.Cast<byte, sbyte>(bytes)];
        }, cancel);
        return found;
    }

    public Task Keep(IReadOnlyDictionary<string, sbyte[]> vectors, CancellationToken cancel) => Each([.. vectors.Keys], async (text, token) =>
    {
        var (partition, row) = KeyOf(text);
        await table.UpsertEntityAsync(new TableEntity(partition, row) { [Property] = MemoryMarshal.AsBytes(vectors[text].AsSpan()).ToArray() }, cancellationToken: token);
    }, cancel);

    private static Task Each(IReadOnlyList<string> texts, Func<string, CancellationToken, ValueTask> work, CancellationToken cancel) =>
        Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, work);

    private (string Partition, string Row) KeyOf(string text)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{dimensions}\n{text}")));
        return (hash[..2], hash[2..]);
    }
}
