using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>Which plane of a <see cref="PositionBlock"/> says what.</summary>
internal sealed class PositionLayout
{
    private const int Axes = 13;

    public const int Live = 0, Open = 1, Tags = 2, Remote = Tags + SeekerShard.MaxTags, HasBed = Remote + 1, BedUnsaid = HasBed + 1, HoursSaid = BedUnsaid + 1;
    public const int PayKnown = HoursSaid + 1, ShiftsUnsaid = PayKnown + 1, AsksSchooling = ShiftsUnsaid + 1;
    public const int PartTimeNo = AsksSchooling + 1, PartTimeLater = PartTimeNo + 1, PartTimeUnsaid = PartTimeLater + 1;

    private const int Fails = PartTimeUnsaid + 1, Shorts = Fails + 3 * Axes, Demands = Shorts + 3 * Axes, Silent = Demands + 3 * Axes;
    private const int Schooling = Silent + Axes, There = Schooling + 8, Unsure = There + 11, Unsaid = Unsure + 11, Shifts = Unsaid + 11, Contracts = Shifts + 10, Places = Contracts + 11, Answers = Places + 5;

    private readonly int later, no;

    public PositionLayout(Numbering numbering)
    {
        later = Answers + numbering.Codes.Accommodations.Count;
        no = later + numbering.Codes.Accommodations.Count;
        Numbers = no + numbering.Codes.Accommodations.Count;
    }

    /// <summary>Where the planes of numbers begin: hours, then pay a month, each as wide as its block needs.</summary>
    public int Numbers { get; }

    /// <summary>Nobody with this capacity (0–2) can do it, whatever is arranged.</summary>
    public static int Fail(int axis, int capacity) => Fails + 3 * axis + capacity;

    /// <summary>With this capacity (0–2) something must close the gap, and something can.</summary>
    public static int Short(int axis, int capacity) => Shorts + 3 * axis + capacity;

    /// <param name="level">1–3: at least so much is asked.</param>
    public static int Demand(int axis, int level) => Demands + 3 * axis + level - 1;

    public static int NoDemand(int axis) => Silent + axis;

    /// <param name="level">1–8: at least this schooling is asked for.</param>
    public static int Education(int level) => Schooling + level - 1;

    public static int Has(Exposure exposure) => There + (int)exposure;

    public static int MayHave(Exposure exposure) => Unsure + (int)exposure;

    public static int NothingSaid(Exposure exposure) => Unsaid + (int)exposure;

    public static int Has(Shift shift) => Shifts + (int)shift;

    public static int Of(Contract contract) => Contracts + (int)contract;

    public static int Of(Place place) => Places + (int)place;

    public static int Offered(int accommodation) => Answers + accommodation;

    public int OnRequest(int accommodation) => later + accommodation;

    public int NotPossible(int accommodation) => no + accommodation;
}

/// <summary>Up to 512 positions as they stand on one day: bit planes for the musts, the packed positions for the pluses. Never changed once it can be read.</summary>
internal sealed class PositionBlock
{
    private readonly PackedPosition?[] packed;
    private readonly SoftPosition[] soft;
    private HashFilter ids = new(), declined = new();

    // Whom a row has declined, by hash; one of each for every decline.
    private List<ulong> declinedWhom = [];
    private List<int> declinedBy = [];
    private int changes;

    private PositionBlock(Planes planes, PackedPosition?[] packed, SoftPosition[] soft, int hoursBits, int payBits) =>
        (Planes, this.packed, this.soft, HoursBits, PayBits) = (planes, packed, soft, hoursBits, payBits);

    public Planes Planes { get; }

    public int Live { get; private set; }

    public int HoursBits { get; }

    public int PayBits { get; }

    /// <summary>No pay a month that is known is lower, or higher.</summary>
    public int PayLeast { get; private set; } = int.MaxValue;

    public int PayMost { get; private set; } = -1;

    /// <summary>The districts in which work of the block is, with their rows; −1 is no district.</summary>
    public RowsBy Districts { get; private set; } = new();

    public Papers Licences { get; private set; } = new();

    public Papers Skills { get; private set; } = new();

    public PackedPosition At(int row) => packed[row]!;

    /// <summary>By row, what the first pluses need.</summary>
    public ref SoftPosition Softs => ref MemoryMarshal.GetArrayDataReference(soft);

    public static PositionBlock Of(ReadOnlySpan<PackedPosition> positions, ReadOnlySpan<int> tags, PositionLayout layout, Numbering numbering)
    {
        var (hours, pay) = (0, 0);
        foreach (var position in positions)
            (hours, pay) = (hours | Math.Max(0, position.Hours), pay | Math.Max(0, position.PayMonthly));
        var (hoursBits, payBits) = (Planes.BitsOf(hours), Planes.BitsOf(pay));
        var block = new PositionBlock(new(layout.Numbers + hoursBits + payBits), new PackedPosition?[Planes.Rows], new SoftPosition[Planes.Rows], hoursBits, payBits);
        for (var row = 0; row < positions.Length; row++)
        {
            block.Write(row, positions[row], tags[row], layout, numbering);
            block.Count(row, positions[row]);
        }
        return block;
    }

    /// <summary>The block with one row changed, or emptied where <paramref name="position"/> is null.</summary>
    public PositionBlock With(int row, PackedPosition? position, int tags, PositionLayout layout, Numbering numbering)
    {
        var (hours, pay) = (HoursBits, PayBits);
        if (position is not null)
            (hours, pay) = (Math.Max(hours, Planes.BitsOf(Math.Max(0, position.Hours))), Math.Max(pay, Planes.BitsOf(Math.Max(0, position.PayMonthly))));
        var planes = Planes.Copy(layout.Numbers + hours + pay);
        if (hours > HoursBits)
            planes.Move(layout.Numbers + HoursBits, PayBits, layout.Numbers + hours);
        var block = new PositionBlock(planes, [.. packed], [.. soft], hours, pay);
        planes.Clear(row);
        block.packed[row] = null;
        if (position is not null)
            block.Write(row, position, tags, layout, numbering);
        if (changes < Planes.Rows)
            block.Recount(this, row);
        else
            block.CountAll();
        return block;
    }

    /// <summary>Takes out the rows that declined the seeker or were declined by them.</summary>
    public Vector512<ulong> Undeclined(Vector512<ulong> rows, PackedSeeker seeker)
    {
        var some = Vector512<ulong>.Zero;
        if (declined.May(seeker.IdHash))
            for (var at = 0; CollectionsMarshal.AsSpan(declinedWhom)[at..].IndexOf(seeker.IdHash) is >= 0 and var ahead; at++)
                some |= Rows512.Only(declinedBy[at += ahead]);
        foreach (var own in seeker.Declines ?? [])
            if (ids.May(own.IdHash))
                some = rows;
        some &= rows;
        if (some == Vector512<ulong>.Zero)
            return rows;
        Span<ulong> left = stackalloc ulong[Planes.Words], asked = stackalloc ulong[Planes.Words];
        rows.CopyTo(left);
        some.CopyTo(asked);
        for (var word = 0; word < Planes.Words; word++)
            for (var bits = asked[word]; bits != 0; bits &= bits - 1)
                if (Declined(seeker, At(word * 64 + BitOperations.TrailingZeroCount(bits))))
                    left[word] ^= 1UL << BitOperations.TrailingZeroCount(bits);
        return Vector512.Create<ulong>(left);
    }

    internal static bool Declined(PackedSeeker seeker, PackedPosition position)
    {
        foreach (var decline in position.Declined)
            if (decline.IdHash == seeker.IdHash && decline.Id == seeker.Id)
                return true;
        if (seeker.Declines is { } own)
            foreach (var decline in own)
                if (decline.IdHash == position.IdHash && decline.Id == position.Id && Policy.Holds(decline.Decline, position.Today, position.Remote))
                    return true;
        return false;
    }

    /// <summary>What can be said of the whole block, from what was said before one row changed; what can only grow so is counted anew now and then.</summary>
    private void Recount(PositionBlock before, int row)
    {
        (Live, PayLeast, PayMost, changes) = (before.Live, before.PayLeast, before.PayMost, before.changes + 1);
        (Districts, Licences, Skills) = (new(before.Districts), new(before.Licences), new(before.Skills));
        (ids, declined, declinedWhom, declinedBy) = (new(before.ids), new(before.declined), [.. before.declinedWhom], [.. before.declinedBy]);
        if (before.packed[row] is { } old)
        {
            Live--;
            Districts.Take(old.District, row);
            Licences.Take(old.RequiredLicences, row);
            Skills.Take(old.RequiredSkills, row);
            for (var (count, at) = (old.Declined.Length, 0); count > 0; count--)
            {
                at = declinedBy.IndexOf(row, at);
                declinedBy.RemoveAt(at);
                declinedWhom.RemoveAt(at);
            }
        }
        if (packed[row] is { } position)
            Count(row, position);
    }

    private void CountAll()
    {
        for (var row = 0; row < packed.Length; row++)
            if (packed[row] is { } position)
                Count(row, position);
    }

    private void Count(int row, PackedPosition position)
    {
        Live++;
        if (position.PayKnown)
            (PayLeast, PayMost) = (Math.Min(PayLeast, position.PayMonthly), Math.Max(PayMost, position.PayMonthly));
        Districts.Add(position.District, row);
        Licences.Add(position.RequiredLicences, row);
        Skills.Add(position.RequiredSkills, row);
        ids.Add(position.IdHash);
        foreach (var decline in position.Declined)
        {
            declined.Add(decline.IdHash);
            declinedWhom.Add(decline.IdHash);
            declinedBy.Add(row);
        }
    }

    private void Write(int row, PackedPosition position, int tags, PositionLayout layout, Numbering numbering)
    {
        packed[row] = position;
        soft[row] = new(position);
        Planes.Set(PositionLayout.Live, row);
        Planes.SetBits(PositionLayout.Tags, (uint)tags, row);
        Planes.SetIf(position.Open, PositionLayout.Open, row);
        Planes.SetIf(position.Remote, PositionLayout.Remote, row);
        Planes.SetIf(position.HasBed, PositionLayout.HasBed, row);
        Planes.SetIf(position.Lodging is null, PositionLayout.BedUnsaid, row);
        Planes.SetIf(!position.ShiftsStated, PositionLayout.ShiftsUnsaid, row);
        Planes.SetIf(position.PartTime == Answer.NotPossible, PositionLayout.PartTimeNo, row);
        Planes.SetIf(position.PartTime == Answer.OnRequest, PositionLayout.PartTimeLater, row);
        Planes.SetIf(position.PartTime is null, PositionLayout.PartTimeUnsaid, row);
        for (var axis = 0; axis < numbering.Bridges.Length; axis++)
            WriteAxis(row, axis, position, numbering);
        Planes.SetIf(position.EducationMin >= 0, PositionLayout.AsksSchooling, row);
        for (var level = 1; level <= position.EducationMin; level++)
            Planes.Set(PositionLayout.Education(level), row);
        Planes.SetBits(PositionLayout.Has(Exposure.Noise), (uint)position.ExposuresThere, row);
        Planes.SetBits(PositionLayout.MayHave(Exposure.Noise), (uint)position.ExposuresOpen, row);
        Planes.SetBits(PositionLayout.NothingSaid(Exposure.Noise), (uint)(position.ExposuresOpen & ~position.ExposuresBearable), row);
        Planes.SetBits(PositionLayout.Has(Shift.Day), (uint)position.ShiftsHeld, row);
        if (position.Contract >= 0)
            Planes.Set(PositionLayout.Of((Contract)position.Contract), row);
        Planes.Set(PositionLayout.Of(position.Place), row);
        Planes.SetBits(PositionLayout.Offered(0), position.Offered, row);
        Planes.SetBits(layout.OnRequest(0), position.OnRequest, row);
        Planes.SetBits(layout.NotPossible(0), position.NotPossible, row);
        Planes.SetIf(position.Hours >= 0, PositionLayout.HoursSaid, row);
        Planes.SetBits(layout.Numbers, (uint)(Math.Max(0, position.Hours)), row);
        Planes.SetIf(position.PayKnown, PositionLayout.PayKnown, row);
        Planes.SetBits(layout.Numbers + HoursBits, (uint)(Math.Max(0, position.PayMonthly)), row);
    }

    private void WriteAxis(int row, int axis, PackedPosition position, Numbering numbering)
    {
        var demand = position.DemandOn(axis);
        Planes.SetIf(demand < 0, PositionLayout.NoDemand(axis), row);
        if (demand <= 0)
            return;
        var (least, bridging) = (demand, position.Bridging(numbering));
        foreach (var bridge in numbering.Bridges[axis])
            if ((bridging >> bridge.Bit & 1) != 0 && bridge.To >= demand)
                least = Math.Min(least, bridge.From);
        for (var level = 1; level <= demand; level++)
            Planes.Set(PositionLayout.Demand(axis, level), row);
        for (var capacity = 0; capacity < demand; capacity++)
            Planes.Set(capacity < least ? PositionLayout.Fail(axis, capacity) : PositionLayout.Short(axis, capacity), row);
    }
}

/// <summary>What the first pluses need of a position, in half a cache line; the rest is read of the few that get so far.</summary>
internal readonly struct SoftPosition
{
    private const int Inline = 8;
    private readonly ulong skills;
    private readonly short fixedTenths, most;

    public SoftPosition(PackedPosition position)
    {
        (fixedTenths, most, KnownAxes) = ((short)position.Fixed, (short)(position.Fixed + position.SkillPoints[^1]), (ushort)position.KnownAxes);
        (Title, Workplace, Pay, Hours) = (position.TitleNumber, position.WorkplaceNumber, position.PayNumber, position.Hours + 1);
        // More than fit here, and what must be compared by words, is read from the packed position.
        IsPlain = position.ListedWords.Length == 0 && position.ListedSkills.Length <= Inline;
        if (!IsPlain)
            return;
        Listed = (byte)position.ListedSkills.Length;
        for (var i = 0; i < position.ListedSkills.Length; i++)
            skills |= (ulong)position.ListedSkills[i] << 8 * i;
    }

    public int Title { get; }

    public int Workplace { get; }

    public int Pay { get; }

    /// <summary>One more than worked a week; 0 where not stated.</summary>
    public int Hours { get; }

    /// <summary>Tenths that do not depend on the person.</summary>
    public int Fixed => fixedTenths;

    /// <summary>The same with all listed skills held.</summary>
    public int Most => most;

    public ushort KnownAxes { get; }

    /// <summary>How many skills are listed, where the record is plain.</summary>
    public byte Listed { get; }

    public bool IsPlain { get; }

    public int CountIn(in SkillBits held)
    {
        var count = 0;
        var left = skills;
        for (var i = 0; i < Listed; i++, left >>= 8)
            count += held.Has((int)(left & 255)) ? 1 : 0;
        return count;
    }
}
