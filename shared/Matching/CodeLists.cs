using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace JobMatch.Matching;

/// <summary>
/// Every code list in one place, with both labels. Lists that grow are instances, so that a test can add a row and find it
/// in form, import, engine and OpenAPI; closed ones are enums.
/// </summary>
public sealed partial class CodeLists
{
    /// <summary>The most accommodations that the packed rows can hold: one bit each.</summary>
    public const int MaxAccommodations = 64;

    /// <summary>The most skills that the packed rows can hold: one bit each.</summary>
    public const int MaxSkills = 256;

    /// <summary>The lists as shipped.</summary>
    public static readonly CodeLists Default = new(Accommodation.All, Occupation.All, Skill.All, District.All);

    private readonly FrozenDictionary<string, Accommodation> accommodations;
    private readonly FrozenDictionary<string, Occupation> occupations;
    private readonly FrozenDictionary<string, Skill> skills;
    private readonly FrozenDictionary<string, District> districts;
    private readonly FrozenDictionary<string, int> skillOrder;
    private readonly (Accommodation Accommodation, Bridge Bridge)[][] bridges;
    private readonly Accommodation[][] relievers;
    private IReadOnlyDictionary<(string Home, string Work), int> travel = new Dictionary<(string, string), int>();

    /// <exception cref="ArgumentException">
    /// A code stands twice, or there are more than <see cref="MaxAccommodations"/> accommodations or <see cref="MaxSkills"/> skills.
    /// </exception>
    public CodeLists(
        IReadOnlyList<Accommodation> accommodations, IReadOnlyList<Occupation> occupations, IReadOnlyList<Skill> skills, IReadOnlyList<District> districts)
    {
        if (skills.Count > MaxSkills)
            throw new ArgumentException($"{skills.Count} skills; at most {MaxSkills} fit the packed rows.", nameof(skills));
        if (accommodations.Count > MaxAccommodations)
            throw new ArgumentException($"{accommodations.Count} accommodations; at most {MaxAccommodations} fit the packed rows.", nameof(accommodations));
        Accommodations = [.. accommodations.OrderBy(x => x.Sort)];
        Occupations = occupations;
        Skills = skills;
        Districts = districts;
        this.accommodations = accommodations.ToFrozenDictionary(x => x.Code);
        this.occupations = occupations.ToFrozenDictionary(x => x.Code);
        this.skills = skills.ToFrozenDictionary(x => x.Code);
        this.districts = districts.ToFrozenDictionary(x => x.Code);
        skillOrder = skills.Select((x, i) => (x.Code, i)).ToFrozenDictionary(x => x.Code, x => x.i);
        bridges = [.. Enum.GetValues<Axis>().Select(axis => BridgesOn(Accommodations, axis))];
        relievers = [.. Enum.GetValues<Exposure>().Select(exposure => Accommodations.Where(x => x.Relieves.Contains(exposure)).ToArray())];
        Lexicon = new(occupations, skills);
    }

    /// <summary>The same lists, with titles compared by what they mean too.</summary>
    public CodeLists With(Meanings meanings)
    {
        var copy = (CodeLists)MemberwiseClone();
        copy.Meanings = meanings;
        return copy;
    }

    /// <summary>The same lists, with other weights of the policy's pluses.</summary>
    public CodeLists With(PolicyWeights weights)
    {
        var copy = (CodeLists)MemberwiseClone();
        copy.Weights = weights;
        return copy;
    }

    /// <summary>The same lists, with minutes one way by home and workplace; they count in place of <see cref="Minutes"/>' bounds.</summary>
    public CodeLists With(IReadOnlyDictionary<(string Home, string Work), int> travel)
    {
        var copy = (CodeLists)MemberwiseClone();
        copy.travel = travel;
        return copy;
    }

    /// <summary>The day the lists were last changed; told with every list.</summary>
    public const string Version = "2026-11-01";

    public IReadOnlyList<Accommodation> Accommodations { get; }

    public IReadOnlyList<Occupation> Occupations { get; }

    public IReadOnlyList<Skill> Skills { get; }

    public IReadOnlyList<District> Districts { get; }

    public Accommodation? FindAccommodation(string code) => accommodations.GetValueOrDefault(code);

    public Occupation? FindOccupation(string code) => occupations.GetValueOrDefault(code);

    public Skill? FindSkill(string code) => skills.GetValueOrDefault(code);

    public District? FindDistrict(string code) => districts.GetValueOrDefault(code);

    /// <summary>What closes a shortfall of the job on an axis, by sort; what helps only in the selection is left out.</summary>
    internal (Accommodation Accommodation, Bridge Bridge)[] BridgesOn(Axis axis) => bridges[(int)axis];

    /// <summary>What makes an exposure bearable, by sort.</summary>
    internal Accommodation[] RelieversOf(Exposure exposure) => relievers[(int)exposure];

    /// <summary>The place of a skill in its list; the code must be in it.</summary>
    internal int SkillOrder(string code) => skillOrder[code];

    internal Lexicon Lexicon { get; }

    /// <summary>Null where titles are compared by their letters and words alone.</summary>
    internal Meanings? Meanings { get; private set; }

    /// <summary>What the pluses weigh, by first day.</summary>
    public PolicyWeights Weights { get; private set; } = PolicyWeights.Shipped;

    /// <summary>Sentences that follow from codes and levels alone, said once and kept: no more than these lists allow.</summary>
    internal ConcurrentDictionary<FewFacts, string> Said { get; } = [];

    /// <summary>
    /// How close a wish is to a title and its occupation by what they mean, in hundredths: the one place where
    /// both the readable rule and the engine read it. 0 for a wish in words that the list does not have.
    /// </summary>
    internal int MeantHundredths(Phrases wish, string title, Phrases? occupation) =>
        Meanings is null || wish.Place < 0 ? 0 : Meanings.HundredthsTo(wish.Place, title, occupation?.Place ?? -1);

    /// <summary>
    /// How long the way between two districts takes at most and at least: the table's minutes where it has them, else bounds
    /// from the straight line between the centres. By bus, a way 1.4 times as long at 20 km/h and 20 minutes of walking and
    /// waiting; by the fastest way, 80 km/h.
    /// </summary>
    /// <returns>Null where a district is in neither.</returns>
    public WayMinutes? Minutes(string home, string work) =>
        travel.TryGetValue((home, work), out var known) ? new(known, known)
        : FindDistrict(work) is { } there && FindDistrict(home) is { } here && here.KilometresTo(there) is var far ? new(far * 1.4 / 20 * 60 + 20, far / 80 * 60)
        : null;

    /// <summary>True where a skill or occupation entry is meant as a code: it must then exist. Anything else is free text.</summary>
    public static bool IsCode(string entry) => CodePattern().IsMatch(entry);

    /// <summary>The upper-case code of a member of a closed list: <c>Axis.BothHands</c> → <c>BOTH_HANDS</c>.</summary>
    public static string CodeOf<T>(T member) where T : struct, Enum => Closed<T>.Codes[member];

    /// <summary>The member of a closed list, or null for an unknown code. Case counts.</summary>
    public static T? Parse<T>(string code) where T : struct, Enum => Closed<T>.Members.TryGetValue(code, out var member) ? member : null;

    /// <summary>All codes of a closed list, in order.</summary>
    public static IReadOnlyList<string> CodesOf<T>() where T : struct, Enum => Closed<T>.All;

    /// <summary>The label of a member of a closed list. Every member has one; a test says so.</summary>
    public static Label LabelOf<T>(T member) where T : struct, Enum =>
        member is Axis axis ? AxisText.All[(int)axis].Label : ClosedLabels.Find(member);

    private static (Accommodation, Bridge)[] BridgesOn(IReadOnlyList<Accommodation> accommodations, Axis axis) =>
        [.. from x in accommodations where x.Stage != Stage.Recruitment from bridge in x.Bridges where bridge.Axis == axis select (x, bridge)];

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex CodePattern();

    private static class Closed<T> where T : struct, Enum
    {
        public static readonly string[] All = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)];
        public static readonly FrozenDictionary<string, T> Members = All.Zip(Enum.GetValues<T>()).ToFrozenDictionary(x => x.First, x => x.Second);
        public static readonly FrozenDictionary<T, string> Codes = Members.ToFrozenDictionary(x => x.Value, x => x.Key);
    }
}

/// <summary>Labels of the closed lists. Chinese wording from everyday recruitment notices.</summary>
internal static class ClosedLabels
{
    public static Label Find<T>(T member) where T : struct, Enum => Of<T>.Labels[member];

    private static class Of<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, Label> Labels = Enum.GetValues<T>().ToFrozenDictionary(x => x, x => Rows[(typeof(T).Name, CodeLists.CodeOf(x))]);
    }

    private static readonly FrozenDictionary<(string List, string Code), Label> Rows = new (string List, string Code, string En, string Zh)[]
    {
        ("Exposure", "NOISE", "Noise", "噪声"), ("Exposure", "HEAT", "Heat", "高温"), ("Exposure", "COLD", "Cold", "低温"),
        ("Exposure", "DUST_FUMES", "Dust or fumes", "粉尘烟雾"), ("Exposure", "CHEMICALS", "Chemicals", "化学品"),
        ("Exposure", "BRIGHT_FLASHING_LIGHT", "Bright or flashing light", "强光或闪光"), ("Exposure", "HEIGHTS", "Heights", "高处"),
        ("Exposure", "MOVING_MACHINERY", "Moving machinery", "运转机械"), ("Exposure", "VIBRATION", "Vibration", "振动"),
        ("Exposure", "CROWDS", "Crowds", "人群拥挤"), ("Exposure", "OUTDOORS", "Outdoors", "户外"),
        ("Shift", "DAY", "Day shift", "白班"), ("Shift", "EVENING", "Evening shift", "晚班"), ("Shift", "NIGHT", "Night shift", "夜班"),
        ("Shift", "TWO_SHIFT", "Two rotating shifts", "两班倒"), ("Shift", "THREE_SHIFT", "Three rotating shifts", "三班倒"),
        ("Shift", "SPLIT", "Split shift", "分段班"), ("Shift", "WEEKEND", "Weekend shift", "周末班"), ("Shift", "FLEXIBLE", "Flexible hours", "弹性时间"),
        ("Shift", "BROADCAST_SLOT", "Broadcast slots", "直播时段"), ("Shift", "ON_CALL", "On call", "随叫随到"),
        ("Rest", "TWO_DAYS", "Two days off a week", "双休"), ("Rest", "ONE_DAY", "One day off a week", "单休"), ("Rest", "ALTERNATING", "One and two days off in turn", "大小周"),
        ("Rest", "ROSTERED", "Days off by roster", "排班休息"), ("Rest", "MONTHLY_N", "A number of days off a month", "月休N天"), ("Rest", "FREE", "As one likes", "自由安排"),
        ("Place", "ON_SITE", "At the workplace", "到岗"), ("Place", "HYBRID", "Partly from home", "部分居家"), ("Place", "REMOTE", "From home", "居家（远程）"),
        ("Place", "MOBILE", "Out and about", "外勤"), ("Place", "BASE", "At a base", "在基地"),
        ("Contract", "OPEN_ENDED", "Open-ended contract", "无固定期限"), ("Contract", "FIXED_TERM", "Fixed-term contract", "固定期限"),
        ("Contract", "TASK_BASED", "Contract until a task is done", "以完成一定工作任务为期限"), ("Contract", "PART_TIME", "Part-time employment", "非全日制用工"),
        ("Contract", "DISPATCH", "Labour dispatch", "劳务派遣"), ("Contract", "SERVICE_AGREEMENT", "Service agreement", "劳务协议"),
        ("Contract", "INTERNSHIP", "Internship", "实习或见习"), ("Contract", "PLATFORM", "Platform work", "平台接单"), ("Contract", "HOME_PIECEWORK", "Piecework at home", "居家计件"),
        ("Contract", "COMMISSION_ONLY", "Commission only", "纯佣金"), ("Contract", "SELF_EMPLOYED", "Own business", "自主创业"),
        ("PayPeriod", "HOUR", "an hour", "小时"), ("PayPeriod", "DAY", "a day", "日"), ("PayPeriod", "WEEK", "a week", "周"), ("PayPeriod", "MONTH", "a month", "月"),
        ("PayPeriod", "PIECE", "a piece", "计件"), ("PayPeriod", "TASK", "a task", "按单"), ("PayPeriod", "BROADCAST", "a broadcast", "按场"),
        ("PayPeriod", "COMMISSION", "commission", "提成"), ("PayPeriod", "YEAR", "a year", "年"),
        ("Board", "NONE", "No meals", "不包餐"), ("Board", "ONE_MEAL", "One meal a day", "包一餐"), ("Board", "TWO_MEALS", "Two meals a day", "包两餐"),
        ("Board", "THREE_MEALS", "Three meals a day", "包三餐"), ("Board", "ALLOWANCE", "Meal allowance", "餐补"),
        ("Lodging", "NONE", "No lodging", "不包住"), ("Lodging", "FREE", "Free lodging", "包住"), ("Lodging", "PAID", "Lodging for rent", "有偿住宿"), ("Lodging", "ALLOWANCE", "Housing allowance", "房补"),
        ("LodgingWish", "NEEDED", "Lodging needed", "需要住宿"), ("LodgingWish", "ACCEPTED", "Lodging is fine", "可以住宿"), ("LodgingWish", "NO", "No lodging", "不住宿"),
        ("Education", "NONE", "No schooling", "未上学"), ("Education", "PRIMARY", "Primary school", "小学"), ("Education", "JUNIOR", "Junior middle school", "初中"),
        ("Education", "SENIOR", "Senior middle school", "高中"), ("Education", "VOCATIONAL", "Vocational school", "中专或技校"), ("Education", "COLLEGE", "College", "大专"),
        ("Education", "BACHELOR", "Bachelor", "本科"), ("Education", "MASTER", "Master", "硕士"), ("Education", "DOCTOR", "Doctor", "博士"),
        ("Mark", "HELPS", "Helpful", "有帮助"), ("Mark", "MUST", "Must have", "必须有"),
        ("Avoidance", "RATHER_NOT", "Rather not", "最好没有"), ("Avoidance", "MUST_AVOID", "Must avoid", "必须避开"),
        ("Answer", "NOT_POSSIBLE", "Not possible", "做不到"), ("Answer", "ON_REQUEST", "On request", "可商量"), ("Answer", "OFFERED", "Offered", "已提供"),
        ("Verdict", "SUITS", "Suits", "适合"), ("Verdict", "SUITS_IF_ARRANGED", "Suits if arranged", "安排好便利后适合"),
        ("Verdict", "ASK_FIRST", "Ask first", "先问清楚"), ("Verdict", "DOES_NOT_SUIT", "Does not suit", "不适合"),
        ("Result", "MET", "Met", "满足"), ("Result", "MET_IF_ARRANGED", "Met if arranged", "安排后满足"), ("Result", "ASK", "To be asked", "要问"), ("Result", "NOT_MET", "Not met", "不满足"),
    }.ToFrozenDictionary(x => (x.List, x.Code), x => new Label(x.En, x.Zh));
}
