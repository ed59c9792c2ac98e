namespace JobMatch.Flows;

/// <summary>What somebody comes as. What each may do stands in one table, at the door; flows only ask whose things are touched.</summary>
public enum Role
{
    /// <summary>Anybody; also who says nothing about who they are.</summary>
    Public,

    /// <summary>A person signed in with a code to their phone.</summary>
    Seeker,

    /// <summary>One employer: its programs, by key, or a named contact who signed in with a code.</summary>
    Employer,

    /// <summary>One person of the federation's staff, by key or through the platform's sign-in.</summary>
    Staff,

    /// <summary>A trusted import.</summary>
    Import,

    /// <summary>An SMS gateway that calls back.</summary>
    Gateway,
}

/// <summary>Who calls, as established at the door.</summary>
/// <param name="KeyId">
/// The name under which what the caller does is remembered (idempotency, audit, limits): a key's id, or the like of a session.
/// Never a secret, never personal.
/// </param>
/// <param name="EmployerId">Whose key or contact; null unless <see cref="Role.Employer"/>.</param>
/// <param name="SeekerId">Null unless <see cref="Role.Seeker"/>.</param>
/// <param name="Scopes">Actions, <c>resource.*</c> or <c>*</c>: a key may be given less than its role, never more.</param>
public sealed record Caller(Role Role, string KeyId, string? EmployerId, string? SeekerId, IReadOnlySet<string> Scopes)
{
    public static readonly IReadOnlySet<string> AllScopes = new HashSet<string> { "*" };

    public static readonly Caller Nobody = new(Role.Public, "public", null, null, AllScopes);

    /// <summary>The member of staff, by a name-less id, so that approving takes two people and not two keys of one; null unless <see cref="Role.Staff"/>.</summary>
    public string? StaffId { get; init; }

    /// <summary>Whether the key was given this action, whatever the role may do.</summary>
    public bool HasScope(string action) =>
        Scopes.Contains("*") || Scopes.Contains(action) || Scopes.Contains(action[..(action.IndexOf('.', StringComparison.Ordinal) + 1)] + "*");
}
