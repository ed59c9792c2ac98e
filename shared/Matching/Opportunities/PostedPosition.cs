namespace JobMatch.Matching;

/// <summary>
/// An employer's position, the simplest case: the whole policy, an opening that is left, and the more of them the better.
/// Positions are posted and matched as such; this is how they stand beside the other kinds.
/// </summary>
public sealed class PostedPosition : OpportunityKind
{
    private const int Many = 10;

    public override string Code => "POSITION";

    public override Label Label => new("Job", "岗位");

    public override Label Hint => new("Jobs of employers.", "用人单位的岗位。");

    public override IReadOnlyList<string> Rules => [.. Policy.Musts.Select(must => must.Id), .. Policy.Pluses.Select(plus => plus.Id)];

    public override Ruling Must(Seeker seeker, Opportunity opportunity) => Ruling.MetWhere(Left(opportunity) > 0);

    public override Share Plus(Seeker seeker, Opportunity opportunity) => Share.Of(Math.Clamp(Left(opportunity), 0, Many), Many);

    public override Voices MustSays(Ruling ruling) => ruling.Result == Result.Met
        ? Says("There is an opening left.", "There is an opening left.", "还有名额。", "还有名额。")
        : Says("All openings are taken.", "All openings are taken.", "名额已满。", "名额已满。");

    public override Voices PlusSays => Says("How many openings are left.", "How many openings are left.", "剩余名额多少。", "剩余名额多少。");

    private static int Left(Opportunity opportunity) => opportunity.Facts.Openings - opportunity.Facts.Signed;
}
