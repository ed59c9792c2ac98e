using System.Diagnostics;

namespace JobMatch.Bench;

/// <summary>One thing that is measured: it does the work once and says how long it took, in milliseconds.</summary>
internal sealed record Contestant(string Name, Func<double> Run)
{
    /// <summary>Work of this process, by the clock.</summary>
    public static Contestant Of(string name, Action work) => new(name, () =>
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });
}

/// <summary>The medians, in milliseconds, of the same rounds run twice.</summary>
internal sealed record Timing(string Name, double First, double Second)
{
    public double Median => (First + Second) / 2;

    /// <summary>How far the two medians are apart, as a share of the smaller.</summary>
    public double Spread => Math.Abs(First - Second) / Math.Min(First, Second);
}

internal static class Measure
{
    /// <summary>
    /// Contestants take turns, so that what slows the machine slows all of them: one round unmeasured, then twice
    /// <paramref name="rounds"/> of them.
    /// </summary>
    /// <param name="rounds">At least five.</param>
    public static IReadOnlyList<Timing> InTurns(int rounds, params IReadOnlyList<Contestant> contestants)
    {
        foreach (var contestant in contestants)
            contestant.Run();
        var passes = Enumerable.Range(0, 2).Select(_ => Medians(rounds, contestants)).ToArray();
        return [.. contestants.Select((contestant, i) => new Timing(contestant.Name, passes[0][i], passes[1][i]))];
    }

    private static double[] Medians(int rounds, IReadOnlyList<Contestant> contestants)
    {
        var taken = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < contestants.Count; i++)
            {
                GC.Collect();
                taken[i][round] = contestants[i].Run();
            }
        return [.. taken.Select(Median)];
    }

    public static double Median(double[] of)
    {
        var sorted = of.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
