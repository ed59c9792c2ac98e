using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Folds the index's changes into a snapshot, so that who starts reads few rows. Several processes may fold at once: each
/// writes a generation of its own, deletes only what it has read into it, and every generation that is complete counts.
/// Decision 0010.
/// </summary>
/// <param name="keys">The key <c>index</c> seals a seeker's free words.</param>
public sealed class IndexFold(TableClient table, ServiceKeys keys, TimeProvider time)
{
    /// <summary>Longer than any reader goes without reading, see <see cref="IndexTable"/>.</summary>
    private static readonly TimeSpan Deletable = TimeSpan.FromMinutes(15);

    // What somebody withdrew or changed does not stay in an older row for longer.
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    // A queue message lives seven days; after that nobody writes an older version any more.
    private static readonly TimeSpan TombstonesKept = TimeSpan.FromDays(8);

    // An unfinished generation is somebody's who died, once it is older than anybody would take.
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly IndexStore store = new(table, keys, time);

    /// <summary>
    /// How many deletable changes make a fold worth its while: fewer cost a starting instance less than rewriting a city costs.
    /// </summary>
    public int Least { get; init; } = 1_000;

    public async Task Run(CancellationToken cancel)
    {
        await Fold(IndexTable.SeekersPartition, cancel);
        await Fold(IndexTable.PositionsPartition, cancel);
    }

    private async Task Fold(string partition, CancellationToken cancel)
    {
        var there = await store.Generations(partition, cancel);
        var begun = await store.Clock.Now(cancel);
        foreach (var abandoned in there.Where(x => !x.IsComplete && x.BegunAt < begun - Abandoned))
            await store.Delete(partition, abandoned, cancel);
        if (there.Count(x => x.IsComplete) <= 1 && !await store.HasChanges(partition, begun - Deletable, Least, cancel) && !await store.HasChanges(partition, begun - ADay, 1, cancel))
            return;

        var contents = await store.ReadAll(partition, row => row, cancel);
        var rows = contents.Made.Select(x => x.Row).Where(row => row.Kind != IndexKind.Gone || row.At > begun - TombstonesKept).OrderBy(row => row.Source, StringComparer.Ordinal);
        var id = await store.Write(partition, rows, begun + TooLong, cancel);
        // Only what is whole takes the place of anything; who was held up for long leaves that to the next.
        if (!(await store.Generations(partition, cancel)).Any(x => x.Id == id && x.IsComplete) || await store.Clock.Now(cancel) > begun + TooLong)
            return;
        await store.Delete(partition, contents.Changes.Rows.Where(x => x.Row.At < begun - Deletable).Select(x => x.Key), cancel);
        foreach (var older in contents.Generations.Where(x => x.IsComplete))
            await store.Delete(partition, older, cancel);
    }
}
