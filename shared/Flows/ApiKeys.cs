using System.Security.Cryptography;
using System.Text;

namespace JobMatch.Flows;

/// <summary>
/// A program's key, <c>{keyId}.{secret}</c>. The secret is 256 random bits, shown once and kept as its SHA-256 only.
/// </summary>
/// <param name="Owner">An employer's id, a member of staff by a name-less id, or an import's name; by <paramref name="Role"/>.</param>
/// <param name="Scopes">As in <see cref="Caller.Scopes"/>.</param>
public sealed record ApiKey(
    string KeyId,
    ReadOnlyMemory<byte> SecretHash,
    Role Role,
    string Owner,
    IReadOnlySet<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Counts at this moment: not revoked, not expired.</summary>
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    /// <summary>Whether the secret is the right one, in a time that does not depend on it.</summary>
    public bool IsSecret(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash.Span, Hash(secret));

    /// <summary>Who calls with this key.</summary>
    public Caller Caller => new(Role, KeyId, Role == Role.Employer ? Owner : null, null, Scopes) { StaffId = Role == Role.Staff ? Owner : null, StaffRoles = Role == Role.Staff ? StaffRoles.All : StaffRoles.None };
}

/// <summary>Finds programs' keys.</summary>
public interface IApiKeys
{
    /// <summary>At most 30 seconds behind: so long may a revoked key still be let in.</summary>
    ValueTask<ApiKey?> Find(string keyId, CancellationToken cancel);
}

/// <summary>Says who calls with a key.</summary>
public sealed class Authenticate(IApiKeys keys, TimeProvider time)
{
    // Longer than any key that was ever given out; what is longer is not looked up.
    private const int Longest = 400;

    /// <param name="credential"><c>{keyId}.{secret}</c>, as it followed <c>Bearer</c>. A key's id may hold dots, a secret none.</param>
    /// <returns>Null for a key that is unknown, wrong, expired or revoked: which of these, the caller is not told.</returns>
    public async ValueTask<Caller?> Run(string credential, CancellationToken cancel)
    {
        var dot = credential.LastIndexOf('.');
        if (dot <= 0 || dot == credential.Length - 1 || credential.Length > Longest)
            return null;
        var key = await keys.Find(credential[..dot], cancel);
        return key is not null && key.IsSecret(credential[(dot + 1)..]) && key.IsLive(time.GetUtcNow()) ? key.Caller : null;
    }
}
