using System.Text;
using Azure.Core.Pipeline;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>
/// Folding changes nothing that a reader sees, whoever dies, writes, reads or folds at the same time. Storage is real; its
/// clock, as its answers tell it, is set forward where changes have to be old.
/// </summary>
public sealed class IndexFoldTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 1);
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(20);
    private const string Word = "会修老式收音机";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");
    private readonly Numbering numbering = new(CodeLists.Default);
    private ServiceKeys keys = null!;
    private TableClient table = null!;

    public async Task InitializeAsync() =>
        keys = new(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true)), await storage.NewTable());

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_folded_is_read_as_it_was_and_few_rows_are_left()
    {
        var before = await Filled();
        await Fold(new());
        Assert.Equal(before, await Picture());
        Assert.DoesNotContain(await Keys(), key => key.StartsWith("change|", StringComparison.Ordinal));
        Assert.Equal(3, (await Keys()).Count); // One chunk of people, two of positions.

        using (var index = Index())
        {
            await index.Put(Person("s1", 3), default);
            await index.Put(Position("p1", 3, closed: true), default);
        }
        var changed = await Picture();
        Assert.NotEqual(before, changed);
        await Fold(new());
        Assert.Equal(changed, await Picture());
        Assert.Equal(3, (await Keys()).Count);
    }

    [Fact]
    public async Task Changes_of_the_last_quarter_of_an_hour_are_folded_and_stay()
    {
        var before = await Filled();
        var rows = (await Keys()).Count;
        await new IndexFold(Table(new()), keys, TimeProvider.System) { Least = 0 }.Run(default);
        Assert.Equal(before, await Picture());
        Assert.Equal(rows + 3, (await Keys()).Count);
    }

    [Fact]
    public async Task A_few_changes_are_not_worth_a_fold()
    {
        await Filled();
        var rows = await Keys();
        await new IndexFold(Table(new() { Ahead = Old }), keys, TimeProvider.System).Run(default);
        Assert.Equal(rows, await Keys());
    }

    [Fact]
    public async Task One_change_of_yesterday_is()
    {
        await Filled(folded: true);
        await new IndexFold(Table(new() { Ahead = TimeSpan.FromHours(25) }), keys, TimeProvider.System).Run(default);
        Assert.Equal(3, (await Keys()).Count);
    }

    [Fact]
    public async Task Free_words_are_sealed_in_snapshots_too()
    {
        await Filled();
        await Fold(new());
        await foreach (var row in table.QueryAsync<TableEntity>())
            foreach (var value in row.Values)
                Assert.DoesNotContain(Word, value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "", StringComparison.Ordinal);
        using var index = Index();
        Assert.Contains(Word, (await index.View(default)).Seekers["s1"].Facts.Skills!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fold_that_dies_at_any_storage_call_leaves_the_same_index(bool after)
    {
        for (var (at, died) = (1, true); died; at++)
        {
            var before = await Filled(folded: true);
            died = false;
            try
            {
                await Fold(new() { DieAt = at, DieAfter = after });
            }
            catch (Died)
            {
                died = true;
            }
            Assert.Equal(before, await Picture());
            await Fold(new());
            Assert.Equal(before, await Picture());
            Assert.True(died || at > 20, $"A fold takes {at} calls only.");
        }
    }

    [Fact]
    public async Task An_unfinished_generation_counts_for_nothing_and_is_gone_after_an_hour()
    {
        var before = await Filled();
        await Assert.ThrowsAsync<Died>(() => Fold(new() { DieAtChunk = 3 }));
        Assert.Equal(2, (await Keys()).Count(key => key.StartsWith("snapshot|", StringComparison.Ordinal)));
        Assert.Equal(before, await Picture());
        await Fold(new());
        Assert.Equal(4, (await Keys()).Count);
        await Fold(new() { Ahead = TimeSpan.FromHours(2) });
        Assert.Equal(3, (await Keys()).Count);
        Assert.Equal(before, await Picture());
    }

    [Fact]
    public async Task Two_that_fold_at_once_do_it_once_in_effect()
    {
        for (var (at, met) = (1, true); met; at++)
        {
            var before = await Filled(folded: true);
            met = await Fold(new() { MeetAt = at, Meet = () => Fold(new()) });
            Assert.Equal(before, await Picture());
            // What both left is one generation after the next fold.
            await Fold(new());
            Assert.Equal(before, await Picture());
            Assert.Equal(3, (await Keys()).Count);
        }
    }

    [Fact]
    public async Task A_change_that_comes_while_folding_is_kept()
    {
        for (var (at, met) = (1, true); met; at++)
        {
            await Filled(folded: true);
            string? expected = null;
            met = await Fold(new()
            {
                MeetAt = at,
                Meet = async () =>
                {
                    using var index = Index();
                    await index.Put(Person("s2", 4), default);
                    await index.Put(Position("p2", 4, closed: true), default);
                    await index.Put(Position("late", 1), default);
                    expected = await Picture(index);
                },
            });
            Assert.Equal(expected ?? await Picture(), await Picture());
            await Fold(new());
            Assert.Equal(expected ?? await Picture(), await Picture());
        }
    }

    [Fact]
    public async Task Who_reads_while_another_folds_misses_nothing()
    {
        for (var (at, met) = (1, true); met; at++)
        {
            var before = await Filled(folded: true);
            var trouble = new Trouble { MeetAt = at, Meet = () => Fold(new()) };
            using var index = new IndexTable(Table(trouble), keys, numbering, new WeightsTable(table), TimeProvider.System);
            Assert.Equal(before, await Picture(index));
            met = trouble.HasMet;
        }
    }

    [Fact]
    public async Task Who_began_with_an_older_generation_goes_on_and_after_ten_minutes_begins_anew()
    {
        await Filled(folded: true);
        var clock = new Clock();
        using var reader = new IndexTable(Table(new()), keys, numbering, new WeightsTable(table), clock);
        await reader.View(default);
        using (var writer = Index())
        {
            await Fold(new());
            await writer.Put(Position("p2", 5), default);
            clock.Now += TimeSpan.FromSeconds(2);
            Assert.Equal(await Picture(), await Picture(reader));
            // Nine days later: closed, folded away, and its tombstone too.
            await writer.Put(Position("p2", 6, closed: true), default);
        }
        await Fold(new() { Ahead = TimeSpan.FromDays(9) });
        clock.Now += TimeSpan.FromDays(9);
        Assert.False((await reader.View(default)).Positions.ContainsKey("p2"));
        Assert.Equal(await Picture(), await Picture(reader));
        Assert.False(await reader.Holds("p2", 1, default));
    }

    [Fact]
    public async Task A_late_older_version_never_stands_up_again()
    {
        await Filled();
        using (var writer = Index())
            await writer.Put(Position("p1", 7, closed: true), default);
        var closed = await Picture();
        await Fold(new());
        using (var late = Index())
            await late.Put(Position("p1", 6), default);
        Assert.Equal(closed, await Picture());
        await Fold(new());
        Assert.Equal(closed, await Picture());
    }

    [Fact]
    public async Task A_writer_whose_clock_is_an_hour_slow_is_seen_at_once()
    {
        await Filled();
        var clock = new Clock();
        using var reader = new IndexTable(table, keys, numbering, new WeightsTable(table), clock);
        await reader.View(default);
        using (var slow = new IndexTable(table, keys, numbering, new WeightsTable(table), new Clock { Now = TimeProvider.System.GetUtcNow().AddHours(-1) }))
            await slow.Put(Position("slow", 1), default);
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.True((await reader.View(default)).Positions.ContainsKey("slow"));
    }

    [Fact]
    public async Task A_change_that_was_long_on_its_way_is_written_again_under_a_later_time()
    {
        table = await storage.NewTable();
        var trouble = new Trouble();
        using (var slow = new IndexTable(Table(trouble), keys, numbering, new WeightsTable(table), TimeProvider.System))
        {
            await slow.View(default);
            // The next answer comes two minutes after its request was made.
            trouble.Ahead = TimeSpan.FromMinutes(2);
            await slow.Put(Position("slow", 1), default);
        }
        var times = (await Keys()).Select(key => new DateTimeOffset(long.Parse(key.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero)).ToList();
        Assert.Equal(2, times.Count);
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(180));
    }

    // People and positions with changes of changes, in and out of order; positions fill two chunks.
    private async Task<string> Filled(bool folded = false)
    {
        table = await storage.NewTable();
        using var index = Index();
        await Task.WhenAll(Enumerable.Range(1, 40).Select(n => index.Put(Position($"p{n}", 1), default)));
        await Task.WhenAll(Enumerable.Range(1, 6).Select(n => index.Put(Person($"s{n}", 1), default)));
        if (folded)
            await Fold(new());
        await index.Put(Position("p2", 3, closed: false), default);
        await index.Put(Position("p2", 2, closed: true), default);
        await index.Put(Position("p3", 2, closed: true), default);
        await index.Put(Position("p4", 2), default);
        await index.Put(Person("s2", 2), default);
        await index.Put(Person("s3", 2) with { Consent = new(null, null, null, null) }, default);
        await index.Put(Person("s4", 2) with { OptedOutAt = DateTimeOffset.UnixEpoch }, default);
        var picture = await Picture();
        Assert.Equal(picture, await Picture(index));
        return picture;
    }

    private IndexTable Index() => new(table, keys, numbering, new WeightsTable(table), TimeProvider.System);

    private async Task<string> Picture()
    {
        using var index = Index();
        return await Picture(index);
    }

    // All that a reader can see: rows with their facts, who is counted, and what the engine finds for everybody.
    private static async Task<string> Picture(IndexTable index)
    {
        var view = await index.View(default);
        var lines = view.Seekers.Values.OrderBy(x => x.Id, StringComparer.Ordinal).Select(x => $"{x.Id} {x.Version} {x.Sms} {x.ShownToEmployers} {x.OptedOut} {Written.Of(x.Facts)}")
            .Concat(view.Positions.Values.OrderBy(x => x.Id, StringComparer.Ordinal).Select(x => $"{x.Id} {x.Version} {x.Employer} {Written.Of(x.Facts).Length}"))
            .Append($"{view.Unmatched} unmatched, {view.Shards.Seekers.Count} and {view.Shards.Positions(Day).Count} in the engine")
            .Concat(view.Seekers.Values.OrderBy(x => x.Id, StringComparer.Ordinal).Select(x => string.Join(' ', view.BestPositions(x.Facts, 5, Day).Items.Select(match => $"{match.Position.Id} {match.Tenths}"))));
        return string.Join('\n', lines);
    }

    private async Task<bool> Fold(Trouble trouble)
    {
        if (trouble.Ahead == default)
            trouble.Ahead = Old;
        await new IndexFold(Table(trouble), keys, TimeProvider.System) { Least = 1 }.Run(default);
        return trouble.HasMet;
    }

    private TableClient Table(Trouble trouble) => new(
        storage.ConnectionString, table.Name, new() { Transport = new HttpClientTransport(new HttpClient(trouble, disposeHandler: false)) });

    private async Task<List<string>> Keys()
    {
        var found = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["RowKey"]))
            found.Add(row.RowKey);
        return found;
    }

    private static SeekerFile Person(string id, long version) => new()
    {
        Id = $"person-{id}",
        Version = version,
        Phone = "+8619955500001",
        Facts = new() { Id = id, District = "500103", Skills = ["PACKING", Word], MinPayMonthly = 2_000 + (int)version },
        Consent = new(Day, Day, Day, null),
    };

    // A title that nobody would write, so that forty of them do not fit one chunk.
    private static PositionFile Position(string id, long version, bool closed = false) => new()
    {
        Employer = "e1",
        Version = version,
        Facts = new() { Id = id, Title = $"包装工{new string('x', 20_000)}", District = "500103", ClosesOn = Day.AddYears(50), FirstPut = Day, Openings = 1 + (int)version, Closed = closed },
    };

    private sealed class Died : Exception;

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>The way to storage: it dies or meets somebody at a call, and its answers tell another time.</summary>
    private sealed class Trouble() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int calls, chunks;

        public TimeSpan Ahead { get; set; }
        public int DieAt { get; init; }
        public bool DieAfter { get; init; }
        public int DieAtChunk { get; init; }
        public int MeetAt { get; init; }
        public Func<Task> Meet { get; init; } = () => Task.CompletedTask;
        public bool HasMet { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = Interlocked.Increment(ref calls);
            if (call == MeetAt)
            {
                HasMet = true;
                await Meet();
            }
            var isChunk = request.Method == HttpMethod.Post && request.Content is not null && (await request.Content.ReadAsStringAsync(cancellationToken)).Contains("snapshot|", StringComparison.Ordinal);
            if ((call == DieAt && !DieAfter) || (isChunk && Interlocked.Increment(ref chunks) == DieAtChunk))
                throw new Died();
            var answer = await base.SendAsync(request, cancellationToken);
            if (call == DieAt)
                throw new Died();
            answer.Headers.Date += Ahead;
            return answer;
        }
    }
}
