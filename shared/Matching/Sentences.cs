using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace JobMatch.Matching;

/// <summary>
/// The reason for every row and every plus, for the seeker, the employer and staff, in plain Chinese (at most
/// <see cref="LongestZh"/> characters) and English. What the employer reads speaks of the posting and of adjustments asked
/// for: never of what the person can do, avoids, earns or where they live.
/// </summary>
public static partial class Sentences
{
    /// <summary>The longest Chinese sentence, in characters, so that it fits a text message's line and a small screen.</summary>
    public const int LongestZh = 40;

    private static readonly FrozenDictionary<string, Wording[]> ById = Wordings.All.GroupBy(x => x.Id).ToFrozenDictionary(x => x.Key, x => x.ToArray());

    private static readonly ConcurrentDictionary<string, Template> Templates = new(StringComparer.Ordinal);

    /// <summary>The sentence of one row of a match's rules.</summary>
    /// <param name="row">A row of <paramref name="match"/>.</param>
    /// <param name="called">What it is about where that is no job: a course, a contest; two characters in Chinese, so that sentences grow no longer.</param>
    public static string For(RuleRow row, Match match, Audience audience, Language language, CodeLists codes, Label? called = null)
    {
        var facts = new Facts(match, row.About, row.By, language, codes);
        return facts.Fill(Called(called, Find(row.Rule, row.Result, row.Whom, WhyRule(row, facts)).To(audience).In(language), language));
    }

    /// <summary>The sentence of one plus of a match.</summary>
    public static string For(PlusRow plus, Match match, Audience audience, Language language, CodeLists codes, Label? called = null)
    {
        var facts = new Facts(match, null, null, language, codes);
        return facts.Fill(Called(called, Find(plus.Plus, null, null, WhyPlus(plus, facts)).To(audience).In(language), language));
    }

    // In the words of the sentence, before names and codes are filled in.
    private static string Called(Label? called, string sentence, Language language) => called is not { } noun ? sentence
        : language == Language.Chinese ? sentence.Replace("岗位", noun.Zh, StringComparison.Ordinal)
        : Employers().Replace(Jobs().Replace(sentence, noun.En), "organiser");

    [GeneratedRegex(@"(?<!\{)\b(job|posting)(?=s?\b)")]
    private static partial Regex Jobs();

    [GeneratedRegex(@"\bemployer\b")]
    private static partial Regex Employers();

    /// <summary>What a verdict means, for whoever reads it.</summary>
    public static string Verdict(Verdict verdict, Language language) => verdict switch
    {
        Matching.Verdict.Suits => new Label("Suits: every must is met.", "适合：必须的条件都满足。"),
        Matching.Verdict.SuitsIfArranged => new("Suits once the employer arranges what is on request.", "安排好便利后适合：单位表示可以商量。"),
        Matching.Verdict.AskFirst => new("Ask first: something is not stated yet.", "先问清楚：还有没说明的地方。"),
        _ => new("Does not suit as it stands.", "目前不适合。"),
    } is var label ? label.In(language) : "";

    private static Wording Find(string id, Result? result, Whom? whom, string why)
    {
        foreach (var wording in ById[id])
            if (wording.Result == result && wording.Whom == whom && wording.Why == why)
                return wording;
        throw new ArgumentException($"No sentence says {id} {result} {whom} {why}.");
    }

    // Which of the sentences with the same result says why.
    private static string WhyRule(RuleRow row, Facts facts) => row.Rule switch
    {
        "M1" when row.Result == Result.NotMet => facts.Position.Closed ? "closed" : facts.Position.ClosesOn < facts.Today ? "expired" : "full",
        "M2" => WhyReach(row, facts),
        "M3" => WhyAxis(row, facts),
        "M5" => CodeLists.Parse<Shift>(row.About!) is not null ? "shift" : row.By is null ? "exposure" : "relieved",
        "M6" => row.About is not null ? "licence" : row.Result == Result.Met && facts.Position.EducationMin is null or Education.None ? "free" : "education",
        "M8" when row.Result == Result.Met => facts.Position.Contract is null ? "unstated" : facts.Seeker.Contracts is { Count: > 0 } ? "listed" : "free",
        "M9" when row.Result == Result.Met => row.By is not null ? "shorter" : facts.Position.HoursPerWeek is null ? "unstated" : facts.Seeker.HoursPerWeek?.Max is null ? "free" : "within",
        "M10" when row.Result == Result.Met => Policy.Floor(facts.Seeker) is not null ? "enough" : Policy.MonthlyPay(facts.Position) is null ? "silent" : "free",
        "M11" when row.Result == Result.NotMet => Policy.SeekerDeclined(facts.Pair) ? "seeker" : "employer",
        _ => "",
    };

    private static string WhyReach(RuleRow row, Facts facts) => row switch
    {
        _ when facts.Pair.Remote => "remote",
        { Whom: Whom.Employer } => "",
        { Whom: Whom.You } => Policy.Minutes(facts.Pair) is null ? "unmapped" : "between",
        { Result: Result.NotMet } => !Policy.TakesPlace(facts.Seeker, facts.Position.Place) ? "place" : facts.Seeker.Lodging == LodgingWish.Needed ? "lodging" : "far",
        _ => Policy.TakesBed(facts.Seeker, facts.Position) ? "lodging" : facts.Seeker.District == facts.Position.District ? "same" : "near",
    };

    private static string WhyAxis(RuleRow row, Facts facts) => (row.Result, row.By) switch
    {
        (Result.Met, not null) => "bridge",
        (Result.Met, _) => (facts.Demand, facts.Capacity) switch { (0, _) => "none", (null, null) => "silent", (null, _) => "free", _ => "level" },
        (Result.Ask, null) => "",
        (Result.Ask, { } by) when row.Whom == Whom.Employer => facts.Codes.FindAccommodation(by) is { StaffCheck: true } ? "staff" : "answer",
        (Result.Ask, _) => "bridge",
        _ => "",
    };

    private static string WhyPlus(PlusRow plus, Facts facts) => plus.Plus switch
    {
        "P1" => facts.Position.SkillsRequired.Count + facts.Position.SkillsOptional.Count == 0 ? "none" : "listed",
        "P2" => facts.Seeker.Occupations is not { Count: > 0 } ? "none" : plus.Meant ? "meant" : plus.Value switch { 1 => "same", > 0 => "near", _ => "other" },
        "P4" => WhyWay(facts),
        "P5" => Policy.Floor(facts.Seeker) is null ? "none" : Policy.MonthlyPay(facts.Position) is null ? "unknown" : "known",
        "P6" => plus.Value switch { _ when facts.Marked == 0 => "none", 1 => "all", > 0 => "some", _ => "nothing" },
        "P7" => plus.Value > 0 ? "checked" : "unchecked",
        "P8" => facts.Position.HoursPerWeek is not { } hours || facts.Seeker.HoursPerWeek is not { } wish || (wish.Min, wish.Max) is (null, null) ? "unknown"
            : hours < wish.Min ? "below" : hours > wish.Max ? "above" : "inside",
        "P9" => plus.Value > 0 ? "new" : "old",
        _ => "",
    };

    private static string WhyWay(Facts facts) =>
        facts.Pair.Remote ? "remote"
        : Policy.TakesBed(facts.Seeker, facts.Position) ? "lodging"
        : facts.Seeker.District == facts.Position.District ? "same"
        : Policy.Minutes(facts.Pair) is null ? "unmapped" : "far";

    /// <summary>The facts of a pair, in words of one language.</summary>
    private sealed class Facts(Match match, string? about, string? by, Language language, CodeLists codes)
    {
        public Seeker Seeker => match.Seeker;

        public Position Position => match.Position;

        public DateOnly Today => match.Today;

        public CodeLists Codes => codes;

        public Pair Pair => new(match.Seeker, match.Position, match.Today, codes);

        public int? Capacity => Seeker.Capacity.TryGetValue(AboutAxis, out var level) ? level : null;

        public int? Demand => Position.Demands.TryGetValue(AboutAxis, out var level) ? level : null;

        /// <summary>How many things of this pair the seeker marked helps or ratherNot.</summary>
        public int Marked =>
            Seeker.Needs.Count(x => x.Value == Mark.Helps && codes.FindAccommodation(x.Key) is { } help && !(help.OnSite && Pair.Remote))
            + Seeker.AvoidExposures.Count(x => x.Value == Avoidance.RatherNot) + Seeker.AvoidShifts.Count(x => x.Value == Avoidance.RatherNot);

        private Axis AboutAxis => CodeLists.Parse<Axis>(about!)!.Value;

        public string Fill(string text)
        {
            var template = Templates.GetOrAdd(text, static text => new(text));
            if (template.Parts.Length == 1)
                return text;
            if (!template.FromFew)
                return Fill(template.Parts);
            var few = new FewFacts(template, about, by, template.OfAxis ? Demand : null, template.OfAxis ? Capacity : null, language);
            return codes.Said.TryGetValue(few, out var said) ? said : codes.Said[few] = Fill(template.Parts);
        }

        private string Fill(string[] parts)
        {
            var filled = new string[parts.Length];
            for (var i = 0; i < parts.Length; i++)
                filled[i] = i % 2 == 0 ? parts[i] : Word(parts[i]);
            return string.Concat(filled);
        }

        private string Word(string name) => name switch
        {
            "closes" => Date(Position.ClosesOn),
            "openings" => Number(Position.Openings),
            "left" => Number(Math.Max(0, Position.Openings - Position.Signed)),
            "place" => Lower(CodeLists.LabelOf(Position.Place)),
            "lodging" => Position.Lodging is { } bed ? Lower(CodeLists.LabelOf(bed)) : "",
            "there" => District(Position.District),
            "home" => District(Seeker.District),
            "slow" => Policy.Minutes(Pair) is { } way ? Number((long)Math.Round(way.Slow)) : "",
            "fast" => Policy.Minutes(Pair) is { } way ? Number((long)Math.Round(way.Fast)) : "",
            "limit" => Number(Policy.CommuteLimit(Seeker)),
            "axis" => Lower(CodeLists.LabelOf(AboutAxis)),
            "asks" => Demand is { } asks ? ShortForms.Demand(AboutAxis, asks, language) : "",
            "can" => Capacity is { } can ? ShortForms.Capacity(AboutAxis, can, language) : "",
            "by" => ShortForms.Accommodation(by!, codes, language),
            "need" => ShortForms.Accommodation(about!, codes, language),
            "avoid" => Lower(CodeLists.Parse<Shift>(about!) is { } shift ? CodeLists.LabelOf(shift) : CodeLists.LabelOf(CodeLists.Parse<Exposure>(about!)!.Value)),
            "shifts" => Shifts(),
            "paper" or "skill" => codes.FindSkill(about!) is { } skill ? ShortForms.Clip(skill.Label.In(language), language) : about!,
            "least" => Position.EducationMin is { } least ? Lower(CodeLists.LabelOf(least)) : "",
            "has" => Seeker.Education is { } has ? Lower(CodeLists.LabelOf(has)) : "",
            "contract" => Position.Contract is { } contract ? Lower(CodeLists.LabelOf(contract)) : "",
            "hours" => Number(Position.HoursPerWeek ?? 0),
            "max" => Number(Seeker.HoursPerWeek?.Max ?? 0),
            "min" => Number(Seeker.HoursPerWeek?.Min ?? 0),
            "pay" => Policy.MonthlyPay(Position) is { } pay ? ((long)Int128.Min(pay.Numerator / pay.Denominator, long.MaxValue)).ToString(CultureInfo.InvariantCulture) : "",
            "floor" => Number(Seeker.MinPayMonthly ?? 0),
            "until" => Date(Until()),
            "listed" => Number(Listed),
            "held" => Number((long)Math.Round(Listed * match.Pluses[0].Value)),
            "job" => codes.FindOccupation(Position.Occupation ?? "") is { } job ? ShortForms.Clip(job.Label.In(language), language) : ShortForms.Clip(Position.Title, language),
            "known" => Number(Position.Demands.Keys.Count(Seeker.Capacity.ContainsKey)),
            "said" => Number(Position.Demands.Count),
            "marked" => Number(Marked),
            "percent" => Number((long)Math.Round(100 * match.Pluses[5].Value)),
            "expires" => Position.SiteCheck is { } check ? Date(check.ExpiresOn) : "",
            "posted" => Date(Position.FirstPut),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such fact."),
        };

        private int Listed => Position.SkillsRequired.Concat(Position.SkillsOptional).Distinct(StringComparer.Ordinal).Count();

        // Until when the decline that decides counts.
        private DateOnly Until() =>
            Policy.Until(Policy.SeekerDeclined(Pair) ? Seeker.Declines[Position.Id] : Policy.EmployersDecline(Pair)!.Value);

        private string Shifts()
        {
            var all = Position.Shifts ?? [];
            var two = string.Join(language == Language.English ? ", " : "、", all.Take(2).Select(x => Lower(CodeLists.LabelOf(x))));
            return all.Count <= 2 ? two : two + (language == Language.English ? " and more" : "等");
        }

        private string District(string? code) =>
            codes.FindDistrict(code ?? "") is { } district ? language == Language.English ? district.Label.En : district.ShortZh : code ?? "";

        private string Date(DateOnly date) =>
            language == Language.English ? date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}年{date.Month}月{date.Day}日");

        private string Lower(Label label) => ShortForms.Lower(label.In(language));

        private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A sentence with gaps.</summary>
internal sealed class Template(string text)
{
    /// <summary>What stands between the braces, the name of a fact, is every second part.</summary>
    public string[] Parts { get; } = text.Split('{', '}');

    /// <summary>It speaks of the row's codes and levels alone: few sentences come of it.</summary>
    public bool FromFew { get; } = Names(text).All(name => OfCodes.Contains(name) || OfLevels.Contains(name));

    public bool OfAxis { get; } = Names(text).Any(OfLevels.Contains);

    private static readonly string[] OfCodes = ["axis", "by", "need", "avoid", "paper", "skill"], OfLevels = ["asks", "can"];

    private static IEnumerable<string> Names(string text) => text.Split('{', '}').Where((_, i) => i % 2 == 1);
}

/// <summary>All that such a sentence depends on.</summary>
internal readonly record struct FewFacts(Template Template, string? About, string? By, int? Demand, int? Capacity, Language Language);
