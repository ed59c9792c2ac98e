using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Answers “tell me more” with one more text: the person's next best positions of the event, those of earlier texts left
/// out; where there are no others, more about those.
/// </summary>
public sealed class TellMore(IEvents events, IMarket market, IClaims claims, IMessages messages, PutText putText, TimeProvider time)
{
    private const int Named = 3;

    /// <param name="reply">The reply that asks; the same reply gets the same text.</param>
    public async Task Run(SeekerFile person, RecruitmentEvent fair, string reply, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var day = People.DayOf(fair.StartsAt);
        var all = (await events.Positions(fair.Id, cancel)).Select(view.Positions.GetValueOrDefault).OfType<MarketPosition>().ToList();
        var told = await Told(person, fair.Id, cancel);
        var next = Best(person.Facts, [.. all.Where(position => !told.Contains(position.Id))], view.Shards.Numbering, day);
        var now = time.GetUtcNow();
        await putText.Run([new()
        {
            Id = new(PageId.Of(TextKind.More, reply), person.Facts.Id),
            About = fair.Id,
            Reply = reply,
            Deadline = fair.StartsAt,
            Named = next.Count > 0 ? next : Best(person.Facts, all, view.Shards.Numbering, day),
            PolicyVersion = Policy.VersionOn(day, view.Shards.Numbering.Codes),
            CreatedAt = now,
        }], cancel);
    }

    // The engine ranks; the readable rules say why for the few that are named.
    private static List<NamedPosition> Best(Seeker seeker, IReadOnlyList<MarketPosition> positions, Numbering numbering, DateOnly day)
    {
        var columns = new PositionShard(numbering, day, positions.Select(position => (position.Facts, 0))).Columns;
        var best = new Ranking[Math.Min(Named, columns.Count)];
        Meters.Asked("tell-more");
        columns.Best(numbering.Pack(seeker), best, out var filled);
        return [.. best.Take(filled).Select(rank => NamedPosition.From(Policy.Judge(seeker, positions.First(position => position.Id == columns.IdAt(rank.Row)).Facts, day, numbering.Codes)))];
    }

    private async Task<HashSet<string>> Told(SeekerFile person, string fair, CancellationToken cancel)
    {
        HashSet<string> told = [];
        foreach (var claim in await claims.Of(person.Id, cancel))
            if ((claim.Message.In.Event == fair || claim.Message.In.Kind == TextKind.More)
                && await messages.Find(claim.Message, cancel) is { } text && text.Value.Event == fair)
                told.UnionWith(text.Value.Named.Select(position => position.Position));
        return told;
    }
}
