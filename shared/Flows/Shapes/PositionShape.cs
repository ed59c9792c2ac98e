using System.ComponentModel.DataAnnotations;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>One kind of work at one employer and place. Absent and null mean "not stated", an empty list means "none".</summary>
public record PositionShape
{
    /// <summary>At most 100 characters.</summary>
    [Required, MaxLength(Limits.Title)]
    public string? Title { get; init; }

    /// <summary>At most 4,000 characters, lines allowed; not matched on.</summary>
    [MaxLength(Limits.Description), DataType(DataType.MultilineText)]
    public string? Description { get; init; }

    /// <summary>A code, or free text of at most 60 characters. What is written in capitals only is a code and must exist.</summary>
    [MaxLength(Limits.FreeText)]
    public string? Occupation { get; init; }

    /// <summary>A GB/T 2260 code; needed unless the place is REMOTE. A merged district is taken as its successor where there is one.</summary>
    public string? District { get; init; }

    /// <summary>At most 200 characters.</summary>
    [MaxLength(Limits.Address)]
    public string? Address { get; init; }

    /// <summary>1-10,000; 1 where not stated.</summary>
    [Range(1, 10_000)]
    public int? Openings { get; init; }

    /// <summary>Axis → 0-3.</summary>
    public IReadOnlyDictionary<string, int>? Demands { get; init; }

    /// <summary>Accommodation → an answer, bare or with its day. A bare answer is dated by the PUT; an answer counts for 12 months.</summary>
    public IReadOnlyDictionary<string, AccommodationShape>? Accommodations { get; init; }

    /// <summary>Exposure → yes or no.</summary>
    public IReadOnlyDictionary<string, YesNo>? Exposures { get; init; }

    /// <summary>Codes, or free text of at most 60 characters each; at most 50. Only codes filter.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? SkillsRequired { get; init; }

    /// <summary>Codes, or free text of at most 60 characters each; at most 50.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? SkillsOptional { get; init; }

    public Education? EducationMin { get; init; }

    /// <summary>Codes of skills of kind LICENCE, where the law asks for one; at most 50.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? Licences { get; init; }

    public PositionWorkShape? Work { get; init; }

    public Board? Board { get; init; }

    public Lodging? Lodging { get; init; }

    /// <summary>0-6.</summary>
    [Range(0, 6)]
    public int? ProbationMonths { get; init; }

    /// <summary>The last day on which it can be applied for.</summary>
    [Required]
    public DateOnly? ClosesOn { get; init; }
}

/// <summary>How, where and when a position is worked.</summary>
public sealed record PositionWorkShape
{
    public Contract? Contract { get; init; }

    /// <summary>ON_SITE where not stated. REMOTE is wholly from home.</summary>
    public Place? Place { get; init; }

    /// <summary>Not empty where stated.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<Shift>? Shifts { get; init; }

    public Rest? Rest { get; init; }

    /// <summary>1-168.</summary>
    [Range(1, Limits.HoursAWeek)]
    public int? HoursPerWeek { get; init; }

    public PayShape? Pay { get; init; }
}

/// <summary>Pay in whole yuan per period.</summary>
public sealed record PayShape
{
    /// <summary>0-10,000,000.</summary>
    [Range(0, Limits.Yuan)]
    public int? Min { get; init; }

    /// <summary>0-10,000,000, not below min.</summary>
    [Range(0, Limits.Yuan)]
    public int? Max { get; init; }

    [Required]
    public PayPeriod? Per { get; init; }

    /// <summary>Paid whatever the output (保底); not guaranteed where not stated.</summary>
    public bool? Guaranteed { get; init; }
}

/// <summary>An answer about an accommodation. A bare word stands for an object that holds only <c>answer</c>.</summary>
public sealed record AccommodationShape
{
    [Required]
    public Answer? Answer { get; init; }

    /// <summary>The day it was given or last confirmed, not in the future; the day of the PUT where not stated.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The role of who confirmed it, at most 60 characters.</summary>
    [MaxLength(Limits.FreeText)]
    public string? By { get; init; }

    /// <summary>Why not, at most 200 characters; shown to seekers.</summary>
    [MaxLength(Limits.Reason)]
    public string? Reason { get; init; }
}

/// <summary>Whether a surrounding is there.</summary>
public enum YesNo { No, Yes }
