using System.Collections.Frozen;

namespace JobMatch.Matching;

/// <summary>
/// What could be said, arranged or learnt, in plain words for whoever reads it: Chinese of at most <see cref="Sentences.LongestZh"/>
/// characters, and English. An employer reads only of what is theirs to change.
/// </summary>
public static class ChangeSentences
{
    /// <exception cref="ArgumentException">An employer is told of a change that is not theirs.</exception>
    public static string For(Change change, Audience audience, Language language, CodeLists codes)
    {
        var (seeker, employer, staff) = All[change.Kind];
        var template = (audience switch { Audience.Seeker => seeker, Audience.Employer => employer, _ => (Label?)staff }
            ?? throw new ArgumentException($"{change.Kind} is not told to the {audience}.", nameof(audience))).In(language);
        return template.Replace("{it}", Name(change, language, codes), StringComparison.Ordinal);
    }

    private static string Name(Change change, Language language, CodeLists codes) => change.About is not { } about ? "" : change.Kind switch
    {
        ChangeKind.Demand or ChangeKind.Capacity => ShortForms.Lower(CodeLists.LabelOf(CodeLists.Parse<Axis>(about)!.Value).In(language)),
        ChangeKind.Exposure => ShortForms.Lower(CodeLists.LabelOf(CodeLists.Parse<Exposure>(about)!.Value).In(language)),
        ChangeKind.Schooling => ShortForms.Lower(CodeLists.LabelOf(CodeLists.Parse<Education>(about)!.Value).In(language)),
        ChangeKind.Skill or ChangeKind.Licence => codes.FindSkill(about) is { } skill ? ShortForms.Clip(skill.Label.In(language), language) : about,
        _ => ShortForms.Accommodation(about, codes, language),
    };

    internal static readonly FrozenDictionary<ChangeKind, (Label? Seeker, Label? Employer, Label Staff)> All = new Dictionary<ChangeKind, (Label?, Label?, Label)>
    {
        [ChangeKind.Offer] = (null,
            new("If you offer {it}, more people can do this job.", "提供“{it}”，会有更多人合适。"),
            new("If the employer offers {it}, more people can do this job.", "单位提供“{it}”，会有更多人合适。")),

        [ChangeKind.Demand] = (
            new("Ask employers what the job asks in {it}.", "问问单位：“{it}”方面要做到什么程度？"),
            new("Please state what the job asks in {it}.", "请写明“{it}”方面要做到什么程度。"),
            new("Ask the employer what the job asks in {it}.", "请单位写明“{it}”方面的要求。")),
        [ChangeKind.Accommodation] = (
            new("Ask employers whether there can be {it}.", "问问单位：能不能有“{it}”？"),
            new("Can there be {it}? “On request” and “not possible” are answers too.", "能不能提供“{it}”？可商量、做不到也请写明。"),
            new("Ask the employer whether there can be {it}.", "请单位答复能不能提供“{it}”。")),
        [ChangeKind.Exposure] = (
            new("Ask employers whether the work has this: {it}.", "问问单位：工作中有没有“{it}”？"),
            new("Please state whether the work has this: {it}.", "请写明工作中有没有“{it}”。"),
            new("Ask the employer whether the work has this: {it}.", "请单位写明工作中有没有“{it}”。")),
        [ChangeKind.Shifts] = (
            new("Ask employers which shifts the job has.", "问问单位：上什么班次？"),
            new("Please state which shifts the job has.", "请写明上什么班次。"),
            new("Ask the employer which shifts the job has.", "请单位写明上什么班次。")),
        [ChangeKind.Lodging] = (
            new("Ask employers whether there is lodging.", "问问单位：包不包住？"),
            new("Please state whether there is lodging.", "请写明包不包住。"),
            new("Ask the employer whether there is lodging.", "请单位写明包不包住。")),
        [ChangeKind.Pay] = (
            new("Ask employers what is paid a month at the least.", "问问单位：每月保底多少元？"),
            new("Please state what is paid a month at the least, whatever the output.", "请写明每月保底多少元。"),
            new("Ask the employer what is paid a month at the least.", "请单位写明每月保底多少元。")),

        [ChangeKind.Capacity] = (
            new("You have not said anything about {it}; once you do, it is clear.", "您还没填“{it}”方面的情况，填了就清楚。"), null,
            new("The seeker has not stated {it}; ask the seeker.", "求职者没填“{it}”，请问本人。")),
        [ChangeKind.Mark] = (
            new("Could you do more jobs with {it}? If so, tick it.", "有了“{it}”，您能做的会更多吗？能就勾选。"), null,
            new("Ask the seeker whether {it} would help.", "问求职者：“{it}”有没有帮助？")),
        [ChangeKind.Skills] = (
            new("You have not said what you can do; please add your skills.", "您还没填会什么，请补充技能。"), null,
            new("The seeker has not stated skills; ask the seeker.", "求职者没填技能，请问本人。")),
        [ChangeKind.Licences] = (
            new("You have not said which papers you hold; please add them.", "您还没填有什么证书，请补充。"), null,
            new("The seeker has not stated papers; ask the seeker.", "求职者没填证书，请问本人。")),
        [ChangeKind.Education] = (
            new("You have not stated your schooling; please add it.", "您还没填学历，请补充。"), null,
            new("The seeker has not stated schooling; ask the seeker.", "求职者没填学历，请问本人。")),
        [ChangeKind.Commute] = (
            new("You have not said how long your way to work may be; 60 minutes are assumed. Could it be longer?", "您没填单程最多多久，按60分钟算；能更久吗？"), null,
            new("The seeker has not said how long the way may be; 60 minutes are assumed. Ask the seeker.", "求职者没填单程时间，按60分钟算；请问本人。")),
        [ChangeKind.Bed] = (
            new("You have not said whether you would take lodging with the job. Would you?", "您没填能不能住在单位；可以住就填上。"), null,
            new("The seeker has not said whether lodging would do; ask the seeker.", "求职者没填能不能住宿，请问本人。")),

        [ChangeKind.Skill] = (
            new("Learn this skill: {it}. Staff can tell you of a course.", "学会“{it}”；可以问工作人员有没有培训。"), null,
            new("Offer the seeker a course in this skill: {it}.", "可推荐求职者学“{it}”。")),
        [ChangeKind.Licence] = (
            new("Get this paper: {it}. Staff can tell you how.", "考到“{it}”；可以问工作人员怎么考。"), null,
            new("Tell the seeker how to get this paper: {it}.", "可介绍求职者考“{it}”。")),
        [ChangeKind.Schooling] = (
            new("Take your schooling one step further: {it}. Staff can tell you how.", "学历提高到{it}；可以问工作人员怎么读。"), null,
            new("Tell the seeker of schooling one step further: {it}.", "可介绍求职者读{it}。")),
    }.ToFrozenDictionary();
}
