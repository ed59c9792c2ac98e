using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What a position says in its own words that bars people, and under which field.</summary>
public static class PositionLint
{
    public static IReadOnlyList<(string Field, LintFinding Finding)> Of(PositionFile file) =>
    [
        .. PostingLint.Of(file.Facts.Title).Select(found => ("title", found)),
        .. PostingLint.Of(file.Description).Select(found => ("description", found)),
    ];

    /// <summary>What was found, why it bars people, and what to write.</summary>
    public static Label Says(LintFinding found) =>
        new($"“{found.Words}”: {found.Rule.Why.En} {found.Rule.Instead.En}", $"“{found.Words}”：{found.Rule.Why.Zh}{found.Rule.Instead.Zh}");
}
