namespace JobMatch.Matching;

/// <summary>
/// One change in tools, place, time, task or contact that lets a person do the work. Codes are never renamed or reused.
/// </summary>
/// <param name="Code">Upper case, as in the public contract.</param>
/// <param name="Sort">Order of lists and of equal bridges; unique.</param>
/// <param name="Group">COMMUNICATION, INFORMATION, WORKPLACE, EQUIPMENT, TIME, TASK, SUPPORT, PLACE_TRAVEL or RECRUITMENT.</param>
/// <param name="Bridges">The shortfalls that it closes; bridges do not add up.</param>
/// <param name="Relieves">Exposures that it makes bearable.</param>
/// <param name="StaffCheck">True where staff confirm each case; such a bridge is never counted automatically.</param>
/// <param name="Stage">Where it helps: in the job, in the selection, or both. Selection alone closes no gap of the job.</param>
/// <param name="OnSite">True where it means nothing for work done wholly from home.</param>
public sealed record Accommodation(
    string Code, int Sort, string Group, Label Label, Bridge[] Bridges, Exposure[] Relieves, bool StaffCheck, Stage Stage, bool OnSite)
{
    /// <summary>The starter list, ordered by <see cref="Sort"/>.</summary>
    public static readonly IReadOnlyList<Accommodation> All =
    [
        new("SIGN_INTERPRETER", 1, "COMMUNICATION", new("Sign language interpreter, in person or by video", "手语翻译（现场或视频）"),
            [new(Axis.Hearing, 0, 2), new(Axis.Speaking, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("CAPTIONS", 2, "COMMUNICATION", new("Live captions for talk and meetings", "实时字幕（语音转文字）"),
            [new(Axis.Hearing, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("TEXT_ONLY_CONTACT", 3, "COMMUNICATION", new("All contact and instructions by text, no phone calls", "联系和布置工作都用文字，不打电话"),
            [new(Axis.Hearing, 0, 2), new(Axis.Speaking, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("HEARING_LOOP", 4, "COMMUNICATION", new("Hearing loop or wireless microphone", "助听感应线圈或无线麦克风"),
            [new(Axis.Hearing, 1, 2)], [], StaffCheck: false, Stage.Both, OnSite: true),
        new("VISUAL_ALERTS", 5, "COMMUNICATION", new("Flashing or vibrating alarms and signals", "闪光或振动提醒"),
            [new(Axis.Hearing, 0, 1)], [], StaffCheck: false, Stage.Job, OnSite: true),
        new("COMMUNICATION_DEVICE", 6, "COMMUNICATION", new("Picture board, writing pad or speech device may be used", "可用沟通图板、写字板或语音设备"),
            [new(Axis.Speaking, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("SCREEN_READER", 7, "INFORMATION", new("Work software works with a screen reader", "工作软件可配合读屏软件使用"),
            [new(Axis.Seeing, 0, 2), new(Axis.ReadingWriting, 1, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("LARGE_PRINT", 8, "INFORMATION", new("Large print, magnifier or big monitor", "大字、放大软件或大屏幕"),
            [new(Axis.Seeing, 1, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("BRAILLE", 9, "INFORMATION", new("Braille papers or a Braille display", "盲文资料或盲文点显器"),
            [new(Axis.Seeing, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("TACTILE_MARKS", 10, "INFORMATION", new("Touch marks on machines, shelves and ways", "设备、货架和通道上的触摸标识"),
            [new(Axis.Seeing, 0, 1)], [], StaffCheck: false, Stage.Job, OnSite: true),
        new("EASY_READ", 11, "INFORMATION", new("Easy-read text with pictures", "易读版说明（短句加图片）"),
            [new(Axis.ReadingWriting, 1, 2), new(Axis.Learning, 1, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("READ_WRITE_HELP", 12, "INFORMATION", new("Someone reads aloud and fills in forms", "有人帮助读文件、填表"),
            [new(Axis.ReadingWriting, 0, 2), new(Axis.Seeing, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("ALT_INPUT", 13, "INFORMATION", new("Voice, head, foot or eye control of the computer", "语音、头控、脚控或眼控操作电脑"),
            [new(Axis.BothHands, 0, 3), new(Axis.FineHands, 0, 2)], [], StaffCheck: false, Stage.Both, OnSite: false),
        new("STEP_FREE", 14, "WORKPLACE", new("Step-free way in and inside (ramp, lift, wide doors)", "无台阶通行（坡道、电梯、宽门）"),
            [], [], StaffCheck: false, Stage.Both, OnSite: true),
        new("ACCESSIBLE_TOILET", 15, "WORKPLACE", new("Accessible toilet nearby", "附近有无障碍卫生间"),
            [], [], StaffCheck: false, Stage.Both, OnSite: true),
        new("WHEELCHAIR_WORKSTATION", 16, "WORKPLACE", new("Workplace at wheelchair height, room to turn", "轮椅可用的工位（高度可调、可回转）"),
            [new(Axis.StandingWalking, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: true),
        new("SIT_OR_STAND", 17, "WORKPLACE", new("May sit or stand as needed", "可以坐着或站着工作"),
            [new(Axis.StandingWalking, 1, 2), new(Axis.Endurance, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("QUIET_SPACE", 18, "WORKPLACE", new("Quiet place to work or to rest", "安静的工位或休息角"),
            [new(Axis.FocusPace, 1, 2), new(Axis.Hearing, 1, 2)], [Exposure.Noise, Exposure.Crowds], StaffCheck: false, Stage.Both, OnSite: true),
        new("LIGHT_ADJUST", 19, "WORKPLACE", new("Light can be adjusted, no glare or flicker", "灯光可调，无眩光、无闪烁"),
            [new(Axis.Seeing, 1, 2)], [Exposure.BrightFlashingLight], StaffCheck: false, Stage.Both, OnSite: true),
        new("CLIMATE_COMFORT", 20, "WORKPLACE", new("Cooling, heating or clean air at the workplace", "工位有降温、取暖或通风"),
            [], [Exposure.Heat, Exposure.Cold, Exposure.DustFumes], StaffCheck: false, Stage.Job, OnSite: true),
        new("ONE_HAND_TOOLS", 21, "EQUIPMENT", new("One-hand tools, keyboard or clamps", "单手工具、单手键盘或夹具"),
            [new(Axis.BothHands, 1, 3), new(Axis.FineHands, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("LIFT_HELP", 22, "EQUIPMENT", new("Trolley or hoist, or a colleague lifts", "有推车、升降设备或同事代搬"),
            [new(Axis.Lifting, 0, 3)], [], StaffCheck: false, Stage.Job, OnSite: true),
        new("EQUIPMENT_LOAN", 23, "EQUIPMENT", new("Aids or work equipment on loan", "辅具或工作设备可借用"),
            [new(Axis.Seeing, 1, 2), new(Axis.Hearing, 1, 2), new(Axis.BothHands, 1, 2), new(Axis.StandingWalking, 0, 1)], [], StaffCheck: true, Stage.Both, OnSite: false),
        new("FLEX_HOURS", 24, "TIME", new("Flexible start and end", "弹性上下班"),
            [new(Axis.Travel, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("PART_TIME", 25, "TIME", new("Shorter day or week", "缩短每天或每周工时"),
            [new(Axis.Endurance, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("REST_BREAKS", 26, "TIME", new("Extra short breaks", "增加短时休息"),
            [new(Axis.Endurance, 1, 2), new(Axis.FocusPace, 1, 2), new(Axis.StandingWalking, 2, 3)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("NO_NIGHT_SHIFT", 27, "TIME", new("No night shifts", "不安排夜班"),
            [], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("MEDICAL_LEAVE", 28, "TIME", new("Time off for treatment or rehabilitation", "可请假就医或康复"),
            [], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("GRADUAL_START", 29, "TIME", new("Start with few hours and build up", "从少量工时开始，逐步增加"),
            [new(Axis.Endurance, 1, 2), new(Axis.Learning, 1, 2), new(Axis.FocusPace, 1, 2), new(Axis.People, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("WRITTEN_STEPS", 30, "TASK", new("Written steps, checklists and reminders", "书面步骤、清单和提醒"),
            [new(Axis.Learning, 1, 2), new(Axis.Hearing, 1, 2), new(Axis.FocusPace, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("SHOWN_TRAINING", 31, "TASK", new("Longer training, shown and repeated", "延长培训，示范并反复练习"),
            [new(Axis.Learning, 1, 2), new(Axis.ReadingWriting, 0, 1)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("FIXED_ROUTINE", 32, "TASK", new("Fixed tasks; changes told early", "固定任务，变动提前告知"),
            [new(Axis.Learning, 1, 2), new(Axis.FocusPace, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("OWN_PACE", 33, "TASK", new("Own pace, no piece quota", "按自己的速度，不定计件指标"),
            [new(Axis.FocusPace, 1, 3), new(Axis.Endurance, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("TASK_SWAP", 34, "TASK", new("Tasks that do not suit are swapped with a colleague", "不适合的任务与同事调换"),
            [new(Axis.Lifting, 0, 2), new(Axis.Speaking, 0, 2), new(Axis.Hearing, 0, 2), new(Axis.Seeing, 0, 2), new(Axis.StandingWalking, 1, 2), new(Axis.ReadingWriting, 0, 2), new(Axis.People, 0, 2)], [], StaffCheck: true, Stage.Job, OnSite: false),
        new("JOB_COACH", 35, "SUPPORT", new("Job coach at the workplace", "就业辅导员到岗支持"),
            [new(Axis.Learning, 0, 2), new(Axis.FocusPace, 1, 2), new(Axis.People, 0, 2)], [], StaffCheck: true, Stage.Both, OnSite: false),
        new("MENTOR", 36, "SUPPORT", new("One named colleague to ask; regular short talks", "固定带教同事，定期沟通"),
            [new(Axis.Learning, 1, 2), new(Axis.People, 1, 2), new(Axis.FocusPace, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: false),
        new("PERSONAL_ASSISTANT", 37, "SUPPORT", new("A personal assistant or family member may come along", "可由个人助理或家人陪同协助"),
            [new(Axis.BothHands, 0, 2), new(Axis.StandingWalking, 0, 2), new(Axis.Lifting, 0, 2), new(Axis.Travel, 0, 2)], [], StaffCheck: true, Stage.Both, OnSite: true),
        new("GUIDE_DOG", 38, "SUPPORT", new("Guide dog welcome", "允许携带导盲犬"),
            [new(Axis.Seeing, 0, 1), new(Axis.Travel, 1, 2)], [], StaffCheck: false, Stage.Both, OnSite: true),
        new("STEP_OUT", 39, "SUPPORT", new("May step out for a moment when overwhelmed", "感到不适时可以暂时离开"),
            [new(Axis.FocusPace, 1, 2), new(Axis.People, 1, 2)], [Exposure.Noise, Exposure.Crowds], StaffCheck: false, Stage.Both, OnSite: false),
        new("REMOTE_WORK", 40, "PLACE_TRAVEL", new("Work from home, fully or partly", "全部或部分居家工作"),
            [new(Axis.Travel, 0, 2), new(Axis.StandingWalking, 0, 2), new(Axis.People, 1, 2)], [Exposure.Noise, Exposure.Crowds], StaffCheck: false, Stage.Job, OnSite: false),
        new("TRANSPORT", 41, "PLACE_TRAVEL", new("Shuttle or ride to work", "班车或接送"),
            [new(Axis.Travel, 1, 2)], [], StaffCheck: false, Stage.Both, OnSite: true),
        new("ACCESSIBLE_LODGING", 42, "PLACE_TRAVEL", new("Accessible lodging at or near work", "单位内或附近有无障碍住宿"),
            [new(Axis.Travel, 1, 2)], [], StaffCheck: false, Stage.Job, OnSite: true),
        new("ROUTE_TRAINING", 43, "PLACE_TRAVEL", new("Practise the way and get to know the place first", "提前练习路线、熟悉环境"),
            [new(Axis.Travel, 1, 2), new(Axis.Seeing, 0, 1)], [], StaffCheck: false, Stage.Job, OnSite: true),
        new("INTERVIEW_ADJUST", 44, "RECRUITMENT", new("Adapted interview: more time, online, questions sent before, companion", "面试调整：延长时间、线上、提前给题、可有人陪同"),
            [new(Axis.Hearing, 0, 2), new(Axis.Speaking, 0, 2), new(Axis.ReadingWriting, 1, 2), new(Axis.People, 0, 2)], [], StaffCheck: false, Stage.Recruitment, OnSite: false),
        new("WORK_TRIAL", 45, "RECRUITMENT", new("Short paid work trial in place of an interview", "以带薪试岗代替面试"),
            [new(Axis.Speaking, 0, 2), new(Axis.People, 0, 2), new(Axis.Learning, 1, 2)], [], StaffCheck: true, Stage.Recruitment, OnSite: false),
    ];
}

/// <summary>A person whose capacity on the axis is at least <paramref name="From"/> can then meet a demand up to <paramref name="To"/>.</summary>
public readonly record struct Bridge(Axis Axis, int From, int To);

/// <summary>Where an accommodation helps.</summary>
public enum Stage { Job, Both, Recruitment }
