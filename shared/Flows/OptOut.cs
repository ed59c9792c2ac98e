namespace JobMatch.Flows;

/// <summary>Stops texts to a person, and lets them go on again: by word, or by hand. What was said later counts.</summary>
public sealed class OptOut(ISeekers seekers, PutSeeker put, TimeProvider time)
{
    /// <returns>Whether this word is what stopped them, now or in a run before.</returns>
    public Task<bool> Stop(string seeker, DateTimeOffset at, CancellationToken cancel) => Change(
        seeker, file => file.OptedOutAt is null && !(file.OptedInAt >= at) ? file with { OptedOutAt = at } : file, file => file.OptedOutAt == at, cancel);

    /// <returns>Whether this word is what let them go on, now or in a run before.</returns>
    public Task<bool> Resume(string seeker, DateTimeOffset at, CancellationToken cancel) => Change(
        seeker, file => file.OptedOutAt < at ? file with { OptedOutAt = null, OptedInAt = at } : file, file => file.OptedInAt == at, cancel);

    private async Task<bool> Change(string seeker, Func<SeekerFile, SeekerFile> change, Func<SeekerFile, bool> isSo, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await seekers.Find(seeker, cancel) is not { } stored)
                return false;
            var next = change(stored.Value);
            if (ReferenceEquals(next, stored.Value))
                return isSo(stored.Value);
            try
            {
                await put.Commit(next with { Version = stored.Value.Version + 1, ChangedAt = time.GetUtcNow() }, stored.ETag, cancel);
                return true;
            }
            catch (ConflictException) when (attempt < Put<SeekerFile>.Tries)
            {
            }
        }
    }
}
