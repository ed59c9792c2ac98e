using Xunit.Abstractions;

namespace JobMatch.Matching.Tests;

/// <summary>What the cases of a property were like: a property that only easy cases hold says little.</summary>
internal sealed class Split
{
    private readonly Dictionary<Verdict, int> verdicts = [];
    private readonly Dictionary<(string Rule, Result Result, Whom? Whom), int> rules = [];
    private int cases;

    public void Count(Match match)
    {
        cases++;
        verdicts[match.Verdict] = verdicts.GetValueOrDefault(match.Verdict) + 1;
        foreach (var ruling in match.Rules.Select(x => (x.Rule, x.Result, x.Whom)).Distinct())
            rules[ruling] = rules.GetValueOrDefault(ruling) + 1;
    }

    /// <summary>Prints the shares, and refuses a verdict in less than a tenth of the cases or a rule's result in less than a hundredth.</summary>
    public void Print(ITestOutputHelper output)
    {
        output.WriteLine($"{cases} cases");
        foreach (var verdict in Enum.GetValues<Verdict>())
            Print(output, $"{verdict}", verdicts.GetValueOrDefault(verdict), 0.1);
        foreach (var (rule, result, whom) in SentencesTests.Possible.Order())
            Print(output, $"{rule,-4}{result} {whom}", rules.GetValueOrDefault((rule, result, whom)), 0.01);
    }

    private void Print(ITestOutputHelper output, string what, int count, double least)
    {
        output.WriteLine($"{what,-20} {(double)count / cases,7:P1}");
        Assert.True(count >= least * cases, $"{what} in {count} of {cases} cases");
    }
}
