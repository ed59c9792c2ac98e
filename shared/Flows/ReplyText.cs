using System.Text;

namespace JobMatch.Flows;

/// <summary>What a reply means.</summary>
public enum ReplyMeaning { NotUnderstood, Coming, NotComing, OptOut }

/// <summary>Reads what people write back, in any width or case.</summary>
public static class ReplyText
{
    /// <summary>Every vendor's opt-out words at once: what stops texts of one gateway stops them all.</summary>
    private static readonly HashSet<string> OptOut = ["T", "TD", "R", "N", "退订", "取消", "STOP", "UNSUBSCRIBE", "0000"];

    public static ReplyMeaning Read(string text) => Fold(text) switch
    {
        "1" => ReplyMeaning.Coming,
        "2" => ReplyMeaning.NotComing,
        var word when OptOut.Contains(word) => ReplyMeaning.OptOut,
        _ => ReplyMeaning.NotUnderstood,
    };

    /// <summary>
    /// The compatibility forms that phones' keyboards give (full width, circled digits), blanks and surrounding punctuation
    /// folded, in upper case. By hand, since <c>string.Normalize</c> leaves these as they are where globalization is invariant.
    /// </summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
            folded.Append(letter switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
                >= '\u2460' and <= '\u2468' => (char)(letter - '\u2460' + '1'),
                '\u3000' => ' ',
                _ => letter,
            });
        return folded.ToString().Trim().Trim(Around).ToUpperInvariant();
    }

    private static readonly char[] Around = [' ', '.', ',', '!', '?', '"', '\'', '(', ')', '[', ']', '{', '}', ':', ';', '。', '、', '“', '”', '‘', '’', '「', '」', '【', '】', '\uFE0F', '\u20E3', '\u200B', '\uFEFF'];
}
