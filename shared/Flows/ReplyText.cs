using System.Text;

namespace JobMatch.Flows;

/// <summary>What a reply means.</summary>
public enum ReplyMeaning
{
    NotUnderstood,
    Coming,
    NotComing,
    ContactMe,
    TellMore,

    /// <summary>Asks for the sign language interpreter.</summary>
    Interpreter,
    OptOut,

    /// <summary>“No” or “stop”, who knows: both are obeyed.</summary>
    NoOrStop,
    OptIn,
}

/// <summary>A reply as it was understood.</summary>
/// <param name="Letter">Which of the questions asked about, from 0: the A of “A1”; null where none was named.</param>
public readonly record struct ReadReply(ReplyMeaning Meaning, int? Letter = null);

/// <summary>Reads what people write back, in any width or case. A word stands for what it says only where it is the whole reply.</summary>
public static class ReplyText
{
    private const int Letters = 26;

    private static readonly Dictionary<string, ReplyMeaning> Words = new(
        From(ReplyMeaning.Coming, "1 一 壹 去 来 來 参加 报名 好 好的 好嘞 可以 行 没问题 是 是的 去去 来来 准时到 OK OKAY YES Y COMING SURE ILLCOME IWILLCOME IMCOMING IAMCOMING")
        .Concat(From(ReplyMeaning.NotComing, "2 二 贰 不去 不来 不來 不会去 不会来 不能去 不能来 不想去 不想来 去不了 来不了 來不了 去不成 来不成 没法去 没法来 不参加 没空 没时间 没有时间 有事 不行 不了 不方便 下次吧 下次 算了 NO NOPE NOTCOMING CANTCOME ICANTCOME CANNOTCOME ICANNOTCOME NOTHANKS"))
        .Concat(From(ReplyMeaning.ContactMe, "3 三 叁 联系我 请联系我 电话联系 电话联系我 打电话给我 给我打电话 请给我打电话 回电 请回电 CALLME PLEASECALL PLEASECALLME CONTACTME"))
        .Concat(From(ReplyMeaning.TellMore, "4 四 肆 更多 更多岗位 还有吗 还有别的吗 还有什么岗位 其他岗位 详情 详细 看看别的 MORE TELLMEMORE MOREINFO"))
        .Concat(From(ReplyMeaning.Interpreter, "手语 手语翻译 翻译 要手语 要翻译 要手语翻译 需要手语 需要翻译 需要手语翻译 INTERPRETER SIGNINTERPRETER SIGNLANGUAGE"))
        // Every vendor's words at once: what stops texts of one gateway stops them all.
        .Concat(From(ReplyMeaning.OptOut, "T TD R 0000 退订 退訂 T退订 TD退订 R退订 别发了 不要发了 不要再发 不要再发了 别再发了 勿发 勿扰 拒收 STOP STOPALL UNSUBSCRIBE END QUIT OPTOUT REVOKE"))
        .Concat(From(ReplyMeaning.NoOrStop, "N 取消 不要 不用 不需要 CANCEL"))
        .Concat(From(ReplyMeaning.OptIn, "恢复 恢复短信 订阅 重新订阅 开通 START UNSTOP SUBSCRIBE")));

    // Said before and after without changing what is meant.
    private static readonly string[] Before = ["我一定", "我会", "我要", "我想", "我们", "我", "一定", "肯定", "回复", "回", "选", "要", "会", "REPLY", "请"];
    private static readonly string[] After = ["谢谢您", "谢谢你", "谢谢", "多谢", "THANKS", "THANKYOU", "PLEASE", "了", "吧", "啊", "呢", "哈", "哦", "呀", "嘛", "的", "噢", "您好", "你好"];

    private static readonly Dictionary<string, int> Digits = new(Enumerable.Range(0, 4).SelectMany(i => new[] { "1234"[i], "一二三四"[i], "壹贰叁肆"[i] }.Select(said => KeyValuePair.Create($"{said}", i + 1))));

    /// <summary>The digit that a reply is, beside a letter or by itself; null where something was said in words.</summary>
    public static int? Digit(string text)
    {
        var said = Fold(text);
        return Find(said, Digits) ?? (said is [>= 'A' and <= 'Z', .. var rest] ? Exactly(rest) : said is [.. var turned, >= 'A' and <= 'Z'] ? Exactly(turned) : null);

        static int? Exactly(string word) => Digits.TryGetValue(word, out var digit) ? digit : null;
    }

    public static ReadReply Read(string text)
    {
        var said = Fold(text);
        if (Find(said, Words) is { } plain)
            return new(plain);
        // A1, and 1A from those who turn it round.
        if (said is [>= 'A' and <= 'Z', .. { Length: > 0 } digit] && Words.TryGetValue(digit, out var first) && ByDigit(first))
            return new(first, said[0] - 'A');
        if (said is [.. { Length: > 0 } turned, >= 'A' and <= 'Z'] && Words.TryGetValue(turned, out var last) && ByDigit(last) && char.IsAsciiDigit(turned[0]))
            return new(last, said[^1] - 'A');
        return new(ReplyMeaning.NotUnderstood);
    }

    /// <summary>How a choice is named: A, B … Z.</summary>
    public static bool CanBeNamed(int choice) => choice is >= 0 and < Letters;

    private static bool ByDigit(ReplyMeaning meaning) => meaning is ReplyMeaning.Coming or ReplyMeaning.NotComing or ReplyMeaning.ContactMe or ReplyMeaning.TellMore;

    private static T? Find<T>(string said, Dictionary<string, T> words) where T : struct
    {
        if (words.TryGetValue(said, out var meaning))
            return meaning;
        foreach (var word in Before)
            if (said.StartsWith(word, StringComparison.Ordinal) && said.Length > word.Length && Find(said[word.Length..], words) is { } rest)
                return rest;
        foreach (var word in After)
            if (said.EndsWith(word, StringComparison.Ordinal) && said.Length > word.Length && Find(said[..^word.Length], words) is { } rest)
                return rest;
        return null;
    }

    /// <summary>
    /// Letters and digits only, in upper case, with the compatibility forms that phones' keyboards give (full width, circled
    /// digits) folded. By hand, since <c>string.Normalize</c> leaves these as they are where globalization is invariant.
    /// </summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (letter switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
                >= '\u2460' and <= '\u2468' => (char)(letter - '\u2460' + '1'),
                >= '\u2474' and <= '\u247C' => (char)(letter - '\u2474' + '1'),
                >= '\u2776' and <= '\u277E' => (char)(letter - '\u2776' + '1'),
                _ => letter,
            } is var plain && char.IsLetterOrDigit(plain))
                folded.Append(char.ToUpperInvariant(plain));
        return folded.ToString();
    }

    private static IEnumerable<KeyValuePair<string, ReplyMeaning>> From(ReplyMeaning meaning, string words) =>
        words.Split(' ').Select(word => KeyValuePair.Create(word, meaning));
}
