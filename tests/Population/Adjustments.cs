namespace JobMatch.Population;

/// <summary>Which accommodations employers answer about together, and what they say when they cannot.</summary>
internal static class Adjustments
{
    /// <summary>What one thing done for a place or a team brings with it.</summary>
    public static readonly (string[] What, int Weight)[] Packs =
    [
        (["STEP_FREE", "ACCESSIBLE_TOILET", "WHEELCHAIR_WORKSTATION", "SIT_OR_STAND", "LIFT_HELP", "ACCESSIBLE_LODGING"], 30),
        (["TEXT_ONLY_CONTACT", "CAPTIONS", "VISUAL_ALERTS", "WRITTEN_STEPS", "SIGN_INTERPRETER", "COMMUNICATION_DEVICE"], 28),
        (["SCREEN_READER", "LARGE_PRINT", "LIGHT_ADJUST", "READ_WRITE_HELP", "ROUTE_TRAINING", "TACTILE_MARKS"], 16),
        (["QUIET_SPACE", "STEP_OUT", "FLEX_HOURS", "MEDICAL_LEAVE", "REST_BREAKS", "GRADUAL_START", "PART_TIME"], 26),
        (["SHOWN_TRAINING", "FIXED_ROUTINE", "EASY_READ", "MENTOR", "OWN_PACE", "WORK_TRIAL", "JOB_COACH"], 24),
        (["ONE_HAND_TOOLS", "LIFT_HELP", "ALT_INPUT", "EQUIPMENT_LOAN", "OWN_PACE"], 12),
        (["TRANSPORT", "FLEX_HOURS", "REMOTE_WORK", "NO_NIGHT_SHIFT", "INTERVIEW_ADJUST", "CLIMATE_COMFORT"], 16),
    ];

    /// <summary>What even a short form asks.</summary>
    public static readonly (string What, int Weight)[] Common =
    [
        ("PART_TIME", 20), ("STEP_FREE", 22), ("TEXT_ONLY_CONTACT", 14), ("SIT_OR_STAND", 12), ("ACCESSIBLE_TOILET", 10), ("FLEX_HOURS", 8), ("REMOTE_WORK", 8),
        ("REST_BREAKS", 6), ("LIFT_HELP", 6), ("SHOWN_TRAINING", 6), ("SIGN_INTERPRETER", 6), ("MEDICAL_LEAVE", 6), ("NO_NIGHT_SHIFT", 6), ("LARGE_PRINT", 4),
        ("SCREEN_READER", 4), ("MENTOR", 4), ("TRANSPORT", 4),
    ];

    /// <summary>Of a hundred short answers, how many are a no.</summary>
    public static int Refused(string code) => code switch
    {
        "PART_TIME" or "REMOTE_WORK" => 80,
        "STEP_FREE" or "ACCESSIBLE_TOILET" or "ACCESSIBLE_LODGING" or "NO_NIGHT_SHIFT" or "TRANSPORT" => 64,
        "FLEX_HOURS" or "SCREEN_READER" or "SIGN_INTERPRETER" or "MEDICAL_LEAVE" => 56,
        _ => 42,
    };

    public static string Reason(string code) => code switch
    {
        "STEP_FREE" => "老楼房，入口有台阶，没有电梯",
        "ACCESSIBLE_TOILET" => "本楼层没有无障碍卫生间",
        "ACCESSIBLE_LODGING" => "宿舍在三楼，没有电梯",
        "WHEELCHAIR_WORKSTATION" => "工位间距窄，暂时改不了",
        "REMOTE_WORK" => "设备和货物都在现场",
        "PART_TIME" => "按整班排班，人手紧",
        "FLEX_HOURS" => "按班次统一上下班",
        "NO_NIGHT_SHIFT" => "各班组轮流上夜班",
        "TRANSPORT" => "没有班车，坐公交可到",
        "TEXT_ONLY_CONTACT" => "工作中要用电话联系",
        "SIGN_INTERPRETER" => "平时没有翻译，可以写字交流",
        "SCREEN_READER" => "系统较旧，读屏软件读不出来",
        "MEDICAL_LEAVE" => "忙季请假要提前一个月",
        "LIFT_HELP" => "场地窄，推车进不去",
        _ => "目前没有条件",
    };
}
