namespace JobMatch.Matching;

/// <summary>How many people of each group are to be reached, by group: from <see cref="Least"/> to <see cref="Most"/>.</summary>
internal sealed record FairLimits(int[]? Least, int[]? Most)
{
    /// <summary>No group is held to anything.</summary>
    public static readonly FairLimits None = new(null, null);

    public int LeastOf(int group) => Least?[group] ?? 0;

    public int MostOf(int group) => Most?[group] ?? int.MaxValue;

    /// <summary>
    /// The levels of the highest share at which a plan under the budget keeps the four-fifths rule, each with its limits,
    /// lowest first; of many some that let enough people be reached. Where there is none, those that keep it among as many
    /// groups as can be, the small ones given up first, and what stood in the way.
    /// </summary>
    /// <param name="people">How many people a plan that is not held to the rule reaches.</param>
    public static (List<FairLimits> Levels, FairObstacle? Obstacle) Of(IReadOnlyList<FairGroup> groups, int budget, int people)
    {
        var shares = Shares(groups);
        var levels = Levels(shares, groups, budget, []);
        if (levels.Count > 0)
            return (Some(levels, groups, people), null);
        var obstacle = ObstacleOf(shares, groups, budget);
        var bySize = Enumerable.Range(0, groups.Count).OrderBy(g => groups[g].Considered).ToList();
        for (HashSet<int> givenUp = []; ; givenUp.Add(bySize.First(g => !givenUp.Contains(g))))
            if (bySize.Where(g => !givenUp.Contains(g)).Select(g => Levels(shares, groups, budget, [.. givenUp, g])).FirstOrDefault(found => found.Count > 0) is { } some)
                return (Some(some, groups, people), obstacle);
    }

    // What would have to be otherwise.
    private static FairObstacle ObstacleOf(List<(int Told, int Of)> shares, IReadOnlyList<FairGroup> groups, int budget) =>
        Levels(shares, [.. groups.Select(group => group with { Open = group.Considered - group.Told })], budget, []).Count > 0 ? FairObstacle.PickedEnough
        : Levels(shares, [.. groups.Select(group => group with { Told = 0, Open = group.Considered })], budget, []).Count > 0 ? FairObstacle.ToldBefore
        : FairObstacle.WholePeople;

    private static List<FairLimits> Some(List<FairLimits> levels, IReadOnlyList<FairGroup> groups, int people)
    {
        if (levels.Count <= FairPlan.AllLevels)
            return levels;
        var first = levels.FindIndex(level => groups.Select((group, g) => Math.Min(level.Most![g], group.Told + group.Open)).Sum() >= people);
        var rest = levels[(first < 0 ? levels.Count - 1 : first)..];
        return rest.Count <= FairPlan.SomeLevels ? rest : [.. Enumerable.Range(0, FairPlan.SomeLevels).Select(i => rest[i * (rest.Count - 1) / (FairPlan.SomeLevels - 1)])];
    }

    // Every share that whole people of some group make, lowest first.
    private static List<(int Told, int Of)> Shares(IReadOnlyList<FairGroup> groups)
    {
        List<(int Told, int Of)> all = [.. groups.SelectMany(group => Enumerable.Range(1, group.Considered).Select(told => (told, group.Considered)))];
        all.Sort((a, b) => ((long)a.Told * b.Of).CompareTo((long)b.Told * a.Of));
        return [.. all.Where((share, i) => i == 0 || (long)share.Told * all[i - 1].Of != (long)all[i - 1].Told * share.Of)];
    }

    private static List<FairLimits> Levels(List<(int Told, int Of)> shares, IReadOnlyList<FairGroup> groups, int budget, HashSet<int> givenUp) =>
        [.. shares.Select(share => At(share, groups, budget, givenUp)).OfType<FairLimits>()];

    // Those given up are brought as near to the level as whole people, and the people who are open, allow.
    private static FairLimits? At((int Told, int Of) share, IReadOnlyList<FairGroup> groups, int budget, HashSet<int> givenUp)
    {
        var (least, most) = (new int[groups.Count], new int[groups.Count]);
        long needed = 0;
        for (var g = 0; g < groups.Count; g++)
        {
            var (group, isHeld) = (groups[g], !givenUp.Contains(g));
            var (four, five) = (4L * share.Told * group.Considered, 5L * share.Of);
            (least[g], most[g]) = ((int)((four + five - 1) / five), (int)((long)share.Told * group.Considered / share.Of));
            if (!isHeld)
            {
                least[g] = Math.Clamp((int)(four / five), group.Told, group.Told + group.Open);
                most[g] = Math.Max(least[g], most[g] + 1);
            }
            needed += Math.Max(0, least[g] - group.Told);
            if (needed > budget || least[g] > most[g] || least[g] > group.Told + group.Open || (isHeld && group.Told > most[g]))
                return null;
        }
        return new(least, most);
    }
}
