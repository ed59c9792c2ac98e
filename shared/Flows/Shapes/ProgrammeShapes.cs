using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>What a programme did with or for one participant. Which members it has, and which words, its kind says: GET /api/programmes.</summary>
public record ProgrammeRecordShape
{
    /// <summary>A seeker's id.</summary>
    [MaxLength(63)]
    public string? Participant { get; init; }

    /// <summary>A firm, base, event or room, at most 100 characters; never a person.</summary>
    [MaxLength(Limits.Title)]
    public string? Title { get; init; }

    /// <summary>The contest, course run or firm that it belongs to, by an id of the caller's.</summary>
    public string? PartOf { get; init; }

    /// <summary>The base where it is, by an id of the caller's.</summary>
    public string? At { get; init; }

    /// <summary>One of the kind's types.</summary>
    public string? Type { get; init; }

    /// <summary>What happened, at most 500 steps.</summary>
    [Required, MaxLength(MostSteps)]
    public IReadOnlyList<ProgrammeStepShape>? Steps { get; init; }

    /// <summary>How it ended: one of the kind's outcomes. Not stated: it goes on.</summary>
    public string? Outcome { get; init; }

    /// <summary>Of one record.</summary>
    internal const int MostSteps = 500;
}

/// <summary>One thing that happened in a programme, or is planned.</summary>
public record ProgrammeStepShape
{
    /// <summary>One of the kind's steps.</summary>
    [Required]
    public string? Step { get; init; }

    [Required]
    public DateOnly? On { get; init; }

    /// <summary>What it refers to, by an id of the caller's; only for steps that have such.</summary>
    public string? Ref { get; init; }

    /// <summary>Whole numbers from 0 by the step's own words; money is yuan.</summary>
    public IReadOnlyDictionary<string, int>? Amounts { get; init; }
}

/// <summary>A step that is noted by itself.</summary>
public sealed record ProgrammeStepNoteShape : ProgrammeStepShape
{
    /// <summary>Takes it back; false where not stated.</summary>
    public bool? Undo { get; init; }
}
