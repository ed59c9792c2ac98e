using System.Text.Json;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;
using static JobMatch.Flows.Tests.Shapes.Shape;

namespace JobMatch.Flows.Tests.Shapes;

public class PositionShapeTests
{
    [Fact]
    public void A_position_becomes_what_is_matched_on()
    {
        var file = ReadPosition(GoodPosition).Value!;
        Assert.Equal(("e-1-p-1", "e-1", "Product inspector", "500107"), (file.Id, file.Employer, file.Facts.Title, file.Facts.District));
        Assert.Equal(new StatedAnswer(Answer.Offered, Today), file.Facts.Accommodations["STEP_FREE"]);
        Assert.Equal(new StatedAnswer(Answer.NotPossible, Today, null, "machines"), file.Facts.Accommodations["REMOTE_WORK"]);
        Assert.Equal((true, false), (file.Facts.Exposures[Exposure.Noise], file.Facts.Exposures[Exposure.Heat]));
        Assert.Equal(new Pay(3500, 4500, PayPeriod.Month, true), file.Facts.Pay);
        Assert.Equal((Board.ThreeMeals, Lodging.Free, Rest.OneDay, 1), (file.Facts.Board, file.Facts.Lodging, file.Facts.Rest, file.Facts.ProbationMonths));
        Assert.Equal(new DateOnly(2026, 12, 31), file.Facts.ClosesOn);
        Assert.Equal(Today, file.Facts.FirstPut);
    }

    [Fact]
    public void Openings_are_one_and_the_place_is_on_site_where_not_stated()
    {
        var facts = ReadPosition("""{ "title": "x", "district": "500103", "closesOn": "2026-12-31" }""").Value!.Facts;
        Assert.Equal((1, Place.OnSite), (facts.Openings, facts.Place));
        Assert.Null(facts.Shifts);
        Assert.Null(facts.Pay);
    }

    [Fact]
    public void An_answer_keeps_its_own_day()
    {
        var json = With(GoodPosition, "accommodations.CAPTIONS", """{ "answer": "offered", "date": "2026-01-31", "by": "HR" }""");
        Assert.Equal(new StatedAnswer(Answer.Offered, new(2026, 1, 31), "HR"), ReadPosition(json).Value!.Facts.Accommodations["CAPTIONS"]);
    }

    [Fact]
    public void What_was_put_comes_back_with_its_days()
    {
        var once = JsonSerializer.Serialize(ReadPosition(GoodPosition).Value!.ToShape(), ShapeJson.Options);
        Assert.Contains("""{"answer":"offered","date":"2026-11-22"}""", once, StringComparison.Ordinal);
        Assert.Equal(once, JsonSerializer.Serialize(ReadPosition(once).Value!.ToShape(), ShapeJson.Options));
        var (put, back) = (ShapeReader.Read<PositionShape>(Parse(GoodPosition)).Value!, ShapeReader.Read<PositionShape>(Parse(once)).Value!);
        Assert.Equal((put.Title, put.Description, put.Occupation, put.Work!.Pay, put.Board, put.ClosesOn), (back.Title, back.Description, back.Occupation, back.Work!.Pay, back.Board, back.ClosesOn));
    }

    [Theory]
    [InlineData("title", null, "title required")]
    [InlineData("closesOn", null, "closesOn required")]
    [InlineData("closesOn", "\"2026/12/31\"", "closesOn badDate")]
    [InlineData("closesOn", "\"2020-02-29\"", "")]
    [InlineData("district", null, "district required")]
    [InlineData("district", "\"500112\"", "district mergedDistrict")]
    [InlineData("openings", "1", "")]
    [InlineData("openings", "0", "openings outOfRange")]
    [InlineData("openings", "10000", "")]
    [InlineData("openings", "10001", "openings outOfRange")]
    [InlineData("occupation", "\"PRODUCT_INSPECTER\"", "occupation unknownCode")]
    [InlineData("occupation", "\"看瑕疵的\"", "")]
    [InlineData("exposures.NOISE", "\"maybe\"", "exposures.NOISE unknownCode")]
    [InlineData("exposures.RAIN", "\"yes\"", "exposures.RAIN unknownCode")]
    [InlineData("accommodations.CAPTIONS", "{\"answer\":\"offered\",\"date\":\"2026-11-23\"}", "")]
    [InlineData("accommodations.CAPTIONS", "{\"answer\":\"offered\",\"date\":\"2026-11-24\"}", "accommodations.CAPTIONS.date badDate")]
    [InlineData("accommodations.CAPTIONS", "{\"answer\":\"offered\",\"when\":1}", "accommodations.CAPTIONS.when unknownField")]
    [InlineData("accommodations.CAPTIONS", "null", "")]
    [InlineData("accommodations.CAPTIONS", "[]", "accommodations.CAPTIONS wrongType")]
    [InlineData("work.shifts", "[]", "work.shifts outOfRange")]
    [InlineData("work.shifts", "[\"DAY\",\"NOON\"]", "work.shifts[1] unknownCode")]
    [InlineData("work.hoursPerWeek", "0", "work.hoursPerWeek outOfRange")]
    [InlineData("work.hoursPerWeek", "1", "")]
    [InlineData("work.hoursPerWeek", "168", "")]
    [InlineData("work.hoursPerWeek", "169", "work.hoursPerWeek outOfRange")]
    [InlineData("work.pay", "{\"min\":3000}", "work.pay.per required")]
    [InlineData("work.pay", "{\"per\":\"PIECE\"}", "")]
    [InlineData("work.pay", "{\"min\":3000,\"max\":3000,\"per\":\"MONTH\"}", "")]
    [InlineData("work.pay", "{\"min\":3001,\"max\":3000,\"per\":\"MONTH\"}", "work.pay.max outOfRange")]
    [InlineData("work.pay", "{\"min\":-1,\"per\":\"MONTH\"}", "work.pay.min outOfRange")]
    [InlineData("work.pay", "{\"max\":10000001,\"per\":\"YEAR\"}", "work.pay.max outOfRange")]
    [InlineData("work.pay", "{\"max\":10000000,\"per\":\"YEAR\"}", "")]
    [InlineData("work.pay", "{\"min\":18.5,\"per\":\"HOUR\"}", "work.pay.min wrongType")]
    [InlineData("probationMonths", "0", "")]
    [InlineData("probationMonths", "6", "")]
    [InlineData("probationMonths", "7", "probationMonths outOfRange")]
    [InlineData("board", "\"FOUR_MEALS\"", "board unknownCode")]
    [InlineData("lodging", "\"needed\"", "lodging unknownCode")]
    [InlineData("educationMin", "\"none\"", "")]
    [InlineData("licences", "[\"VISUAL_INSPECTION\"]", "licences[0] unknownCode")]
    public void A_value_is_taken_or_named(string path, string? json, string said) => Assert.Equal(said, Said(ReadPosition(With(GoodPosition, path, json))));

    [Fact]
    public void Limits_hold_at_and_one_past()
    {
        foreach (var (path, most) in new[] { ("title", 100), ("description", 4_000), ("address", 200), ("occupation", 60) })
        {
            Assert.Equal("", Said(ReadPosition(With(GoodPosition, path, Text(most)))));
            Assert.Equal($"{path} tooLong", Said(ReadPosition(With(GoodPosition, path, Text(most + 1)))));
        }
        foreach (var (member, most) in new[] { ("by", 60), ("reason", 200) })
        {
            Assert.Equal("", Said(ReadPosition(With(GoodPosition, "accommodations.REMOTE_WORK", $$"""{"answer":"notPossible","{{member}}":{{Text(most)}}}"""))));
            Assert.Equal($"accommodations.REMOTE_WORK.{member} tooLong", Said(ReadPosition(With(GoodPosition, "accommodations.REMOTE_WORK", $$"""{"answer":"notPossible","{{member}}":{{Text(most + 1)}}}"""))));
        }
        Assert.Equal("", Said(ReadPosition(With(GoodPosition, "skillsOptional", List(50, i => $"\"skill {i}\"")))));
        Assert.Equal("skillsOptional tooMany", Said(ReadPosition(With(GoodPosition, "skillsOptional", List(51, i => $"\"skill {i}\"")))));
        Assert.Equal("skillsRequired[0] tooLong", Said(ReadPosition(With(GoodPosition, "skillsRequired", $"[{Text(61)}]"))));
    }

    [Fact]
    public void Work_from_home_needs_no_district()
    {
        var remote = With(With(GoodPosition, "district", null), "work.place", "\"REMOTE\"");
        Assert.Null(ReadPosition(remote).Value!.Facts.District);
        Assert.Equal("", Said(ReadPosition(remote)));
    }

    [Fact]
    public void An_id_is_checked_with_the_rest()
    {
        var read = ShapeReader.Read<PositionShape>(Parse(GoodPosition)).Then(x => x.ToFile("13800000000", "e-1", Today, CodeLists.Default));
        Assert.Equal("id badId", Said(read));
        Assert.False(read.Ok);
    }
}
