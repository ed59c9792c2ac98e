using System.Net;
using System.Text.Json.Nodes;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>Rooms and equipment over HTTP and real storage, by many at once.</summary>
public sealed class BookingRouteTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Import = "demo-import";
    private const int People = 200;

    private static string Day => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode Wanted(string resource, string seeker, int fromMinutes, int toMinutes) => JsonNode.Parse($$"""
        { "resource": "{{resource}}", "seeker": "{{seeker}}", "startsAt": "{{Day}}T{{Clock(fromMinutes)}}:00+08:00", "endsAt": "{{Day}}T{{Clock(toMinutes)}}:00+08:00" }
        """)!;

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private async Task Resource(string id, string body = """{ "kind": "ROOM", "title": "一号直播间", "base": "base-1", "opens": "09:00", "closes": "21:00" }""") =>
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, $"/api/resources/{id}", JsonNode.Parse(body))).Status);

    private Task Seekers(string prefix, int count) => world.Seekers(prefix, "+86199556", count);

    [Fact]
    public async Task Two_hundred_at_once_for_the_last_time_give_one_booking_and_everyone_else_the_next_free_ones()
    {
        await Resource("last-room");
        await Seekers("last", People);
        var answers = await Task.WhenAll(Enumerable.Range(0, People).Select(i => world.Put(Staff, $"/api/bookings/last-{i}", Wanted("last-room", $"last-{i}", 600, 660))));
        Assert.Equal(1, answers.Count(x => x.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(x => x.Status != HttpStatusCode.Created), Refused);
        Assert.Equal(1, (int)(await world.Get(Staff, $"/api/resources/last-room/bookings?day={Day}")).Json["total"]!);
        // Whoever won asks again and has it; what they were told is free is free.
        var won = Array.FindIndex(answers, x => x.Status == HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.OK, (await world.Put(Staff, $"/api/bookings/last-{won}", Wanted("last-room", $"last-{won}", 600, 660))).Status);
        var (lost, free) = (won == 0 ? 1 : 0, answers[won == 0 ? 1 : 0].Json["free"]![0]!);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/bookings/last-again", JsonNode.Parse($$"""{ "resource": "last-room", "seeker": "last-{{lost}}", "startsAt": {{free["startsAt"]!.ToJsonString()}}, "endsAt": {{free["endsAt"]!.ToJsonString()}} }"""))).Status);
    }

    [Fact]
    public async Task Of_two_hundred_overlapping_unequal_times_asked_for_at_once_those_accepted_never_intersect()
    {
        await Resource("many-room");
        await Resource("many-cameras", """{ "kind": "EQUIPMENT", "title": "摄像机", "base": "base-1", "units": 3, "opens": "09:00", "closes": "21:00" }""");
        await Seekers("many", People);
        var random = new Random(7);
        foreach (var (resource, units) in new[] { ("many-room", 1), ("many-cameras", 3) })
        {
            var wanted = Enumerable.Range(0, People).Select(_ => (From: 540 + 15 * random.Next(40), Length: 15 * random.Next(1, 9))).Select(x => (x.From, To: x.From + x.Length)).ToList();
            var answers = await Task.WhenAll(wanted.Select((x, i) => world.Put(Staff, $"/api/bookings/{resource}-{i}", Wanted(resource, $"many-{i}", x.From, x.To))));
            var accepted = wanted.Where((_, i) => answers[i].Status == HttpStatusCode.Created).ToList();
            Assert.All(answers.Where(x => x.Status != HttpStatusCode.Created), Refused);
            Assert.NotEmpty(accepted);
            // Minute by minute, and as storage has it.
            Assert.All(Enumerable.Range(540, 720), minute => Assert.InRange(accepted.Count(x => x.From <= minute && minute < x.To), 0, units));
            Assert.Equal(accepted.Count, (int)(await world.Get(Staff, $"/api/resources/{resource}/bookings?day={Day}")).Json["total"]!);
            // Nobody was refused what was free: none of them fits now.
            foreach (var (x, _) in wanted.Select((x, i) => (x, i)).Where(x => answers[x.i].Status != HttpStatusCode.Created))
                Assert.Contains(Enumerable.Range(x.From, x.To - x.From), minute => accepted.Count(y => y.From <= minute && minute < y.To) >= units);
        }
    }

    [Fact]
    public async Task A_booking_is_read_given_back_and_told_what_is_wrong_with_it()
    {
        await Resource("one-room", """{ "kind": "ROOM", "title": "二号直播间", "base": "base-1", "accommodations": { "STEP_FREE": "notPossible", "QUIET_SPACE": "offered" } }""");
        await Seekers("one", 1);
        var needs = LoopWorld.Seeker("+8619955690001");
        needs["needs"] = JsonNode.Parse("""{ "STEP_FREE": "must", "QUIET_SPACE": "helps" }""");
        await world.Put(Import, "/api/seekers/one-needs", needs);
        var refused = await world.Put(Staff, "/api/bookings/one-a", Wanted("one-room", "one-needs", 600, 660), ("Accept-Language", "en"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Step-free", (string)refused.Json["title"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/bookings/one-a", Wanted("one-room", "one-0", 600, 660))).Status);
        Assert.Equal("one-0", (string)(await world.Get(Staff, "/api/bookings/one-a")).Json["seeker"]!);
        Assert.Equal("11:00", ((string)(await world.Get(Staff, $"/api/resources/one-room/free?day={Day}&minutes=120")).Json["items"]![1]!["startsAt"]!)[11..16]);
        Assert.Equal(("id", "conflict"), Assert.Single((await world.Put(Staff, "/api/bookings/one-a", Wanted("one-room", "one-0", 660, 720))).Faults));
        Assert.Equal(("resource", "unknownCode"), Assert.Single((await world.Put(Staff, "/api/bookings/one-b", Wanted("no-room", "one-0", 660, 720))).Faults));
        Assert.Equal(("seeker", "unknownCode"), Assert.Single((await world.Put(Staff, "/api/bookings/one-b", Wanted("one-room", "no-one", 660, 720))).Faults));
        Assert.Equal(("endsAt", "outOfRange"), Assert.Single((await world.Put(Staff, "/api/bookings/one-b", Wanted("one-room", "one-0", 720, 660))).Faults));
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.NoContent, (await world.Send("DELETE", Staff, "/api/bookings/one-a", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, "/api/bookings/one-a")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get("demo-employer", "/api/resources")).Status);
    }

    [Theory]
    [InlineData("zh", "编号,类型,名称,基地编号,数量,开放时间,关闭时间,无台阶通行", "编号,房间或设备编号,人员编号,开始时间,结束时间", "房间", "已提供", "下一个空闲时段：")]
    [InlineData("en", "Reference,Type,Name,Base,How many,Opens,Closes,STEP_FREE", "Reference,Room or equipment,Person,From,To", "ROOM", "offered", "The next free one: ")]
    public async Task Rooms_and_times_are_taken_from_a_sheet_and_a_refused_row_says_the_next_free_time(string language, string rooms, string times, string kind, string offered, string next)
    {
        await Seekers($"sheet-{language}", 2);
        var (room, day) = ($"sheet-{language}-room", Day);
        async Task<List<JsonNode>> Sent(string path, string csv) =>
            [.. (await world.Send("POST", Import, path, LoopWorld.Csv(csv), ("Accept-Language", language))).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        var sheet = $"{rooms}\n{room},{kind},三号直播间,base-1,,9:00,21：00,{offered}\nbad,{kind},x,base-1,2,,,\n";
        var first = await Sent("/api/resources/import", sheet);
        Assert.Equal(["created", "refused"], first.Select(x => (string)x["status"]!));
        Assert.Equal("units", (string)first[1]["errors"]![0]!["field"]!);
        Assert.Equal("unchanged", (string)(await Sent("/api/resources/import", sheet))[0]["status"]!);
        var read = (await world.Get(Staff, $"/api/resources/{room}")).Json;
        Assert.Equal(("09:00", "21:00", "offered"), ((string)read["opens"]!, (string)read["closes"]!, (string)read["accommodations"]!["STEP_FREE"]!["answer"]!));

        var asked = $"{times}\n{room}-1,{room},sheet-{language}-0,{day} 10:00,{day} 11:00\n";
        Assert.Equal("created", (string)Assert.Single(await Sent("/api/bookings/import", asked))["status"]!);
        Assert.Equal("unchanged", (string)Assert.Single(await Sent("/api/bookings/import", asked))["status"]!);
        Assert.StartsWith($"{day}T10:00:00+08:00", (string)(await world.Get(Staff, $"/api/bookings/{room}-1")).Json["startsAt"]!, StringComparison.Ordinal);
        var late = await Sent("/api/bookings/import", $"{times}\n{room}-2,{room},sheet-{language}-1,{day} 10:30,{day} 11:30\n{room}-3,{room},nobody,{day} 12:00,{day} 13:00\n{room}-4,{room},sheet-{language}-1,{day},{day} 13:00\n");
        Assert.Equal(["startsAt", "seeker", "startsAt"], late.Select(x => (string)x["errors"]![0]!["field"]!));
        Assert.EndsWith($"{next}{day} 11:00–12:00{(language == "zh" ? "。" : ".")}", (string)late[0]["errors"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await world.Get(Staff, $"/api/resources/{room}/bookings?day={day}")).Json["total"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Post("demo-employer", "/api/bookings/import", LoopWorld.Csv(asked))).Status);
    }

    private static void Refused(Answered answer)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("空闲时段", (string)answer.Json["title"]!, StringComparison.Ordinal);
        Assert.NotNull(answer.Json["free"]);
    }
}
