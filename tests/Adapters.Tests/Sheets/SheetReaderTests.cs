using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using JobMatch.Adapters.Sheets;
using JobMatch.Flows.Imports;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Sheets;

public class SheetReaderTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

    private static string File(string name, [CallerFilePath] string here = "") => System.IO.File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, name));

    private static Sheet.Table Table(byte[] file, string? contentType = null, string? name = null) => Assert.IsType<Sheet.Table>(SheetReader.Read(file, contentType, name));

    private static Sheet.Table Table(string text) => Table(Encoding.UTF8.GetBytes(text));

    private static string[] Answers<T>(IEnumerable<ImportRow<T>> rows) where T : class =>
    [
        "row,id,answer",
        .. rows.Select(x => $"{x.Row},{x.Id},{(x.Ok ? "ok" : string.Join("; ", x.Errors.Select(e => $"{e.Field} {e.Code}".Trim()).Order(StringComparer.Ordinal)))}"
            + (x.Ok && x.Notices.Count > 0 ? $" ({string.Join(", ", x.Notices.Select(n => n.Field))})" : "")),
    ];

    private static string[] Positions(Sheet.Table sheet) => Answers(Import.Positions(sheet, "e1", null, Today, CodeLists.Default));

    private static string[] Expected(string name) => File(name).Trim().Split('\n');

    private static string[][] Cells(Sheet.Table sheet) => [[.. sheet.Headers], .. sheet.Rows.OfType<SheetRow.Cells>().Select(x => (string[])[$"{x.Number}", .. Trimmed(x.Texts)])];

    private static IEnumerable<string> Trimmed(IReadOnlyList<string> texts) => texts.Take(texts.ToList().FindLastIndex(x => x.Length > 0) + 1);

    [Fact]
    public void What_people_write_of_positions_gets_the_expected_answers() => Assert.Equal(Expected("positions.expected.csv"), Positions(Table(File("positions.csv"))));

    [Fact]
    public void What_people_write_of_seekers_gets_the_expected_answers() =>
        Assert.Equal(Expected("seekers.expected.csv"), Answers(Import.Seekers(Table(File("seekers.csv")), Today, CodeLists.Default)));

    [Fact]
    public void Lines_of_shapes_get_the_expected_answers() => Assert.Equal(Expected("positions.ndjson.expected.csv"), Positions(Table(File("positions.ndjson"))));

    [Fact]
    public void Copies_in_utf8_with_and_without_mark_in_gbk_in_utf16_and_as_a_workbook_give_the_same_rows()
    {
        // The row whose quote is never closed has no twin in a workbook.
        var text = string.Join('\n', File("positions.csv").Split('\n').Where(x => !x.StartsWith("P-06", StringComparison.Ordinal)));
        var plain = Table(text);
        var copies = new[]
        {
            (byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            Gbk.GetBytes(text),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("讲解、演示\r\n", "讲解、演示\n", StringComparison.Ordinal).Replace("零件，\r\n", "零件，\n", StringComparison.Ordinal)),
            WorkbookOf(plain),
        };
        var (cells, answers) = (Cells(plain), Positions(plain));
        Assert.Equal(17, answers.Length - 1);
        Assert.All(copies, x => Assert.Equal(cells, Cells(Table(x))));
        Assert.All(copies, x => Assert.Equal(answers, Positions(Table(x))));
    }

    private static byte[] WorkbookOf(Sheet.Table sheet)
    {
        var rows = new List<IReadOnlyList<object?>> { sheet.Headers };
        foreach (var row in sheet.Rows.OfType<SheetRow.Cells>())
        {
            while (rows.Count < row.Number - 1)
                rows.Add([]);
            rows.Add([.. row.Texts.Select(x => x.Length == 0 ? null : x)]);
        }
        return Workbook.Of([.. rows]);
    }

    [Fact]
    public void Numbers_dates_and_formulas_of_a_workbook_are_the_text_that_one_sees()
    {
        var sheet = Table(Workbook.Of(
            ["编号", "岗位名称", "工作区县", "截止日期", "招聘人数", "薪资", "岗位描述"],
            [1001.0, "=1+1", 500103.0, new DateOnly(2026, 12, 31), 3.0, 3500.0, ("A1&B1", "cached")],
            [915001037474561234.0, "x", "渝中", 46387.0, 2.5, 0.1 + 0.2, "  wide　"]));
        Assert.Equal(["1001", "=1+1", "500103", "2026-12-31", "3", "3500", "cached"], Assert.IsType<SheetRow.Cells>(sheet.Rows[0]).Texts);
        Assert.Equal(["9.15E+17", "x", "渝中", "46387", "2.5", "0.3", "wide"], Assert.IsType<SheetRow.Cells>(sheet.Rows[1]).Texts);
        Assert.Equal(["row,id,answer", "2,e1-1001,ok", "3,,openings wrongType; reference badId; work.pay.per required"], Positions(sheet));
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_row_only()
    {
        var sheet = Table("a,b,c\n1,\"open,3\n4,5,6\n7,\"multi\nline\",9\n10,\"stray\" quote,12\n13,14\",15\n\"open again\n16,\"q,\"\"uoted\",18");
        Assert.Equal(["a b c", "3 4,5,6", "4 7,multi\nline,9", "6 13,14\",15", "8 16,q,\"uoted,18"], Cells(sheet).Select((x, i) => i == 0 ? string.Join(' ', x) : x[0] + " " + string.Join(',', x[1..])));
        Assert.Equal([2, 5, 7], sheet.Rows.OfType<SheetRow.Broken>().Select(x => x.Number));
        Assert.All(sheet.Rows.OfType<SheetRow.Broken>(), x => Assert.Equal("wrongType", x.Error.Code));
    }

    [Fact]
    public void A_quote_opened_in_any_cell_of_any_row_leaves_every_other_row_as_it_was()
    {
        string[][] good = [["h1", "h2", "h3"], ["a", "b", "c"], ["d", "e f", "g"], ["h", "i", "j"], ["k", "l", "m"]];
        for (var row = 1; row < good.Length; row++)
            for (var column = 0; column < 3; column++)
            {
                var text = string.Join('\n', good.Select((cells, r) => string.Join(',', cells.Select((x, c) => (r, c) == (row, column) ? "\"" + x : r == 2 && c == 1 ? $"\"{x}\"" : x))));
                var sheet = Table(text);
                Assert.Equal(good.Skip(1).Where((_, i) => i + 1 != row).Select(x => string.Join(',', x)).ToArray(), sheet.Rows.OfType<SheetRow.Cells>().Select(x => string.Join(',', x.Texts)).ToArray());
                Assert.Equal(row + 1, Assert.Single(sheet.Rows.OfType<SheetRow.Broken>()).Number);
            }
    }

    [Theory]
    [InlineData("a;b\n1;2,5")]
    [InlineData("a\tb\n1\t2,5")]
    [InlineData("a,b\r\n1,\"2,5\"\r\n")]
    [InlineData("a,b\r1,\"2,5\"\r")]
    public void The_separator_and_the_line_end_are_those_of_the_file(string text) => Assert.Equal([["a", "b"], ["2", "1", "2,5"]], Cells(Table(text)));

    [Fact]
    public void Blank_rows_are_skipped_and_counted() => Assert.Equal([["a", "b"], ["4", "1"], ["7", "2"]], Cells(Table("a,b,,\n\n , \n1\n,,\n\n2,\n\n")));

    [Fact]
    public void What_is_too_large_is_said_at_the_limit_and_one_past()
    {
        static byte[] Rows(int count) => Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n\n", count)));
        Assert.Equal(Sheet.MaxRows, Table(Rows(Sheet.MaxRows)).Rows.Count);
        Assert.IsType<Sheet.TooLarge>(SheetReader.Read(Rows(Sheet.MaxRows + 1)));
        Assert.Equal(Sheet.MaxRows, Table(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n", Sheet.MaxRows)))).Rows.Count);
        Assert.IsType<Sheet.TooLarge>(SheetReader.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n", Sheet.MaxRows + 1)))));
        Assert.Equal(Sheet.MaxRows, Table(Workbook.Of([.. Enumerable.Repeat<IReadOnlyList<object?>>(["x"], Sheet.MaxRows + 1)])).Rows.Count);
        Assert.IsType<Sheet.TooLarge>(SheetReader.Read(Workbook.Of([.. Enumerable.Repeat<IReadOnlyList<object?>>(["x"], Sheet.MaxRows + 2)])));

        static byte[] Bytes(int count) => Encoding.UTF8.GetBytes("a\n1" + new string(' ', count - 3));
        Assert.IsType<Sheet.Table>(SheetReader.Read(Bytes(Sheet.MaxBytes)));
        Assert.IsType<Sheet.TooLarge>(SheetReader.Read(Bytes(Sheet.MaxBytes + 1)));
        Assert.IsType<Sheet.Table>(SheetReader.Read(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, Sheet.MaxColumns)))));
        Assert.IsType<Sheet.TooLarge>(SheetReader.Read(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, Sheet.MaxColumns + 1)))));
    }

    [Fact]
    public async Task A_stream_is_read_no_further_than_the_limit()
    {
        using var endless = new Endless();
        Assert.IsType<Sheet.TooLarge>(await SheetReader.Read(endless, null, null, CancellationToken.None));
        Assert.InRange(endless.Given, Sheet.MaxBytes + 1, Sheet.MaxBytes + 200_000);
    }

    [Fact]
    public void A_workbook_that_unfolds_without_end_is_too_large()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open())
            for (var i = 0; i < 201; i++)
                entry.Write(new byte[1024 * 1024]);
        Assert.InRange(file.Length, 1, Sheet.MaxBytes);
        Assert.IsType<Sheet.TooLarge>(SheetReader.Read(file.ToArray()));
    }

    [Theory]
    [InlineData("B1048576", true)]
    [InlineData("B1048577", false)]
    [InlineData("B2000000000", false)]
    [InlineData("XFD3", true)]
    [InlineData("XFD1048576", false)]
    [InlineData("XFE3", false)]
    [InlineData("ZZZZZZ3", false)]
    public void A_stray_cell_at_the_far_end_costs_neither_time_nor_memory(string at, bool read)
    {
        var row = at.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        var file = Workbook.Change(Workbook.Of(["a", "b"], ["1", "2"], ["3"]), "xl/worksheets/sheet1.xml", x =>
            x.Replace("</row></sheetData>", $"</row><row r=\"{row}\"><c r=\"{at}\" t=\"inlineStr\"><is><t>far</t></is></c></row></sheetData>", StringComparison.Ordinal)
                .Replace("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">3</t></is></c></row>", "", StringComparison.Ordinal));
        Assert.Equal(read, SheetReader.Read(file) is Sheet.Table);
    }

    [Fact]
    public void What_is_no_sheet_is_said_to_be_none()
    {
        var workbook = Workbook.Of(["a"], ["1"]);
        Assert.IsType<Sheet.Unreadable>(SheetReader.Read(Array.Empty<byte>()));
        Assert.IsType<Sheet.Unreadable>(SheetReader.Read("\n\n"u8.ToArray(), "application/x-ndjson"));
        Assert.IsType<Sheet.Unreadable>(SheetReader.Read(workbook.AsMemory(0, workbook.Length / 2)));
        Assert.IsType<Sheet.Unreadable>(SheetReader.Read(Workbook.Of()));
        Assert.Contains(".xls", Assert.IsType<Sheet.Unreadable>(SheetReader.Read((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])).Why.Zh, StringComparison.Ordinal);
        Assert.IsType<Sheet.Unreadable>(SheetReader.Read((byte[])[0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10]));
        Assert.IsType<Sheet.Unreadable>(SheetReader.Read("%PDF-1.7\0"u8.ToArray()));
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(20261122);
        var workbook = Workbook.Of(["编号", "x"], ["1", 2.0]);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(2_000)];
            random.NextBytes(bytes);
            Assert.NotNull(SheetReader.Read(bytes));
            var damaged = workbook.ToArray();
            for (var hit = 0; hit < 5; hit++)
                damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            Assert.NotNull(SheetReader.Read(damaged));
        }
    }

    [Theory]
    [InlineData("application/x-ndjson", null)]
    [InlineData("application/octet-stream", "positions.ndjson")]
    [InlineData("text/plain", null)]
    public void Lines_of_json_are_known_by_type_name_or_first_sign(string contentType, string? name) =>
        Assert.IsType<SheetRow.Line>(Assert.Single(Table("{\"reference\":\"a\u2028b\"}\n"u8.ToArray(), contentType, name).Rows));

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            Given += count;
            return count;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Fact]
    public void What_is_written_for_people_to_fill_in_is_read_back_as_it_was()
    {
        string[][] rows = [["编号", "a,b", "薪资（元/月）"], ["91350100M000100Y43", "say \"so\"", "x;y & <z>"]];
        foreach (var file in (byte[][])[SheetWriter.Csv(rows), SheetWriter.Xlsx(("岗位", rows), ("说明", [["other"]]))])
        {
            var table = Assert.IsType<Sheet.Table>(SheetReader.Read(file));
            Assert.Equal(rows[0], table.Headers);
            Assert.Equal(rows[1], Assert.IsType<SheetRow.Cells>(Assert.Single(table.Rows)).Texts);
        }
    }
}
