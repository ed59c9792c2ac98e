using System.Text.Json;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Population.Tests;

public sealed partial class SampleTests
{
    private static readonly DateOnly Today = Sample.GeneratedOn;

    public static TheoryData<string> Files => [.. Sample.Writer.Files().Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_committed_is_what_the_generator_writes_byte_for_byte(string file)
    {
        var written = Sample.Writer.Files()[file].SelectMany(line => line).ToArray();
        Assert.True(written.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Sample.Folder, file))), $"{file} is not what the generator writes: see samples/README.md");
    }

    [Fact]
    public void The_folder_holds_nothing_else_and_no_file_of_three_megabytes()
    {
        var files = new DirectoryInfo(Sample.Folder).GetFiles();
        Assert.Equal(Sample.Writer.Files().Keys.Order(StringComparer.Ordinal), files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.InRange(file.Length, 1, 3_000_000));
    }

    [Fact]
    public void The_manifest_counts_what_is_there()
    {
        var manifest = Sample.Lines("manifest.json").Single();
        Assert.Equal("2026-11-22", manifest.GetProperty("generatedOn").GetString());
        Assert.True(manifest.GetProperty("shiftDates").GetBoolean());
        foreach (var (file, member, count) in new[]
                 {
                     ("employers.ndjson", "employers", 60), ("positions.ndjson", "positions", 600), ("seekers.ndjson", "seekers", 1000), ("events.ndjson", "events", 2),
                     ("event-positions.ndjson", "eventPositions", 600), ("opportunities.ndjson", "opportunities", 17), ("places.ndjson", "places", 40), ("resources.ndjson", "resources", 5),
                     ("bookings.ndjson", "bookings", 12), ("programmes.ndjson", "programmes", 125),
                 })
        {
            Assert.Equal(count, manifest.GetProperty(member).GetInt32());
            Assert.Equal(count, Sample.Lines(file).Count());
        }
    }

    [Fact]
    public void Every_seeker_is_taken_without_a_fault_and_means_what_was_drawn()
    {
        foreach (var (line, index) in Sample.Lines("seekers.ndjson").Select((line, index) => (line, index)))
        {
            var id = Id(line);
            var read = Taken(ShapeReader.Read<SeekerShape>(line, "id").Then(shape => shape.ToFile(id, Today, CodeLists.Default)));
            var drawn = Sample.Populace.Person(index);
            Assert.Equal(Written.Of(drawn.Facts), Written.Of(read.Facts with { Id = id }));
            Assert.Equal((drawn.Name, drawn.Phone, drawn.Language, drawn.Prefer, drawn.Helper), (read.Name, read.Phone, read.Language, read.Contact.Prefer, read.Contact.Helper));
            Assert.Equal(drawn.Certificate?.ToString()?.Replace("Evidence", "Certificate", StringComparison.Ordinal), read.Certificate?.ToString());
            Assert.Equal(drawn.Consent.ToString().Replace("Agreed", "Consents", StringComparison.Ordinal), read.Consent.ToString());
        }
    }

    [Fact]
    public void Every_position_is_taken_without_a_fault_and_means_what_was_drawn()
    {
        foreach (var (line, index) in Sample.Lines("positions.ndjson").Select((line, index) => (line, index)))
        {
            var (id, employer) = (Id(line), line.GetProperty("employer").GetString()!);
            var read = Taken(ShapeReader.Read<PositionShape>(line, "id", "employer").Then(shape => shape.ToFile(id, employer, Today, CodeLists.Default)));
            var drawn = Sample.Populace.Vacancy(index);
            Assert.Equal(Written.Of(Sample.Populace.AsPosted(drawn.Facts)), Written.Of(read.Facts));
            Assert.Equal((drawn.Employer, drawn.Description, drawn.Address), (read.Employer, read.Description, read.Address));
            Assert.StartsWith(employer + "-J", id, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_season_of_every_programme_is_taken_without_a_fault_and_names_who_and_what_is_there()
    {
        var seekers = Sample.Lines("seekers.ndjson").Select(Id).ToHashSet();
        var kinds = new HashSet<string>();
        foreach (var line in Sample.Lines("opportunities.ndjson"))
        {
            var kind = OpportunityKinds.Default.Find(line.GetProperty("kind").GetString())!;
            Assert.True(Taken(ShapeReader.Read<OpportunityShape>(line, "id", "kind").Then(shape => shape.ToOpportunity(kind, Id(line), Today, CodeLists.Default))).HasPlaces(Today));
            kinds.Add(kind.Code);
        }
        Assert.Equal(OpportunityKinds.Default.All.Where(kind => kind is not PostedPosition).Select(kind => kind.Code).Order(), kinds.Order());
        Assert.All(Sample.Lines("places.ndjson"), line => Assert.True(kinds.Contains(line.GetProperty("kind").GetString()!) && seekers.Contains(line.GetProperty("seeker").GetString()!)));
        var resources = Sample.Lines("resources.ndjson").Select(line => Taken(ShapeReader.Read<ResourceShape>(line, "id").Then(shape => shape.ToResource(Id(line), Today, CodeLists.Default))).Id).ToHashSet();
        Assert.All(Sample.Lines("bookings.ndjson"), line => Assert.Contains(Taken(ShapeReader.Read<BookingShape>(line, "id").Then(shape => shape.ToWanted(Id(line)))).Resource, resources));
        var records = Sample.Lines("programmes.ndjson").Select(line => Taken(ShapeReader.Read<ProgrammeRecordShape>(line, "id", "kind")
            .Then(shape => shape.ToRecord(ProgrammeKind.Find(line.GetProperty("kind").GetString())!, Id(line), Today)))).ToList();
        Assert.All(records, record => Assert.True(record.Participant is null || seekers.Contains(record.Participant)));
        Assert.Equal(ProgrammeKind.All.Select(kind => kind.Code).Order(), records.Select(record => record.Kind).Distinct().Order());
    }

    [Fact]
    public void Every_employer_is_taken_without_a_fault_under_a_code_of_no_region()
    {
        var employers = Sample.Lines("employers.ndjson").Select(line => Taken(ShapeReader.Read<EmployerShape>(line, "id").Then(shape => shape.ToEmployer(Id(line))))).ToList();
        Assert.All(employers, employer => Assert.Equal("990100", employer.CreditCode![2..8]));
        Assert.Equal(employers.Count, employers.DistinctBy(employer => employer.CreditCode).Count());
        Assert.Equal(employers.Count, employers.DistinctBy(employer => employer.Name).Count());
        Assert.All(employers, employer => Assert.NotEmpty(employer.Contacts));
        Assert.Subset(employers.Select(employer => employer.Id).ToHashSet(), Sample.Lines("positions.ndjson").Select(line => line.GetProperty("employer").GetString()!).ToHashSet());
        // The two whose keys exist from the start in Development.
        Assert.Subset(employers.Select(employer => employer.Id).ToHashSet(), new HashSet<string> { "demo-employer", "demo-employer-2" });
    }

    [Fact]
    public void Every_event_is_taken_without_a_fault_and_announces_three_hundred_positions_that_exist()
    {
        var events = Sample.Lines("events.ndjson").Select(line => Taken(ShapeReader.Read<EventShape>(line, "id").Then(shape => shape.ToEvent(Id(line), Today, CodeLists.Default)))).ToList();
        Assert.All(events, one => Assert.True(one.StartsAt > Today.ToDateTime(TimeOnly.MaxValue) && one.EndsAt > one.StartsAt));
        Assert.Contains(events, one => one.Kind == EventKind.JobFair && one.Accommodations.Count > 0);
        var ties = Sample.Lines("event-positions.ndjson").Select(line => (Event: line.GetProperty("event").GetString()!, Position: line.GetProperty("position").GetString()!)).ToList();
        Assert.Equal(events.Select(one => one.Id), ties.Select(tie => tie.Event).Distinct());
        Assert.All(ties.CountBy(tie => tie.Event), count => Assert.Equal(300, count.Value));
        Assert.Equal(ties.Count, ties.Distinct().Count());
        Assert.Subset(Sample.Lines("positions.ndjson").Select(Id).ToHashSet(), ties.Select(tie => tie.Position).ToHashSet());
        Assert.InRange(ties.Select(tie => tie.Position).Distinct().Count(), 560, 599); // some at both
    }

    [Fact]
    public void The_work_that_the_press_tells_of_is_there()
    {
        Assert.Contains(Sample.Positions, position => position is
        { Occupation: "PRODUCT_INSPECTOR", Board: Board.ThreeMeals, Lodging: Lodging.Free, ProbationMonths: 1, Place: Place.OnSite });
        Assert.Contains(Sample.Positions, position => position is { Occupation: "LIVE_HOST_SALES", Place: Place.Base });
        Assert.Contains(Sample.Positions, position => position is { Occupation: "WEBSITE_MAINTAINER", Title: "网站数据维护员" });
    }

    [Fact]
    public void No_event_names_disability_in_what_texts_say()
    {
        foreach (var fair in Sample.Populace.Fairs(9))
            Assert.DoesNotMatch(NamesDisability(), fair.ShortTitle ?? fair.Title);
    }

    [Fact]
    public void No_position_and_no_employer_names_a_disability()
    {
        var texts = Enumerable.Range(0, 600).Select(Sample.Populace.Vacancy)
            .SelectMany(vacancy => new[] { vacancy.Facts.Title, vacancy.Description, vacancy.Address ?? "" }
                .Concat(vacancy.Facts.SkillsRequired.Concat(vacancy.Facts.SkillsOptional).Where(skill => !CodeLists.IsCode(skill)))
                .Concat(vacancy.Facts.Accommodations.Values.Select(answer => answer.Reason ?? "")))
            .Concat(Sample.Populace.Firms(2).Select(firm => firm.Name));
        Assert.All(texts, text => Assert.DoesNotMatch(NamesDisability(), text));
    }

    [Fact]
    public void Every_current_district_is_lived_in_and_worked_in_at_each_event()
    {
        var current = District.All.Where(district => !district.Merged).Select(district => district.Code).ToHashSet();
        Assert.Equal(current, Sample.Lines("seekers.ndjson").Select(line => line.GetProperty("district").GetString()!).ToHashSet());
        var at = Sample.Positions.ToDictionary(position => position.Id, position => position.District);
        foreach (var fair in Sample.Populace.Fairs(2))
            Assert.Equal(current, fair.Positions.Select(id => at[id]).OfType<string>().ToHashSet());
    }

    [Fact]
    public void Phones_are_the_samples_own_and_some_are_shared()
    {
        var phones = Sample.Lines("seekers.ndjson").Select(line => line.TryGetProperty("phone", out var phone) ? phone.GetString()! : null).ToList();
        Assert.All(phones.OfType<string>(), phone => Assert.Matches(@"^\+861990001\d{4}$", phone)); // +861990000 is the sandbox's
        Assert.InRange(phones.OfType<string>().CountBy(phone => phone).Count(x => x.Value > 1), 10, 60);
        Assert.InRange(phones.Count(phone => phone is null), 10, 60);
        Assert.All(Sample.Lines("seekers.ndjson").Where(line => !line.TryGetProperty("phone", out _)), line =>
            Assert.False(line.GetProperty("consent").TryGetProperty("sms", out _)));
    }

    [Fact]
    public void Names_are_of_more_than_one_people()
    {
        var names = Sample.Lines("seekers.ndjson").Select(line => line.GetProperty("name").GetString()!).ToList();
        Assert.InRange(names.Count(name => name.Contains('·')), 5, 60);
        Assert.True(names.Distinct().Count() > 900);
    }

    [Fact]
    public void Ids_stay_valid_and_apart_at_the_size_of_a_day_of_nine_fairs()
    {
        var populace = new Populace(1, Today);
        var ids = populace.Positions(2700).Select(position => position.Id).Concat(populace.Firms(9).Select(firm => firm.Id)).Concat(populace.Fairs(9).Select(fair => fair.Id))
            .Concat(populace.Seekers(10_000).Select(seeker => seeker.Id)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Null(CallerId.Check(id)));
        Assert.All(ids, id => Assert.DoesNotMatch(@"\d{11}", id));
    }

    private static string Id(JsonElement line) => line.GetProperty("id").GetString()!;

    private static T Taken<T>(Reading<T> reading) where T : class
    {
        Assert.Empty(reading.Errors.Select(error => $"{error.Field}: {error.Message.En}"));
        return reading.Value!;
    }

    [GeneratedRegex("残|盲|聋|哑|瘫|跛|智障|弱视|助残|精神病|健全|身体健康|disab|blind|deaf", RegexOptions.IgnoreCase)]
    private static partial Regex NamesDisability();
}
