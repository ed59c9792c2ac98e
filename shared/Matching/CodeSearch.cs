namespace JobMatch.Matching;

/// <summary>Search as you type over the lists that are too long to choose from.</summary>
public static class CodeSearch
{
    /// <summary>
    /// The best <paramref name="top"/> occupations: exact, then beginning, then the beginnings of words in any order, then
    /// inside, then with a slip of the pen, then close in other words; equal ones in the list's order.
    /// </summary>
    /// <param name="query">A code, or words in either language; blank gives the beginning of the list.</param>
    /// <param name="language">Whose words win among equals.</param>
    public static IReadOnlyList<Occupation> Occupations(CodeLists codes, string query, Language language, int top) =>
        Best(codes.Occupations, codes.Lexicon.OccupationWords, codes, query, language, top);

    /// <summary>The best <paramref name="top"/> skills, likewise.</summary>
    public static IReadOnlyList<Skill> Skills(CodeLists codes, string query, Language language, int top) =>
        Best(codes.Skills, codes.Lexicon.SkillWords, codes, query, language, top);

    private static IReadOnlyList<T> Best<T>(IReadOnlyList<T> list, ListEntry[] entries, CodeLists codes, string query, Language language, int top)
    {
        var folded = TextCloseness.Fold(query);
        var asked = new Asked(folded, folded.Split(' '), codes.Lexicon.Cut(folded), language);
        return folded.Length == 0
            ? [.. list.Take(top)]
            : [.. list.Zip(entries, (item, entry) => (Item: item, Rank: Rank(entry, asked))).Where(x => x.Rank > 0).OrderByDescending(x => x.Rank).Take(top).Select(x => x.Item)];
    }

    private static double Rank(ListEntry entry, Asked asked) =>
        TextCloseness.Fold(entry.Code) == asked.Folded ? 100 : entry.Words.Max(word => Rank(word, asked));

    private static double Rank(ListWord word, Asked asked)
    {
        // Own language before the other, the label before its synonyms, within each way of matching.
        var within = (word.Language == asked.Language ? 0.2 : 0) + (word.IsLabel ? 0.1 : 0);
        if (word.Folded == asked.Folded)
            return 5 + within;
        if (word.Folded.StartsWith(asked.Folded, StringComparison.Ordinal))
            return 4 + within;
        if (asked.Words.All(x => $" {word.Folded}".Contains($" {x}", StringComparison.Ordinal)))
            return 3 + within;
        if (word.Folded.Contains(asked.Folded, StringComparison.Ordinal))
            return 2 + within;
        if (asked.Words.All(x => word.Folded.Split(' ').Any(theirs => BeginsAlmost(theirs, x))))
            return 1 + within;
        var close = Phrases.Hundredths(asked.Terms.CosineTo(word.Terms)) / 100.0;
        return close > 0 ? close * 0.99 + within / 1000 : 0;
    }

    /// <summary>One slip in four letters, two in eight, one in three Chinese characters: another, missing, added or swapped with its neighbour.</summary>
    private static bool BeginsAlmost(string word, string asked)
    {
        var slips = TextCloseness.IsChinese(asked) ? asked.Length / 3 : asked.Length / 4;
        return slips > 0 && Slips(asked, word) <= Math.Min(2, slips);
    }

    // The fewest slips that make what was asked into some beginning of the word.
    private static int Slips(string asked, string word)
    {
        var rows = new int[asked.Length + 1, word.Length + 1];
        for (var i = 0; i <= asked.Length; i++)
            for (var j = 0; j <= word.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }
                var best = Math.Min(rows[i - 1, j - 1] + (asked[i - 1] == word[j - 1] ? 0 : 1), 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && asked[i - 1] == word[j - 2] && asked[i - 2] == word[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        return Enumerable.Range(0, word.Length + 1).Min(j => rows[asked.Length, j]);
    }

    private readonly record struct Asked(string Folded, string[] Words, Terms Terms, Language Language);
}
