using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

/// <summary>Every type that a table holds, with its extremes: as it stands on the wire, and as it is read back.</summary>
public sealed class TableValuesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly Guid Id = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    public static TheoryData<object, string> Values() => new()
    {
        { "", """ "V":"" """ },
        { "王小明 “引号” \"quote\" \\ / \t\r\n\0 😀", """ "V":"王小明 “引号” \"quote\" \\ / \t\r\n\u0000 \uD83D\uDE00" """ },
        { "2026-11-24T00:00:00Z", """ "V":"2026-11-24T00:00:00Z" """ },
        { "123", """ "V":"123" """ },
        { true, """ "V":true """ },
        { false, """ "V":false """ },
        { 0, """ "V":0 """ },
        { int.MaxValue, """ "V":2147483647 """ },
        { int.MinValue, """ "V":-2147483648 """ },
        { 0L, """ "V@odata.type":"Edm.Int64","V":"0" """ },
        { 9007199254740993L, """ "V@odata.type":"Edm.Int64","V":"9007199254740993" """ },
        { long.MaxValue, """ "V@odata.type":"Edm.Int64","V":"9223372036854775807" """ },
        { long.MinValue, """ "V@odata.type":"Edm.Int64","V":"-9223372036854775808" """ },
        { 1.0, """ "V@odata.type":"Edm.Double","V":1.0 """ },
        { 0.1, """ "V@odata.type":"Edm.Double","V":0.1 """ },
        { 1e15, """ "V@odata.type":"Edm.Double","V":1000000000000000.0 """ },
        { 1e300, """ "V@odata.type":"Edm.Double","V":1E+300 """ },
        { double.MaxValue, """ "V@odata.type":"Edm.Double","V":1.7976931348623157E+308 """ },
        { double.MinValue, """ "V@odata.type":"Edm.Double","V":-1.7976931348623157E+308 """ },
        { double.Epsilon, """ "V@odata.type":"Edm.Double","V":5E-324 """ },
        { double.NaN, """ "V@odata.type":"Edm.Double","V":"NaN" """ },
        { double.PositiveInfinity, """ "V@odata.type":"Edm.Double","V":"Infinity" """ },
        { double.NegativeInfinity, """ "V@odata.type":"Edm.Double","V":"-Infinity" """ },
        { Id, """ "V@odata.type":"Edm.Guid","V":"0f8fad5b-d9cb-469f-a165-70867728950e" """ },
        { Guid.Empty, """ "V@odata.type":"Edm.Guid","V":"00000000-0000-0000-0000-000000000000" """ },
        { new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero), """ "V@odata.type":"Edm.DateTime","V":"1601-01-01T00:00:00.0000000Z" """ },
        { DateTimeOffset.MaxValue, """ "V@odata.type":"Edm.DateTime","V":"9999-12-31T23:59:59.9999999Z" """ },
        { new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.FromHours(8)).AddTicks(1234567), """ "V@odata.type":"Edm.DateTime","V":"2026-11-24T00:00:00.1234567Z" """ },
        { Array.Empty<byte>(), """ "V@odata.type":"Edm.Binary","V":"" """ },
        { new byte[] { 0, 0xFF, 0xFE, 0x3E }, """ "V@odata.type":"Edm.Binary","V":"AP/+Pg==" """ },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_stands_on_the_wire_with_its_type_and_reads_back_as_it_was(object value, string json)
    {
        var wire = new Wire();
        var table = new TableClient(storage.ConnectionString, (await storage.NewTable()).Name, wire.Tables);

        await table.AddEntityAsync(new TableEntity("p", "added") { ["V"] = value });
        await table.UpsertEntityAsync(new TableEntity("p", "upserted") { ["V"] = value });
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "batch") { ["V"] = value })]);

        Assert.Equal($$"""{{{json.Trim()}},"PartitionKey":"p","RowKey":"added"}""", wire.Requests[0].Body);
        Assert.Contains($$"""{{{json.Trim()}},"PartitionKey":"p","RowKey":"batch"}""", wire.Requests[2].Body, StringComparison.Ordinal);
        foreach (var key in (string[])["added", "upserted", "batch"])
            Same(value, (await table.GetEntityAsync<TableEntity>("p", key)).Value["V"]);
        await foreach (var row in table.QueryAsync<TableEntity>())
            Same(value, row["V"]);
    }

    private static void Same(object written, object? read)
    {
        Assert.IsType(written.GetType(), read);
        Assert.Equal(written is DateTimeOffset time ? time.ToUniversalTime() : written, read);
    }

    [Fact]
    public async Task Null_is_not_stored_a_merge_keeps_what_was_there_and_a_replace_drops_it()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = null, ["C"] = 3 });
        var row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.False(row.ContainsKey("B"));

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = null, ["B"] = 2 }, row.ETag, TableUpdateMode.Merge);
        row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((1, 2, 3), (row.GetInt32("A"), row.GetInt32("B"), row.GetInt32("C")));

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = null, ["B"] = 4 }, row.ETag, TableUpdateMode.Replace);
        row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((null, 4, null), (row.GetInt32("A"), row.GetInt32("B"), row.GetInt32("C")));
    }

    [Fact]
    public async Task A_row_that_was_read_can_be_written_back_as_it_is()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Whole"] = 3.0, ["Long"] = 3L, ["When"] = DateTimeOffset.UnixEpoch });
        var first = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        await table.UpdateEntityAsync(first, first.ETag, TableUpdateMode.Replace);

        var second = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal((3.0, 3L, DateTimeOffset.UnixEpoch), (second.GetDouble("Whole"), second.GetInt64("Long"), second.GetDateTimeOffset("When")));
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.True(second.Timestamp >= first.Timestamp);
        Assert.Equal(7, second.Count); // three of its own, two keys, the time stamp and the ETag, as in Azure's package
    }

    [Fact]
    public void A_value_is_asked_for_by_its_own_type()
    {
        var utc = new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc);
        var row = new TableEntity("p", "r") { ["Int"] = 1, ["When"] = new DateTimeOffset(utc), ["Day"] = utc, ["Bytes"] = new byte[] { 7 }, ["Data"] = new BinaryData([8]) };

        Assert.Throws<InvalidOperationException>(() => row.GetInt64("Int"));
        Assert.Throws<InvalidOperationException>(() => row.GetString("Int"));
        Assert.Null(row.GetInt32("Missing"));
        Assert.Equal(utc, row.GetDateTime("When"));
        Assert.Equal(new DateTimeOffset(utc), row.GetDateTimeOffset("Day"));
        Assert.Equal([8], row.GetBinary("Data")!);
        Assert.Equal([7], row.GetBinaryData("Bytes")!.ToArray());
    }

    /// <summary>What Azure itself answers: annotations before or after the value, untyped numbers, a type that only text can tell.</summary>
    [Fact]
    public async Task Rows_are_read_as_Azure_writes_them()
    {
        const string row = """
            {"odata.metadata":"https://account.table.core.windows.net/$metadata#t/@Element","odata.etag":"W/\"datetime'2026-11-24T00%3A00%3A00.1Z'\"",
             "PartitionKey":"p","RowKey":"r","Timestamp":"2026-11-24T00:00:00.1Z","Whole":1.0,"Int":1,"Half":0.5,"Text":"1","Late":"5","Late@odata.type":"Edm.Int64",
             "When@odata.type":"Edm.DateTime","When":"2026-11-24T00:00:00Z"}
            """;
        var wire = new Wire(_ => Task.FromResult(new HttpResponseMessage { Content = new StringContent(row) }));

        var read = (await new TableClient(StorageEndpoints.Emulator(1, 2), "table", wire.Tables).GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((1.0, 1, 0.5, "1", 5L), (read.GetDouble("Whole"), read.GetInt32("Int"), read.GetDouble("Half"), read.GetString("Text"), read.GetInt64("Late")));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), read.GetDateTimeOffset("When"));
        Assert.Equal("W/\"datetime'2026-11-24T00%3A00%3A00.1Z'\"", read.ETag.ToString());
    }
}
