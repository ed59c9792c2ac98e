namespace JobMatch.Flows;

/// <summary>A person signed in on the pages.</summary>
/// <param name="Who">A seeker by subject id, an employer or a member of staff by id.</param>
/// <param name="StaffRoles">Of a member of staff.</param>
/// <param name="By">The member of staff who acts for the seeker; it opens nothing without that one's own sign-in. Null: they came themselves.</param>
public sealed record Session(Role Role, string Who, DateTimeOffset StartedAt, StaffRoles StaffRoles = StaffRoles.None, string? By = null)
{
    public static readonly TimeSpan Lives = TimeSpan.FromHours(12);

    /// <summary>How long staff act for somebody before they say again that they do.</summary>
    public static readonly TimeSpan Acting = TimeSpan.FromHours(1);
}

/// <summary>Keeps sessions by the hash of their token.</summary>
public interface ISessions
{
    Task<Session?> Find(string tokenHash, CancellationToken cancel);

    Task Add(string tokenHash, Session session, CancellationToken cancel);

    /// <summary>Ending it twice is ending it once.</summary>
    Task End(string tokenHash, CancellationToken cancel);
}

/// <summary>Opens sessions, finds and ends them.</summary>
public sealed class Sessions(ICodes codes, ISessions sessions, ISeekers seekers, WhoIsBehind behind, TimeProvider time)
{
    /// <summary>The phone that the holder of this ticket has shown to be theirs: for registering. Null where the ticket does not count, or lets in one person only.</summary>
    public async Task<string?> PhoneOf(string request, string ticket, CancellationToken cancel) =>
        await Admitted(request, ticket, cancel) is { Only: null } code ? code.Phone : null;

    /// <summary>Opens a session for one of those behind the phone whose code was entered.</summary>
    /// <returns>The token for the browser's cookie; null where the ticket does not count, or this one is not behind the phone.</returns>
    public async Task<string?> Start(string request, string ticket, Role role, string id, CancellationToken cancel)
    {
        if (await Admitted(request, ticket, cancel) is not { } admitted || (admitted.Only ?? id) != id)
            return null;
        if (!(await behind.Run(admitted.Phone, cancel)).Any(who => who.Role == role && who.Id == id))
            return null;
        // Closed before it is opened: of two at once one wins.
        if (await codes.Change(request, code => code.Admits(ticket, time.GetUtcNow()) ? code with { Closed = true } : null, cancel) is null)
            return null;
        return await Open(new(role, id, time.GetUtcNow()), cancel);
    }

    /// <summary>Opens a session for a member of staff whom the platform, or in Development the local page, has let in.</summary>
    /// <param name="staff">A name-less id.</param>
    public Task<string> StartStaff(string staff, StaffRoles roles, CancellationToken cancel) => Open(new(Role.Staff, staff, time.GetUtcNow(), roles), cancel);

    /// <summary>Lets a member of staff act for a seeker, beside their own sign-in.</summary>
    public Task<string> StartActing(string staff, string subject, CancellationToken cancel) => Open(new(Role.Seeker, subject, time.GetUtcNow(), By: staff), cancel);

    /// <summary>The seeker for whom this member of staff acts with this token; null where it does not count, or the person is not here any more.</summary>
    public async Task<Caller?> FindActing(string token, string staff, CancellationToken cancel) =>
        await sessions.Find(Secret.Hash(token), cancel) is { Role: Role.Seeker } session && session.By == staff && time.GetUtcNow() < session.StartedAt + Session.Acting
        && await seekers.IdOf(session.Who, cancel) is { } seeker
            ? CallerOf(token, Role.Seeker) with { SeekerId = seeker, Subject = session.Who, StaffId = staff }
            : null;

    /// <summary>Who comes with this token; null where it does not count, or the person is not here any more.</summary>
    public async Task<Caller?> Find(string token, CancellationToken cancel)
    {
        if (await sessions.Find(Secret.Hash(token), cancel) is not { By: null } session || time.GetUtcNow() >= session.StartedAt + Session.Lives)
            return null;
        var caller = CallerOf(token, session.Role);
        return session.Role switch
        {
            Role.Employer => caller with { EmployerId = session.Who },
            Role.Staff => caller with { StaffId = session.Who, StaffRoles = session.StaffRoles },
            Role.Seeker => await seekers.IdOf(session.Who, cancel) is { } seeker ? caller with { SeekerId = seeker, Subject = session.Who } : null,
            _ => null,
        };
    }

    /// <summary>Signs out.</summary>
    public Task End(string token, CancellationToken cancel) => sessions.End(Secret.Hash(token), cancel);

    private async Task<SignInCode?> Admitted(string request, string ticket, CancellationToken cancel) =>
        await codes.Find(request, cancel) is { } stored && stored.Value.Admits(ticket, time.GetUtcNow()) ? stored.Value : null;

    private static Caller CallerOf(string token, Role role) => new(role, "session-" + Secret.Hash(token)[..10], null, null, Caller.AllScopes);

    private async Task<string> Open(Session session, CancellationToken cancel)
    {
        var token = Secret.New();
        await sessions.Add(Secret.Hash(token), session, cancel);
        return token;
    }
}
