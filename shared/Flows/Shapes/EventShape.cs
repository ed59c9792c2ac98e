using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>A recruitment event. Its title may name disability only where a short title, which texts use, does not.</summary>
public record EventShape
{
    /// <summary>At most 100 characters.</summary>
    [Required, MaxLength(Limits.Title)]
    public string? Title { get; init; }

    /// <summary>What texts use, at most 30 characters; never names disability.</summary>
    [MaxLength(Limits.ShortTitle)]
    public string? ShortTitle { get; init; }

    [Required]
    public EventKind? Kind { get; init; }

    /// <summary>A GB/T 2260 code; needed unless the event is online (ONLINE_FAIR, LIVESTREAM_FAIR, or an address in <c>online</c>).</summary>
    public string? District { get; init; }

    /// <summary>Whom it is for: people who live in these districts, at most 50 codes; wherever where not stated.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string>? Districts { get; init; }

    /// <summary>At most 200 characters.</summary>
    [MaxLength(Limits.Address)]
    public string? Address { get; init; }

    /// <summary>Where it is joined: an https address, or words, at most 300 characters.</summary>
    [MaxLength(Limits.Link)]
    public string? Online { get; init; }

    /// <summary>Employers may tie their own positions to it; false where not stated.</summary>
    public bool? OpenToEmployers { get; init; }

    /// <summary>With a zone.</summary>
    [Required]
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>With a zone; after the start.</summary>
    [Required]
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>People the venue holds, 1-1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int? Capacity { get; init; }

    /// <summary>The venue's own accessibility: accommodation → an answer, bare or with its day.</summary>
    public IReadOnlyDictionary<string, AccommodationShape>? Accommodations { get; init; }

    /// <summary>0-1,000.</summary>
    [Range(0, 1_000)]
    public int? InterpreterSlots { get; init; }
}
