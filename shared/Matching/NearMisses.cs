using System.Numerics;

namespace JobMatch.Matching;

/// <summary>Judges everybody against one position, a bit a person; the spans are cleared first.</summary>
/// <param name="wouldSuit">Whose verdict is suits or suitsIfArranged.</param>
/// <param name="askFirst">Whose verdict is askFirst.</param>
public delegate void JudgePeople(Position position, Span<ulong> wouldSuit, Span<ulong> askFirst);

/// <summary>How many positions would suit a seeker: suits or suitsIfArranged.</summary>
/// <param name="assuming">What is to be taken as answered; null = as they stand.</param>
public delegate int CountPositions(Seeker seeker, Assumption? assuming);

/// <summary>Positions taken as if their employers had answered well, see <see cref="Changes.AnsweredWell"/>.</summary>
/// <param name="Everywhere">True: whatever was answered so far; false: only where the question is open.</param>
public readonly record struct Assumption(Change Question, bool Everywhere);

/// <summary>What would let more people in at a position.</summary>
/// <param name="Offers">Every accommodation that is not offered yet, by the list.</param>
/// <param name="Questions">Every question that is open there, in the order of <see cref="Changes.Unanswered"/>.</param>
public sealed record PositionNearMisses(IReadOnlyList<Effect> Offers, IReadOnlyList<Effect> Questions);

/// <summary>What would open more positions to a seeker; what opens none is left out. Best first, then in the order of the lists.</summary>
/// <param name="Questions">One question, wherever it is open, answered well for this person.</param>
/// <param name="Answers">One answer of their own that is missing, with the answer that opens most.</param>
/// <param name="Courses">One skill, licence or step of schooling more.</param>
public sealed record SeekerNearMisses(IReadOnlyList<Effect> Questions, IReadOnlyList<Effect> Answers, IReadOnlyList<Effect> Courses);

/// <param name="Count">
/// Of an offer: how many more people would suit. Of a question to a position's employer: how many people it settles. Of a
/// seeker's change: how many more positions would suit.
/// </param>
public readonly record struct Effect(Change Change, int Count);

/// <summary>
/// What nearly suits, and what is missing. Every number is what it says: something is changed, everything is judged again,
/// and what was there before is subtracted.
/// </summary>
public static class NearMisses
{
    /// <param name="people">How many people <paramref name="judge"/> judges.</param>
    /// <remarks>
    /// Offering never lowers a verdict, so an offer's count is those who would suit then less those who do now. A question
    /// settles somebody whose verdict is askFirst now and is something else whatever the answer.
    /// </remarks>
    public static PositionNearMisses Of(Position position, DateOnly today, CodeLists codes, int people, JudgePeople judge)
    {
        var words = (people + 63) / 64;
        var (suit, asked, then, asks, still) = (new ulong[words], new ulong[words], new ulong[words], new ulong[words], new ulong[words]);
        judge(position, suit, asked);
        int More(Position changed)
        {
            judge(changed, then, asks);
            return Count(then) - Count(suit);
        }
        int Settled(Change question)
        {
            Array.Clear(still);
            foreach (var answered in Changes.Answers(position, question, today))
            {
                judge(answered, then, asks);
                for (var i = 0; i < words; i++)
                    still[i] |= asks[i];
            }
            var settled = 0;
            for (var i = 0; i < words; i++)
                settled += BitOperations.PopCount(asked[i] & ~still[i]);
            return settled;
        }
        return new(
            [.. Changes.Offers(position, today, codes).Select(offer => new Effect(offer, More(Changes.Offered(position, offer, today))))],
            [.. Changes.Unanswered(position, today, codes).Select(question => new Effect(question, Settled(question)))]);
    }

    public static SeekerNearMisses Of(Seeker seeker, CodeLists codes, CountPositions count)
    {
        var now = count(seeker, null);
        IReadOnlyList<Effect> Opening(IEnumerable<Change> changes, Func<Change, int> then) =>
            [.. changes.Select(change => new Effect(change, then(change) - now)).Where(x => x.Count > 0).OrderByDescending(x => x.Count)];
        return new(
            Opening(Changes.Questions(codes), question => count(seeker, new Assumption(question, Everywhere: false))),
            Opening(Changes.Unstated(seeker, codes), answer => count(Changes.After(seeker, answer, codes), null)),
            Opening(Changes.Courses(seeker, codes), course => count(Changes.After(seeker, course, codes), null)));
    }

    /// <summary>What a seeker has marked, and whether it is what is missing.</summary>
    public static IEnumerable<Need> Needs(Seeker seeker, CodeLists codes, CountPositions count)
    {
        var without = seeker.Needs.Count > 0 && count(seeker, null) == 0;
        foreach (var one in codes.Accommodations)
            if (seeker.Needs.ContainsKey(one.Code))
                yield return new(one.Code, without, without && count(seeker, new Assumption(new(ChangeKind.Offer, one.Code), Everywhere: true)) > 0);
    }

    private static int Count(ulong[] bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        return count;
    }
}

/// <summary>An accommodation that a seeker marked must or helps.</summary>
/// <param name="Without">No position suits the seeker now.</param>
/// <param name="Unmet">None does, and at least one would if every open position offered this.</param>
public readonly record struct Need(string Accommodation, bool Without, bool Unmet);
