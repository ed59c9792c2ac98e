namespace JobMatch.Flows;

/// <summary>A person signed in on the pages.</summary>
/// <param name="Who">A seeker by subject id, an employer or a member of staff by id.</param>
public sealed record Session(Role Role, string Who, DateTimeOffset StartedAt)
{
    public static readonly TimeSpan Lives = TimeSpan.FromHours(12);
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
    /// <summary>The phone that the holder of this ticket has shown to be theirs: for registering. Null where the ticket does not count.</summary>
    public async Task<string?> PhoneOf(string request, string ticket, CancellationToken cancel) =>
        await codes.Find(request, cancel) is { } stored && stored.Value.Admits(ticket, time.GetUtcNow()) ? stored.Value.Phone : null;

    /// <summary>Opens a session for one of those behind the phone whose code was entered.</summary>
    /// <returns>The token for the browser's cookie; null where the ticket does not count, or this one is not behind the phone.</returns>
    public async Task<string?> Start(string request, string ticket, Role role, string id, CancellationToken cancel)
    {
        if (await PhoneOf(request, ticket, cancel) is not { } phone)
            return null;
        if (!(await behind.Run(phone, cancel)).Any(who => who.Role == role && who.Id == id))
            return null;
        // Closed before it is opened: of two at once one wins.
        if (await codes.Change(request, code => code.Admits(ticket, time.GetUtcNow()) ? code with { Closed = true } : null, cancel) is null)
            return null;
        return await Open(role, id, cancel);
    }

    /// <summary>Opens a session for a member of staff whom the platform, or in Development the local page, has let in.</summary>
    /// <param name="staff">A name-less id.</param>
    public Task<string> StartStaff(string staff, CancellationToken cancel) => Open(Role.Staff, staff, cancel);

    /// <summary>Who comes with this token; null where it does not count, or the person is not here any more.</summary>
    public async Task<Caller?> Find(string token, CancellationToken cancel)
    {
        var hash = Secret.Hash(token);
        if (await sessions.Find(hash, cancel) is not { } session || time.GetUtcNow() >= session.StartedAt + Session.Lives)
            return null;
        var caller = new Caller(session.Role, "session-" + hash[..10], null, null, Caller.AllScopes);
        return session.Role switch
        {
            Role.Employer => caller with { EmployerId = session.Who },
            Role.Staff => caller with { StaffId = session.Who },
            Role.Seeker => await seekers.IdOf(session.Who, cancel) is { } seeker ? caller with { SeekerId = seeker } : null,
            _ => null,
        };
    }

    /// <summary>Signs out.</summary>
    public Task End(string token, CancellationToken cancel) => sessions.End(Secret.Hash(token), cancel);

    private async Task<string> Open(Role role, string id, CancellationToken cancel)
    {
        var token = Secret.New();
        await sessions.Add(Secret.Hash(token), new Session(role, id, time.GetUtcNow()), cancel);
        return token;
    }
}
