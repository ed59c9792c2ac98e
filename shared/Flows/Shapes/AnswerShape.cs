using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>What staff write back to a reply.</summary>
public sealed record AnswerShape
{
    /// <summary>As it will stand on the phone: two texts' length at most with the signature, without links or numbers to call, naming no disability.</summary>
    [Required, MaxLength(TextTemplates.Aim)]
    public string? Text { get; init; }
}
