using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>For each combination of tags, how many rows have all of them; the first has none, and counts every row.</summary>
[InlineArray(1 << SeekerShard.MaxTags)]
internal struct TagCounts
{
    private int count;

    public static TagCounts Of(Planes planes)
    {
        var counts = new TagCounts();
        for (var tags = 0; tags < 1 << SeekerShard.MaxTags; tags++)
            counts[tags] = Rows(planes, tags).Count();
        return counts;
    }

    public static TagCounts Of(ReadOnlySpan<SeekerBlock> blocks)
    {
        var counts = new TagCounts();
        foreach (var block in blocks)
            counts += block.Tagged;
        return counts;
    }

    /// <summary>The rows that have all these tags.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Rows(Planes planes, int tags)
    {
        ref var origin = ref planes.Origin;
        var rows = Planes.At(ref origin, SeekerLayout.Live);
        for (var tag = 0; tags >> tag != 0; tag++)
            if ((tags >> tag & 1) != 0)
                rows &= Planes.At(ref origin, SeekerLayout.Tags + tag);
        return rows;
    }

    public static TagCounts operator +(TagCounts counts, in TagCounts more)
    {
        for (var tags = 0; tags < 1 << SeekerShard.MaxTags; tags++)
            counts[tags] += more[tags];
        return counts;
    }

    public static TagCounts operator -(TagCounts counts, in TagCounts fewer)
    {
        for (var tags = 0; tags < 1 << SeekerShard.MaxTags; tags++)
            counts[tags] -= fewer[tags];
        return counts;
    }
}
