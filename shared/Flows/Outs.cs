using System.Text.RegularExpressions;
using JobMatch.Flows.Shapes;

namespace JobMatch.Flows;

/// <summary>
/// Whether a text would tell those who glance at a phone that its owner is disabled. Being registered here is itself
/// sensitive, so texts never name disability, an impairment, an aid, or a body for disabled people.
/// </summary>
public static partial class Outs
{
    public static bool Names(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return false;
        var plain = Gaps().Replace(CleanText.HalfWidth(text), "");
        return Chinese().IsMatch(Innocent().Replace(plain, "")) || English().IsMatch(CleanText.HalfWidth(text));
    }

    // People write 残 疾 or 残·疾 to get round word filters; between Chinese characters such gaps mean nothing.
    [GeneratedRegex(@"(?<=\p{IsCJKUnifiedIdeographs})[\s·.\-_*]+(?=\p{IsCJKUnifiedIdeographs})")]
    private static partial Regex Gaps();

    // Words that hold the same characters and name nobody.
    [GeneratedRegex("残[次留余渣值存品局酷暴忍]|盲[目盒区选测从点]|振聋发聩|装聋作哑|文盲|法盲|障碍[赛物]")]
    private static partial Regex Innocent();

    [GeneratedRegex("残|聋|盲|障碍|[视听语智精肢身]障|失明|低视力|失聪|哑巴|哑人|智力低下|精神病|精神疾病|自闭症|孤独症|唐氏|脑瘫|瘫痪|截瘫|截肢|癫痫|渐冻|侏儒|轮椅|假肢|拐杖|手语|特教|特殊教育|特殊人群|特殊群体")]
    private static partial Regex Chinese();

    [GeneratedRegex(
        @"\b(disab(led|ility|ilities)|handicap(s|ped)?|deaf(ness|blind)?|hard[\s-]of[\s-]hearing|hearing[\s-]loss|blind(ness)?(?!\s+(box|tasting|date|spot|recruit))|(visual|hearing|speech|vision|sight|cognitive)(ly)?[\s-]impair\w*|impairments?|wheelchairs?|amput\w+|paraly[sz]\w+|autis(m|tic)|down'?s?\s+syndrome|cerebral\s+palsy|mental(ly)?\s+(ill\w*|disorders?)|epilep\w+|cripple[ds]?|special[\s-]needs|sign[\s-]language|barrier[\s-]free|cdpf)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex English();
}
