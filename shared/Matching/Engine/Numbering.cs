using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace JobMatch.Matching;

/// <summary>
/// The numbers by which packed rows refer to codes, districts, titles and words, and what is computed once for each: ways
/// between districts, closeness between a wish and a title. One for all shards that are asked about each other. Numbers are
/// given once and never taken back; every reader sees whole entries.
/// </summary>
public sealed class Numbering
{
    private readonly Lock giving = new();
    private readonly FrozenDictionary<string, int> accommodations;
    private readonly FrozenDictionary<string, int> skills;
    private readonly Numbers<string> districts = new(StringComparer.Ordinal);
    private readonly Numbers<string> wishes = new(StringComparer.Ordinal);
    private readonly Numbers<(int District, int Minutes, bool TakesBed)> commutes = new();
    private readonly Numbers<int> floors = new();
    private readonly Numbers<(int Min, int Max)> hours = new();
    private readonly Numbers<HeldWords> words = new();
    private readonly ConcurrentDictionary<string, Wish> wishTexts = new(StringComparer.Ordinal);
    private readonly Numbers<(string Title, string? Occupation)> titles = new();
    private readonly Numbers<(int District, bool HasBed, bool Remote)> workplaces = new();
    private readonly Numbers<(long Numerator, long Denominator)> pays = new();
    private readonly ConcurrentDictionary<int, TitleTexts> titleTexts = [];
    private readonly ConcurrentDictionary<WeightsRow, Weighing> weighings = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Weighing, PairPoints> points = [];
    private readonly ConcurrentDictionary<string, SkillEntry> entries = new(StringComparer.Ordinal);
    private Way[]?[] ways = [];

    private const string NoWish = "";

    public Numbering(CodeLists codes)
    {
        Codes = codes;
        accommodations = codes.Accommodations.Select((x, i) => (x.Code, i)).ToFrozenDictionary(x => x.Code, x => x.i);
        skills = codes.Skills.Select((x, i) => (x.Code, i)).ToFrozenDictionary(x => x.Code, x => x.i);
        foreach (var (accommodation, i) in codes.Accommodations.Select((x, i) => (x, i)))
        {
            OnSite |= accommodation.OnSite ? 1UL << i : 0;
            StaffCheck |= accommodation.StaffCheck ? 1UL << i : 0;
        }
        Bridges = [.. Enum.GetValues<Axis>().Select(axis => codes.BridgesOn(axis).Select(x => new PackedBridge(accommodations[x.Accommodation.Code], x.Bridge.From, x.Bridge.To)).ToArray())];
        Relievers = [.. Enum.GetValues<Exposure>().Select(exposure => codes.RelieversOf(exposure).Aggregate(0UL, (bits, x) => bits | 1UL << accommodations[x.Code]))];
        PartTime = AccommodationOf("PART_TIME");
        WordsOf(new([], []));
        // Nothing wished is a number too, so that the scoring need not ask. Then the list's own, which stay together so.
        WishOf(NoWish);
        foreach (var occupation in codes.Occupations)
            WishOf(occupation.Code);
    }

    public CodeLists Codes { get; }

    /// <summary>A seeker ready to ask <see cref="PositionColumns"/>.</summary>
    public PackedSeeker Pack(Seeker seeker) => new(seeker, this);

    /// <summary>A position as it stands on a day (Asia/Shanghai), ready to ask <see cref="SeekerColumns"/>.</summary>
    public PackedPosition Pack(Position position, DateOnly today) => new(position, today, this);

    /// <summary>Bits of accommodations of on-site scope.</summary>
    internal ulong OnSite { get; }

    internal bool IsOnSite(int accommodation) => (OnSite >> accommodation & 1) != 0;

    /// <summary>Bits of accommodations that staff confirm case by case.</summary>
    internal ulong StaffCheck { get; }

    /// <summary>By axis, in the list's order.</summary>
    internal PackedBridge[][] Bridges { get; }

    /// <summary>By exposure, the bits of what makes it bearable.</summary>
    internal ulong[] Relievers { get; }

    /// <summary>The number of shorter hours; −1 where the list has none.</summary>
    internal int PartTime { get; }

    /// <summary>−1 for a code that is not in the list.</summary>
    internal int AccommodationOf(string code) => accommodations.GetValueOrDefault(code, -1);

    /// <summary>−1 for what is not a code of the list.</summary>
    internal int SkillOf(string entry) => skills.GetValueOrDefault(entry, -1);

    internal bool IsLicence(int skill) => Codes.Skills[skill].Kind == SkillKind.Licence;

    internal int DistrictOf(string code) => districts.Of(code);

    internal int WishOf(string entry) => wishes.Of(entry);

    /// <summary>Where somebody lives, how long they travel, and whether they take a bed with the job.</summary>
    internal int CommuteOf(int district, int minutes, bool takesBed) => commutes.Of((district, minutes, takesBed));

    /// <summary>Minutes one way.</summary>
    internal int CommuteAt(int number) => commutes[number].Minutes;

    /// <summary>How many numbers of seekers' wishes, commutes, floors and hours there are.</summary>
    internal (int Wishes, int Commutes, int Floors, int Hours) SeekerNumbers => (wishes.Count, commutes.Count, floors.Count, hours.Count);

    internal int FloorOf(int floor) => floors.Of(floor);

    /// <param name="min">−1 where nothing is wished.</param>
    /// <param name="max">−1 is no limit.</param>
    internal int HoursOf(int min, int max) => hours.Of((min, max));

    /// <summary>The same words as one object, and their number; 0 is no words.</summary>
    internal (HeldWords Words, int Number) WordsOf(HeldWords said)
    {
        var number = words.Of(said);
        return (words[number], number);
    }

    internal HeldWords WordsAt(int number) => words[number];

    /// <summary>How many numbers of positions' titles, workplaces and pay there are.</summary>
    internal (int Titles, int Workplaces, int Pays) PositionNumbers => (titles.Count, workplaces.Count, pays.Count);

    internal int TitleOf(string title, string? occupation) => titles.Of((title, occupation));

    /// <param name="district">A district's number; −1 where the position has none.</param>
    internal int WorkplaceOf(int district, bool hasBed, bool remote) => workplaces.Of((district, hasBed, remote));

    /// <param name="denominator">0 where the pay cannot be computed.</param>
    internal int PayOf(long numerator, long denominator) => pays.Of((numerator, denominator));

    /// <summary>The weights of a day (Asia/Shanghai).</summary>
    internal Weighing WeighingOn(DateOnly today) => weighings.GetOrAdd(Codes.Weights.On(today), static row => new(row.Weights));

    /// <summary>What the pluses give by these numbers.</summary>
    internal PairPoints Points(Weighing weigh) => points.TryGetValue(weigh, out var known) ? known : points.GetOrAdd(weigh, weigh => new(
        new((title, wish) => wish == 0 ? weigh.NoWish : weigh.Wish(TextsOf(title).Close(wishTexts.GetOrAdd(wishes[wish], entry => new(Codes.FindOccupation(entry), Codes.Lexicon.Occupation(entry)))))),
        new((workplace, commute) => WayPoints(workplaces[workplace], commutes[commute], weigh), PointsTable.KeptCommutes),
        new((pay, floor) => weigh.Pay(floors[floor], pays[pay].Numerator, pays[pay].Denominator)),
        new((worked, wish) => weigh.Hours(hours[wish].Min, hours[wish].Max, worked - 1))));

    private TitleTexts TextsOf(int title) => titleTexts.GetOrAdd(title, number => new(titles[number].Title, titles[number].Occupation, this));

    private int WayPoints((int District, bool HasBed, bool Remote) workplace, (int District, int Minutes, bool TakesBed) commute, Weighing weigh)
    {
        var way = WaysTo(workplace.District)[commute.District];
        return weigh.Way(workplace.Remote || commute.TakesBed && workplace.HasBed || way.IsNone, way.Minutes, commute.Minutes);
    }

    /// <summary>How many districts have a number.</summary>
    internal int Districts => districts.Count;

    /// <summary>The ways to a workplace by the number of the home's district; at least <see cref="Districts"/> long when asked.</summary>
    /// <param name="work">A district's number; −1 where the position has none.</param>
    internal Way[] WaysTo(int work)
    {
        var table = Volatile.Read(ref ways);
        if (work + 1 < table.Length && table[work + 1] is { } row && row.Length >= districts.Count)
            return row;
        lock (giving)
        {
            var made = new Way[districts.Count];
            for (var home = 0; home < made.Length; home++)
                made[home] = home == work ? Way.None : work < 0 ? Way.Unknown : Way.Of(Codes.Minutes(districts[home], districts[work]));
            var next = new Way[Math.Max(made.Length + 1, ways.Length)][];
            ways.CopyTo(next, 0);
            next[work + 1] = made;
            Volatile.Write(ref ways!, next);
            return made;
        }
    }

    internal SkillEntry EntryOf(string entry) => entries.GetOrAdd(entry, static (entry, numbering) => new(entry, numbering), this);
}

/// <summary>P2 by title and wish, P4 by workplace and commute, P5 by pay and floor, P8 by hours (one more than worked, 0 not stated) and hours wished.</summary>
internal sealed record PairPoints(PointsTable Wishes, PointsTable Ways, PointsTable Pay, PointsTable Hours);

/// <summary>What a wish or a title compares with: a code's group or nothing, and its texts.</summary>
internal sealed record Wish(Occupation? Occupation, Phrases Texts);

/// <summary>The accommodation's bit, and the shortfall that it closes: a capacity of at least From, a demand of at most To.</summary>
internal readonly record struct PackedBridge(int Bit, int From, int To);

/// <summary>A way between two districts, in whole minutes that a limit is compared with.</summary>
/// <param name="Slow">A limit of at least this is surely enough.</param>
/// <param name="Fast">A limit below this is surely too little.</param>
/// <param name="Minutes">The slow way, for the plus; NaN where it is on no map.</param>
internal readonly record struct Way(int Slow, int Fast, double Minutes)
{
    public static readonly Way None = new(int.MinValue, int.MinValue, 0);
    public bool IsNone => Slow == int.MinValue;

    public static readonly Way Unknown = new(int.MaxValue, int.MinValue, double.NaN);

    // Limits are whole minutes: at least 64.9 is at least 65, and below 8.03 is below 9.
    public static Way Of(WayMinutes? way) => way is { } minutes ? new(Whole(minutes.Slow), Whole(minutes.Fast), minutes.Slow) : Unknown;

    private static int Whole(double minutes) => minutes >= int.MaxValue ? int.MaxValue : (int)Math.Ceiling(minutes);
}

/// <summary>A title with its occupation, and how close a wish is to it, in 125ths of P2's value.</summary>
internal sealed class TitleTexts(string title, string? occupation, Numbering numbering)
{
    private readonly Occupation? offered = occupation is null ? null : numbering.Codes.FindOccupation(occupation);
    private Phrases? titleTexts, occupationTexts;

    public int Close(Wish wish)
    {
        var best = Policy.SameGroup(wish.Occupation, offered);
        if (best >= 100)
            return best;
        best = Math.Max(best, (titleTexts ??= numbering.Codes.Lexicon.Written(title)).HundredthsTo(wish.Texts));
        if (occupation is not null)
            best = Math.Max(best, (occupationTexts ??= numbering.Codes.Lexicon.Occupation(occupation)).HundredthsTo(wish.Texts));
        return Math.Max(best, numbering.Codes.MeantHundredths(wish.Texts, title, occupationTexts));
    }
}

/// <summary>An entry of a skills list, coded or in free words, and which other entries say the same.</summary>
internal sealed class SkillEntry(string entry, Numbering numbering)
{
    private readonly ConcurrentDictionary<SkillEntry, bool> same = [];
    private readonly Phrases texts = numbering.Codes.Lexicon.Skill(entry);
    private int[]? codes;

    /// <summary>The skill's number, −1 for free words.</summary>
    public int Skill { get; } = numbering.SkillOf(entry);

    /// <summary>The coded skills that these free words mean.</summary>
    public int[] Codes => codes ??= [.. Enumerable.Range(0, numbering.Codes.Skills.Count).Where(skill => Means(numbering.EntryOf(numbering.Codes.Skills[skill].Code)))];

    /// <summary>Two codes are two skills, however alike their labels.</summary>
    public bool Means(SkillEntry held) =>
        ReferenceEquals(this, held)
        || (Skill < 0 || held.Skill < 0) && same.GetOrAdd(held, static (held, listed) => listed.texts.HundredthsTo(held.texts) >= Policy.CloseEnough, this);
}
