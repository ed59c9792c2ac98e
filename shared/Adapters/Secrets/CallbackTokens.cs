using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// The secret path segment by which a gateway's callbacks are known; most vendors offer no other way. Two are valid at
/// once, so that a new one can be entered at the vendor's before the old one goes.
/// </summary>
public sealed partial class CallbackTokens
{
    private readonly Dictionary<string, string[]> tokens;

    /// <param name="tokens">Gateway → one or two tokens of at least 22 base64url characters (128 bits); the first is the one to enter at the vendor's.</param>
    /// <exception cref="InvalidOperationException">A token that is too short or does not survive in a path, or more than two.</exception>
    public CallbackTokens(IReadOnlyDictionary<string, IReadOnlyList<string>> tokens)
    {
        foreach (var (gateway, list) in tokens)
        {
            if (list.Count is 0 or > 2 || !list.All(token => Form().IsMatch(token)))
                throw new InvalidOperationException($"The gateway {gateway} needs one or two callback tokens of 22 to 128 characters A-Z a-z 0-9 - _.");
        }
        this.tokens = tokens.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>Whether a callback of this gateway carries one of its tokens, in a time that does not depend on the token.</summary>
    public bool Accepts(string gateway, string token)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var accepted = false;
        foreach (var valid in tokens.GetValueOrDefault(gateway, []))
            accepted |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(valid)), given);
        return accepted;
    }

    /// <summary>What the gateway's callbacks carry from now on; null for a gateway without one.</summary>
    public string? Current(string gateway) => tokens.GetValueOrDefault(gateway)?[0];

    /// <summary>A new token of 256 bits.</summary>
    public static string New() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>For Development: reads the file, adds a token for each gateway that has none yet, and gives back all of them.</summary>
    /// <param name="path">Readable by its owner only, beside the master key.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Kept(string path, params IEnumerable<string> gateways)
    {
        var exists = File.Exists(path);
        var kept = exists ? Read(path) : [];
        var missing = gateways.Where(gateway => !kept.ContainsKey(gateway)).ToList();
        if (missing.Count > 0)
        {
            foreach (var gateway in missing) kept[gateway] = New();
            OwnFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(kept), replace: exists);
            kept = Read(path);
        }
        return kept.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => [pair.Value]);
    }

    private static Dictionary<string, string> Read(string path) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(OwnFile.Read(path)) ?? [];

    [GeneratedRegex("^[A-Za-z0-9_-]{22,128}$")]
    private static partial Regex Form();
}
