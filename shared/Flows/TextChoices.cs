namespace JobMatch.Flows;

/// <summary>Which kinds of texts a person wants.</summary>
public static class TextChoices
{
    /// <summary>
    /// Kinds that can be refused one by one. What answers the person, or tells those who said yes that an event changed or is
    /// cancelled, ends only with all texts.
    /// </summary>
    public static readonly IReadOnlyList<TextKind> Kinds = [TextKind.Invitation, TextKind.Reminder, TextKind.Digest, TextKind.FollowUp];

    public static bool Wants(this SeekerFile person, TextKind kind) => !person.Own.NoTexts.Contains(kind);
}

/// <summary>Notes how a person wants to be written to. Twice is once.</summary>
public sealed class ChooseTexts(PutSeeker put)
{
    /// <param name="wanted">Of <see cref="TextChoices.Kinds"/>; the others are refused.</param>
    public Task Run(string seeker, IReadOnlyCollection<TextKind> wanted, CancellationToken cancel)
    {
        IReadOnlyList<TextKind> refused = [.. TextChoices.Kinds.Where(kind => !wanted.Contains(kind))];
        return put.Choose(seeker, own => own.NoTexts.SequenceEqual(refused) ? own : own with { NoTexts = refused }, cancel);
    }

    /// <summary>One choice for pages and texts.</summary>
    public Task EasyRead(string seeker, bool easy, CancellationToken cancel) =>
        put.Choose(seeker, own => own.EasyRead == easy ? own : own with { EasyRead = easy }, cancel);
}
