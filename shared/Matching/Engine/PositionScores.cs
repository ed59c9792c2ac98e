using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace JobMatch.Matching;

/// <summary>
/// Scores of a seeker's positions, a block at a time: P2 to P5 by looking numbers up, with the most that the rest can give;
/// for those who reach what is needed by that, to the end. Made anew in the same memory for each seeker.
/// </summary>
internal sealed class PositionScores
{
    // Four more than can be set, see Rows512.WriteDown.
    private readonly ushort[] found = new ushort[Planes.Rows + 4];
    private short[] wished = [], ways = [], paid = [];
    private PackedSeeker seeker = null!;
    private PointsTable wishes = null!;
    private PointsBy way = null!, pay = null!, hours = null!;
    private Weighing weights = null!;

    public PositionScores Of(PackedSeeker seeker, Numbering numbering, Weighing weights)
    {
        (this.seeker, this.weights) = (seeker, weights);
        var (points, numbers) = (numbering.Points(weights), numbering.PositionNumbers);
        (wishes, way, pay, hours) = (points.Wishes, points.Ways.OfSeeker(seeker.CommuteNumber), points.Pay.OfSeeker(seeker.FloorNumber), points.Hours.OfSeeker(seeker.HoursNumber));
        var best = Cleared(ref wished, numbers.Titles);
        foreach (var wish in seeker.Wishes)
            wishes.OfSeeker(wish).Raise(best);
        way.Raise(Cleared(ref ways, numbers.Workplaces));
        pay.Raise(Cleared(ref paid, numbers.Pays));
        return this;
    }

    /// <summary>Offers the rows of a block; <paramref name="first"/> is the number of its first row.</summary>
    public void Offer(PositionBlock block, int first, ReadOnlySpan<ulong> rows, ref TopRanks top)
    {
        ref var found = ref MemoryMarshal.GetArrayDataReference(this.found);
        ref var wished = ref MemoryMarshal.GetArrayDataReference(this.wished);
        ref var ways = ref MemoryMarshal.GetArrayDataReference(this.ways);
        ref var paid = ref MemoryMarshal.GetArrayDataReference(this.paid);
        ref var known = ref MemoryMarshal.GetReference(weights.KnownPoints);
        ref var positions = ref block.Softs;
        var (count, reaching) = (Rows512.WriteDown(rows, ref found), 0);
        var (axes, rest, needed) = ((uint)seeker.KnownAxes, weights.MostHelpAndHours, top.Least);
        for (var i = 0; i < count; i++)
        {
            var row = Unsafe.Add(ref found, i);
            ref readonly var position = ref Unsafe.Add(ref positions, row);
            var most = rest + position.Most + Unsafe.Add(ref known, BitOperations.PopCount(axes & position.KnownAxes))
                + Unsafe.Add(ref wished, position.Title) + Unsafe.Add(ref ways, position.Workplace) + Unsafe.Add(ref paid, position.Pay);
            // Written down in any case and kept if it reaches: few do, and which ones nothing could foresee.
            Unsafe.Add(ref found, reaching) = row;
            reaching += (int)((uint)(needed - most - 1) >> 31);
        }
        for (var i = 0; i < reaching; i++)
        {
            int row = Unsafe.Add(ref found, i);
            if (Tenths(block, row, top.Least) is >= 0 and var tenths)
                top.Take(first + row, tenths);
        }
    }

    /// <summary>The score of a row; −1 where it is less than is needed.</summary>
    public int Tenths(PositionBlock block, int row, int atLeast)
    {
        ref readonly var position = ref Unsafe.Add(ref block.Softs, row);
        var tenths = position.Fixed + weights.Known(BitOperations.PopCount((uint)(seeker.KnownAxes & position.KnownAxes)))
            + Wished(position.Title) + At(ways, position.Workplace, way) + At(paid, position.Pay, pay) + hours.At(position.Hours)
            + (position.IsPlain ? weights.Skills(position.Listed)[position.CountIn(seeker.Counted)] : Skills(block.At(row)));
        return tenths + weights.MostHelp < atLeast ? -1 : tenths + seeker.Soft.Helped(block.At(row));
    }

    // What is not known yet counts as very much, so that it comes here.
    private static int At(short[] table, int number, PointsBy by) => table[number] < PointsBy.Unknown ? table[number] : table[number] = (short)by.At(number);

    private int Wished(int title)
    {
        if (wished[title] < PointsBy.Unknown)
            return wished[title];
        var best = 0;
        foreach (var wish in seeker.Wishes)
            best = Math.Max(best, wishes.OfSeeker(wish).At(title));
        return wished[title] = (short)best;
    }

    private static Span<short> Cleared(ref short[] table, int count)
    {
        if (table.Length < count)
            table = new short[count + count / 4];
        var used = table.AsSpan(0, count);
        used.Clear();
        return used;
    }

    /// <summary>P1 where words are compared, or more skills are listed than fit the small record.</summary>
    private int Skills(PackedPosition position)
    {
        var held = seeker.Counted.CountIn(position.ListedBits);
        foreach (var words in position.ListedWords)
            held += seeker.Said.HasAny(words.Codes) || seeker.Words?.Have(words) == true ? 1 : 0;
        return position.SkillPoints[held];
    }
}
