namespace JobMatch.Matching;

/// <summary>A contest: whoever enters must know at least something of what it is about; the more, the better.</summary>
public sealed class Contest : OpportunityKind
{
    public override string Code => "CONTEST";

    public override Label Label => new("Contest", "技能比赛");

    public override Label? Noun => new("contest", "比赛");

    public override Label Hint => new("Training comes first, then the contest with real sales.", "先培训，再用真实销售来比赛。");

    public override IReadOnlyList<ProgrammeWord> Details => [Word("prizeYuan", "First prize, in yuan", "一等奖奖金（元）"), Word("rounds", "Rounds", "轮数")];

    public override Label? Skills => new("What it is about", "比赛技能");

    public override IReadOnlyList<string> Rules => ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M11", "P2", "P3", "P4", "P6", "P9"];

    public override Ruling Must(Seeker seeker, Opportunity opportunity) =>
        opportunity.Skills.Count == 0 || Held.Count(seeker, opportunity.Skills) > 0 ? Ruling.Met : seeker.Skills is null ? Ruling.AskYou : Ruling.NotMet;

    public override Share Plus(Seeker seeker, Opportunity opportunity) =>
        opportunity.Skills.Count == 0 ? Share.Of(0, 1) : Share.Of(Held.Count(seeker, opportunity.Skills), opportunity.Skills.Count);

    public override Voices MustSays(Ruling ruling) => ruling.Result switch
    {
        Result.Met => Says("You know something of what it is about.", "The person knows something of what it is about.", "您会比赛要求的技能。", "此人会比赛要求的技能。"),
        Result.Ask => Says("You have not said what you can do; please add your skills.", "The person has not stated skills; ask them.", "您还没填会什么，请补充技能。", "此人没填技能，请问本人。"),
        _ => Says("Take a course in it first.", "The person should take a course in it first.", "请先参加相关培训。", "此人应先参加相关培训。"),
    };

    public override Voices PlusSays => Says("How much you know of what it is about.", "How much the person knows of what it is about.", "比赛技能您会多少。", "比赛技能此人会多少。");
}
