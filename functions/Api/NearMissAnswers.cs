using System.Text.Json.Serialization;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>What would let more people in at a position. Employers read counts of people who agreed to be shown.</summary>
/// <param name="PolicyVersion">The day the rules were last changed.</param>
/// <param name="Pending">True where answers were changed today and count from tomorrow on.</param>
/// <param name="Accommodations">Every accommodation that is not offered yet, what brings most first.</param>
/// <param name="Questions">The five unanswered questions that would settle most.</param>
public sealed record PositionNearMissesAnswer(
    string PositionId, string PolicyVersion, bool Pending, IReadOnlyList<OfferAnswer> Accommodations, IReadOnlyList<QuestionAnswer> Questions)
{
    internal static PositionNearMissesAnswer Of(string position, PositionGaps gaps, Audience audience, Language language, CodeLists codes) => new(
        position, Policy.Version, gaps.Pending,
        [.. gaps.Offers.Select(x => new OfferAnswer(x.Change.About!, x.Answer, x.Count, ChangeSentences.For(x.Change, audience, language, codes)))],
        [.. gaps.Questions.Select(x => new QuestionAnswer(x.Change.Kind, x.Change.About, x.Count, ChangeSentences.For(x.Change, audience, language, codes)))]);
}

/// <param name="Answer">What the position says now; null = not stated.</param>
/// <param name="More">How many more people would suit, or suit if arranged, if it were offered.</param>
public sealed record OfferAnswer(string Code, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Answer? Answer, SmallCount More, string Sentence);

/// <param name="About">The axis, exposure or accommodation; absent where the question has no parts.</param>
/// <param name="Settles">Of how many people it is clear whether they suit, whatever the answer; now something has to be asked first.</param>
public sealed record QuestionAnswer(ChangeKind Kind, string? About, SmallCount Settles, string Sentence);

/// <summary>What one question, answer or course would open to a seeker, what opens most first, five of each at most.</summary>
/// <param name="Questions">To employers, wherever they have not answered.</param>
/// <param name="Answers">Of the seeker's own that are missing.</param>
/// <param name="Courses">One skill, licence or step of schooling more.</param>
public sealed record SeekerNearMissesAnswer(string PolicyVersion, IReadOnlyList<OpeningAnswer> Questions, IReadOnlyList<OpeningAnswer> Answers, IReadOnlyList<OpeningAnswer> Courses)
{
    /// <param name="courses">Skill → courses with free places that teach it.</param>
    internal static SeekerNearMissesAnswer Of(SeekerNearMisses found, ILookup<string, Opportunity> courses, Audience audience, Language language, CodeLists codes)
    {
        return new(Policy.Version, Told(found.Questions), Told(found.Answers), Told(found.Courses));
        IReadOnlyList<OpeningAnswer> Told(IReadOnlyList<Effect> effects) =>
            [.. effects.Select(x => new OpeningAnswer(x.Change.Kind, x.Change.About, x.Count, ChangeSentences.For(x.Change, audience, language, codes),
                x.Change is { Kind: ChangeKind.Skill or ChangeKind.Licence, About: { } skill } && courses.Contains(skill) ? [.. courses[skill].Select(course => course.Id)] : null))];
    }
}

/// <param name="About">The axis, exposure, accommodation, skill, licence or schooling; absent where there are no parts.</param>
/// <param name="Opens">How many more positions would suit, or suit if arranged, with the answer that opens most.</param>
/// <param name="Courses">Of a skill: courses with free places that teach it, by id; absent where there is none.</param>
public sealed record OpeningAnswer(ChangeKind Kind, string? About, int Opens, string Sentence, IReadOnlyList<string>? Courses = null);

/// <summary>An accommodation that people of a district marked must or helps.</summary>
/// <param name="District">Where they live.</param>
/// <param name="Marked">How many marked it.</param>
/// <param name="Without">How many of those no open position suits.</param>
/// <param name="Unmet">To how many of those one would suit if every open position offered it.</param>
public sealed record UnmetNeedAnswer(string District, string Accommodation, int Marked, int Without, int Unmet)
{
    internal static UnmetNeedAnswer Of(UnmetNeed x) => new(x.District, x.Accommodation, x.Marked, x.Without, x.Unmet);
}
