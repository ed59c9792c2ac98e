using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>How an event is announced. No body at all says the same as an empty one.</summary>
public sealed record AnnounceShape
{
    /// <summary>How many people are told, 1-20,000: those whom the fair plan picks. Not stated: everybody with a position.</summary>
    [Range(1, Limits.Budget)]
    public int? Budget { get; init; }
}
