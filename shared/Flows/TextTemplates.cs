using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>How a person reads: the language, and whether short sentences help.</summary>
public readonly record struct Voice(Language Language, bool EasyRead)
{
    /// <summary>Who chose easy read gets it; where nothing was chosen, who marks easy-read text, as a must or as helpful.</summary>
    public static Voice Of(SeekerFile person) => new(People.LanguageOf(person.Language), person.Own.EasyRead ?? person.Facts.Needs.ContainsKey("EASY_READ"));
}

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

    // Each in four voices: Chinese, the same in easy read, English, the same in easy read. Parts in braces are filled by name.
    private static readonly Template
        OfInvitation = new(
            "{what}：{when}，{where}。{jobs}回复1来，2不来，3联系我，4更多，T退订。",
            "{what}。时间：{when}。地点：{where}。{jobs}您来吗？来，回复1。不来，回复2。要我们联系您，回复3。想知道更多，回复4。不要短信，回复T。",
            "{what}: {when}, {where}. {jobs} Reply 1 coming, 2 not, 3 contact me, 4 more, T stop.",
            "{what}. When: {when}. Where: {where}. {jobs} Coming? Reply 1. Not coming? 2. We contact you? 3. More? 4. No texts? T."),
        OfJobs = new("适合您的岗位：{names}。", "有工作适合您：{names}。", "For you: {names}.", "A job for you: {names}."),
        OfNoJob = new("有适合您的岗位。", "有工作适合您。", "Jobs there suit you.", "There are jobs for you."),
        OfReminder = new(
            "提醒：{what}，{when}，{where}。您说要来。{number}不来请回复2，联系我3，T退订。",
            "提醒您：{what}。时间：{when}。地点：{where}。您说要来。{number}不来，回复2。要我们联系您，回复3。不要短信，回复T。",
            "Reminder: {what}, {when}, {where}. You said yes. {number}Reply 2 if not, 3 contact me, T stop.",
            "Reminder: {what}. When: {when}. Where: {where}. You said yes. {number}Not coming? Reply 2. We contact you? 3. No texts? T."),
        OfNumber = new("您的号码是{number}。", "您的号码：{number}。", "No. {number}. ", "Your number: {number}. "),
        OfMore = new(
            "{what}（{when}）适合您的岗位：{names}。回复1来，2不来，3联系我，4再看，T退订。",
            "{what}，{when}。工作：{names}。来，回复1。不来，回复2。要我们联系您，回复3。还想看，回复4。",
            "{what} ({when}), for you: {names}. Reply 1 coming, 2 not, 3 contact me, 4 more, T stop.",
            "{what}, {when}. Jobs: {names}. Coming? Reply 1. Not coming? 2. We contact you? 3. More? 4."),
        OfDigest = new(
            "有新岗位适合您：{names}。想了解请回复3，我们联系您。退订回复T。",
            "有新工作适合您：{names}。想知道更多，回复3，我们联系您。不要短信，回复T。",
            "New jobs that suit you: {names}. Reply 3 and we contact you, T stop.",
            "New jobs for you: {names}. Want to know more? Reply 3. We contact you. No texts? T."),
        OfClarify = new(
            "您回复的是哪一个？{choices}。请回复字母加数字：A1是A会来，A2是A不来。",
            "您说的是哪一个？{choices}。回复字母和数字。A1：A会来。A2：A不来。",
            "Which one do you mean? {choices}. Reply letter and digit: A1 coming to A, A2 not.",
            "Which one? {choices}. Reply a letter and a digit. A1: yes to A. A2: no to A."),
        OfClarifyWork = new(
            "您回复的是哪一个？{choices}。请回复字母加数字，例如A1。",
            "您说的是哪一个？{choices}。回复字母和数字，例如A1。",
            "Which one do you mean? {choices}. Reply letter and digit, such as A1.",
            "Which one? {choices}. Reply a letter and a digit, such as A1."),
        OfFollowUp = new(
            "回访：您{since}开始的工作，已满{months}个月。一切都好请回复1，有困难2，已经不做了3，联系我4，T退订。",
            "您{since}开始工作，已满{months}个月。还在做，都好，回复1。还在做，有困难，回复2。不做了，回复3。要我们联系您，回复4。不要短信，回复T。",
            "Your work since {since}, month {months}: reply 1 all is well, 2 there is a problem, 3 I have left, 4 contact me, T stop.",
            "You began work on {since}. Month {months}. All good? Reply 1. A problem? 2. You left? 3. We contact you? 4. No texts? T."),
        OfFirmFollowUp = new(
            "回访：您{since}入驻的项目，已满{months}个月。一切都好请回复1，有困难2，已经不做了3，联系我4，T退订。",
            "您的项目{since}入驻，已满{months}个月。还在做，都好，回复1。还在做，有困难，回复2。不做了，回复3。要我们联系您，回复4。不要短信，回复T。",
            "Your business since {since}, month {months}: reply 1 all is well, 2 there is a problem, 3 it has closed, 4 contact me, T stop.",
            "Your business began on {since}. Month {months}. All good? Reply 1. A problem? 2. It closed? 3. We contact you? 4. No texts? T."),
        OfStopped = new(
            "已停止给您发短信。想继续收到，请回复“恢复”。",
            "我们不再给您发短信。还想收到，回复“恢复”。",
            "We will not text you any more. To get texts again, reply START.",
            "No more texts. Want texts again? Reply START."),
        OfStoppedAndNot = new(
            "已记下您不来，并停止给您发短信。想继续收到短信，请回复“恢复”；要来请回复1。",
            "您不来，我们记下了。我们不再给您发短信。还想收到，回复“恢复”。要来，回复1。",
            "Noted: you are not coming, and we will not text you any more. To get texts again, reply START; to come after all, 1.",
            "You are not coming. No more texts. Want texts again? Reply START. Coming after all? Reply 1."),
        OfChanged = new(
            "{what}有变动：{news}。您回复过会来，不能来请回复2，退订回复T。",
            "{what}有变动：{news}。您说过要来。不能来，回复2。不要短信，回复T。",
            "{what} changed: {news}. Reply 2 if you cannot come, T to stop.",
            "{what} changed: {news}. You said yes. Not coming? Reply 2. No texts? T."),
        OfCancelled = new(
            "{what}（{when}，{where}）已取消，请不要前往。退订回复T。",
            "{what}取消了。时间：{when}。地点：{where}。请不要去。不要短信，回复T。",
            "{what}, {when}, {where}: cancelled. Please do not come. Reply T to stop.",
            "{what} is cancelled. When: {when}. Where: {where}. Do not come. No texts? Reply T."),
        OfFilled = new(
            "{what}（{when}）已报满，这次没能给您登记。有事请回复3，我们联系您。",
            "{what}，{when}。人已经满了，没有给您登记。要我们联系您，回复3。",
            "{what} ({when}) is full: we could not put you down. Reply 3 and we contact you.",
            "{what}, {when}. It is full. We could not put you down. We contact you? Reply 3."),
        OfConfirmed = new(
            "已记下您来：{what}，{when}，{where}。不来请回复2，联系我3，T退订。",
            "您来，我们记下了。{what}。时间：{when}。地点：{where}。不来，回复2。要我们联系您，回复3。不要短信，回复T。",
            "Noted, you are coming: {what}, {when}, {where}. Reply 2 if not, 3 contact me, T stop.",
            "You are coming. {what}. When: {when}. Where: {where}. Not coming? Reply 2. We contact you? 3. No texts? T."),
        // What was asked for is not said: others may see the phone.
        OfBooked = new(
            "{what}（{when}）：您要的安排已登记好。",
            "{what}，{when}。您要的，我们记好了。",
            "{what} ({when}): what you asked for is booked.",
            "{what}, {when}. What you asked for is booked."),
        OfNoneLeft = new(
            "{what}（{when}）：您要的安排已约满，工作人员会联系您。",
            "{what}，{when}。您要的，已经约满了。我们会联系您。",
            "{what} ({when}): what you asked for is all taken. Staff will contact you.",
            "{what}, {when}. What you asked for is all taken. We will contact you."),
        OfResumed = new("已恢复给您发短信。退订回复T。", "我们又会给您发短信。不要短信，回复T。", "You get texts again. Reply T to stop.", "You get texts again. No texts? Reply T.");

    /// <summary>How many texts a carrier bills: 70 characters fit one, else 67 each.</summary>
    /// <param name="length">UTF-16 units, with the signature.</param>
    public static int Parts(int length) => length <= Single ? 1 : (length + PerPart - 1) / PerPart;

    /// <summary>An invitation, the fullest that fits two parts beside the signature.</summary>
    /// <param name="named">The person's best positions, best first.</param>
    /// <param name="signatureLength">What the gateway adds, in characters.</param>
    public string Invitation(RecruitmentEvent fair, IReadOnlyList<NamedPosition> named, Voice voice, int signatureLength)
    {
        var jobs = named.Select(position => Job(position, voice.Language)).OfType<string>().Distinct().Take(2).ToList();
        List<string>[] everFewer = [jobs, [.. jobs.Take(1)], [.. jobs.Take(1).Select(job => Short(job))]];
        return Fullest(FormsOf(fair, voice).SelectMany(form => everFewer.Select(which => Fill(
            OfInvitation.In(form.Voice), ("what", form.What), ("when", When(fair.StartsAt, voice.Language)), ("where", form.Where), ("jobs", Jobs(which, form.Voice))))), signatureLength);

        static string Jobs(IReadOnlyList<string> which, Voice voice) => which.Count == 0
            ? OfNoJob.In(voice)
            : Fill(OfJobs.In(voice), ("names", string.Join(voice.Language == Language.English ? "; " : "、", which)));
    }

    /// <summary>What is new, to somebody who said yes: all that is new as it stands now.</summary>
    public string Changed(RecruitmentEvent fair, EventNews news, Voice voice, int signatureLength) => Fullest(
        FormsOf(fair, voice).Select(form => Fill(OfChanged.In(form.Voice), ("what", form.What), ("news", News(fair, news, form.Where, voice.Language)))), signatureLength);

    /// <summary>That it does not take place, to somebody who said yes.</summary>
    public string Cancelled(RecruitmentEvent fair, Voice voice, int signatureLength) => Fullest(FormsOf(fair, voice).Select(form => Fill(
        OfCancelled.In(form.Voice), ("what", form.What), ("when", When(fair.StartsAt, voice.Language)), ("where", Where(fair, voice.Language).Near))), signatureLength);

    private static string News(RecruitmentEvent fair, EventNews news, string where, Language language)
    {
        List<string> parts = [];
        if (news.HasFlag(EventNews.Time))
            parts.Add(language == Language.English ? $"{When(fair.StartsAt, language)} to {Until(fair)}" : $"时间改为{When(fair.StartsAt, language)}，到{Until(fair)}");
        if (news.HasFlag(EventNews.Place))
            parts.Add(language == Language.English ? $"at {where}" : $"地点改为{where}");
        if (news.HasFlag(EventNews.Name))
            parts.Add(language == Language.English ? "new name" : "名称有改动");
        return string.Join(language == Language.English ? "; " : "，", parts);
    }

    // The day too, where it is another one.
    private static string Until(RecruitmentEvent fair)
    {
        var end = fair.EndsAt.ToOffset(People.Offset);
        return end.ToString(People.DayOf(fair.StartsAt) == People.DayOf(fair.EndsAt) ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>The day before, to somebody who said yes.</summary>
    /// <param name="number">The guest's number at the event; null where there is none.</param>
    public string Reminder(RecruitmentEvent fair, int? number, Voice voice, int signatureLength) => Fullest(FormsOf(fair, voice)
        .Select(form => Fill(OfReminder.In(form.Voice), ("what", form.What), ("when", When(fair.StartsAt, voice.Language)), ("where", form.Where),
            ("number", number is { } n ? Fill(OfNumber.In(form.Voice), ("number", n.ToString(CultureInfo.InvariantCulture))) : ""))), signatureLength);

    /// <summary>Further positions of an event, with place and pay as far as there is room.</summary>
    public string More(RecruitmentEvent fair, IReadOnlyList<NamedPosition> named, Voice voice, int signatureLength) => Fullest(FormsOf(fair, voice)
        .SelectMany(form => Listed(named, voice.Language).Select(names => Fill(
            OfMore.In(form.Voice), ("what", form.What), ("when", When(fair.StartsAt, voice.Language)), ("names", names)))), signatureLength);

    /// <summary>What is new and fits.</summary>
    public string Digest(IReadOnlyList<NamedPosition> named, Voice voice, int signatureLength) => Fullest(
        Listed(named, voice.Language).Select(names => Fill(OfDigest.In(voice), ("names", names))), signatureLength);

    /// <summary>Asks which of several questions a digit answers.</summary>
    /// <param name="choices">What A, B … stand for; the person's name only where several share the phone.</param>
    public static string Clarify(IReadOnlyList<Asked> choices, Voice voice, int signatureLength)
    {
        return Fullest(Enumerable.Range(0, choices.Count).SelectMany(left => new[] { 30, LongestName, 4 }.Select(longest => Say(choices.Count - left, longest))), signatureLength);

        string Say(int count, int longest) => Fill((choices.Any(choice => choice.Fair is null) ? OfClarifyWork : OfClarify).In(voice), ("choices", string.Join(voice.Language == Language.English ? "; " : "；", choices.Take(count).Index().Select(x => One(x.Index, x.Item, longest)))));

        string One(int index, Asked choice, int longest)
        {
            var name = choice.Name is { } whose && Neutral(Masked(whose)) is { } neutral ? neutral + (voice.Language == Language.English ? ", " : "，") : "";
            return choice.Fair is { } fair
                ? $"{(char)('A' + index)} {name}{Short(Title(fair, voice.Language), longest)}{(voice.Language == Language.English ? " " : "")}{Day(fair.StartsAt, voice.Language)}"
                : $"{(char)('A' + index)} {name}{Work(choice.Work!, voice.Language)}";
        }
    }

    /// <summary>What a letter stands for: an event or a follow-up.</summary>
    /// <param name="Fair">Null for a follow-up.</param>
    /// <param name="Work">Null for an event.</param>
    public sealed record Asked(RecruitmentEvent? Fair, FollowUpSeries? Work, string? Name);

    /// <summary>Asks how work, or a founder's firm, is going. Neither is named: others may see the phone.</summary>
    public static string FollowUp(FollowUpSeries series, int month, Voice voice) => Fill(
        (series.Of == FollowUpOf.Founding ? OfFirmFollowUp : OfFollowUp).In(voice), ("since", Day(series.StartedOn.Begins(), voice.Language)), ("months", month.ToString(CultureInfo.InvariantCulture)));

    private static string Work(FollowUpSeries series, Language language) => (series.Of, language) switch
    {
        (FollowUpOf.Founding, Language.English) => $"business since {Day(series.StartedOn.Begins(), language)}",
        (FollowUpOf.Founding, _) => $"{Day(series.StartedOn.Begins(), language)}入驻的项目",
        (_, Language.English) => $"work since {Day(series.StartedOn.Begins(), language)}",
        _ => $"{Day(series.StartedOn.Begins(), language)}开始的工作",
    };

    /// <summary>Says that texts have stopped, and the way back.</summary>
    /// <param name="notComing">A question was answered with no as well.</param>
    public static string Stopped(bool notComing, Voice voice) => (notComing ? OfStoppedAndNot : OfStopped).In(voice);

    public static string Resumed(Voice voice) => OfResumed.In(voice);

    /// <summary>What became of a yes, or of asking for a place at an event.</summary>
    /// <param name="kind">Confirmed, filled, booked or none left.</param>
    public string Place(TextKind kind, RecruitmentEvent fair, Voice voice, int signatureLength) => Fullest(FormsOf(fair, voice).Select(form => Fill(
        (kind switch { TextKind.Confirmed => OfConfirmed, TextKind.Filled => OfFilled, TextKind.Booked => OfBooked, _ => OfNoneLeft }).In(form.Voice),
        ("what", form.What), ("when", When(fair.StartsAt, voice.Language)), ("where", form.Where))), signatureLength);

    /// <summary>Carriers refuse texts with links, addresses or numbers to call.</summary>
    public static bool Leads(string text) => Leading().IsMatch(text);

    /// <summary>A name as it may stand on a shared phone: enough for those who share it.</summary>
    internal static string Masked(string name) => name.Length switch
    {
        _ when !Chinese().IsMatch(name) => name.Split(' ')[0],
        <= 2 => name[..1] + "*",
        _ => name[..1] + "*" + name[^1..],
    };

    // Easy read first where it helps, then the plain form, ever shorter: easy read takes more room.
    private IEnumerable<(Voice Voice, string What, string Where)> FormsOf(RecruitmentEvent fair, Voice voice)
    {
        var (title, kind) = (Title(fair, voice.Language), Kind(fair.Kind, voice.Language));
        var (near, full) = Where(fair, voice.Language);
        foreach (var style in voice.EasyRead ? new[] { voice, voice with { EasyRead = false } } : [voice])
            foreach (var (what, where) in new[] { (title, full), (title, near), (Short(title), near), (kind, near), (kind, Nearest(near)) })
                yield return (style, what, where);
    }

    private static string Fullest(IEnumerable<string> fullestFirst, int signatureLength)
    {
        var all = fullestFirst.ToList();
        return all.Find(text => text.Length + signatureLength <= Aim) ?? all.MinBy(text => text.Length)!;
    }

    private IEnumerable<string> Listed(IReadOnlyList<NamedPosition> named, Language language)
    {
        var jobs = named.Select(position => (Name: Job(position, language), position)).Where(x => x.Name is not null).DistinctBy(x => x.Name).Take(3).ToList();
        var between = language == Language.English ? "; " : "；";
        if (jobs.Count == 0)
            yield return language == Language.English ? "ask us" : "请咨询我们";
        for (var count = jobs.Count; count > 0; count--)
            yield return string.Join(between, jobs.Take(count).Select(x => Detailed(x.Name!, x.position, language)));
        for (var count = jobs.Count; count > 0; count--)
            yield return string.Join(between, jobs.Take(count).Select(x => Short(x.Name!)));
    }

    private string Detailed(string name, NamedPosition position, Language language)
    {
        var district = position.District is { } code && codes.FindDistrict(code) is { } found ? found.Label.In(language) : null;
        string?[] parts = [name, district, position.Pay is { } pay ? Paid(pay, language) : null];
        return string.Join(language == Language.English ? ", " : "，", parts.Where(x => x is not null));
    }

    private static string? Paid(Pay pay, Language language)
    {
        if ((pay.Min, pay.Max) is (null, null))
            return null;
        var range = pay switch
        {
            { Min: { } min, Max: { } max } when min != max => $"{min}-{max}",
            { Min: { } min } => $"{min}",
            _ => $"{pay.Max}",
        };
        var per = CodeLists.LabelOf(pay.Per).In(language);
        return language == Language.English ? $"{range} yuan, {per}" : $"{range}元/{per}";
    }

    private static string Title(RecruitmentEvent fair, Language language) => Neutral(fair.ShortTitle ?? fair.Title) ?? Kind(fair.Kind, language);

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

    // "Shizhu Tujia Autonomous County" is known as Shizhu.
    private static string Nearest(string near) => near.Split(' ')[0];

    private static string When(DateTimeOffset start, Language language)
    {
        var local = start.ToOffset(People.Offset);
        return language == Language.English
            ? string.Create(CultureInfo.InvariantCulture, $"{DaysEn[(int)local.DayOfWeek]} {local:d MMM HH:mm}")
            : string.Create(CultureInfo.InvariantCulture, $"{local.Month}月{local.Day}日周{DaysZh[(int)local.DayOfWeek]}{local:HH:mm}");
    }

    private static string Day(DateTimeOffset start, Language language)
    {
        var local = start.ToOffset(People.Offset);
        return language == Language.English
            ? string.Create(CultureInfo.InvariantCulture, $"{local:d MMM}")
            : string.Create(CultureInfo.InvariantCulture, $"{local.Month}月{local.Day}日");
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

    private static string Short(string name) => Short(name, LongestName);

    // Not inside a surrogate pair.
    private static string Short(string name, int longest) =>
        name.Length <= longest ? name : name[..(char.IsHighSurrogate(name[longest - 1]) ? longest - 1 : longest)];

    /// <exception cref="KeyNotFoundException">The template has a part that nobody fills.</exception>
    private static string Fill(string template, params (string Part, string Says)[] parts) => Part().Replace(template, part => parts.Any(x => x.Part == part.Groups[1].Value)
        ? parts.First(x => x.Part == part.Groups[1].Value).Says
        : throw new KeyNotFoundException($"Nothing fills {part.Value}."));

    private sealed record Template(string Zh, string ZhEasy, string En, string EnEasy)
    {
        public string In(Voice voice) => (voice.Language, voice.EasyRead) switch
        {
            (Language.English, true) => EnEasy,
            (Language.English, false) => En,
            (_, true) => ZhEasy,
            _ => Zh,
        };
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"://|www\.|[\w-]\.(com|cn|net|org|top|vip|cc|io|link|xyz)\b|@|[0-9０-９]{7,}", RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\u3400-\u9FFF]")]
    private static partial Regex Chinese();
}
