using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Functions.Tests.Access;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>Near misses and unmet need over HTTP; every answer is held against the document.</summary>
public sealed class NearMissRouteTests(WholeService service) : IClassFixture<WholeService>
{
    private const string Staff = "demo-staff", Employer = "demo-employer", Import = "demo-import";

    private async Task Put(string key, string path, string body)
    {
        using var answer = await service.Send("PUT", path, key, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<JsonNode> Get(string key, string path, string language = "zh-CN")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", $"{key}.demo-secret");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static string Seeker(int i, string district, string facts, bool shown = true) => $$"""
        { "phone": "+86199777000{{i:00}}", "district": "{{district}}", {{facts}} "consent": { "matching": "2026-11-01"{{(shown ? ", \"employers\": \"2026-11-01\"" : "")}} } }
        """;

    private static JsonNode About(JsonNode list, string about) => list.AsArray().Single(x => (string?)(x!["code"] ?? x["about"]) == about)!;

    [Fact]
    public async Task An_employer_reads_what_brings_five_more_and_staff_read_every_number()
    {
        const string needs = "\"needs\": { \"BRAILLE\": \"must\" },";
        for (var i = 0; i < 7; i++)
            await Put(Import, $"/api/seekers/near-{i}", Seeker(i, "500240", needs, shown: i != 6));
        await Put(Import, "/api/seekers/near-7", Seeker(7, "500240", "\"needs\": { \"GUIDE_DOG\": \"must\" },"));
        await Put(Employer, "/api/positions/near-job", """{ "title": "包装工", "district": "500240", "closesOn": "2035-12-31", "accommodations": { "BRAILLE": "notPossible" } }""");

        var own = await Get(Employer, "/api/positions/near-job/near-misses");
        Assert.Equal("""{"code":"BRAILLE","answer":"notPossible","more":6,"sentence":"提供“盲文资料或点显器”，会有更多人合适。"}""", own["accommodations"]![0]!.ToJsonString(Plain));
        Assert.Equal("<5", (string)About(own["accommodations"]!, "GUIDE_DOG")["more"]!);
        Assert.Equal(5, own["questions"]!.AsArray().Count);
        Assert.All(own["questions"]!.AsArray(), x => Assert.Equal("<5", (string)x!["settles"]!));
        Assert.Equal("Please state which shifts the job has.", (string)(await Get(Employer, "/api/positions/near-job/near-misses", "en"))["questions"]![1]!["sentence"]!);

        var all = await Get(Staff, "/api/positions/near-job/near-misses");
        Assert.Equal((7, 1), ((int)About(all["accommodations"]!, "BRAILLE")["more"]!, (int)About(all["accommodations"]!, "GUIDE_DOG")["more"]!));
        Assert.Equal("""{"kind":"accommodation","about":"GUIDE_DOG","settles":1,"sentence":"请单位答复能不能提供“允许带导盲犬”。"}""", all["questions"]![0]!.ToJsonString(Plain));
    }

    [Fact]
    public async Task Staff_read_which_question_answer_or_course_opens_how_many_positions()
    {
        await Put(Import, "/api/seekers/near-8", Seeker(8, "500241", "\"capacity\": { \"HEARING\": 1 }, \"skills\": [\"PACKING\"], \"work\": { \"places\": [\"ON_SITE\"], \"commuteMinutes\": 1 },"));
        const string job = "\"title\": \"包装工\", \"district\": \"500241\", \"closesOn\": \"2035-12-31\"";
        await Put(Employer, "/api/positions/near-a", $$"""{ {{job}} }""");
        await Put(Employer, "/api/positions/near-b", $$"""{ {{job}}, "demands": { "HEARING": 2 }, "accommodations": { "CAPTIONS": "onRequest" } }""");
        await Put(Employer, "/api/positions/near-c", $$"""{ {{job}}, "demands": { "HEARING": 0 }, "skillsRequired": ["SEWING_MACHINE"] }""");
        await Put(Employer, "/api/positions/near-d", $$"""{ {{job}}, "demands": { "HEARING": 1, "SEEING": 2 } }""");

        var found = await Get(Staff, "/api/seekers/near-8/near-misses");
        Assert.Equal("""[{"kind":"demand","about":"HEARING","opens":1,"sentence":"请单位写明“听”方面的要求。"}]""", found["questions"]!.ToJsonString(Plain));
        Assert.Equal([("CAPTIONS", 1), ("SEEING", 1)], found["answers"]!.AsArray().Select(x => ((string)x!["about"]!, (int)x["opens"]!)).Order());
        Assert.Equal("""[{"kind":"skill","about":"SEWING_MACHINE","opens":1,"sentence":"可推荐求职者学“缝纫机操作”。"}]""", found["courses"]!.ToJsonString(Plain));
        Assert.Equal("Offer the seeker a course in this skill: using a sewing machine.", (string)(await Get(Staff, "/api/seekers/near-8/near-misses", "en"))["courses"]![0]!["sentence"]!);
    }

    [Fact]
    public async Task Staff_read_which_accommodation_keeps_people_of_which_district_from_every_position()
    {
        await Put(Import, "/api/seekers/near-9", Seeker(9, "500242", "\"needs\": { \"TACTILE_MARKS\": \"must\", \"MENTOR\": \"helps\" }, \"work\": { \"commuteMinutes\": 1 },"));
        await Put(Employer, "/api/positions/near-e", """{ "title": "包装工", "district": "500242", "closesOn": "2035-12-31" }""");
        var needs = await Get(Staff, "/api/unmet-needs?district=500242");
        Assert.Equal("""
            {"items":[{"district":"500242","accommodation":"TACTILE_MARKS","marked":1,"without":1,"unmet":1},{"district":"500242","accommodation":"MENTOR","marked":1,"without":1,"unmet":0}],"total":2}
            """.Trim(), needs.ToJsonString(Plain));
        Assert.Contains((await Get(Staff, "/api/unmet-needs"))["items"]!.AsArray(), x => (string)x!["district"]! == "500242");
        using var unknown = await service.Send("GET", "/api/unmet-needs?district=999999", Staff);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Contains("unknownCode", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
