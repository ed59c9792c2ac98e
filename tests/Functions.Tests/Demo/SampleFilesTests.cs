using System.Text.Json.Nodes;
using JobMatch.Functions.Demo;

namespace JobMatch.Functions.Tests.Demo;

public sealed class SampleFilesTests : IDisposable
{
    private static readonly DateOnly Today = new(2027, 11, 22);
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-samples-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_date_moves_and_nothing_else()
    {
        var line = Json("""
            {"id":"x","title":"2026-11-22","closesOn":"2027-01-31","startsAt":"2026-12-13T09:00:00+08:00","endsAt":"2026-12-13T16:00:00+08:00",
             "consent":{"matching":"2026-02-28","sms":null},
             "accommodations":{"STEP_FREE":"offered","CAPTIONS":{"answer":"offered","date":"2026-11-01","by":"staff"},"PART_TIME":{"answer":"notPossible","reason":"2026-11-22"}}}
            """);
        Same("""
            {"id":"x","title":"2026-11-22","closesOn":"2027-02-01","startsAt":"2026-12-14T09:00:00+08:00","endsAt":"2026-12-14T16:00:00+08:00",
             "consent":{"matching":"2026-03-01","sms":null},
             "accommodations":{"STEP_FREE":"offered","CAPTIONS":{"answer":"offered","date":"2026-11-02","by":"staff"},"PART_TIME":{"answer":"notPossible","reason":"2026-11-22"}}}
            """, SampleDates.Shift(line, 1));
        Assert.Equal("2027-01-31", (string?)line["closesOn"]); // the line itself is left alone
    }

    [Theory]
    [InlineData("""{"closesOn":"soon","startsAt":"2026-12-13","endsAt":5,"consent":[],"accommodations":"all"}""")]
    [InlineData("""{"closesOn":null,"consent":{"matching":{}},"accommodations":{"STEP_FREE":{"date":20261122}}}""")]
    [InlineData("{}")]
    public void What_is_no_date_is_left_for_the_reader_to_refuse(string line) => Same(line, SampleDates.Shift(Json(line), 30));

    [Fact]
    public void A_folder_that_says_so_is_as_fresh_as_today()
    {
        Write("manifest.json", """{"generatedOn":"2026-11-22","shiftDates":true,"seekers":1}""");
        Write("positions.ndjson", """{"id":"a","closesOn":"2026-12-31"}""", "", """{"id":"b"}""");
        Write("seekers.ndjson", """{"id":"s","consent":{"matching":"2026-11-01"}}""");
        var files = new SampleFiles(folder, Today);
        Assert.Equal(["2027-12-31", null], files.Positions.Select(line => (string?)line["closesOn"]));
        Assert.Equal("2027-11-01", (string?)files.Seekers.Single()["consent"]!["matching"]);
        Assert.Empty(files.Events);
    }

    [Theory]
    [InlineData("""{"generatedOn":"2026-11-22","shiftDates":false}""")]
    [InlineData(null)]
    public void A_folder_that_does_not_say_so_keeps_its_dates(string? manifest)
    {
        if (manifest is not null)
            Write("manifest.json", manifest);
        Write("positions.ndjson", """{"id":"a","closesOn":"2026-12-31"}""");
        Assert.Equal("2026-12-31", (string?)new SampleFiles(folder, Today).Positions.Single()["closesOn"]);
    }

    [Fact]
    public void A_broken_line_is_named_by_its_number_and_never_quoted()
    {
        Write("seekers.ndjson", """{"id":"s"}""", """{"name":"冉禾", """);
        var broken = Assert.Throws<InvalidDataException>(() => new SampleFiles(folder, Today).Seekers.ToList());
        Assert.Equal("seekers.ndjson, line 2: not a JSON object.", broken.Message);
    }

    [Fact]
    public void A_missing_folder_and_a_manifest_that_is_none_say_so()
    {
        Assert.Throws<DirectoryNotFoundException>(() => new SampleFiles(Path.Combine(folder, "none"), Today));
        Write("manifest.json", """{"generatedOn":"yesterday","shiftDates":true}""");
        Assert.Throws<InvalidDataException>(() => new SampleFiles(folder, Today));
    }

    private void Write(string file, params string[] lines) => File.WriteAllLines(Path.Combine(folder, file), lines);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static void Same(string expected, JsonObject actual) => Assert.True(JsonNode.DeepEquals(Json(expected), actual), actual.ToJsonString());
}
