using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>Gives every value a number, from 0 on, once and for good. Many may read and give at the same time.</summary>
internal sealed class Numbers<T>(IEqualityComparer<T>? comparer = null) where T : notnull
{
    private readonly Lock giving = new();
    private readonly ConcurrentDictionary<T, int> numbers = new(comparer);
    private T[] values = new T[64];
    private int count;

    public int Count => Volatile.Read(ref count);

    public T this[int number] => Volatile.Read(ref values)[number];

    public int Of(T value)
    {
        if (numbers.TryGetValue(value, out var number))
            return number;
        lock (giving)
        {
            if (numbers.TryGetValue(value, out number))
                return number;
            if (count == values.Length)
            {
                var longer = new T[2 * count];
                values.CopyTo(longer, 0);
                Volatile.Write(ref values, longer);
            }
            values[count] = value;
            Volatile.Write(ref count, count + 1);
            return numbers[value] = count - 1;
        }
    }
}

/// <summary>
/// Tenths of one plus by the number of what it depends on: worked out when first asked for. Two who ask at the same time
/// work out the same; what one of them loses is worked out again.
/// </summary>
/// <param name="kept">Numbers from here on are worked out each time, so that what people say cannot fill the memory.</param>
internal sealed class PointsBy(Func<int, int> tenths, int kept)
{
    /// <summary>Stands for what is not worked out yet. More than any points, so that what is summed up with it is looked at closely.</summary>
    public const short Unknown = 1 << 13;

    private short[] known = [];

    public int At(int number)
    {
        var row = known;
        return (uint)number < (uint)row.Length && row[number] is not Unknown and var points ? points : WorkOut(number);
    }

    /// <summary>Copies what is known of the numbers below <paramref name="count"/>, or of all that are kept; the rest is <see cref="Unknown"/>.</summary>
    public void CopyTo(Span<short> into, int count)
    {
        var row = known;
        count = Math.Min(count, kept);
        (row.Length >= count ? row : Longer(row, count)).AsSpan(0, count).CopyTo(into);
    }

    /// <summary>Raises the points of each number to what is known of it here; to <see cref="Unknown"/> where nothing is.</summary>
    public void Raise(Span<short> into)
    {
        var row = known;
        var count = Math.Min(into.Length, kept);
        if (row.Length < count)
            row = Longer(row, count);
        ref var first = ref MemoryMarshal.GetReference(into);
        ref var mine = ref MemoryMarshal.GetArrayDataReference(row);
        var i = 0;
        for (; i + Vector512<short>.Count <= count; i += Vector512<short>.Count)
            Vector512.Max(Vector512.LoadUnsafe(ref first, (uint)i), Vector512.LoadUnsafe(ref mine, (uint)i)).StoreUnsafe(ref first, (uint)i);
        for (; i < count; i++)
            into[i] = Math.Max(into[i], row[i]);
        into[count..].Fill(Unknown);
    }

    private int WorkOut(int number)
    {
        var points = tenths(number);
        if ((uint)number >= (uint)kept)
            return points;
        var row = known;
        if (row.Length <= number)
            row = Longer(row, number + 1);
        row[number] = (short)points;
        return points;
    }

    private short[] Longer(short[] row, int count)
    {
        var longer = new short[Math.Min(Math.Max(count + count / 4, 64), kept)];
        longer.AsSpan(row.Length).Fill(Unknown);
        row.CopyTo(longer, 0);
        return known = longer;
    }
}

/// <summary>
/// Tenths of one plus by a number of the position's side and one of the seeker's: along rows for who asks with a position,
/// along columns for who asks with a seeker, so that either walks through one short array.
/// </summary>
/// <param name="tenths">By the position's number and the seeker's.</param>
/// <param name="kept">Seekers' numbers from here on are not kept.</param>
internal sealed class PointsTable(Func<int, int, int> tenths, int kept = PointsTable.KeptSeekers)
{
    public const int KeptSeekers = 4096;

    /// <summary>A nation has some thousand districts, and each some ten answers to how far and whether a bed is taken.</summary>
    public const int KeptCommutes = 1 << 16;

    private const int KeptColumns = 512, KeptPositions = 1 << 17;

    private readonly ConcurrentDictionary<int, PointsBy> rows = [], columns = [];

    /// <summary>By the seeker's number.</summary>
    public PointsBy OfPosition(int position) =>
        rows.TryGetValue(position, out var known) ? known : rows.GetOrAdd(position, position => new(seeker => tenths(position, seeker), kept));

    /// <summary>By the position's number.</summary>
    public PointsBy OfSeeker(int seeker) =>
        columns.TryGetValue(seeker, out var known) ? known : columns.GetOrAdd(seeker, seeker => new(position => OfPosition(position).At(seeker), seeker < KeptColumns ? KeptPositions : 0));
}
