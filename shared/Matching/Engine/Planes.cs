using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace JobMatch.Matching;

/// <summary>
/// Facts of 512 rows as bit planes: plane after plane of 512 bits, so that one instruction answers one question about all
/// rows. A number is as many planes as its largest value has bits, lowest first.
/// </summary>
internal sealed class Planes
{
    public const int Rows = 512, Words = Rows / 64;

    private readonly ulong[] memory;
    private readonly int first;

    public Planes(int planes)
    {
        // Whole cache lines: a 512-bit read across two of them takes twice as long. Pinned memory stays where it is aligned.
        memory = GC.AllocateArray<ulong>((planes + 1) * Words, pinned: true);
        first = Aligned(memory);
        Count = planes;
    }

    private Planes(Planes from, int planes)
    {
        memory = GC.AllocateUninitializedArray<ulong>((planes + 1) * Words, pinned: true);
        first = Aligned(memory);
        Count = planes;
        from.memory.AsSpan(from.first, from.Count * Words).CopyTo(memory.AsSpan(first));
        memory.AsSpan(first + from.Count * Words).Clear();
    }

    public int Count { get; }

    public ref ulong Origin => ref memory[first];

    /// <summary>A copy with as many planes or more; new ones are empty.</summary>
    public Planes Copy(int planes) => new(this, planes);

    public void Set(int plane, int row) => memory[first + plane * Words + (row >> 6)] |= 1UL << row;

    public void SetIf(bool holds, int plane, int row)
    {
        if (holds)
            Set(plane, row);
    }

    /// <summary>Sets one plane for each bit, counted from <paramref name="plane"/>.</summary>
    public void SetBits(int plane, ulong bits, int row)
    {
        for (; bits != 0; bits &= bits - 1)
            Set(plane + BitOperations.TrailingZeroCount(bits), row);
    }

    public bool Has(int plane, int row) => (memory[first + plane * Words + (row >> 6)] >> row & 1) != 0;

    /// <summary>Takes a row out of every plane.</summary>
    public void Clear(int row)
    {
        for (var (i, keep) = (first + (row >> 6), ~(1UL << row)); i < first + Count * Words; i += Words)
            memory[i] &= keep;
    }

    /// <summary>Asks memory for these planes, and for all from a place on, so that they are near when they are read; says nothing and changes nothing.</summary>
    public unsafe void Fetch(ReadOnlySpan<int> planes, int from)
    {
        if (!Sse.IsSupported)
            return;
        var at = (ulong*)Unsafe.AsPointer(ref Origin);
        foreach (var plane in planes)
            Sse.Prefetch0(at + plane * Words);
        for (var plane = from; plane < Count; plane++)
            Sse.Prefetch0(at + plane * Words);
    }

    /// <summary>Moves planes to a higher place; what they leave is empty.</summary>
    public void Move(int from, int planes, int to)
    {
        var source = memory.AsSpan(first + from * Words, planes * Words);
        source.CopyTo(memory.AsSpan(first + to * Words));
        source[..(Math.Min(planes, to - from) * Words)].Clear();
    }

    public static int BitsOf(int value) => 32 - BitOperations.LeadingZeroCount((uint)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> At(ref ulong origin, int plane) => Vector512.LoadUnsafe(ref origin, (nuint)(uint)plane * Words);

    /// <summary>The rows whose number is at least <paramref name="least"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> AtLeast(ref ulong origin, int plane, int planes, int least)
    {
        if (least <= 0)
            return Vector512<ulong>.AllBitsSet;
        if (BitsOf(least) > planes)
            return Vector512<ulong>.Zero;
        // From the lowest bit that counts up: a higher bit decides unless it is equal. Without a branch, as no processor can foresee a number's bits.
        var i = BitOperations.TrailingZeroCount(least);
        var rows = At(ref origin, plane + i);
        for (i++; i < planes; i++)
        {
            var (bit, unasked) = (At(ref origin, plane + i), Vector512.Create((ulong)(least >> i & 1) - 1));
            rows = rows & bit | unasked & (rows | bit);
        }
        return rows;
    }

    private static int Aligned(ulong[] memory) => (int)((64 - (Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & 63)) % 64 / 8);
}

/// <summary>Which rows of a block have something in common, by its number. Changed only while its block is made.</summary>
internal sealed class RowsBy
{
    private readonly List<(int Of, Vector512<ulong> Rows)> found;

    public RowsBy() => found = [];

    public RowsBy(RowsBy from) => found = [.. from.found];

    public ReadOnlySpan<(int Of, Vector512<ulong> Rows)> All => CollectionsMarshal.AsSpan(found);

    public void Add(int of, int row)
    {
        foreach (ref var one in CollectionsMarshal.AsSpan(found))
            if (one.Of == of)
            {
                one.Rows |= Rows512.Only(row);
                return;
            }
        found.Add((of, Rows512.Only(row)));
    }

    public void Take(int of, int row)
    {
        var at = found.FindIndex(x => x.Of == of);
        var rows = Vector512.AndNot(found[at].Rows, Rows512.Only(row));
        if (rows == Vector512<ulong>.Zero)
            found.RemoveAt(at);
        else
            found[at] = (of, rows);
    }
}

/// <summary>Sets of a block's rows, one bit each.</summary>
internal static class Rows512
{
    public static Vector512<ulong> Only(int row) => Vector512<ulong>.Zero.WithElement(row >> 6, 1UL << row);

    public static int Count(this Vector512<ulong> rows)
    {
        var count = 0;
        for (var i = 0; i < Planes.Words; i++)
            count += BitOperations.PopCount(rows.GetElement(i));
        return count;
    }

    /// <summary>Writes down which rows are set: four at a time without asking, as words mostly have about so many. Returns how many.</summary>
    /// <param name="into">Room for all rows, and four more.</param>
    public static int WriteDown(ReadOnlySpan<ulong> rows, ref ushort into)
    {
        var count = 0;
        for (var word = 0; word < rows.Length; word++)
        {
            var bits = rows[word];
            var (first, some) = (word * 64, BitOperations.PopCount(bits));
            for (var i = 0; i < some; i += 4)
            {
                ref var next = ref Unsafe.Add(ref into, count + i);
                next = (ushort)(first + BitOperations.TrailingZeroCount(bits));
                bits &= bits - 1;
                Unsafe.Add(ref next, 1) = (ushort)(first + BitOperations.TrailingZeroCount(bits));
                bits &= bits - 1;
                Unsafe.Add(ref next, 2) = (ushort)(first + BitOperations.TrailingZeroCount(bits));
                bits &= bits - 1;
                Unsafe.Add(ref next, 3) = (ushort)(first + BitOperations.TrailingZeroCount(bits));
                bits &= bits - 1;
            }
            count += some;
        }
        return count;
    }
}
