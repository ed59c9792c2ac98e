using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Pay as people write it.</summary>
internal static class PayText
{
    public static string Of(Pay pay, Language language)
    {
        var per = CodeLists.LabelOf(pay.Per).In(language);
        var slashed = pay.Per is PayPeriod.Hour or PayPeriod.Day or PayPeriod.Week or PayPeriod.Month or PayPeriod.Year ? $"/{per}" : $"（{per}）";
        return language == Language.English
            ? pay switch
            {
                { Min: { } min, Max: { } max } when min != max => $"{min}-{max} yuan, {per}",
                { Min: { } min } => $"{min} yuan{(pay.Max is null ? " or more" : "")}, {per}",
                { Max: { } max } => $"up to {max} yuan, {per}",
                _ => per,
            }
            : pay switch
            {
                { Min: { } min, Max: { } max } when min != max => $"{min}-{max}元{slashed}",
                { Min: { } min } => $"{min}元{slashed}{(pay.Max is null ? "起" : "")}",
                { Max: { } max } => $"最高{max}元{slashed}",
                _ => per,
            };
    }
}
