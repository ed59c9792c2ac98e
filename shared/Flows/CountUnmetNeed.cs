using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Which accommodations are missing where: for staff, who can ask the employers of a district for what would place most people.
/// </summary>
public sealed class CountUnmetNeed(IMarket market, TimeProvider time)
{
    /// <param name="district">A code; null = all districts.</param>
    /// <returns>By district and accommodation, what would place most people first, then by code and list. Only what somebody marked.</returns>
    public async Task<IReadOnlyList<UnmetNeed>> Run(string? district, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var (numbering, open) = (view.Shards.Numbering, view.Shards.Positions(time.Today()));
        Meters.Asked("unmet-need");
        var order = numbering.Codes.Accommodations.ToDictionary(x => x.Code, x => x.Sort);
        return [.. view.Seekers.Values.AsParallel()
            .Where(seeker => district is null || seeker.Facts.District == district)
            .SelectMany(seeker => NearMisses.Needs(seeker.Facts, numbering, open).Select(need => (seeker.Facts.District, Need: need)))
            .GroupBy(x => (x.District, x.Need.Accommodation), x => x.Need)
            .Select(x => new UnmetNeed(x.Key.District, x.Key.Accommodation, x.Count(), x.Count(need => need.Without), x.Count(need => need.Unmet)))
            .AsEnumerable()
            .OrderByDescending(x => x.Unmet).ThenByDescending(x => x.Without).ThenBy(x => x.District, StringComparer.Ordinal).ThenBy(x => order[x.Accommodation])];
    }
}

/// <param name="District">Where the people live.</param>
/// <param name="Marked">How many of them marked the accommodation must or helps.</param>
/// <param name="Without">How many of those no open position suits now.</param>
/// <param name="Unmet">To how many of those one would suit if every open position offered it.</param>
public sealed record UnmetNeed(string District, string Accommodation, int Marked, int Without, int Unmet);
