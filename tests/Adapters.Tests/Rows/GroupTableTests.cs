using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>Groups are numbers that say nothing, of people who agreed to statistics, and of nobody else.</summary>
public sealed class GroupTableTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 1);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");
    private TableClient table = null!;
    private ServiceKeys keys = null!;

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
    public async Task Equal_categories_are_one_group_and_different_ones_are_seven()
    {
        using var groups = new GroupTable(table, keys, TimeProvider.System);
        for (var category = 1; category <= 7; category++)
            foreach (var grade in (int[])[1, 4])
                await groups.Put(Person($"s{category}{grade}", 1, new(category, grade)), default);
        var all = await groups.All(default);
        Assert.Equal(Enumerable.Range(1, 7), all.Values.Distinct().Order());
        Assert.All(Enumerable.Range(1, 7), category => Assert.Equal(all[$"s{category}1"], all[$"s{category}4"]));
        // Another deployment has a key, and so an order, of its own.
        var others = new ServiceKeys(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "other.json"), createIfAbsent: true)), await storage.NewTable());
        using var elsewhere = new GroupTable(await storage.NewTable(), others, TimeProvider.System);
        for (var category = 1; category <= 7; category++)
            await elsewhere.Put(Person($"s{category}1", 1, new(category, 1)), default);
        Assert.Equal(Enumerable.Range(1, 7), (await elsewhere.All(default)).Values.Order());
    }

    [Fact]
    public async Task Only_with_consent_and_certificate_and_the_latest_version_stands_whatever_comes_last()
    {
        using var groups = new GroupTable(table, keys, TimeProvider.System);
        using var other = new GroupTable(table, keys, TimeProvider.System);
        await groups.Put(Person("unsaid", 1, null), default);
        await groups.Put(Person("refused", 1, new(2, 1), consents: false), default);
        await groups.Put(Person("changed", 1, new(3, 1)), default);
        Assert.Equal(["changed"], (await other.All(default)).Keys);
        await groups.Put(Person("changed", 3, new(3, 1), consents: false), default);
        await groups.Put(Person("changed", 2, new(3, 1)), default);
        await groups.Put(Person("unsaid", 2, new(5, 1)), default);
        Assert.Equal(["unsaid"], (await other.All(default)).Keys);
        using var late = new GroupTable(table, keys, TimeProvider.System);
        Assert.Equal(await other.All(default), await late.All(default));
        // What a higher version has replaced goes; nobody reads anything else for it.
        Assert.Equal((2, 0), (await groups.Fold(default), await groups.Fold(default)));
        using var after = new GroupTable(table, keys, TimeProvider.System);
        Assert.Equal(await other.All(default), await after.All(default));
        Assert.Equal(["unsaid"], (await after.All(default)).Keys);
        await groups.Put(Person("changed", 2, new(3, 1)), default);
        Assert.Equal(["unsaid"], (await after.All(default)).Keys);
    }

    [Fact]
    public async Task No_cell_tells_who_is_in_which_group()
    {
        using var groups = new GroupTable(table, keys, TimeProvider.System);
        await groups.Put(Person("first", 1, new(2, 3)), default);
        await groups.Put(Person("second", 1, new(2, 3)), default);
        await groups.Put(Person("third", 2, null), default);
        List<TableEntity> rows = [];
        await foreach (var row in table.QueryAsync<TableEntity>())
            rows.Add(row);
        Assert.Equal(3, rows.Count);
        Assert.Equal(3, rows.Select(row => row.GetString("Group")).Distinct().Count());
        Assert.All(rows, row => Assert.StartsWith("v1|", row.GetString("Group"), StringComparison.Ordinal));
        // As long where the group is unknown.
        Assert.Single(rows.Select(row => row.GetString("Group")!.Length).Distinct());
    }

    private static SeekerFile Person(string subject, long version, Certificate? certificate, bool consents = true) => new()
    {
        Id = "id-" + subject,
        Version = version,
        Facts = new Seeker { Id = subject, District = "500103" },
        Certificate = certificate,
        Consent = new(Today, Today, null, consents ? Today : null),
    };
}
