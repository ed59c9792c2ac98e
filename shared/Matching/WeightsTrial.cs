namespace JobMatch.Matching;

/// <summary>A position as it stands for a person under two sets of weights.</summary>
public readonly record struct ScoreChange(string Position, Verdict Before, Verdict After, int TenthsBefore, int TenthsAfter);

/// <summary>What other weights change for a person.</summary>
/// <param name="Before">The positions that are best for them, in order.</param>
/// <param name="After">Likewise under the other weights.</param>
/// <param name="Verdicts">How many positions get another verdict. Weights touch none: it is counted and not taken for granted.</param>
/// <param name="Scores">How many positions that do not rule the person out get another score.</param>
public sealed record PersonTrial(string Seeker, IReadOnlyList<string> Before, IReadOnlyList<string> After, int Verdicts, int Scores)
{
    /// <summary>Whether what the person reads stands in another order, or is other positions.</summary>
    public bool Reordered => !Before.SequenceEqual(After, StringComparer.Ordinal);

    /// <summary>Whether the best position is another.</summary>
    public bool OtherBest => !Before.Take(1).SequenceEqual(After.Take(1), StringComparer.Ordinal);
}

/// <summary>
/// Other weights tried on the very positions and people of a city: both sets are asked with the engine that serves, so that
/// what it says is what stands once they are published.
/// </summary>
/// <param name="numbering">Of the weights that count.</param>
/// <param name="other">Of those that are tried.</param>
/// <param name="positions">All that there are.</param>
/// <param name="today">The day as of which they are tried.</param>
public sealed class WeightsTrial(Numbering numbering, Numbering other, IReadOnlyCollection<Position> positions, DateOnly today)
{
    private readonly PositionColumns before = new PositionShard(numbering, today, positions.Select(position => (position, 0))).Columns;
    private readonly PositionColumns after = new PositionShard(other, today, positions.Select(position => (position, 0))).Columns;

    // Alike positions are neighbours by numbers that each numbering gives anew: the same position may be in another row.
    private int[]? rows;

    /// <param name="top">How many positions the person reads of.</param>
    public PersonTrial Of(Seeker seeker, int top)
    {
        var (packed, packedOther) = (numbering.Pack(seeker), other.Pack(seeker));
        var (verdicts, scores) = (0, 0);
        foreach (var change in Changes(packed, packedOther))
        {
            verdicts += change.Before == change.After ? 0 : 1;
            scores += change.TenthsBefore == change.TenthsAfter ? 0 : 1;
        }
        return new(seeker.Id, Best(before, packed, top), Best(after, packedOther, top), verdicts, scores);
    }

    /// <summary>Every position that does not rule the person out under either, best first as it is now.</summary>
    public IReadOnlyList<ScoreChange> All(Seeker seeker) =>
        [.. Changes(numbering.Pack(seeker), other.Pack(seeker)).OrderBy(x => x.Before).ThenByDescending(x => x.TenthsBefore).ThenBy(x => x.Position, StringComparer.Ordinal)];

    private IEnumerable<ScoreChange> Changes(PackedSeeker packed, PackedSeeker packedOther)
    {
        var (one, two) = (Standing(before, packed), Standing(after, packedOther));
        var map = rows ??= Rows();
        for (var row = 0; row < two.Length; row++)
            if (map[row] is >= 0 and var was && (one[was].Verdict != Verdict.DoesNotSuit || two[row].Verdict != Verdict.DoesNotSuit))
                yield return new(after.IdAt(row), one[was].Verdict, two[row].Verdict, one[was].Tenths, two[row].Tenths);
    }

    private int[] Rows()
    {
        var at = Enumerable.Range(0, before.Rows).Where(before.IsLive).ToDictionary(before.IdAt, row => row, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, after.Rows).Select(row => after.IsLive(row) ? at[after.IdAt(row)] : -1)];
    }

    private static (Verdict Verdict, int Tenths)[] Standing(PositionColumns columns, PackedSeeker seeker)
    {
        var (sets, tenths) = (new VerdictSets(), new int[columns.Rows]);
        columns.Judge(seeker, sets);
        columns.Tenths(seeker, tenths);
        return [.. tenths.Select((score, row) => (VerdictAt(sets, row), score))];
    }

    private static Verdict VerdictAt(VerdictSets sets, int row)
    {
        var (word, bit) = (row / 64, 1UL << row);
        return (sets.Suits[word] & bit) != 0 ? Verdict.Suits
            : (sets.IfArranged[word] & bit) != 0 ? Verdict.SuitsIfArranged
            : (sets.AskFirst[word] & bit) != 0 ? Verdict.AskFirst : Verdict.DoesNotSuit;
    }

    private static IReadOnlyList<string> Best(PositionColumns columns, PackedSeeker seeker, int top)
    {
        var best = new Ranking[Math.Min(top, columns.Count)];
        columns.Best(seeker, best, out var filled);
        return [.. best.Take(filled).Select(rank => columns.IdAt(rank.Row))];
    }
}
