using System.Collections.Concurrent;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What somebody looks for among all open positions.</summary>
/// <param name="Words">In the title or the occupation's names, all of them; blank = any.</param>
/// <param name="District">Its district, or wholly from home.</param>
/// <param name="Accommodation">Offered, or arranged on request.</param>
public sealed record PositionSearch(string Words, string? District, string? Accommodation);

/// <summary>What everybody may know of a position.</summary>
/// <param name="Employer">Its name as registered.</param>
public sealed record PublicPosition(PositionFile File, Employer Employer);

/// <summary>
/// Positions as the public sees them: those that can be applied for today, of approved employers, newest first. One that is
/// closed is not found here, and is not told from one that never was.
/// </summary>
public sealed class SearchPositions(IMarket market, IPositions positions, IEmployers employers, CodeLists codes, TimeProvider time)
{
    /// <summary>How many a page of the list has.</summary>
    public const int PageSize = 20;

    // Whoever approves an employer, or takes that back, changes what the public sees within this time.
    private static readonly TimeSpan ApprovalIsKept = TimeSpan.FromMinutes(1);

    // What is searched is a small part of a position; it is read again only where the position's version has moved.
    private readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Employer? Employer, DateTimeOffset Until)> approved = new(StringComparer.Ordinal);

    /// <param name="page">From 1.</param>
    public async Task<Ranked<PublicPosition>> Run(PositionSearch search, int page, CancellationToken cancel)
    {
        var words = TextCloseness.Fold(search.Words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = (await Open(cancel)).Where(line =>
            words.All(line.Text.Contains)
            && (search.District is null || line.District == search.District || line.FromHome)
            && (search.Accommodation is null || line.Offers.Contains(search.Accommodation))).ToList();
        List<PublicPosition> items = [];
        foreach (var line in found.OrderByDescending(line => line.Posted).ThenBy(line => line.Id, StringComparer.Ordinal).Skip((page - 1) * PageSize).Take(PageSize))
            if (await Find(line.Id, cancel) is { } position)
                items.Add(position);
        return new(items, found.Count);
    }

    /// <summary>One position; null where it cannot be applied for.</summary>
    public async Task<PublicPosition?> Find(string id, CancellationToken cancel) =>
        await positions.Find(id, cancel) is { Value: { } file } && file.Facts.IsOpen(time.Today()) && await Approved(file.Employer, cancel) is { } employer ? new(file, employer) : null;

    /// <summary>Ids of all that can be applied for, with the day each was first posted.</summary>
    public async Task<IReadOnlyList<(string Id, DateOnly Posted)>> All(CancellationToken cancel) =>
        [.. (await Open(cancel)).Select(line => (line.Id, line.Posted))];

    private async Task<IReadOnlyList<Line>> Open(CancellationToken cancel)
    {
        var view = await market.View(cancel);
        foreach (var gone in lines.Keys.Where(id => !view.Positions.ContainsKey(id)))
            lines.TryRemove(gone, out _);
        foreach (var position in view.Positions.Values)
            if (!lines.TryGetValue(position.Id, out var known) || known.Version != position.Version)
                lines[position.Id] = LineOf(position);
        var today = time.Today();
        List<Line> open = [];
        foreach (var line in lines.Values)
            if (line.LastDay >= today && await Approved(line.Employer, cancel) is not null)
                open.Add(line);
        return open;
    }

    /// <summary>What an approved employer is called, as it was within <see cref="ApprovalIsKept"/>; its id where it is not approved.</summary>
    public async ValueTask<string> NameOf(string employer, CancellationToken cancel) => (await Approved(employer, cancel))?.Name ?? employer;

    private async ValueTask<Employer?> Approved(string id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (!approved.TryGetValue(id, out var known) || known.Until < now)
            approved[id] = known = (await employers.Find(id, cancel) is { Value: { Approved: true } employer } ? employer : null, now + ApprovalIsKept);
        return known.Employer;
    }

    private Line LineOf(MarketPosition position)
    {
        var facts = position.Read();
        var occupation = facts.Occupation is { } code && codes.FindOccupation(code) is { } known
            ? $"{known.Label.Zh} {known.Label.En}" : facts.Occupation;
        return new(
            facts.Id, position.Version, position.Employer, TextCloseness.Fold($"{facts.Title} {occupation}"), facts.District, facts.Place == Place.Remote,
            [.. facts.Accommodations.Where(x => x.Value.Answer != Answer.NotPossible).Select(x => x.Key)],
            facts.FirstPut, facts.IsOpen(facts.ClosesOn) ? facts.ClosesOn : DateOnly.MinValue);
    }

    private sealed record Line(
        string Id, long Version, string Employer, string Text, string? District, bool FromHome, HashSet<string> Offers, DateOnly Posted, DateOnly LastDay);
}
