namespace JobMatch.Matching;

/// <summary>Whether a record is about a registered person.</summary>
public enum ParticipantRule
{
    /// <summary>It names nobody: a base, an event, a room.</summary>
    None,

    /// <summary>It may name one: the founder of a firm, who was on air.</summary>
    Optional,
    Required,
}

/// <summary>A word of a programme's own with what it is called.</summary>
public sealed record ProgrammeWord(string Code, Label Label);

/// <summary>What can happen in a programme.</summary>
/// <param name="Amounts">Whole numbers that the step carries; money is yuan. None of them has to be stated.</param>
/// <param name="Many">It may happen more than once; else what was said last stands.</param>
/// <param name="Ahead">It may lie in the future: something planned or promised.</param>
/// <param name="Ref">What its reference names, such as the course that somebody took before a contest; null = it has none.</param>
public sealed record ProgrammeStep(string Code, Label Label, IReadOnlyList<ProgrammeWord> Amounts, bool Many = false, bool Ahead = false, Label? Ref = null);

/// <summary>
/// What a programme's records say: one definition per kind, all of it data. A kind more is a row of
/// <see cref="All"/>; forms, API, imports and figures read it from there.
/// </summary>
public sealed record ProgrammeKind
{
    /// <summary>Never renamed or reused.</summary>
    public required string Code { get; init; }

    /// <summary>What one record of it is called, in the plural.</summary>
    public required Label Label { get; init; }

    /// <summary>When a record is made.</summary>
    public required Label Hint { get; init; }

    public ParticipantRule Participant { get; init; }

    /// <summary>What its name names: a firm, a base, a room; null = it has none, since the person is named already.</summary>
    public Label? Title { get; init; }

    /// <summary>What it belongs to, such as the contest of an entry; null = nothing.</summary>
    public Label? PartOf { get; init; }

    /// <summary>Whether it says at which base.</summary>
    public bool At { get; init; }

    /// <summary>Of which it is exactly one; empty = there are none.</summary>
    public IReadOnlyList<ProgrammeWord> Types { get; init; } = [];

    public required IReadOnlyList<ProgrammeStep> Steps { get; init; }

    /// <summary>How it can end.</summary>
    public IReadOnlyList<ProgrammeWord> Outcomes { get; init; } = [];

    public ProgrammeStep? FindStep(string code) => Steps.FirstOrDefault(step => step.Code == code);

    public static ProgrammeKind? Find(string? code) => All.FirstOrDefault(kind => kind.Code == code);

    public const string CourseAttendance = "COURSE_ATTENDANCE", ContestEntry = "CONTEST_ENTRY", Incubation = "INCUBATION", FlexibleEngagement = "FLEXIBLE_ENGAGEMENT",
        BaseEvent = "BASE_EVENT", LivestreamSession = "LIVESTREAM_SESSION", TrainingBase = "TRAINING_BASE", VillageRoom = "VILLAGE_ROOM", Supplier = "SUPPLIER", Partner = "PARTNER";

    public static readonly IReadOnlyList<ProgrammeKind> All =
    [
        new()
        {
            Code = TrainingBase,
            Label = new("Training bases", "培训基地"),
            Hint = new("One for each accredited place where courses are held.", "每个获得认定的培训场所一条。"),
            Title = new("Name of the base", "基地名称"),
            Types = [Word("NATIONAL", "National level", "国家级"), Word("CITY", "City level", "市级"), Word("DISTRICT", "District level", "区县级")],
            Steps = [Step("ACCREDITED", "Accredited", "获得认定"), Step("WITHDRAWN", "Accreditation ended", "取消认定")],
        },
        new()
        {
            Code = CourseAttendance,
            Label = new("Course attendances", "培训记录"),
            Hint = new("One for each person and course run.", "每人每期一条。"),
            Participant = ParticipantRule.Required,
            PartOf = new("Course run", "培训班编号"),
            At = true,
            Types = [Word("CITY", "City-level course", "市级培训班"), Word("LIVESTREAM", "Livestream course", "直播培训班"), Word("CONTEST", "Training for a contest", "赛前培训"), Word("OTHER", "Other course", "其他培训")],
            Steps =
            [
                Step("ENROLLED", "Enrolled", "已报名"), Step("ATTENDED", "Attended", "已到课") with { Many = true }, Step("CERTIFIED", "Certificate given", "已发证书"),
            ],
            Outcomes = [Word("PASSED", "Passed", "合格"), Word("NOT_PASSED", "Not passed", "不合格"), Word("DROPPED_OUT", "Left early", "中途退出")],
        },
        new()
        {
            Code = ContestEntry,
            Label = new("Contest entries", "参赛记录"),
            Hint = new("One for each person and contest.", "每人每项比赛一条。"),
            Participant = ParticipantRule.Required,
            PartOf = new("Contest", "比赛编号"),
            Steps =
            [
                Step("ENTERED", "Entered", "已报名"), Step("TRAINED", "Trained beforehand", "赛前培训") with { Ref = new("Course run", "培训班编号") },
                Step("ROUND", "Took part in a round", "参加一轮比赛", SalesYuan) with { Many = true }, Step("RESULT", "Result announced", "公布成绩"),
            ],
            Outcomes =
            [
                Word("FIRST_PRIZE", "First prize", "一等奖"), Word("SECOND_PRIZE", "Second prize", "二等奖"), Word("THIRD_PRIZE", "Third prize", "三等奖"),
                Word("TOOK_PART", "Took part", "完成比赛"), Word("WITHDREW", "Withdrew", "退赛"),
            ],
        },
        new()
        {
            Code = Incubation,
            Label = new("Incubated firms", "孵化企业"),
            Hint = new("One for each firm that asked for a place at the incubation base.", "每个申请入驻孵化基地的企业一条。"),
            Participant = ParticipantRule.Optional,
            Title = new("Name of the firm", "企业名称"),
            At = true,
            Steps =
            [
                Step("APPLIED", "Applied", "已申请"), Step("MOVED_IN", "Moved in", "已入驻"),
                Step("HEADCOUNT", "Headcount", "员工统计", Word("staff", "Staff", "员工人数"), Word("staffDisabled", "Staff with a disability", "其中残疾员工")) with { Many = true },
                Service("REGISTRATION", "Help with registration", "注册登记"), Service("LOGO", "Help with a logo", "标志设计"), Service("TRADEMARK", "Help with a trademark", "商标"),
                Service("MARKETING", "Help with marketing", "营销推广"), Service("TAX", "Tax advice", "税务咨询"), Service("LEGAL", "Legal advice", "法律咨询"),
                Service("PROJECT_DIAGNOSIS", "Project diagnosis", "项目诊断"), Service("RESOURCE_MEETING", "Resource meeting", "资源对接"), Service("CLOUD_EXPO", "Livestream cloud expo", "直播云展会"),
                Step("SALES", "Sales", "销售额", SalesYuan) with { Many = true },
            ],
            Outcomes = [Word("REFUSED", "Not taken in", "未入驻"), Word("MOVED_OUT", "Moved out and goes on", "迁出并继续经营"), Word("CLOSED_DOWN", "Closed down", "停业")],
        },
        new()
        {
            Code = FlexibleEngagement,
            Label = new("Flexible engagements", "灵活就业记录"),
            Hint = new("One for each time that somebody was paid for work without a standard job.", "每次以灵活方式取得报酬一条，按人次计。"),
            Participant = ParticipantRule.Optional,
            PartOf = new("Firm or base", "企业或基地编号"),
            Types = [Word("TASK", "Task", "零工任务"), Word("BROADCAST", "Broadcast", "直播"), Word("HOME_CRAFT", "Craft at home", "居家手工"), Word("OWN_TRADE", "Own small trade", "个体小生意")],
            Steps = [Step("STARTED", "Started", "已开始"), Step("ENDED", "Ended", "已结束", Word("hours", "Hours", "工时"), Word("paidYuan", "Paid, in yuan", "报酬（元）"))],
        },
        new()
        {
            Code = BaseEvent,
            Label = new("Events at the incubation base", "孵化基地活动"),
            Hint = new("One for each event for founders.", "每场创业服务活动一条。"),
            Title = new("Name of the event", "活动名称"),
            Types =
            [
                Word("PROJECT_DIAGNOSIS", "Project diagnosis", "项目诊断"), Word("RESOURCE_MEETING", "Resource meeting", "资源对接"),
                Word("CLOUD_EXPO", "Livestream cloud expo", "直播云展会"), Word("ECOMMERCE_LIVESTREAM", "E-commerce livestream", "电商直播"),
            ],
            Steps = [Step("PLANNED", "Planned", "已计划") with { Ahead = true }, Step("HELD", "Held", "已举办", Word("visitors", "Visitors", "到场人数")), Step("CANCELLED", "Cancelled", "已取消")],
        },
        new()
        {
            Code = LivestreamSession,
            Label = new("Livestream sessions", "直播场次"),
            Hint = new("One for each dated livestream by one account.", "每个账号每场直播一条。"),
            Participant = ParticipantRule.Optional,
            At = true,
            Types = [Word("OWN_ACCOUNT", "The base's account", "基地账号"), Word("TRAINEE_ACCOUNT", "A trainee's account", "学员账号"), Word("FIRM_ACCOUNT", "A firm's account", "企业账号")],
            Steps =
            [
                Step("PLANNED", "Planned", "已计划") with { Ahead = true },
                Step("BROADCAST", "Broadcast", "已播出", SalesYuan, Word("minutes", "Minutes on air", "直播分钟数"), Word("viewers", "Viewers", "观看人数")) with { Ref = new("Goods or supplier", "商品或供应商编号") },
                Step("CANCELLED", "Cancelled", "已取消"),
            ],
        },
        new()
        {
            Code = VillageRoom,
            Label = new("Village livestream rooms", "乡村直播间"),
            Hint = new("One for each room that teams share: its calendar, goods and orders.", "每个共用的直播间一条：日程、货源和订单。"),
            Title = new("Name of the room", "直播间名称"),
            Steps =
            [
                Step("RESERVED", "Reserved for a day", "预约使用") with { Many = true, Ahead = true, Ref = new("Team", "使用团队") },
                Step("GOODS", "Goods from workshops", "作坊供货", Units) with { Many = true, Ahead = true },
                Step("ORDERS", "Orders taken", "接到订单", Units) with { Many = true },
                Step("ORDERS_CANCELLED", "Orders cancelled for lack of goods", "因缺货取消订单", Units) with { Many = true },
            ],
        },
        new()
        {
            Code = Supplier,
            Label = new("Suppliers and their goods", "供应商和商品"),
            Hint = new("One for each product of a supplier that hosts may sell; the base vouches for its quality with a mark.", "供应商的每种商品一条；基地核验质量后给予质量标记，主播才能销售。"),
            Title = new("Supplier and product", "供应商和商品名称"),
            At = true,
            Steps =
            [
                Step("LISTED", "Listed", "已登记"), Step("CHECKED", "Quality checked", "质量核验") with { Many = true }, Step("MARKED", "Quality mark given", "给予质量标记"),
                Step("COMPLAINT", "Complaint", "质量投诉") with { Many = true }, Step("MARK_ENDED", "Quality mark ended", "取消质量标记"),
            ],
        },
        new()
        {
            Code = Partner,
            Label = new("Partners", "合作资源"),
            Hint = new("One for each body that founders and hosts can turn to; note whom it was introduced to.", "每个可以对接的单位一条；对接了哪个企业，逐次记录。"),
            Title = new("Name of the partner", "单位名称"),
            At = true,
            Types =
            [
                Word("OFFICE", "Public office", "政府部门"), Word("BUYER", "Buyer or sales channel", "采购方或销售渠道"), Word("SERVICE", "Trademark, tax, law and other services", "商标、财税、法律等服务"),
                Word("FUNDER", "Loans and funding", "贷款和资金"), Word("MENTOR", "Mentor or school", "导师或院校"),
            ],
            Steps =
            [
                Step("LISTED", "Listed", "已登记"), Step("INTRODUCED", "Introduced to a firm", "与企业对接") with { Many = true, Ref = new("Firm", "企业编号") }, Step("WITHDRAWN", "Not available any more", "不再合作"),
            ],
        },
    ];

    private static ProgrammeWord SalesYuan => Word("salesYuan", "Sales, in yuan", "销售额（元）");

    private static ProgrammeWord Units => Word("units", "Units", "件数");

    private static ProgrammeWord Word(string code, string en, string zh) => new(code, new(en, zh));

    private static ProgrammeStep Step(string code, string en, string zh, params ProgrammeWord[] amounts) => new(code, new(en, zh), amounts);

    private static ProgrammeStep Service(string code, string en, string zh) => Step(code, en, zh) with { Many = true };
}
