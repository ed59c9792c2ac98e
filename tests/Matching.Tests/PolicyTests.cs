using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

public class PolicyTests
{
    [Fact]
    public void The_pair_that_every_test_starts_from_suits()
    {
        var match = Judge();
        Assert.Equal(Verdict.Suits, match.Verdict);
        Assert.All(match.Rules, row => Assert.Equal(Result.Met, row.Result));
        // 25 + 25 + 15·2/13 = 2.3 + 10 + 10·1/2 + 5·1/2 + 0 + 3 + 3
        Assert.Equal([250, 250, 23, 100, 50, 25, 0, 30, 30], match.Pluses.Select(x => x.Tenths));
        Assert.Equal(758, match.Tenths);
    }
}
