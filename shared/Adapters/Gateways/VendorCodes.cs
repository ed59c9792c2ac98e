using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>
/// A vendor's codes for a text that it did not take, by what they mean. A code stands for its family too: <c>AuthFailure</c>
/// for <c>AuthFailure.SignatureExpire</c>. What stands nowhere is taken for the account's: that pauses the gateway until
/// somebody has looked, and fails no text.
/// </summary>
internal sealed class VendorCodes
{
    /// <summary>Nothing else would be taken either: no balance, signature suspended, key disabled, a clock that is wrong.</summary>
    public string[] Account { get; init; } = [];

    /// <summary>This text to this phone will never be taken.</summary>
    public string[] Text { get; init; } = [];

    /// <summary>Surely not taken now; how long to wait, where that is known.</summary>
    public (string Code, TimeSpan? Wait)[] Later { get; init; } = [];

    /// <summary>It may have been taken all the same.</summary>
    public string[] Unclear { get; init; } = [];

    public Sent Read(string code) => Find(code) ?? (code.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Find(code[..dot], code) : null) ?? new Sent.AccountRefused(code);

    private Sent? Find(string key, string? code = null) =>
        Account.Contains(key) ? new Sent.AccountRefused(code ?? key)
        : Text.Contains(key) ? new Sent.Refused(code ?? key, "refused by the vendor")
        : Unclear.Contains(key) ? new Sent.Unknown(code ?? key)
        : Later.Any(later => later.Code == key) ? new Sent.Later(Later.First(later => later.Code == key).Wait)
        : null;
}
