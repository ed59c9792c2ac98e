namespace JobMatch.Matching.Tests;

/// <summary>The levy at and beside every limit of its rules.</summary>
public class LevyTests
{
    private static readonly LevyRules Rules = LevyRules.For(2026)!;

    private static LevyResult Of(decimal staff, decimal heavy, decimal other, long wage = 80_000, long? local = null) =>
        Levy.Of(Rules, new((long)(staff * 10), (long)(heavy * 10), (long)(other * 10), wage, local));

    [Theory]
    [InlineData(200, 0, 3, LevyCase.Reached, 0)] // 1.5 % of 200 is 3
    [InlineData(200, 0, 2.9, LevyCase.Near, 4_000)] // 0.1 × 80,000 × 50 %
    [InlineData(200, 0, 2, LevyCase.Near, 40_000)] // exactly 1 %
    [InlineData(200, 0, 1.9, LevyCase.Far, 79_200)] // just below 1 %: 1.1 × 80,000 × 90 %
    [InlineData(200, 0, 0, LevyCase.Far, 216_000)] // 3 × 80,000 × 90 %
    [InlineData(200, 1, 1, LevyCase.Reached, 0)] // one person of grade 1 or 2 counts as two
    [InlineData(30, 0, 0, LevyCase.Small, 0)]
    [InlineData(30.1, 0, 0, LevyCase.Far, 32_508)] // 0.4515 × 80,000 × 90 %
    [InlineData(31, 0, 0, LevyCase.Far, 33_480)]
    [InlineData(0, 0, 0, LevyCase.Reached, 0)]
    [InlineData(100, 0, 1, LevyCase.Near, 20_000)] // the difference of 0.5 person counts as it is
    public void The_step_follows_from_staff_and_from_who_is_counted(double staff, double heavy, double other, LevyCase which, decimal yuan)
    {
        var result = Of((decimal)staff, (decimal)heavy, (decimal)other);
        Assert.Equal((which, yuan), (result.Case, result.Due / 100m));
    }

    [Theory]
    [InlineData(100_000, 60_000L, 100_000)]
    [InlineData(120_000, 60_000L, 120_000)] // exactly twice
    [InlineData(120_001, 60_000L, 120_000)]
    [InlineData(500_000, null, 500_000)]
    public void The_mean_wage_counts_up_to_twice_the_local_one(long wage, long? local, long counts) => Assert.Equal(counts, Of(200, 0, 0, wage, local).Wage);

    [Fact]
    public void A_fen_is_rounded_half_up_once()
    {
        // 0.015 × 1 yuan × 90 % = 1.35 fen; the whole is 1.5 fen.
        var result = Levy.Of(Rules with { SmallMost = Rules.SmallMost with { Value = 0 } }, new(10, 0, 0, 1, null));
        Assert.Equal((2, 1), (result.Whole, result.Due));
    }

    [Fact]
    public void The_largest_figures_do_not_overflow()
    {
        var result = Levy.Of(Rules, new(100_000_000, 0, 0, 10_000_000, null));
        Assert.Equal(135_000_000_000_000, result.Due); // 150,000 people × 10,000,000 yuan × 90 %, in fen
    }

    [Fact]
    public void One_more_disabled_colleague_never_costs_more()
    {
        for (var staff = 310; staff <= 4_000; staff += 37)
            for (var other = 0; other < 70; other++)
            {
                var (fewer, more) = (Levy.Of(Rules, new(staff, 0, other, 80_000, null)).Due, Levy.Of(Rules, new(staff, 0, other + 1, 80_000, null)).Due);
                Assert.True(more <= fewer, $"{staff} {other}");
            }
    }

    [Theory]
    [InlineData(2019, false)]
    [InlineData(2020, true)]
    [InlineData(2027, true)]
    [InlineData(2028, false)]
    public void A_year_is_reckoned_by_its_own_rules_or_not_at_all(int year, bool kept) => Assert.Equal(kept, LevyRules.For(year) is not null);

    [Fact]
    public void No_line_claims_to_be_verified_without_a_text()
    {
        foreach (var rules in LevyRules.All)
            Assert.All((LevyStatus[])[rules.Ratio.Status, rules.SmallMost.Status, rules.NearRatio.Status, rules.NearPercent.Status, rules.FarPercent.Status, rules.HeavyCounts.Status, rules.CapTimes.Status, rules.Formula.Status, rules.Staff.Status, rules.PublicBodies.Status],
                status => Assert.Equal(LevyStatus.Verify, status));
    }
}
