namespace JobMatch.Flows;

/// <summary>When a person was last here themselves, and how often somebody who came in their place did not know them.</summary>
/// <param name="Wrong">Wrong answers since the last right one.</param>
/// <param name="WrongAt">The last of them.</param>
public sealed record Presence(DateTimeOffset? SignedInAt, int Wrong = 0, DateTimeOffset? WrongAt = null);

/// <summary>Keeps that in the person's own partition.</summary>
public interface IPresence
{
    Task<Stored<Presence>?> Find(string seeker, CancellationToken cancel);

    /// <param name="etag">Null: it must not exist yet.</param>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(string seeker, Presence presence, string? etag, CancellationToken cancel);
}

/// <summary>
/// Numbers are given to others after a while. Who has not signed in for long is asked, after the code, one thing that only
/// they are sure to know: their name as they gave it or, where they gave none, the district that they live in. A wrong
/// answer tells nothing, three are all there are for a month, and the way out is the desk.
/// </summary>
public sealed class LongSilence(ISeekers seekers, IPresence presence, ICodes codes, OptOut optOut, SignInLimits limits, TimeProvider time)
{
    /// <summary>Wrong answers for one person, whoever gives them.</summary>
    public const int MostWrong = 3;

    /// <summary>After this wrong answers count no more.</summary>
    public static readonly TimeSpan Forgiven = TimeSpan.FromDays(30);

    private const int Tries = 5;

    /// <summary>Those of several who must show first that they are who they were.</summary>
    /// <param name="code">As it stands: whoever showed it with this sign-in is asked no more.</param>
    internal async Task<IReadOnlyList<SeekerFile>> Waiting(SignInCode code, IEnumerable<Who> who, CancellationToken cancel)
    {
        List<SeekerFile> waiting = [];
        foreach (var one in who)
            if (one is { Role: Role.Seeker, Helper: null } && !code.Proven.Contains(one.Id) && await seekers.BySubject(one.Id, cancel) is { Value: var person } && await IsLong(person, cancel))
                waiting.Add(person);
        return waiting;
    }

    /// <summary>Notes that the person signed in.</summary>
    internal async Task Note(string subject, CancellationToken cancel)
    {
        if (await seekers.IdOf(subject, cancel) is { } id)
            await Change(id, _ => new(time.GetUtcNow()), cancel);
    }

    /// <summary>Takes an answer for whichever of those waiting it is right for.</summary>
    /// <param name="name">As typed; blanks and capitals do not matter.</param>
    /// <param name="district">A code; counts for who gave no name.</param>
    /// <returns>Whether it was right for somebody.</returns>
    internal async Task<bool> Prove(SignInCode code, IReadOnlyList<SeekerFile> waiting, string name, string district, CancellationToken cancel)
    {
        var right = false;
        foreach (var person in waiting)
        {
            // Counted before it is answered, so that no number of answers at once makes more than three.
            if (await Change(person.Id, now => Counts(now) >= MostWrong ? now : now with { Wrong = Counts(now) + 1, WrongAt = time.GetUtcNow() }, cancel) is not { } counted || !counted.Changed)
                continue;
            if (!(person.Name is { } held ? FindPeople.NameOf(held) == FindPeople.NameOf(name) : person.Facts.District == district))
                continue;
            await Change(person.Id, now => now with { Wrong = 0, WrongAt = null }, cancel);
            right |= await codes.Change(code.Request, now => now.Proven.Contains(person.Facts.Id) ? now : now with { Proven = [.. now.Proven, person.Facts.Id] }, cancel) is not null;
        }
        return right;
    }

    /// <summary>The number is another person's now: nobody whom it belonged to is texted on it any more. What is held of them stays for them to find at the desk.</summary>
    internal async Task Gone(IReadOnlyList<SeekerFile> waiting, CancellationToken cancel)
    {
        foreach (var person in waiting)
            await optOut.Stop(person.Id, time.GetUtcNow(), cancel);
    }

    private async Task<bool> IsLong(SeekerFile person, CancellationToken cancel) =>
        time.GetUtcNow() - ((await presence.Find(person.Id, cancel))?.Value.SignedInAt ?? person.FirstPut) > limits.SilentAfter;

    private int Counts(Presence now) => now.WrongAt is { } at && time.GetUtcNow() - at < Forgiven ? now.Wrong : 0;

    private async Task<(Presence Now, bool Changed)?> Change(string seeker, Func<Presence, Presence> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await presence.Find(seeker, cancel);
            var before = stored?.Value ?? new(null);
            var next = change(before);
            if (ReferenceEquals(next, before))
                return (next, false);
            try
            {
                await presence.Save(seeker, next, stored?.ETag, cancel);
                return (next, true);
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }
}

/// <summary>What whoever entered a code is asked before they are shown anybody.</summary>
/// <param name="Name">Asked for by name; else by district.</param>
public sealed record KnownFact(bool Name);
