using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>That a person lets one employer know who they are; kept after it is revoked, so that both can be told later.</summary>
/// <param name="Until">When it was revoked; null = it stands.</param>
public sealed record Release(string Employer, DateTimeOffset At, DateTimeOffset? Until = null);

/// <summary>What a person sees before they say anything to an employer.</summary>
/// <param name="Seen">Exactly what the employer sees, or would see; null = the position is not open to the person any more, and something was said or released before.</param>
/// <param name="Employer">By name; null where it has none here.</param>
/// <param name="Listed">The employer sees it already.</param>
/// <param name="Since">When the person said that they are interested; null = they have not.</param>
/// <param name="Sought">When the employer said that it is interested in the person; null = it has not.</param>
/// <param name="Released">When name and phone were released to this employer; null = they are not.</param>
public sealed record InterestView(Position Position, string? Employer, Candidate? Seen, bool Listed, DateOnly? Since, DateOnly? Sought, DateTimeOffset? Released);

/// <summary>
/// A person says that they are interested in a position, which shows them to its employer without a name, and releases name
/// and phone to that employer, by itself and revocable. Twice is once.
/// </summary>
public sealed class ExpressInterest(ISeekers seekers, IPositions positions, IEmployers employers, FindCandidates candidates, PutSeeker put, TimeProvider time)
{
    /// <summary>How many may stand at a time: they are one row.</summary>
    public const int Most = 100;

    /// <param name="settle">Whether employers see a change of their answers only tomorrow.</param>
    /// <returns>Null where there is no such person or position, or it does not suit them and nothing of theirs stands with its employer.</returns>
    public async Task<InterestView?> View(string seeker, string position, bool settle, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { Value: var file } || await positions.Find(position, cancel) is not { Value: var job })
            return null;
        var seen = file.MayBeMatched() ? await candidates.One(job, file, settle, cancel) : null;
        var (since, sought, released) = (DayOf(file.Interests), DayOf(file.SoughtBy), file.ReleasedTo(job.Employer)?.At);
        // Whatever came in between, what was said and released can be seen and taken back.
        if (seen is null && since is null && released is null)
            return null;
        return new(job.Facts, (await employers.Find(job.Employer, cancel))?.Value.Name, seen, seen is not null && file.IsListedFor(position), since, sought, released);

        DateOnly? DayOf(IReadOnlyDictionary<string, DateOnly> said) => said.TryGetValue(position, out var day) ? day : null;
    }

    /// <returns>False where there is no such person or open position, it does not suit them, or too many stand.</returns>
    public async Task<bool> Say(string seeker, string position, CancellationToken cancel)
    {
        if (await View(seeker, position, settle: false, cancel) is not { Seen: not null })
            return false;
        var file = await put.Change(seeker, file => file.Interests.ContainsKey(position) || file.Interests.Count >= Most
            ? file : file with { Interests = file.Interests.Append(KeyValuePair.Create(position, time.Today())).ToDictionary() }, cancel);
        return file?.Interests.ContainsKey(position) == true;
    }

    /// <summary>Takes it back, and with the last interest in this employer's positions what was released to it.</summary>
    public async Task Undo(string seeker, string position, CancellationToken cancel)
    {
        var employer = (await positions.Find(position, cancel))?.Value.Employer;
        var others = employer is null ? [] : await positions.OfEmployer(employer, cancel);
        await put.Change(seeker, file =>
        {
            if (!file.Interests.ContainsKey(position))
                return file;
            var left = file.Interests.Where(x => x.Key != position).ToDictionary();
            var next = file with { Interests = left };
            return employer is null || others.Any(left.ContainsKey) ? next : Revoked(next, employer);
        }, cancel);
    }

    /// <summary>
    /// Lets the employer of a position that the person is interested in read name and phone. Who answers an employer's interest so is
    /// interested too.
    /// </summary>
    /// <returns>False where neither is interested, too many interests stand, or there is no phone to release.</returns>
    public async Task<bool> Release(string seeker, string position, CancellationToken cancel)
    {
        if (await positions.Find(position, cancel) is not { Value.Employer: var employer })
            return false;
        var file = await put.Change(seeker, file => file.Phone is null || file.ReleasedTo(employer) is not null
            || !file.Interests.ContainsKey(position) && (!file.SoughtBy.ContainsKey(position) || file.Interests.Count >= Most)
            ? file : file with
            {
                Interests = file.Interests.ContainsKey(position) ? file.Interests : file.Interests.Append(KeyValuePair.Create(position, time.Today())).ToDictionary(),
                Releases = [.. file.Releases, new(employer, time.GetUtcNow())],
            }, cancel);
        return file?.ReleasedTo(employer) is not null;
    }

    public async Task Revoke(string seeker, string position, CancellationToken cancel)
    {
        if (await positions.Find(position, cancel) is { Value.Employer: var employer })
            await put.Change(seeker, file => Revoked(file, employer), cancel);
    }

    private SeekerFile Revoked(SeekerFile file, string employer) => file.ReleasedTo(employer) is null ? file : file with
    {
        Releases = [.. file.Releases.Select(x => x.Employer == employer && x.Until is null ? x with { Until = time.GetUtcNow() } : x)],
    };
}

/// <summary>Who may be shown to whom.</summary>
internal static class Showing
{
    /// <summary>Whether the employer of a position may see this person, without a name.</summary>
    public static bool IsListedFor(this SeekerFile file, string position) =>
        file.MayBeMatched() && (file.Consent.Employers is not null || file.Interests.ContainsKey(position));

    public static Release? ReleasedTo(this SeekerFile file, string employer) => file.Releases.FirstOrDefault(x => x.Employer == employer && x.Until is null);
}
