using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

public sealed class TableClientTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task What_is_added_is_read_back()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "王小明", ["Age"] = 41 });

        var row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(("p", "r", "王小明", 41), (row.PartitionKey, row.RowKey, row.GetString("Name"), row.GetInt32("Age")));
    }

    [Fact]
    public async Task A_row_is_added_only_once()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var refused = await Refused(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, "EntityAlreadyExists"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task A_missing_row_and_a_missing_table_answer_404_by_their_names()
    {
        var table = await storage.NewTable();
        var nowhere = storage.Tables.GetTableClient(AzuriteFixture.NewName());

        Assert.Equal((404, "ResourceNotFound"), Told(await Refused(() => table.GetEntityAsync<TableEntity>("p", "none"))));
        Assert.Equal((404, "ResourceNotFound"), Told(await Refused(() => table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All))));
        Assert.Equal((404, "TableNotFound"), Told(await Refused(() => nowhere.AddEntityAsync(new TableEntity("p", "r")))));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "none")).HasValue);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "none")).Status);
    }

    [Fact]
    public async Task An_upsert_adds_then_merges_or_replaces()
    {
        var table = await storage.NewTable();

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2 });
        var merged = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["C"] = 3 }, TableUpdateMode.Replace);
        var replaced = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((1, 2), (merged.GetInt32("A"), merged.GetInt32("B")));
        Assert.Equal((null, null, 3), (replaced.GetInt32("A"), replaced.GetInt32("B"), replaced.GetInt32("C")));
    }

    [Fact]
    public async Task A_change_to_a_version_that_is_gone_answers_412_and_changes_nothing()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, read.ETag);

        foreach (var mode in Enum.GetValues<TableUpdateMode>())
            Assert.Equal((412, "UpdateConditionNotSatisfied"), Told(await Refused(() => table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, read.ETag, mode))));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), Told(await Refused(() => table.DeleteEntityAsync("p", "r", read.ETag))));

        var now = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(2, now.GetInt32("A"));
        Assert.Equal(204, (await table.DeleteEntityAsync("p", "r", now.ETag)).Status);
    }

    [Fact]
    public async Task The_ETag_that_a_write_answers_guards_the_next_write()
    {
        var table = await storage.NewTable();
        var added = await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        var updated = await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, added.Headers.ETag!.Value);

        Assert.Equal(204, (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, updated.Headers.ETag!.Value)).Status);
    }

    [Fact]
    public async Task An_update_without_an_ETag_is_refused_before_the_wire()
    {
        var table = new TableClient(StorageEndpoints.Emulator(1, 2), "table");

        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "r"))]));
    }

    [Fact]
    public async Task Of_fifty_writers_who_read_the_same_version_exactly_one_wins()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Winner"] = -1 });
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Status(() =>
            table.UpdateEntityAsync(new TableEntity("p", "r") { ["Winner"] = writer }, read.ETag))));

        Assert.Equal(49, answers.Count(status => status == 412));
        var winner = (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("Winner");
        Assert.Equal(Array.IndexOf(answers, 204), winner);
    }

    [Fact]
    public async Task Of_fifty_who_add_the_same_row_exactly_one_wins()
    {
        var table = await storage.NewTable();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Status(() =>
            table.AddEntityAsync(new TableEntity("p", "r") { ["Winner"] = writer }))));

        Assert.Equal(49, answers.Count(status => status == 409));
        var winner = (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("Winner");
        Assert.Equal(Array.IndexOf(answers, 204), winner);
    }

    [Theory]
    [InlineData("O'Brien ''quoted''")]
    [InlineData("王小明 的 行")]
    [InlineData("😀 astral")]
    [InlineData(" blanks around ")]
    [InlineData("100% %27 %2F %")]
    [InlineData("a+b&c=d,e;f:g@h!$*()[]{}<>|~^`\"")]
    [InlineData("2026-11-24T00:00:00|t1~2~3")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Any_key_that_Azure_allows_works_in_every_operation(string key)
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity(key, key) { ["A"] = 1 });
        await table.UpsertEntityAsync(new TableEntity(key, key) { ["B"] = 2 });
        var read = (await table.GetEntityAsync<TableEntity>(key, key)).Value;
        Assert.Equal((key, key, 1, 2), (read.PartitionKey, read.RowKey, read.GetInt32("A"), read.GetInt32("B")));

        await table.UpdateEntityAsync(new TableEntity(key, key) { ["A"] = 3 }, read.ETag, TableUpdateMode.Replace);
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpsertMerge, new TableEntity(key, key) { ["C"] = 4 }),
            new(TableTransactionActionType.Add, new TableEntity(key, "other")),
        ]);
        var found = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}")).SingleAsync();
        Assert.Equal((key, 3, 4), (found.RowKey, found.GetInt32("A"), found.GetInt32("C")));

        await table.DeleteEntityAsync(key, key, found.ETag);
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Delete, new TableEntity(key, "other"))]);
        Assert.Empty(await table.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task A_query_reads_every_page_in_the_order_of_keys()
    {
        var table = await storage.NewTable();
        await Fill(table, "a b'王%", 1100);
        await Fill(table, "c", 130);

        var pages = await table.QueryAsync<TableEntity>().AsPages().ToListAsync();

        Assert.Equal([1000, 230], pages.Select(page => page.Values.Count));
        Assert.NotNull(pages[0].GetRawResponse().Headers.Date);
        var keys = pages.SelectMany(page => page.Values).Select(row => (row.PartitionKey, row.RowKey)).ToList();
        Assert.Equal(keys.OrderBy(key => key.PartitionKey, StringComparer.Ordinal).ThenBy(key => key.RowKey, StringComparer.Ordinal), keys);
        Assert.Equal(1230, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_query_goes_on_where_a_continuation_says()
    {
        var table = await storage.NewTable();
        await Fill(table, "p|x", 7);

        var first = await table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages().FirstAsync();
        var rest = await table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages(first.ContinuationToken).ToListAsync();

        Assert.Equal([3, 1], rest.Select(page => page.Values.Count));
        Assert.Equal("000003", rest[0].Values[0].RowKey);
        Assert.Null(rest[1].ContinuationToken);
    }

    [Fact]
    public async Task A_query_reads_only_what_is_selected()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 });

        var queried = await table.QueryAsync<TableEntity>(select: ["RowKey", "B"]).SingleAsync();
        var got = (await table.GetEntityAsync<TableEntity>("p", "r", ["B"])).Value;

        Assert.Equal((null, 2, "r"), (queried.GetInt32("A"), queried.GetInt32("B"), queried.RowKey));
        Assert.Equal((null, 2), (got.GetInt32("A"), got.GetInt32("B")));
    }

    [Fact]
    public async Task A_filter_compares_with_every_type()
    {
        var table = await storage.NewTable();
        var id = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var when = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.FromHours(8)).AddTicks(1);
        await table.AddEntityAsync(new TableEntity("p", "yes") { ["T"] = "O'Brien 王", ["I"] = 5, ["L"] = 1L << 40, ["D"] = 1.0, ["B"] = true, ["G"] = id, ["W"] = when, ["X"] = new byte[] { 1, 254 } });
        await table.AddEntityAsync(new TableEntity("p", "no") { ["T"] = "O", ["I"] = 4, ["L"] = 1L << 39, ["D"] = 0.5, ["B"] = false, ["G"] = Guid.Empty, ["W"] = when.AddMilliseconds(-1), ["X"] = new byte[] { 1 } });

        FormattableString[] filters =
        [
            $"T eq {"O'Brien 王"}", $"I ge {5}", $"L eq {1L << 40}", $"D eq {1.0}", $"B eq {true}", $"G eq {id}",
            $"W ge {when}", $"W ge {when.UtcDateTime}", $"X eq {new byte[] { 1, 254 }}", $"RowKey ge {"x"} and RowKey lt {"z"}", $"not (I eq {4})",
        ];

        foreach (var filter in filters.Select(TableClient.CreateQueryFilter))
            Assert.Equal($"{filter}: yes", $"{filter}: {string.Join(',', (await table.QueryAsync<TableEntity>(filter).ToListAsync()).Select(row => row.RowKey))}");
    }

    [Fact]
    public void A_filter_is_written_in_Azures_literals() => Assert.Equal(
        "a eq 'O''Brien' and b eq 5L and c eq 1.0 and d eq true and e eq guid'00000000-0000-0000-0000-000000000000' and f eq datetime'1970-01-01T00:00:00.0000000Z' and g eq X'01FE'",
        TableClient.CreateQueryFilter($"a eq {"O'Brien"} and b eq {5L} and c eq {1.0} and d eq {true} and e eq {Guid.Empty} and f eq {DateTimeOffset.UnixEpoch} and g eq {new byte[] { 1, 254 }}"));

    [Fact]
    public async Task A_table_is_created_listed_and_deleted_and_each_may_be_repeated()
    {
        var name = AzuriteFixture.NewName();
        Assert.Equal(204, (await storage.Tables.CreateTableIfNotExistsAsync(name)).GetRawResponse().Status);
        Assert.Equal(409, (await storage.Tables.CreateTableIfNotExistsAsync(name)).GetRawResponse().Status);
        Assert.Contains(new TableItem(name), await storage.Tables.QueryAsync().ToListAsync());

        Assert.Equal(204, (await storage.Tables.DeleteTableAsync(name)).Status);
        Assert.Equal(404, (await storage.Tables.DeleteTableAsync(name)).Status);
        Assert.DoesNotContain(new TableItem(name), await storage.Tables.QueryAsync().ToListAsync());
    }

    [Fact]
    public async Task Every_answer_carries_the_storage_services_clock()
    {
        var table = await storage.NewTable();
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-2);

        var added = await table.AddEntityAsync(new TableEntity("p", "r"));
        var batch = await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "r"))]);
        var missing = await table.GetEntityIfExistsAsync<TableEntity>("p", "none");

        foreach (var response in (Response[])[added, batch.GetRawResponse(), missing.GetRawResponse()])
            Assert.InRange(response.Headers.Date!.Value, before, TimeProvider.System.GetUtcNow().AddSeconds(2));
    }

    [Fact]
    public async Task An_exception_names_the_operation_and_the_code_and_no_content()
    {
        var table = await storage.NewTable();
        var secret = new TableEntity("canary-partition", "canary-row") { ["Note"] = "canary-value" };
        await table.AddEntityAsync(secret);

        foreach (var refused in (RequestFailedException[])[
            await Refused(() => table.AddEntityAsync(secret)),
            await Refused(() => table.GetEntityAsync<TableEntity>("canary-partition", "canary")),
            await Refused(() => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, secret)])),
            await Refused(() => table.QueryAsync<TableEntity>("canary eq ").ToListAsync().AsTask())])
        {
            Assert.Contains(table.Name, refused.Message, StringComparison.Ordinal);
            Assert.Contains($": storage answered {refused.Status} {refused.ErrorCode} (request ", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task Fill(TableClient table, string partition, int rows)
    {
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(100))
            await table.SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, $"{row:D6}"))));
    }

    private static Task<RequestFailedException> Refused(Func<Task> call) => Assert.ThrowsAnyAsync<RequestFailedException>(call);

    private static (int, string?) Told(RequestFailedException refused) => (refused.Status, refused.ErrorCode);

    private static async Task<int> Status(Func<Task<Response>> call)
    {
        try
        {
            return (await call()).Status;
        }
        catch (RequestFailedException refused)
        {
            return refused.Status;
        }
    }
}
