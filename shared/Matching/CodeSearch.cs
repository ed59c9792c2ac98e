namespace JobMatch.Matching;

/// <summary>Search as you type over the lists that are too long to choose from.</summary>
public static class CodeSearch
{
    /// <summary>A query this close to a label or synonym is taken for a slip of the pen.</summary>
    private const double CloseEnough = 0.3;

    /// <summary>The best <paramref name="top"/> occupations: exact, then beginning, then inside, then close; equal ones in the list's order.</summary>
    /// <param name="query">A code, or words in either language; blank gives the beginning of the list.</param>
    /// <param name="language">Whose words win among equals.</param>
    public static IReadOnlyList<Occupation> Occupations(CodeLists codes, string query, Language language, int top) =>
        Best(codes, codes.Occupations, query, language, top, x => new(x.Code, x.Label, x.SynonymsEn, x.SynonymsZh));

    /// <summary>The best <paramref name="top"/> skills, likewise.</summary>
    public static IReadOnlyList<Skill> Skills(CodeLists codes, string query, Language language, int top) =>
        Best(codes, codes.Skills, query, language, top, x => new(x.Code, x.Label, x.SynonymsEn, x.SynonymsZh));

    private static IReadOnlyList<T> Best<T>(CodeLists codes, IReadOnlyList<T> list, string query, Language language, int top, Func<T, Entry> entry)
    {
        var asked = TextCloseness.Fold(query);
        return asked.Length == 0
            ? [.. list.Take(top)]
            : [.. list.Select(x => (Item: x, Rank: Rank(codes, entry(x), asked, language))).Where(x => x.Rank > 0).OrderByDescending(x => x.Rank).Take(top).Select(x => x.Item)];
    }

    // Own language before the other, the label before its synonyms, within each way of matching.
    private static double Rank(CodeLists codes, Entry entry, string asked, Language language)
    {
        if (TextCloseness.Fold(entry.Code) == asked)
            return 100;
        var best = Rank(codes, entry.Label.In(language), asked, 0.9);
        best = Math.Max(best, Rank(codes, language == Language.English ? entry.Label.Zh : entry.Label.En, asked, 0.7));
        foreach (var synonym in entry.SynonymsEn)
            best = Math.Max(best, Rank(codes, synonym, asked, language == Language.English ? 0.8 : 0.6));
        foreach (var synonym in entry.SynonymsZh)
            best = Math.Max(best, Rank(codes, synonym, asked, language == Language.English ? 0.6 : 0.8));
        return best;
    }

    private static double Rank(CodeLists codes, string text, string asked, double within)
    {
        var folded = TextCloseness.Fold(text);
        if (folded == asked)
            return 4 + within;
        if (folded.StartsWith(asked, StringComparison.Ordinal))
            return 3 + within;
        if (folded.Contains(asked, StringComparison.Ordinal))
            return 2 + within;
        var close = codes.Lexicon.Written(folded).HundredthsTo(codes.Lexicon.Written(asked)) / 100.0;
        return close >= CloseEnough ? close + within / 1000 : 0;
    }

    private readonly record struct Entry(string Code, Label Label, string[] SynonymsEn, string[] SynonymsZh);
}
