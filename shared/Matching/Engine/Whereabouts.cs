namespace JobMatch.Matching;

/// <summary>In which blocks somebody of a district is, so that work at a place asks only the blocks in reach of it.</summary>
internal sealed class Whereabouts
{
    private readonly int[][] blocks;
    private readonly int commuteMost;

    private Whereabouts(int[][] blocks, int commuteMost) => (this.blocks, this.commuteMost) = (blocks, commuteMost);

    public static Whereabouts Of(ReadOnlySpan<SeekerBlock> blocks)
    {
        var (found, most) = (new List<List<int>>(), int.MinValue);
        for (var i = 0; i < blocks.Length; i++)
        {
            most = Math.Max(most, blocks[i].CommuteMost);
            foreach (var (district, _) in blocks[i].Districts.All)
            {
                while (found.Count <= district)
                    found.Add([]);
                found[district].Add(i);
            }
        }
        return new([.. found.Select(x => x.ToArray())], most);
    }

    /// <summary>Whether it still names the block for each of its districts after the block has changed. One that it names in vain does no harm.</summary>
    public bool Knows(int number, SeekerBlock block)
    {
        if (block.CommuteMost > commuteMost)
            return false;
        foreach (var (district, _) in block.Districts.All)
            if (district >= blocks.Length || !blocks[district].Contains(number))
                return false;
        return true;
    }

    /// <summary>Sets the bit of each block in which somebody may be in reach; may set more, never fewer.</summary>
    public void Mark(ReadOnlySpan<Way> ways, Span<ulong> reached)
    {
        for (var district = 0; district < blocks.Length; district++)
            if (ways[district].Fast <= commuteMost)
                foreach (var block in blocks[district])
                    reached[block >> 6] |= 1UL << block;
    }
}
