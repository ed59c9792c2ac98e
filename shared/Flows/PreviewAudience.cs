using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Says before an announcement whom it would reach.</summary>
public sealed class PreviewAudience(IEvents events, IMarket market, IGuests guests, CodeLists codes)
{
    /// <returns>Null where there is no such event.</returns>
    public async Task<AudienceCounts?> Run(string id, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } stored)
            return null;
        var view = await market.View(cancel);
        var positions = view.Tied(await events.Positions(id, cancel));
        var told = await guests.Told(id, cancel);
        return Invitees.Count(view, positions, told, People.DayOf(stored.Value.StartsAt), codes);
    }
}

internal static class EventAudience
{
    /// <summary>An event's positions that the market knows.</summary>
    public static IReadOnlyList<Position> Tied(this MarketView view, IReadOnlyList<string> ids) =>
        [.. ids.Select(view.Positions.GetValueOrDefault).OfType<MarketPosition>().Select(position => position.Facts)];

    public static async Task<IReadOnlySet<string>> Told(this IGuests guests, string id, CancellationToken cancel) =>
        (await guests.Of(id, cancel)).Where(guest => guest.Invitation is not null).Select(guest => guest.Subject).ToHashSet();
}
