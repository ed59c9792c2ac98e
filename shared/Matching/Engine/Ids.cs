using System.Text;

namespace JobMatch.Matching;

/// <summary>
/// The ids of a block's rows, with 64 bits of each to tell most apart at once. Ids are ASCII by contract and are kept as
/// bytes, a third of what strings take; a block that meets another kind keeps strings.
/// </summary>
internal sealed class Ids
{
    private readonly ulong[] hashes = new ulong[Planes.Rows];
    private readonly ushort[] starts = new ushort[Planes.Rows + 1];
    private byte[] bytes = [];
    private string[]? others;

    public ulong HashAt(int row) => hashes[row];

    public string At(int row) => others is not null ? others[row] : Encoding.ASCII.GetString(Bytes(row));

    public bool Is(int row, string id, ulong hash) => hashes[row] == hash && (others is not null ? string.Equals(others[row], id, StringComparison.Ordinal) : Ascii.Equals(Bytes(row), id));

    /// <summary>The first row from one on that has or had this id; −1 where there is none.</summary>
    public int Find(string id, ulong hash, int from)
    {
        for (; from < Planes.Rows && hashes.AsSpan(from).IndexOf(hash) is >= 0 and var ahead; from++)
            if (Is(from += ahead, id, hash))
                return from;
        return -1;
    }

    /// <summary>Ordinal, as strings compare.</summary>
    public int Compare(int row, Ids other, int otherRow) =>
        others is null && other.others is null ? Bytes(row).SequenceCompareTo(other.Bytes(otherRow)) : string.CompareOrdinal(At(row), other.At(otherRow));

    public Ids With(int row, string id, ulong hash)
    {
        if (Is(row, id, hash))
            return this;
        var copy = new Ids();
        hashes.CopyTo(copy.hashes, 0);
        copy.hashes[row] = hash;
        if (others is not null || !Ascii.IsValid(id) || bytes.Length + id.Length > ushort.MaxValue)
        {
            copy.others = others is not null ? [.. others] : [.. Enumerable.Range(0, Planes.Rows).Select(At)];
            copy.others[row] = id;
            return copy;
        }
        var shift = id.Length - Bytes(row).Length;
        copy.bytes = new byte[bytes.Length + shift];
        bytes.AsSpan(0, starts[row]).CopyTo(copy.bytes);
        Encoding.ASCII.GetBytes(id, copy.bytes.AsSpan(starts[row]));
        bytes.AsSpan(starts[row + 1]).CopyTo(copy.bytes.AsSpan(starts[row] + id.Length));
        for (var i = 0; i < starts.Length; i++)
            copy.starts[i] = (ushort)(starts[i] + (i > row ? shift : 0));
        return copy;
    }

    /// <summary>All ids of a new block at once.</summary>
    public static Ids Of(IReadOnlyList<string> ids)
    {
        var made = new Ids();
        for (var row = 0; row < ids.Count; row++)
            made.hashes[row] = Hash.Of(ids[row]);
        var length = ids.Sum(id => id.Length);
        if (length > ushort.MaxValue || !ids.All(id => Ascii.IsValid(id)))
        {
            made.others = [.. ids, .. Enumerable.Repeat("", Planes.Rows - ids.Count)];
            return made;
        }
        made.bytes = new byte[length];
        for (int row = 0, at = 0; row < Planes.Rows; row++)
        {
            at += row < ids.Count ? Encoding.ASCII.GetBytes(ids[row], made.bytes.AsSpan(at)) : 0;
            made.starts[row + 1] = (ushort)at;
        }
        return made;
    }

    private ReadOnlySpan<byte> Bytes(int row) => bytes.AsSpan(starts[row], starts[row + 1] - starts[row]);
}

/// <summary>Whether a hash may be among those that a block was told of: one kilobyte, seldom wrong.</summary>
internal sealed class HashFilter
{
    private const int Bits = 8192;

    private readonly ulong[] bits;

    public HashFilter() => bits = new ulong[Bits / 64];

    public HashFilter(HashFilter from) => bits = [.. from.bits];

    // Two bits each, from the two ends of the mixed hash.
    public void Add(ulong hash)
    {
        var (one, other) = At(hash);
        bits[one / 64] |= 1UL << one;
        bits[other / 64] |= 1UL << other;
    }

    public bool May(ulong hash)
    {
        var (one, other) = At(hash);
        return (bits[one / 64] >> one & bits[other / 64] >> other & 1) != 0;
    }

    private static (int One, int Other) At(ulong hash) => ((int)(hash * 0x9E3779B97F4A7C15 >> 51), (int)(hash * 0x9E3779B97F4A7C15 >> 38 & Bits - 1));
}
