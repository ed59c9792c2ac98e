using System.Numerics;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>
/// Which rows of a block ask for which skills, and for how many, so that a person's few skills tell who lacks something: what
/// they hold is counted down from what is asked. Changed only while its block is made.
/// </summary>
internal sealed class Papers
{
    private SkillBits asked;

    // In the order of the skills' numbers.
    private readonly List<Vector512<ulong>> rows;

    // How many each row asks for, lowest bit first.
    private Vector512<ulong>[] counts;

    public Papers() => (rows, counts) = ([], []);

    public Papers(Papers from) => (asked, rows, counts) = (from.asked, [.. from.rows], [.. from.counts]);

    /// <param name="skills">Distinct numbers.</param>
    public void Add(int[] skills, int row)
    {
        if (skills.Length == 0)
            return;
        var only = Rows512.Only(row);
        foreach (var skill in skills)
        {
            var at = asked.CountBelow(skill);
            if (asked.Has(skill))
                rows[at] |= only;
            else
                rows.Insert(at, only);
            asked.Add(skill);
        }
        if (Planes.BitsOf(skills.Length) > counts.Length)
            Array.Resize(ref counts, Planes.BitsOf(skills.Length));
        for (var i = 0; i < counts.Length; i++)
            if ((skills.Length >> i & 1) != 0)
                counts[i] |= only;
    }

    /// <summary>Takes a row out; a skill that nobody asks for any more stays without rows.</summary>
    public void Take(int[] skills, int row)
    {
        var only = Rows512.Only(row);
        foreach (var skill in skills)
            rows[asked.CountBelow(skill)] = Vector512.AndNot(rows[asked.CountBelow(skill)], only);
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Vector512.AndNot(counts[i], only);
    }

    /// <summary>The rows that ask for something that is not held.</summary>
    public Vector512<ulong> Lacking(in SkillBits held)
    {
        Span<Vector512<ulong>> left = stackalloc Vector512<ulong>[counts.Length];
        counts.CopyTo(left);
        for (var word = 0; word < CodeLists.MaxSkills / 64; word++)
            for (var both = asked[word] & held[word]; both != 0; both &= both - 1)
            {
                var borrow = rows[asked.CountBelow(word * 64 + BitOperations.TrailingZeroCount(both))];
                for (var i = 0; i < left.Length; i++)
                    (left[i], borrow) = (left[i] ^ borrow, Vector512.AndNot(borrow, left[i]));
            }
        var lacking = Vector512<ulong>.Zero;
        foreach (var bit in left)
            lacking |= bit;
        return lacking;
    }
}
