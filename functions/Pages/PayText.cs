using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Pay as people write it, and a position in one line.</summary>
internal static class PayText
{
    /// <summary>Where, how, for how much and until when: what a list tells of a position besides its title.</summary>
    public static string Line(Position job, CodeLists codes, Language language)
    {
        string?[] parts =
        [
            job.Place != Place.Remote && job.District is { } code && codes.FindDistrict(code) is { } district ? district.Label.In(language) : null,
            CodeLists.LabelOf(job.Place).In(language),
            job.Pay is { } pay && (pay.Min ?? pay.Max) is not null ? Of(pay, language) : null,
            $"{(language == Language.English ? "until " : "截止")}{PageFrame.Day(job.ClosesOn, language)}",
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    public static string Of(Pay pay, Language language)
    {
        var per = CodeLists.LabelOf(pay.Per).In(language);
        var spoken = pay.Per is PayPeriod.Hour or PayPeriod.Day or PayPeriod.Week or PayPeriod.Month or PayPeriod.Year;
        var slashed = spoken ? $"/{per}" : $"（{per}）";
        var comma = spoken ? "" : ",";
        return language == Language.English
            ? pay switch
            {
                { Min: { } min, Max: { } max } when min != max => $"{min}-{max} yuan{comma} {per}",
                { Min: { } min } => $"{min} yuan{(pay.Max is null ? " or more" : "")}{comma} {per}",
                { Max: { } max } => $"up to {max} yuan{comma} {per}",
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
