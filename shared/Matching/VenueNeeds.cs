namespace JobMatch.Matching;

/// <summary>A need of one person where people meet for an event, and what is said about it there.</summary>
/// <param name="Answer">Null = nothing that counts.</param>
public readonly record struct VenueNeed(string Accommodation, Mark Mark, Answer? Answer);

/// <summary>Where an event takes place, compared with what people need there and how far they live from it.</summary>
public static class VenueNeeds
{
    /// <summary>The longest way to an event, in minutes by the fastest way: a day's visit, not a commute.</summary>
    public const int LongestWay = 120;

    /// <summary>What bears on a visit: what helps where employers and seekers meet, and online only what means something there.</summary>
    public static bool Bears(Accommodation accommodation, bool online) => accommodation.Stage != Stage.Job && !(online && accommodation.OnSite);

    /// <summary>Those of a person's needs that bear on a visit, in the order of the list.</summary>
    /// <param name="venue">What the event says; an answer counts for twelve months, as a position's does.</param>
    /// <param name="day">The day of the event.</param>
    public static IReadOnlyList<VenueNeed> Of(Seeker seeker, IReadOnlyDictionary<string, StatedAnswer> venue, bool online, DateOnly day, CodeLists codes) =>
        seeker.Needs.Count == 0 ? [] : [.. codes.Accommodations
            .Where(x => seeker.Needs.ContainsKey(x.Code) && Bears(x, online))
            .Select(x => new VenueNeed(x.Code, seeker.Needs[x.Code], venue.TryGetValue(x.Code, out var said) && said.On.AddMonths(12) > day ? said.Answer : null))];

    /// <summary>Whether somebody who lives here may come for the day: online from everywhere, else unless even the fastest way is too long.</summary>
    /// <param name="district">Where the event is; null = nowhere.</param>
    public static bool InReach(string home, string? district, bool online, CodeLists codes) =>
        online || district is null || home == district || !(codes.Minutes(home, district)?.Fast > LongestWay);
}
