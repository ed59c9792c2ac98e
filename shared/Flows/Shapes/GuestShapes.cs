using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>Who has come, by number.</summary>
public sealed record CheckInShape
{
    /// <summary>Guests' numbers at the event, at most 500.</summary>
    [Required, MaxLength(Most)]
    public IReadOnlyList<int>? Numbers { get; init; }

    /// <summary>Takes it back; false where not stated.</summary>
    public bool? Undo { get; init; }

    /// <summary>Of one entry.</summary>
    internal const int Most = 500;
}

/// <summary>How far guests have come with one position, by number.</summary>
public sealed record OutcomeShape
{
    /// <summary>One of the event's.</summary>
    [Required]
    public string? Position { get; init; }

    [Required]
    public OutcomeStage? Stage { get; init; }

    /// <summary>Needed for CLOSED, and only there.</summary>
    public ClosingReason? Reason { get; init; }

    /// <summary>Guests' numbers at the event, at most 500.</summary>
    [Required, MaxLength(CheckInShape.Most)]
    public IReadOnlyList<int>? Numbers { get; init; }

    /// <summary>Takes it back; false where not stated.</summary>
    public bool? Undo { get; init; }
}

/// <summary>Somebody who is put on an event's list.</summary>
public sealed record RegistrationShape
{
    /// <summary>A seeker's id.</summary>
    [Required]
    public string? Seeker { get; init; }

    /// <summary>Is there already; false where not stated.</summary>
    public bool? Attended { get; init; }
}
