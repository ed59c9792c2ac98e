using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>Pay as people write it: 3千-5千 · 3000-5000元/月 · 200/天 · 时薪20 · 年薪8万 · 底薪3000+提成 · 面议.</summary>
internal static partial class PayText
{
    /// <summary>What a text says of pay.</summary>
    public abstract record Said
    {
        private Said() { }

        /// <summary>面议: nothing.</summary>
        public sealed record Nothing : Said;

        /// <param name="Min">Yuan; a fraction is kept, for the reader of shapes to refuse.</param>
        public sealed record Pay(decimal? Min, decimal? Max, PayPeriod Per, bool Guaranteed) : Said;

        /// <summary>Figures that could be of a month as well as of a day or a year.</summary>
        public sealed record PeriodMissing : Said;

        public sealed record Unclear : Said;
    }

    /// <summary>A bare figure inside these bounds is a month's: below it is somebody's hour or day, above it somebody's year.</summary>
    private const decimal LeastMonth = 1_000, MostMonth = 50_000;

    /// <summary>A longer text is prose; it is not searched for figures.</summary>
    private const int Longest = 100;

    /// <param name="header">A header may say the period: 月薪, 薪资（元/天）.</param>
    public static Said Parse(string text, string header)
    {
        if (text.Length > Longest)
            return new Said.Unclear();
        var plain = Vocabulary.Fold(text);
        if (Open().IsMatch(plain))
            return new Said.Nothing();
        var period = PeriodOf(plain) ?? PeriodOf(Vocabulary.Fold(header));
        var guaranteed = Floor().IsMatch(plain);
        var figures = Beside().Replace(Period().Replace(Months().Replace(plain, ""), ""), "");
        if (figures.Length == 0)
            return period is PayPeriod.Piece or PayPeriod.Task or PayPeriod.Broadcast or PayPeriod.Commission ? new Said.Pay(null, null, period.Value, guaranteed) : new Said.Unclear();
        var (least, most) = Bounds(figures);
        if (least is null && most is null)
            return new Said.Unclear();
        return period is null && (least ?? most) is < LeastMonth || period is null && (most ?? least) is > MostMonth
            ? new Said.PeriodMissing()
            : new Said.Pay(least, most, period ?? PayPeriod.Month, guaranteed);
    }

    private static (decimal? Least, decimal? Most) Bounds(string figures)
    {
        if (AtLeast().Match(figures) is { Success: true } least)
            return (NumberText.Parse(least.Groups["n"].Value), null);
        if (AtMost().Match(figures) is { Success: true } most)
            return (null, NumberText.Parse(most.Groups["n"].Value));
        return Range().Split(figures) switch
        {
            [var one] => (NumberText.Parse(one), NumberText.Parse(one)),
            [var low, var high] => Pair(low, high),
            _ => (null, null),
        };
    }

    // 3-5千 and 3千-5 both mean 3,000 to 5,000: the unit is said once.
    private static (decimal?, decimal?) Pair(string low, string high)
    {
        if (NumberText.Parse(low) is not { } least || NumberText.Parse(high) is not { } most)
            return (null, null);
        var (unitLow, unitHigh) = (NumberText.Unit(low), NumberText.Unit(high));
        if (unitLow == 1 && unitHigh > 1 && least <= most / unitHigh)
            least *= unitHigh;
        else if (unitHigh == 1 && unitLow > 1 && most >= least / unitLow && most < least)
            most *= unitLow;
        return (least, most);
    }

    private static PayPeriod? PeriodOf(string text) => Period().Match(text) switch
    {
        { Success: false } => null,
        var x when x.Groups["hour"].Success => PayPeriod.Hour,
        var x when x.Groups["day"].Success => PayPeriod.Day,
        var x when x.Groups["week"].Success => PayPeriod.Week,
        var x when x.Groups["month"].Success => PayPeriod.Month,
        var x when x.Groups["year"].Success => PayPeriod.Year,
        var x when x.Groups["piece"].Success => PayPeriod.Piece,
        var x when x.Groups["task"].Success => PayPeriod.Task,
        var x when x.Groups["show"].Success => PayPeriod.Broadcast,
        _ => PayPeriod.Commission,
    };

    [GeneratedRegex("^(薪资|工资|待遇)?(面议|面谈|详谈|待定|未说明|negotiable|tobeagreed|notstated|-|—|/)$")]
    private static partial Regex Open();

    [GeneratedRegex(
        "(?<hour>时薪|小时工资|(?<=[0-9十百千万kw元块])/?(每)?小时|[/每](小时|时|钟头)|/h(our|r)?(?![a-z])|(an|per)hour|hourly)|" +
        "(?<day>日薪|日结|[/每][天日]|(?<=元)一?天|/day|(a|per)day|daily)|(?<week>周薪|[/每](周|星期)|/week|(a|per)week|weekly)|" +
        "(?<month>月薪|底薪/月|[/每]个?月|(?<=元)一?个?月|/mo(nth)?|(a|per)month|monthly)|(?<year>年薪|[/每]年|/y(ear|r)?(?![a-z])|(a|per)year|yearly|annual(ly)?)|" +
        "(?<piece>计件|[/每]件|/piece|(a|per)piece|piecework)|(?<task>按单|[/每]单|/task|(a|per)task)|(?<show>按场|[/每]场|/broadcast|(a|per)broadcast)|(?<sale>纯?提成制|纯提成|纯佣金|^提成$|commissiononly|^commission$)")]
    private static partial Regex Period();

    [GeneratedRegex("保底|底薪|无责|guaranteed")]
    private static partial Regex Floor();

    // 13薪: thirteen months' pay a year.
    [GeneratedRegex("[·*x×,(]?1[2-9]薪\\)?")]
    private static partial Regex Months();

    // What stands beside the figures and changes none of them; what may come on top (+提成) has no figure.
    [GeneratedRegex("(\\+|,|及)(提成|绩效|奖金|全勤|补贴|社保|五险一?金?|计件|佣金|分成|加班费|[、+及和])+$|保底|底薪|无责|guaranteed|综合|基本|[,;]?(具体|可)?(面议|面谈)|薪资|工资|收入|待遇|税[前后]|左右|大约|约|人民币|rmb|cny|yuan|[¥￥$元块:()]")]
    private static partial Regex Beside();

    [GeneratedRegex(@"^(?:不低于|不少于|atleast|from)?(?<n>[^-~—–至到]+?)(?:起|以上|\+|andup|ormore)\z|^(?:不低于|不少于|atleast|from)(?<n>[^-~—–至到]+)\z")]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"^(?:最高|不超过|upto)?(?<n>[^-~—–至到]+?)(?:以内|以下|封顶)\z|^(?:最高|不超过|upto)(?<n>[^-~—–至到]+)\z")]
    private static partial Regex AtMost();

    [GeneratedRegex("-+|~|—+|–|至|到|to")]
    private static partial Regex Range();
}
