namespace JobMatch.Flows;

/// <summary>Stops texts to a person, and lets them go on again: by word, or by hand. What was said later counts.</summary>
public sealed class OptOut(PutSeeker put)
{
    /// <returns>Whether this word is what stopped them, now or in a run before.</returns>
    public async Task<bool> Stop(string seeker, DateTimeOffset at, CancellationToken cancel) => await put.Change(
        seeker, file => file.OptedOutAt is null && !(file.OptedInAt >= at) ? file with { OptedOutAt = at } : file, cancel) is { } file && file.OptedOutAt == at;

    /// <returns>Whether this word is what let them go on, now or in a run before.</returns>
    public async Task<bool> Resume(string seeker, DateTimeOffset at, CancellationToken cancel) => await put.Change(
        seeker, file => file.OptedOutAt < at ? file with { OptedOutAt = null, OptedInAt = at } : file, cancel) is { } file && file.OptedInAt == at;
}
