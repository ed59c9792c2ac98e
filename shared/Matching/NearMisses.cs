using System.Numerics;

namespace JobMatch.Matching;

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
    /// <param name="tags">Only people with all these tags are counted.</param>
    /// <remarks>
    /// Offering never lowers a verdict, so an offer's count is those who would suit then less those who do now. A question
    /// settles somebody whose verdict is askFirst now and is something else whatever the answer.
    /// </remarks>
    public static PositionNearMisses Of(Position position, DateOnly today, Numbering numbering, SeekerColumns people, int tags = 0)
    {
        var (now, then) = (new VerdictSets(), new VerdictSets());
        var suiting = people.Judge(numbering.Pack(position, today), now, tags);
        var still = new ulong[now.Words];
        int More(Position changed)
        {
            var counts = people.Judge(numbering.Pack(changed, today), then, tags);
            return counts.Suits + counts.IfArranged - suiting.Suits - suiting.IfArranged;
        }
        int Settled(Change question)
        {
            Array.Clear(still);
            foreach (var answered in Changes.Answers(position, question, today))
            {
                people.Judge(numbering.Pack(answered, today), then, tags);
                for (var i = 0; i < still.Length; i++)
                    still[i] |= then.AskFirst[i];
            }
            var settled = 0;
            for (var i = 0; i < still.Length; i++)
                settled += BitOperations.PopCount(now.AskFirst[i] & ~still[i]);
            return settled;
        }
        return new(
            [.. Changes.Offers(position, today, numbering.Codes).Select(offer => new Effect(offer, More(Changes.Offered(position, offer, today))))],
            [.. Changes.Unanswered(position, today, numbering.Codes).Select(question => new Effect(question, Settled(question)))]);
    }

    public static SeekerNearMisses Of(Seeker seeker, Numbering numbering, PositionColumns positions)
    {
        var packed = numbering.Pack(seeker);
        var now = positions.WouldSuit(packed);
        IReadOnlyList<Effect> Opening(IEnumerable<Change> changes, Func<Change, int> then) =>
            [.. changes.Select(change => new Effect(change, then(change) - now)).Where(x => x.Count > 0).OrderByDescending(x => x.Count)];
        int After(Change change) => positions.WouldSuit(numbering.Pack(Changes.After(seeker, change, numbering.Codes)));
        return new(
            Opening(Changes.Questions(numbering.Codes), question => positions.WouldSuit(packed, new Assumption(question))),
            Opening(Changes.Unstated(seeker, numbering.Codes), After),
            Opening(Changes.Courses(seeker, numbering.Codes), After));
    }

    /// <summary>What a seeker has marked, and whether it is what is missing.</summary>
    public static IEnumerable<Need> Needs(Seeker seeker, Numbering numbering, PositionColumns positions)
    {
        if (seeker.Needs.Count == 0)
            yield break;
        var packed = numbering.Pack(seeker);
        var without = positions.WouldSuit(packed) == 0;
        foreach (var one in numbering.Codes.Accommodations)
            if (seeker.Needs.ContainsKey(one.Code))
                yield return new(one.Code, without, without && positions.WouldSuit(packed, new Assumption(new(ChangeKind.Offer, one.Code))) > 0);
    }
}

/// <summary>An accommodation that a seeker marked must or helps.</summary>
/// <param name="Without">No position suits the seeker now.</param>
/// <param name="Unmet">None does, and at least one would if every open position offered this.</param>
public readonly record struct Need(string Accommodation, bool Without, bool Unmet);
