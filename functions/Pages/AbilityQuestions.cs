using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>The thirteen axes as everyday questions, and the same in easy read with its answers.</summary>
/// <param name="EasyLevels">For capacity 0 to 3; what the code list says, in short.</param>
public sealed record AbilityQuestion(Axis Axis, Label Question, Label Easy, IReadOnlyList<Label> EasyLevels)
{
    /// <summary>By axis.</summary>
    public static readonly IReadOnlyDictionary<Axis, AbilityQuestion> All = new AbilityQuestion[]
    {
        new(Axis.Seeing, new("Can you read ordinary print or a screen, with your glasses if you use them?", "您能看清普通的字或屏幕吗？用眼镜的，戴上眼镜算。"), new("Can you see print?", "您看得清字吗？"),
            [new("No, I cannot see", "看不见"), new("Only big things", "只看得见大东西"), new("Yes, ordinary print", "看得清一般的字"), new("Yes, very small print too", "很小的字也看得清")]),
        new(Axis.Hearing, new("Can you hear a phone call or people talking, with your hearing aid if you use one?", "您能听懂电话或别人说话吗？用助听器的，戴上助听器算。"), new("Can you hear?", "您听得见吗？"),
            [new("I cannot hear talk", "听不见说话"), new("Only loud sounds", "只听见大声音"), new("Talk in a quiet place", "安静时听得懂"), new("Phone calls too", "电话也听得懂")]),
        new(Axis.Speaking, new("Do people understand you when you speak?", "您说话，别人能听懂吗？"), new("Do people understand your speech?", "您说话，别人听得懂吗？"),
            [new("I do not speak", "我不说话"), new("People I know do", "熟人听得懂"), new("Strangers do, with time", "生人慢慢听得懂"), new("Everybody does", "都听得懂")]),
        new(Axis.ReadingWriting, new("Can you read and write messages and forms by yourself?", "您能自己读写消息和表格吗？"), new("Can you read and write?", "您会读和写吗？"),
            [new("No, people tell me", "不会，要人告诉我"), new("A few words", "会认几个字"), new("Short messages and forms", "会读短消息，会填表"), new("Long texts too", "会读长文章，会写")]),
        new(Axis.BothHands, new("Can you work with both hands and arms?", "您能用双手和手臂工作吗？"), new("Can you use your hands?", "您能用手吗？"),
            [new("I do not use my hands", "不用手"), new("One hand", "用一只手"), new("One hand works, one holds", "一只手做，一只手扶"), new("Both hands", "两只手都能用")]),
        new(Axis.FineHands, new("Can you do small work with your fingers, such as typing or turning screws?", "您能用手指做细小的活吗，比如打字、拧螺丝？"), new("Can you do small things with your fingers?", "您的手指灵活吗？"),
            [new("I cannot hold things", "不能拿东西"), new("Big things", "能拿大东西"), new("Small things, typing", "能拿小东西，能打字"), new("Very fine work", "能做很细的活")]),
        new(Axis.Lifting, new("How much can you lift and carry?", "您能搬多重的东西？"), new("How much can you lift?", "您能搬多重？"),
            [new("Nothing", "不能搬"), new("Up to 5 kg", "5公斤以内"), new("Up to 20 kg", "20公斤以内"), new("More than 20 kg", "比20公斤重")]),
        new(Axis.StandingWalking, new("How much of the day can you stand or move about? Moving by wheelchair counts.", "一天里您能站着或走动多久？坐轮椅移动也算。"), new("Can you stand and walk?", "您能站、能走吗？"),
            [new("I stay in one place", "我留在一个地方"), new("On level floor, or by wheelchair", "平地可以走，或坐轮椅"), new("For part of the day", "能站、走一会儿"), new("Most of the day", "能站、走大半天")]),
        new(Axis.Endurance, new("How long can you work in a day?", "您一天能工作多久？"), new("How long can you work?", "您一天能做多久？"),
            [new("A short time", "一会儿"), new("About 4 hours", "4小时左右"), new("About 8 hours", "8小时左右"), new("Longer", "更久")]),
        new(Axis.Learning, new("How do you learn a new task best?", "您怎样学会一项新工作？"), new("How do you learn?", "您怎样学新活？"),
            [new("With somebody beside me", "要人一直带"), new("When shown many times", "多教几遍就会"), new("When shown", "做给我看就会"), new("By myself", "我自己会学")]),
        new(Axis.FocusPace, new("What pace of work can you keep?", "您能跟上多快的工作节奏？"), new("How fast can you work?", "您能做多快？"),
            [new("No time limit, please", "不能限时间"), new("Slowly, at my pace", "慢慢做"), new("Normal", "一般快慢"), new("Fast is fine", "很快也行")]),
        new(Axis.People, new("How many people can you deal with at work?", "工作中您能和多少人打交道？"), new("Can you work with people?", "您能和人一起做吗？"),
            [new("Alone", "一个人做"), new("With people I know", "和熟人一起"), new("In a team, and a few strangers", "和同事一起，见一点生人"), new("With many strangers", "见很多生人也行")]),
        new(Axis.Travel, new("How can you get to work?", "您能怎样去上班？"), new("How can you get to work?", "您怎样去上班？"),
            [new("I work at home", "在家做"), new("A short way, or with somebody", "只走熟路，或有人陪"), new("By bus to one place", "自己坐车去一个地方"), new("Anywhere, by myself", "自己去哪里都行")]),
    }.ToDictionary(x => x.Axis);

    public string Ask(PageFrame frame) => (frame.Display.EasyRead ? Easy : Question).In(frame.Language);

    /// <summary>The answers, none of them chosen beforehand; their values are the capacity.</summary>
    public Option[] Answers(PageFrame frame) =>
        [.. (frame.Display.EasyRead ? EasyLevels : AxisText.All.First(x => x.Axis == Axis).Seeker).Select((text, level) => new Option(level.ToString(System.Globalization.CultureInfo.InvariantCulture), text.In(frame.Language)))];

    /// <summary>What hangs on it: jobs reach from one end of the scale to the other.</summary>
    public string Why(PageFrame frame)
    {
        var asks = AxisText.All.First(x => x.Axis == Axis).Position;
        return frame.Say(
            $"有的岗位“{asks[0].Zh}”，有的“{asks[3].Zh}”。知道了，就只推荐您能做、或有便利就能做的。单位看不到您的回答。",
            $"Some jobs ask this: “{asks[0].En}”, others: “{asks[3].En}”. Once we know, you see those that you can do, or can do with an adjustment. Employers do not see your answer.",
            "知道了，我们只给您看您能做的工作。单位看不到。",
            "Then we show you jobs that you can do. Employers do not see it.");
    }
}
