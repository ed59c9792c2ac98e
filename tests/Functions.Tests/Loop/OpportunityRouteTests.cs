using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Matching;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>Opportunities and courses over HTTP; all that is sent is held against the document.</summary>
public sealed class OpportunityRouteTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Import = "demo-import";

    private static JsonNode Course(int places = 1) => JsonNode.Parse($$"""
        { "title": "直播入门班", "district": "500103", "openings": {{places}}, "closesOn": "2099-12-31", "startsOn": "2099-12-31", "skills": ["LIVE_HOSTING"], "details": { "days": 5 }, "accommodations": { "STEP_FREE": "offered" } }
        """)!;

    [Fact]
    public async Task A_course_is_put_read_filled_waited_for_and_named_where_its_skill_is_missing()
    {
        foreach (var i in new[] { 1, 2 })
        {
            var seeker = LoopWorld.Seeker($"+861995558000{i}");
            seeker["skills"] = new JsonArray("PACKING");
            await world.Put(Import, $"/api/seekers/course-{i}", seeker);
        }
        var job = LoopWorld.Position("主播");
        job["skillsRequired"] = new JsonArray("LIVE_HOSTING");
        await world.Put("demo-employer", "/api/positions/course-job", job);
        var put = await world.Put(Import, "/api/courses/course-a", Course());
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (put.Status, put.ETag));
        Assert.Equal(HttpStatusCode.OK, (await world.Put(Staff, "/api/opportunities/COURSE_RUN/course-a", Course())).Status);
        Assert.Equal((0, 1), ((int)put.Json["taken"]!, (int)(await world.Get(Staff, "/api/courses/course-a")).Json["opens"]!));
        Assert.Equal("course-a", (string)(await world.Get(Staff, "/api/seekers/course-1/near-misses")).Json["courses"]!.AsArray().Single(x => (string?)x!["about"] == "LIVE_HOSTING")!["courses"]![0]!);
        var match = (await world.Get(Staff, "/api/seekers/course-1/opportunities", ("Accept-Language", "en"))).Json["items"]!.AsArray().Single(x => (string)x!["id"]! == "course-a")!;
        Assert.Contains(match["rules"]!.AsArray(), x => (string)x!["id"]! == "OWN" && (string)x["sentence"]! == "It teaches something that the person has not stated.");
        Assert.Equal((decimal)match["score"]!, match["pluses"]!.AsArray().Sum(x => (decimal)x!["points"]!));

        Assert.True((bool)(await world.Put(Staff, "/api/opportunities/COURSE_RUN/course-a/places/course-1", null)).Json["holds"]!);
        Assert.False((bool)(await world.Put(Staff, "/api/opportunities/COURSE_RUN/course-a/places/course-2", null)).Json["holds"]!);
        Assert.Equal((1, 1), (await world.Get(Staff, "/api/courses/course-a")).Json is var full ? ((int)full["taken"]!, (int)full["waiting"]!) : default);
        Assert.Null((await world.Get(Staff, "/api/seekers/course-1/near-misses")).Json["courses"]!.AsArray().Single(x => (string?)x!["about"] == "LIVE_HOSTING")!["courses"]);
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.NoContent, (await world.Send("DELETE", Staff, "/api/opportunities/COURSE_RUN/course-a/places/course-1", null)).Status);
        Assert.True((bool)(await world.Put(Staff, "/api/opportunities/COURSE_RUN/course-a/places/course-2", null)).Json["holds"]!);

        // Passing makes the skill theirs, and the job suits.
        Assert.DoesNotContain((await Matches()).Select(x => (string)x!["positionId"]!), id => id == "course-job");
        await world.Put(Staff, "/api/programmes/COURSE_ATTENDANCE/records/course-record", JsonNode.Parse("""{ "participant": "course-2", "partOf": "course-a", "type": "LIVESTREAM", "steps": [ { "step": "ATTENDED", "on": "2026-01-05" } ], "outcome": "PASSED" }"""));
        Assert.Contains("LIVE_HOSTING", (await world.Get(Staff, "/api/seekers/course-2")).Json["skills"]!.AsArray().Select(x => (string)x!));
        await LoopWorld.Until(async () => (await Matches()).Any(x => (string)x!["positionId"]! == "course-job"), "The verdict did not change.");

        Assert.Equal(("details.minutes", "unknownCode"), Assert.Single((await world.Put(Staff, "/api/courses/course-b", JsonNode.Parse("""{ "title": "x", "district": "500103", "closesOn": "2099-12-31", "details": { "minutes": 5 } }"""))).Faults));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Put(Staff, "/api/opportunities/POSITION/x", Course())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get("demo-employer", "/api/courses")).Status);

        async Task<JsonArray> Matches() => (await world.Get(Staff, "/api/seekers/course-2/matches?top=100")).Json["items"]!.AsArray();
    }

    [Fact]
    public async Task Two_hundred_at_once_for_three_places_have_three_and_everyone_else_a_number_of_their_own()
    {
        await world.Put(Staff, "/api/courses/course-many", Course(3));
        await world.Seekers("many", "+86199557", 200);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => world.Put(Staff, $"/api/opportunities/COURSE_RUN/course-many/places/many-{i}", null)));
        Assert.All(answers, x => Assert.Equal(HttpStatusCode.OK, x.Status));
        Assert.Equal(3, answers.Count(x => (bool)x.Json["holds"]!));
        Assert.Equal(Enumerable.Range(1, 197), answers.Where(x => !(bool)x.Json["holds"]!).Select(x => (int)x.Json["number"]!).Order());
    }

    [Fact]
    public async Task Every_kind_is_taken_from_a_sheet_in_both_languages()
    {
        foreach (var kind in OpportunityKinds.Default.All.Where(x => x is not PostedPosition))
            foreach (var chinese in (bool[])[true, false])
            {
                var id = $"sheet-{kind.Code.ToLowerInvariant().Replace('_', '-')}-{chinese}";
                List<(string Header, string Cell)> row = chinese
                    ? [("编号", id), ("岗位名称", "示例"), ("工作区县", "渝中区"), ("截止日期", "2099-12-31"), ("开始日期", "2099-12-01")]
                    : [("Reference", id), ("Job title", "Example"), ("District", "500103"), ("Closing date", "2099-12-31"), ("First day", "2099-12-01")];
                row.AddRange(kind.Details.Select(word => (chinese ? word.Label.Zh : word.Label.En, "3")));
                if (kind.Skills is { } skills)
                    row.Add((chinese ? skills.Zh : skills.En, chinese ? "直播主持" : "LIVE_HOSTING"));
                var answer = await world.Post(Import, $"/api/opportunities/{kind.Code}/import", LoopWorld.Csv($"{string.Join(',', row.Select(x => $"\"{x.Header}\""))}\n{string.Join(',', row.Select(x => x.Cell))}\n"));
                Assert.True((string)answer.Json["status"]! == "created", $"{kind.Code}: {answer.Text}");
                var read = (await world.Get(Staff, $"/api/opportunities/{kind.Code}/{id}")).Json;
                Assert.All(kind.Details, word => Assert.Equal(3, (int)read["details"]![word.Code]!));
            }
        Assert.True((int)(await world.Get(Staff, "/api/opportunities")).Json["total"]! >= 10);
    }
}
