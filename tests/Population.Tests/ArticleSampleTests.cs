using System.Text.Json;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Population.Tests;

/// <summary>The second sample: its records add up to what press reports say, and nothing else in it is theirs.</summary>
public sealed class ArticleSampleTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Sample.Folder)!, "articles");
    private static readonly Populace Populace = new(seed: 2, Sample.GeneratedOn) { PositionsPerFair = 60 };
    private static readonly SampleWriter Writer = new(Populace, new SampleSize(ArticleDraw.Seekers, 1), new ArticleDraw(Populace));

    [Fact]
    public void What_is_committed_is_what_the_generator_writes_byte_for_byte()
    {
        Assert.Equal(Writer.Files().Keys.Order(StringComparer.Ordinal), new DirectoryInfo(Folder).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        foreach (var (file, lines) in Writer.Files())
            Assert.True(lines.SelectMany(line => line).ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, file))), $"{file} is not what the generator writes: see samples/README.md");
    }

    [Fact]
    public void Its_records_are_taken_without_a_fault_and_give_the_figures_of_the_press()
    {
        var seekers = Lines("seekers.ndjson").Select(Id).ToHashSet();
        List<ProgrammeRecord> records = [];
        foreach (var line in Lines("programmes.ndjson"))
        {
            var kind = ProgrammeKind.Find(line.GetProperty("kind").GetString())!;
            var read = ShapeReader.Read<ProgrammeRecordShape>(line, "id", "kind").Then(shape => shape.ToRecord(kind, Id(line), Sample.GeneratedOn));
            Assert.Empty(read.Errors.Select(error => $"{Id(line)} {error.Field}: {error.Message.En}"));
            Assert.True(read.Value!.Participant is null || seekers.Contains(read.Value.Participant));
            records.Add(read.Value);
        }
        Assert.Equal(records.Count, records.DistinctBy(x => (x.Kind, x.Id)).Count());
        var figures = Figure.Count(records, new(new Dictionary<DateOnly, int>(), Sample.GeneratedOn, 0, 0, 0)).ToDictionary(x => x.Figure.Key, x => x.Value);
        foreach (var (key, value) in new[]
                 {
                     ("firmsHosted", 58), ("firmsAlive", 45), ("baseStaff", 378), ("baseStaffDisabled", 152), ("flexibleEngagements", 452), ("baseEvents", 112), ("trainingBases", 17),
                     ("cityCourseRuns", 19), ("cityTrained", 620), ("contestParticipants", 218), ("contestSalesYuan", 236_600),
                 })
            Assert.Equal((key, value), (key, figures[key]));
        Assert.InRange(figures["livestreamTrained"], 300, 400);
        Assert.InRange(figures["broadcasts"], 1800, 2000);
        // Somebody who comes to a second run counts again there, and once among all.
        Assert.True(figures["peopleTrained"] < figures["cityTrained"] + figures["livestreamTrained"]);
        Assert.All(records.Where(x => x.Kind == ProgrammeKind.Incubation), firm => Assert.All(firm.Steps, step => Assert.True(step.Amount("staffDisabled") <= step.Amount("staff"))));
        Assert.Contains(records, x => x.Kind == ProgrammeKind.VillageRoom && VillageGoods.Of(x, Sample.GeneratedOn).Level == GoodsLevel.Short);
    }

    private static IEnumerable<JsonElement> Lines(string file) => File.ReadLines(Path.Combine(Folder, file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Id(JsonElement line) => line.GetProperty("id").GetString()!;
}
