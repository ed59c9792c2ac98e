using System.Net;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

/// <summary>Azure's limits of tables: what stands at one is written to real storage, what is one past never reaches the wire.</summary>
public sealed class TableLimitsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private const int EntityBytes = 1_048_576;

    [Fact]
    public async Task A_key_has_at_most_1024_characters()
    {
        var (wire, table) = Watched();
        var longest = new string('王', 1024);

        await table.AddEntityAsync(new TableEntity(longest, longest)); // the emulator stops at half of what Azure documents
        Assert.Single(wire.Requests);

        await Refused("at most 1024 characters; this one has 1025", new TableEntity(longest + "x", "r"));
        await Refused("at most 1024 characters; this one has 1025", new TableEntity("p", longest + "x"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("\\")]
    [InlineData("#")]
    [InlineData("?")]
    public async Task A_key_holds_none_of_four_characters(string character) =>
        await Refused("place 3", new TableEntity("p", "abc" + character + "d"));

    [Theory]
    [InlineData('\u0000')]
    [InlineData('\t')]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    [InlineData('\u0085')]
    [InlineData('\u009F')]
    public async Task A_key_holds_no_control_character(char character) =>
        await Refused("no control characters and this one does, at place 1", new TableEntity("a" + character, "r"));

    [Theory]
    [InlineData('\u0020')]
    [InlineData('\u007E')]
    [InlineData('\u00A0')]
    public async Task The_neighbours_of_control_characters_are_allowed(char character)
    {
        var table = await storage.NewTable();
        var key = "a" + character + "b";
        await table.AddEntityAsync(new TableEntity(key, key));
        Assert.Equal(key, (await table.GetEntityAsync<TableEntity>(key, key)).Value.RowKey);
    }

    [Fact]
    public async Task The_limits_of_keys_hold_for_reading_and_deleting_too()
    {
        var (wire, table) = Watched();

        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityAsync<TableEntity>("a/b", "r"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityIfExistsAsync<TableEntity>("p", "a?b"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.DeleteEntityAsync("p", new string('x', 1025)));
        await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync([new(TableTransactionActionType.Delete, new TableEntity("p", "a#b"))]));
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task A_row_has_at_most_252_properties_of_its_own()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(Properties(252));
        Assert.Equal(252 + 4, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.Count);

        await Refused("at most 252 properties of its own; this one has 253", Properties(253));
    }

    [Fact]
    public async Task What_is_not_sent_does_not_count_as_a_property()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(Properties(252));
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        read["Nothing"] = null;

        Assert.Equal(204, (await table.UpdateEntityAsync(read, read.ETag)).Status);
    }

    [Fact]
    public async Task A_string_has_at_most_32768_units()
    {
        var table = await storage.NewTable();
        var longest = string.Concat(Enumerable.Repeat("😀", 16_384)); // two UTF-16 units each
        await table.AddEntityAsync(new TableEntity("p", "r") { ["V"] = longest });
        Assert.Equal(longest, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("V"));

        await Refused("at most 32768 UTF-16 units; V has 32769", new TableEntity("p", "r") { ["V"] = longest + "x" });
    }

    [Fact]
    public async Task A_binary_value_has_at_most_65536_bytes()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["V"] = new byte[65_536] });
        Assert.Equal(65_536, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetBinary("V")!.Length);

        await Refused("at most 65536 bytes; V has 65537", new TableEntity("p", "r") { ["V"] = new byte[65_537] });
        await Refused("at most 65536 bytes; V has 65537", new TableEntity("p", "r") { ["V"] = new BinaryData(new byte[65_537]) });
    }

    [Fact]
    public async Task A_row_has_at_most_one_mebibyte_as_storage_counts_it()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(Sized(EntityBytes));

        await Refused("at most 1048576 bytes, as storage counts them; this one has 1048578", Sized(EntityBytes + 2));
        await Refused("at most 1048576 bytes, as storage counts them; this one has 1048577", WithOneMoreByte(Sized(EntityBytes - 14)));
    }

    /// <summary>Each type counts as in Azure's formula: the row is filled to the limit around it.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Every_type_counts_as_Azure_counts_it(object value, int bytes)
    {
        var (wire, table) = Watched();
        const int name = 8 + 2 * 2;
        var fits = Sized(EntityBytes - name - bytes - bytes % 2);
        fits["ZZ"] = value;
        var tooLarge = Sized(EntityBytes - name - bytes - bytes % 2 + 2);
        tooLarge["ZZ"] = value;

        await table.AddEntityAsync(fits);
        Assert.Single(wire.Requests);
        await Assert.ThrowsAsync<ArgumentException>(() => table.AddEntityAsync(tooLarge));
        Assert.Single(wire.Requests);
    }

    public static TheoryData<object, int> Sizes() => new()
    {
        { "王王", 4 + 4 }, { true, 1 }, { 1, 4 }, { 1L, 8 }, { 1.5, 8 }, { Guid.Empty, 16 }, { DateTimeOffset.UnixEpoch, 8 }, { new byte[10], 4 + 10 },
    };

    [Fact]
    public async Task A_property_has_a_name_of_at_most_255_letters_digits_and_underscores()
    {
        var table = await storage.NewTable();
        var longest = new string('n', 255);
        await table.AddEntityAsync(new TableEntity("p", "r") { [longest] = 1, ["_x1"] = 2, ["姓名"] = 3 });
        Assert.Equal(3, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("姓名"));

        await Refused("at most 255 characters; this one has 256", new TableEntity("p", "r") { [longest + "n"] = 1 });
        foreach (var name in (string[])["", "1a", "a-b", "a b", "a@odata.type", "odata.x"])
            await Refused("letters, digits and _", new TableEntity("p", "r") { [name] = 1 });
    }

    [Fact]
    public async Task A_time_is_in_UTC_and_not_before_1601()
    {
        var first = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Refused("no time before 1601-01-01; V is earlier", new TableEntity("p", "r") { ["V"] = first.AddTicks(-1) });
        await Refused("times in UTC; V is Unspecified", new TableEntity("p", "r") { ["V"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) });
        await Refused("times in UTC; V is Local", new TableEntity("p", "r") { ["V"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local) });
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1u)]
    [InlineData('x')]
    [InlineData(DayOfWeek.Monday)]
    public async Task A_value_of_another_type_is_refused_by_name(object value) =>
        await Refused($"The property V is a {value.GetType().Name}, which a table cannot hold", new TableEntity("p", "r") { ["V"] = value });

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_since_it_would_be_lost()
    {
        await Refused("V holds half a surrogate pair at place 1", new TableEntity("p", "r") { ["V"] = "a\uD83D" });
        await Refused("half a surrogate pair at place 0", new TableEntity("p", "\uDE00"));
    }

    [Fact]
    public async Task A_batch_has_one_to_100_actions()
    {
        var table = await storage.NewTable();
        Assert.Equal(100, (await table.SubmitTransactionAsync(Adds(100))).Value.Count);

        await Refused("1 to 100 actions; this one has 101", Adds(101));
        await Refused("1 to 100 actions; this one has 0", Adds(0));
    }

    [Fact]
    public async Task A_batch_stays_in_one_partition_and_names_each_row_once()
    {
        await Refused("one partition", [Add(new("p", "1")), Add(new("P", "2"))]);
        await Refused("each row once; action 2 repeats one", [Add(new("p", "1")), Add(new("p", "2")), new(TableTransactionActionType.Delete, new("p", "1"))]);
    }

    [Fact]
    public async Task Each_row_of_a_batch_keeps_the_limits_of_a_row() =>
        await Refused("at most 1048576 bytes", [Add(new("p", "1")), Add(Sized(EntityBytes + 2))]);

    [Fact]
    public async Task A_batch_has_fewer_than_four_mebibytes_as_sent()
    {
        var (wire, watched) = Watched();
        await watched.SubmitTransactionAsync([.. Batch(0)]);
        var room = 4 * 1024 * 1024 - 1 - wire.Requests.Single().Body.Length;
        var table = await storage.NewTable();

        // The watched table's name has as many characters as the real one's.
        Assert.Equal(9, (await table.SubmitTransactionAsync([.. Batch(room)])).Value.Count);
        await Refused("fewer than 4194304 bytes as sent; this one has 4194304", [.. Batch(room + 1)]);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("A23456789012345678901234567890123456789012345678901234567890123")]
    public void A_table_is_named_with_3_to_63_letters_and_digits(string name) =>
        Assert.Equal(name, new TableClient(StorageEndpoints.Emulator(1, 2), name).Name);

    [Theory]
    [InlineData("ab")]
    [InlineData("A234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("1abc")]
    [InlineData("a-b")]
    [InlineData("a_b")]
    [InlineData("表格一")]
    [InlineData("abc\n")]
    [InlineData("tables")]
    [InlineData("Tables")]
    public void Another_name_is_refused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => new TableClient(StorageEndpoints.Emulator(1, 2), name));
        Assert.StartsWith("A table's name has 3 to 63 letters and digits", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_page_has_1_to_1000_rows(int rows) =>
        Assert.Empty(await (await storage.NewTable()).QueryAsync<TableEntity>(maxPerPage: rows).ToListAsync());

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_page_of_other_sizes_is_refused(int rows)
    {
        var refused = Assert.Throws<ArgumentException>(() => Watched().Table.QueryAsync<TableEntity>(maxPerPage: rows));
        Assert.Contains($"1 to 1000 rows; {rows} were asked for", refused.Message, StringComparison.Ordinal);
    }

    private static TableTransactionAction Add(TableEntity entity) => new(TableTransactionActionType.Add, entity);

    private static IEnumerable<TableTransactionAction> Adds(int count) => Enumerable.Range(0, count).Select(row => Add(new("p", $"{row}")));

    private static TableEntity Properties(int count)
    {
        var row = new TableEntity("p", "r");
        for (var i = 0; i < count; i++)
            row[$"P{i}"] = i;
        return row;
    }

    // Keys "p" and "r": 4 + 2 × 2 bytes. A string property named by two letters: 8 + 2 × 2 + 4 bytes and two for each unit.
    private static TableEntity Sized(int bytes)
    {
        var row = new TableEntity("p", "r");
        var left = bytes - 8;
        for (var i = 10; left > 0; i++)
        {
            var units = Math.Min(32_768, (left - 16) / 2);
            if (left - 16 - 2 * units is > 0 and < 16)
                units -= 8; // leave room for one more property
            row["P" + (char)('A' + i - 10)] = new string('x', units);
            left -= 16 + 2 * units;
        }
        return row;
    }

    // A property ZZ of 8 + 4 + 4 bytes and n more.
    private static TableEntity WithOneMoreByte(TableEntity row)
    {
        row["Z"] = new byte[1]; // 8 + 2 + 4 + 1 = 15 bytes
        return row;
    }

    // Eight rows of nearly half a mebibyte on the wire, and one that takes up the rest.
    private static IEnumerable<TableTransactionAction> Batch(int rest)
    {
        for (var row = 0; row < 8; row++)
            yield return Add(Filled($"{row}", 16 * 32_000));
        yield return Add(Filled("rest", rest));
    }

    private static TableEntity Filled(string key, int characters)
    {
        var row = new TableEntity("p", key);
        for (var i = 0; i < 16; i++)
            row["P" + (char)('A' + i)] = new string('x', characters / 16 + (i < characters % 16 ? 1 : 0));
        return row;
    }

    private static (Wire Wire, TableClient Table) Watched()
    {
        var wire = new Wire(sent => Task.FromResult(sent.Body.StartsWith("--batch", StringComparison.Ordinal)
            ? new(HttpStatusCode.Accepted) { Content = new StringContent(string.Concat(Enumerable.Repeat("HTTP/1.1 204 No Content\r\n\r\n--\r\n", sent.Body.Split("HTTP/1.1").Length - 1))) }
            : new HttpResponseMessage(HttpStatusCode.NoContent)));
        return (wire, new TableClient(StorageEndpoints.Emulator(10001, 10002), "t" + new string('0', 20), wire.Tables));
    }

    private static async Task Refused(string why, TableEntity row)
    {
        var (wire, table) = Watched();
        foreach (var call in (Func<Task>[])[
            () => table.AddEntityAsync(row), () => table.UpsertEntityAsync(row), () => table.UpdateEntityAsync(row, Azure.ETag.All),
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, row)])])
        {
            var refused = await Assert.ThrowsAnyAsync<ArgumentException>(call);
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }
        Assert.Empty(wire.Requests);
    }

    private static async Task Refused(string why, IEnumerable<TableTransactionAction> batch)
    {
        var (wire, table) = Watched();
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(batch));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
    }
}
