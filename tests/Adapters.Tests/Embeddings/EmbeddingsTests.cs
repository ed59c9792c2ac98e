using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using JobMatch.Adapters.Embeddings;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Embeddings;

/// <summary>Vectors from a server on the loopback in OpenAI's form, kept in Azurite, and what matches make of them.</summary>
public sealed class EmbeddingsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const int Length = 256;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");
    private EmbeddingServer server = null!;
    private TableClient vectors = null!;
    private ServiceKeys keys = null!;

    public async Task InitializeAsync()
    {
        (server, vectors) = (await EmbeddingServer.Start(), await storage.NewTable());
        keys = new(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true)), await storage.NewTable());
    }

    public async Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        await server.DisposeAsync();
    }

    private OpenAiEmbeddings Model(TimeSpan? timeout = null, int atOnce = 64) => new(
        new(server.Address, "some-model", Length) { Timeout = timeout ?? TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(1), Rest = TimeSpan.FromMilliseconds(500), AtOnce = atOnce },
        "the-key", TimeProvider.System);

    [Theory]
    [InlineData(EmbeddingMood.Well)]
    [InlineData(EmbeddingMood.InFloats)]
    public async Task Each_text_gets_its_vector_whatever_the_order_and_the_encoding(EmbeddingMood mood)
    {
        server.Mood = mood;
        var made = await Model().Of(["nurse", "质检员", "welder"], default);
        Assert.Equal(["nurse", "质检员", "welder"], server.Asked.Single()["input"]!.AsArray().Select(x => (string)x!));
        Assert.Equal(("some-model", Length, "Bearer the-key"), ((string)server.Asked.Single()["model"]!, (int)server.Asked.Single()["dimensions"]!, server.Authorization));
        Assert.Equal(new[] { "nurse", "质检员", "welder" }.Select(x => Meanings.Quantised(server.VectorOf(x, Length))!), made!);
    }

    [Theory]
    [InlineData(EmbeddingMood.TooShort, "unusable", 1)]
    [InlineData(EmbeddingMood.TooFew, "unusable", 1)]
    [InlineData(EmbeddingMood.Zeros, "unusable", 1)]
    [InlineData(EmbeddingMood.Garbage, "unusable", 1)]
    [InlineData(EmbeddingMood.Refuses, "refused", 1)]
    [InlineData(EmbeddingMood.Throttles, "throttled", 3)]
    [InlineData(EmbeddingMood.Breaks, "down", 3)]
    [InlineData(EmbeddingMood.Hangs, "timeout", 3)]
    public async Task What_cannot_be_used_changes_no_match_and_a_metric_says_what_it_was(EmbeddingMood mood, string outcome, int tries)
    {
        using var counted = new Counted();
        server.Mood = mood;
        // A title that nobody else's test asks about.
        var model = Model(mood == EmbeddingMood.Hangs ? TimeSpan.FromMilliseconds(300) : null);
        Assert.Null(await model.Of([$"told by {mood}"], default));
        Assert.Equal(tries, server.Asked.Count);
        Assert.Contains(outcome, counted.Outcomes);

        using var market = await Market();
        var off = await Plus(market);
        await new LearnMeanings(market, new VectorTable(vectors, "some-model", Length), Model(TimeSpan.FromMilliseconds(300), atOnce: 2048), CodeLists.Default).Run(default);
        Assert.Equal(off, await Plus(market));
        Assert.Equal((0.0, false), (off.Value, off.Meant));
    }

    [Fact]
    public async Task Passing_trouble_is_tried_again_and_lasting_trouble_is_left_alone_for_a_while()
    {
        server.Then = calls => calls switch { 0 => EmbeddingMood.Throttles, 1 => EmbeddingMood.Breaks, _ => null };
        var model = Model();
        Assert.NotNull(await model.Of(["a"], default));
        Assert.Equal(3, server.Asked.Count);

        server.Mood = EmbeddingMood.Breaks;
        using var counted = new Counted();
        for (var i = 0; i < 10 && !counted.Outcomes.Contains("resting"); i++)
            Assert.Null(await model.Of(["b"], default));
        Assert.Contains("resting", counted.Outcomes);
        server.Mood = EmbeddingMood.Well;
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.NotNull(await model.Of(["b"], default));
    }

    [Fact]
    public async Task A_match_goes_by_what_titles_mean_and_a_second_run_asks_nothing()
    {
        server.Same["把关流水线"] = "质检员";
        using var market = await Market();
        var before = await market.View(default);
        var flow = Learning(market);
        await flow.Run(default);
        var calls = server.Asked.Count;
        var meant = await Plus(market);
        Assert.Equal((0.8, true), (meant.Value, meant.Meant));
        // Words of the list and titles; what a seeker wrote is not among them.
        var sent = server.Asked.SelectMany(x => x["input"]!.AsArray().Select(y => (string)y!)).ToList();
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Contains("把关流水线", sent);
        Assert.DoesNotContain("my own words", sent);
        Assert.All(server.Asked, x => Assert.InRange(x["input"]!.AsArray().Count, 1, 100));
        // Who held a picture keeps it.
        Assert.False(before.BestPositions(Seeker, 1, Today).Items[0].Plus().Meant);

        // Again, and in another process: from the table.
        await flow.Run(default);
        using var other = await Market();
        await Learning(other).Run(default);
        Assert.Equal(await Plus(market), await Plus(other));
        Assert.Equal(calls, server.Asked.Count);

        // A new title is the only one that is asked about; until then it goes by its letters.
        await other.Put(Position("p2", "看着产品"), default);
        server.Same["看着产品"] = "质检员";
        Assert.False((await Matches(other)).Single(x => x.Position.Id == "p2").Plus().Meant);
        await Learning(other).Run(default);
        Assert.True((await Matches(other)).Single(x => x.Position.Id == "p2").Plus().Meant);
        Assert.Equal(["看着产品"], server.Asked.Last()["input"]!.AsArray().Select(x => (string)x!));
        Assert.Equal(calls + 1, server.Asked.Count);
    }

    private LearnMeanings Learning(IMarket market) => new(market, new VectorTable(vectors, "some-model", Length), Model(atOnce: 100), CodeLists.Default);

    private static readonly DateOnly Today = TimeProvider.System.Today();

    private static readonly Seeker Seeker = new() { Id = "s", District = "500103", Occupations = ["my own words", "PRODUCT_INSPECTOR"] };

    private static PositionFile Position(string id, string title) => new()
    {
        Version = 1,
        Employer = "e",
        Facts = new() { Id = id, Title = title, District = "500103", Openings = 1, ClosesOn = Today.AddDays(9), FirstPut = Today },
    };

    private async Task<IndexTable> Market()
    {
        var table = await storage.NewTable();
        var market = new IndexTable(table, keys, new(CodeLists.Default), new WeightsTable(table), TimeProvider.System);
        await market.Put(new SeekerFile { Id = "id", Version = 1, Facts = Seeker, Consent = new(Today, null, null, null) }, default);
        await market.Put(Position("p", "把关流水线"), default);
        await market.View(default);
        return market;
    }

    private static async Task<IReadOnlyList<Match>> Matches(IMarket market) => (await market.View(default)).BestPositions(Seeker, 9, Today).Items;

    private static async Task<PlusRow> Plus(IMarket market) => (await Matches(market)).Single(x => x.Position.Id == "p").Plus();

    /// <summary>What the metric says while this stands; tests beside it say more.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener listener = new();

        public Counted()
        {
            listener.InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Name == "jobmatch.embeddings")
                    all.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Outcomes.Add((string)tags[0].Value!));
            listener.Start();
        }

        public ConcurrentBag<string> Outcomes { get; } = [];

        public void Dispose() => listener.Dispose();
    }
}

internal static class MatchExtensions
{
    public static PlusRow Plus(this Match match) => match.Pluses.Single(x => x.Plus == "P2");
}
