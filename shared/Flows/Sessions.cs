namespace JobMatch.Flows;

/// <summary>A person signed in on the pages.</summary>
/// <param name="Who">A seeker by subject id, an employer or a member of staff by id.</param>
/// <param name="StaffRoles">Of a member of staff.</param>
/// <param name="By">The member of staff who acts for the seeker; it opens nothing without that one's own sign-in. Null: they came themselves.</param>
/// <param name="Helper">Which helper of the seeker's it is; null: none.</param>
public sealed record Session(Role Role, string Who, DateTimeOffset StartedAt, StaffRoles StaffRoles = StaffRoles.None, string? By = null, string? Helper = null)
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

/// <summary>Who may be chosen after a code.</summary>
/// <param name="Known">What has to be known before the others behind the phone are shown; null = there are none.</param>
public sealed record Choosing(IReadOnlyList<Who> Who, KnownFact? Known);

/// <summary>Opens sessions, finds and ends them.</summary>
public sealed class Sessions(ICodes codes, ISessions sessions, ISeekers seekers, WhoIsBehind behind, LongSilence silence, IHelpersActs acts, TimeProvider time)
{
    /// <summary>The phone that the holder of this ticket has shown to be theirs: for registering. Null where the ticket does not count, or lets in one person only.</summary>
    public async Task<string?> PhoneOf(string request, string ticket, CancellationToken cancel) =>
        await Admitted(request, ticket, cancel) is { Only: null } code ? code.Phone : null;

    /// <summary>Who can be signed in with this ticket, and whether somebody else there has to be known first.</summary>
    /// <returns>Null where the ticket does not count.</returns>
    public async Task<Choosing?> Choose(string request, string ticket, CancellationToken cancel)
    {
        if (await Found(request, ticket, cancel) is not { } found)
            return null;
        var waiting = found.Waiting.Select(person => person.Facts.Id).ToHashSet();
        return new([.. found.Who.Where(who => !waiting.Contains(who.Id) || who.Helper is not null)], found.Waiting.Count == 0 ? null : new(found.Waiting.Any(person => person.Name is not null)));
    }

    /// <summary>Takes the answer to the known fact.</summary>
    /// <returns>Whether it was right for somebody.</returns>
    public async Task<bool> Prove(string request, string ticket, string name, string district, CancellationToken cancel) =>
        await Found(request, ticket, cancel) is { } found && await silence.Prove(found.Code, found.Waiting, name, district, cancel);

    /// <summary>Somebody else has the number now.</summary>
    public async Task Gone(string request, string ticket, CancellationToken cancel)
    {
        if (await Found(request, ticket, cancel) is { } found)
            await silence.Gone(found.Waiting, cancel);
    }

    private async Task<(SignInCode Code, IReadOnlyList<Who> Who, IReadOnlyList<SeekerFile> Waiting)?> Found(string request, string ticket, CancellationToken cancel)
    {
        if (await Admitted(request, ticket, cancel) is not { } code)
            return null;
        var who = await behind.Run(code.Phone, cancel);
        // Whom staff know needs no other proof.
        return code.Only is { } only ? (code, [.. who.Where(one => one.Id == only && one.Helper is null)], []) : (code, who, await silence.Waiting(code, who, cancel));
    }

    /// <summary>Opens a session for one of those behind the phone whose code was entered.</summary>
    /// <param name="helper">Which helper comes for the person; null = the person.</param>
    /// <returns>The token for the browser's cookie; null where the ticket does not count, or this one is not behind the phone or is not known yet.</returns>
    public async Task<string?> Start(string request, string ticket, Role role, string id, CancellationToken cancel, string? helper = null)
    {
        if (await Choose(request, ticket, cancel) is not { } choosing || !choosing.Who.Any(who => who.Role == role && who.Id == id && who.Helper == helper))
            return null;
        // Closed before it is opened: of two at once one wins.
        if (await codes.Change(request, code => code.Admits(ticket, time.GetUtcNow()) ? code with { Closed = true } : null, cancel) is null)
            return null;
        if (role == Role.Seeker && helper is null)
            await silence.Note(id, cancel);
        else if (helper is not null && await seekers.IdOf(id, cancel) is { } seeker)
            await acts.Note(seeker, new(time.GetUtcNow(), helper, "POST /sign-in"), cancel);
        return await Open(new(role, id, time.GetUtcNow(), Helper: helper), cancel);
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
        var caller = CallerOf(token, session.Role) with { Since = session.StartedAt };
        return session.Role switch
        {
            Role.Employer => caller with { EmployerId = session.Who },
            Role.Staff => caller with { StaffId = session.Who, StaffRoles = session.StaffRoles },
            Role.Seeker when session.Helper is not null => await Helped(session, caller, cancel),
            Role.Seeker => await seekers.IdOf(session.Who, cancel) is { } seeker ? caller with { SeekerId = seeker, Subject = session.Who } : null,
            _ => null,
        };
    }

    // What the person allows counts as it stands at every step.
    private async Task<Caller?> Helped(Session session, Caller caller, CancellationToken cancel)
    {
        if (await seekers.BySubject(session.Who, cancel) is not { Value: var person } || person.Own.Helpers.FirstOrDefault(held => held.Id == session.Helper && held.Until is null) is not { } helper)
            return null;
        var helping = new Helping(helper, person.Name);
        return caller with { SeekerId = person.Id, Subject = session.Who, Helping = helping, Scopes = helping.Scopes };
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
