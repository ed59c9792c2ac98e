using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>How an event, or a day of them, is announced. No body at all says the same as an empty one.</summary>
public sealed record AnnounceShape
{
    /// <summary>How many people are told, 1-20,000: those whom the fair plan picks. Not stated: everybody with a position.</summary>
    [Range(1, Limits.Budget)]
    public int? Budget { get; init; }

    /// <summary>The plan that the audience's preview named, to be announced exactly as it was shown; its own budget counts.</summary>
    [MaxLength(32)]
    public string? Plan { get; init; }
}
