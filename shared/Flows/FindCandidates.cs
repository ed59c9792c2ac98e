using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// People who may be shown for a position, best first, as an employer may see them: no name, no axis, no score. The index
/// proposes; each one who is shown is read again.
/// </summary>
public sealed class FindCandidates(IPositions positions, ISeekers seekers, IMarket market, IAliases aliases, CodeLists codes, TimeProvider time)
{
    /// <summary>How many more the engine is asked for than are shown: some may have withdrawn a moment ago.</summary>
    private const int Spare = 10;

    // People read at once: enough to keep the storage busy.
    private const int AtOnce = 16;

    /// <param name="employer">Whose position it must be; null = staff, who see every change at once.</param>
    /// <param name="settle">Whether today's changes of answers wait until tomorrow before they show.</param>
    /// <returns>Null where this caller has no such position.</returns>
    public async Task<Ranked<Candidate>?> Run(string position, string? employer, bool settle, int top, CancellationToken cancel)
    {
        if (await positions.Find(position, cancel) is not { } stored || (employer is not null && stored.Value.Employer != employer))
            return null;
        var today = time.Today();
        var asJudged = settle && employer is not null ? stored.Value.Settled(today) : stored.Value.Facts;
        return await Confirm((await market.View(cancel)).Shards, asJudged, stored.Value.Employer, top, today, cancel);
    }

    /// <summary>Whom the employer of a position declined, by alias, the latest first.</summary>
    public async Task<IReadOnlyList<DeclinedCandidate>> Declined(PositionFile position, CancellationToken cancel)
    {
        var found = new List<DeclinedCandidate>();
        foreach (var subject in (await market.View(cancel)).Shards.Seekers.Declining(position.Id))
            if (await Read(subject, cancel) is { Facts.DeclinedBy: { } by } && by.TryGetValue(position.Id, out var decline) && Policy.Holds(decline, time.Today(), position.Facts.Place == Place.Remote))
                found.Add(new(await aliases.For(position.Employer, subject, cancel), decline.On, Policy.Until(decline)));
        return [.. found.OrderByDescending(x => x.On).ThenBy(x => x.Alias, StringComparer.Ordinal)];
    }

    /// <summary>One person as the employer of a position sees them, or would; null where it does not suit.</summary>
    internal Task<Candidate?> One(PositionFile position, SeekerFile file, bool settle, CancellationToken cancel) =>
        Seen(settle ? position.Settled(time.Today()) : position.Facts, position.Employer, file, time.Today(), cancel);

    // The only way in which anybody is shown: to the person themselves too.
    private async Task<Candidate?> Seen(Position position, string employer, SeekerFile file, DateOnly today, CancellationToken cancel) =>
        Policy.Judge(file.Facts, position, today, codes) is { Verdict: not Verdict.DoesNotSuit } match
            ? Candidate.Of(match, await aliases.For(employer, file.Facts.Id, cancel), codes) with
            {
                Interested = file.Interests.ContainsKey(position.Id),
                Sought = file.SoughtBy.ContainsKey(position.Id),
                Released = file.ReleasedTo(employer) is not null && file.Phone is { } phone ? new(file.Name, phone) : null,
            }
            : null;

    private async Task<Ranked<Candidate>> Confirm(MarketShards shards, Position position, string employer, int top, DateOnly today, CancellationToken cancel)
    {
        var (columns, packed) = (shards.Seekers, shards.Numbering.Pack(position, today));
        var shown = new List<Candidate>();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (var (asked, read) = (top + Spare, 0); ; asked *= 2)
        {
            var best = new Ranking[Math.Min(asked, columns.Count)];
            var counts = columns.Best(packed, best, out var filled, (int)SeekerTags.Listed);
            Meters.Asked("candidates");
            for (; read < filled && shown.Count < top; read++)
                if (await Read(columns.IdAt(best[read].Row), cancel) is { } file && file.IsListedFor(position.Id)
                    && await Seen(position, employer, file, today, cancel) is { } one)
                    shown.Add(one);
                else
                    gone.Add(columns.IdAt(best[read].Row));
            if (shown.Count == top || filled < best.Length || filled == counts.Open)
                return new(shown, counts.Open - gone.Union(await Elsewhere(columns, packed, position.Id, cancel)).Count());
        }
    }

    /// <summary>People whom only their interest shows, in other positions than this one: the engine counts them, since it knows of some interest and not of which.</summary>
    private async Task<IEnumerable<string>> Elsewhere(SeekerColumns columns, PackedPosition packed, string position, CancellationToken cancel)
    {
        var few = new Ranking[columns.Best(packed, [], out _, (int)SeekerTags.OnlyInterested).Open];
        columns.Best(packed, few, out var filled, (int)SeekerTags.OnlyInterested);
        List<string> elsewhere = [];
        foreach (var some in few.Take(filled).Select(one => columns.IdAt(one.Row)).Chunk(AtOnce))
            elsewhere.AddRange((await Task.WhenAll(some.Select(async subject => await Read(subject, cancel) is { } file && file.IsListedFor(position) ? null : subject))).OfType<string>());
        return elsewhere;
    }

    private async Task<SeekerFile?> Read(string subject, CancellationToken cancel) =>
        await seekers.IdOf(subject, cancel) is { } id && await seekers.Find(id, cancel) is { } stored ? stored.Value : null;
}

/// <summary>Pseudonyms: another for each employer, the same each time.</summary>
public interface IAliases
{
    Task<string> For(string employer, string subject, CancellationToken cancel);
}

/// <summary>A person as an employer may see them, and nothing else.</summary>
/// <param name="Skills">Those of the person's coded skills that the posting lists.</param>
/// <param name="Occupations">Coded wishes.</param>
/// <param name="Adjustments">Adjustments asked for, with the position's answer.</param>
/// <param name="Questions">How many musts are still to be asked.</param>
public sealed record Candidate(
    string Alias, Verdict Verdict, string District, IReadOnlyList<string> Skills, IReadOnlyList<string> Occupations,
    IReadOnlyList<Adjustment> Adjustments, int Questions)
{
    /// <summary>Said so of this position.</summary>
    public bool Interested { get; init; }

    /// <summary>The employer said that it is interested in this person for this position.</summary>
    public bool Sought { get; init; }

    /// <summary>Who it is; null until the person releases that to this employer.</summary>
    public ReleasedIdentity? Released { get; init; }

    internal static Candidate Of(Match match, string alias, CodeLists codes)
    {
        var (seeker, position) = (match.Seeker, match.Position);
        var listed = position.SkillsRequired.Concat(position.SkillsOptional).Concat(position.Licences).ToHashSet();
        var held = (seeker.Skills ?? []).Concat(seeker.Licences ?? []).Where(CodeLists.IsCode).Distinct();
        return new(
            alias, match.Verdict, seeker.District,
            [.. held.Where(listed.Contains)],
            [.. (seeker.Occupations ?? []).Where(CodeLists.IsCode)],
            [.. codes.Accommodations.Where(x => seeker.Needs.ContainsKey(x.Code)).Select(x => Adjustment.Of(x.Code, seeker, position, match.Today))],
            match.Rules.Count(row => row.Result == Result.Ask));
    }
}

/// <summary>Somebody whom the employer of a position declined.</summary>
/// <param name="Until">The day from which they are shown again.</param>
public sealed record DeclinedCandidate(string Alias, DateOnly On, DateOnly Until);

/// <param name="Phone">E.164.</param>
public sealed record ReleasedIdentity(string? Name, string Phone);

/// <param name="Answer">What the position says; null = not stated, or stated more than twelve months ago.</param>
public sealed record Adjustment(string Code, Mark Mark, Answer? Answer)
{
    internal static Adjustment Of(string code, Seeker seeker, Position position, DateOnly today) =>
        new(code, seeker.Needs[code], Policy.AnswerOf(position, code, today));
}
