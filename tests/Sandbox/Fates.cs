using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JobMatch.Sandbox;

public enum Fate
{
    Delivered, Refused, Late, Doubled, Lost, Swallowed, Early, ThrottledOnce, Throttled, Slow, Dropped, Garbled, Broken, Unreachable,
}

/// <summary>What can become of a text: chosen by a magic number's digits, or by weather.</summary>
/// <param name="Digits">The digits after +861990000; two more follow freely.</param>
/// <param name="Word">Its name in <see cref="Weather"/>.</param>
/// <param name="Code">The vendor's code, where it refuses or fails.</param>
public sealed record Kind(string Digits, string Word, Fate Fate, string? Code, string Zh, string En)
{
    public const string Magic = "+861990000";

    // Codes as Aliyun's Dysms names them; what a number's second digit does not name is as its 0.
    public static readonly IReadOnlyList<Kind> All =
    [
        new("00", "deliver", Fate.Delivered, null, "送达一次（同普通号码）", "delivered once, as any other number"),
        new("10", "refuse", Fate.Refused, "isv.MOBILE_NUMBER_ILLEGAL", "拒收：号码", "refused: the number"),
        new("11", "refuse-content", Fate.Refused, "isv.SMS_CONTENT_ILLEGAL", "拒收：内容", "refused: the content"),
        new("12", "refuse-limit", Fate.Refused, "isv.BUSINESS_LIMIT_CONTROL", "拒收：该号码超限", "refused: too many to this number"),
        new("20", "late", Fate.Late, null, "回执延迟", "late: the receipt is delayed"),
        new("30", "double", Fate.Doubled, null, "回执重复两次", "doubled: the receipt comes twice"),
        new("40", "lose", Fate.Lost, null, "丢失：永无回执，查询也无结果", "lost: no receipt ever, and asking tells no more"),
        new("41", "swallow", Fate.Swallowed, null, "回执丢失，但可查询到已送达", "lost: no receipt, but asking tells that it was delivered"),
        new("50", "early", Fate.Early, null, "回执早于发送应答", "early: the receipt comes before the send's answer"),
        new("60", "throttle", Fate.ThrottledOnce, null, "首次限流（429），重试成功", "throttled: 429 at first, taken at the next try"),
        new("61", "throttle-always", Fate.Throttled, null, "始终限流（429）", "always throttled (429)"),
        new("70", "slow", Fate.Slow, null, "已收下，但应答超时", "slow: taken, but answered after the client's time-out"),
        new("71", "drop", Fate.Dropped, null, "已收下，但连接中断", "taken, but the connection is cut instead of an answer"),
        new("72", "garble", Fate.Garbled, null, "已收下，但应答无法解析", "taken, but the answer is garbage"),
        new("73", "break", Fate.Broken, null, "未收下，应答 500", "not taken, answered with 500"),
        new("80", "unreachable", Fate.Unreachable, "UNDELIV", "不可达：回执为失败", "unreachable: taken, the receipt says failed"),
        new("90", "balance", Fate.Refused, "isv.AMOUNT_NOT_ENOUGH", "账户拒绝：余额不足", "account refused: no balance"),
        new("91", "signature", Fate.Refused, "isv.SMS_SIGN_ILLEGAL", "账户拒绝：签名停用", "account refused: signature suspended"),
        new("92", "key", Fate.Refused, "isp.RAM_PERMISSION_DENY", "账户拒绝：密钥停用", "account refused: key disabled"),
    ];

    public static readonly Kind Delivered = All[0];

    /// <summary>What a magic number's digits say; null for every other number.</summary>
    public static Kind? Of(string phone) =>
        !phone.StartsWith(Magic, StringComparison.Ordinal) || phone.Length != Magic.Length + 4 ? null
        : All.FirstOrDefault(kind => kind.Digits == phone[^4..^2]) ?? All.First(kind => kind.Digits == $"{phone[^4]}0");
}

/// <summary>
/// What happens to ordinary numbers, for load: shares of texts by <see cref="Kind.Word"/>, and whether receipts are shuffled.
/// The same seed, phone and text always have the same fate.
/// </summary>
public sealed record Weather(IReadOnlyList<(Kind Kind, double Share)> Shares, bool Shuffle, int Seed)
{
    public static readonly Weather Fair = new([], false, 0);

    /// <param name="words">As <c>refuse=0.02,late=0.05,double=0.1,lose=0.03,early=0.01,shuffle</c>.</param>
    /// <exception cref="FormatException">An unknown word, no number, or shares of more than 1.</exception>
    public static Weather Parse(string words, int seed)
    {
        var parts = words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shares = parts.Where(part => part != "shuffle").Select(Read).ToList();
        return shares.Sum(share => share.Share) <= 1.0000001 && shares.All(share => share.Share >= 0)
            ? new(shares, parts.Contains("shuffle"), seed)
            : throw new FormatException("Shares of the weather lie between 0 and 1 and add up to 1 at most.");
    }

    public Kind Of(string phone, string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}|{phone}|{text}"));
        var roll = BitConverter.ToUInt32(hash) / (double)uint.MaxValue;
        foreach (var (kind, share) in Shares)
            if ((roll -= share) < 0)
                return kind;
        return Kind.Delivered;
    }

    private static (Kind Kind, double Share) Read(string part) =>
        part.Split('=') is [var word, var share] && Kind.All.FirstOrDefault(kind => kind.Word == word) is { } kind
            ? (kind, double.Parse(share, CultureInfo.InvariantCulture))
            : throw new FormatException($"No weather is called '{part}'. Known: {string.Join(", ", Kind.All.Select(kind => kind.Word))}, shuffle.");
}
