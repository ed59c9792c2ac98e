using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Everybody who consented to matching and every position that can be applied for, as the engine sees them: loaded from
/// the index, patched by changes. It proposes; the person's own partition decides.
/// </summary>
public interface IMarket
{
    /// <summary>What is known now; at most a second behind what other processes wrote, never behind this one's writes.</summary>
    Task<MarketView> View(CancellationToken cancel);

    /// <summary>Whether this version of a seeker (by subject) or position (by id), or a later one, is in the index.</summary>
    Task<bool> Holds(string id, long version, CancellationToken cancel);

    /// <summary>Writes a seeker's row into the index; null consent to matching takes the person out. Safe to repeat.</summary>
    Task Put(SeekerFile file, CancellationToken cancel);

    /// <summary>Takes a person (by subject) out for good: no version that is read or written later brings them back. Safe to repeat.</summary>
    Task Erase(string subject, CancellationToken cancel);

    /// <summary>Writes a position's row into the index. Safe to repeat.</summary>
    Task Put(PositionFile file, CancellationToken cancel);

    /// <summary>From now on titles are compared by what they mean too; who holds a picture keeps it as it is.</summary>
    void Refine(Meanings meanings);

    /// <summary>From now on these weights count; likewise. Weights that others published are found by themselves.</summary>
    void Weigh(PolicyWeights weights);
}

/// <summary>A consistent picture: a seeker by subject id, a position by id.</summary>
/// <param name="Shards">The same for the engine.</param>
/// <param name="Unmatched">How many people are stored who have not agreed to be matched; nothing else is known of them here.</param>
public sealed record MarketView(
    IReadOnlyDictionary<string, MarketSeeker> Seekers, IReadOnlyDictionary<string, MarketPosition> Positions, MarketShards Shards, int Unmatched = 0)
{
    /// <summary>The best of all positions for a person on a day, judged again by the readable rules for their reasons.</summary>
    public Ranked<Match> BestPositions(Seeker seeker, int top, DateOnly today)
    {
        var columns = Shards.Positions(today);
        var best = new Ranking[Math.Min(top, columns.Count)];
        var counts = columns.Best(Shards.Numbering.Pack(seeker), best, out var filled);
        Meters.Asked("matches");
        return new(
            [.. best.Take(filled).Select(rank => Positions.GetValueOrDefault(columns.IdAt(rank.Row))).OfType<MarketPosition>()
                .Select(position => Policy.Judge(seeker, position.Facts, today, Shards.Numbering.Codes))],
            counts.Open);
    }
}

/// <summary>
/// A seeker of the market. The facts are read from what is stored when somebody asks for them: the engine has its columns, and
/// most of a city is never shown.
/// </summary>
/// <param name="Id">The subject id.</param>
/// <param name="Read">Reads the facts anew each time.</param>
/// <param name="Sms">May be texted, as far as the index knows.</param>
/// <param name="ShownToEmployers">Consented to be shown to employers without a name, as far as the index knows.</param>
/// <param name="OptedOut">Sent an opt-out word; then <paramref name="Sms"/> is false too.</param>
/// <param name="English">Is written to in English.</param>
/// <param name="Interested">Said so of some position.</param>
/// <param name="Uninvited">Wants no texts about events.</param>
/// <param name="EasyRead">Reads short sentences.</param>
public sealed record MarketSeeker(
    string Id, Func<Seeker> Read, long Version, bool Sms, bool ShownToEmployers, bool OptedOut = false, bool English = false, bool Interested = false, bool Uninvited = false, bool EasyRead = false)
{
    private Seeker? facts;

    public MarketSeeker(Seeker facts, long version, bool sms, bool shownToEmployers, bool optedOut = false)
        : this(facts.Id, () => facts, version, sms, shownToEmployers, optedOut)
    {
    }

    /// <summary>What the index says of a person who may be matched.</summary>
    public static MarketSeeker Of(SeekerFile file) => new(
        file.Facts.Id, () => file.Facts, file.Version, file.MayBeTexted(), file.Consent.Employers is not null, file.OptedOutAt is not null, People.LanguageOf(file.Language) == Language.English, file.Interests.Count > 0,
        !file.Wants(TextKind.Invitation), Voice.Of(file).EasyRead);

    /// <summary>Read once and kept.</summary>
    public Seeker Facts => facts ??= Read();

    /// <summary>How texts speak to this person.</summary>
    public Voice Voice => new(English ? Language.English : Language.Chinese, EasyRead);
}

/// <summary>A position of the market; its facts are read when somebody asks for them, see <see cref="MarketSeeker"/>.</summary>
/// <param name="Read">Reads the facts anew each time.</param>
public sealed record MarketPosition(string Id, Func<Position> Read, long Version, string Employer)
{
    private Position? facts;

    public MarketPosition(Position facts, long version, string employer) : this(facts.Id, () => facts, version, employer)
    {
    }

    /// <summary>Read once and kept.</summary>
    public Position Facts => facts ??= Read();
}
