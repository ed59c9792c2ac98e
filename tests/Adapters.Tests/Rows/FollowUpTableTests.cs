using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>Follow-ups are found when they are due and while staff have to look at them, and no longer.</summary>
public sealed class FollowUpTableTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(2027, 4, 1);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jobmatch");
    private TableClient table = null!;
    private FollowUpTable followUps = null!;

    public async Task InitializeAsync()
    {
        table = await storage.NewTable();
        followUps = new(table, new(new DataKeys(FileMasterKey.Open(Path.Combine(folder.FullName, "master.json"), createIfAbsent: true)), await storage.NewTable()));
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <param name="digit">Of the subject, a hexadecimal one.</param>
    internal static FollowUpSeries Begun(string digit) => new()
    {
        Id = $"{new string(digit[0], 32)}-0123456789abcdef",
        Subject = new(digit[0], 32),
        Of = FollowUpOf.Placement,
        Event = "fair",
        About = "p1",
        StartedOn = new(2027, 3, 1),
    };

    private async Task<string> Save(FollowUpSeries series, string? etag = null) => await followUps.Save(new(series, [], series.NextOn(Day)), etag, default);

    [Fact]
    public async Task What_is_due_or_for_staff_is_listed_until_it_is_not_and_storage_keeps_no_list_of_it()
    {
        var series = Begun("a");
        var etag = await Save(series);
        await Save(Begun("b") with { StartedOn = new(2027, 3, 2) });
        Assert.Empty(await followUps.Due(Day.AddDays(-1), default));
        Assert.Equal([series.Id], (await followUps.Due(Day, default)).Select(file => file.Facts.Id));
        Assert.Equal(2, (await followUps.Due(Day.AddDays(1), default)).Count);
        Assert.Empty(await followUps.ForStaff(default));

        var asked = series.Ask(1, Day, byText: false);
        etag = await Save(asked, etag);
        Assert.Equal([series.Id], (await followUps.ForStaff(default)).Select(file => file.Facts.Id));
        Assert.Empty(await followUps.Due(Day, default));
        Assert.Equal([$"due|20270402|{Begun("b").Id}", $"due|20270601|{series.Id}", $"staff|{series.Id}"], await Listed());

        await Save(asked.Answered(1, FollowUpAnswer.Well, DateTimeOffset.UnixEpoch, Day, "anna", null), etag);
        Assert.Empty(await followUps.ForStaff(default));
        Assert.Equal([$"due|20270402|{Begun("b").Id}", $"due|20270601|{series.Id}"], await Listed());
        Assert.Equal(2, (await followUps.All(default)).Count);
    }

    [Fact]
    public async Task Whoever_writes_second_reads_again_and_nothing_of_theirs_is_listed()
    {
        var series = Begun("c");
        var etag = await Save(series);
        await Assert.ThrowsAsync<ConflictException>(() => Save(series));
        await Save(series with { By = "anna" }, etag);
        await Assert.ThrowsAsync<ConflictException>(() => Save(series.Ask(1, Day, byText: false), etag));
        Assert.Equal([$"due|20270401|{series.Id}"], await Listed());
        Assert.Null(await followUps.Find("nobody-at-all", default));
    }

    [Fact]
    public async Task A_row_that_only_lists_a_follow_up_is_none_also_where_its_name_leads_to_the_same_part()
    {
        var subject = Enumerable.Range(0, 1000).Select(n => n.ToString("x32")).First(subject => IGuests.Bucket($"due|20270401|{subject}") == IGuests.Bucket(subject));
        var series = Begun("d") with { Id = $"{subject}-0123456789abcdef", Subject = subject };
        await Save(series);
        Assert.Contains($"due|20270401|{series.Id}", await Listed());
        Assert.Null(await followUps.Find($"due|20270401|{series.Id}", default));
        Assert.NotNull(await followUps.Find(series.Id, default));
    }

    [Fact]
    public async Task Notes_are_sealed_and_come_back()
    {
        var series = Begun("d");
        await followUps.Save(new(series, [new(1, DateTimeOffset.UnixEpoch, "anna", "与单位谈过排班")]), null, default);
        Assert.Equal("与单位谈过排班", Assert.Single((await followUps.Find(series.Id, default))!.Value.Value.Notes).Words);
        await foreach (var row in table.QueryAsync<TableEntity>())
            Assert.DoesNotContain(row.Values, value => value is string text && text.Contains("排班", StringComparison.Ordinal));
    }

    private async Task<List<string>> Listed()
    {
        var listed = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>())
            if (row.RowKey.Contains('|'))
                listed.Add(row.RowKey);
        return [.. listed.Order(StringComparer.Ordinal)];
    }
}
