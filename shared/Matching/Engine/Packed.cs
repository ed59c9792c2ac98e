using System.Numerics;
using System.Runtime.CompilerServices;

namespace JobMatch.Matching;

/// <summary>A seeker as numbers and bits: what asks a <see cref="PositionShard"/>, and what fills a row of a <see cref="SeekerShard"/>.</summary>
public sealed class PackedSeeker
{
    internal PackedSeeker(Seeker seeker, Numbering numbering)
    {
        (Id, IdHash) = (seeker.Id, Hash.Of(seeker.Id));
        District = numbering.DistrictOf(seeker.District);
        foreach (var (axis, level) in seeker.Capacity)
        {
            Capacity |= (ulong)(Math.Clamp(level, 0, 3) + 1) << 4 * (int)axis;
            KnownAxes |= 1 << (int)axis;
        }
        foreach (var (code, mark) in seeker.Needs)
            if (numbering.AccommodationOf(code) is >= 0 and var bit)
            {
                Marked |= 1UL << bit;
                Musts |= mark == Mark.Must ? 1UL << bit : 0;
            }
        foreach (var (exposure, word) in seeker.AvoidExposures)
            _ = word == Avoidance.MustAvoid ? AvoidedExposures |= 1 << (int)exposure : DislikedExposures |= 1 << (int)exposure;
        foreach (var (shift, word) in seeker.AvoidShifts)
            _ = word == Avoidance.MustAvoid ? AvoidedShifts |= 1 << (int)shift : DislikedShifts |= 1 << (int)shift;
        Education = seeker.Education is { } education ? (int)education : -1;
        RefusedContracts = seeker.Contracts is { Count: > 0 } contracts ? ~contracts.Aggregate(0, (bits, x) => bits | 1 << (int)x) : 0;
        foreach (var place in Enum.GetValues<Place>())
            RefusedPlaces |= Policy.TakesPlace(seeker, place) ? 0 : 1 << (int)place;
        Lodging = seeker.Lodging;
        // A way on no map is longer than any limit, also than the last of all numbers.
        Commute = Math.Min(Policy.CommuteLimit(seeker), int.MaxValue - 1);
        Floor = Policy.Floor(seeker) ?? 0;
        if (seeker.HoursPerWeek is { } wish && (wish.Min, wish.Max) is not (null, null))
            (HoursWished, HoursMin, HoursMax) = (true, wish.Min ?? 0, wish.Max ?? -1);
        Wishes = seeker.Occupations is { Count: > 0 } wishes ? [.. wishes.Select(numbering.WishOf).Distinct()] : [0];
        (SkillsStated, LicencesStated) = (seeker.Skills is not null, seeker.Licences is not null);
        PackSkills(seeker, numbering);
        CommuteNumber = numbering.CommuteOf(District, Commute, Lodging is LodgingWish.Needed or LodgingWish.Accepted);
        (FloorNumber, HoursNumber) = (numbering.FloorOf(Floor), numbering.HoursOf(HoursWished ? Math.Max(0, HoursMin) : -1, HoursMax));
        Soft = new(this);
        Wide = Soft.IsWide ? new(this) : null;
        Declines = seeker.Declines.Count == 0 && seeker.DeclinedBy is not { Count: > 0 } ? null
            : [.. seeker.Declines.Concat(seeker.DeclinedBy ?? new Dictionary<string, Decline>()).Select(x => new PackedDecline(x.Key, Hash.Of(x.Key), x.Value))];
    }

    internal string Id { get; }

    internal ulong IdHash { get; }

    internal int District { get; }

    /// <summary>Four bits an axis: 0 is not stated, otherwise one more than the level.</summary>
    internal ulong Capacity { get; }

    internal int KnownAxes { get; }

    internal ulong Musts { get; }

    internal ulong Marked { get; }

    internal int AvoidedExposures { get; }

    internal int DislikedExposures { get; }

    internal int AvoidedShifts { get; }

    internal int DislikedShifts { get; }

    /// <summary>−1 where not stated.</summary>
    internal int Education { get; }

    internal int RefusedContracts { get; }

    internal int RefusedPlaces { get; }

    internal LodgingWish? Lodging { get; }

    internal int Commute { get; }

    /// <summary>0 is none.</summary>
    internal int Floor { get; }

    internal bool HoursWished { get; }

    internal int HoursMin { get; }

    /// <summary>−1 is no limit.</summary>
    internal int HoursMax { get; } = -1;

    /// <summary>At least one; 0 where nothing is wished.</summary>
    internal int[] Wishes { get; }

    internal bool SkillsStated { get; }

    internal bool LicencesStated { get; }

    /// <summary>The coded skills that are held, licences from either list.</summary>
    internal SkillBits Held { get; private set; }

    /// <summary>The coded skills that a posting's list finds held: also those that the seeker's free words mean.</summary>
    internal SkillBits Counted { get; private set; }

    /// <summary>The coded skills of the list of skills alone: a licence that stands among the licences only is not read for its words.</summary>
    internal SkillBits Said { get; private set; }

    /// <summary>The free words of both lists; null where there are none.</summary>
    internal HeldWords? Words { get; private set; }

    /// <summary>The number by which <see cref="Numbering"/> knows them; 0 where there are none.</summary>
    internal int WordsNumber { get; private set; }

    internal PackedDecline[]? Declines { get; }

    /// <summary>The numbers by which <see cref="Numbering"/> knows where and how far, the floor, and the hours.</summary>
    internal int CommuteNumber { get; }

    internal int FloorNumber { get; }

    internal int HoursNumber { get; }

    /// <summary>What the pluses read, and what of it does not fit; null where all of it does.</summary>
    internal Soft Soft { get; }

    internal Wide? Wide { get; }

    internal int CapacityOn(int axis) => (int)(Capacity >> 4 * axis & 15) - 1;

    private void PackSkills(Seeker seeker, Numbering numbering)
    {
        var (held, plain) = (new SkillBits(), true);
        foreach (var entry in seeker.Skills ?? [])
            if (numbering.SkillOf(entry) is >= 0 and var skill)
                held.Add(skill);
            else
                plain = false;
        Said = held;
        foreach (var entry in seeker.Licences ?? [])
            if (numbering.SkillOf(entry) is not (>= 0 and var skill))
                plain = false;
            else if (numbering.IsLicence(skill))
                held.Add(skill);
        Held = Counted = held;
        if (plain)
            return;
        (Words, WordsNumber) = numbering.WordsOf(new(Free(seeker.Skills, numbering), Free(seeker.Licences, numbering)));
        Counted = held | Words.Codes;
    }

    private static SkillEntry[] Free(IReadOnlyList<string>? entries, Numbering numbering) =>
        [.. (entries ?? []).Where(x => numbering.SkillOf(x) < 0).Select(numbering.EntryOf)];
}

/// <summary>The free words of a seeker's two lists; one object for all who say the same.</summary>
internal sealed class HeldWords(SkillEntry[] skills, SkillEntry[] licences) : IEquatable<HeldWords>
{
    private readonly SkillEntry[] skills = skills, licences = licences;

    /// <summary>The coded skills that the words among the skills mean.</summary>
    public SkillBits Codes { get; } = SkillBits.Of([.. skills.SelectMany(entry => entry.Codes)]);

    /// <summary>Whether what a posting lists in free words is said in free words here.</summary>
    public bool Have(SkillEntry words)
    {
        foreach (var entry in skills)
            if (words.Means(entry))
                return true;
        foreach (var entry in licences)
            if (ReferenceEquals(entry, words))
                return true;
        return false;
    }

    public bool Equals(HeldWords? other) => other is not null && skills.SequenceEqual(other.skills) && licences.SequenceEqual(other.licences);

    public override bool Equals(object? obj) => Equals(obj as HeldWords);

    public override int GetHashCode() => skills.Concat(licences).Aggregate(skills.Length, (hash, entry) => HashCode.Combine(hash, entry));
}

/// <summary>A position as numbers and bits on a day: what asks a <see cref="SeekerShard"/>, and a row of a <see cref="PositionShard"/>.</summary>
public sealed class PackedPosition
{
    internal PackedPosition(Position position, DateOnly today, Numbering numbering)
    {
        (Id, IdHash) = (position.Id, Hash.Of(position.Id));
        Open = position.IsOpen(today);
        (Place, Remote) = (position.Place, position.Place == Place.Remote);
        District = position.District is { } district ? numbering.DistrictOf(district) : -1;
        foreach (var (axis, level) in position.Demands)
        {
            // Travel asks nothing of who works from home.
            Demands |= (ulong)((Remote && axis == Axis.Travel ? 0 : Math.Clamp(level, 0, 3)) + 1) << 4 * (int)axis;
            KnownAxes |= 1 << (int)axis;
        }
        if (Remote)
            Demands |= (Demands >> 4 * (int)Axis.Travel & 15) == 0 ? 1UL << 4 * (int)Axis.Travel : 0;
        PackAnswers(position, today, numbering);
        OnSiteScope = numbering.OnSite;
        PartTime = Policy.AnswerOf(position, "PART_TIME", today);
        PackSurroundings(position, numbering);
        (RequiredLicences, RequiredSkills) = (Coded(position.Licences, numbering), Coded(position.SkillsRequired, numbering));
        EducationMin = position.EducationMin is { } least ? (int)least : -1;
        Contract = position.Contract is { } contract ? (int)contract : -1;
        Lodging = position.Lodging;
        HasBed = position.Lodging is Matching.Lodging.Free or Matching.Lodging.Paid;
        Hours = position.HoursPerWeek ?? -1;
        PayStated = position.Pay is not null;
        if (Policy.MonthlyPay(position) is var (numerator, denominator))
        {
            PayKnown = true;
            PayNumerator = (long)Int128.Min(numerator, long.MaxValue / 4);
            PayDenominator = denominator;
            PayMonthly = (int)Math.Min(PayNumerator / denominator, int.MaxValue);
        }
        PackListed(position, numbering);
        Weights = numbering.WeighingOn(today);
        (TitleNumber, WorkplaceNumber, PayNumber) = (numbering.TitleOf(position.Title, position.Occupation), numbering.WorkplaceOf(District, HasBed, Remote), numbering.PayOf(PayNumerator, PayDenominator));
        var points = numbering.Points(Weights);
        (Wishes, Ways) = (points.Wishes.OfPosition(TitleNumber), points.Ways.OfPosition(WorkplaceNumber));
        (Pay, Worked) = (points.Pay.OfPosition(PayNumber), points.Hours.OfPosition(Hours + 1));
        SkillPoints = Weights.Skills(ListedSkills.Length + ListedWords.Length);
        Fixed = Weights.Tenths(6, position.SiteCheck is { Passed: true } check && check.ExpiresOn >= today ? 1 : 0, 1)
            + Weights.Tenths(8, 60 - Math.Clamp(today.DayNumber - position.FirstPut.DayNumber, 0, 60), 60);
        Today = today;
        Declined = [.. position.Declines.Where(x => Policy.Holds(x.Value, today, Remote)).Select(x => new PackedDecline(x.Key, Hash.Of(x.Key), x.Value))];
    }

    internal string Id { get; }

    internal ulong IdHash { get; }

    internal DateOnly Today { get; }

    internal bool Open { get; }

    internal Place Place { get; }

    internal bool Remote { get; }

    /// <summary>−1 where none is stated.</summary>
    internal int District { get; }

    /// <summary>Four bits an axis: 0 is not stated, otherwise one more than the level; of remote work, travel is 0.</summary>
    internal ulong Demands { get; }

    internal int KnownAxes { get; }

    internal ulong Offered { get; private set; }

    internal ulong OnRequest { get; private set; }

    internal ulong NotPossible { get; private set; }

    /// <summary>Accommodations that mean nothing for remote work.</summary>
    internal ulong OnSiteScope { get; }

    /// <summary>What is answered about shorter hours; null = not stated.</summary>
    internal Answer? PartTime { get; }

    /// <summary>Exposures that a question remains about, that are there, and that count as absent; none of the first two for remote work.</summary>
    internal int ExposuresOpen { get; private set; }

    internal int ExposuresThere { get; private set; }

    internal int ExposuresBearable { get; private set; }

    internal bool ShiftsStated { get; private set; }

    internal int ShiftsHeld { get; private set; }

    internal int[] RequiredLicences { get; }

    internal int[] RequiredSkills { get; }

    /// <summary>−1 where none is asked for.</summary>
    internal int EducationMin { get; }

    internal int Contract { get; }

    internal Lodging? Lodging { get; }

    internal bool HasBed { get; }

    /// <summary>−1 where not stated.</summary>
    internal int Hours { get; }

    internal bool PayStated { get; }

    internal bool PayKnown { get; }

    internal long PayNumerator { get; }

    internal long PayDenominator { get; }

    /// <summary>Whole yuan a month, rounded down: a floor in whole yuan is reached by the one exactly where it is by the other.</summary>
    internal int PayMonthly { get; }

    /// <summary>The coded skills of P1, and the entries in free words.</summary>
    internal int[] ListedSkills { get; private set; } = [];

    internal SkillBits ListedBits { get; private set; }

    internal SkillEntry[] ListedWords { get; private set; } = [];

    /// <summary>The numbers by which <see cref="Numbering"/> knows title and occupation, the workplace, and the pay.</summary>
    internal int TitleNumber { get; }

    internal int WorkplaceNumber { get; }

    internal int PayNumber { get; }

    /// <summary>P2 by wish, P4 by commute, P5 by floor, P8 by hours.</summary>
    internal PointsBy Wishes { get; }

    internal PointsBy Ways { get; }

    internal PointsBy Pay { get; }

    internal PointsBy Worked { get; }

    internal Weighing Weights { get; }

    /// <summary>Tenths that do not depend on the person: P7 and P9.</summary>
    internal int Fixed { get; }

    /// <summary>Tenths of P1 by how many of the listed skills are held.</summary>
    internal short[] SkillPoints { get; }

    internal PackedDecline[] Declined { get; }

    internal int DemandOn(int axis) => (int)(Demands >> 4 * axis & 15) - 1;

    /// <summary>What can close a shortfall here, offered or not.</summary>
    internal ulong Bridging(Numbering numbering) => ~NotPossible & (Remote ? ~numbering.OnSite : ulong.MaxValue);

    private void PackAnswers(Position position, DateOnly today, Numbering numbering)
    {
        void Add(string code)
        {
            if (numbering.AccommodationOf(code) is not (>= 0 and var bit))
                return;
            switch (Policy.AnswerOf(position, code, today))
            {
                case Answer.Offered: Offered |= 1UL << bit; break;
                case Answer.OnRequest: OnRequest |= 1UL << bit; break;
                case Answer.NotPossible: NotPossible |= 1UL << bit; break;
            }
        }
        foreach (var code in position.Accommodations.Keys)
            Add(code);
        foreach (var code in Policy.Following)
            Add(code);
    }

    private void PackSurroundings(Position position, Numbering numbering)
    {
        for (var exposure = 0; exposure < numbering.Relievers.Length; exposure++)
        {
            var stated = position.Exposures.TryGetValue((Exposure)exposure, out var there);
            var relieved = (numbering.Relievers[exposure] & Offered) != 0;
            if (!Remote && (!stated || there && relieved))
                ExposuresOpen |= 1 << exposure;
            if (!Remote && stated && there && !relieved)
                ExposuresThere |= 1 << exposure;
            if (Remote || stated && (!there || relieved))
                ExposuresBearable |= 1 << exposure;
        }
        ShiftsStated = position.Shifts is { Count: > 0 };
        if (ShiftsStated)
            foreach (var shift in Policy.Shifts)
                ShiftsHeld |= Policy.Among(position.Shifts!, shift) ? 1 << (int)shift : 0;
    }

    private void PackListed(Position position, Numbering numbering)
    {
        if (position.SkillsRequired.Count + position.SkillsOptional.Count == 0)
            return;
        var distinct = position.SkillsRequired.Concat(position.SkillsOptional).Distinct(StringComparer.Ordinal).ToLookup(x => numbering.SkillOf(x) >= 0);
        ListedSkills = [.. distinct[true].Select(numbering.SkillOf)];
        ListedWords = [.. distinct[false].Select(numbering.EntryOf)];
        ListedBits = SkillBits.Of(ListedSkills);
    }

    private static int[] Coded(IReadOnlyList<string> entries, Numbering numbering) =>
        entries.Count == 0 ? [] : [.. entries.Select(numbering.SkillOf).Where(x => x >= 0).Distinct().Order()];
}

/// <summary>A decline by the other side's id.</summary>
internal readonly record struct PackedDecline(string Id, ulong IdHash, Decline Decline);

/// <summary>One bit for each skill of the list.</summary>
[InlineArray(CodeLists.MaxSkills / 64)]
internal struct SkillBits
{
    private ulong word;

    public static SkillBits Of(int[] skills)
    {
        var bits = new SkillBits();
        foreach (var skill in skills)
            bits.Add(skill);
        return bits;
    }

    public void Add(int skill) => this[skill >> 6] |= 1UL << skill;

    public static SkillBits operator |(in SkillBits one, in SkillBits other)
    {
        var both = one;
        for (var i = 0; i < CodeLists.MaxSkills / 64; i++)
            both[i] |= other[i];
        return both;
    }

    public readonly bool Has(int skill) => (Word(skill) >> skill & 1) != 0;

    /// <summary>All bits set where the skill is missing, none where it is there.</summary>
    public readonly ulong Lacks(int skill) => (Word(skill) >> skill & 1) - 1;

    public readonly bool HasAny(int[] skills)
    {
        foreach (var skill in skills)
            if (Has(skill))
                return true;
        return false;
    }

    /// <summary>How many skills of a lower number are set.</summary>
    public readonly int CountBelow(int skill)
    {
        var count = BitOperations.PopCount(this[skill >> 6] & (1UL << skill) - 1);
        for (var word = 0; word < skill >> 6; word++)
            count += BitOperations.PopCount(this[word]);
        return count;
    }

    public readonly int CountIn(in SkillBits listed)
    {
        var count = 0;
        for (var i = 0; i < CodeLists.MaxSkills / 64; i++)
            count += BitOperations.PopCount(this[i] & listed[i]);
        return count;
    }

    /// <summary>The numbers of the bits that are set, in order.</summary>
    public readonly int[] Numbers()
    {
        var numbers = new int[CountIn(this)];
        for (var (word, at) = (0, 0); word < CodeLists.MaxSkills / 64; word++)
            for (var bits = this[word]; bits != 0; bits &= bits - 1)
                numbers[at++] = word * 64 + BitOperations.TrailingZeroCount(bits);
        return numbers;
    }

    private readonly ulong Word(int skill) => this[skill >> 6];
}

/// <summary>64 bits of an id, to tell most ids apart at once (FNV-1a over its characters, mixed).</summary>
internal static class Hash
{
    public static ulong Of(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in id)
            hash = (hash ^ c) * 1099511628211UL;
        return hash ^ hash >> 29;
    }
}
