namespace JobMatch.Matching;

/// <summary>
/// What a person can take up beside an employer's position: an assignment, a slot on air, a course run, a contest, a place for
/// a firm. What it asks and offers is said in a position's words, so that the policy's own rules judge it.
/// </summary>
public sealed record Opportunity
{
    /// <summary>Of <see cref="OpportunityKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is, what it asks and offers; its openings are places, its last day to apply the closing day.</summary>
    public required Position Facts { get; init; }

    /// <summary>The first day of it; null = not stated.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>What a course teaches, or what a contest or slot is about, as codes.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Whole numbers by the kind's own words; what was not stated is absent.</summary>
    public IReadOnlyDictionary<string, int> Details { get; init; } = new Dictionary<string, int>();

    public string Id => Facts.Id;

    public int? Detail(string word) => Details.TryGetValue(word, out var number) ? number : null;

    /// <summary>Whether somebody can still get one of its places.</summary>
    public bool HasPlaces(DateOnly today) => Facts.IsOpen(today);
}

/// <summary>What each reader is told in one case.</summary>
public readonly record struct Voices(Label Seeker, Label Organiser, Label Staff)
{
    public Label To(Audience audience) => audience switch { Audience.Seeker => Seeker, Audience.Employer => Organiser, _ => Staff };
}

/// <summary>
/// One kind of opportunity: which of the policy's rules bear on it, one must and one plus of its own, and what they say. A
/// kind is a file in this folder; a test adds one, and nothing else here changes.
/// </summary>
public abstract class OpportunityKind
{
    /// <summary>What the kind's own must and plus are called in answers.</summary>
    public const string OwnMust = "OWN", OwnPlus = "OWN";

    /// <summary>What the kind's own plus weighs, beside those of the policy.</summary>
    public const int OwnWeight = 10;

    /// <summary>Upper case; never renamed or reused.</summary>
    public abstract string Code { get; }

    public abstract Label Label { get; }

    /// <summary>What sentences call it, in two characters in Chinese; null = a job.</summary>
    public virtual Label? Noun => null;

    /// <summary>What is said under the heading of its list.</summary>
    public abstract Label Hint { get; }

    /// <summary>Whole numbers that it states.</summary>
    public virtual IReadOnlyList<ProgrammeWord> Details => [];

    /// <summary>What its skills are; null = it has none.</summary>
    public virtual Label? Skills => null;

    /// <summary>The policy's musts and pluses that bear on it, by their ids.</summary>
    public abstract IReadOnlyList<string> Rules { get; }

    public abstract Ruling Must(Seeker seeker, Opportunity opportunity);

    public abstract Share Plus(Seeker seeker, Opportunity opportunity);

    /// <summary>What the must says, by what it came to.</summary>
    public abstract Voices MustSays(Ruling ruling);

    public abstract Voices PlusSays { get; }

    protected static ProgrammeWord Word(string code, string en, string zh) => new(code, new(en, zh));

    /// <summary>One sentence of the organiser's and staff's.</summary>
    protected static Voices Says(string you, string they, string zhYou, string zhThey) => new(new(you, zhYou), new(they, zhThey), new(they, zhThey));
}

/// <summary>How a person and an opportunity go together.</summary>
/// <param name="Match">The policy's part, for its sentences: the verdict and the points there are those of the whole.</param>
/// <param name="Own">What the kind's own must came to.</param>
public sealed record OpportunityMatch(OpportunityKind Kind, Opportunity Opportunity, Match Match, Ruling Own, PlusRow OwnPlus)
{
    public Verdict Verdict => Match.Verdict;

    public int Tenths => Match.Tenths;

    /// <summary>The reason for a row of the rules.</summary>
    public string Say(RuleRow row, Audience audience, Language language, CodeLists codes) =>
        row.Rule == OpportunityKind.OwnMust ? Kind.MustSays(Own).To(audience).In(language) : Sentences.For(row, Match, audience, language, codes, Kind.Noun);

    public string Say(PlusRow row, Audience audience, Language language, CodeLists codes) =>
        row.Plus == OpportunityKind.OwnPlus ? Kind.PlusSays.To(audience).In(language) : Sentences.For(row, Match, audience, language, codes, Kind.Noun);
}

/// <summary>Every kind there is, and the one engine for all of them. An instance, so that a test can add a kind.</summary>
public sealed class OpportunityKinds(IReadOnlyList<OpportunityKind> kinds)
{
    /// <summary>Each kind that has a file here, by code.</summary>
    public static readonly OpportunityKinds Default = new([.. typeof(OpportunityKind).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OpportunityKind)))
        .Select(type => (OpportunityKind)Activator.CreateInstance(type)!).OrderBy(kind => kind.Code, StringComparer.Ordinal)]);

    public IReadOnlyList<OpportunityKind> All => kinds;

    public OpportunityKind? Find(string? code) => kinds.FirstOrDefault(kind => kind.Code == code);

    /// <summary>The policy's rules that bear on the kind, its own must, the pluses and its own plus; the score is their sum.</summary>
    /// <exception cref="ArgumentException">No such kind.</exception>
    public OpportunityMatch Judge(Seeker seeker, Opportunity opportunity, DateOnly today, CodeLists codes)
    {
        var kind = Find(opportunity.Kind) ?? throw new ArgumentException($"There is no kind {opportunity.Kind}.", nameof(opportunity));
        var pair = new Pair(seeker, opportunity.Facts, today, codes);
        var tally = new Tally([]);
        foreach (var must in Policy.Musts.Where(must => kind.Rules.Contains(must.Id)))
            must.Says(pair, ref tally);
        var own = kind.Must(seeker, opportunity);
        tally.Add(OpportunityKind.OwnMust, null, own);
        List<PlusRow> pluses = [];
        foreach (var (plus, weight) in Policy.Pluses.Zip(codes.Weights.On(today).Weights).Where(x => kind.Rules.Contains(x.First.Id)))
            pluses.Add(plus.Row(pair, weight));
        var share = kind.Plus(seeker, opportunity);
        var ownPlus = new PlusRow(OpportunityKind.OwnPlus, share.Number, OpportunityKind.OwnWeight, share.Tenths(OpportunityKind.OwnWeight));
        pluses.Add(ownPlus);
        return new(kind, opportunity, new(seeker, opportunity.Facts, today, tally.Verdict, tally.Rows!, pluses, pluses.Sum(row => row.Tenths), Policy.VersionOn(today, codes)), own, ownPlus);
    }

    /// <summary>What suits or may suit a person, best first: verdict, score, id.</summary>
    public IReadOnlyList<OpportunityMatch> Best(Seeker seeker, IEnumerable<Opportunity> opportunities, DateOnly today, CodeLists codes) =>
        [.. opportunities.Select(one => Judge(seeker, one, today, codes)).Where(match => match.Verdict != Verdict.DoesNotSuit).Order(Comparer<OpportunityMatch>.Create((a, b) => Policy.PositionsBestFirst.Compare(a.Match, b.Match)))];
}

/// <summary>What kinds ask alike.</summary>
internal static class Held
{
    /// <summary>Whether a person has a skill; null = they have stated none of theirs.</summary>
    public static bool? Skill(Seeker seeker, string code) =>
        seeker.Skills?.Contains(code) == true || seeker.Licences?.Contains(code) == true ? true : seeker.Skills is null ? null : false;

    /// <summary>How many of these a person has.</summary>
    public static int Count(Seeker seeker, IReadOnlyList<string> codes) => codes.Count(code => Skill(seeker, code) == true);
}
