using System.Text.Json;
using System.Text.Json.Nodes;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests.Shapes;

/// <summary>One good shape of each kind, as in the public contract; tests change one thing.</summary>
internal static class Shape
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public const string GoodSeeker = """
        { "name": "张三", "phone": "+8613800000000", "language": "zh-CN", "district": "500103",
          "capacity": { "HEARING": 1 },
          "needs": { "SIGN_INTERPRETER": "must", "FLEX_HOURS": "helps" },
          "avoid": { "NIGHT": "mustAvoid", "NOISE": "ratherNot" },
          "skills": ["LIVE_HOSTING", "free text is fine too"], "occupations": ["LIVE_HOST_SALES"], "education": "bachelor", "licences": [],
          "work": { "contracts": ["OPEN_ENDED", "FIXED_TERM", "PLATFORM"], "places": ["ON_SITE", "REMOTE"], "minPayMonthly": 3000,
                    "hoursPerWeek": { "min": 20, "max": 40 }, "commuteMinutes": 60, "lodging": "accepted" },
          "contact": { "prefer": "SMS_TEXT", "helper": null },
          "certificate": { "category": 2, "grade": 3 },
          "consent": { "matching": "2026-11-01", "sms": "2026-11-01", "employers": "2026-11-01", "statistics": "2026-11-01" } }
        """;

    public const string GoodPosition = """
        { "title": "Product inspector", "description": "Looks at parts.\nThree meals.", "occupation": "PRODUCT_INSPECTOR", "district": "500107", "address": "九龙坡区某路 1 号",
          "openings": 3, "demands": { "SEEING": 2, "STANDING_WALKING": 1 },
          "accommodations": { "STEP_FREE": "offered", "SIGN_INTERPRETER": "onRequest", "REMOTE_WORK": { "answer": "notPossible", "reason": "machines" } },
          "exposures": { "NOISE": "yes", "HEAT": "no" }, "skillsRequired": [], "skillsOptional": ["VISUAL_INSPECTION"], "educationMin": null, "licences": [],
          "work": { "contract": "FIXED_TERM", "place": "ON_SITE", "shifts": ["DAY"], "rest": "ONE_DAY", "hoursPerWeek": 40,
                    "pay": { "min": 3500, "max": 4500, "per": "MONTH", "guaranteed": true } },
          "board": "THREE_MEALS", "lodging": "FREE", "probationMonths": 1, "closesOn": "2026-12-31" }
        """;

    public const string GoodEmployer = """
        { "name": "重庆某某科技有限公司", "creditCode": "91350100M000100Y43", "approved": true,
          "contacts": [ { "name": "李四", "phone": "13900000000", "email": "li@example.org" } ] }
        """;

    public const string GoodEvent = """
        { "title": "Spring fair", "shortTitle": null, "kind": "JOB_FAIR", "district": "500103", "address": "…", "online": null, "openToEmployers": false,
          "startsAt": "2027-03-01T09:00:00+08:00", "endsAt": "2027-03-01T16:00:00+08:00", "capacity": 800,
          "accommodations": { "STEP_FREE": "offered", "SIGN_INTERPRETER": "offered" }, "interpreterSlots": 4 }
        """;

    public static Reading<SeekerFile> ReadSeeker(string json, CodeLists? lists = null) =>
        ShapeReader.Read<SeekerShape>(Parse(json)).Then(x => x.ToFile("s-1", Today, lists ?? CodeLists.Default));

    public static Reading<PositionFile> ReadPosition(string json, CodeLists? lists = null) =>
        ShapeReader.Read<PositionShape>(Parse(json)).Then(x => x.ToFile("e-1-p-1", "e-1", Today, lists ?? CodeLists.Default));

    public static Reading<Employer> ReadEmployer(string json) => ShapeReader.Read<EmployerShape>(Parse(json)).Then(x => x.ToEmployer("e-1"));

    public static Reading<RecruitmentEvent> ReadEvent(string json) =>
        ShapeReader.Read<EventShape>(Parse(json)).Then(x => x.ToEvent("ev-1", Today, CodeLists.Default));

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>The good shape with one place changed: <c>work.pay.min</c>; null takes it away.</summary>
    public static string With(string good, string path, string? json)
    {
        var root = JsonNode.Parse(good)!.AsObject();
        var (parents, last) = (path.Split('.')[..^1], path.Split('.')[^1]);
        var at = root;
        foreach (var parent in parents)
            at = (JsonObject)(at[parent] ??= new JsonObject());
        if (json is null)
            at.Remove(last);
        else
            at[last] = "here";
        return json is null ? root.ToJsonString() : root.ToJsonString().Replace("\"here\"", json, StringComparison.Ordinal);
    }

    public static string Text(int characters, char of = '岗') => JsonSerializer.Serialize(new string(of, characters));

    public static string List(int entries, Func<int, string> entry) => "[" + string.Join(",", Enumerable.Range(0, entries).Select(entry)) + "]";

    /// <summary>The one error, as <c>field code</c>; what is good reads as nothing.</summary>
    public static string Said<T>(Reading<T> reading) where T : class => string.Join("; ", reading.Errors.Select(x => $"{x.Field} {x.Code}"));
}
