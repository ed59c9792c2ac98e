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

/// <summary>What a member of staff does; one person may do several. What each opens on the pages stands in one table beside Access.cs.</summary>
[Flags]
public enum StaffRoles
{
    None = 0,

    /// <summary>Prepares events, meets people and employers, acts for people.</summary>
    Worker = 1,

    /// <summary>A worker who also approves what others ask for.</summary>
    Lead = 2,

    /// <summary>Keeps the service going: keys, gateways, queues. Sees nobody's data.</summary>
    Administrator = 4,

    /// <summary>Reads who did what. Sees nobody's data and changes nothing.</summary>
    Auditor = 8,

    /// <summary>Of a program's key, which its scopes limit.</summary>
    All = Worker | Lead | Administrator | Auditor,
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

    /// <summary>
    /// The member of staff, by a name-less id, so that approving takes two people and not two keys of one. With
    /// <see cref="Role.Seeker"/>: who acts for that person. Null for everybody else.
    /// </summary>
    public string? StaffId { get; init; }

    /// <summary>What the member of staff may do; <see cref="StaffRoles.None"/> unless <see cref="Role.Staff"/>.</summary>
    public StaffRoles StaffRoles { get; init; }

    /// <summary>The seeker's subject id, by which everything but their own file knows them; null unless <see cref="Role.Seeker"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>A member of staff does it for a person.</summary>
    public bool Acts => Role == Role.Seeker && StaffId is not null;
    /// <summary>Who acts for the seeker; null where they are here themselves.</summary>
    public Helping? Helping { get; init; }

    /// <summary>When the person signed in; null where a key calls.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the key was given this action, whatever the role may do.</summary>
    public bool HasScope(string action) =>
        Scopes.Contains("*") || Scopes.Contains(action) || Scopes.Contains(action[..(action.IndexOf('.', StringComparison.Ordinal) + 1)] + "*");
}

/// <summary>A helper at work.</summary>
/// <param name="For">The person's name; null where they gave none.</param>
public sealed record Helping(Helper Helper, string? For)
{
    private static readonly string[] Everybodys = ["health", "openapi", "assets", "codes.read", "pages.public", "pages.signIn", "pages.helping"];
    private static readonly string[] Guardians = ["pages.consents"];

    /// <summary>What the helper may do: what everybody may, and what the person allowed.</summary>
    public IReadOnlySet<string> Scopes => new HashSet<string>(
    [
        .. Everybodys,
        .. Helper.May.Select(may => may switch { HelperMay.Matches => "pages.matches", HelperMay.Answers => "pages.answers", _ => "pages.texts" }),
        .. Helper.Guardian ? Guardians : [],
    ]);

    /// <summary>Without the names.</summary>
    public override string ToString() => "a helper";
}
