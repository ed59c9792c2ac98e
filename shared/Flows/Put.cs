namespace JobMatch.Flows;

/// <summary>What became of a create-or-replace.</summary>
public abstract record Put<T>
{
    private Put() { }

    public sealed record Created(T Now) : Put<T>;

    public sealed record Updated(T Now) : Put<T>;

    /// <summary>The same as before: nothing was written, the version stands.</summary>
    public sealed record Unchanged(T Now) : Put<T>;

    /// <summary>The caller's If-Match names another version than <paramref name="Now"/> has.</summary>
    public sealed record Stale(T? Now) : Put<T>;

    /// <summary>It belongs to somebody else; to this caller it does not exist.</summary>
    public sealed record NotYours : Put<T>;

    /// <summary>The person was erased, and has consented to nothing since: a file that still names them does not bring them back.</summary>
    public sealed record Erased : Put<T>;

    /// <summary>What stands now, where the call may know it.</summary>
    public T? Value => this switch
    {
        Created x => x.Now,
        Updated x => x.Now,
        Unchanged x => x.Now,
        Stale x => x.Now,
        _ => default,
    };

    /// <summary>How often a write that lost a race reads again before it gives up.</summary>
    internal const int Tries = 5;
}

/// <summary>Versions that callers name.</summary>
public static class Overtaken
{
    /// <summary>Named where any version will do, as long as there is one (<c>If-Match: *</c>); versions begin at 1.</summary>
    public const long AnyVersion = 0;

    /// <summary>Whether the caller's version is not the one that stands.</summary>
    /// <param name="version">What stands; null = nothing does.</param>
    /// <param name="ifMatch">What the caller names; null = whichever stands, and nothing too.</param>
    internal static bool By(long? version, long? ifMatch) => ifMatch == AnyVersion ? version is null : ifMatch is not null && version != ifMatch;
}
