using System.Text;
using JobMatch.Adapters.Rows;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Rows;

/// <summary>The short way of reading a position for packing gives what the serializer gives.</summary>
public class EngineFactsTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    private static readonly Position Bare = new() { Id = "p", Title = "质检员 \"A\"", ClosesOn = Day, FirstPut = Day };

    private static readonly Position Full = Bare with
    {
        Occupation = "PRODUCT_INSPECTOR",
        District = "500103",
        Openings = 3,
        Signed = 1,
        Closed = true,
        Demands = Enum.GetValues<Axis>().ToDictionary(axis => axis, axis => (int)axis % 4),
        Accommodations = Enum.GetValues<Answer>().ToDictionary(answer => $"CODE_{answer}", answer => new StatedAnswer(answer, Day.AddDays((int)answer))),
        Exposures = Enum.GetValues<Exposure>().ToDictionary(exposure => exposure, exposure => exposure > Exposure.Cold),
        SkillsRequired = ["PACKING", "会修收音机\\"],
        SkillsOptional = ["EXCEL"],
        EducationMin = Education.College,
        Licences = ["DRIVER_C1"],
        Contract = Contract.FixedTerm,
        Place = Place.Hybrid,
        Shifts = Enum.GetValues<Shift>(),
        Rest = Rest.MonthlyN,
        HoursPerWeek = 40,
        Pay = new(3_000, 4_500, PayPeriod.Piece, true),
        Board = Board.ThreeMeals,
        Lodging = Lodging.Allowance,
        ProbationMonths = 2,
        SiteCheck = new SiteCheck(true, Day),
        Declines = new Dictionary<string, Decline> { ["s1"] = new(Day, true), ["s2"] = new(Day, false) },
    };

    public static TheoryData<Position> Positions =>
    [
        Bare, Full, Full with { Pay = new(null, 9, PayPeriod.Hour, false) }, Full with { Pay = new(1, null, PayPeriod.Year, false) }, Full with { SiteCheck = new SiteCheck(false, Day) },
        .. Enum.GetValues<Contract>().Select(contract => Full with { Contract = contract }), .. Enum.GetValues<Education>().Select(education => Full with { EducationMin = education }),
        .. Enum.GetValues<Place>().Select(place => Full with { Place = place }), .. Enum.GetValues<Lodging>().Select(lodging => Full with { Lodging = lodging }),
    ];

    [Theory]
    [MemberData(nameof(Positions))]
    public void What_is_written_is_read(Position position) => Assert.Equal(Written.Of(position), Written.Of(Read(Written.Of(position))));

    [Fact]
    public void Every_property_is_known()
    {
        var text = Written.Of(Full);
        Assert.All(typeof(Position).GetProperties(), property => Assert.Contains($"\"{property.Name}\":", text, StringComparison.Ordinal));
        // Read the short way: it leaves out why not, which no rule reads.
        Assert.Null(Read(Written.Of(Explained)).Accommodations["STEP_FREE"].Reason);
    }

    [Theory]
    [InlineData("{\"Id\":\"p\"", "{\"New\":1,\"Id\":\"p\"")]
    [InlineData("\"Openings\":1,", "")]
    [InlineData("\"Signed\":0,\"ClosesOn\":\"2026-11-01\"", "\"ClosesOn\":\"2026-11-01\",\"Signed\":0")]
    public void What_is_written_otherwise_is_read_too(string ours, string others)
    {
        var text = Written.Of(Explained);
        Assert.Contains(ours, text, StringComparison.Ordinal);
        var (read, expected) = (Read(text.Replace(ours, others, StringComparison.Ordinal)), Explained);
        Assert.Equal((expected.Openings, expected.Signed, expected.ClosesOn, expected.Title), (read.Openings, read.Signed, read.ClosesOn, read.Title));
        Assert.Equal(Answer.NotPossible, read.Accommodations["STEP_FREE"].Answer);
    }

    private static Position Explained => Bare with
    {
        Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.NotPossible, Day, "employer", "没有电梯") },
    };

    private static Position Read(string text) => EngineFacts.ReadPosition(Encoding.UTF8.GetBytes(text));
}
