using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>Takes rows with their scores, as long as they reach what is needed.</summary>
internal interface ITakeRanks
{
    /// <summary>The score in tenths below which a row need not be offered.</summary>
    int Needed(int row);

    void Take(int row, int tenths);
}

/// <summary>
/// Scores of a position's seekers, a block at a time: P1 by counting planes, P2, P4, P5 and P8 by looking numbers up. P6
/// remains, and is worked out for those who can reach what is needed at all.
/// </summary>
internal readonly ref struct SeekerScores
{
    private readonly ref short wishes, ways, pay, worked;
    private readonly ReadOnlySpan<int> known;
    private readonly PackedPosition position;
    private readonly SeekerLayout layout;

    public SeekerScores(PackedPosition position, SeekerLayout layout, Numbering numbering)
    {
        (this.position, this.layout) = (position, layout);
        var counts = numbering.SeekerNumbers;
        wishes = ref position.Wishes.Known(counts.Wishes);
        ways = ref position.Ways.Known(counts.Commutes);
        pay = ref position.Pay.Known(counts.Floors);
        worked = ref position.Worked.Known(counts.Hours);
        known = position.Weights.KnownPoints;
    }

    /// <summary>Offers the rows of a block; <paramref name="first"/> is the number of its first row.</summary>
    public void Offer<TTaker>(SeekerBlock block, int first, ReadOnlySpan<ulong> rows, ref TTaker taker) where TTaker : ITakeRanks, allows ref struct
    {
        Span<ulong> held = stackalloc ulong[3 * Planes.Words];
        var counted = CountHeld(block, held);
        for (var word = 0; word < Planes.Words; word++)
            for (var bits = rows[word]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                var row = word * 64 + bit;
                ref readonly var seeker = ref block.SoftAt(row);
                var needed = taker.Needed(first + row);
                var sum = ByNumber(seeker);
                // A wide record does not hold its numbers, and what is not known yet counts as very much.
                if (sum >= PointsBy.Unknown || !counted || seeker.HasWords)
                {
                    if (seeker.IsWide || sum + position.SkillPoints[^1] + position.Weights.MostHelp >= needed)
                        taker.Take(first + row, block.Tenths(row, position, layout));
                    continue;
                }
                var tenths = sum + position.SkillPoints[(int)(held[word] >> bit & 1 | (held[Planes.Words + word] >> bit & 1) << 1 | (held[2 * Planes.Words + word] >> bit & 1) << 2)];
                if (tenths + (seeker.Marks ? position.Weights.MostHelp : position.Weights.NothingMarked) >= needed)
                    taker.Take(first + row, tenths + seeker.Helped(position));
            }
    }

    /// <summary>All but P1 and P6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ByNumber(in Soft seeker) =>
        position.Fixed
        + Math.Max(Math.Max(Unsafe.Add(ref wishes, seeker.Wish0), Unsafe.Add(ref wishes, seeker.Wish1)), Unsafe.Add(ref wishes, seeker.Wish2))
        + Unsafe.Add(ref ways, seeker.Commute) + Unsafe.Add(ref pay, seeker.Floor) + Unsafe.Add(ref worked, seeker.Hours)
        + known[BitOperations.PopCount((uint)(seeker.KnownAxes & position.KnownAxes))];

    /// <summary>How many of the listed skills each row holds, as three planes, the lowest first. False where there are too many to count so.</summary>
    private bool CountHeld(SeekerBlock block, Span<ulong> held)
    {
        if (position.ListedSkills.Length + position.ListedWords.Length > 7)
            return false;
        ref var planes = ref block.Planes.Origin;
        var (ones, twos, fours) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        foreach (var skill in position.ListedSkills)
            Count(Planes.At(ref planes, layout.Skill(skill)), ref ones, ref twos, ref fours);
        foreach (var words in position.ListedWords)
        {
            var any = Vector512<ulong>.Zero;
            foreach (var skill in words.Codes)
                any |= Planes.At(ref planes, layout.Said(skill));
            Count(any, ref ones, ref twos, ref fours);
        }
        ones.CopyTo(held);
        twos.CopyTo(held[Planes.Words..]);
        fours.CopyTo(held[(2 * Planes.Words)..]);
        return true;
    }

    private static void Count(Vector512<ulong> one, ref Vector512<ulong> ones, ref Vector512<ulong> twos, ref Vector512<ulong> fours)
    {
        var carry = ones & one;
        ones ^= one;
        fours ^= twos & carry;
        twos ^= carry;
    }
}
