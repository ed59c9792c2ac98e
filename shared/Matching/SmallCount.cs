namespace JobMatch.Matching;

/// <summary>
/// A count of people as somebody outside the federation may read it: below <see cref="Least"/> nothing but that it is below.
/// </summary>
/// <param name="Number">Null where it is below <see cref="Least"/>; zero is below it too.</param>
public readonly record struct SmallCount(int? Number)
{
    /// <summary>The smallest count that is told.</summary>
    public const int Least = 5;

    /// <summary>How it reads below <see cref="Least"/>.</summary>
    public const string Below = "<5";

    public static SmallCount Exactly(int count) => new(count);

    /// <param name="inSteps">
    /// Rounded down to a multiple of <see cref="Least"/>, so that two counts that differ by one person mostly read the same, and
    /// where they do not, the difference may be anything from one to nine.
    /// </param>
    public static SmallCount Guarded(int count, bool inSteps) =>
        new(count < Least ? null : inSteps ? count - count % Least : count);
}
