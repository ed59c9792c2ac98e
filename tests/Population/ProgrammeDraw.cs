using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobMatch.Population;

/// <summary>What a sample says of programmes: lines by file, each line the members of one object.</summary>
public interface IProgrammeLines
{
    IReadOnlyDictionary<string, IEnumerable<Action<Utf8JsonWriter>>> Files { get; }
}

/// <summary>
/// A season of every programme, made up: courses with places taken, a contest, time on air, assignments, places for firms; rooms
/// and equipment with bookings; and a few records of each kind, so that whoever starts the sample sees each page with something in it.
/// </summary>
public sealed class ProgrammeDraw(Populace populace) : IProgrammeLines
{
    private const string Livestream = "livestream-base", Incubator = "incubation-base", Home = "500103";

    /// <summary>Course by course: what it is called, what it teaches, how many days it takes and how many it is for.</summary>
    private static readonly (string Title, string[] Skills, int Days, int Places)[] Courses =
    [
        ("普通话和客服话术班", ["PUTONGHUA"], 10, 30), ("电脑打字班", ["TYPING"], 8, 24), ("表格和文字处理班", ["SPREADSHEET", "WORD_PROCESSING"], 12, 24),
        ("包装和贴标实训班", ["PACKING", "LABEL_STICKING"], 5, 20), ("网店后台操作班", ["SHOP_BACKEND", "SORTING"], 10, 20), ("数据录入班", ["DATA_ENTRY"], 6, 24),
        ("直播入门班", ["LIVE_HOSTING"], 5, 26), ("短视频剪辑班", ["VIDEO_EDITING"], 8, 16), ("纸珠手工班，居家学", ["PAPER_BEAD_CRAFT"], 4, 12), ("推拿提高班", ["TUINA"], 20, 6),
    ];

    private readonly DateOnly today = populace.Today;

    public IReadOnlyDictionary<string, IEnumerable<Action<Utf8JsonWriter>>> Files => new Dictionary<string, IEnumerable<Action<Utf8JsonWriter>>>
    {
        ["opportunities.ndjson"] = Opportunities().Select(Members),
        ["places.ndjson"] = Places().Select(Members),
        ["resources.ndjson"] = Resources().Select(Members),
        ["bookings.ndjson"] = Bookings().Select(Members),
        ["programmes.ndjson"] = Records().Select(record => (Action<Utf8JsonWriter>)record.Write),
    };

    private IEnumerable<JsonObject> Opportunities() =>
    [
        .. Courses.Select((course, i) => Opportunity("COURSE_RUN", $"course-{i + 1:00}", course.Title, course.Places, 12 + i, course.Skills, ("days", course.Days), ("hoursADay", 6))),
        Opportunity("CONTEST", "contest-spring", "春季直播带货赛", 60, 40, ["LIVE_HOSTING"], ("prizeYuan", 3000), ("rounds", 2)),
        Opportunity("LIVESTREAM_SLOT", "slot-farm-goods", "农产品晚间直播时段", 4, 10, ["LIVE_HOSTING"], ("minutes", 90), ("commissionPercent", 10)),
        Opportunity("LIVESTREAM_SLOT", "slot-crafts", "手工艺品午间直播时段", 2, 8, [], ("minutes", 60), ("commissionPercent", 15)),
        Opportunity("FLEXIBLE_ASSIGNMENT", "assignment-labels", "图片标注，居家计件", 20, 20, [], ("hours", 40), ("weeks", 2), ("paidYuan", 900)),
        Opportunity("FLEXIBLE_ASSIGNMENT", "assignment-beads", "纸珠挂件，居家手工", 15, 25, [], ("hours", 60), ("weeks", 4), ("paidYuan", 1200)),
        Opportunity("INCUBATION_PLACE", "place-desks", "孵化基地共享工位", 6, 60, [], ("months", 12), ("desks", 2)),
        Opportunity("INCUBATION_PLACE", "place-studio", "孵化基地手工作坊", 2, 60, [], ("months", 24), ("desks", 4)),
    ];

    // Who lives near goes there, others learn at home; more ask for the small course than it has places, so that somebody waits.
    private IEnumerable<JsonObject> Places() =>
    [
        .. Enumerable.Range(0, 24).Select(i => Place("course-09", i * 7)),
        .. Enumerable.Range(0, 1000).Where(i => populace.Seeker(i).District == Home).Take(16).Select((person, i) => Place($"course-{i % 6 + 1:00}", person)),
    ];

    private JsonObject Place(string course, int person) => new() { ["kind"] = "COURSE_RUN", ["opportunity"] = course, ["seeker"] = Person(person) };

    private static IEnumerable<JsonObject> Resources() =>
    [
        Resource("studio-a", "ROOM", "一号直播间", 1), Resource("studio-b", "ROOM", "二号直播间", 1), Resource("meeting-room", "ROOM", "洽谈室", 1),
        Resource("camera", "EQUIPMENT", "直播套装（手机、灯、话筒）", 6), Resource("laptop", "EQUIPMENT", "读屏笔记本电脑", 4),
    ];

    private IEnumerable<JsonObject> Bookings() => Enumerable.Range(0, 12).Select(i =>
    {
        var (day, hour) = (today.AddDays(2 + i / 4), 9 + i % 4 * 3);
        return new JsonObject { ["id"] = $"booking-{i + 1:00}", ["resource"] = i % 2 == 0 ? "studio-a" : "studio-b", ["seeker"] = Person(3 + i * 11), ["startsAt"] = At(day, hour), ["endsAt"] = At(day, hour + 2) };
    });

    private IEnumerable<DrawnRecord> Records() => [.. Bases(), .. Attendances(), .. Entries(), .. Firms(), .. FlexibleWork(), .. Events(), .. Sessions(), .. Rooms(), .. Suppliers(), .. Partners()];

    private IEnumerable<DrawnRecord> Bases() =>
    [
        new("TRAINING_BASE", Livestream) { Title = "示例直播基地", Type = "CITY", Steps = [Step("ACCREDITED", 700)] },
        new("TRAINING_BASE", "training-base-1") { Title = "示例职业培训基地", Type = "NATIONAL", Steps = [Step("ACCREDITED", 900)] },
    ];

    private IEnumerable<DrawnRecord> Attendances() => Enumerable.Range(0, 48).Select(i =>
    {
        var (dice, live, start) = (Dice(i), i % 2 == 0, 30 + i / 12 * 30);
        return new DrawnRecord("COURSE_ATTENDANCE", $"attendance-{i + 1:00}")
        {
            Participant = Person(i * 13),
            PartOf = $"run-{(live ? "live" : "city")}-{i / 12 + 1}",
            At = live ? Livestream : "training-base-1",
            Type = live ? "LIVESTREAM" : "CITY",
            Steps = [Step("ENROLLED", start + 14), Step("ATTENDED", start), Step("ATTENDED", start - 1), .. i % 4 == 0 ? Array.Empty<DrawnStep>() : [Step("CERTIFIED", start - 5)]],
            Outcome = i % 4 == 0 ? dice.OneOf("NOT_PASSED", "DROPPED_OUT") : "PASSED",
        };
    });

    private IEnumerable<DrawnRecord> Entries() => Enumerable.Range(0, 12).Select(i => new DrawnRecord("CONTEST_ENTRY", $"entry-{i + 1:00}")
    {
        Participant = Person(i * 26),
        PartOf = "contest-autumn",
        Steps = [Step("ENTERED", 60), Step("TRAINED", 45, "run-live-1"), Step("ROUND", 30, null, ("salesYuan", Dice(100 + i).Between(200, 4000))), Step("RESULT", 28)],
        Outcome = i switch { 0 => "FIRST_PRIZE", 1 => "SECOND_PRIZE", 2 => "THIRD_PRIZE", _ => "TOOK_PART" },
    });

    private IEnumerable<DrawnRecord> Firms() => Enumerable.Range(0, 8).Select(i =>
    {
        var dice = Dice(200 + i);
        var staff = dice.Between(2, 14);
        return new DrawnRecord("INCUBATION", $"firm-{i + 1}")
        {
            Participant = Person(500 + i),
            Title = "示例·" + ((string[])["江畔手作", "云上电商", "山城设计", "南山食品", "北岸花艺", "竹海文创", "桥头客服", "梯坎配音"])[i],
            At = Incubator,
            Steps = [Step("APPLIED", 400), Step("MOVED_IN", 370), Step(dice.OneOf("REGISTRATION", "LOGO", "TRADEMARK"), 300), Step(dice.OneOf("MARKETING", "TAX", "LEGAL"), 120), Step("HEADCOUNT", 5, null, ("staff", staff), ("staffDisabled", dice.Between(1, staff)))],
            Outcome = i switch { 6 => "MOVED_OUT", 7 => "CLOSED_DOWN", _ => null },
        };
    });

    private IEnumerable<DrawnRecord> FlexibleWork() => Enumerable.Range(0, 16).Select(i => new DrawnRecord("FLEXIBLE_ENGAGEMENT", $"flexible-{i + 1:00}")
    {
        Participant = Person(300 + i * 9),
        PartOf = $"firm-{i % 6 + 1}",
        Type = ((string[])["TASK", "BROADCAST", "HOME_CRAFT", "OWN_TRADE"])[i % 4],
        Steps = [Step("STARTED", 40 + i), Step("ENDED", 30 + i, null, ("hours", Dice(300 + i).Between(4, 30)), ("paidYuan", Dice(400 + i).Between(80, 900)))],
    });

    private IEnumerable<DrawnRecord> Events() => Enumerable.Range(0, 6).Select(i => new DrawnRecord("BASE_EVENT", $"base-event-{i + 1}")
    {
        Title = ((string[])["项目诊断会", "资源对接会", "直播云展会", "电商直播专场", "项目诊断会", "资源对接会"])[i],
        Type = ((string[])["PROJECT_DIAGNOSIS", "RESOURCE_MEETING", "CLOUD_EXPO", "ECOMMERCE_LIVESTREAM", "PROJECT_DIAGNOSIS", "RESOURCE_MEETING"])[i],
        Steps = i < 4 ? [Step("PLANNED", 200 - i * 30), Step("HELD", 180 - i * 30, null, ("visitors", 20 + i * 6))] : [Step("PLANNED", 4 - i * 5)],
    });

    private IEnumerable<DrawnRecord> Sessions() => Enumerable.Range(0, 24).Select(i => new DrawnRecord("LIVESTREAM_SESSION", $"session-{i + 1:00}")
    {
        Participant = Person(i % 6 * 26),
        At = Livestream,
        Type = i % 3 == 0 ? "TRAINEE_ACCOUNT" : "OWN_ACCOUNT",
        Steps = i < 22
            ? [Step("PLANNED", 60 - i * 2), Step("BROADCAST", 58 - i * 2, $"goods-{i % 3 + 1}", ("minutes", 60 + i * 3), ("salesYuan", Dice(500 + i).Between(100, 2500)), ("viewers", Dice(600 + i).Between(20, 300)))]
            : [Step("PLANNED", 15 - i)],
    });

    // The second has taken more orders than it has goods: staff are warned.
    private IEnumerable<DrawnRecord> Rooms() => Enumerable.Range(0, 2).Select(i => new DrawnRecord("VILLAGE_ROOM", $"village-room-{i + 1}")
    {
        Title = $"示例村直播间 {i + 1}",
        Steps = [Step("GOODS", 20, null, ("units", 300)), Step("ORDERS", 6, null, ("units", 150 + i * 170)), Step("GOODS", -3, null, ("units", 10)), Step("RESERVED", -1, "team-1"), Step("RESERVED", -4, "team-2")],
    });

    private IEnumerable<DrawnRecord> Suppliers() => Enumerable.Range(0, 3).Select(i => new DrawnRecord("SUPPLIER", $"goods-{i + 1}")
    {
        Title = ((string[])["示例合作社·橙子", "示例作坊·纸珠挂件", "示例食品厂·豆瓣酱"])[i],
        At = Livestream,
        Steps = [Step("LISTED", 120), Step("CHECKED", 110), Step("MARKED", 108), .. i == 2 ? [Step("COMPLAINT", 12), Step("CHECKED", 9)] : Array.Empty<DrawnStep>()],
    });

    private IEnumerable<DrawnRecord> Partners() => Enumerable.Range(0, 4).Select(i => new DrawnRecord("PARTNER", $"partner-{i + 1}")
    {
        Title = ((string[])["示例商标代理", "示例电商平台", "示例小额贷款", "示例职业学院"])[i],
        At = Incubator,
        Type = ((string[])["SERVICE", "BUYER", "FUNDER", "MENTOR"])[i],
        Steps = [Step("LISTED", 200), Step("INTRODUCED", 60 - i * 10, $"firm-{i + 1}")],
    });

    private JsonObject Opportunity(string kind, string id, string title, int places, int closes, string[] skills, params (string Word, int Number)[] details)
    {
        var line = new JsonObject { ["kind"] = kind, ["id"] = id, ["title"] = title, ["district"] = Home, ["openings"] = places, ["startsOn"] = Day(today.AddDays(closes + 7)), ["closesOn"] = Day(today.AddDays(closes)) };
        if (title.Contains("居家", StringComparison.Ordinal))
            line["work"] = new JsonObject { ["place"] = "REMOTE" };
        else
            line["accommodations"] = new JsonObject { ["STEP_FREE"] = "offered", ["ACCESSIBLE_TOILET"] = "offered", ["SIGN_INTERPRETER"] = "onRequest" };
        if (skills.Length > 0)
            line["skills"] = new JsonArray([.. skills.Select(skill => (JsonNode)skill)]);
        line["details"] = new JsonObject(details.Select(x => KeyValuePair.Create(x.Word, (JsonNode?)x.Number)));
        return line;
    }

    private static JsonObject Resource(string id, string kind, string title, int units)
    {
        var line = new JsonObject { ["id"] = id, ["kind"] = kind, ["title"] = title, ["base"] = Livestream, ["units"] = units };
        if (kind == "ROOM")
            line["accommodations"] = new JsonObject { ["STEP_FREE"] = "offered", ["ACCESSIBLE_TOILET"] = "offered" };
        return line;
    }

    private static Action<Utf8JsonWriter> Members(JsonObject line) => json =>
    {
        foreach (var (name, member) in line)
        {
            json.WritePropertyName(name);
            member!.WriteTo(json);
        }
    };

    private Dice Dice(int index) => new(populace.Seed, Population.Dice.Stream.Programme, index);

    private DrawnStep Step(string step, int daysAgo, string? reference = null, params (string Word, int Number)[] amounts) => new(step, today.AddDays(-daysAgo), reference, amounts);

    private string Person(int index) => populace.Person(index).Facts.Id;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(DateOnly day, int hour) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{hour:00}:00:00+08:00");
}
