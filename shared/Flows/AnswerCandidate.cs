using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// What an employer says of a person whom it knows by an alias: that it is interested, which the person sees and may answer by
/// releasing who they are, or that it does not consider them, for six months or until it takes that back. Both stand with the
/// person (decision 0021). Twice is once.
/// </summary>
public sealed class AnswerCandidate(ISeekers seekers, IPositions positions, IMarket market, IAliases aliases, PutSeeker put, TimeProvider time)
{
    /// <summary>How many of either a person keeps, the latest: they all stand in one row.</summary>
    public const int Most = 300;

    /// <summary>Says, or takes back, that the employer is interested; what was declined is undone by it.</summary>
    /// <returns>False where this employer has no such position, or nobody of that alias is listed for it.</returns>
    public Task<bool> Seek(string position, string employer, string alias, bool interested, CancellationToken cancel) => Change(position, employer, alias, (file, _) =>
        file.SoughtBy.ContainsKey(position) == interested ? file : interested
            ? Undeclined(file, position) with { SoughtBy = Latest(file.SoughtBy.Append(KeyValuePair.Create(position, time.Today())), x => x.Value) }
            : file with { SoughtBy = file.SoughtBy.Where(x => x.Key != position).ToDictionary() }, cancel);

    /// <summary>Declines a person for a position, or takes that back.</summary>
    /// <returns>As for <see cref="Seek"/>.</returns>
    public Task<bool> Decline(string position, string employer, string alias, bool declined, CancellationToken cancel) => Change(position, employer, alias, (file, today) =>
    {
        if (!declined)
            return file.Facts.DeclinedBy?.ContainsKey(position) == true ? Undeclined(file, position) : file;
        var standing = (file.Facts.DeclinedBy ?? new Dictionary<string, Decline>()).Where(x => x.Key != position && Policy.Until(x.Value) > today);
        return file.Facts.DeclinedBy?.TryGetValue(position, out var held) == true && held.On == today ? file : file with
        {
            Facts = file.Facts with { DeclinedBy = Latest(standing.Append(KeyValuePair.Create(position, new Decline(today, false))), x => x.Value.On) },
            SoughtBy = file.SoughtBy.Where(x => x.Key != position).ToDictionary(),
        };
    }, cancel);

    private async Task<bool> Change(string position, string employer, string alias, Func<SeekerFile, DateOnly, SeekerFile> change, CancellationToken cancel)
    {
        if (await positions.Find(position, cancel) is not { Value: { Draft: false } file } || file.Employer != employer || await IdOf(employer, alias, cancel) is not { } seeker)
            return false;
        var listed = false;
        await put.Change(seeker, person =>
        {
            // Whom the employer declined it sees no more by their consent alone, and may still take back.
            listed = person.IsListedFor(position) || person.Facts.DeclinedBy?.ContainsKey(position) == true;
            return listed ? change(person, time.Today()) : person;
        }, cancel);
        return listed;
    }

    // An alias leads back to nobody: it is found again among those who are there.
    private async Task<string?> IdOf(string employer, string alias, CancellationToken cancel)
    {
        foreach (var subject in (await market.View(cancel)).Seekers.Keys)
            if (await aliases.For(employer, subject, cancel) == alias)
                return await seekers.IdOf(subject, cancel);
        return null;
    }

    private static SeekerFile Undeclined(SeekerFile file, string position) => file with
    {
        Facts = file.Facts with { DeclinedBy = file.Facts.DeclinedBy?.Where(x => x.Key != position).ToDictionary() is { Count: > 0 } left ? left : null },
    };

    private static Dictionary<string, T> Latest<T>(IEnumerable<KeyValuePair<string, T>> all, Func<KeyValuePair<string, T>, DateOnly> on) =>
        all.OrderByDescending(on).ThenBy(x => x.Key, StringComparer.Ordinal).Take(Most).ToDictionary();
}
