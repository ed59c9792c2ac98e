namespace JobMatch.Matching;

/// <summary>
/// The thirteen functional axes with the words that people read: what a seeker says of themselves (0-3, as accommodated
/// with their own aids) and what a position asks. Both sides share one scale; neither ever holds a diagnosis.
/// </summary>
public sealed record AxisText(Axis Axis, string Code, Label Label, Label[] Seeker, Label[] Position)
{
    /// <summary>All axes in their fixed order; the index is <see cref="Axis"/>.</summary>
    public static readonly IReadOnlyList<AxisText> All =
    [
        new(Axis.Seeing, "SEEING", new("Seeing", "看"),
            [
                new("I do not use sight for work (no sight, or light only)", "工作时不靠眼睛（看不见或只有光感）"),
                new("I see big shapes, and large print close up", "能看到大的物体和近处的大字"),
                new("I read ordinary print or a screen, with my glasses or slowly", "能看普通的字和屏幕（可戴眼镜，可慢一点）"),
                new("I see very small print and fine detail", "能看清很小的字和细节"),
            ],
            [
                new("No sight needed", "不需要用眼睛"),
                new("Only big shapes, big signs, moving about", "只需看到大的物体、大标识"),
                new("Ordinary print, labels or a screen", "需要看普通文字、标签或屏幕"),
                new("Very small print, colours or fine defects", "需要看很小的字、分辨颜色或细小瑕疵"),
            ]),
        new(Axis.Hearing, "HEARING", new("Hearing", "听"),
            [
                new("I do not hear speech (I use sign or text)", "听不到说话声（用手语或文字）"),
                new("I hear loud sounds, or a few words face to face", "能听到大的声音，或面对面听懂几个词"),
                new("I follow talk face to face in a quiet place", "在安静的地方能面对面听懂说话"),
                new("I follow talk in groups, on the phone and in noise", "能听懂多人说话、电话和嘈杂处的说话"),
            ],
            [
                new("No hearing needed", "不需要听"),
                new("Alarms or short calls only", "只需听到警报或简短招呼"),
                new("Short talk face to face, spoken instructions", "需要面对面听懂简短交谈和口头指令"),
                new("Phone calls, meetings or listening all day", "需要整天接电话、开会或靠听来工作"),
            ]),
        new(Axis.Speaking, "SPEAKING", new("Speaking", "说"),
            [
                new("I do not speak (I use sign, text or a device)", "不用口语（用手语、文字或设备）"),
                new("People who know me understand my speech", "熟悉我的人能听懂我说话"),
                new("Strangers understand me with some patience", "陌生人耐心一点能听懂"),
                new("I speak easily, also on the phone", "说话流利，打电话也可以"),
            ],
            [
                new("No speech needed", "不需要说话"),
                new("Single words or short answers", "只需说单词或简短回答"),
                new("Short talk with colleagues or customers", "需要与同事或顾客简短交谈"),
                new("Long talk, phone calls, presenting", "需要长时间说话、打电话或讲解"),
            ]),
        new(Axis.ReadingWriting, "READING_WRITING", new("Reading and writing", "读写"),
            [
                new("I need it told, shown or signed to me", "需要别人说给我听、做给我看或用手语告诉我"),
                new("I read single words, signs or easy-read text", "能读单个词、标识或易读版文字"),
                new("I read and write everyday messages and simple forms", "能读写日常消息和简单表格"),
                new("I read long texts and write clearly", "能读长文章，书面表达清楚"),
            ],
            [
                new("No reading or writing", "不需要读写"),
                new("Labels, numbers, short notices", "只需看标签、数字、简短通知"),
                new("Messages, forms, ready-made chat answers", "需要读写消息、表格、常用话术"),
                new("Long or exact texts, own writing, code", "需要读写长而准确的文字，或写作、编程"),
            ]),
        new(Axis.BothHands, "BOTH_HANDS", new("Hands and arms", "双手和手臂"),
            [
                new("I do not use hands or arms for work (voice, head or foot)", "工作时不用手和手臂（用声音、头或脚）"),
                new("One hand does the work", "用一只手工作"),
                new("One hand works, the other holds or steadies", "一只手工作，另一只手可以扶或压"),
                new("Both hands and arms work, with full reach", "双手和手臂都能用，伸展不受限"),
            ],
            [
                new("No use of hands", "不需要用手"),
                new("One hand is enough", "一只手就够"),
                new("One hand works, the other steadies", "一只手操作，另一只手扶住"),
                new("Both hands at once, or reaching far or overhead", "需要双手同时操作，或够高、够远"),
            ]),
        new(Axis.FineHands, "FINE_HANDS", new("Fine finger work", "手指精细动作"),
            [
                new("I do not grip or press with my fingers", "手指不能抓握或按压"),
                new("I handle big things and big buttons", "能拿大的东西、按大按钮"),
                new("I handle small things: keyboard, labels, coins", "能操作小的东西：键盘、标签、硬币"),
                new("I do tiny, exact work: thread, screws, soldering", "能做很细的活：穿线、拧小螺丝、焊接"),
            ],
            [
                new("No finger work", "不需要手指操作"),
                new("Big things only", "只操作大的物品"),
                new("Small things, keyboard, packing", "操作小物品、键盘、包装"),
                new("Tiny, exact or fast finger work", "需要很细、很准或很快的手指动作"),
            ]),
        new(Axis.Lifting, "LIFTING", new("Lifting and carrying", "搬抬"),
            [
                new("I do not lift or carry", "不能搬抬东西"),
                new("Up to 5 kg", "5公斤以内"),
                new("5 to 20 kg", "5到20公斤"),
                new("More than 20 kg", "20公斤以上"),
            ],
            [
                new("No lifting", "不需要搬抬"),
                new("Up to 5 kg", "5公斤以内"),
                new("5 to 20 kg", "5到20公斤"),
                new("More than 20 kg", "20公斤以上"),
            ]),
        new(Axis.StandingWalking, "STANDING_WALKING", new("Standing and moving about", "站立和走动"),
            [
                new("I stay in one place, or someone moves me", "留在一个地方，或需要别人推扶"),
                new("I move on level floor, also by wheelchair; no steps, no standing work", "能在平地移动（包括坐轮椅），不上台阶，不站着工作"),
                new("I stand and walk for part of the day; a few steps are fine", "一天里能站、走一部分时间，能上几级台阶"),
                new("I stand, walk and climb stairs most of the day", "大部分时间能站、走、上下楼梯"),
            ],
            [
                new("Seated in one place, or at home", "坐在一处或在家完成"),
                new("Seated; moving on level floor", "坐着工作，只在平地移动"),
                new("Standing or walking up to half the shift, or a few steps", "站或走不超过半个班，或有几级台阶"),
                new("Standing or walking most of the shift, stairs or ladders", "大部分时间站或走，有楼梯或梯子"),
            ]),
        new(Axis.Endurance, "ENDURANCE", new("Keeping going", "体力和时长"),
            [
                new("Short spells only, at times I choose", "只能短时间工作，时间由自己定"),
                new("About 4 hours a day, with breaks", "每天约4小时，中间要休息"),
                new("About 8 hours a day, with usual breaks", "每天约8小时，正常休息"),
                new("Long days, overtime or hard effort", "可以长时间、加班或出大力"),
            ],
            [
                new("Short pieces of work at own time", "零散任务，时间自由"),
                new("Up to about 4 hours a day, free breaks and posture", "每天4小时左右，可随时休息、换姿势"),
                new("A normal day of about 8 hours, usual breaks", "正常8小时，按时休息"),
                new("Over 8 hours, nights, no pauses or constant effort", "超过8小时、夜班、连续不停或一直出力"),
            ]),
        new(Axis.Learning, "LEARNING", new("Learning and remembering", "学习和记忆"),
            [
                new("I learn and work with someone beside me", "需要有人一直在旁边带"),
                new("I learn simple steps when shown many times", "反复示范后能学会简单步骤"),
                new("I learn ordinary tasks when shown, and remember with notes", "示范后能学会一般工作，靠笔记记住"),
                new("I learn new and varied tasks by myself", "能自己学会新的、多样的工作"),
            ],
            [
                new("One step, with someone beside", "一个步骤，有人在旁边"),
                new("A few fixed steps", "几个固定步骤"),
                new("Several tasks, instructions change at times", "几种任务，要求有时会变"),
                new("Varied tasks, own decisions, solving problems", "任务多样，要自己判断、解决问题"),
            ]),
        new(Axis.FocusPace, "FOCUS_PACE", new("Focus, pace and pressure", "专注和节奏"),
            [
                new("Short tasks with no time limit", "只做没有时间限制的短任务"),
                new("Calm work at my own pace", "安静地按自己的节奏工作"),
                new("Normal pace, busy hours now and then", "正常节奏，偶尔忙也可以"),
                new("Fast pace, several things at once, pressure", "节奏快、同时做几件事、有压力也可以"),
            ],
            [
                new("No time limit", "没有时间限制"),
                new("Own pace", "按自己的节奏"),
                new("Normal pace, deadlines", "正常节奏，有期限"),
                new("Machine pace, piece quota, many things at once, disputes", "跟机器节奏、计件定额、同时多件事、处理纠纷"),
            ]),
        new(Axis.People, "PEOPLE", new("Dealing with people", "与人打交道"),
            [
                new("I work alone; contact goes through one person I trust", "独自工作，只通过一位信任的人联系"),
                new("I work with a few people I know", "只和几个熟悉的人一起工作"),
                new("I work in a team and meet strangers briefly", "能在团队里工作，能短时间接触陌生人"),
                new("I deal with many strangers, groups and difficult talks", "能面对很多陌生人、群体和难处理的谈话"),
            ],
            [
                new("Alone; contact through one person", "独自完成，只与一人联系"),
                new("Small fixed team", "固定的小团队"),
                new("Team, and some customers", "团队工作，接触部分顾客"),
                new("Customers or audience all the time, complaints", "一直面对顾客或观众，处理投诉"),
            ]),
        new(Axis.Travel, "TRAVEL", new("Getting there", "出行"),
            [
                new("I work from where I live", "在住处工作"),
                new("Short known routes, or with someone or a door-to-door ride", "只走短而熟悉的路，或有人陪、有车接送"),
                new("By public transport to one place, by myself", "能独自坐公共交通到固定地点"),
                new("By myself to changing or far places, or I drive", "能独自去不固定或较远的地方，或自己开车"),
            ],
            [
                new("At home, or lodging on the spot", "在家，或单位内住宿"),
                new("One place; door-to-door ride or a short walk from transport", "固定地点，有接送或离站很近"),
                new("One place, ordinary public transport", "固定地点，普通公共交通可到"),
                new("Changing or far places, or driving", "地点不固定、较远或需要开车"),
            ]),
    ];
}
