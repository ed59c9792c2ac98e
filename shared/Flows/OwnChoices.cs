namespace JobMatch.Flows;

/// <summary>What a person has chosen on their pages and what no import says or changes. Encrypted at rest, as one.</summary>
public sealed record OwnChoices
{
    /// <summary>Pages and texts in easy read; null = not chosen, and the marked accommodation decides for texts.</summary>
    public bool? EasyRead { get; init; }

    /// <summary>Kinds of texts that the person does not want; see <see cref="TextChoices"/>.</summary>
    public IReadOnlyList<TextKind> NoTexts { get; init; } = [];

    /// <summary>Positions to come back to, and since when.</summary>
    public IReadOnlyDictionary<string, DateOnly> Saved { get; init; } = new Dictionary<string, DateOnly>();

    /// <summary>Questions that are not to be asked again on the matches page, as <see cref="OneQuestion.Key"/> names them.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];

    /// <summary>Who may act for the person, and who might once.</summary>
    public IReadOnlyList<Helper> Helpers { get; init; } = [];

    /// <summary>A guardian decides on consents.</summary>
    public bool Guarded { get; init; }

    /// <summary>Purposes that the person would agree to, waiting for the guardian.</summary>
    public IReadOnlyList<string> Wished { get; init; } = [];

    // The lists' members, not the lists themselves, are what was chosen.
    public bool Equals(OwnChoices? other) => other is not null && Written.Of(this) == Written.Of(other);

    public override int GetHashCode() => Written.Of(this).GetHashCode(StringComparison.Ordinal);
}
