using System.Numerics;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Why a person has no match.</summary>
/// <param name="Open">How many positions there are.</param>
/// <param name="Consented">False where the person has not agreed to be matched; then nothing was counted.</param>
/// <param name="By">Which musts exclude positions: what opens most by itself first.</param>
public sealed record NothingFound(int Open, bool Consented, IReadOnlyList<Excluding> By);

/// <param name="Rule">M1 … M11.</param>
/// <param name="Positions">How many positions it excludes, alone or with others.</param>
/// <param name="Alone">How many it excludes alone: so many would be open without it.</param>
public sealed record Excluding(string Rule, int Positions, int Alone);

/// <summary>Counts, for somebody who has no match, what stands in the way.</summary>
public sealed class WhyNothing(ISeekers seekers, IMarket market, TimeProvider time)
{
    /// <returns>Null where there is no such person.</returns>
    public async Task<NothingFound?> Run(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        var view = await market.View(cancel);
        if (!stored.Value.MayBeMatched())
            return new(view.Positions.Count, false, []);
        Meters.Asked("why-nothing");
        return new(view.Positions.Count, true, Count(view.Shards.Numbering.Pack(stored.Value.Facts), view.Shards.Positions(time.Today())));
    }

    internal static IReadOnlyList<Excluding> Count(PackedSeeker seeker, PositionColumns positions)
    {
        var (all, alone) = (new int[Policy.Musts.Count + 1], new int[Policy.Musts.Count + 1]);
        var rows = new RuleCode[RuleCode.Most];
        for (var row = 0; row < positions.Rows; row++)
        {
            if (!positions.IsLive(row))
                continue;
            var broken = 0;
            foreach (var code in rows.AsSpan(0, positions.Reasons(seeker, row, rows)))
                broken |= code.Result == Result.NotMet ? 1 << code.Rule : 0;
            for (var left = broken; left != 0; left &= left - 1)
            {
                var rule = BitOperations.TrailingZeroCount(left);
                all[rule]++;
                alone[rule] += BitOperations.IsPow2(broken) ? 1 : 0;
            }
        }
        return [.. Policy.Musts.Select((must, i) => new Excluding(must.Id, all[i + 1], alone[i + 1])).Where(x => x.Positions > 0)
            .OrderByDescending(x => x.Alone).ThenByDescending(x => x.Positions).ThenBy(x => x.Rule, StringComparer.Ordinal)];
    }
}
