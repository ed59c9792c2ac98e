using System.Collections.Frozen;

namespace JobMatch.Matching;

/// <summary>
/// Words short enough for a sentence of forty characters: what an axis asks, what a person said, what an accommodation is.
/// A row that somebody adds to a list has no short form here and is clipped.
/// </summary>
internal static class ShortForms
{
    private const int Longest = 9;

    /// <summary>What the position asks, as said after 岗位要求; in English the list's own words.</summary>
    public static string Demand(Axis axis, int level, Language language) =>
        language == Language.English ? Lower(AxisText.All[(int)axis].Position[level].En) : Demands[(int)axis][level];

    /// <summary>What the seeker says of themselves, as said after 您; in English the list's own words, to be quoted.</summary>
    public static string Capacity(Axis axis, int level, Language language) =>
        language == Language.English ? AxisText.All[(int)axis].Seeker[level].En : Capacities[(int)axis][level];

    public static string Accommodation(string code, CodeLists codes, Language language) =>
        Accommodations.TryGetValue(code, out var form) ? form.In(language)
        : codes.FindAccommodation(code) is { } added ? Clip(added.Label.In(language), language, Longest) : code;

    /// <summary>A label without what stands in brackets, and no longer than a sentence can bear; English stays whole.</summary>
    public static string Clip(string label, Language language, int longest = 12)
    {
        if (language == Language.English)
            return Lower(label);
        var bracket = label.IndexOf('（', StringComparison.Ordinal);
        var plain = bracket > 0 ? label[..bracket] : label;
        if (plain.Length <= longest)
            return plain;
        var end = char.IsHighSurrogate(plain[longest - 2]) ? longest - 2 : longest - 1;
        return plain[..end] + "…";
    }

    /// <summary>As it stands inside an English sentence; names and abbreviations keep their capitals.</summary>
    public static string Lower(string label)
    {
        if (label.Length < 2 || char.ToLowerInvariant(label[0]) == label[0] || char.IsUpper(label[1]))
            return label;
        foreach (var name in Names)
            if (label.StartsWith(name, StringComparison.Ordinal))
                return label;
        return char.ToLowerInvariant(label[0]) + label[1..];
    }

    private static readonly string[] Names = ["Chinese", "Chongqing", "English", "Braille", "Python", "Java", "Linux", "I "];

    private static readonly string[][] Demands =
    [
        ["不用看", "看大的物体", "看普通字或屏幕", "看细小处和颜色"],
        ["不用听", "听警报或招呼", "面对面听懂交谈", "整天接电话开会"],
        ["不用说话", "说单词或短答", "与人简短交谈", "长时间说话"],
        ["不用读写", "看标签和数字", "读写消息和表格", "读写长文或编程"],
        ["不用手", "用一只手", "一手做一手扶", "双手同时或够高"],
        ["不用手指", "拿大的东西", "操作小物品", "很细很快的动作"],
        ["不用搬抬", "搬5公斤以内", "搬5到20公斤", "搬20公斤以上"],
        ["坐着或在家做", "坐着和平地移动", "站走不超半个班", "大部分时间站走"],
        ["做零散任务", "每天做约4小时", "每天做约8小时", "做很久或不停歇"],
        ["一步，有人带", "做几个固定步骤", "做几种任务", "自己判断解决"],
        ["不限时间", "按自己的节奏", "正常节奏有期限", "快节奏或有压力"],
        ["独自完成", "在固定小团队", "接触部分顾客", "一直面对顾客"],
        ["在家或住单位", "有接送或离站近", "坐公交到固定点", "去远处或开车"],
    ];

    private static readonly string[][] Capacities =
    [
        ["工作不靠眼睛", "能看大字", "能看普通的字", "能看清细小处"],
        ["听不到说话声", "能听到大声音", "能面对面听懂", "能听电话和多人"],
        ["不用口语", "说话熟人能懂", "说话生人慢慢懂", "说话流利"],
        ["读写要人帮", "能读单个词", "能读写日常消息", "能读写长文"],
        ["不用手工作", "用一只手工作", "一手做一手扶", "双手都能用"],
        ["手指不能抓握", "能拿大的东西", "能操作小东西", "能做很细的活"],
        ["不能搬抬", "能搬5公斤以内", "能搬到20公斤", "能搬超20公斤"],
        ["留在一个地方", "能在平地移动", "能站走一部分", "能站走大半天"],
        ["只能短时间做", "每天做约4小时", "每天做约8小时", "能长时间做"],
        ["要人一直带", "能学简单步骤", "能学一般工作", "能自学新任务"],
        ["做不限时短活", "按自己节奏做", "能跟正常节奏", "能跟快节奏"],
        ["独自工作", "和熟人一起做", "能在团队里做", "能面对很多人"],
        ["在住处工作", "能走短的熟路", "能独自坐公交", "能独自去远处"],
    ];

    internal static readonly FrozenDictionary<string, Label> Accommodations = new (string Code, string En, string Zh)[]
    {
        ("SIGN_INTERPRETER", "a sign language interpreter", "手语翻译"),
        ("CAPTIONS", "live captions", "实时字幕"),
        ("TEXT_ONLY_CONTACT", "contact by text only", "只用文字联系"),
        ("HEARING_LOOP", "a hearing loop or wireless microphone", "助听线圈或话筒"),
        ("VISUAL_ALERTS", "flashing or vibrating alarms", "闪光或振动提醒"),
        ("COMMUNICATION_DEVICE", "a picture board, writing pad or speech device", "沟通板或语音设备"),
        ("SCREEN_READER", "software that works with a screen reader", "可读屏的软件"),
        ("LARGE_PRINT", "large print or a big monitor", "大字或大屏幕"),
        ("BRAILLE", "Braille papers or a Braille display", "盲文资料或点显器"),
        ("TACTILE_MARKS", "touch marks", "触摸标识"),
        ("EASY_READ", "easy-read text with pictures", "易读版说明"),
        ("READ_WRITE_HELP", "someone who reads aloud and fills in forms", "帮读文件、填表"),
        ("ALT_INPUT", "voice, head, foot or eye control of the computer", "语音、头控或眼控"),
        ("STEP_FREE", "a step-free way in and inside", "无台阶通行"),
        ("ACCESSIBLE_TOILET", "an accessible toilet", "无障碍卫生间"),
        ("WHEELCHAIR_WORKSTATION", "a workplace at wheelchair height", "轮椅可用的工位"),
        ("SIT_OR_STAND", "work sitting or standing", "可坐可站的工位"),
        ("QUIET_SPACE", "a quiet place", "安静的工位或角落"),
        ("LIGHT_ADJUST", "light that can be adjusted", "可调的灯光"),
        ("CLIMATE_COMFORT", "cooling, heating or clean air", "降温、取暖或通风"),
        ("ONE_HAND_TOOLS", "one-hand tools", "单手工具"),
        ("LIFT_HELP", "a trolley, a hoist or a colleague who lifts", "推车或同事代搬"),
        ("EQUIPMENT_LOAN", "aids or equipment on loan", "辅具或设备借用"),
        ("FLEX_HOURS", "a flexible start and end", "弹性上下班"),
        ("PART_TIME", "a shorter day or week", "缩短工时"),
        ("REST_BREAKS", "extra short breaks", "增加短时休息"),
        ("NO_NIGHT_SHIFT", "no night shifts", "不排夜班"),
        ("MEDICAL_LEAVE", "time off for treatment", "就医或康复请假"),
        ("GRADUAL_START", "a start with few hours", "逐步增加工时"),
        ("WRITTEN_STEPS", "written steps and reminders", "书面步骤和提醒"),
        ("SHOWN_TRAINING", "longer training, shown and repeated", "延长示范培训"),
        ("FIXED_ROUTINE", "fixed tasks", "固定任务"),
        ("OWN_PACE", "an own pace without a quota", "按自己的速度做"),
        ("TASK_SWAP", "swapping tasks with a colleague", "与同事调换任务"),
        ("JOB_COACH", "a job coach", "就业辅导员"),
        ("MENTOR", "one named colleague to ask", "固定带教同事"),
        ("PERSONAL_ASSISTANT", "a personal assistant or family member", "个人助理或家人陪同"),
        ("GUIDE_DOG", "a welcome for a guide dog", "允许带导盲犬"),
        ("STEP_OUT", "stepping out for a moment", "不适时暂时离开"),
        ("REMOTE_WORK", "work from home", "居家工作"),
        ("TRANSPORT", "a shuttle or ride to work", "班车或接送"),
        ("ACCESSIBLE_LODGING", "accessible lodging", "无障碍住宿"),
        ("ROUTE_TRAINING", "practising the way first", "提前练习路线"),
        ("INTERVIEW_ADJUST", "an adapted interview", "面试调整"),
        ("WORK_TRIAL", "a paid work trial", "带薪试岗"),
    }.ToFrozenDictionary(x => x.Code, x => new Label(x.En, x.Zh));
}
