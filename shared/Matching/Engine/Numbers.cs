using System.Collections.Concurrent;

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
    // One more than the points; 0 is not worked out yet.
    private short[] known = [];

    public int At(int number)
    {
        var row = known;
        return (uint)number < (uint)row.Length && row[number] is not 0 and var points ? points - 1 : WorkOut(number);
    }

    private int WorkOut(int number)
    {
        var points = tenths(number);
        if (number >= kept)
            return points;
        var row = known;
        if (row.Length <= number)
        {
            var longer = new short[Math.Min(Math.Max(number * 2 + 1, 64), kept)];
            row.CopyTo(longer, 0);
            known = row = longer;
        }
        row[number] = (short)(points + 1);
        return points;
    }
}

/// <summary>
/// Tenths of one plus by a number of the position's side and one of the seeker's: along rows for who asks with a position,
/// along columns for who asks with a seeker, so that either walks through one short array.
/// </summary>
/// <param name="tenths">By the position's number and the seeker's.</param>
internal sealed class PointsTable(Func<int, int, int> tenths)
{
    private const int KeptSeekers = 4096, KeptColumns = 512, KeptPositions = 1 << 17;

    private readonly ConcurrentDictionary<int, PointsBy> rows = [], columns = [];

    /// <summary>By the seeker's number.</summary>
    public PointsBy OfPosition(int position) => rows.GetOrAdd(position, position => new(seeker => tenths(position, seeker), KeptSeekers));

    /// <summary>By the position's number.</summary>
    public PointsBy OfSeeker(int seeker) => columns.GetOrAdd(seeker, seeker => new(position => OfPosition(position).At(seeker), seeker < KeptColumns ? KeptPositions : 0));
}
