using System.Numerics;

namespace JobMatch.Matching;

/// <summary>What people could be told of, found with the columns: a plan itself knows no engine.</summary>
public static class FairEdges
{
    private static readonly Verdict[] Verdicts = [Verdict.Suits, Verdict.SuitsIfArranged, Verdict.AskFirst];

    /// <summary>Every seeker whom a position at an event does not rule out, by the columns' rows.</summary>
    /// <param name="at">The event's number.</param>
    /// <param name="row">The position's row.</param>
    /// <param name="tags">Only seekers with all these tags; see <see cref="SeekerShard.Put"/>.</param>
    public static IReadOnlyList<FairEdge> Of(SeekerColumns seekers, PackedPosition position, int at, int row, int tags = 0)
    {
        var sets = new VerdictSets();
        var counts = seekers.Judge(position, sets, tags);
        List<FairEdge> edges = new(counts.Suits + counts.IfArranged + counts.AskFirst);
        foreach (var verdict in Verdicts)
            for (var word = 0; word < sets.Words; word++)
                for (var bits = sets.Of(verdict)[word]; bits != 0; bits &= bits - 1)
                {
                    var person = word * 64 + BitOperations.TrailingZeroCount(bits);
                    edges.Add(new(person, at, row, verdict, seekers.Tenths(person, position)));
                }
        return edges;
    }
}
