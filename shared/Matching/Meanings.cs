using System.Collections.Frozen;

namespace JobMatch.Matching;

/// <summary>
/// How near a title is to an occupation by what the words mean: from vectors that a model made of them beforehand. Data that
/// is handed in and stays as it is; where a vector is missing, nothing is said.
/// </summary>
public sealed class Meanings
{
    // A model that takes hardly any two occupations for different does not know the language.
    private const double Blind = 0.9;

    private readonly FrozenDictionary<string, MeaningVector> vectors;
    private readonly Vocabulary chinese, english;
    private readonly byte[][] near;

    /// <param name="occupations">The list; all its words need vectors, or nothing is said in that language.</param>
    /// <param name="vectors">By text as <see cref="Text"/> has it; all of one length.</param>
    public Meanings(IReadOnlyList<Occupation> occupations, IReadOnlyDictionary<string, sbyte[]> vectors)
    {
        this.vectors = vectors.ToFrozenDictionary(x => x.Key, x => new MeaningVector(x.Value), StringComparer.Ordinal);
        (chinese, english) = (Learn(occupations, Language.Chinese), Learn(occupations, Language.English));
        near = [.. occupations.Select((_, a) => occupations.Select((_, b) => (byte)Math.Max(Between(chinese, a, b), Between(english, a, b))).ToArray())];
    }

    /// <summary>A text as it is given to a model: as closeness reads it.</summary>
    public static string Text(string title) => TextCloseness.Fold(title);

    /// <summary>Every word of the list as it is given to a model.</summary>
    public static IEnumerable<string> Texts(IReadOnlyList<Occupation> occupations) =>
        Enum.GetValues<Language>().SelectMany(language => occupations.SelectMany(x => Words(x, language))).Select(Text);

    /// <summary>A vector in a byte a number, its largest number 127; null where it has none that says something.</summary>
    public static sbyte[]? Quantised(ReadOnlySpan<float> vector)
    {
        var largest = 0f;
        foreach (var number in vector)
            largest = float.IsFinite(number) ? Math.Max(largest, Math.Abs(number)) : float.PositiveInfinity;
        if (largest is 0 or float.PositiveInfinity)
            return null;
        var bytes = new sbyte[vector.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (sbyte)MathF.Round(127 * (vector[i] / largest));
        return bytes;
    }

    /// <summary>0 for the cosine that means nothing or less, 1 for the same direction.</summary>
    internal static double Closeness(double cosine, double unrelated) => Math.Clamp((cosine - unrelated) / (1 - unrelated), 0, 1);

    /// <summary>How close a wished occupation is to a title and its occupation, in hundredths; 0 where it is noise or not known.</summary>
    /// <param name="wish">The place of the occupation in the list.</param>
    /// <param name="offered">The place of the position's occupation; negative where it has none of the list.</param>
    internal int HundredthsTo(int wish, string title, int offered) =>
        Text(title) is var text && vectors.TryGetValue(text, out var vector)
            ? Math.Max((TextCloseness.IsChinese(text) ? chinese : english).HundredthsTo(wish, vector), offered < 0 ? 0 : near[wish][offered])
            : 0;

    private static IEnumerable<string> Words(Occupation occupation, Language language) =>
        (language == Language.Chinese ? occupation.SynonymsZh : occupation.SynonymsEn).Prepend(occupation.Label.In(language));

    private Vocabulary Learn(IReadOnlyList<Occupation> occupations, Language language)
    {
        var words = occupations.Select(x => Words(x, language).Select(word => vectors.GetValueOrDefault(Text(word))).ToArray()).ToArray();
        if (words.Length < 2 || words.Any(x => x.Contains(null)))
            return Vocabulary.None;
        // What two occupations have in common on average is nothing: models differ much in how alike they find things.
        var labels = words.Select(x => x[0]!).ToArray();
        var unrelated = labels.SelectMany((a, i) => labels.Skip(i + 1).Select(a.CosineTo)).Average();
        return unrelated < Blind ? new(words!, Math.Max(0, unrelated)) : Vocabulary.None;
    }

    private static int Between(Vocabulary vocabulary, int a, int b) => vocabulary.WordsOf(b).Select(word => vocabulary.HundredthsTo(a, word)).Append(0).Max();

    /// <summary>A list's words in one language.</summary>
    /// <param name="unrelated">The cosine that means nothing.</param>
    private sealed class Vocabulary(MeaningVector[][] words, double unrelated)
    {
        public static readonly Vocabulary None = new([], 0);

        public MeaningVector[] WordsOf(int occupation) => words.Length == 0 ? [] : words[occupation];

        public int HundredthsTo(int occupation, MeaningVector text) =>
            words.Length == 0 ? 0 : Phrases.Hundredths(Closeness(words[occupation].Max(word => word.CosineTo(text)), unrelated));
    }
}

/// <summary>A direction in a byte a number.</summary>
internal sealed class MeaningVector(sbyte[] numbers)
{
    private readonly sbyte[] numbers = numbers;
    private readonly double length = Math.Sqrt(Product(numbers, numbers));

    // Of another length is of another model.
    public double CosineTo(MeaningVector other) =>
        numbers.Length != other.numbers.Length || length == 0 || other.length == 0 ? 0 : Product(numbers, other.numbers) / (length * other.length);

    private static int Product(sbyte[] a, sbyte[] b)
    {
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
