using System.ComponentModel.DataAnnotations;

namespace JobMatch.Flows.Shapes;

/// <summary>An employer, known by its unified social credit code, never by name.</summary>
public sealed record EmployerShape
{
    /// <summary>At most 100 characters.</summary>
    [Required, MaxLength(Limits.Name)]
    public string? Name { get; init; }

    /// <summary>18 characters, GB 32100-2015, with its check digit.</summary>
    public string? CreditCode { get; init; }

    /// <summary>At most 50.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<EmployerContactShape>? Contacts { get; init; }

    /// <summary>Staff have checked who this is; false where not stated.</summary>
    public bool? Approved { get; init; }
}

/// <summary>A person who may sign in for the employer.</summary>
public sealed record EmployerContactShape
{
    /// <summary>At most 100 characters.</summary>
    [Required, MaxLength(Limits.Name)]
    public string? Name { get; init; }

    /// <summary>E.164; 11 digits of a mainland mobile are taken too. A one-time code goes to it.</summary>
    [Required]
    public string? Phone { get; init; }

    /// <summary>At most 254 characters.</summary>
    [MaxLength(254)]
    public string? Email { get; init; }
}
