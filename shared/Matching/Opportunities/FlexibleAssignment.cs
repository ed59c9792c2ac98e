namespace JobMatch.Matching;

/// <summary>Paid work by the hour without a standard job: its hours must not be more than the person wants in a week; the better it is paid by the hour, the better.</summary>
public sealed class FlexibleAssignment : OpportunityKind
{
    /// <summary>Yuan an hour from which the plus is whole.</summary>
    private const int GoodPay = 30;

    public override string Code => "FLEXIBLE_ASSIGNMENT";

    public override Label Label => new("Flexible assignment", "灵活任务");

    public override Label? Noun => new("assignment", "任务");

    public override Label Hint => new("Paid work by the hour, without a standard job.", "按小时计酬的零活，不签正式工作。");

    public override IReadOnlyList<ProgrammeWord> Details => [Word("hours", "Hours in all", "总工时"), Word("weeks", "Weeks", "周数"), Word("paidYuan", "Paid, in yuan", "报酬（元）")];

    public override Label? Skills => null;

    public override IReadOnlyList<string> Rules => ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M11", "P1", "P2", "P3", "P4", "P6", "P9"];

    public override Ruling Must(Seeker seeker, Opportunity opportunity) => (seeker.HoursPerWeek?.Max, opportunity.Detail("hours")) switch
    {
        (null, _) => Ruling.Met,
        (_, null) => Ruling.AskEmployer,
        (int most, int hours) => Ruling.MetWhere(hours <= most * Math.Max(1, opportunity.Detail("weeks") ?? 1)),
    };

    // By the hour; not computable is nothing.
    public override Share Plus(Seeker seeker, Opportunity opportunity) => opportunity.Detail("hours") is { } hours and > 0 && opportunity.Detail("paidYuan") is { } paid
        ? Share.Of(Math.Min(paid, (long)GoodPay * hours), (long)GoodPay * hours)
        : Share.Of(0, 1);

    public override Voices MustSays(Ruling ruling) => ruling.Result switch
    {
        Result.Met => Says("The hours are not more than you want in a week.", "The hours are not more than the person wants in a week.", "工时不超过您每周想做的。", "工时不超过此人每周想做的。"),
        Result.Ask => Says("Ask how many hours it takes.", "State how many hours it takes.", "请问清要多少小时。", "请写明要多少小时。"),
        _ => Says("It takes more hours than you want in a week.", "It takes more hours than the person wants in a week.", "工时超过您每周想做的。", "工时超过此人每周想做的。"),
    };

    public override Voices PlusSays => Says("What is paid for an hour.", "What is paid for an hour.", "每小时的报酬。", "每小时的报酬。");
}
