using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
/// Scores of a position's seekers, a block at a time: P1 by counting planes, P2, P4, P5 and P8 by looking numbers up, P6 by
/// the most it can be; for those who reach what is needed by that, to the end. Made anew in the same memory for each position.
/// </summary>
/// <param name="work">Memory to work in, which many can share on one thread.</param>
internal sealed class SeekerScores(SeekerScores.Work work)
{
    // Three planes that count up to seven listed skills, and after them the flags of a seeker.
    private const int Counted = 7, Combinations = 64;

    // Where the points begin: by wish, floor, hours, axes known to both, combination, and last, as there may be many, by
    // commute. The tables lie some lines apart, so that their first lines do not push each other out of the cache, and end
    // with room to read eight.
    private const int Kept = PointsTable.KeptSeekers + 32 * 5, Pay = Kept, Worked = 2 * Kept, Known = 3 * Kept, Points = Known + 32, Ways = Points + Combinations + 32;

    private readonly short[] tables = new short[Ways + PointsTable.KeptCommutes + Vector128<short>.Count];
    private PackedPosition position = null!;
    private bool countable;

    public SeekerScores Of(PackedPosition position, Numbering numbering)
    {
        this.position = position;
        countable = position.ListedSkills.Length + position.ListedWords.Length <= Counted;
        var counts = numbering.SeekerNumbers;
        position.Wishes.CopyTo(tables, counts.Wishes);
        position.Ways.CopyTo(tables.AsSpan(Ways), counts.Commutes);
        position.Pay.CopyTo(tables.AsSpan(Pay), counts.Floors);
        position.Worked.CopyTo(tables.AsSpan(Worked), counts.Hours);
        for (var both = 0; both < position.Weights.KnownPoints.Length; both++)
            tables[Known + both] = (short)position.Weights.KnownPoints[both];
        for (var i = 0; i < Combinations; i++)
            tables[Points + i] = (short)(position.Fixed + MostHeld(i) + ((i & Soft.Marked) != 0 ? position.Weights.MostHelp : position.Weights.NothingMarked));
        return this;
    }

    private int MostHeld(int combination) =>
        (combination & Soft.TooWide) != 0 ? PointsBy.Unknown
        : !countable || (combination & Soft.SaidInWords) != 0 ? position.SkillPoints[^1]
        : position.SkillPoints[Math.Min(combination & Counted, position.SkillPoints.Length - 1)];

    /// <summary>Offers the rows of a block; <paramref name="first"/> is the number of its first row.</summary>
    public void Offer<TTaker>(SeekerBlock block, int first, ReadOnlySpan<ulong> rows, SeekerLayout layout, ref TTaker taker) where TTaker : ITakeRanks, allows ref struct
    {
        ref var held = ref MemoryMarshal.GetArrayDataReference(work.Held);
        ref var found = ref MemoryMarshal.GetArrayDataReference(work.Rows);
        ref var mosts = ref MemoryMarshal.GetArrayDataReference(work.Mosts);
        CountHeld(block, layout, ref held);
        var count = Rows512.WriteDown(rows, ref found);
        var reaching = 0;
        ref var seekers = ref block.Softs;
        ref var tables = ref MemoryMarshal.GetArrayDataReference(this.tables);
        var axes = position.KnownAxes;
        for (var i = 0; i < count; i++)
        {
            int row = Unsafe.Add(ref found, i);
            ref readonly var seeker = ref Unsafe.Add(ref seekers, row);
            ref var word = ref Unsafe.Add(ref held, (uint)row >> 6);
            var listed = (uint)(word >> row & 1 | (Unsafe.Add(ref word, Planes.Words) >> row & 1) << 1 | (Unsafe.Add(ref word, 2 * Planes.Words) >> row & 1) << 2);
            // Only the lowest of eight is meant: a processor adds and compares so straight from memory, and without a branch.
            var sum = Vector128.Max(Vector128.Max(At(ref tables, seeker.Wish0), At(ref tables, seeker.Wish1)), At(ref tables, seeker.Wish2));
            sum = Vector128.AddSaturate(sum, At(ref tables, (uint)Ways + seeker.Commute));
            sum = Vector128.AddSaturate(sum, At(ref tables, (uint)Pay + seeker.Floor));
            sum = Vector128.AddSaturate(sum, At(ref tables, (uint)Worked + seeker.Hours));
            sum = Vector128.AddSaturate(sum, At(ref tables, Known + (uint)BitOperations.PopCount((uint)(seeker.KnownAxes & axes))));
            sum = Vector128.AddSaturate(sum, At(ref tables, Points + (listed | (uint)seeker.Flags)));
            int most = sum.ToScalar();
            // Written down in any case and kept if it reaches: few do, and which ones nothing could foresee.
            Unsafe.Add(ref found, reaching) = (ushort)row;
            Unsafe.Add(ref mosts, reaching) = (ushort)most;
            reaching += (int)((uint)(taker.Needed(first + row) - most - 1) >> 31);
        }
        for (var i = 0; i < reaching; i++)
        {
            int row = Unsafe.Add(ref found, i);
            taker.Take(first + row, Exactly(block, row, Unsafe.Add(ref mosts, i), layout));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> At(ref short tables, uint at) => Vector128.LoadUnsafe(ref tables, at);

    // A wide record does not hold its numbers, and what is not known yet counts as very much.
    private int Exactly(SeekerBlock block, int row, int most, SeekerLayout layout)
    {
        ref readonly var seeker = ref Unsafe.Add(ref block.Softs, row);
        if (most >= PointsBy.Unknown && !seeker.IsWide)
            Learn(seeker);
        return most >= PointsBy.Unknown || !countable || seeker.HasWords ? block.Tenths(row, position, layout)
            : (seeker.Flags & Soft.Marked) != 0 ? most - position.Weights.MostHelp + seeker.Helped(position)
            : most;
    }

    private void Learn(in Soft seeker)
    {
        foreach (var wish in (ReadOnlySpan<ushort>)[seeker.Wish0, seeker.Wish1, seeker.Wish2])
            tables[wish] = (short)position.Wishes.At(wish);
        tables[Ways + seeker.Commute] = (short)position.Ways.At(seeker.Commute);
        tables[Pay + seeker.Floor] = (short)position.Pay.At(seeker.Floor);
        tables[Worked + seeker.Hours] = (short)position.Worked.At(seeker.Hours);
    }

    /// <summary>How many of the listed skills each row holds, as three planes, the lowest first; nothing of use where there are too many to count so.</summary>
    private void CountHeld(SeekerBlock block, SeekerLayout layout, ref ulong into)
    {
        ref var planes = ref block.Planes.Origin;
        var (ones, twos, fours) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        foreach (var skill in position.ListedSkills)
        {
            var one = Planes.At(ref planes, layout.Skill(skill));
            var carry = ones & one;
            (ones, fours, twos) = (ones ^ one, fours ^ twos & carry, twos ^ carry);
        }
        foreach (var words in position.ListedWords)
        {
            var one = Vector512<ulong>.Zero;
            foreach (var skill in words.Codes)
                one |= Planes.At(ref planes, layout.Said(skill));
            var carry = ones & one;
            (ones, fours, twos) = (ones ^ one, fours ^ twos & carry, twos ^ carry);
        }
        ones.StoreUnsafe(ref into);
        twos.StoreUnsafe(ref into, Planes.Words);
        fours.StoreUnsafe(ref into, 2 * Planes.Words);
    }

    /// <summary>The listed skills counted by row, the rows asked about, and the most each can score.</summary>
    internal sealed class Work
    {
        public readonly ulong[] Held = new ulong[3 * Planes.Words];
        public readonly ushort[] Rows = new ushort[Planes.Rows + 4], Mosts = new ushort[Planes.Rows];
    }
}
