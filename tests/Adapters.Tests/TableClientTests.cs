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

        Assert.Equal(("王小明", 41), (row.GetString("Name"), row.GetInt32("Age")));
    }

    [Fact]
    public async Task A_batch_writes_all_or_nothing()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "2"));

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "1")),
            new(TableTransactionActionType.Add, new TableEntity("p", "2")),
        ]));

        Assert.Equal((409, "EntityAlreadyExists", 1), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "1")).HasValue);
        Assert.Equal(2, (await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "1") { ["名字"] = "--changeset HTTP/1.1 王" }),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "2")),
        ])).Value.Count);
    }
}
