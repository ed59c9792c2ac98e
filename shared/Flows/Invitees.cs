using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Whom an announcement reaches and why not others; the parts add up to all who may be matched.</summary>
/// <param name="Capped">
/// Always 0 before sending: the cap counts what is reserved on the day itself, and who has had the day's share is texted on
/// the next one.
/// </param>
/// <param name="ToldLately">Invited to this event by an earlier wave.</param>
public sealed record AudienceCounts(int Seekers, int Reached, int NoConsent, int OptedOut, int Capped, int ToldLately, int NoPosition);

/// <summary>Who is invited: everyone who may be texted, was not told yet, and has a position that is not unsuitable.</summary>
public static class Invitees
{
    /// <summary>How many positions a text names.</summary>
    public const int MostNamed = 2;

    private enum Fate { Reached, NoConsent, OptedOut, ToldLately, NoPosition }

    /// <param name="told">Subjects who were invited before.</param>
    /// <param name="day">The event's first day; what is open then counts.</param>
    public static AudienceCounts Count(MarketView view, IReadOnlyList<Position> positions, IReadOnlySet<string> told, DateOnly day, CodeLists codes)
    {
        var fates = view.Seekers.Values.AsParallel()
            .Select(seeker => FateOf(seeker, told) ?? (Any(seeker.Facts, positions, day, codes) ? Fate.Reached : Fate.NoPosition))
            .CountBy(fate => fate).ToDictionary();
        int Of(Fate fate) => fates.GetValueOrDefault(fate);
        return new(view.Unmatched + fates.Values.Sum(), Of(Fate.Reached), view.Unmatched + Of(Fate.NoConsent), Of(Fate.OptedOut), 0, Of(Fate.ToldLately), Of(Fate.NoPosition));
    }

    /// <summary>Those whom <see cref="Count"/> counts as reached, by bucket of the guests and then by subject.</summary>
    public static IReadOnlyList<Invitation> Of(MarketView view, IReadOnlyList<Position> positions, IReadOnlySet<string> told, DateOnly day, CodeLists codes) =>
        [.. view.Seekers.Values.AsParallel()
            .Where(seeker => FateOf(seeker, told) is null)
            .Select(seeker => new Invitation(seeker.Facts.Id, Best(seeker.Facts, positions, day, codes)))
            .Where(invitation => invitation.Named.Count > 0)
            .AsEnumerable()
            .OrderBy(invitation => IGuests.Bucket(invitation.Subject)).ThenBy(invitation => invitation.Subject, StringComparer.Ordinal)];

    private static Fate? FateOf(MarketSeeker seeker, IReadOnlySet<string> told) =>
        seeker.OptedOut ? Fate.OptedOut
        : !seeker.Sms ? Fate.NoConsent
        : told.Contains(seeker.Facts.Id) ? Fate.ToldLately
        : null;

    private static bool Any(Seeker seeker, IReadOnlyList<Position> positions, DateOnly day, CodeLists codes) =>
        positions.Any(position => Policy.VerdictOf(seeker, position, day, codes) != Verdict.DoesNotSuit);

    private static IReadOnlyList<NamedPosition> Best(Seeker seeker, IReadOnlyList<Position> positions, DateOnly day, CodeLists codes) =>
        [.. positions
            .Where(position => Policy.VerdictOf(seeker, position, day, codes) != Verdict.DoesNotSuit)
            .Select(position => Policy.Judge(seeker, position, day, codes))
            .Order(Policy.PositionsBestFirst)
            .Take(MostNamed)
            .Select(NamedPosition.From)];
}
