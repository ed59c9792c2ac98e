namespace JobMatch.Matching;

/// <summary>How many people of each group are to be reached: between <see cref="Least"/> and <see cref="Most"/>.</summary>
internal sealed record FairLimits(int[]? Least, int[]? Most)
{
    /// <summary>No group is held to anything.</summary>
    public static readonly FairLimits None = new(null, null);

    public int LeastOf(int group) => Least?[group] ?? 0;

    public int MostOf(int group) => Most?[group] ?? int.MaxValue;

    /// <summary>
    /// The levels of the highest share that a plan under the budget can keep, each with its limits, lowest first; if there
    /// are too many to try, some of those that let enough people be reached.
    /// </summary>
    /// <param name="people">How many people a plan that is not held to the rule reaches.</param>
    public static IReadOnlyList<FairLimits> Levels(IReadOnlyList<FairGroup> groups, int budget, int people)
    {
        var levels = Feasible(groups, budget);
        if (levels.Count <= FairPlan.AllLevels)
            return levels;
        var first = levels.FindIndex(level => groups.Select((group, g) => Math.Min(level.Most![g], group.Told + group.Open)).Sum() >= people);
        var rest = levels[(first < 0 ? levels.Count - 1 : first)..];
        return rest.Count <= FairPlan.SomeLevels ? rest : [.. Enumerable.Range(0, FairPlan.SomeLevels).Select(i => rest[i * (rest.Count - 1) / (FairPlan.SomeLevels - 1)])];
    }

    /// <summary>For where no level can be kept: the share that the budget gives everybody, rounded up to whole people.</summary>
    public static FairLimits Nearest(IReadOnlyList<FairGroup> groups, int budget)
    {
        var (told, considered) = ((long)budget + groups.Sum(group => group.Told), groups.Sum(group => group.Considered));
        return new(null, [.. groups.Select(group => Math.Max(group.Told, (int)Math.Min(group.Considered, (told * group.Considered + considered - 1) / considered)))]);
    }

    /// <summary>What stands in the way where no level can be kept: what would have to be otherwise for one to be.</summary>
    public static FairObstacle ObstacleOf(IReadOnlyList<FairGroup> groups, int budget) =>
        Feasible([.. groups.Select(group => group with { Open = group.Considered - group.Told })], budget).Count > 0 ? FairObstacle.PickedEnough
        : Feasible([.. groups.Select(group => group with { Told = 0, Open = group.Considered })], budget).Count > 0 ? FairObstacle.ToldBefore
        : FairObstacle.WholePeople;

    private static List<FairLimits> Feasible(IReadOnlyList<FairGroup> groups, int budget)
    {
        var shares = groups.SelectMany(group => Enumerable.Range(1, group.Considered).Select(told => (Told: told, Of: group.Considered)))
            .Order(Comparer<(int Told, int Of)>.Create((a, b) => ((long)a.Told * b.Of).CompareTo((long)b.Told * a.Of)));
        List<FairLimits> levels = [];
        var last = (Told: 0, Of: 1);
        foreach (var share in shares)
        {
            if ((long)share.Told * last.Of == (long)last.Told * share.Of)
                continue;
            last = share;
            if (At(share, groups, budget) is { } limits)
                levels.Add(limits);
        }
        return levels;
    }

    private static FairLimits? At((int Told, int Of) share, IReadOnlyList<FairGroup> groups, int budget)
    {
        var (least, most) = (new int[groups.Count], new int[groups.Count]);
        long needed = 0;
        for (var g = 0; g < groups.Count; g++)
        {
            var group = groups[g];
            least[g] = (int)((4L * share.Told * group.Considered + 5L * share.Of - 1) / (5L * share.Of));
            most[g] = (int)((long)share.Told * group.Considered / share.Of);
            needed += Math.Max(0, least[g] - group.Told);
            if (least[g] > most[g] || group.Told > most[g] || least[g] > group.Told + group.Open || needed > budget)
                return null;
        }
        return new(least, most);
    }
}
