using System.Globalization;
using System.Text.Json;

namespace JobMatch.Population;

/// <summary>
/// Made-up records of programmes that add up to what press reports say of the region: 58 firms and 45 of them alive, 19 course
/// runs with 620 trainees, 218 in a contest who sold for 236,600 yuan, and so on. Only the sums are the reports'; every
/// person, firm, day and single amount is drawn.
/// </summary>
public sealed class ArticleDraw(Populace populace) : IProgrammeLines
{
    /// <summary>People to draw participants from.</summary>
    public const int Seekers = 700;

    private const string Livestream = "livestream-base", Incubator = "incubation-base", Contest = "contest-1", ContestCourse = "contest-1-training";

    private static readonly string[] Places = ["江畔", "云上", "山城", "南山", "北岸", "竹海", "桥头", "梯坎"];
    private static readonly string[] Trades = ["手作", "电商", "设计", "食品", "花艺", "文创", "客服", "配音"];
    private static readonly string[] Services = ["REGISTRATION", "LOGO", "TRADEMARK", "MARKETING", "TAX", "LEGAL", "PROJECT_DIAGNOSIS", "RESOURCE_MEETING", "CLOUD_EXPO"];
    private static readonly string[] EventTypes = ["PROJECT_DIAGNOSIS", "RESOURCE_MEETING", "CLOUD_EXPO", "ECOMMERCE_LIVESTREAM"];
    private static readonly string[] EventNames = ["项目诊断会", "资源对接会", "直播云展会", "电商直播专场"];
    private static readonly string[] Engagements = ["TASK", "BROADCAST", "HOME_CRAFT", "OWN_TRADE"];

    private readonly DateOnly today = populace.Today;

    public IReadOnlyDictionary<string, IEnumerable<Action<Utf8JsonWriter>>> Files =>
        new Dictionary<string, IEnumerable<Action<Utf8JsonWriter>>> { ["programmes.ndjson"] = Records().Select(record => (Action<Utf8JsonWriter>)record.Write) };

    private IEnumerable<DrawnRecord> Records() => [.. Bases(), .. City(), .. LivestreamCourses(), .. ContestEntries(), .. Firms(), .. FlexibleWork(), .. Events(), .. Sessions(), .. Rooms()];

    private IEnumerable<DrawnRecord> Bases() => Enumerable.Range(0, 20).Select(i =>
        Of("TRAINING_BASE", BaseId(i)) with { Title = $"示例培训基地 {i + 1:00}", Type = i < 17 ? "NATIONAL" : "CITY", Steps = [Step("ACCREDITED", 1200 - i * 13)] });

    // 620 trainees of 19 runs are 560 people: some come to a second run.
    private IEnumerable<DrawnRecord> City() => Enumerable.Range(0, 620).Select(i => (Run: i % 19, Trainee: i)).Select(x =>
    {
        var (dice, start) = (Dice(x.Trainee), 1000 - x.Run * 50);
        var run = $"city-run-{x.Run + 1:00}";
        return Of("COURSE_ATTENDANCE", $"{run}-{x.Trainee:000}") with
        {
            Participant = Person(x.Trainee % 560),
            PartOf = run,
            At = BaseId(x.Run % 17),
            Type = "CITY",
            Steps = [Step("ENROLLED", start + 20), Step("ATTENDED", start), Step("ATTENDED", start - 1), .. dice.Chance(85) ? [Step("CERTIFIED", start - 5)] : Array.Empty<DrawnStep>()],
            Outcome = dice.Pick(("PASSED", 85), ("NOT_PASSED", 10), ("DROPPED_OUT", 5)),
        };
    });

    // A course a month for a year, 26 people each.
    private IEnumerable<DrawnRecord> LivestreamCourses() => Enumerable.Range(0, 312).Select(i =>
    {
        var (run, start) = ($"livestream-run-{i % 12 + 1:00}", 340 - i % 12 * 28);
        return Of("COURSE_ATTENDANCE", $"{run}-{i:000}") with
        {
            Participant = Person(388 + i),
            PartOf = run,
            At = Livestream,
            Type = "LIVESTREAM",
            Steps = [Step("ENROLLED", start + 10), Step("ATTENDED", start), Step("CERTIFIED", start - 3)],
            Outcome = "PASSED",
        };
    });

    private IEnumerable<DrawnRecord> ContestEntries()
    {
        var sales = Shares(236_600, 218, 1);
        for (var i = 0; i < 218; i++)
        {
            yield return Of("COURSE_ATTENDANCE", $"{ContestCourse}-{i:000}") with
            {
                Participant = Person(i * 3),
                PartOf = ContestCourse,
                At = Livestream,
                Type = "CONTEST",
                Steps = [Step("ENROLLED", 90), Step("ATTENDED", 80)],
            };
            yield return Of("CONTEST_ENTRY", $"{Contest}-{i:000}") with
            {
                Participant = Person(i * 3),
                PartOf = Contest,
                Steps = [Step("ENTERED", 95), Step("TRAINED", 80, ContestCourse), Step("ROUND", 60, null, ("salesYuan", sales[i])), Step("RESULT", 58)],
                Outcome = i switch { 0 => "FIRST_PRIZE", < 3 => "SECOND_PRIZE", < 6 => "THIRD_PRIZE", _ => "TOOK_PART" },
            };
        }
    }

    // 58 hosted; 13 closed down, 2 moved out and go on: the staff are of the 43 that are still there.
    private IEnumerable<DrawnRecord> Firms()
    {
        var (staff, disabled) = (Shares(378, 43, 2), Shares(152, 43, 3));
        for (var i = 0; i < 43; i++)
            (staff[i], disabled[i]) = (Math.Max(staff[i], disabled[i]), Math.Min(staff[i], disabled[i]));
        Settle(staff, 378, i => disabled[i], _ => int.MaxValue);
        Settle(disabled, 152, _ => 0, i => staff[i]);
        for (var i = 0; i < 58; i++)
        {
            var (dice, moved) = (Dice(2000 + i), 1000 - i * 15);
            var counted = i < 43 ? (staff[i], disabled[i]) : (5, 2);
            var used = dice.Shuffled(Services).Take(dice.Between(1, 5)).Select((service, at) => Step(service, Math.Max(2, moved - 20 - at * 30)));
            yield return Of("INCUBATION", FirmId(i)) with
            {
                Participant = i % 3 == 0 ? Person(600 + i) : null,
                Title = $"示例·{Places[i % 8]}{Trades[(i / 8 + i) % 8]} {i + 1:00}",
                At = Incubator,
                Steps = [Step("APPLIED", moved + 30), Step("MOVED_IN", moved), .. used, Step("HEADCOUNT", 1, null, ("staff", counted.Item1), ("staffDisabled", counted.Item2))],
                Outcome = i < 43 ? null : i < 45 ? "MOVED_OUT" : "CLOSED_DOWN",
            };
        }
    }

    private IEnumerable<DrawnRecord> FlexibleWork() => Enumerable.Range(0, 452).Select(i =>
    {
        var dice = Dice(3000 + i);
        var start = dice.Between(5, 900);
        return Of("FLEXIBLE_ENGAGEMENT", $"flexible-{i:000}") with
        {
            Participant = dice.Chance(60) ? Person(dice.Below(Seekers)) : null,
            PartOf = FirmId(i % 58),
            Type = dice.OneOf<string>(Engagements),
            Steps = [Step("STARTED", start), Step("ENDED", start - 3, null, ("hours", dice.Between(4, 24)), ("paidYuan", dice.Between(80, 900)))],
        };
    });

    private IEnumerable<DrawnRecord> Events() => Enumerable.Range(0, 112).Select(i =>
    {
        var (dice, day) = (Dice(4000 + i), 1000 - i * 8);
        var type = dice.Below(4);
        return Of("BASE_EVENT", $"base-event-{i:000}") with { Title = $"{EventNames[type]}（第 {i + 1} 场）", Type = EventTypes[type], Steps = [Step("PLANNED", day + 20), Step("HELD", day, null, ("visitors", dice.Between(8, 60)))] };
    });

    // Six a day for ten months; the base's own four hosts sell for 150,000 yuan.
    private IEnumerable<DrawnRecord> Sessions()
    {
        var sales = Shares(150_000, 906, 4);
        return Enumerable.Range(0, 1812).Select(i =>
        {
            var (dice, own) = (Dice(5000 + i), i % 2 == 0);
            return Of("LIVESTREAM_SESSION", $"session-{i:0000}") with
            {
                Participant = own ? Person(i / 2 % 4) : Person(388 + dice.Below(312)),
                At = Livestream,
                Type = own ? "OWN_ACCOUNT" : "TRAINEE_ACCOUNT",
                Steps = [Step("BROADCAST", 303 - i / 6, null, ("minutes", dice.Between(30, 180)), ("salesYuan", own ? sales[i / 2] : dice.Between(0, 120)), ("viewers", dice.Between(5, 400)))],
            };
        });
    }

    private IEnumerable<DrawnRecord> Rooms() => Enumerable.Range(0, 4).Select(i => Of("VILLAGE_ROOM", $"village-room-{i + 1}") with
    {
        Title = i < 3 ? $"示例村销售直播间 {i + 1}" : "示例村培训直播间",
        Steps = i == 3
            ? [Step("RESERVED", -5, "team-3"), Step("RESERVED", -2, "team-2"), Step("RESERVED", 3, "team-1")]
            : [Step("GOODS", 20, null, ("units", 300)), Step("ORDERS", 6, null, ("units", 140 + i * 120)), Step("ORDERS_CANCELLED", 4, null, ("units", i == 2 ? 5 : 0)), Step("GOODS", -3, null, ("units", 20)), Step("RESERVED", -1, "team-1"), Step("RESERVED", -4, "team-2")],
    });

    /// <summary>Parts of a whole, each at least 1, as unequal as chance makes them.</summary>
    private int[] Shares(int whole, int parts, int stream)
    {
        var dice = Dice(6000 + stream);
        var weights = Enumerable.Range(0, parts).Select(_ => dice.Between(1, 20)).ToArray();
        var shares = weights.Select(weight => Math.Max(1, (int)((long)whole * weight / weights.Sum()))).ToArray();
        Settle(shares, whole, _ => 1, _ => int.MaxValue);
        return shares;
    }

    // One more or one less for each in turn, within bounds, until they add up.
    private static void Settle(int[] shares, int whole, Func<int, int> least, Func<int, int> most)
    {
        for (var i = 0; shares.Sum() is var sum && sum != whole; i = (i + 1) % shares.Length)
            if (sum < whole ? shares[i] < most(i) : shares[i] > least(i))
                shares[i] += sum < whole ? 1 : -1;
    }

    private Dice Dice(int index) => new(populace.Seed, Population.Dice.Stream.Record, index);

    private static DrawnRecord Of(string kind, string id) => new(kind, id);

    private DrawnStep Step(string step, int daysAgo, string? reference = null, params (string Word, int Number)[] amounts) => new(step, today.AddDays(-daysAgo), reference, amounts);

    private string Person(int index) => populace.Person(index).Facts.Id;

    private static string BaseId(int index) => string.Create(CultureInfo.InvariantCulture, $"training-base-{index + 1:00}");

    private static string FirmId(int index) => string.Create(CultureInfo.InvariantCulture, $"firm-{index + 1:00}");
}

/// <summary>A made-up record of a programme.</summary>
public sealed record DrawnRecord(string Kind, string Id)
{
    public string? Participant { get; init; }
    public string? Title { get; init; }
    public string? PartOf { get; init; }
    public string? At { get; init; }
    public string? Type { get; init; }
    public IReadOnlyList<DrawnStep> Steps { get; init; } = [];
    public string? Outcome { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        json.WriteString("id", Id);
        foreach (var (name, text) in new[] { ("participant", Participant), ("title", Title), ("partOf", PartOf), ("at", At), ("type", Type) })
            if (text is not null)
                json.WriteString(name, text);
        json.WriteStartArray("steps");
        foreach (var step in Steps)
            step.Write(json);
        json.WriteEndArray();
        if (Outcome is not null)
            json.WriteString("outcome", Outcome);
    }
}

/// <param name="Amounts">By the step's own words.</param>
public sealed record DrawnStep(string Step, DateOnly On, string? Ref, IReadOnlyList<(string Word, int Number)> Amounts)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("step", Step);
        json.WriteString("on", On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (Ref is not null)
            json.WriteString("ref", Ref);
        if (Amounts.Count > 0)
        {
            json.WriteStartObject("amounts");
            foreach (var (word, number) in Amounts)
                json.WriteNumber(word, number);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
