using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// What texts say: when, where, which job, how to answer. Never a link or a number to call, since carriers block both
/// (China Mobile since 2025-12-05), and never a word that outs its reader: a name that does gives way to a neutral one.
/// </summary>
public sealed partial class TextTemplates(CodeLists codes)
{
    /// <summary>Two parts as carriers count them; a longer text is shortened as far as its parts allow.</summary>
    public const int Aim = 2 * PerPart;

    private const int Single = 70;
    private const int PerPart = 67;
    private const int LongestName = 12;
    private static readonly string[] DaysZh = ["日", "一", "二", "三", "四", "五", "六"];
    private static readonly string[] DaysEn = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>How many texts a carrier bills: 70 characters fit one, else 67 each.</summary>
    /// <param name="length">UTF-16 units, with the signature.</param>
    public static int Parts(int length) => length <= Single ? 1 : (length + PerPart - 1) / PerPart;

    /// <summary>An invitation, the fullest that fits two parts beside the signature.</summary>
    /// <param name="named">The person's best positions, best first.</param>
    /// <param name="signatureLength">What the gateway adds, in characters.</param>
    public string Invitation(RecruitmentEvent fair, IReadOnlyList<NamedPosition> named, Language language, int signatureLength)
    {
        var title = Neutral(fair.ShortTitle ?? fair.Title) ?? Kind(fair.Kind, language);
        var jobs = named.Select(position => Job(position, language)).OfType<string>().Distinct().Take(2).ToList();
        var (near, full) = Where(fair, language);
        string[] fullestFirst =
        [
            Say(title, full, jobs),
            Say(title, full, [.. jobs.Take(1)]),
            Say(title, near, [.. jobs.Take(1)]),
            Say(title, near, [.. jobs.Take(1).Select(Short)]),
            Say(Kind(fair.Kind, language), near, [.. jobs.Take(1).Select(Short)]),
        ];
        return fullestFirst.FirstOrDefault(text => text.Length + signatureLength <= Aim) ?? fullestFirst[^1];

        string Say(string what, string where, IReadOnlyList<string> which) => language == Language.English
            ? $"{what}: {When(fair.StartsAt, language)}, {where}. {(which.Count == 0 ? "Jobs there suit you" : "For you: " + string.Join("; ", which))}. Reply 1 coming, 2 not coming, T to stop."
            : $"{what}：{When(fair.StartsAt, language)}，{where}。{(which.Count == 0 ? "有适合您的岗位" : "适合您的岗位：" + string.Join("、", which))}。来请回复1，不来回复2，退订回复T。";
    }

    /// <summary>What a message says, by its kind.</summary>
    /// <inheritdoc cref="Invitation"/>
    public string Of(Message message, RecruitmentEvent fair, Language language, int signatureLength) => message.Id.In.Kind switch
    {
        TextKind.Changed => Changed(fair, message.News, language, signatureLength),
        TextKind.Cancelled => Cancelled(fair, language, signatureLength),
        _ => Invitation(fair, message.Named, language, signatureLength),
    };

    /// <summary>What is new, to somebody who said yes: all that is new as it stands now.</summary>
    private string Changed(RecruitmentEvent fair, EventNews news, Language language, int signatureLength)
    {
        var title = Neutral(fair.ShortTitle ?? fair.Title) ?? Kind(fair.Kind, language);
        var (near, full) = Where(fair, language);
        string[] fullestFirst = [Say(title, full), Say(title, near), Say(Kind(fair.Kind, language), near)];
        return fullestFirst.FirstOrDefault(text => text.Length + signatureLength <= Aim) ?? fullestFirst[^1];

        string Say(string what, string where)
        {
            List<string> parts = [];
            if (news.HasFlag(EventNews.Time))
                parts.Add(language == Language.English ? $"{When(fair.StartsAt, language)} to {Until(fair)}" : $"时间改为{When(fair.StartsAt, language)}，到{Until(fair)}");
            if (news.HasFlag(EventNews.Place))
                parts.Add(language == Language.English ? $"at {where}" : $"地点改为{where}");
            if (news.HasFlag(EventNews.Name))
                parts.Add(language == Language.English ? "new name" : "名称有改动");
            return language == Language.English
                ? $"{what} changed: {string.Join("; ", parts)}. Reply 2 if you cannot come, T to stop."
                : $"{what}有变动：{string.Join("，", parts)}。您回复过会来，不能来请回复2，退订回复T。";
        }
    }

    private string Cancelled(RecruitmentEvent fair, Language language, int signatureLength)
    {
        var title = Neutral(fair.ShortTitle ?? fair.Title) ?? Kind(fair.Kind, language);
        var text = Say(title);
        return text.Length + signatureLength <= Aim ? text : Say(Kind(fair.Kind, language));

        string Say(string what) => language == Language.English
            ? $"{what}, {When(fair.StartsAt, language)}, {Where(fair, language).Near}: cancelled. Please do not come. Reply T to stop."
            : $"{what}（{When(fair.StartsAt, language)}，{Where(fair, language).Near}）已取消，请不要前往。退订回复T。";
    }

    // The day too, where it is another one.
    private static string Until(RecruitmentEvent fair)
    {
        var end = fair.EndsAt.ToOffset(People.Offset);
        return end.ToString(People.DayOf(fair.StartsAt) == People.DayOf(fair.EndsAt) ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Carriers refuse texts with links, addresses or numbers to call.</summary>
    public static bool Leads(string text) => Leading().IsMatch(text);

    private static string? Neutral(string text)
    {
        var plain = Blanks().Replace(text, " ").Trim();
        return plain == "" || Leads(plain) || Outs.Names(plain) ? null : plain;
    }

    private string? Job(NamedPosition position, Language language)
    {
        var title = Neutral(position.Title);
        if (title is not null && (language == Language.Chinese || !Chinese().IsMatch(title)))
            return title;
        var label = position.Occupation is { } code && codes.FindOccupation(code) is { } occupation ? occupation.Label.In(language) : null;
        return label is not null && Neutral(label) is { } neutral ? neutral : title;
    }

    private (string Near, string Full) Where(RecruitmentEvent fair, Language language)
    {
        var online = language == Language.English ? "online" : "网上举行";
        if (fair.District is null || codes.FindDistrict(fair.District) is not { } district)
            return (online, online);
        var near = district.Label.In(language);
        if (fair.Address is null || Neutral(fair.Address) is not { } address)
            return (near, near);
        return (near, address.Contains(near, StringComparison.Ordinal) ? address : language == Language.English ? $"{address}, {near}" : near + address);
    }

    private static string When(DateTimeOffset start, Language language)
    {
        var local = start.ToOffset(People.Offset);
        return language == Language.English
            ? string.Create(CultureInfo.InvariantCulture, $"{DaysEn[(int)local.DayOfWeek]} {local:d MMM HH:mm}")
            : string.Create(CultureInfo.InvariantCulture, $"{local.Month}月{local.Day}日周{DaysZh[(int)local.DayOfWeek]}{local:HH:mm}");
    }

    private static string Kind(EventKind kind, Language language) => (kind, language) switch
    {
        (EventKind.JobFair, Language.English) => "Job fair",
        (EventKind.OnlineFair, Language.English) => "Online job fair",
        (EventKind.LivestreamFair, Language.English) => "Livestream job fair",
        (_, Language.English) => "Recruitment meeting",
        (EventKind.JobFair, _) => "招聘会",
        (EventKind.OnlineFair, _) => "网络招聘会",
        (EventKind.LivestreamFair, _) => "直播招聘会",
        _ => "招聘对接会",
    };

    // Not inside a surrogate pair.
    private static string Short(string name) =>
        name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];

    [GeneratedRegex(@"://|www\.|[\w-]\.(com|cn|net|org|top|vip|cc|io|link|xyz)\b|@|[0-9０-９]{7,}", RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\u3400-\u9FFF]")]
    private static partial Regex Chinese();
}
