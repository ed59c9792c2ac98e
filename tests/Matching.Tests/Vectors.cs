namespace JobMatch.Matching.Tests;

/// <summary>Vectors as a model might make them that takes all words for unrelated, but for what it is told.</summary>
internal static class Vectors
{
    private const int Length = 1024;

    /// <param name="alike">A title, a word of the list, and their cosine.</param>
    public static Meanings Knowing(params (string Title, string Word, double Cosine)[] alike) => new(Occupation.All, Of(alike));

    public static Dictionary<string, sbyte[]> Of(params (string Title, string Word, double Cosine)[] alike)
    {
        // Each word has a direction of its own, at right angles to all others; so has each title beside the word's.
        var words = Meanings.Texts(Occupation.All).Distinct().ToList();
        var vectors = words.Index().ToDictionary(x => x.Item, x => Along((x.Index, 1)));
        foreach (var (place, (title, word, cosine)) in alike.Index())
            vectors[Meanings.Text(title)] = Along((words.IndexOf(Meanings.Text(word)), cosine), (words.Count + place, Math.Sqrt(1 - cosine * cosine)));
        return vectors;
    }

    private static sbyte[] Along(params (int Place, double Share)[] directions)
    {
        var vector = new float[Length];
        foreach (var (place, share) in directions)
            vector[place] += (float)share;
        return Meanings.Quantised(vector)!;
    }
}
