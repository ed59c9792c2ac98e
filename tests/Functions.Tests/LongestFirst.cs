using Xunit.Abstractions;

[assembly: TestCollectionOrderer("JobMatch.Functions.Tests.LongestFirst", "JobMatch.Functions.Tests")]

namespace JobMatch.Functions.Tests;

/// <summary>
/// Those that are killed and wait for leases for minutes begin first: begun last, they ran alone at the end and made the whole
/// two minutes longer (2026-11-28).
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(x => x.DisplayName.Contains(".Faults.", StringComparison.Ordinal)).ThenByDescending(x => x.DisplayName.Contains(".Loop.", StringComparison.Ordinal));
}
