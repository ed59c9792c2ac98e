namespace JobMatch.Matching;

/// <summary>How far a figure of the levy's rules is known to hold.</summary>
public enum LevyStatus
{
    /// <summary>Seen in a source; somebody who knows the law has still to look at it for the year and the place.</summary>
    Verify,

    /// <summary>Checked against the text in force.</summary>
    Verified,
}

/// <summary>One line of the rules, with where it comes from.</summary>
/// <param name="About">What the line is about, for people.</param>
/// <param name="Source">A document and its article, or that none was seen.</param>
public sealed record LevyLine<T>(T Value, Label About, Label Source, LevyStatus Status = LevyStatus.Verify);

/// <summary>
/// The rules of the employment levy for disabled people (残疾人就业保障金) in one place for the years in which they hold. A change adds a
/// set, so that an earlier year is reckoned as it was.
/// </summary>
/// <param name="Version">Shown with every result.</param>
/// <param name="FromYear">The first year that is paid for.</param>
/// <param name="ToYear">The last.</param>
/// <param name="Ratio">The share of staff who must be disabled people, in hundredths of a percent: 150 is 1.5 %.</param>
/// <param name="SmallMost">Who has no more staff pays nothing.</param>
/// <param name="NearRatio">From this share on, in hundredths of a percent, the lower step is paid.</param>
/// <param name="NearPercent">Percent of the whole sum that is paid from <paramref name="NearRatio"/> on, below the ratio.</param>
/// <param name="FarPercent">The same below it.</param>
/// <param name="HeavyCounts">How many one person of grade 1 or 2 counts as.</param>
/// <param name="CapTimes">The mean wage counts up to this many times the local one.</param>
public sealed record LevyRules(
    string Version, Label Place, int FromYear, int ToYear, LevyLine<int> Ratio, LevyLine<int> SmallMost, LevyLine<int> NearRatio, LevyLine<int> NearPercent, LevyLine<int> FarPercent,
    LevyLine<int> HeavyCounts, LevyLine<int> CapTimes, LevyLine<Label> Formula, LevyLine<Label> Staff, LevyLine<Label> PublicBodies)
{
    private static readonly Label Steps = new("gaokao01.com (web page, for 2020 to 2022); prolonged to the end of 2027: not seen in a source", "gaokao01.com（网页，2020—2022 年）；延续至 2027 年底：未见原文");
    private static readonly Label NotSeen = new("General knowledge; no text was seen", "常识；未见原文");
    private static readonly Label Notice72 = new("财税〔2015〕72号, art. 8 (web copy)", "财税〔2015〕72号第八条（网页转载）");

    public static readonly IReadOnlyList<LevyRules> All =
    [
        new("CQ-2026-11", new("Chongqing", "重庆"), 2020, 2027,
            new(150, new("Share of staff who must be disabled people", "安排残疾人就业比例"), new("At least 1.5 %, set by each province; Chongqing 1.5 %: no text was seen", "不低于 1.5%，由各省规定；重庆 1.5%：未见原文")),
            new(30, new("Employers with so many staff or fewer pay nothing", "在职职工不超过此数的单位免征"), NotSeen),
            new(100, new("From this share on, the lower step is paid", "达到此比例按较低一档征收"), Steps),
            new(50, new("Percent paid from that share on", "达到该比例、未达规定比例：按应缴额的百分之几"), Steps),
            new(90, new("Percent paid below it", "未达该比例：按应缴额的百分之几"), Steps),
            new(2, new("One person of grade 1 or 2, or a disabled soldier of grade 1 to 3, counts as", "一级、二级残疾人（或一至三级残疾军人）每人按几人计"), new("gaokao01.com (web page)", "gaokao01.com（网页）")),
            new(2, new("The employer's mean wage counts up to so many times the local mean", "本单位年平均工资最高按当地社会平均工资的几倍计"), NotSeen),
            new(new("(staff × ratio − disabled staff counted) × mean yearly wage", "（在职职工人数 × 比例 − 实际安排的残疾人数）× 年平均工资"), new("Formula; the difference may be a fraction", "计算公式；差额可以不是整数"), Notice72),
            new(new("Contract of one year or more; seasonal staff averaged; dispatched staff at the dispatcher; nobody at two employers", "签一年以上合同的；季节工折算年平均；派遣工计入派遣单位；一人不在两家计算"), new("Who counts as staff", "在职职工怎么数"), Notice72),
            new(new("Posts of 50 or more (government), or 67 or more (institutions, schools and kindergartens excepted): at least one disabled person by the end of 2027", "编制 50 名以上的机关、67 名以上的事业单位（中小学、幼儿园除外），2027 年底前至少安排 1 名残疾人"),
                new("Public bodies", "机关事业单位"), new("Notice of Rongchang district, 2026-02", "荣昌区通知，2026 年 2 月"))),
    ];

    /// <summary>The set for a year; null where none is kept.</summary>
    public static LevyRules? For(int year) => All.FirstOrDefault(x => x.FromYear <= year && year <= x.ToYear);
}

/// <summary>What an employer enters; kept nowhere.</summary>
/// <param name="Staff">Mean of the year, in tenths of a person.</param>
/// <param name="Heavy">Disabled staff of grade 1 or 2 (mean of the year, in tenths), who count more than once.</param>
/// <param name="Other">Other disabled staff, likewise.</param>
/// <param name="MeanWage">Yuan a year, of the employer's own staff.</param>
/// <param name="LocalWage">Yuan a year, the mean of the place; null = the cap is left out.</param>
public readonly record struct LevyInput(long Staff, long Heavy, long Other, long MeanWage, long? LocalWage);

/// <summary>How a result came about.</summary>
public enum LevyCase { Reached, Small, Near, Far }

/// <summary>The levy of one year.</summary>
/// <param name="Counted">Disabled staff as counted, in tenths. Whose grades make it up is not in it.</param>
/// <param name="Needed">Staff × ratio, in hundred-thousandths of a person.</param>
/// <param name="Missing">What lacks to it, likewise; 0 where nothing does.</param>
/// <param name="Wage">Yuan that each missing person counts with, after the cap.</param>
/// <param name="Whole">In fen, before the step.</param>
/// <param name="Due">In fen, as paid: rounded half up once, at the end.</param>
public sealed record LevyResult(LevyRules Rules, LevyCase Case, long Counted, long Needed, long Missing, long Wage, long Whole, long Due);

/// <summary>Reckons the levy by a dated set of rules. It asks for counts, never for a person.</summary>
public static class Levy
{
    /// <summary>What <see cref="LevyResult.Needed"/> counts in.</summary>
    public const long Parts = 100_000;

    /// <param name="input">Nothing negative; at most 10,000,000 staff and 10,000,000 yuan, so that no sum overflows.</param>
    public static LevyResult Of(LevyRules rules, LevyInput input)
    {
        var counted = input.Heavy * rules.HeavyCounts.Value + input.Other;
        // Tenths of a person times hundredths of a percent are hundred-thousandths of a person.
        var (needed, have) = (input.Staff * rules.Ratio.Value, counted * (Parts / 10));
        var wage = input.LocalWage is { } local ? Math.Min(input.MeanWage, local * rules.CapTimes.Value) : input.MeanWage;
        var missing = Math.Max(0, needed - have);
        var which = missing == 0 ? LevyCase.Reached
            : input.Staff <= rules.SmallMost.Value * 10L ? LevyCase.Small
            : have >= input.Staff * rules.NearRatio.Value ? LevyCase.Near
            : LevyCase.Far;
        var percent = which switch { LevyCase.Near => rules.NearPercent.Value, LevyCase.Far => rules.FarPercent.Value, _ => 0 };
        // Missing × wage is yuan in hundred-thousandths.
        var product = (Int128)missing * wage;
        return new(rules, which, counted, needed, missing, wage, Rounded(product * 100, Parts), Rounded(product * percent, Parts));
    }

    private static long Rounded(Int128 numerator, long denominator) => (long)((2 * numerator + denominator) / (2 * denominator));
}
