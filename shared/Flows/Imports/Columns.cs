using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>
/// The columns that are understood, beside one per axis, accommodation and exposure of the code lists: a row added to a
/// list is a column.
/// </summary>
internal static class Columns
{
    /// <summary>A count of rows that spreadsheets often begin with; it says nothing.</summary>
    private static readonly Column Counter = new("", new("No.", "序号"), "#|行号", (_, _) => { });

    public static IReadOnlyList<Column> OfPositions(CodeLists lists)
    {
        var (skills, licences, occupations) = (Skills(lists.Skills), Skills(lists.Skills.Where(x => x.Kind == SkillKind.Licence)), Occupations(lists));
        return
        [
            Counter,
            new("reference", new("Reference", "编号"), "岗位编号|职位编号", (draft, cell) => draft.Reference = cell.Text),
            new("creditCode", new("Credit code", "统一社会信用代码"), "信用代码|社会信用代码", (draft, cell) => draft.CreditCode = cell.Text),
            new("title", new("Job title", "岗位名称"), "岗位|职位|职位名称|Job|Position", Read.Text("title")),
            new("occupation", new("Occupation", "职业"), "工种|职业类别", Read.Entry("occupation", occupations)),
            new("openings", new("Openings", "招聘人数"), "人数|需求人数|招聘数量", Read.Openings),
            new("district", new("District", "工作区县"), "区县|所在区县|工作地区", Read.District("district", lists)),
            new("address", new("Address", "工作地点"), "工作地址|详细地址|地址", Read.Text("address")),
            new("work.place", new("Workplace", "工作方式"), "办公方式", Read.Code("work.place", Places)),
            new("work.pay", new("Pay", "薪资"), "工资|薪酬|薪资待遇|工资待遇|月薪|日薪|时薪|年薪|Salary|Wage|Monthly pay|Daily pay|Hourly pay|Yearly pay", Read.Pay),
            new("work.pay.min", new("Pay from", "最低薪资"), "pay.min", Read.Number("work.pay.min")),
            new("work.pay.max", new("Pay to", "最高薪资"), "pay.max", Read.Number("work.pay.max")),
            new("work.pay.per", new("Pay period", "计薪周期"), "pay.per", Read.Code("work.pay.per", Periods)),
            new("work.contract", new("Contract", "合同类型"), "用工形式|用工类型|合同", Read.Code("work.contract", Contracts)),
            new("work.shifts", new("Shifts", "班次"), "班制", Read.Codes("work.shifts", Shifts, none: false)),
            new("work.rest", new("Rest days", "休息"), "休息日|休假|休息方式", (draft, cell) => Read.Code("work.rest", Rests)(draft, cell with { Text = DaysAMonth(cell.Text) })),
            new("work.hoursPerWeek", new("Hours a week", "每周工时"), "周工时|每周小时", Read.Number("work.hoursPerWeek")),
            new("board", new("Meals", "包吃"), "用餐|伙食|食宿|吃住", Read.Meals),
            new("lodging", new("Lodging", "包住"), "住宿", Read.Lodging),
            new("probationMonths", new("Probation (months)", "试用期（月）"), "试用期|Probation", Read.Number("probationMonths")),
            new("closesOn", new("Closing date", "截止日期"), "有效期|截止时间|报名截止", Read.Date("closesOn")),
            new("educationMin", new("Education", "学历要求"), "学历|最低学历", Read.Education("educationMin")),
            new("licences", new("Licences", "证书要求"), "证书|资格证书", Read.Codes("licences", licences, free: true)),
            new("skillsRequired", new("Required skills", "必备技能"), "技能要求", Read.Codes("skillsRequired", skills, free: true)),
            new("skillsOptional", new("Other skills", "加分技能"), "其他技能", Read.Codes("skillsOptional", skills, free: true)),
            new("description", new("Description", "岗位描述"), "岗位职责|职位描述|工作内容", Read.Text("description")),
            .. AxisText.All.Select(x => new Column($"demands.{x.Code}", x.Label, "", Read.Level($"demands.{x.Code}", x.Position))),
            .. lists.Accommodations.Select(x => new Column($"accommodations.{x.Code}", x.Label, Short(x), Read.Answer($"accommodations.{x.Code}"))),
            .. Enum.GetValues<Exposure>().Select(x => Of("exposures", x, Read.YesNo)),
        ];
    }

    /// <summary>A position's columns, what the kind states in numbers, and its skills.</summary>
    public static IReadOnlyList<Column> OfOpportunity(OpportunityKind kind, CodeLists lists) =>
    [
        .. OfPositions(lists).Where(column => column.Field != "creditCode"),
        new("startsOn", new("First day", "开始日期"), "", Read.Date("startsOn")),
        .. kind.Skills is { } skills ? [new Column("skills", skills, "Skills|技能", Read.Codes("skills", Skills(lists.Skills)))] : Array.Empty<Column>(),
        .. kind.Details.Select(word => new Column($"details.{word.Code}", word.Label, "", Read.Number($"details.{word.Code}"))),
    ];

    /// <summary>A column per step for its day, and one per amount of it: a row more in a kind's definition is a column.</summary>
    public static IReadOnlyList<Column> OfProgramme(ProgrammeKind kind) =>
    [
        Counter,
        new("reference", new("Reference", "编号"), "id", (draft, cell) => draft.Reference = cell.Text),
        new("participant", new("Person", "人员编号"), "seeker", Read.Text("participant")),
        new("title", kind.Title ?? new("Name", "名称"), "Name|名称", Read.Text("title")),
        new("partOf", kind.PartOf ?? new("Part of", "所属编号"), "Part of|所属编号", Read.Text("partOf")),
        new("at", new("Base", "基地编号"), "", Read.Text("at")),
        new("type", new("Type", "类型"), "", Read.Code("type", Words(kind.Types))),
        new("outcome", new("Outcome", "结果"), "", Read.Code("outcome", Words(kind.Outcomes))),
        .. kind.Steps.SelectMany(step => (Column[])
        [
            new($"steps.{step.Code}", step.Label, "", Read.StepDay(step.Code)),
            .. step.Ref is { } to ? [new Column($"steps.{step.Code}/ref", new($"{step.Label.En}: {to.En}", $"{step.Label.Zh}：{to.Zh}"), "", Read.StepRef(step.Code))] : Array.Empty<Column>(),
            .. step.Amounts.Select(amount => new Column($"steps.{step.Code}/{amount.Code}", new($"{step.Label.En}: {amount.Label.En}", $"{step.Label.Zh}：{amount.Label.Zh}"), "", Read.StepAmount(step.Code, amount.Code))),
        ]),
    ];

    public static IReadOnlyList<Column> OfResources(CodeLists lists) =>
    [
        Counter,
        new("reference", new("Reference", "编号"), "id", (draft, cell) => draft.Reference = cell.Text),
        new("kind", new("Type", "类型"), "", Read.Code("kind", new(Enum.GetValues<ResourceKind>().Select(kind => (CodeLists.CodeOf(kind), BookingWords.Of(kind), Enumerable.Empty<string>()))))),
        new("title", new("Name", "名称"), "", Read.Text("title")),
        new("base", new("Base", "基地编号"), "", Read.Text("base")),
        new("units", new("How many", "数量"), "", Read.Number("units")),
        new("opens", new("Opens", "开放时间"), "", Read.Time("opens")),
        new("closes", new("Closes", "关闭时间"), "", Read.Time("closes")),
        .. lists.Accommodations.Select(x => new Column($"accommodations.{x.Code}", x.Label, Short(x), Read.Answer($"accommodations.{x.Code}"))),
    ];

    public static readonly IReadOnlyList<Column> OfBookings =
    [
        Counter,
        new("reference", new("Reference", "编号"), "id", (draft, cell) => draft.Reference = cell.Text),
        new("resource", new("Room or equipment", "房间或设备编号"), "", Read.Text("resource")),
        new("seeker", new("Person", "人员编号"), "", Read.Text("seeker")),
        new("startsAt", new("From", "开始时间"), "", Read.Moment("startsAt")),
        new("endsAt", new("To", "结束时间"), "", Read.Moment("endsAt")),
    ];

    private static Vocabulary Words(IReadOnlyList<ProgrammeWord> words) => new(words.Select(word => (word.Code, word.Label, Enumerable.Empty<string>())));

    public static IReadOnlyList<Column> OfSeekers(CodeLists lists)
    {
        var (skills, licences, occupations, needs) = (Skills(lists.Skills), Skills(lists.Skills.Where(x => x.Kind == SkillKind.Licence)), Occupations(lists), Accommodations(lists));
        return
        [
            Counter,
            new("reference", new("Reference", "编号"), "人员编号|id", (draft, cell) => draft.Reference = cell.Text),
            new("name", new("Name", "姓名"), "", Read.Text("name")),
            new("phone", new("Phone", "手机号"), "手机|手机号码|电话|联系电话", Read.Text("phone")),
            new("district", new("District", "居住区县"), "区县|所在区县|居住地", Read.District("district", lists)),
            new("language", new("Language", "语言"), "", Read.Text("language")),
            new("needs.must", new("Must have", "必须有"), "", Read.Marked("needs", "must", needs)),
            new("needs.helps", new("Helpful", "有帮助"), "", Read.Marked("needs", "helps", needs)),
            new("avoid.mustAvoid", new("Must avoid", "必须避开"), "avoid", Read.Marked("avoid", "mustAvoid", Avoidable)),
            new("avoid.ratherNot", new("Rather not", "最好没有"), "", Read.Marked("avoid", "ratherNot", Avoidable)),
            new("skills", new("Skills", "技能"), "", Read.Codes("skills", skills, free: true)),
            new("occupations", new("Occupations", "期望职业"), "意向岗位|期望岗位", Read.Codes("occupations", occupations, free: true)),
            new("education", new("Education", "学历"), "文化程度", Read.Education("education")),
            new("licences", new("Licences", "证书"), "持有证书", Read.Codes("licences", licences, free: true)),
            new("work.contracts", new("Contracts", "可接受合同"), "", Read.Codes("work.contracts", Contracts)),
            new("work.places", new("Workplaces", "可接受工作方式"), "", Read.Codes("work.places", Places)),
            new("work.minPayMonthly", new("Lowest pay a month", "最低月薪"), "期望月薪", Read.Number("work.minPayMonthly")),
            new("work.hoursPerWeek", new("Hours a week", "每周工时"), "", Read.HoursWish),
            new("work.hoursPerDay", new("Hours a day", "每天工时"), "", Read.Number("work.hoursPerDay")),
            new("work.commuteMinutes", new("Commute (minutes)", "通勤时间（分钟）"), "通勤时间|Commute", Read.Number("work.commuteMinutes")),
            new("work.lodging", new("Lodging", "住宿"), "", Read.Code("work.lodging", LodgingWishes)),
            new("contact.prefer", new("Contact by", "联系方式偏好"), "prefer", Read.Code("contact.prefer", ContactWays)),
            new("contact.helper", new("Helper", "联系人"), "帮助人|代联系人", Read.Text("contact.helper")),
            new("consent.matching", new("Consent: matching", "同意：匹配"), "", Read.Consent("matching")),
            new("consent.sms", new("Consent: SMS", "同意：短信"), "", Read.Consent("sms")),
            new("consent.employers", new("Consent: employers", "同意：向单位展示"), "", Read.Consent("employers")),
            new("consent.statistics", new("Consent: statistics", "同意：统计"), "", Read.Consent("statistics")),
            .. AxisText.All.Select(x => new Column($"capacity.{x.Code}", x.Label, "", Read.Level($"capacity.{x.Code}", x.Seeker))),
            .. lists.Accommodations.Select(x => new Column($"needs.{x.Code}", x.Label, Short(x), Read.Mark($"needs.{x.Code}", Read.Marks, "不需要|notneeded|not_needed"))),
            .. Enum.GetValues<Exposure>().Select(x => Of("avoid", x, Avoid)),
            .. Enum.GetValues<Shift>().Select(x => Of("avoid", x, Avoid)),
        ];
    }

    private static Action<RowDraft, Cell> Avoid(string path) => Read.Mark(path, Read.Avoidances, "无所谓|nomatter|no_matter");

    private static Column Of<T>(string field, T member, Func<string, Action<RowDraft, Cell>> read) where T : struct, Enum =>
        new($"{field}.{CodeLists.CodeOf(member)}", CodeLists.LabelOf(member), "", read($"{field}.{CodeLists.CodeOf(member)}"));

    private static string Short(Accommodation accommodation) => $"{Vocabulary.Unbracketed(accommodation.Label.En)}|{Vocabulary.Unbracketed(accommodation.Label.Zh)}";

    private static Vocabulary Skills(IEnumerable<Skill> skills) => new(skills.Select(x => (x.Code, x.Label, x.SynonymsEn.Concat(x.SynonymsZh))));

    private static Vocabulary Occupations(CodeLists lists) => new(lists.Occupations.Select(x => (x.Code, x.Label, x.SynonymsEn.Concat(x.SynonymsZh))));

    private static Vocabulary Accommodations(CodeLists lists) => new(lists.Accommodations.Select(x => (x.Code, x.Label, Enumerable.Empty<string>())));

    private static string DaysAMonth(string text) => Regex.Replace(text, "月休[0-9一二三四五六七八九十]+天", "月休N天");

    private static readonly Vocabulary Places = Vocabulary.Of<Place>(
        (Place.OnSite, "现场|坐班|线下|onsite"), (Place.Hybrid, "混合|混合办公"), (Place.Remote, "居家|远程|居家办公|在家|线上|work from home|远程办公"), (Place.Mobile, "流动"), (Place.Base, "基地"));

    private static readonly Vocabulary Periods = Vocabulary.Of<PayPeriod>((PayPeriod.Hour, "时|每小时"), (PayPeriod.Day, "天|每天"), (PayPeriod.Month, "每月"), (PayPeriod.Year, "每年"));

    private static readonly Vocabulary Contracts = Vocabulary.Of<Contract>(
        (Contract.OpenEnded, "无固定期限劳动合同|无固定期限合同|长期"), (Contract.FixedTerm, "固定期限劳动合同|固定期限合同|劳动合同"), (Contract.PartTime, "兼职|非全日制|小时工"),
        (Contract.Dispatch, "派遣"), (Contract.ServiceAgreement, "劳务|劳务合同"), (Contract.Internship, "实习|见习"), (Contract.Platform, "平台|灵活就业"), (Contract.HomePiecework, "计件"));

    private static readonly Vocabulary Shifts = Vocabulary.Of<Shift>(
        (Shift.Day, "长白班|日班|早班|正常班"), (Shift.Evening, "中班|小夜班"), (Shift.Night, "大夜班"), (Shift.TwoShift, "两班|二班倒|2班倒"), (Shift.ThreeShift, "三班|3班倒"),
        (Shift.Weekend, "周末"), (Shift.Flexible, "弹性|弹性工作"));

    private static readonly Vocabulary Rests = Vocabulary.Of<Rest>((Rest.TwoDays, "周末双休|做五休二"), (Rest.OneDay, "做六休一"), (Rest.Alternating, "单双休"), (Rest.Rostered, "轮休|排休"));

    private static readonly Vocabulary LodgingWishes = Vocabulary.Of<LodgingWish>((LodgingWish.Needed, "需要"), (LodgingWish.Accepted, "可以|均可"), (LodgingWish.No, "不需要|否"));

    private static readonly Vocabulary ContactWays = new(
    [
        ("SMS_TEXT", new("SMS", "短信"), []), ("APP_TEXT", new("Text in the app", "应用内文字"), []), ("PHONE", new("Phone", "电话"), []),
        ("VIA_STAFF", new("Through staff", "由工作人员转达"), []), ("VIA_FAMILY", new("Through family", "由家人转达"), []),
    ]);

    private static readonly Vocabulary Avoidable = new(
        Enum.GetValues<Shift>().Select(x => (CodeLists.CodeOf(x), CodeLists.LabelOf(x), Enumerable.Empty<string>()))
            .Concat(Enum.GetValues<Exposure>().Select(x => (CodeLists.CodeOf(x), CodeLists.LabelOf(x), Enumerable.Empty<string>()))));
}
