using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace JobMatch.Matching;

/// <summary>Which plane of a <see cref="SeekerBlock"/> says what.</summary>
internal sealed class SeekerLayout
{
    private const int Axes = 13;

    public const int Live = 0, Tags = 1, HasFloor = Tags + SeekerShard.MaxTags, HasMost = HasFloor + 1, BedNeeded = HasMost + 1, BedAccepted = BedNeeded + 1;
    public const int NoSkills = BedAccepted + 1, NoLicences = NoSkills + 1, NoEducation = NoLicences + 1;

    // Three for each axis: a stated capacity below 1, 2 and 3; then one for no stated capacity.
    private const int Levels = NoEducation + 1, Silent = Levels + 3 * Axes;
    private const int Schooling = Silent + Axes, Exposures = Schooling + 8, Shifts = Exposures + 11, Contracts = Shifts + 10, Places = Contracts + 11, Accommodations = Places + 5;

    private readonly int marked, skills;
    private readonly int[] said;
    private readonly Numbering numbering;

    public SeekerLayout(Numbering numbering)
    {
        this.numbering = numbering;
        marked = Accommodations + numbering.Codes.Accommodations.Count;
        skills = marked + numbering.Codes.Accommodations.Count;
        Numbers = skills + numbering.Codes.Skills.Count;
        said = new int[numbering.Codes.Skills.Count];
        for (var skill = 0; skill < said.Length; skill++)
            said[skill] = numbering.IsLicence(skill) ? Numbers++ : Skill(skill);
    }

    /// <summary>Where the planes of numbers begin: commute, floor, most hours, each as wide as its block needs.</summary>
    public int Numbers { get; }

    /// <param name="level">1–3.</param>
    public static int Below(int axis, int level) => Levels + 3 * axis + level - 1;

    public static int NoCapacity(int axis) => Silent + axis;

    /// <param name="level">1–8: schooling is stated and lower.</param>
    public static int EducationBelow(int level) => Schooling + level - 1;

    public static int Avoids(Exposure exposure) => Exposures + (int)exposure;

    public static int Avoids(Shift shift) => Shifts + (int)shift;

    public static int Refuses(Contract contract) => Contracts + (int)contract;

    public static int Refuses(Place place) => Places + (int)place;

    public static int Must(int accommodation) => Accommodations + accommodation;

    public int Marked(int accommodation) => marked + accommodation;

    public int Skill(int skill) => skills + skill;

    /// <summary>The free words that have a number.</summary>
    public HeldWords WordsAt(int number) => numbering.WordsAt(number);

    /// <summary>The skill stands in the list of skills; a licence may stand among the licences only.</summary>
    public int Said(int skill) => said[skill];
}

/// <summary>Up to 512 seekers: bit planes for the musts, a small record each for the pluses. Never changed once it can be read.</summary>
internal sealed class SeekerBlock
{
    private readonly Soft[] soft;
    private HashFilter? declined;
    private int changes;

    private SeekerBlock(Planes planes, Soft[] soft, Ids ids) => (Planes, this.soft, Ids) = (planes, soft, ids);

    public Planes Planes { get; }

    public Ids Ids { get; private init; }

    /// <summary>How many rows have all of some tags.</summary>
    public TagCounts Tagged { get; private set; }

    public int CommuteBits { get; private init; }

    public int FloorBits { get; private init; }

    public int HoursBits { get; private init; }

    /// <summary>Nobody takes a shorter longest way, or a longer one.</summary>
    public int CommuteLeast { get; private set; } = int.MaxValue;

    public int CommuteMost { get; private set; } = int.MinValue;

    /// <summary>The districts in which somebody of the block lives, with their rows.</summary>
    public RowsBy Districts { get; private set; } = new();

    /// <summary>What seekers declined or were declined for, by row; null where nobody did.</summary>
    public PackedDecline[]?[]? Declines { get; private set; }

    /// <summary>What does not fit the small record, by row; null where everything does.</summary>
    private Wide?[]? Wides { get; set; }

    /// <summary>A block of these seekers; the first is row 0.</summary>
    public static SeekerBlock Of(ReadOnlySpan<PackedSeeker> seekers, ReadOnlySpan<int> tags, SeekerLayout layout, Numbering numbering)
    {
        var (commute, floor, hours) = (0, 0, 0);
        var ids = new string[seekers.Length];
        for (var row = 0; row < seekers.Length; row++)
        {
            var seeker = seekers[row];
            ids[row] = seeker.Id;
            (commute, floor, hours) = (commute | Math.Max(0, seeker.Commute), floor | seeker.Floor, hours | Math.Max(0, seeker.HoursMax));
        }
        var (commuteBits, floorBits, hoursBits) = (Planes.BitsOf(commute), Planes.BitsOf(floor), Planes.BitsOf(hours));
        var block = new SeekerBlock(new(layout.Numbers + commuteBits + floorBits + hoursBits), new Soft[Planes.Rows], Ids.Of(ids))
        {
            CommuteBits = commuteBits,
            FloorBits = floorBits,
            HoursBits = hoursBits,
        };
        for (var row = 0; row < seekers.Length; row++)
        {
            block.Write(row, seekers[row], tags[row], layout);
            block.Count(row, numbering);
        }
        block.Tagged = TagCounts.Of(block.Planes);
        return block;
    }

    /// <summary>The block with one row changed, or emptied where <paramref name="seeker"/> is null.</summary>
    public SeekerBlock With(int row, PackedSeeker? seeker, int tags, SeekerLayout layout, Numbering numbering)
    {
        if (seeker is not null && (Planes.BitsOf(Math.Max(0, seeker.Commute)) > CommuteBits || Planes.BitsOf(seeker.Floor) > FloorBits || Planes.BitsOf(Math.Max(0, seeker.HoursMax)) > HoursBits))
            return Widened(seeker, layout, numbering).With(row, seeker, tags, layout, numbering);
        var block = new SeekerBlock(Planes.Copy(Planes.Count), [.. soft], seeker is null ? Ids : Ids.With(row, seeker.Id, seeker.IdHash))
        {
            CommuteBits = CommuteBits,
            FloorBits = FloorBits,
            HoursBits = HoursBits,
            Declines = Declines is null ? null : [.. Declines],
            Wides = Wides is null ? null : [.. Wides],
        };
        block.Planes.Clear(row);
        block.Declines?[row] = null;
        block.Wides?[row] = null;
        if (seeker is not null)
            block.Write(row, seeker, tags, layout);
        if (changes < Planes.Rows)
            block.Recount(this, row, numbering);
        else
            block.CountAll(numbering);
        block.Tagged = TagCounts.Of(block.Planes);
        return block;
    }

    /// <summary>Takes out the rows that declined the position or were declined there.</summary>
    public Vector512<ulong> Undeclined(Vector512<ulong> rows, PackedPosition position)
    {
        var mayDecline = declined?.May(position.IdHash) == true;
        if (position.Declined.Length == 0 && !mayDecline)
            return rows;
        Span<ulong> words = stackalloc ulong[Planes.Words];
        rows.CopyTo(words);
        foreach (var one in position.Declined)
            for (var row = -1; (row = Ids.Find(one.Id, one.IdHash, row + 1)) >= 0;)
                words[row >> 6] &= ~(1UL << row);
        if (mayDecline)
            for (var word = 0; word < words.Length; word++)
                for (var left = words[word]; left != 0; left &= left - 1)
                    if (Declines![word * 64 + BitOperations.TrailingZeroCount(left)] is { } own && Declined(own, position))
                        words[word] &= ~(1UL << BitOperations.TrailingZeroCount(left));
        return Vector512.Create<ulong>(words);
    }

    /// <summary>The rows that declined a position or were declined for it, whether that still counts or not.</summary>
    public IEnumerable<int> Declining(string position, ulong hash) => declined?.May(hash) == true && Declines is { } all
        ? Enumerable.Range(0, all.Length).Where(row => all[row] is { } own && own.Any(one => one.IdHash == hash && one.Id == position))
        : [];

    private static bool Declined(PackedDecline[] own, PackedPosition position)
    {
        foreach (var decline in own)
            if (decline.IdHash == position.IdHash && decline.Id == position.Id && Policy.Holds(decline.Decline, position.Today, position.Remote))
                return true;
        return false;
    }

    /// <summary>By row, what the pluses need.</summary>
    public ref Soft Softs => ref MemoryMarshal.GetArrayDataReference(soft);

    /// <summary>Asks memory for what scoring these rows reads.</summary>
    public unsafe void Fetch(ReadOnlySpan<ulong> rows, PackedPosition position, SeekerLayout layout)
    {
        if (!Sse.IsSupported)
            return;
        var any = 0UL;
        for (var word = 0; word < rows.Length; word++)
        {
            any |= rows[word];
            for (var bits = rows[word]; bits != 0; bits &= bits - 1)
                Sse.Prefetch0(Unsafe.AsPointer(ref soft[word * 64 + BitOperations.TrailingZeroCount(bits)]));
        }
        if (any != 0)
            foreach (var skill in position.ListedSkills)
                Sse.Prefetch0((ulong*)Unsafe.AsPointer(ref Planes.Origin) + layout.Skill(skill) * Planes.Words);
    }

    /// <summary>The score of a row in tenths.</summary>
    public int Tenths(int row, PackedPosition position, SeekerLayout layout)
    {
        ref readonly var seeker = ref soft[row];
        var wide = seeker.IsWide ? Wides![row] : null;
        var words = wide is not null ? wide.Words : seeker.HasWords ? layout.WordsAt(seeker.Words) : null;
        return position.Fixed + position.Weights.Known(BitOperations.PopCount((uint)(seeker.KnownAxes & position.KnownAxes)))
            + (seeker.IsWide ? wide!.ByNumber(position) : seeker.ByNumber(position))
            + position.SkillPoints[position.SkillPoints.Length == 1 ? 0 : Held(row, words, position, layout)]
            + seeker.Helped(position);
    }

    private int Held(int row, HeldWords? words, PackedPosition position, SeekerLayout layout)
    {
        var held = 0;
        foreach (var skill in position.ListedSkills)
            held += Planes.Has(layout.Skill(skill), row) || words is not null && words.Codes.Has(skill) ? 1 : 0;
        foreach (var listed in position.ListedWords)
            held += words?.Have(listed) == true || SaysOne(row, listed.Codes, layout) ? 1 : 0;
        return held;
    }

    private bool SaysOne(int row, int[] skills, SeekerLayout layout)
    {
        foreach (var skill in skills)
            if (Planes.Has(layout.Said(skill), row))
                return true;
        return false;
    }

    private SeekerBlock Widened(PackedSeeker seeker, SeekerLayout layout, Numbering numbering)
    {
        var commute = Math.Max(CommuteBits, Planes.BitsOf(Math.Max(0, seeker.Commute)));
        var floor = Math.Max(FloorBits, Planes.BitsOf(seeker.Floor));
        var hours = Math.Max(HoursBits, Planes.BitsOf(Math.Max(0, seeker.HoursMax)));
        var planes = Planes.Copy(layout.Numbers + commute + floor + hours);
        planes.Move(layout.Numbers + CommuteBits + FloorBits, HoursBits, layout.Numbers + commute + floor);
        planes.Move(layout.Numbers + CommuteBits, FloorBits, layout.Numbers + commute);
        planes.Move(layout.Numbers, CommuteBits, layout.Numbers);
        var block = new SeekerBlock(planes, soft, Ids) { CommuteBits = commute, FloorBits = floor, HoursBits = hours, Declines = Declines, Wides = Wides };
        block.CountAll(numbering);
        return block;
    }

    private void Write(int row, PackedSeeker seeker, int tags, SeekerLayout layout)
    {
        Planes.Set(SeekerLayout.Live, row);
        Planes.SetBits(SeekerLayout.Tags, (uint)tags, row);
        for (var axis = 0; axis < 13; axis++)
        {
            var capacity = seeker.CapacityOn(axis);
            if (capacity < 0)
                Planes.Set(SeekerLayout.NoCapacity(axis), row);
            else
                for (var level = capacity + 1; level <= 3; level++)
                    Planes.Set(SeekerLayout.Below(axis, level), row);
        }
        if (seeker.Education < 0)
            Planes.Set(SeekerLayout.NoEducation, row);
        else
            for (var level = seeker.Education + 1; level <= 8; level++)
                Planes.Set(SeekerLayout.EducationBelow(level), row);
        Planes.SetBits(SeekerLayout.Avoids(Exposure.Noise), (uint)seeker.AvoidedExposures, row);
        Planes.SetBits(SeekerLayout.Avoids(Shift.Day), (uint)seeker.AvoidedShifts, row);
        Planes.SetBits(SeekerLayout.Refuses(Contract.OpenEnded), (uint)(seeker.RefusedContracts & (1 << 11) - 1), row);
        Planes.SetBits(SeekerLayout.Refuses(Place.OnSite), (uint)seeker.RefusedPlaces, row);
        Planes.SetBits(SeekerLayout.Must(0), seeker.Musts, row);
        Planes.SetBits(layout.Marked(0), seeker.Marked, row);
        foreach (var skill in seeker.Held.Numbers())
            Planes.Set(layout.Skill(skill), row);
        foreach (var skill in seeker.Said.Numbers())
            Planes.Set(layout.Said(skill), row);
        Planes.SetIf(!seeker.SkillsStated, SeekerLayout.NoSkills, row);
        Planes.SetIf(!seeker.LicencesStated, SeekerLayout.NoLicences, row);
        Planes.SetIf(seeker.Lodging == LodgingWish.Needed, SeekerLayout.BedNeeded, row);
        Planes.SetIf(seeker.Lodging == LodgingWish.Accepted, SeekerLayout.BedAccepted, row);
        Planes.SetIf(seeker.Floor > 0, SeekerLayout.HasFloor, row);
        Planes.SetIf(seeker.HoursMax >= 0, SeekerLayout.HasMost, row);
        Planes.SetBits(layout.Numbers, (uint)(Math.Max(0, seeker.Commute)), row);
        Planes.SetBits(layout.Numbers + CommuteBits, (uint)seeker.Floor, row);
        Planes.SetBits(layout.Numbers + CommuteBits + FloorBits, (uint)(Math.Max(0, seeker.HoursMax)), row);
        soft[row] = seeker.Soft;
        if (seeker.Wide is not null)
            (Wides ??= new Wide?[Planes.Rows])[row] = seeker.Wide;
        if (seeker.Declines is not null)
            (Declines ??= new PackedDecline[]?[Planes.Rows])[row] = seeker.Declines;
    }

    /// <summary>What can be said of the whole block, from what was said before one row changed; what can only grow so is counted anew now and then.</summary>
    private void Recount(SeekerBlock before, int row, Numbering numbering)
    {
        (CommuteLeast, CommuteMost, Districts, changes) = (before.CommuteLeast, before.CommuteMost, new(before.Districts), before.changes + 1);
        declined = before.declined is { } known ? new(known) : null;
        if (before.Planes.Has(SeekerLayout.Live, row))
            Districts.Take(before.soft[row].District, row);
        if (Planes.Has(SeekerLayout.Live, row))
            Count(row, numbering);
    }

    private void CountAll(Numbering numbering)
    {
        for (var row = 0; row < Planes.Rows; row++)
            if (Planes.Has(SeekerLayout.Live, row))
                Count(row, numbering);
    }

    private void Count(int row, Numbering numbering)
    {
        var commute = numbering.CommuteAt(soft[row].CommuteNumber(Wides?[row]));
        (CommuteLeast, CommuteMost) = (Math.Min(CommuteLeast, commute), Math.Max(CommuteMost, commute));
        Districts.Add(soft[row].District, row);
        foreach (var decline in Declines?[row] ?? [])
            (declined ??= new()).Add(decline.IdHash);
    }
}

/// <summary>What the pluses need of a seeker, in half a cache line; what does not fit is in <see cref="Wide"/>.</summary>
internal readonly struct Soft
{
    private const int Inline = 3, TooMuch = ushort.MaxValue;

    private readonly ulong helps;
    private readonly ushort exposures, shiftsAndFlags, commute, floor, hours, wish0, wish1, wish2;

    /// <summary>Bits of <see cref="Flags"/>: skills in free words, numbers that do not fit, something that P6 looks at.</summary>
    public const int SaidInWords = 8, TooWide = 16, Marked = 32;

    // Ten shifts leave room for the three above them.
    private const int FlagsShift = 10;

    public Soft(PackedSeeker seeker)
    {
        helps = seeker.Marked & ~seeker.Musts;
        (KnownAxes, exposures, District) = ((ushort)seeker.KnownAxes, (ushort)seeker.DislikedExposures, seeker.District);
        var wide = IsTooWide(seeker);
        var flags = (seeker.Words is not null ? SaidInWords : 0) | (wide ? TooWide : 0) | (helps != 0 || (exposures | seeker.DislikedShifts) != 0 ? Marked : 0);
        shiftsAndFlags = (ushort)(seeker.DislikedShifts | flags << FlagsShift);
        if (wide)
        {
            Words = TooMuch;
            return;
        }
        Words = (ushort)seeker.WordsNumber;
        (commute, floor, hours) = ((ushort)seeker.CommuteNumber, (ushort)seeker.FloorNumber, (ushort)seeker.HoursNumber);
        // Fewer than fit are said again, so that all can be looked up without asking how many there are.
        (wish0, wish1, wish2) = ((ushort)seeker.Wishes[0], (ushort)seeker.Wishes[^1], (ushort)seeker.Wishes[seeker.Wishes.Length / 2]);
    }

    private static bool IsTooWide(PackedSeeker seeker) =>
        seeker.Wishes.Length > Inline || seeker.CommuteNumber >= PointsTable.KeptCommutes || seeker.WordsNumber >= TooMuch
        || Math.Max(Math.Max(seeker.FloorNumber, seeker.HoursNumber), seeker.Wishes.Max()) >= PointsTable.KeptSeekers;

    public int District { get; }

    public ushort KnownAxes { get; }

    /// <summary>The number of the free words; 0 for none.</summary>
    public ushort Words { get; }

    /// <summary>The numbers do not fit, and are read from <see cref="Wide"/>.</summary>
    public bool IsWide => Words == TooMuch;

    public bool HasWords => Words != 0;

    /// <summary>Whether P6 is worth a look: something is marked.</summary>
    public bool Marks => (Flags & Marked) != 0;

    public int Flags => shiftsAndFlags >> FlagsShift;

    private int Disliked => shiftsAndFlags & (1 << FlagsShift) - 1;

    internal ushort Wish0 => wish0;

    internal ushort Wish1 => wish1;

    internal ushort Wish2 => wish2;

    internal ushort Commute => commute;

    internal ushort Floor => floor;

    internal ushort Hours => hours;

    public int CommuteNumber(Wide? wide) => wide?.CommuteNumber ?? commute;

    /// <summary>P2, P4, P5 and P8 in tenths.</summary>
    public int ByNumber(PackedPosition position) =>
        Math.Max(Math.Max(position.Wishes.At(wish0), position.Wishes.At(wish1)), position.Wishes.At(wish2))
        + position.Ways.At(commute) + position.Pay.At(floor) + position.Worked.At(hours);

    /// <summary>P6 in tenths.</summary>
    public int Helped(PackedPosition position)
    {
        if (!Marks)
            return position.Weights.Helpful(0, 0);
        var asked = position.Remote ? helps & ~position.OnSiteScope : helps;
        var bearable = exposures & position.ExposuresBearable;
        var absent = position.ShiftsStated ? Disliked & ~position.ShiftsHeld : 0;
        var halves = 2 * (BitOperations.PopCount(asked & position.Offered) + BitOperations.PopCount((uint)bearable) + BitOperations.PopCount((uint)absent))
            + BitOperations.PopCount(asked & position.OnRequest);
        return position.Weights.Helpful(halves, BitOperations.PopCount(asked) + BitOperations.PopCount((uint)(exposures | Disliked << 16)));
    }
}

/// <summary>What is past the small record's widths: many wishes, numbers too high to be kept, skills in free words.</summary>
internal sealed class Wide(PackedSeeker seeker)
{
    public int CommuteNumber => seeker.CommuteNumber;

    public HeldWords? Words => seeker.Words;

    /// <summary>P2, P4, P5 and P8 in tenths.</summary>
    public int ByNumber(PackedPosition position)
    {
        var rest = position.Ways.At(seeker.CommuteNumber) + position.Pay.At(seeker.FloorNumber) + position.Worked.At(seeker.HoursNumber);
        var best = 0;
        foreach (var wish in seeker.Wishes)
            best = Math.Max(best, position.Wishes.At(wish));
        return rest + best;
    }
}
