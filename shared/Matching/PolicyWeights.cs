using System.Globalization;

namespace JobMatch.Matching;

/// <summary>What P1 … P9 weigh from a day on.</summary>
/// <param name="Version">The day, and for a second row of that day <c>.2</c>; no two rows have the same.</param>
/// <param name="Weights">In the order of <see cref="Policy.Pluses"/>.</param>
public sealed record WeightsRow(string Version, DateOnly From, IReadOnlyList<int> Weights);

/// <summary>
/// What the pluses weigh, by first day: the rows that the policy comes with, and those that were published since. A change adds
/// a row, so that an old match can be explained. No weight touches a must.
/// </summary>
public sealed class PolicyWeights
{
    /// <summary>What all weights add up to: the most points a pair can have, so that scores under two versions can be compared.</summary>
    public const int Total = 100;

    /// <summary>The rows that the policy comes with.</summary>
    public static readonly PolicyWeights Shipped = new([]);

    private readonly WeightsRow[] rows;

    private PolicyWeights(IEnumerable<(DateOnly From, IReadOnlyList<int> Weights)> published)
    {
        List<WeightsRow> all = [];
        foreach (var (from, weights) in Policy.DatedWeights.Concat(published))
        {
            var before = all.Count(row => row.From == from);
            all.Add(new(from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{before + 1}")), from, weights));
        }
        rows = [.. all.OrderBy(row => row.From)];
    }

    /// <summary>Every row, the oldest first.</summary>
    public IReadOnlyList<WeightsRow> Rows => rows;

    /// <summary>With what was published, in the order of publishing.</summary>
    public static PolicyWeights With(IEnumerable<(DateOnly From, IReadOnlyList<int> Weights)> published) => new(published);

    /// <summary>Whether these can be weights: one for each plus, each a whole number from 0 to <see cref="Total"/>, and together <see cref="Total"/>.</summary>
    public static bool Allow(IReadOnlyList<int> weights) =>
        weights.Count == Policy.Pluses.Count && weights.All(weight => weight is >= 0 and <= Total) && weights.Sum() == Total;

    /// <summary>What counts on a day: of the rows that have begun the latest; before the first row, that one.</summary>
    public WeightsRow On(DateOnly day)
    {
        var counts = rows[0];
        foreach (var row in rows)
            if (row.From <= day)
                counts = row;
        return counts;
    }
}
