using System.Text;
using JobMatch.Flows.Shapes;
using static JobMatch.Flows.Tests.Shapes.Shape;

namespace JobMatch.Flows.Tests.Shapes;

public class ReaderTests
{
    [Fact]
    public void The_shapes_of_the_contract_are_good() =>
        Assert.Equal(("", "", "", ""), (Said(ReadSeeker(GoodSeeker)), Said(ReadPosition(GoodPosition)), Said(ReadEmployer(GoodEmployer)), Said(ReadEvent(GoodEvent))));

    [Fact]
    public void Every_fault_is_said_at_once_and_none_twice()
    {
        var read = ReadPosition("""
            { "title": "  ", "titel": "x", "district": 500107, "openings": "3", "demands": { "SEEING": 4, "SIGHT": 1 },
              "accommodations": { "STEP_FREE": "maybe", "RAMP": "offered", "CAPTIONS": 1, "BRAILLE": { "by": "HR" } },
              "skillsRequired": ["WELDING_TORCH_X", 3], "work": { "pay": { "min": 5000, "max": 3000 }, "shifts": [], "places": [] },
              "closesOn": "2026-02-30" }
            """);
        Assert.Equal(
            [
                "accommodations.BRAILLE.answer required", "accommodations.CAPTIONS wrongType", "accommodations.RAMP unknownCode", "accommodations.STEP_FREE unknownCode",
                "closesOn badDate", "demands.SEEING outOfRange", "demands.SIGHT unknownCode", "district wrongType", "openings wrongType",
                "skillsRequired[0] unknownCode", "skillsRequired[1] wrongType", "titel unknownField", "title required",
                "work.pay.max outOfRange", "work.pay.per required", "work.places unknownField", "work.shifts outOfRange",
            ],
            read.Errors.Select(x => $"{x.Field} {x.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_unknown_field_names_the_one_that_was_meant()
    {
        var error = Assert.Single(ReadSeeker(With(GoodSeeker, "Skils", "[]")).Errors);
        Assert.Equal(("Skils", "unknownField"), (error.Field, error.Code));
        Assert.Contains("\"skills\"", error.Message.En, StringComparison.Ordinal);
        Assert.Contains("“skills”", error.Message.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "1", "name wrongType")]
    [InlineData("capacity", "[]", "capacity wrongType")]
    [InlineData("capacity.HEARING", "\"1\"", "capacity.HEARING wrongType")]
    [InlineData("capacity.HEARING", "1.5", "capacity.HEARING wrongType")]
    [InlineData("capacity.HEARING", "1.0", "")]
    [InlineData("capacity.HEARING", "1e99", "capacity.HEARING outOfRange")]
    [InlineData("capacity.HEARING", "null", "")]
    [InlineData("needs.SIGN_INTERPRETER", "\"MUST\"", "needs.SIGN_INTERPRETER unknownCode")]
    [InlineData("needs.SIGN_INTERPRETER", "true", "needs.SIGN_INTERPRETER wrongType")]
    [InlineData("skills", "{}", "skills wrongType")]
    [InlineData("skills", "[null]", "skills[0] wrongType")]
    [InlineData("skills", "[\"a\", \" \"]", "skills[1] wrongType")]
    [InlineData("education", "\"BACHELOR\"", "education unknownCode")]
    [InlineData("work", "3", "work wrongType")]
    [InlineData("work.contracts", "[\"OPEN_ENDED\",\"openEnded\"]", "work.contracts[1] unknownCode")]
    [InlineData("work.lodging", "\"NO\"", "work.lodging unknownCode")]
    [InlineData("contact.prefer", "\"SMS\"", "contact.prefer unknownCode")]
    [InlineData("consent", "true", "consent wrongType")]
    [InlineData("consent.sms", "\"2026-11-1\"", "consent.sms badDate")]
    [InlineData("consent.sms", "20261101", "consent.sms wrongType")]
    [InlineData("consent.sms", "true", "consent.sms wrongType")]
    [InlineData("phone", "13800000000", "phone wrongType")]
    public void A_wrong_type_is_said_where_it_stands(string path, string json, string said) => Assert.Equal(said, Said(ReadSeeker(With(GoodSeeker, path, json))));

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public void What_is_no_object_is_one_error_about_the_whole(string json) => Assert.Equal(" wrongType", Said(ReadSeeker(json)));

    [Fact]
    public void A_member_that_stands_twice_is_refused() => Assert.Equal("phone duplicate; capacity.HEARING duplicate", Said(ReadSeeker("""
        { "phone": "13800000000", "phone": "13900000000", "district": "500103", "capacity": { "HEARING": 1, "HEARING": 2 }, "consent": {} }
        """)));

    [Theory]
    [InlineData("\"\\u0007 bell\"")]
    [InlineData("\"half \\ud83d\"")]
    [InlineData("\"turned \\u202e round\"")]
    [InlineData("\"two\\nlines\"")]
    public void Text_that_cannot_be_seen_is_refused(string json) => Assert.Equal("title wrongType", Said(ReadPosition(With(GoodPosition, "title", json))));

    [Fact]
    public void A_name_of_a_member_that_is_no_text_is_refused() => Assert.Equal(" wrongType", Said(ReadSeeker(GoodSeeker.Replace("{ \"name\"", "{ \"\\ud800\": 1, \"name\"", StringComparison.Ordinal))));

    [Fact]
    public void Lines_pass_in_a_description_only() => Assert.Equal("one\ntwo\tthree", ReadPosition(With(GoodPosition, "description", "\" one\\r\\ntwo\\tthree \"")).Value!.Description);

    [Fact]
    public void Text_is_trimmed_and_composed()
    {
        Assert.Equal("José Lǘ", ReadSeeker(With(GoodSeeker, "name", "\"\\u3000Jose\\u0301 Lu\\u0308\\u0301\\u200b \"")).Value!.Name);
        Assert.Equal("𬭎 😀", ReadSeeker(With(GoodSeeker, "name", "\"𬭎 😀\"")).Value!.Name);
    }

    [Fact]
    public void Blank_is_not_stated() => Assert.Null(ReadSeeker(With(GoodSeeker, "name", "\"  \"")).Value!.Name);

    [Fact]
    public void A_body_too_deep_too_big_or_no_json_is_malformed()
    {
        static bool Parsed(string json) => ShapeReader.TryParse(Encoding.UTF8.GetBytes(json), out _);
        Assert.True(Parsed(new string('[', 16) + new string(']', 16)));
        Assert.False(Parsed(new string('[', 17) + new string(']', 17)));
        Assert.True(Parsed("{}" + new string(' ', Limits.Bytes - 2)));
        Assert.False(Parsed("{}" + new string(' ', Limits.Bytes - 1)));
        Assert.False(Parsed("{"));
        Assert.False(Parsed(""));
        Assert.False(Parsed("{} {}"));
        Assert.False(Parsed("{\"a\":1,}"));
    }

    [Fact]
    public void At_most_a_hundred_errors_are_said()
    {
        var many = "{" + string.Join(",", Enumerable.Range(0, 500).Select(i => $"\"x{i}\": 1")) + "}";
        Assert.Equal(Limits.Errors, ShapeReader.Read<SeekerShape>(Parse(many)).Errors.Count);
        Assert.Equal("capacity tooMany", Said(ReadSeeker(With(GoodSeeker, "capacity", many))));
    }

    [Fact]
    public void No_message_repeats_a_phone_or_a_name()
    {
        var read = ReadSeeker("""{ "name": "王小明\u0007", "phone": "138-secret-0000", "district": "王小明", "skills": ["SECRET_SKILL"], "education": "secret", "consent": { "sms": "secret" } }""");
        Assert.Equal(6, read.Errors.Count);
        Assert.All(read.Errors, x => Assert.DoesNotContain("secret", x.Message.En + x.Message.Zh, StringComparison.OrdinalIgnoreCase));
        Assert.All(read.Errors, x => Assert.DoesNotContain("王小明", x.Message.En + x.Message.Zh, StringComparison.Ordinal));
    }

    [Fact]
    public void Random_json_never_throws()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 3_000; i++)
        {
            var json = Anything(random, random.Next(5));
            Assert.All([Answered(ReadSeeker(json)), Answered(ReadPosition(json)), Answered(ReadEmployer(json)), Answered(ReadEvent(json))], Assert.True);
        }
    }

    [Fact]
    public void A_good_shape_with_something_random_put_in_never_throws()
    {
        var random = new Random(4711);
        string[] places = ["phone", "district", "capacity", "capacity.SEEING", "needs", "avoid.NIGHT", "skills", "work", "work.hoursPerWeek", "contact.helper", "certificate", "consent", "consent.sms"];
        for (var i = 0; i < 3_000; i++)
        {
            Assert.True(Answered(ReadSeeker(With(GoodSeeker, places[random.Next(places.Length)], Anything(random, 2)))));
        }
    }

    private static bool Answered<T>(Reading<T> reading) where T : class => reading.Ok != reading.Errors.Count > 0;

    private static string Anything(Random random, int depth) => random.Next(depth == 0 ? 8 : 11) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next(-5, 5).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => "1e400",
        4 => "\"\\ud800\"",
        5 => "\"2026-13-45T99:99:99+99:99\"",
        6 => "\"offered\"",
        7 => "\"" + new string('字', random.Next(200)) + "\"",
        8 => "[" + string.Join(",", Enumerable.Range(0, random.Next(60)).Select(_ => Anything(random, depth - 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(8)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{Anything(random, depth - 1)}")) + "}",
    };

    private static readonly string[] Names =
        ["name", "phone", "district", "capacity", "HEARING", "needs", "avoid", "skills", "work", "pay", "min", "max", "per", "consent", "sms", "accommodations", "STEP_FREE", "answer", "date", "title", "closesOn", "startsAt", "contacts", "", "\\ud800", "\\u0000"];
}
