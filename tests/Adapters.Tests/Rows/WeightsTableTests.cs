using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>Published weights count in every process within seconds, and in one that starts later.</summary>
public sealed class WeightsTableTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly int[] Pay = [0, 0, 0, 0, 100, 0, 0, 0, 0];
    private static readonly DateOnly Day = new(2027, 1, 10);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");
    private readonly Clock clock = new();
    private ServiceKeys keys = null!;
    private TableClient table = null!;

    public async Task InitializeAsync()
    {
        table = await storage.NewTable();
        keys = new(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true)), await storage.NewTable());
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_published_in_one_process_counts_in_the_others_and_after_a_start()
    {
        using var one = Market();
        using var other = Market();
        await one.Put(new SeekerFile { Id = "id", Version = 1, Facts = new() { Id = "s", District = "500103", MinPayMonthly = 2_000 }, Consent = new(Day, null, null, null) }, default);
        await one.Put(Position("near", 2_000), default);
        await one.Put(Position("rich", 3_000), default);
        clock.Now += TimeSpan.FromSeconds(2);
        var shipped = await Best(other);
        Assert.Equal(("2026-11-01", 2), (shipped.Version, shipped.Scores.Count));

        var publish = new PublishWeights(new WeightsTable(table), one, clock);
        Assert.Null(await publish.Ask(Pay, "lead-1", default));
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(shipped.Scores, (await Best(other)).Scores);
        Assert.Null(await publish.Approve(1, "lead-2", default));

        var published = await Best(one);
        Assert.Equal(("2027-01-10", [("rich", 500), ("near", 0)]), published, Same);
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(published, await Best(other), Same);
        using (var later = Market())
            Assert.Equal(published, await Best(later), Same);

        // Meanings are learned later, and the weights stay.
        other.Refine(Meanings());
        Assert.Equal(published, await Best(other), Same);
        // Back, in the other process.
        var back = new PublishWeights(new WeightsTable(table), other, clock);
        Assert.Null(await back.Ask([25, 25, 15, 10, 10, 5, 4, 3, 3], "lead-2", default));
        Assert.Null(await back.Approve(2, "lead-1", default));
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(("2027-01-10.2", shipped.Scores), await Best(one), Same);
    }

    [Fact]
    public async Task A_row_is_written_once_and_changed_only_by_who_has_read_it()
    {
        var rows = new WeightsTable(table);
        var asked = new WeightsChange(1, Pay, "lead-1", clock.Now);
        await rows.Save(asked, null, default);
        await Assert.ThrowsAsync<ConflictException>(() => rows.Save(asked, null, default));
        var read = Assert.Single(await rows.All(default));
        await rows.Save(asked with { DecidedBy = "lead-2", DecidedAt = clock.Now, Published = true }, read.ETag, default);
        await Assert.ThrowsAsync<ConflictException>(() => rows.Save(asked with { DecidedBy = "lead-3", DecidedAt = clock.Now }, read.ETag, default));
        var stands = Assert.Single(await rows.All(default)).Value;
        Assert.Equal(("lead-2", true, clock.Now), (stands.DecidedBy, stands.Published, stands.DecidedAt));
        Assert.Equal(Pay, stands.Weights);
    }

    private IndexTable Market() => new(table, keys, new(CodeLists.Default), new WeightsTable(table), clock);

    private static Meanings Meanings() => new(CodeLists.Default.Occupations, new Dictionary<string, sbyte[]>());

    private static async Task<(string Version, List<(string Position, int Tenths)> Scores)> Best(IndexTable market)
    {
        var view = await market.View(default);
        var found = view.BestPositions(view.Seekers["s"].Facts, 5, Day).Items;
        return (found[0].PolicyVersion, [.. found.Select(x => (x.Position.Id, x.Tenths))]);
    }

    private static bool Same((string Version, List<(string, int)> Scores) a, (string Version, List<(string, int)> Scores) b) => a.Version == b.Version && a.Scores.SequenceEqual(b.Scores);

    private static PositionFile Position(string id, int pay) => new()
    {
        Employer = "e1",
        Version = 1,
        Facts = new() { Id = id, Title = "包装工", District = "500103", ClosesOn = Day.AddYears(1), FirstPut = Day, Pay = new(pay, pay, PayPeriod.Month, true) },
    };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2027, 1, 10, 4, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
