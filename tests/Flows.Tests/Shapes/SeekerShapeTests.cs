using JobMatch.Flows.Shapes;
using JobMatch.Matching;
using static JobMatch.Flows.Tests.Shapes.Shape;

namespace JobMatch.Flows.Tests.Shapes;

public class SeekerShapeTests
{
    [Fact]
    public void A_seeker_becomes_what_the_engine_may_know_and_what_it_may_not()
    {
        var file = ReadSeeker(GoodSeeker).Value!;
        Assert.Equal(("s-1", "张三", "+8613800000000", "zh-CN"), (file.Id, file.Name, file.Phone, file.Language));
        Assert.Equal(1, file.Facts.Capacity[Axis.Hearing]);
        Assert.Equal(Mark.Must, file.Facts.Needs["SIGN_INTERPRETER"]);
        Assert.Equal(Avoidance.MustAvoid, file.Facts.AvoidShifts[Shift.Night]);
        Assert.Equal(Avoidance.RatherNot, file.Facts.AvoidExposures[Exposure.Noise]);
        Assert.Equal([], file.Facts.Licences!);
        Assert.Equal([Contract.OpenEnded, Contract.FixedTerm, Contract.Platform], file.Facts.Contracts!);
        Assert.Equal(new HoursWish(20, 40), file.Facts.HoursPerWeek);
        Assert.Equal(LodgingWish.Accepted, file.Facts.Lodging);
        Assert.Equal(Education.Bachelor, file.Facts.Education);
        Assert.Equal(new ContactWish("SMS_TEXT", null), file.Contact);
        Assert.Equal(new Certificate(2, 3), file.Certificate);
        Assert.Equal(new DateOnly(2026, 11, 1), file.Consent.Sms);
    }

    [Fact]
    public void Silence_is_not_stated_and_an_empty_list_is_none()
    {
        var file = ReadSeeker("""{ "phone": "13800000000", "district": "500103", "consent": {}, "skills": [] }""").Value!;
        Assert.Equal([], file.Facts.Skills!);
        Assert.Null(file.Facts.Licences);
        Assert.Null(file.Facts.CommuteMinutes);
        Assert.Null(file.Consent.Matching);
        Assert.Equal("zh-CN", file.Language);
    }

    [Fact]
    public void What_was_put_comes_back()
    {
        var shape = ReadSeeker(GoodSeeker).Value!.ToShape();
        var again = System.Text.Json.JsonSerializer.Serialize(shape, ShapeJson.Options);
        Assert.Equal(Without(GoodSeeker, "contact.helper"), Without(again));
        Assert.Equal(again, System.Text.Json.JsonSerializer.Serialize(ReadSeeker(again).Value!.ToShape(), ShapeJson.Options));
    }

    [Theory]
    [InlineData("district", null, "district required")]
    [InlineData("district", "\"\"", "district required")]
    [InlineData("consent", null, "consent required")]
    [InlineData("consent", "null", "consent required")]
    [InlineData("consent", "{}", "")]
    [InlineData("phone", null, "phone required")]
    [InlineData("phone", "\"023-68000000\"", "phone badPhone")]
    [InlineData("phone", "\"１３８ 0000-0000\"", "")]
    [InlineData("district", "\"500199\"", "district unknownCode")]
    [InlineData("district", "\"500112\"", "district mergedDistrict")]
    [InlineData("capacity.HEARING", "0", "")]
    [InlineData("capacity.HEARING", "3", "")]
    [InlineData("capacity.HEARING", "-1", "capacity.HEARING outOfRange")]
    [InlineData("capacity.HEARING", "4", "capacity.HEARING outOfRange")]
    [InlineData("capacity.SIGHT", "1", "capacity.SIGHT unknownCode")]
    [InlineData("needs.RAMP", "\"must\"", "needs.RAMP unknownCode")]
    [InlineData("avoid.RAIN", "\"mustAvoid\"", "avoid.RAIN unknownCode")]
    [InlineData("skills", "[\"LIVE_HOSTIN\"]", "skills[0] unknownCode")]
    [InlineData("occupations", "[\"LIVE_HOST_SALES\", \"ASTRONAUT\"]", "occupations[1] unknownCode")]
    [InlineData("licences", "[\"LIVE_HOSTING\"]", "licences[0] unknownCode")]
    [InlineData("licences", "[\"free text\"]", "licences[0] unknownCode")]
    [InlineData("work.minPayMonthly", "0", "")]
    [InlineData("work.minPayMonthly", "-1", "work.minPayMonthly outOfRange")]
    [InlineData("work.minPayMonthly", "10000000", "")]
    [InlineData("work.minPayMonthly", "10000001", "work.minPayMonthly outOfRange")]
    [InlineData("work.commuteMinutes", "1", "")]
    [InlineData("work.commuteMinutes", "0", "work.commuteMinutes outOfRange")]
    [InlineData("work.commuteMinutes", "600", "")]
    [InlineData("work.commuteMinutes", "601", "work.commuteMinutes outOfRange")]
    [InlineData("work.hoursPerWeek", "{\"min\":40,\"max\":40}", "")]
    [InlineData("work.hoursPerWeek", "{\"min\":41,\"max\":40}", "work.hoursPerWeek.max outOfRange")]
    [InlineData("work.hoursPerWeek", "{\"max\":168}", "")]
    [InlineData("work.hoursPerWeek", "{\"max\":169}", "work.hoursPerWeek.max outOfRange")]
    [InlineData("work.hoursPerWeek", "{\"max\":0}", "work.hoursPerWeek.max outOfRange")]
    [InlineData("work.hoursPerWeek", "{\"min\":-1}", "work.hoursPerWeek.min outOfRange")]
    [InlineData("certificate.category", "7", "")]
    [InlineData("certificate.category", "8", "certificate.category outOfRange")]
    [InlineData("certificate.category", "0", "certificate.category outOfRange")]
    [InlineData("certificate.grade", "4", "")]
    [InlineData("certificate.grade", "5", "certificate.grade outOfRange")]
    [InlineData("certificate.grade", null, "certificate.grade required")]
    [InlineData("consent.sms", "\"2026-11-23\"", "")]
    [InlineData("consent.sms", "\"2026-11-24\"", "consent.sms badDate")]
    [InlineData("consent.sms", "\"1999-12-31\"", "consent.sms badDate")]
    [InlineData("language", "\"en\"", "")]
    [InlineData("language", "\"Chinese!\"", "language unknownCode")]
    public void A_value_is_taken_or_named(string path, string? json, string said) => Assert.Equal(said, Said(ReadSeeker(With(GoodSeeker, path, json))));

    [Fact]
    public void Limits_hold_at_and_one_past()
    {
        Assert.Equal("", Said(ReadSeeker(With(GoodSeeker, "name", Text(100)))));
        Assert.Equal("name tooLong", Said(ReadSeeker(With(GoodSeeker, "name", Text(101)))));
        Assert.Equal("", Said(ReadSeeker(With(GoodSeeker, "name", "\"" + string.Concat(Enumerable.Repeat("𬭎", 100)) + "\""))));
        Assert.Equal("", Said(ReadSeeker(With(GoodSeeker, "contact.helper", Text(100)))));
        Assert.Equal("contact.helper tooLong", Said(ReadSeeker(With(GoodSeeker, "contact.helper", Text(101)))));
        Assert.Equal("", Said(ReadSeeker(With(GoodSeeker, "skills", $"[{Text(60)}]"))));
        Assert.Equal("skills[0] tooLong", Said(ReadSeeker(With(GoodSeeker, "skills", $"[{Text(61)}]"))));
        Assert.Equal("", Said(ReadSeeker(With(GoodSeeker, "skills", List(50, i => $"\"skill {i}\"")))));
        Assert.Equal("skills tooMany", Said(ReadSeeker(With(GoodSeeker, "skills", List(51, i => $"\"skill {i}\"")))));
        Assert.Equal("occupations tooMany", Said(ReadSeeker(With(GoodSeeker, "occupations", List(51, i => $"\"work {i}\"")))));
        Assert.Equal("work.places tooMany", Said(ReadSeeker(With(GoodSeeker, "work.places", List(51, _ => "\"REMOTE\"")))));
        Assert.Equal("language tooLong", Said(ReadSeeker(With(GoodSeeker, "language", Text(36, 'a')))));
    }

    [Fact]
    public void A_helper_stands_in_for_a_phone_and_a_helpers_phone_is_normalised()
    {
        var told = With(With(GoodSeeker, "phone", null), "contact.helper", "\"母亲 王女士\"");
        Assert.Equal("", Said(ReadSeeker(told)));
        Assert.Equal("+8613900000000", ReadSeeker(With(told, "contact.helper", "\"139 0000 0000\"")).Value!.Contact.Helper);
    }

    [Fact]
    public void A_merged_district_is_taken_as_its_successor_or_refused_with_the_choices()
    {
        Assert.Equal("500157", ReadSeeker(With(GoodSeeker, "district", "\"500105\"")).Value!.Facts.District);
        var message = Assert.Single(ReadSeeker(With(GoodSeeker, "district", "\"500112\"")).Errors).Message;
        Assert.Contains("500157 两江新区、500109 北碚区", message.Zh, StringComparison.Ordinal);
        Assert.Contains("500157 Liangjiang New Area, 500109 Beibei District", message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thing_named_twice_counts_once() =>
        Assert.Equal(["LIVE_HOSTING", "x"], ReadSeeker(With(GoodSeeker, "skills", "[\"LIVE_HOSTING\",\"x\",\"LIVE_HOSTING\",\" x\"]")).Value!.Facts.Skills!);

    [Fact]
    public void An_accommodation_that_joins_the_list_is_valid_without_further_change()
    {
        var more = new CodeLists([.. Accommodation.All, new("COOLING_VEST", 46, "EQUIPMENT", new("Cooling vest", "降温背心"), [], [], false, Stage.Job, true)], Occupation.All, Skill.All, District.All);
        var json = With(GoodSeeker, "needs.COOLING_VEST", "\"must\"");
        Assert.Equal("needs.COOLING_VEST unknownCode", Said(ReadSeeker(json)));
        Assert.Equal(Mark.Must, ReadSeeker(json, more).Value!.Facts.Needs["COOLING_VEST"]);
    }

    private static string Without(string json, string? path = null) =>
        System.Text.Json.Nodes.JsonNode.Parse(path is null ? json : With(json, path, null))!.ToJsonString();
}
