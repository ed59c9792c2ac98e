using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

public sealed class TableBatchTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_batch_does_every_kind_of_change()
    {
        var table = await storage.NewTable();
        var etags = new Dictionary<string, ETag>();
        foreach (var row in (string[])["merge", "replace", "delete", "unguarded", "upsert"])
            etags[row] = (await table.AddEntityAsync(Row(row, "Old"))).Headers.ETag!.Value;

        var answers = (await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row("add", "New")),
            new(TableTransactionActionType.UpdateMerge, Row("merge", "New"), etags["merge"]),
            new(TableTransactionActionType.UpdateReplace, Row("replace", "New"), etags["replace"]),
            new(TableTransactionActionType.Delete, Row("delete", "Ignored"), etags["delete"]),
            new(TableTransactionActionType.Delete, Row("unguarded", "Ignored")),
            new(TableTransactionActionType.UpsertMerge, Row("upsert", "New")),
            new(TableTransactionActionType.UpsertReplace, Row("upserted", "New")),
        ])).Value;

        Assert.Equal(Enumerable.Repeat(204, 7), answers.Select(answer => answer.Status));
        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(
            ["add:New", "merge:New,Old", "replace:New", "upsert:New,Old", "upserted:New"],
            rows.Select(row => $"{row.RowKey}:{string.Join(',', row.Keys.Where(key => key is "New" or "Old").Order())}"));
        Assert.Equal(rows.Single(row => row.RowKey == "merge").ETag, answers[1].Headers.ETag);
    }

    [Theory]
    [InlineData(TableTransactionActionType.Add, "here", 409, "EntityAlreadyExists")]
    [InlineData(TableTransactionActionType.UpdateMerge, "here", 412, "UpdateConditionNotSatisfied")]
    [InlineData(TableTransactionActionType.UpdateReplace, "here", 412, "UpdateConditionNotSatisfied")]
    [InlineData(TableTransactionActionType.Delete, "here", 412, "UpdateConditionNotSatisfied")]
    [InlineData(TableTransactionActionType.UpdateMerge, "gone", 404, "ResourceNotFound")]
    [InlineData(TableTransactionActionType.Delete, "gone", 404, "ResourceNotFound")]
    public async Task A_batch_with_one_refusal_writes_nothing(TableTransactionActionType type, string row, int status, string code)
    {
        var table = await storage.NewTable();
        var stale = (await table.AddEntityAsync(Row("here", "Old"))).Headers.ETag!.Value;
        await table.UpsertEntityAsync(Row("here", "Newer"));

        var refused = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row("first", "New")),
            new(type, Row(row, "New"), stale),
            new(TableTransactionActionType.UpsertReplace, Row("last", "New")),
        ]));

        Assert.Equal((status, code, 1), (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex));
        Assert.Equal(["here"], await table.QueryAsync<TableEntity>().Select(found => found.RowKey).ToListAsync());
    }

    [Fact]
    public async Task A_hundred_rows_with_any_text_in_them_are_one_batch()
    {
        var table = await storage.NewTable();
        const string text = "--changeset_x\r\n\r\nHTTP/1.1 409 Conflict\r\nPOST http://x/y HTTP/1.1\r\n{\"odata.error\":{}} 王 %41 '\r\n--batch";

        await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(row =>
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{row:D3}") { ["Text"] = text })));

        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        Assert.Equal(100, rows.Count);
        Assert.All(rows, row => Assert.Equal(text, row.GetString("Text")));
    }

    private static TableEntity Row(string row, string property) => new("p", row) { [property] = 1 };
}
