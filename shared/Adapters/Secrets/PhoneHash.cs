using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JobMatch.Flows;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// How a phone is found without being stored: HMAC-SHA-256 under a pepper. A plain hash would fall to trying all numbers
/// in minutes. Outside sealed cells no phone is stored in any other form.
/// </summary>
public sealed class PhoneHash(ServiceKeys keys) : IKeyedHash
{
    /// <param name="phone">E.164.</param>
    /// <returns>43 characters base64url; fit for a RowKey.</returns>
    public async ValueTask<string> Of(string phone, CancellationToken cancel) =>
        Mac(await keys.Get(ServiceKeys.PhonePepper, cancel), phone);

    /// <summary>As for phones, for other values that could be guessed.</summary>
    public async ValueTask<string> Of(string what, string value, CancellationToken cancel) =>
        Mac(await keys.Get(ServiceKeys.SignIn, cancel), $"{what}|{value}");

    /// <summary>Spreads hashes over 256 partitions: two hex digits.</summary>
    public static string Partition(string hash) => Convert.ToHexStringLower(Base64Url.DecodeFromChars(hash).AsSpan(0, 1));

    private static string Mac(DataKey key, string value) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(value)));
}
