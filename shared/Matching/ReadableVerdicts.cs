namespace JobMatch.Matching;

/// <summary>Judges one against many by the readable rules.</summary>
public static class ReadableVerdicts
{
    public static JudgePeople Over(IReadOnlyList<Seeker> people, DateOnly today, CodeLists codes) => (position, wouldSuit, askFirst) =>
    {
        wouldSuit.Clear();
        askFirst.Clear();
        for (var i = 0; i < people.Count; i++)
        {
            var verdict = Policy.VerdictOf(people[i], position, today, codes);
            if (verdict <= Verdict.SuitsIfArranged)
                wouldSuit[i / 64] |= 1UL << (i % 64);
            else if (verdict == Verdict.AskFirst)
                askFirst[i / 64] |= 1UL << (i % 64);
        }
    };

    public static CountPositions Over(IReadOnlyList<Position> positions, DateOnly today, CodeLists codes) => (seeker, assuming) =>
    {
        var suiting = 0;
        foreach (var position in positions)
        {
            var asJudged = assuming is { } assumed && (assumed.Everywhere || Changes.IsOpen(position, assumed.Question, today, codes))
                ? Changes.AnsweredWell(position, assumed.Question, seeker, today)
                : position;
            if (Policy.VerdictOf(seeker, asJudged, today, codes) <= Verdict.SuitsIfArranged)
                suiting++;
        }
        return suiting;
    };
}
