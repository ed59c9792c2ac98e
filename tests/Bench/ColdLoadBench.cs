using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>How long an instance that starts takes to have a city in memory, beside reading the same rows and doing nothing with them.</summary>
internal static class ColdLoadBench
{
    private const int People = 10_000, Positions = 100_000, Rounds = 5;

    // As many as the index reads at once, of both partitions together.
    private const int AtOnce = 8;

    public static Command Command()
    {
        var command = new Command("coldload", "A city's index of 10,000 people and 100,000 positions from Azurite into memory, beside a bare read of the same rows.");
        command.SetAction((_, cancel) => Run(cancel));
        return command;
    }

    private static async Task Run(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        await using var storage = await LocalStorage.StartAsync(null, cancel);
        var tables = new TableServiceClient(storage.ConnectionString);
        var (index, service) = (tables.GetTableClient("Index"), tables.GetTableClient(ServiceKeys.Table));
        await index.CreateIfNotExistsAsync(cancel);
        await service.CreateIfNotExistsAsync(cancel);
        var keys = new ServiceKeys(new DataKeys(FileMasterKey.Open(Path.Combine(folder.Path, "master.json"), createIfAbsent: true)), service);
        var (chunks, bytes) = await Fill(index, keys, cancel);

        var timings = Measure.InTurns(Rounds,
            Contestant.Of("bare read", () => Bare(index, chunks).GetAwaiter().GetResult()),
            new("cold load", () => Load(index, keys)),
            Contestant.Of("rows taken apart, nothing parsed", () => Apart(index, keys).GetAwaiter().GetResult()));
        var table = new Table(
            "coldload", "A city's index into memory", Machine.Head("coldload", "Azurite 3.37.0, in memory, on the same machine"),
            "What", "median of 5 (two passes)", "beside a bare read");
        foreach (var timing in timings)
            table.Row(
                timing.Name, string.Create(CultureInfo.InvariantCulture, $"{Table.Time(timing.Median)} ({Table.Time(timing.First)}, {Table.Time(timing.Second)}){Table.Steady(timing)}"),
                Table.Figures(timing.Median / timings[0].Median));
        table.Line();
        table.Line(string.Create(CultureInfo.InvariantCulture, $"{People:N0} people and {Positions:N0} positions of the generator in {chunks.Count} chunk rows, {bytes / 1e6:F1} MB. Bare read: the rows by their keys, {AtOnce} at a time, as the client gives them, nothing looked at. Cold load: a market that knows nothing is asked for its view: listing, reading, unsealing, parsing, packing for the engine, dictionaries; then everybody can be asked."));
        table.Save();
    }

    // As a fold writes them; the changes that it folds would take minutes to insert one by one.
    private static async Task<(List<(string Partition, string Row)> Chunks, long Bytes)> Fill(TableClient index, ServiceKeys keys, CancellationToken cancel)
    {
        var world = World.City(People, Positions);
        var store = new IndexStore(index, keys, TimeProvider.System);
        var agreed = new Consents(World.Day, World.Day, World.Day, null);
        var seekers = world.Seekers.Select(x => IndexRow.Of(new SeekerFile { Id = x.Id, Facts = x, Phone = "+8619955500001", Version = 1, Consent = agreed }, DateTimeOffset.UnixEpoch));
        var positions = world.Positions.Select(x => IndexRow.Of(new PositionFile { Employer = "employer", Facts = x, Version = 1 }, DateTimeOffset.UnixEpoch));
        await store.Write(IndexTable.SeekersPartition, seekers, DateTimeOffset.MaxValue, cancel);
        await store.Write(IndexTable.PositionsPartition, positions, DateTimeOffset.MaxValue, cancel);
        var (chunks, bytes) = (new List<(string, string)>(), 0L);
        foreach (var partition in (string[])[IndexTable.SeekersPartition, IndexTable.PositionsPartition])
            foreach (var row in (await store.Generations(partition, cancel)).Single().Chunks)
            {
                chunks.Add((partition, row));
                bytes += (await index.GetEntityAsync<TableEntity>(partition, row, cancellationToken: cancel)).Value.Values.Sum(value => value is byte[] part ? part.Length : 0);
            }
        return (chunks, bytes);
    }

    private static Task Bare(TableClient index, List<(string Partition, string Row)> chunks) => Parallel.ForEachAsync(
        chunks, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (chunk, cancel) => await index.GetEntityAsync<TableEntity>(chunk.Partition, chunk.Row, cancellationToken: cancel));

    private static double Load(TableClient index, ServiceKeys keys)
    {
        // The code lists' own texts are read when the program starts, whatever is loaded.
        var numbering = new Numbering(CodeLists.Default);
        using var market = new IndexTable(index, keys, numbering, new WeightsTable(index), TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        var view = market.View(default).GetAwaiter().GetResult();
        var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (view.Shards.Seekers.Count, view.Shards.Positions(TimeProvider.System.Today()).Count) == (People, Positions)
            ? taken
            : throw new InvalidOperationException("Not everybody was loaded.");
    }

    private static Task<IndexContents<long>[]> Apart(TableClient index, ServiceKeys keys)
    {
        var store = new IndexStore(index, keys, TimeProvider.System);
        return Task.WhenAll(
            store.ReadAll(IndexTable.SeekersPartition, row => row.Version, default), store.ReadAll(IndexTable.PositionsPartition, row => row.Version, default));
    }
}
