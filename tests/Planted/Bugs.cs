namespace JobMatch.Planted;

/// <summary>One bug: a text that stands once in a file of shared/Matching, and what is put in its place.</summary>
/// <param name="What">What is wrong then, in plain words.</param>
internal sealed record Bug(string Id, string File, string What, string Text, string Wrong)
{
    public bool InEngine => File.StartsWith("Engine/", StringComparison.Ordinal);

    public static readonly Bug[] All =
    [
        new("P01", "Model.cs", "M1: the last day is a day too late", "ClosesOn >= today", "ClosesOn > today"),
        new("P02", "Policy.Musts.cs", "M2: a way of exactly the limit is too long", "way.Slow <= CommuteLimit(seeker)", "way.Slow < CommuteLimit(seeker)"),
        new("P03", "Policy.Musts.cs", "M3: with capacity 1 silence asks nothing", "(0 or 1, null) => Ruling.AskEmployer", "(0, null) => Ruling.AskEmployer"),
        new("P04", "Policy.Musts.cs", "M3: a bridge ends below its range", "demand > bridge.To ||", "demand >= bridge.To ||"),
        new("P05", "Policy.Musts.cs", "M3: a bridge starts above its range", "capacity < bridge.From ||", "capacity <= bridge.From ||"),
        new("P06", "Policy.Musts.cs", "M3: a bridge on request is there", "Ruling.IfArranged with { By", "Ruling.Met with { By"),
        new("P07", "Policy.Musts.cs", "M3: what staff check counts by itself", "        _ when accommodation.StaffCheck => Ruling.AskEmployer with { By = accommodation.Code },\n", ""),
        new("P08", "Policy.Musts.cs", "M3: the employer is asked what only the person knows", "(null, _) => Ruling.AskYou", "(null, _) => Ruling.AskEmployer"),
        new("P09", "Policy.Musts.cs", "M5: what must be avoided is fine where something relieves it", "is { } by ? Ruling.AskEmployer with", "is { } by ? Ruling.Met with"),
        new("P10", "Policy.Musts.cs", "M6: the schooling asked for is not enough", "MetWhere(has >= least)", "MetWhere(has > least)"),
        new("P11", "Policy.Musts.cs", "M10: pay of just the floor is too little", ".Numerator >= (Int128)least", ".Numerator > (Int128)least"),
        new("P12", "Policy.Musts.cs", "M11: a decline counts a day too long", "decline.On.AddMonths(6) > today", "decline.On.AddMonths(6) >= today"),
        new("P13", "Policy.Musts.cs", "M11: too far never counts", "!(decline.TooFar && remote)", "!decline.TooFar"),
        new("P14", "Policy.cs", "an answer never ages", "on >= today || on.AddMonths(12) >= today", "true"),
        new("P15", "Policy.cs", "the worst verdict comes first", "a.Verdict.CompareTo(b.Verdict)", "b.Verdict.CompareTo(a.Verdict)"),
        new("P16", "Policy.cs", "equal ones stand as in a dictionary", "string.CompareOrdinal(idA, idB)", "string.Compare(idA, idB, StringComparison.OrdinalIgnoreCase)"),
        new("P17", "Policy.cs", "half a tenth is rounded down", "(20L * weight * numerator + denominator)", "(20L * weight * numerator + denominator - 1)"),

        new("E01", "Engine/SeekerColumns.cs", "who has not listed a skill is ruled out by it, who has stated others is not", "no |= ~(held | silent);", "no |= silent & ~held;"),
        new("E02", "Engine/SeekerColumns.cs", "a bridge on request outweighs one that is there", "later |= Vector512.AndNot(shorts & request, met);", "later |= shorts & request;"),
        new("E03", "Engine/SeekerColumns.cs", "one who travels far decides for a block", "way.Slow > block.CommuteLeast", "way.Slow > block.CommuteMost"),
        new("E04", "Engine/SeekerColumns.cs", "pay of just the floor is too little", "position.PayMonthly + 1)", "position.PayMonthly)"),
        new("E05", "Engine/PositionColumns.cs", "needs at the workplace count from home, and only there", "if (need.OnSite)", "if (!need.OnSite)"),
        new("E06", "Engine/Planes.cs", "numbers are compared upside down", "Vector512.Create((ulong)(least >> i & 1) - 1)", "Vector512.Create((ulong)(least >> i & 1 ^ 1) - 1)"),
        new("E07", "Engine/SeekerBlock.cs", "a patched seeker keeps the bits of who stood there", "        block.Planes.Clear(row);\n", ""),
        new("E08", "Engine/SeekerBlock.cs", "a wider block leaves the floors where they were", "        planes.Move(layout.Numbers + CommuteBits, FloorBits, layout.Numbers + commute);\n", ""),
        new("E09", "Engine/PositionBlock.cs", "a patched position keeps the bits of what stood there", "        planes.Clear(row);\n", ""),
        new("E10", "Engine/TopRanks.cs", "an equal score never gets in, whatever its id", "if (tenths < Least)", "if (tenths <= Least && Filled == best.Length)"),
        new("E11", "Engine/TopRanks.cs", "equal ones stand by id, last first", "&& ids.Before(row, best[at - 1].Row)", "&& !ids.Before(row, best[at - 1].Row)"),
        new("E12", "Engine/SeekerScores.cs", "what helps is not hoped for before it is counted", "((i & Soft.Marked) != 0 ? position.Weights.MostHelp : position.Weights.NothingMarked)", "position.Weights.NothingMarked"),
        new("E13", "Engine/Packed.cs", "an employer's decline never expires", "position.Declines.Where(x => Policy.Holds(x.Value, today, Remote))", "position.Declines"),
        new("E14", "Engine/Packed.cs", "the way is asked about from home", "Remote && axis == Axis.Travel ? 0 : ", ""),
        new("E15", "Engine/RowNumbers.cs", "a freed row is forgotten", "        free.Push(row);\n", ""),
        new("E16", "Engine/Weighing.cs", "half a tenth is rounded down", "numerator + denominator) / (2 * denominator)", "numerator + denominator - 1) / (2 * denominator)"),
    ];
}
