using System.Security.Cryptography;
using System.Text;
using JobMatch.Flows;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// Pseudonyms by keyed hash: the same person has another alias at each employer, and no employer can compute one.
/// 60 bits, so that two of an employer's candidates practically never share one.
/// </summary>
public sealed class Aliases(ServiceKeys keys) : IAliases
{
    public async Task<string> For(string employer, string subject, CancellationToken cancel)
    {
        var key = await keys.Get("aliases", cancel);
        var mac = HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"{employer}|{subject}"));
        // Letters and digits without 0/O and 1/I: people read aliases to each other.
        const string alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        return string.Concat(mac.Take(12).Select(b => alphabet[b & 31]));
    }
}
