using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Answers “tell me more” with one more text: the person's next best positions of the event, those of earlier texts left
/// out; where there are no others, more about those.
/// </summary>
public sealed class TellMore(IEvents events, IMarket market, IClaims claims, IMessages messages, PutText putText, CodeLists codes, TimeProvider time)
{
    private const int Named = 3;

    /// <param name="reply">The reply that asks; the same reply gets the same text.</param>
    public async Task Run(SeekerFile person, RecruitmentEvent fair, string reply, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var day = People.DayOf(fair.StartsAt);
        var all = (await events.Positions(fair.Id, cancel)).Select(view.Positions.GetValueOrDefault).OfType<MarketPosition>()
            .Select(position => Policy.Judge(person.Facts, position.Facts, day, codes))
            .Where(match => match.Verdict != Verdict.DoesNotSuit)
            .OrderBy(match => match.Verdict).ThenByDescending(match => match.Tenths).ThenBy(match => match.Position.Id, StringComparer.Ordinal)
            .ToList();
        var told = await Told(person, fair.Id, cancel);
        var next = all.Where(match => !told.Contains(match.Position.Id)).ToList();
        var now = time.GetUtcNow();
        await putText.Run([new()
        {
            Id = new(PageId.Of(TextKind.More, reply), person.Facts.Id),
            About = fair.Id,
            Reply = reply,
            Deadline = fair.StartsAt,
            Named = [.. (next.Count > 0 ? next : all).Take(Named).Select(NamedPosition.From)],
            PolicyVersion = Policy.Version,
            CreatedAt = now,
        }], cancel);
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
