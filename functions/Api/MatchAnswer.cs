using System.Text.Json.Serialization;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>A list, best first.</summary>
/// <param name="Total">How many there are in all; what does not suit is in neither.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, int Total);

/// <summary>One position that is open to a seeker, with its reasons.</summary>
/// <param name="Score">Points, in tenths; exactly the sum of the pluses' points. Guidance for order, never a decision.</param>
/// <param name="PolicyVersion">The day the rules or their weights were last changed; a second change of that day ends in <c>.2</c>.</param>
public sealed record MatchAnswer(
    string PositionId, string Title, Verdict Verdict, decimal Score, string PolicyVersion, IReadOnlyList<RuleAnswer> Rules, IReadOnlyList<PlusAnswer> Pluses)
{
    internal static MatchAnswer Of(Match match, Audience audience, Language language, CodeLists codes) => new(
        match.Position.Id, match.Position.Title, match.Verdict, match.Tenths / 10m, match.PolicyVersion,
        [.. match.Rules.Where(row => row.Stated).Select(row => RuleAnswer.Of(row, match, audience, language, codes))],
        [.. match.Pluses.Select(row => PlusAnswer.Of(row, match, audience, language, codes))]);
}

/// <summary>One must, or one part of it; rows met without a stated fact are left out.</summary>
/// <param name="About">Axis, accommodation, avoided thing, licence or skill, as a code.</param>
/// <param name="By">The accommodation that bridges, where one decides.</param>
/// <param name="Whom">Who can answer, exactly where the result is <c>ask</c>.</param>
public sealed record RuleAnswer(string Id, string? About, Result Result, Whom? Whom, string? By, string Sentence)
{
    internal static RuleAnswer Of(RuleRow row, Match match, Audience audience, Language language, CodeLists codes) =>
        new(row.Rule, row.About, row.Result, row.Whom, row.By, Sentences.For(row, match, audience, language, codes));
}

/// <param name="Value">0-1.</param>
/// <param name="Points">Value × weight, rounded to tenths, half up.</param>
public sealed record PlusAnswer(string Id, double Value, int Weight, decimal Points, string Sentence)
{
    internal static PlusAnswer Of(PlusRow row, Match match, Audience audience, Language language, CodeLists codes) =>
        new(row.Plus, Math.Round(row.Value, 4), row.Weight, row.Tenths / 10m, Sentences.For(row, match, audience, language, codes));
}

/// <summary>A person as an employer may see them: exactly these members.</summary>
/// <param name="Alias">Another for each employer.</param>
/// <param name="Questions">How many things are still to be asked.</param>
/// <param name="Released">Null until the person releases who they are to this employer.</param>
public sealed record CandidateAnswer(
    string Alias, Verdict Verdict, string District, IReadOnlyList<string> Skills, IReadOnlyList<string> Occupations,
    IReadOnlyList<AdjustmentAnswer> Adjustments, int Questions, bool Interested,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ReleasedAnswer? Released)
{
    internal static CandidateAnswer Of(Candidate x) => new(
        x.Alias, x.Verdict, x.District, x.Skills, x.Occupations,
        [.. x.Adjustments.Select(a => new AdjustmentAnswer(a.Code, a.Mark, a.Answer))], x.Questions, x.Interested, x.Released is { } who ? new(who.Name, who.Phone) : null);
}

/// <param name="Answer">What the position says; null = not stated.</param>
public sealed record AdjustmentAnswer(string Code, Mark Mark, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Answer? Answer);

/// <summary>What a person released to one employer.</summary>
public sealed record ReleasedAnswer(string? Name, string Phone);
