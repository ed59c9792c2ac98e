namespace JobMatch.Matching;

/// <summary>A dated course with places: it must teach something new, and the more of it is new the better.</summary>
public sealed class CourseRun : OpportunityKind
{
    public const string Name = "COURSE_RUN";

    public override string Code => Name;

    public override Label Label => new("Course", "培训班");

    public override Label? Noun => new("course", "课程");

    public override Label Hint => new("Courses cost nothing. Required skills are what you should know before.", "培训免费。“必备技能”是报名前应会的。");

    public override IReadOnlyList<ProgrammeWord> Details => [Word("days", "Days", "天数"), Word("hoursADay", "Hours a day", "每天小时数")];

    public override Label? Skills => new("Skills taught", "教授的技能");

    public override IReadOnlyList<string> Rules => ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M11", "P3", "P4", "P6", "P9"];

    public override Ruling Must(Seeker seeker, Opportunity opportunity) =>
        opportunity.Skills.Any(code => Held.Skill(seeker, code) == false) || opportunity.Skills.Count == 0 ? Ruling.Met
        : opportunity.Skills.Any(code => Held.Skill(seeker, code) is null) ? Ruling.AskYou
        : Ruling.NotMet;

    public override Share Plus(Seeker seeker, Opportunity opportunity) =>
        opportunity.Skills.Count == 0 ? Share.Of(0, 1) : Share.Of(opportunity.Skills.Count - Held.Count(seeker, opportunity.Skills), opportunity.Skills.Count);

    public override Voices MustSays(Ruling ruling) => ruling.Result switch
    {
        Result.Met => Says("It teaches something that you have not stated yet.", "It teaches something that the person has not stated.", "教您还没填写的技能。", "教此人还没有的技能。"),
        Result.Ask => Says("You have not said what you can do; please add your skills.", "The person has not stated skills; ask them.", "您还没填会什么，请补充技能。", "此人没填技能，请问本人。"),
        _ => Says("You can do all that it teaches.", "The person can do all that it teaches.", "课上教的您都会了。", "课上教的此人都会了。"),
    };

    public override Voices PlusSays => Says("How much of it is new to you.", "How much of it is new to the person.", "其中多少是您没学过的。", "其中多少是此人没学过的。");
}
