using System.Text.Json;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;
using static JobMatch.Flows.Tests.Shapes.Shape;

namespace JobMatch.Flows.Tests.Shapes;

public class EventAndEmployerShapeTests
{
    [Fact]
    public void An_event_becomes_an_event_and_comes_back()
    {
        var fair = ReadEvent(GoodEvent).Value!;
        Assert.Equal(("ev-1", EventKind.JobFair, TimeSpan.FromHours(8)), (fair.Id, fair.Kind, fair.StartsAt.Offset));
        Assert.Equal(new StatedAnswer(Answer.Offered, Today), fair.Accommodations["STEP_FREE"]);
        var once = JsonSerializer.Serialize(fair.ToShape(), ShapeJson.Options);
        Assert.Contains("\"startsAt\":\"2027-03-01T09:00:00+08:00\"", once, StringComparison.Ordinal);
        Assert.Equal(once, JsonSerializer.Serialize(ReadEvent(once).Value!.ToShape(), ShapeJson.Options));
    }

    [Theory]
    [InlineData("title", null, "title required")]
    [InlineData("kind", null, "kind required")]
    [InlineData("kind", "\"PARTY\"", "kind unknownCode")]
    [InlineData("startsAt", null, "startsAt required")]
    [InlineData("endsAt", null, "endsAt required")]
    [InlineData("startsAt", "\"2027-03-01T09:00:00\"", "startsAt badDate")]
    [InlineData("startsAt", "\"2027-03-01\"", "startsAt badDate")]
    [InlineData("startsAt", "\"2027-03-01T01:00Z\"", "")]
    [InlineData("startsAt", "\"2027-03-01T25:00:00+08:00\"", "startsAt badDate")]
    [InlineData("endsAt", "\"2027-03-01T09:00:00+08:00\"", "endsAt outOfRange")]
    [InlineData("endsAt", "\"2027-03-01T01:00:01Z\"", "")]
    [InlineData("district", null, "district required")]
    [InlineData("district", "\"500112\"", "district mergedDistrict")]
    [InlineData("online", "\"javascript://x\"", "online wrongType")]
    [InlineData("online", "\"https://live.example.org/1\"", "")]
    [InlineData("online", "\"直播间 123\"", "")]
    [InlineData("capacity", "0", "capacity outOfRange")]
    [InlineData("capacity", "1000000", "")]
    [InlineData("capacity", "1000001", "capacity outOfRange")]
    [InlineData("interpreterSlots", "1000", "")]
    [InlineData("interpreterSlots", "1001", "interpreterSlots outOfRange")]
    [InlineData("openToEmployers", "\"yes\"", "openToEmployers wrongType")]
    [InlineData("title", "\"残疾人专场招聘会\"", "title outsText")]
    [InlineData("shortTitle", "\"助残招聘会\"", "shortTitle outsText")]
    [InlineData("accommodations.RAMP", "\"offered\"", "accommodations.RAMP unknownCode")]
    public void A_value_of_an_event_is_taken_or_named(string path, string? json, string said) => Assert.Equal(said, Said(ReadEvent(With(GoodEvent, path, json))));

    [Fact]
    public void A_title_may_name_disability_where_the_short_title_does_not()
    {
        var named = With(GoodEvent, "title", "\"残疾人专场招聘会\"");
        Assert.Equal("", Said(ReadEvent(With(named, "shortTitle", "\"春季招聘会\""))));
        Assert.Equal("shortTitle outsText", Said(ReadEvent(With(named, "shortTitle", "\"Job fair for deaf people\""))));
    }

    [Fact]
    public void An_online_fair_needs_no_district()
    {
        Assert.Equal("", Said(ReadEvent(With(With(GoodEvent, "district", null), "kind", "\"ONLINE_FAIR\""))));
        Assert.Equal("", Said(ReadEvent(With(With(GoodEvent, "district", null), "online", "\"https://example.org\""))));
    }

    [Fact]
    public void Limits_of_an_event_hold_at_and_one_past()
    {
        foreach (var (path, most) in new[] { ("title", 100), ("shortTitle", 30), ("address", 200), ("online", 300) })
        {
            Assert.Equal("", Said(ReadEvent(With(GoodEvent, path, Text(most)))));
            Assert.Equal($"{path} tooLong", Said(ReadEvent(With(GoodEvent, path, Text(most + 1)))));
        }
    }

    [Fact]
    public void An_employer_becomes_an_employer_and_comes_back()
    {
        var employer = ReadEmployer(GoodEmployer).Value!;
        Assert.Equal(("91350100M000100Y43", true), (employer.CreditCode, employer.Approved));
        Assert.Equal(new EmployerContact("李四", "+8613900000000", "li@example.org"), Assert.Single(employer.Contacts));
        var once = JsonSerializer.Serialize(employer.ToShape(), ShapeJson.Options);
        Assert.Equal(once, JsonSerializer.Serialize(ReadEmployer(once).Value!.ToShape(), ShapeJson.Options));
    }

    [Theory]
    [InlineData("name", null, "name required")]
    [InlineData("creditCode", null, "")]
    [InlineData("creditCode", "\"91350100M000100Y44\"", "creditCode badCreditCode")]
    [InlineData("contacts", "[{\"name\":\"a\"}]", "contacts[0].phone required")]
    [InlineData("contacts", "[{\"phone\":\"13800000000\"}]", "contacts[0].name required")]
    [InlineData("contacts", "[{\"name\":\"a\",\"phone\":\"1380000000\"}]", "contacts[0].phone badPhone")]
    [InlineData("contacts", "[{\"name\":\"a\",\"phone\":\"13800000000\",\"email\":\"a at b\"}]", "contacts[0].email wrongType")]
    [InlineData("contacts", "[3]", "contacts[0] wrongType")]
    [InlineData("approved", "1", "approved wrongType")]
    public void A_value_of_an_employer_is_taken_or_named(string path, string? json, string said) => Assert.Equal(said, Said(ReadEmployer(With(GoodEmployer, path, json))));

    [Fact]
    public void Limits_of_an_employer_hold_at_and_one_past()
    {
        static string Contacts(int count) => List(count, i => $$"""{"name":"a","phone":"138000000{{i:00}}"}""");
        Assert.Equal("", Said(ReadEmployer(With(GoodEmployer, "contacts", Contacts(50)))));
        Assert.Equal("contacts tooMany", Said(ReadEmployer(With(GoodEmployer, "contacts", Contacts(51)))));
        Assert.Equal("name tooLong", Said(ReadEmployer(With(GoodEmployer, "name", Text(101)))));
        Assert.Equal("", Said(ReadEmployer(With(GoodEmployer, "name", Text(100)))));
    }
}
