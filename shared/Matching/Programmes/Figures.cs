namespace JobMatch.Matching;

/// <summary>What a figure takes together.</summary>
public enum CountOf
{
    /// <summary>Each record once.</summary>
    Records,

    /// <summary>Each person once, in however many records.</summary>
    People,

    /// <summary>Each person once for each thing that the records are part of: twice in one course run is once, in two runs twice.</summary>
    PeopleByPart,

    /// <summary>Each thing once that the records are part of: a course run, a contest.</summary>
    Parts,

    /// <summary>The sum of an amount over all steps.</summary>
    Sum,

    /// <summary>The sum of an amount, of each record as it was stated last.</summary>
    Latest,
}

/// <summary>By what a figure is told apart below it.</summary>
public enum PartBy { Nothing, Type, PartOf, At, Month }

/// <summary>What a figure counts: records of one kind in which a step was taken.</summary>
/// <param name="Type">Only of this type; null = of every one.</param>
/// <param name="Amount">Of <see cref="CountOf.Sum"/> and <see cref="CountOf.Latest"/>.</param>
/// <param name="Except">Outcomes and steps that take a record out again.</param>
public sealed record Counting(string Kind, string Step, CountOf Of, string? Type = null, string? Amount = null, params IReadOnlyList<string> Except)
{
    /// <summary>Whether a record is counted at all; when its steps were, is asked apart.</summary>
    public bool Holds(ProgrammeRecord record) =>
        record.Kind == Kind && (Type is null || record.Type == Type) && !(record.Outcome is { } outcome && Except.Contains(outcome)) && !record.Steps.Any(step => Except.Contains(step.Step));
}

/// <summary>What the service itself holds beside programmes: people, events, work.</summary>
/// <param name="UsersByMonth">Registered people by the first day of the month in which their registration began.</param>
/// <param name="ThisMonth">The first day of the month of today.</param>
/// <param name="EventsHeld">Recruitment events that have ended and were not cancelled.</param>
/// <param name="PositionsThere">Positions tied to those events; one at two of them is two.</param>
/// <param name="JobsGained">People who started work in the period, once for each position.</param>
/// <param name="FollowUps">Every follow-up; null = none.</param>
public sealed record PlatformCounts(
    IReadOnlyDictionary<DateOnly, int> UsersByMonth, DateOnly ThisMonth, int EventsHeld, int PositionsThere, int JobsGained, IReadOnlyList<FollowedUp>? FollowUps = null)
{
    internal int StillThere(FollowUpOf of, int month) =>
        FollowUps?.Where(x => (x.Of, x.Month) == (of, month) && x.Answer != FollowUpAnswer.Left).DistinctBy(x => (x.Subject, x.About)).Count() ?? 0;
}

/// <summary>An answer at a follow-up in the period.</summary>
public sealed record FollowedUp(FollowUpOf Of, int Month, FollowUpAnswer Answer, string Subject, string? About);

/// <summary>Days of which steps count, both included; null = however early or late.</summary>
public readonly record struct Period(DateOnly? From, DateOnly? To)
{
    public bool Holds(DateOnly day) => !(day < From) && !(day > To);
}

/// <summary>
/// Years for which a plan sets how many jobs are to be gained. Verify and add a row when a new plan is made: 2022-2024 by the
/// press of early 2025, 2025-2027 by a district government's notice of 2026-02.
/// </summary>
public static class PlanPeriods
{
    public static readonly IReadOnlyList<Period> All = [new(new(2022, 1, 1), new(2024, 12, 31)), new(new(2025, 1, 1), new(2027, 12, 31))];

    /// <summary>The one that today is in; after the last one, that.</summary>
    public static Period Of(DateOnly today) => All.FirstOrDefault(plan => plan.Holds(today), All[^1]);
}

/// <summary>A part of a figure.</summary>
/// <param name="Label">Null where the code is somebody's own id.</param>
public sealed record FigurePart(string Code, Label? Label, decimal Value);

/// <summary>A number with how it was come to.</summary>
/// <param name="Value">Whole, but for a mean, which has one decimal.</param>
public sealed record FigureValue(Figure Figure, decimal Value, IReadOnlyList<FigurePart> Parts);

/// <summary>
/// A number that the programmes report: never typed in, always counted from records, with the definition that stands beside
/// it. Its counting names the one kind of record that moves it; a figure without one counts what the service itself holds.
/// </summary>
public sealed record Figure(string Key, Label Name, Label Definition, Counting? Counting, PartBy Parts = PartBy.Nothing)
{
    private Func<PlatformCounts, decimal>? Platform { get; init; }

    public static readonly IReadOnlyList<Figure> All =
    [
        Held("users", "Users", "用户数", "Registered people, as of now; below, by the month in which their registration began.", "目前登记在册的人数；下面按登记的月份分列。", x => x.UsersByMonth.Values.Sum()) with { Parts = PartBy.Month },
        Held("newUsersThisMonth", "New users this month", "本月新增用户", "Registered people whose registration began this calendar month.", "本自然月内登记的人数。", x => x.UsersByMonth.GetValueOrDefault(x.ThisMonth)),
        Held("eventsHeld", "Recruitment events held", "举办招聘会", "Recruitment events that have ended and were not cancelled.", "已结束且未取消的招聘活动数。", x => x.EventsHeld),
        Held("positionsPerEvent", "Positions per event", "场均岗位",
            "Positions tied to the recruitment events held, divided by those events, to one decimal. A position at two events counts at both.",
            "已举办招聘活动的岗位总数除以活动数，保留一位小数；同一岗位参加两场活动，两场都算。",
            x => x.EventsHeld == 0 ? 0 : Math.Round((decimal)x.PositionsThere / x.EventsHeld, 1, MidpointRounding.AwayFromZero)),
        Held("jobsGained", "Jobs gained", "新增就业",
            "People who started work in the period, once for each position, as noted at recruitment events. Without a period it is the plan period of today.",
            "期间内在招聘活动记录中“已上岗”的人数，每人每个岗位算一次；未选期间时按当前规划期。", x => x.JobsGained),
        .. FollowUpSeries.Months.Select(month => Held($"stillAtWork{month}", $"Still at work after {Months(month)}", $"上岗 {month} 个月仍在岗",
            $"People who said in the period, at the follow-up {Months(month)} after they started, that they are still there, well or not; once for each position. Who did not answer is not counted.",
            $"期间内在上岗满 {month} 个月的回访中回答仍在岗的人数（不论好坏），每人每个岗位算一次；没有回答的不算。",
            x => x.StillThere(FollowUpOf.Placement, month))),
        .. FollowUpSeries.Months.Select(month => Held($"stillInBusiness{month}", $"Still in business after {Months(month)}", $"入驻 {month} 个月仍在经营",
            $"Founders who said in the period, at the follow-up {Months(month)} after their firm moved in, that it goes on, well or not; once for each firm. Who did not answer is not counted.",
            $"期间内在入驻满 {month} 个月的回访中回答仍在经营的创业者人数（不论好坏），每家企业算一次；没有回答的不算。",
            x => x.StillThere(FollowUpOf.Founding, month))),

        new("firmsHosted", new("Firms hosted", "孵化企业"),
            new("Incubated firms that moved in.", "有“已入驻”步骤的孵化企业数。"), new(ProgrammeKind.Incubation, "MOVED_IN", CountOf.Records)),
        new("firmsAlive", new("Firms still alive", "存活企业"),
            new("Incubated firms that moved in and have not closed down; one that moved out and goes on is alive.", "已入驻且没有停业的孵化企业数；迁出并继续经营的也算。"),
            new(ProgrammeKind.Incubation, "MOVED_IN", CountOf.Records, Except: "CLOSED_DOWN")),
        new("baseStaff", new("Staff of the firms", "企业员工"),
            new("The latest headcount of each of the incubated firms that have neither closed down nor moved out, added up.", "未停业、未迁出的孵化企业最近一次员工统计之和。"),
            new(ProgrammeKind.Incubation, "HEADCOUNT", CountOf.Latest, Amount: "staff", Except: ["CLOSED_DOWN", "MOVED_OUT", "REFUSED"])),
        new("baseStaffDisabled", new("Staff with a disability", "残疾员工"),
            new("Of the latest headcount of each of the incubated firms that have neither closed down nor moved out, the staff with a disability.", "未停业、未迁出的孵化企业最近一次员工统计中的残疾员工之和。"),
            new(ProgrammeKind.Incubation, "HEADCOUNT", CountOf.Latest, Amount: "staffDisabled", Except: ["CLOSED_DOWN", "MOVED_OUT", "REFUSED"])),
        new("flexibleEngagements", new("Flexible engagements", "灵活就业人次"),
            new("Flexible engagements that started: each is counted, also several of one person.", "已开始的灵活就业记录数，按人次计，同一人多次都算。"),
            new(ProgrammeKind.FlexibleEngagement, "STARTED", CountOf.Records), PartBy.Type),
        new("baseEvents", new("Events at the incubation base", "孵化基地活动"),
            new("Events at the incubation base that were held.", "已举办的孵化基地活动场数。"), new(ProgrammeKind.BaseEvent, "HELD", CountOf.Records), PartBy.Type),
        new("trainingBases", new("National training bases", "国家级培训基地"),
            new("Training bases that are accredited at national level, and whose accreditation has not ended.", "获得国家级认定且未取消的培训基地数。"),
            new(ProgrammeKind.TrainingBase, "ACCREDITED", CountOf.Records, "NATIONAL", Except: "WITHDRAWN")),
        new("cityCourseRuns", new("City-level course runs", "市级培训班"),
            new("City-level course runs for which course attendances show that somebody attended.", "培训记录中有人到课的市级培训班期数。"),
            new(ProgrammeKind.CourseAttendance, "ATTENDED", CountOf.Parts, "CITY")),
        new("cityTrained", new("Trained at city level", "市级培训人次"),
            new("Trainees of city-level course runs, by course attendances with a day attended. Somebody trained in two runs counts twice, on two days of one run once.", "市级培训班培训记录中到过课的人次：同一人参加两期算两次，同一期来多天算一次。"),
            new(ProgrammeKind.CourseAttendance, "ATTENDED", CountOf.PeopleByPart, "CITY"), PartBy.PartOf),
        new("livestreamTrained", new("Trained to livestream", "直播培训人数"),
            new("People who attended a livestream course, by course attendances; somebody trained twice counts once.", "培训记录中参加过直播培训班的人数，同一人多次只算一次。"),
            new(ProgrammeKind.CourseAttendance, "ATTENDED", CountOf.People, "LIVESTREAM"), PartBy.At),
        new("peopleTrained", new("People trained", "培训总人数"),
            new("People with a day attended in course attendances of any type; somebody trained twice counts once. Below it, those of each base.", "各类培训记录中到过课的人数，同一人多次只算一次；下列各基地人数。"),
            new(ProgrammeKind.CourseAttendance, "ATTENDED", CountOf.People), PartBy.At),
        new("broadcasts", new("Broadcasts", "直播场次"),
            new("Livestream sessions that went on air.", "已播出的直播场次。"), new(ProgrammeKind.LivestreamSession, "BROADCAST", CountOf.Records), PartBy.Type),
        new("broadcastSalesYuan", new("Sales on air, in yuan", "直播销售额（元）"),
            new("The sales of all livestream sessions, in yuan.", "各直播场次销售额之和（元）。"), new(ProgrammeKind.LivestreamSession, "BROADCAST", CountOf.Sum, Amount: "salesYuan"), PartBy.Type),
        new("goodsWithMark", new("Goods with a quality mark", "有质量标记的商品"),
            new("Of the suppliers and their goods, those that have a quality mark now.", "供应商和商品记录中目前有质量标记的商品数。"),
            new(ProgrammeKind.Supplier, "MARKED", CountOf.Records, Except: "MARK_ENDED")),
        new("partners", new("Partners", "合作资源"),
            new("Partners that are listed and still available.", "合作资源中已登记并仍可对接的单位数。"), new(ProgrammeKind.Partner, "LISTED", CountOf.Records, Except: "WITHDRAWN"), PartBy.Type),
        new("contestParticipants", new("Contest participants", "参赛人数"),
            new("People with contest entries who took part in a round; somebody in two contests counts in both.", "参赛记录中参加过一轮比赛的人数；同一人参加两项比赛，两项都算。"),
            new(ProgrammeKind.ContestEntry, "ROUND", CountOf.PeopleByPart), PartBy.PartOf),
        new("contestSalesYuan", new("Contest sales, in yuan", "比赛销售额（元）"),
            new("The sales of all rounds of contest entries, in yuan.", "参赛记录各轮销售额之和（元）。"), new(ProgrammeKind.ContestEntry, "ROUND", CountOf.Sum, Amount: "salesYuan"), PartBy.PartOf),
        new("villageOrders", new("Orders in village rooms", "乡村直播订单"),
            new("Units ordered in village livestream rooms, without regard to those cancelled later.", "乡村直播间接到的订单件数，不扣除后来取消的。"),
            new(ProgrammeKind.VillageRoom, "ORDERS", CountOf.Sum, Amount: "units")),
        new("villageOrdersCancelled", new("Orders cancelled for lack of goods", "因缺货取消的订单"),
            new("Units whose orders in village livestream rooms were cancelled for lack of goods.", "乡村直播间因缺货取消的订单件数。"),
            new(ProgrammeKind.VillageRoom, "ORDERS_CANCELLED", CountOf.Sum, Amount: "units")),
    ];

    /// <summary>Every figure in its order.</summary>
    /// <param name="records">All records there are, in any order.</param>
    /// <param name="period">Which steps count.</param>
    public static IReadOnlyList<FigureValue> Count(IReadOnlyList<ProgrammeRecord> records, PlatformCounts platform, Period period = default)
    {
        var byKind = records.ToLookup(record => record.Kind);
        return [.. All.Select(figure => figure.Counting is { } counting ? figure.Over(counting, [.. byKind[counting.Kind].Where(counting.Holds)], period) : new(figure, figure.Platform!(platform), figure.Parts == PartBy.Month ? ByMonth(platform) : []))];
    }

    // The newest first, and a month without anybody in its place.
    private static IReadOnlyList<FigurePart> ByMonth(PlatformCounts platform)
    {
        if (platform.UsersByMonth is not { Count: > 0 } months)
            return [];
        var (first, last) = (months.Keys.Min(), months.Keys.Max());
        return [.. Enumerable.Range(0, (last.Year - first.Year) * 12 + last.Month - first.Month + 1).Select(ago => last.AddMonths(-ago))
            .Select(month => new FigurePart(month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), null, months.GetValueOrDefault(month)))];
    }

    private FigureValue Over(Counting counting, IReadOnlyList<ProgrammeRecord> records, Period period)
    {
        IEnumerable<FigurePart> parts = Parts == PartBy.Nothing ? [] : records.GroupBy(PartOf).Where(part => part.Key is not null)
            .Select(part => new FigurePart(part.Key!, LabelOf(counting.Kind, part.Key!), Value(counting, part, period)))
            .Where(part => part.Value != 0).OrderByDescending(part => part.Value).ThenBy(part => part.Code, StringComparer.Ordinal);
        return new(this, Value(counting, records, period), [.. parts]);
    }

    private string? PartOf(ProgrammeRecord record) => Parts switch
    {
        PartBy.Type => record.Type,
        PartBy.At => record.At,
        _ => record.PartOf,
    };

    private Label? LabelOf(string kind, string part) =>
        Parts == PartBy.Type ? ProgrammeKind.Find(kind)!.Types.FirstOrDefault(type => type.Code == part)?.Label : null;

    private static decimal Value(Counting counting, IEnumerable<ProgrammeRecord> records, Period period)
    {
        var counted = records.Select(record => (Record: record, Steps: record.Steps.Where(step => step.Step == counting.Step && period.Holds(step.On)).ToList())).Where(x => x.Steps.Count > 0);
        return counting.Of switch
        {
            CountOf.People => counted.Select(x => x.Record.Participant).OfType<string>().Distinct().Count(),
            CountOf.PeopleByPart => counted.Where(x => x.Record.Participant is not null).Select(x => (x.Record.Participant, x.Record.PartOf)).Distinct().Count(),
            CountOf.Parts => counted.Select(x => x.Record.PartOf).OfType<string>().Distinct().Count(),
            CountOf.Sum => counted.Sum(x => x.Steps.Sum(step => (decimal)step.Amount(counting.Amount!))),
            CountOf.Latest => counted.Sum(x => (decimal)(x.Steps.LastOrDefault(step => step.Amounts?.ContainsKey(counting.Amount!) == true)?.Amount(counting.Amount!) ?? 0)),
            _ => counted.Count(),
        };
    }

    private static string Months(int month) => month == 1 ? "1 month" : $"{month} months";

    private static Figure Held(string key, string en, string zh, string definitionEn, string definitionZh, Func<PlatformCounts, decimal> of) =>
        new(key, new(en, zh), new(definitionEn, definitionZh), null) { Platform = of };
}
