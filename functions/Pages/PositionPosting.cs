using System.Globalization;
using System.Text.Json;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>A position as schema.org's JobPosting, safe to stand inside a script element.</summary>
public static class PositionPosting
{
    // What a position asks of the senses; the other axes are physical or of the mind.
    private static readonly Axis[] Senses = [Axis.Seeing, Axis.Hearing];
    private static readonly Axis[] Body = [Axis.Speaking, Axis.BothHands, Axis.FineHands, Axis.Lifting, Axis.StandingWalking, Axis.Endurance];

    /// <param name="page">The position's public page.</param>
    public static string JsonLd(PublicPosition job, Uri page, CodeLists codes, Language language)
    {
        var (facts, text) = (job.File.Facts, (Func<Label, string>)(label => label.In(language)));
        string? Asked(Axis[] axes) => string.Join("; ", AxisText.All
            .Where(x => axes.Contains(x.Axis) && facts.Demands.ContainsKey(x.Axis))
            .Select(x => $"{text(x.Label)}: {text(x.Position[facts.Demands[x.Axis]])}")) is { Length: > 0 } said ? said : null;
        var remote = facts.Place == Place.Remote;
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "JobPosting",
            ["title"] = facts.Title,
            ["description"] = Description(job, codes, language),
            ["identifier"] = Typed("PropertyValue", ("name", job.Employer.Name), ("value", facts.Id)),
            ["datePosted"] = Day(facts.FirstPut),
            // Through the last day on which it can be applied for, on the people's clock.
            ["validThrough"] = $"{Day(facts.ClosesOn)}T23:59:59+08:00",
            ["hiringOrganization"] = Typed("Organization", ("name", job.Employer.Name)),
            ["employmentType"] = EmploymentType(facts.Contract),
            ["totalJobOpenings"] = facts.Openings - facts.Signed,
            ["jobLocation"] = facts.District is { } district && !remote
                ? Typed("Place", ("address", Typed("PostalAddress", ("addressCountry", "CN"), ("addressLocality", codes.FindDistrict(district) is { } known ? text(known.Label) : district), ("streetAddress", job.File.Address))))
                : null,
            ["jobLocationType"] = remote ? "TELECOMMUTE" : null,
            ["applicantLocationRequirements"] = remote ? Typed("Country", ("name", "CN")) : null,
            ["baseSalary"] = Salary(facts.Pay),
            ["workHours"] = facts.HoursPerWeek is { } hours ? (language == Language.English ? $"{hours} hours a week" : $"每周 {hours} 小时") : null,
            ["physicalRequirement"] = Asked(Body),
            ["sensoryRequirement"] = Asked(Senses),
            ["url"] = page.AbsoluteUri,
            ["inLanguage"] = language.Tag(),
            ["directApply"] = false,
        }.Where(x => x.Value is not null).ToDictionary());
    }

    // Search engines refuse a posting without one: where the employer wrote none, what is known says it.
    private static string Description(PublicPosition job, CodeLists codes, Language language)
    {
        var facts = job.File.Facts;
        var offers = codes.Accommodations.Where(x => facts.Accommodations.TryGetValue(x.Code, out var said) && said.Answer != Answer.NotPossible).Select(x => x.Label.In(language));
        string?[] parts =
        [
            job.File.Description ?? facts.Title,
            facts.Pay is { } pay ? PayText.Of(pay, language) : null,
            string.Join(language == Language.English ? ", " : "、", offers) is { Length: > 0 } list ? (language == Language.English ? $"Adjustments: {list}" : $"提供的便利：{list}") : null,
        ];
        return string.Join("\n", parts.Where(part => part is not null));
    }

    private static Dictionary<string, object?>? Salary(Pay? pay)
    {
        var unit = pay?.Per switch
        {
            PayPeriod.Hour => "HOUR",
            PayPeriod.Day => "DAY",
            PayPeriod.Week => "WEEK",
            PayPeriod.Month => "MONTH",
            PayPeriod.Year => "YEAR",
            _ => null, // Pay by the piece has no unit there.
        };
        return pay is null || unit is null || (pay.Min ?? pay.Max) is null ? null
            : Typed("MonetaryAmount", ("currency", "CNY"), ("value", Typed("QuantitativeValue", ("minValue", pay.Min), ("maxValue", pay.Max), ("unitText", unit))));
    }

    private static string? EmploymentType(Contract? contract) => contract switch
    {
        Contract.OpenEnded or Contract.FixedTerm => "FULL_TIME",
        Contract.PartTime => "PART_TIME",
        Contract.Internship => "INTERN",
        Contract.TaskBased or Contract.Dispatch => "TEMPORARY",
        Contract.ServiceAgreement or Contract.Platform or Contract.HomePiecework or Contract.CommissionOnly or Contract.SelfEmployed => "CONTRACTOR",
        _ => null,
    };

    private static Dictionary<string, object?> Typed(string type, params (string Name, object? Value)[] members) =>
        members.Where(x => x.Value is not null).Prepend(("@type", (object?)type)).ToDictionary(x => x.Item1, x => x.Item2);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
