namespace JobMatch.Matching;

/// <summary>A place for a firm at the incubation base: for people who would work for themselves, and first for those who say so by name.</summary>
public sealed class IncubationPlace : OpportunityKind
{
    public override string Code => "INCUBATION_PLACE";

    public override Label Label => new("Place for your own firm", "创业孵化名额");

    public override Label? Noun => new("place", "席位");

    public override Label Hint => new("A desk, advice and contacts for founders, without rent.", "为创业者提供工位、指导和资源，免租金。");

    public override IReadOnlyList<ProgrammeWord> Details => [Word("months", "Months", "月数"), Word("desks", "Desks", "工位数")];

    public override IReadOnlyList<string> Rules => ["M1", "M2", "M4", "M5", "M11", "P4", "P6", "P9"];

    public override Ruling Must(Seeker seeker, Opportunity opportunity) =>
        Ruling.MetWhere(seeker.Contracts is not { Count: > 0 } contracts || contracts.Contains(Contract.SelfEmployed));

    public override Share Plus(Seeker seeker, Opportunity opportunity) => Share.Of(seeker.Contracts?.Contains(Contract.SelfEmployed) == true ? 1 : 0, 1);

    public override Voices MustSays(Ruling ruling) => ruling.Result == Result.Met
        ? Says("Working for yourself is open to you.", "The person may work for themselves.", "您可以自己创业。", "此人可以自己创业。")
        : Says("You have not ticked working for yourself.", "The person has not ticked working for themselves.", "您没有勾选自己创业。", "此人没有勾选自己创业。");

    public override Voices PlusSays => Says("You would like to work for yourself.", "The person would like to work for themselves.", "您想自己创业。", "此人想自己创业。");
}
