namespace JobMatch.Flows;

/// <summary>Keeps a position for a person to come back to, or lets it go again. Twice is once; nobody else learns of it.</summary>
public sealed class SavePosition(ISeekers seekers, IPositions positions, PutSeeker put, TimeProvider time)
{
    /// <summary>How many may be kept at a time: they stand in one row.</summary>
    public const int Most = 100;

    /// <returns>False where there is no such position, or too many are kept.</returns>
    public async Task<bool> Run(string seeker, string position, CancellationToken cancel)
    {
        if (await positions.Find(position, cancel) is null)
            return false;
        var file = await put.Choose(seeker, own => own.Saved.ContainsKey(position) || own.Saved.Count >= Most
            ? own : own with { Saved = own.Saved.Append(KeyValuePair.Create(position, time.Today())).ToDictionary() }, cancel);
        return file?.Own.Saved.ContainsKey(position) == true;
    }

    public Task Undo(string seeker, string position, CancellationToken cancel) => put.Choose(
        seeker, own => own.Saved.ContainsKey(position) ? own with { Saved = own.Saved.Where(x => x.Key != position).ToDictionary() } : own, cancel);

    /// <summary>What a person keeps, the latest first; also what can no longer be applied for, so that they learn of it.</summary>
    /// <returns>Null where there is no such person.</returns>
    public async Task<IReadOnlyList<SavedPosition>?> Read(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { Value: var file })
            return null;
        List<SavedPosition> saved = [];
        foreach (var (id, since) in file.Own.Saved.OrderByDescending(x => x.Value).ThenBy(x => x.Key, StringComparer.Ordinal))
            if (await positions.Find(id, cancel) is { Value.Facts: var position })
                saved.Add(new(id, position.Title, since, position.IsOpen(time.Today()), file.Interests.ContainsKey(id)));
        return saved;
    }
}

/// <param name="Open">It can still be applied for.</param>
/// <param name="Interested">The person has said so.</param>
public sealed record SavedPosition(string Position, string Title, DateOnly Since, bool Open, bool Interested);
