using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>Each plus in exact tenths of a point, with the sums where half a tenth goes up.</summary>
public class PlusTests
{
    [Fact]
    public void All_nine_are_always_listed_with_their_weights()
    {
        var match = Judge();
        Assert.Equal(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"], match.Pluses.Select(x => x.Plus));
        Assert.Equal([25, 25, 15, 10, 10, 5, 4, 3, 3], match.Pluses.Select(x => x.Weight));
    }

    [Theory]
    [InlineData(1, 3, 25, 83)] // 83.3
    [InlineData(2, 3, 25, 167)] // 166.7
    [InlineData(1, 4, 25, 63)] // 62.5 goes up
    [InlineData(1, 20, 25, 13)] // 12.5 goes up
    [InlineData(0, 7, 25, 0)]
    [InlineData(7, 7, 25, 250)]
    [InlineData(1, 13, 15, 12)] // 11.5385
    [InlineData(99_999_999_999, 200_000_000_000, 10, 50)] // just below a half
    public void Points_are_tenths_of_the_exact_fraction_half_up(long numerator, long denominator, int weight, int tenths) =>
        Assert.Equal(tenths, Share.Of(numerator, denominator).Tenths(weight));

    // P1

    [Theory]
    [InlineData("TYPING", "TYPING", "", 250)]
    [InlineData("TYPING", "", "TYPING", 250)]
    [InlineData("TYPING", "TYPING", "TYPING", 250)] // distinct entries
    [InlineData("TYPING", "TYPING,SQL", "", 125)]
    [InlineData("TYPING", "TYPING", "SQL,FILING", 83)]
    [InlineData("TYPING,SQL", "TYPING", "SQL,FILING", 167)]
    [InlineData("TYPING", "SQL", "FILING,COFFEE,TYPING", 63)] // 62.5
    [InlineData("TYPING", "SQL", "FILING", 0)]
    [InlineData("", "SQL", "", 0)]
    [InlineData(null, "SQL", "", 0)]
    [InlineData("TYPING", "", "", 75)] // none listed: 0.3
    [InlineData(null, "", "", 75)]
    [InlineData("修理自行车", "修理自行车", "", 250)]
    [InlineData("修理自行车", "会修理自行车", "", 250)] // 0.92
    [InlineData("修自行车", "修理电动自行车", "", 0)] // 0.57
    [InlineData("能上夜班", "能上白班", "", 0)]
    [InlineData("英语翻译", "日语翻译", "", 0)] // 0.74
    [InlineData("time management", "management", "", 0)]
    [InlineData("电子表格", "SPREADSHEET", "", 250)] // the list's own word
    [InlineData("EXCEL", "表格制作", "", 250)] // two words of one skill
    [InlineData("SPREADSHEET", "ｅｘｃｅｌ", "", 250)] // full-width
    [InlineData("PROOFREADING", "CONTENT_REVIEW", "", 0)] // two codes are two skills
    public void P1_is_held_over_listed(string? skills, string required, string optional, int tenths) =>
        Gives("P1", tenths, Anna with { Skills = skills is null ? null : Split(skills), Licences = [] }, Inspector with { SkillsRequired = Split(required), SkillsOptional = Split(optional) });

    [Fact]
    public void P1_a_licence_counts_from_either_list() =>
        Gives("P1", 250, Anna with { Skills = [], Licences = ["FOOD_SAFETY"] }, Inspector with { SkillsRequired = [], SkillsOptional = ["FOOD_SAFETY"] });

    // P2

    [Theory]
    [InlineData("PRODUCT_INSPECTOR", "PRODUCT_INSPECTOR", 250)]
    [InlineData("CHAT_SERVICE", "PHONE_SERVICE", 200)] // 4222, 4222
    [InlineData("TELEPHONE_OPERATOR", "PHONE_SERVICE", 150)] // 4223, 4222
    [InlineData("RECEPTIONIST", "TELEPHONE_OPERATOR", 150)] // 4226, 4223
    [InlineData("BAKER", "EMBROIDERER", 100)] // 7512, 7533
    [InlineData("PIANIST", "CLEANER", 0)]
    [InlineData("PIANIST,EMBROIDERER,BAKER", "TAILOR", 150)] // the best wish: 7533, 7531
    [InlineData("", "PIANIST", 125)]
    [InlineData(null, "PIANIST", 125)]
    public void P2_goes_by_the_group_of_the_occupation(string? wishes, string occupation, int tenths) =>
        Gives("P2", tenths, Anna with { Occupations = wishes is null ? null : Split(wishes) }, Inspector with { Title = "〇〇", Occupation = occupation });

    [Theory]
    [InlineData("质检", "〇〇", "PRODUCT_INSPECTOR", 192)] // 质检员: √((274 + 205 + 643) ÷ (… + 99)) = 0.96 by 质 检 =检验 and 员, × 0.8 × 25 = 19.2
    [InlineData("质检员", "〇〇", "PRODUCT_INSPECTOR", 200)]
    [InlineData("quality inspector", "〇〇", "PRODUCT_INSPECTOR", 200)]
    [InlineData("Quality Inspector", "quality inspector", null, 200)]
    [InlineData("PRODUCT_INSPECTOR", "产品检验员", null, 200)] // without an occupation closeness only, never 1
    [InlineData("PRODUCT_INSPECTOR", "品检员（长白班）", null, 200)] // 长白班 says nothing about the work
    [InlineData("PRODUCT_INSPECTOR", "歌手", null, 0)]
    [InlineData("修伞", "修伞师傅", "修伞", 200)] // an occupation in free words
    [InlineData("质检员", "品检员", null, 200)] // the list's own words for one occupation
    public void P2_goes_by_the_words_where_they_are_closer(string wish, string title, string? occupation, int tenths) =>
        Gives("P2", tenths, Anna with { Occupations = [wish] }, Inspector with { Title = title, Occupation = occupation });

    [Fact]
    public void P2_compares_only_within_one_language() => // an English title against the English words, not the Chinese ones
        Gives("P2", 200, Anna with { Occupations = ["PRODUCT_INSPECTOR"] }, Inspector with { Title = "ＱＣ　Inspector", Occupation = null });

    [Fact]
    public void P2_the_larger_of_group_and_words_counts() => // 7543 and 7543 by words of the same list entry, 0.8; a title that says it exactly also 0.8
        Gives("P2", 200, Anna with { Occupations = ["PHONE_SERVICE"] }, Inspector with { Title = "电话客服", Occupation = "RECEPTIONIST" });

    [Theory]
    [InlineData("PRODUCT_INSPECTOR", 1.0, 200)] // the same direction: closeness 1, × 0.8 × 25
    [InlineData("质检员", 1.0, 200)] // the list's own word for it
    [InlineData("PRODUCT_INSPECTOR", 0.6, 120)]
    [InlineData("PRODUCT_INSPECTOR", 0.29, 0)] // noise, as with letters
    [InlineData("PIANIST", 1.0, 0)] // something else
    [InlineData("看着货", 1.0, 0)] // what somebody wrote is compared by its letters alone
    public void P2_goes_by_what_words_mean_where_that_is_closer(string wish, double cosine, int tenths)
    {
        var codes = Codes.With(Vectors.Knowing(("流水线把关", "产品检验员", cosine)));
        var plus = Policy.Judge(Anna with { Occupations = [wish] }, Inspector with { Title = "流水线把关", Occupation = null }, Today, codes).Plus("P2");
        Assert.Equal((tenths, tenths > 0), (plus.Tenths, plus.Meant));
        Gives("P2", 0, Anna with { Occupations = [wish] }, Inspector with { Title = "流水线把关", Occupation = null });
    }

    [Fact]
    public void P2_goes_by_the_letters_where_a_vector_is_missing_says_nothing_or_is_of_another_model()
    {
        var title = Inspector with { Title = "流水线把关", Occupation = null };
        int Tenths(Meanings meanings) => Policy.Judge(Anna, title, Today, Codes.With(meanings)).Plus("P2").Tenths;
        var vectors = Vectors.Of(("流水线把关", "产品检验员", 1.0));
        Assert.Equal(200, Tenths(new(Occupation.All, vectors)));
        Assert.Equal(0, Tenths(new(Occupation.All, vectors.Where(x => x.Key != "流水线把关").ToDictionary())));
        // One word of the list is missing, and with it the language; the other language goes on.
        var without = new Meanings(Occupation.All, vectors.Where(x => x.Key != "质检员").ToDictionary());
        Assert.Equal(0, Tenths(without));
        Assert.Equal(0, Tenths(new(Occupation.All, vectors.ToDictionary(x => x.Key, x => x.Key == "流水线把关" ? x.Value[1..] : x.Value))));
        // A model that does not know the language takes everything for the same.
        Assert.Equal(0, Tenths(new(Occupation.All, vectors.ToDictionary(x => x.Key, _ => vectors["质检员"]))));
    }

    [Fact]
    public void P2_says_when_it_goes_by_what_words_mean_and_the_same_letters_are_no_such_case()
    {
        var codes = Codes.With(Vectors.Knowing(("流水线把关", "产品检验员", 0.9), ("质检", "产品检验员", 0.9)));
        var match = Policy.Judge(Anna, Inspector with { Title = "流水线把关", Occupation = null }, Today, codes);
        Assert.Equal("岗位是流水线把关，意思和您想做的相近。", Sentences.For(match.Plus("P2"), match, Audience.Seeker, Language.Chinese, codes));
        Assert.False(Policy.Judge(Anna, Inspector, Today, codes).Plus("P2").Meant);
        Assert.False(Policy.Judge(Anna, Inspector with { Title = "质检", Occupation = null }, Today, codes).Plus("P2").Meant);
    }

    [Fact]
    public void Vectors_are_bytes_up_to_127_and_none_says_nothing()
    {
        Assert.Equal<sbyte>([127, -64, 0], Meanings.Quantised([0.2f, -0.1f, 0.0001f])!);
        foreach (var nothing in new float[][] { [0, 0], [1, float.NaN], [float.PositiveInfinity, 1], [] })
            Assert.Null(Meanings.Quantised(nothing));
    }

    // P3

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 12)] // 11.54
    [InlineData(2, 23)] // 23.08
    [InlineData(5, 58)] // 57.69
    [InlineData(6, 69)] // 69.23
    [InlineData(12, 138)] // 138.46
    [InlineData(13, 150)]
    public void P3_is_how_many_of_thirteen_axes_both_sides_have_spoken_on(int both, int tenths)
    {
        var all = AxisText.All.Select(x => x.Axis).ToArray();
        var seeker = Anna with { Capacity = all.Take(both).ToDictionary(x => x, _ => 3) };
        Gives("P3", tenths, seeker, Inspector with { Demands = all.ToDictionary(x => x, _ => 0) });
        Gives("P3", tenths, seeker, Inspector with { Demands = all.ToDictionary(x => x, _ => 0), Place = Place.Remote });
    }

    // P4

    [Fact]
    public void P4_is_whole_where_there_is_no_way_to_go()
    {
        var far = Anna with { District = "500229", Lodging = null };
        Gives("P4", 0, far);
        Gives("P4", 100, far, Inspector with { Place = Place.Remote });
        Gives("P4", 100, far with { Lodging = LodgingWish.Needed }, Inspector with { Lodging = Lodging.Free });
        Gives("P4", 100, far with { Lodging = LodgingWish.Accepted }, Inspector with { Lodging = Lodging.Paid });
        Gives("P4", 0, far with { Lodging = LodgingWish.Accepted }, Inspector with { Lodging = Lodging.Allowance });
        Gives("P4", 0, far with { Lodging = LodgingWish.No }, Inspector with { Lodging = Lodging.Free });
        Gives("P4", 100, Anna with { CommuteMinutes = 1 });
    }

    // 渝中 to 沙坪坝: slow is 64.94 minutes.
    [Theory]
    [InlineData(null, 46)] // 1 − 64.94/120 = 0.4588
    [InlineData(65, 50)] // 1 − 64.94/130 = 0.5005
    [InlineData(120, 73)] // 1 − 64.94/240 = 0.7294
    [InlineData(33, 2)] // 1 − 64.94/66 = 0.0161
    [InlineData(32, 0)] // below 0
    public void P4_falls_with_the_slow_way_over_twice_the_limit(int? limit, int tenths) =>
        Gives("P4", tenths, Anna with { CommuteMinutes = limit }, Inspector with { District = "500106" });

    [Fact]
    public void P4_is_nothing_where_the_way_cannot_be_worked_out() => Gives("P4", 0, Anna with { District = "999999" });

    // P5

    [Theory]
    [InlineData(1000, 1000, PayPeriod.Month, 0)]
    [InlineData(1000, 1004, PayPeriod.Month, 0)] // 0.4 tenths
    [InlineData(1000, 1005, PayPeriod.Month, 1)] // 0.5 goes up
    [InlineData(1000, 1500, PayPeriod.Month, 50)]
    [InlineData(1000, 2000, PayPeriod.Month, 100)]
    [InlineData(1000, 9000, PayPeriod.Month, 100)]
    [InlineData(1000, 999, PayPeriod.Month, 0)]
    [InlineData(1000, 12060, PayPeriod.Year, 1)] // 5/1000 above
    [InlineData(1000, 12059, PayPeriod.Year, 0)]
    [InlineData(1000, 18000, PayPeriod.Year, 50)]
    [InlineData(433, 150, PayPeriod.Week, 50)] // 649.5 over 433
    [InlineData(2175, 150, PayPeriod.Day, 50)]
    [InlineData(4330, 30, PayPeriod.Hour, 20)] // 5196 over 4330
    [InlineData(0, 5000, PayPeriod.Month, 50)]
    [InlineData(null, 5000, PayPeriod.Month, 50)]
    [InlineData(null, 5000, PayPeriod.Piece, 50)]
    [InlineData(1000, 5000, PayPeriod.Piece, 0)]
    public void P5_is_the_pay_above_the_floor(int? floor, int pay, PayPeriod per, int tenths) =>
        Gives("P5", tenths, Anna with { MinPayMonthly = floor }, Inspector with { Pay = new(null, pay, per, false) });

    // P6

    [Fact]
    public void P6_is_the_mean_of_what_helps_and_what_is_rather_not()
    {
        var four = Anna with { Needs = Marks(Mark.Helps, "STEP_FREE", "CAPTIONS", "REST_BREAKS", "MENTOR"), AvoidExposures = None, AvoidShifts = NoShifts };
        Gives("P6", 0, four, With());
        Gives("P6", 6, four, With(("CAPTIONS", Answer.OnRequest))); // 5 · 1/8 = 6.25 tenths
        Gives("P6", 13, four, With(("CAPTIONS", Answer.Offered))); // 5 · 1/4 = 12.5 goes up
        Gives("P6", 19, four, With(("CAPTIONS", Answer.Offered), ("MENTOR", Answer.OnRequest))); // 18.75
        Gives("P6", 25, four, With(("CAPTIONS", Answer.Offered), ("MENTOR", Answer.OnRequest), ("REST_BREAKS", Answer.OnRequest), ("STEP_FREE", Answer.NotPossible)));
        Gives("P6", 50, four, With(("CAPTIONS", Answer.Offered), ("MENTOR", Answer.Offered), ("REST_BREAKS", Answer.Offered), ("STEP_FREE", Answer.Offered)));
    }

    [Fact]
    public void P6_musts_are_not_counted_and_nothing_marked_is_a_half()
    {
        Gives("P6", 25, Anna with { Needs = Musts("STEP_FREE") });
        Gives("P6", 25, Anna with { Needs = Musts() });
    }

    [Fact]
    public void P6_needs_at_the_workplace_are_left_out_from_home()
    {
        var remote = With(("CAPTIONS", Answer.Offered)) with { Place = Place.Remote };
        Gives("P6", 50, Bare with { Needs = Marks(Mark.Helps, "STEP_FREE", "CAPTIONS") }, remote);
        Gives("P6", 25, Bare with { Needs = Marks(Mark.Helps, "STEP_FREE") }, remote);
    }

    [Fact]
    public void P6_what_one_would_rather_not_have_counts_where_it_is_stated_absent_or_relieved()
    {
        var seeker = Bare with { AvoidExposures = new Dictionary<Exposure, Avoidance> { [Exposure.Heat] = Avoidance.RatherNot } };
        Gives("P6", 0, seeker, With() with { Exposures = new Dictionary<Exposure, bool>() });
        Gives("P6", 50, seeker, With() with { Exposures = Heat(false) });
        Gives("P6", 0, seeker, With() with { Exposures = Heat(true) });
        Gives("P6", 0, seeker, With(("CLIMATE_COMFORT", Answer.OnRequest)) with { Exposures = Heat(true) });
        Gives("P6", 50, seeker, With(("CLIMATE_COMFORT", Answer.Offered)) with { Exposures = Heat(true) });
        Gives("P6", 50, seeker, With() with { Exposures = Heat(true), Place = Place.Remote });
        Gives("P6", 50, seeker, With() with { Exposures = new Dictionary<Exposure, bool>(), Place = Place.Remote });
    }

    [Theory]
    [InlineData(0, Shift.Day, Shift.ThreeShift)]
    [InlineData(50, Shift.Day, Shift.TwoShift)]
    [InlineData(0)] // not stated
    public void P6_a_shift_that_one_would_rather_not_have_counts_where_it_is_stated_absent(int tenths, params Shift[] shifts) =>
        Gives("P6", tenths, Bare with { AvoidShifts = new Dictionary<Shift, Avoidance> { [Shift.Night] = Avoidance.RatherNot } }, With() with { Shifts = shifts.Length == 0 ? null : shifts });

    // P7

    [Theory]
    [InlineData(true, 1, 40)]
    [InlineData(true, 0, 40)] // still valid on its last day
    [InlineData(true, -1, 0)]
    [InlineData(false, 100, 0)]
    public void P7_needs_a_check_that_passed_and_has_not_expired(bool passed, int days, int tenths) =>
        Gives("P7", tenths, position: Inspector with { SiteCheck = new(passed, Today.AddDays(days)) });

    // P8

    [Theory]
    [InlineData(20, 40, 20, 30)]
    [InlineData(20, 40, 40, 30)]
    [InlineData(20, 40, 41, 15)]
    [InlineData(20, 40, 19, 29)] // 28.5 goes up
    [InlineData(20, 40, 10, 15)]
    [InlineData(20, 40, 0, 0)]
    [InlineData(null, 40, 1, 30)]
    [InlineData(20, null, 168, 30)]
    [InlineData(20, 40, null, 15)]
    [InlineData(null, null, 40, 15)]
    public void P8_is_about_hours_as_wished(int? min, int? max, int? hours, int tenths) =>
        Gives("P8", tenths, Anna with { HoursPerWeek = new(min, max) }, Inspector with { HoursPerWeek = hours });

    [Fact]
    public void P8_without_a_wish_is_a_half() => Gives("P8", 15, Anna with { HoursPerWeek = null });

    // P9

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 30)] // 29.5 goes up
    [InlineData(2, 29)]
    [InlineData(3, 29)] // 28.5 goes up
    [InlineData(30, 15)]
    [InlineData(59, 1)] // 0.5 goes up
    [InlineData(60, 0)]
    [InlineData(61, 0)]
    [InlineData(-3, 30)]
    public void P9_falls_evenly_over_sixty_days(int age, int tenths) => Gives("P9", tenths, position: Inspector with { FirstPut = Today.AddDays(-age) });

    [Fact]
    public void Weights_before_the_first_row_are_those_of_the_first() => Assert.Equal(PolicyWeights.Shipped.On(Today), PolicyWeights.Shipped.On(new(2020, 1, 1)));

    private static readonly Dictionary<Exposure, Avoidance> None = [];
    private static readonly Dictionary<Shift, Avoidance> NoShifts = [];
    private static readonly Seeker Bare = Anna with { Needs = Marks(Mark.Helps), AvoidExposures = None, AvoidShifts = NoShifts };

    private static Dictionary<Exposure, bool> Heat(bool there) => new() { [Exposure.Heat] = there };

    private static Position With(params (string, Answer?)[] answers) => Inspector with { Accommodations = Answers(answers) };

    private static void Gives(string plus, int tenths, Seeker? seeker = null, Position? position = null) =>
        Assert.Equal((plus, tenths), (plus, Judge(seeker, position).Plus(plus).Tenths));

    private static string[] Split(string entries) => entries.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
