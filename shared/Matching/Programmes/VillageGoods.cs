namespace JobMatch.Matching;

/// <summary>How the orders of a village room stand to its goods.</summary>
public enum GoodsLevel
{
    Enough,

    /// <summary>Four fifths of all goods are ordered: take no more than are left, or find more.</summary>
    Tight,

    /// <summary>More is ordered than the workshops give: find goods, or orders have to be cancelled.</summary>
    Short,
}

/// <summary>Goods of local workshops against orders taken on air. In a season orders outrun the workshops, and what is missing then has to be cancelled.</summary>
/// <param name="Ready">Units that are there.</param>
/// <param name="Promised">Units that workshops have promised for a later day.</param>
/// <param name="Ordered">Units ordered and not cancelled.</param>
public sealed record VillageGoods(int Ready, int Promised, int Ordered)
{
    public static VillageGoods Of(ProgrammeRecord room, DateOnly today)
    {
        int Sum(string step, Func<DatedStep, bool> which) => room.Steps.Where(x => x.Step == step && which(x)).Sum(x => x.Amount("units"));
        return new(
            Sum("GOODS", x => x.On <= today), Sum("GOODS", x => x.On > today),
            Math.Max(0, Sum("ORDERS", _ => true) - Sum("ORDERS_CANCELLED", _ => true)));
    }

    /// <summary>Units that can still be sold, those promised included; below 0 so many are missing.</summary>
    public int Left => Ready + Promised - Ordered;

    public GoodsLevel Level => Left < 0 ? GoodsLevel.Short : Ordered > 0 && Ordered * 5L >= (Ready + Promised) * 4L ? GoodsLevel.Tight : GoodsLevel.Enough;
}
