using System.Runtime.Intrinsics;

namespace JobMatch.Matching;

/// <summary>Which plane of a <see cref="PositionBlock"/> says what.</summary>
internal sealed class PositionLayout
{
    private const int Axes = 13;

    public const int Live = 0, Open = 1, Tags = 2, Remote = Tags + SeekerShard.MaxTags, HasBed = Remote + 1, BedUnsaid = HasBed + 1, HoursSaid = BedUnsaid + 1;
    public const int PayKnown = HoursSaid + 1, ShiftsUnsaid = PayKnown + 1, AsksSchooling = ShiftsUnsaid + 1, HasDeclined = AsksSchooling + 1;
    public const int PartTimeNo = HasDeclined + 1, PartTimeLater = PartTimeNo + 1, PartTimeUnsaid = PartTimeLater + 1;

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

    private PositionBlock(Planes planes, PackedPosition?[] packed, SoftPosition[] soft, int hoursBits, int payBits) =>
        (Planes, this.packed, this.soft, HoursBits, PayBits) = (planes, packed, soft, hoursBits, payBits);

    public Planes Planes { get; }

    public int Live { get; private set; }

    public int HoursBits { get; }

    public int PayBits { get; }

    /// <summary>The districts in which work of the block is, with their rows; −1 is no district.</summary>
    public (int District, Vector512<ulong> Rows)[] Districts { get; private set; } = [];

    /// <summary>Licences that somebody in the block asks for, each with the rows that do.</summary>
    public (int Of, Vector512<ulong> Rows)[] Licences { get; private set; } = [];

    /// <summary>Likewise the required skills.</summary>
    public (int Of, Vector512<ulong> Rows)[] Skills { get; private set; } = [];

    public bool AnyDeclined { get; private set; }

    public PackedPosition At(int row) => packed[row]!;

    public ref readonly SoftPosition SoftAt(int row) => ref soft[row];

    public static PositionBlock Of(ReadOnlySpan<PackedPosition> positions, ReadOnlySpan<int> tags, PositionLayout layout, Numbering numbering)
    {
        var (hours, pay) = (0, 0);
        foreach (var position in positions)
            (hours, pay) = (hours | Math.Max(0, position.Hours), pay | Math.Max(0, position.PayMonthly));
        var block = Empty(Planes.BitsOf(hours), Planes.BitsOf(pay), layout);
        for (var row = 0; row < positions.Length; row++)
            block.Write(row, positions[row], tags[row], layout, numbering);
        block.Sum();
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
        block.Sum();
        return block;
    }

    private static PositionBlock Empty(int hours, int pay, PositionLayout layout) =>
        new(new(layout.Numbers + hours + pay), new PackedPosition?[Planes.Rows], new SoftPosition[Planes.Rows], hours, pay);

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
        Planes.SetIf(position.Declined.Length > 0, PositionLayout.HasDeclined, row);
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

    private void Sum()
    {
        var districts = new RowsBy<int>();
        var licences = new RowsBy<int>();
        var skills = new RowsBy<int>();
        Live = 0;
        for (var row = 0; row < packed.Length; row++)
            if (packed[row] is { } position)
            {
                Live++;
                districts.Add(position.District, row);
                foreach (var licence in position.RequiredLicences)
                    licences.Add(licence, row);
                foreach (var skill in position.RequiredSkills)
                    skills.Add(skill, row);
                AnyDeclined |= position.Declined.Length > 0;
            }
        Districts = districts.ToArray();
        (Licences, Skills) = (licences.ToArray(), skills.ToArray());
    }
}

/// <summary>What the first pluses need of a position, in one cache line; the rest is read of the few that get so far.</summary>
internal readonly struct SoftPosition
{
    private const int Inline = 8;
    private readonly ulong skills;
    private readonly byte listed;

    public SoftPosition(PackedPosition position)
    {
        (Packed, Fixed, KnownAxes, SkillPoints) = (position, position.Fixed, (ushort)position.KnownAxes, position.SkillPoints);
        (Title, Workplace, Pay, Hours) = (position.TitleNumber, position.WorkplaceNumber, position.PayNumber, position.Hours + 1);
        // More than fit here, and what must be compared by words, is read from the packed position.
        IsPlain = position.ListedWords.Length == 0 && position.ListedSkills.Length <= Inline;
        if (!IsPlain)
            return;
        listed = (byte)position.ListedSkills.Length;
        for (var i = 0; i < position.ListedSkills.Length; i++)
            skills |= (ulong)position.ListedSkills[i] << 8 * i;
    }

    public PackedPosition Packed { get; }

    public int Title { get; }

    public int Workplace { get; }

    public int Pay { get; }

    /// <summary>One more than worked a week; 0 where not stated.</summary>
    public int Hours { get; }

    public short[] SkillPoints { get; }

    public int Fixed { get; }

    public ushort KnownAxes { get; }

    public bool IsPlain { get; }

    public int CountIn(in SkillBits held)
    {
        var count = 0;
        var left = skills;
        for (var i = 0; i < listed; i++, left >>= 8)
            count += held.Has((int)(left & 255)) ? 1 : 0;
        return count;
    }
}
