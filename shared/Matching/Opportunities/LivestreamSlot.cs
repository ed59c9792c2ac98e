namespace JobMatch.Matching;

/// <summary>
/// Time on air: not longer than the person's endurance bears, since long hours on air cost hosts their health; somebody who
/// knows the work comes first.
/// </summary>
public sealed class LivestreamSlot : OpportunityKind
{
    /// <summary>Minutes on air by endurance 0-2; at 3 there is no limit.</summary>
    private static readonly int[] Bears = [30, 60, 120];

    public override string Code => "LIVESTREAM_SLOT";

    public override Label Label => new("Time on air", "直播时段");

    public override Label? Noun => new("slot", "时段");

    public override Label Hint => new("A room, equipment and an account of the base for one broadcast.", "基地提供直播间、设备和账号，播一场。");

    public override IReadOnlyList<ProgrammeWord> Details => [Word("minutes", "Minutes on air", "直播分钟数"), Word("commissionPercent", "Commission, per cent", "提成（%）")];

    public override Label? Skills => new("What it is about", "相关技能");

    public override IReadOnlyList<string> Rules => ["M1", "M2", "M3", "M4", "M5", "M7", "M11", "P2", "P3", "P4", "P6", "P9"];

    public override Ruling Must(Seeker seeker, Opportunity opportunity) => (Endurance(seeker), opportunity.Detail("minutes")) switch
    {
        (3, _) => Ruling.Met,
        (_, null) => Ruling.AskEmployer,
        (null, int minutes) => minutes <= Bears[0] ? Ruling.Met : Ruling.AskYou,
        (int endurance, int minutes) => Ruling.MetWhere(minutes <= Bears[endurance]),
    };

    public override Share Plus(Seeker seeker, Opportunity opportunity) => Share.Of(Held.Skill(seeker, "LIVE_HOSTING") == true ? 1 : 0, 1);

    public override Voices MustSays(Ruling ruling) => (ruling.Result, ruling.Whom) switch
    {
        (Result.Met, _) => Says("It is not longer on air than you can keep up.", "It is not longer on air than the person keeps up.", "直播时长在您的耐力之内。", "直播时长在此人耐力之内。"),
        (Result.Ask, Whom.You) => Says("You have not said how long you can keep up; please add it.", "The person has not stated their endurance; ask them.", "您还没填耐力情况，请补充。", "此人没填耐力情况，请问本人。"),
        (Result.Ask, _) => Says("Ask how long it is on air.", "State how long it is on air.", "请问清要播多久。", "请写明要播多久。"),
        _ => Says("It is longer on air than you said is good for you.", "It is longer on air than is good for the person.", "直播时间太长，对您身体不好。", "直播时间超过此人能坚持的。"),
    };

    public override Voices PlusSays => Says("You know hosting.", "The person knows hosting.", "您会直播主持。", "此人会直播主持。");

    private static int? Endurance(Seeker seeker) => seeker.Capacity.TryGetValue(Axis.Endurance, out var level) ? level : null;
}
