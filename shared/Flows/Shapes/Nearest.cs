namespace JobMatch.Flows.Shapes;

/// <summary>What a mistyped word may have meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest candidate within two edits (one for a short word), case aside; null where none is near.</summary>
    public static string? To(string word, IEnumerable<string> candidates) =>
        word.Length is < 3 or > 40 ? null
        : candidates.Select(x => (string?)x).Where(x => Math.Abs(x!.Length - word.Length) <= 2)
            .MinBy(x => Edits(word.ToUpperInvariant(), x!.ToUpperInvariant())) is { } nearest
            && Edits(word.ToUpperInvariant(), nearest.ToUpperInvariant()) <= (word.Length <= 4 ? 1 : 2) ? nearest : null;

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
        }
        return row[^1];
    }
}
