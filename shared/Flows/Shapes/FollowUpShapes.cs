using System.ComponentModel.DataAnnotations;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>What somebody said at a follow-up.</summary>
public sealed record FollowUpAnswerShape
{
    /// <summary>well = still there; trouble = still there, and something is wrong; left = no longer there.</summary>
    [Required]
    public FollowUpAnswer? Answer { get; init; }
}

/// <summary>What is said of a case; what is not stated stays.</summary>
public sealed record CaseShape
{
    /// <summary>Who sees to it: a member of staff, by a name-less id of at most 63 characters.</summary>
    [MaxLength(ChangeCase.LongestOwner)]
    public string? Owner { get; init; }

    /// <summary>By when, from today on and within a year.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>What was agreed, at most 500 characters; no diagnosis belongs there.</summary>
    [MaxLength(ChangeCase.LongestNote)]
    public string? Note { get; init; }

    /// <summary>Closes it.</summary>
    public CaseReason? Reason { get; init; }
}
