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

    private Planes(Planes from, int planes) : this(planes) =>
        from.memory.AsSpan(from.first, Math.Min(planes, from.Count) * Words).CopyTo(memory.AsSpan(first));

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

/// <summary>Gathers which rows of a block have something in common.</summary>
internal readonly struct RowsBy<T>() where T : notnull
{
    private readonly Dictionary<T, ulong[]> found = [];

    public void Add(T of, int row)
    {
        if (!found.TryGetValue(of, out var rows))
            found[of] = rows = new ulong[Planes.Words];
        rows[row >> 6] |= 1UL << row;
    }

    public (T Of, Vector512<ulong> Rows)[] ToArray() => [.. found.Select(x => (x.Key, Vector512.Create<ulong>(x.Value)))];
}
