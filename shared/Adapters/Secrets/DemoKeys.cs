using JobMatch.Flows;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// The five keys that everybody knows, for Development only: they stand in no storage, so that no other environment can
/// come to accept them. <paramref name="others"/> answers for every other key.
/// </summary>
public sealed class DemoKeys(IApiKeys others) : IApiKeys
{
    private static readonly Dictionary<string, ApiKey> Known = new[]
    {
        Key("demo-employer", Role.Employer),
        Key("demo-employer-2", Role.Employer),
        Key("demo-staff", Role.Staff),
        Key("demo-staff-2", Role.Staff),
        Key("demo-import", Role.Import),
    }.ToDictionary(key => key.KeyId);

    /// <summary>Their ids, which are also their owners': <c>demo-employer</c> is the key of the employer <c>demo-employer</c>.</summary>
    public static IReadOnlyCollection<string> Ids => Known.Keys;

    public ValueTask<ApiKey?> Find(string keyId, CancellationToken cancel) =>
        Known.TryGetValue(keyId, out var key) ? ValueTask.FromResult<ApiKey?>(key) : others.Find(keyId, cancel);

    private static ApiKey Key(string id, Role role) =>
        new(id, ApiKey.Hash("demo-secret"), role, id, Caller.AllScopes, DateTimeOffset.UnixEpoch, null, null);
}
