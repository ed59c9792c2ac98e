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
    private readonly ConcurrentDictionary<string, int> districts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> wishes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Title, string? Occupation), TitleTexts> titles = [];
    private readonly ConcurrentDictionary<string, SkillEntry> entries = new(StringComparer.Ordinal);
    private string[] districtNames = [];
    private Wish[] wishTexts = [];
    private Way[]?[] ways = [];

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
        // The list's own occupations come first, so that closeness to them stays together.
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

    /// <summary>−1 for a code that is not in the list.</summary>
    internal int AccommodationOf(string code) => accommodations.GetValueOrDefault(code, -1);

    /// <summary>−1 for what is not a code of the list.</summary>
    internal int SkillOf(string entry) => skills.GetValueOrDefault(entry, -1);

    internal bool IsLicence(int skill) => Codes.Skills[skill].Kind == SkillKind.Licence;

    internal int DistrictOf(string code)
    {
        if (districts.TryGetValue(code, out var number))
            return number;
        lock (giving)
        {
            if (districts.TryGetValue(code, out number))
                return number;
            number = districtNames.Length;
            districtNames = [.. districtNames, code];
            districts[code] = number;
            return number;
        }
    }

    /// <summary>How many districts have a number.</summary>
    internal int Districts => districtNames.Length;

    /// <summary>The ways to a workplace by the number of the home's district; at least <see cref="Districts"/> long when asked.</summary>
    /// <param name="work">A district's number; −1 where the position has none.</param>
    internal Way[] WaysTo(int work)
    {
        var table = Volatile.Read(ref ways);
        if (work + 1 < table.Length && table[work + 1] is { } row && row.Length >= districtNames.Length)
            return row;
        lock (giving)
        {
            var names = districtNames;
            var made = new Way[names.Length];
            for (var home = 0; home < made.Length; home++)
                made[home] = home == work ? Way.None : work < 0 ? Way.Unknown : Way.Of(Codes.Minutes(names[home], names[work]));
            var next = new Way[Math.Max(names.Length + 1, ways.Length)][];
            ways.CopyTo(next, 0);
            next[work + 1] = made;
            Volatile.Write(ref ways!, next);
            return made;
        }
    }

    internal int WishOf(string entry)
    {
        if (wishes.TryGetValue(entry, out var number))
            return number;
        lock (giving)
        {
            if (wishes.TryGetValue(entry, out number))
                return number;
            number = wishTexts.Length;
            Volatile.Write(ref wishTexts, [.. wishTexts, new(entry, Codes.FindOccupation(entry), Codes.Lexicon.Occupation(entry))]);
            wishes[entry] = number;
            return number;
        }
    }

    internal TitleTexts TitleOf(string title, string? occupation) =>
        titles.GetOrAdd((title, occupation), static (key, numbering) => new(key.Title, key.Occupation, numbering), this);

    internal Wish WishAt(int number) => Volatile.Read(ref wishTexts)[number];

    internal SkillEntry EntryOf(string entry) => entries.GetOrAdd(entry, static (entry, numbering) => new(entry, numbering), this);
}

/// <summary>What a wish or a title compares with: a code's group or nothing, and its texts.</summary>
internal sealed record Wish(string Entry, Occupation? Occupation, Phrases Texts);

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

/// <summary>A title with its occupation, and how close each wish is to it: computed when first needed, in 125ths of P2's value.</summary>
internal sealed class TitleTexts(string title, string? occupation, Numbering numbering)
{
    /// <summary>Wishes beyond this are compared anew each time, so that what people write cannot fill the memory.</summary>
    private const int Kept = 4096;
    private readonly Occupation? offered = occupation is null ? null : numbering.Codes.FindOccupation(occupation);
    private Phrases? titleTexts, occupationTexts;
    // One more than the value; 0 is not computed yet. A byte is written whole, and two that write it write the same.
    private byte[] known = [];

    public int Close(int wish)
    {
        var row = known;
        return (uint)wish < (uint)row.Length && row[wish] is not 0 and var value ? value - 1 : Compute(wish);
    }

    private int Compute(int wish)
    {
        var (_, code, texts) = numbering.WishAt(wish);
        var best = Policy.SameGroup(code, offered);
        if (best < 100)
        {
            titleTexts ??= numbering.Codes.Lexicon.Written(title);
            best = Math.Max(best, titleTexts.HundredthsTo(texts));
            if (occupation is not null)
                best = Math.Max(best, (occupationTexts ??= numbering.Codes.Lexicon.Occupation(occupation)).HundredthsTo(texts));
        }
        if (wish >= Kept)
            return best;
        if (known.Length <= wish)
        {
            // A racing writer may lose its bytes here; they are computed again.
            var longer = new byte[Math.Max(numbering.Codes.Occupations.Count, Math.Min(Kept, wish * 2 + 1))];
            known.CopyTo(longer, 0);
            known = longer;
        }
        known[wish] = (byte)(best + 1);
        return best;
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
