using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Matching;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>Records of programmes over HTTP, and the figures that are counted from them; all that is sent is held against the document.</summary>
public sealed class ProgrammeRouteTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Import = "demo-import";

    [Fact]
    public async Task A_record_is_put_read_taken_further_listed_and_taken_back()
    {
        await world.Put(Import, "/api/seekers/programme-a", LoopWorld.Seeker("+8619955570001"));
        const string path = "/api/programmes/CONTEST_ENTRY/records/entry-1";
        var body = JsonNode.Parse("""{ "participant": "programme-a", "partOf": "contest-1", "steps": [ { "step": "ENTERED", "on": "2026-01-05" } ] }""")!;
        var put = await world.Put(Import, path, body);
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (put.Status, put.ETag));
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (await world.Put(Staff, path, body) is var again ? (again.Status, again.ETag) : default));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Put(Staff, path, body, ("If-Match", "\"7\""))).Status);

        var step = LoopWorld.Json("""{ "step": "ROUND", "on": "2026-02-01", "amounts": { "salesYuan": 1085 } }""");
        Assert.Equal(HttpStatusCode.OK, (await world.Post(Staff, path + "/steps", step)).Status);
        Assert.Equal(("steps", "required"), Assert.Single((await world.Put(Staff, path, JsonNode.Parse("""{ "participant": "programme-a", "partOf": "contest-1" }"""))).Faults));
        Assert.Equal(("participant", "unknownCode"), Assert.Single((await world.Put(Staff, path, JsonNode.Parse("""{ "participant": "nobody", "partOf": "contest-1", "steps": [] }"""))).Faults));
        Assert.Equal(("on", "badDate"), Assert.Single((await world.Post(Staff, path + "/steps", LoopWorld.Json("""{ "step": "ROUND", "on": "2099-02-01" }"""))).Faults));

        var read = await world.Get(Staff, path);
        Assert.Equal(("\"2\"", "programme-a", 1085), (read.ETag, (string)read.Json["participant"]!, (int)read.Json["steps"]![1]!["amounts"]!["salesYuan"]!));
        Assert.Equal(1, (int)(await world.Get(Staff, "/api/programmes/CONTEST_ENTRY/records?partOf=contest-1")).Json["total"]!);
        Assert.Equal(0, (int)(await world.Get(Staff, "/api/programmes/CONTEST_ENTRY/records?partOf=contest-2")).Json["total"]!);
        var figures = await Figures();
        Assert.Equal((1, 1085), (figures["contestParticipants"], figures["contestSalesYuan"]));
        Assert.Equal(0, (await Figures("?from=2026-02-02"))["contestSalesYuan"]);
        Assert.Equal(1085, (await Figures("?from=2026-02-01&to=2026-02-01"))["contestSalesYuan"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Get(Staff, "/api/outcomes?from=2026-02-02&to=2026-02-01")).Status);

        foreach (var wrong in (string[])["/api/programmes/PARTY/records/x", "/api/programmes/CONTEST_ENTRY/records/entry-9"])
            Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, wrong)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get("demo-employer", path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get(Import, "/api/outcomes")).Status);
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.NoContent, (await world.Send("DELETE", Staff, path, null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, path)).Status);
        Assert.Equal(0, (await Figures())["contestParticipants"]);
    }

    [Fact]
    public async Task Every_kind_is_told_and_taken_from_a_sheet()
    {
        await world.Put(Import, "/api/seekers/programme-b", LoopWorld.Seeker("+8619955570002"));
        var kinds = (await world.Get(Import, "/api/programmes", ("Accept-Language", "en"))).Json["items"]!.AsArray();
        Assert.Equal(ProgrammeKind.All.Select(x => x.Code), kinds.Select(x => (string)x!["code"]!));
        foreach (var kind in kinds)
        {
            string? Text(string member) => (string?)kind![member];
            List<(string Header, string Cell)> row = [("Reference", "sheet-1")];
            if (Text("participant") != "none") row.Add(("Person", "programme-b"));
            if (Text("title") is { } title) row.Add((title, "示例"));
            if (Text("partOf") is { } part) row.Add((part, "part-1"));
            if (kind!["types"]!.AsArray() is [{ } type, ..]) row.Add(("Type", (string)type["label"]!));
            row.Add(((string)kind["steps"]![0]!["label"]!, "2026-01-05"));
            var csv = $"{string.Join(',', row.Select(x => $"\"{x.Header}\""))}\n{string.Join(',', row.Select(x => x.Cell))}\n";
            var answer = await world.Post(Import, $"/api/programmes/{Text("code")}/import", LoopWorld.Csv(csv));
            Assert.Equal((Text("code"), "created"), (Text("code"), (string)answer.Json["status"]!));
            Assert.Equal("unchanged", (string)(await world.Post(Import, $"/api/programmes/{Text("code")}/import", LoopWorld.Csv(csv))).Json["status"]!);
            Assert.Equal(HttpStatusCode.OK, (await world.Get(Staff, $"/api/programmes/{Text("code")}/records/sheet-1")).Status);
        }
        var refused = await world.Post(Import, "/api/programmes/CONTEST_ENTRY/import", LoopWorld.Csv("编号,人员编号,比赛编号,已报名\nx,nobody,c-1,2026-01-05\n"));
        Assert.Equal(("refused", "participant"), ((string)refused.Json["status"]!, (string)refused.Json["errors"]![0]!["field"]!));
    }

    [Fact]
    public async Task What_was_acknowledged_of_every_programme_is_there_word_for_word_when_the_process_has_died()
    {
        await world.Put(Import, "/api/seekers/programme-c", LoopWorld.Seeker("+8619955570003"));
        List<string> paths = ["/api/seekers/programme-c", "/api/outcomes"];
        foreach (var kind in ProgrammeKind.All)
        {
            var body = new JsonObject { ["steps"] = new JsonArray(new JsonObject { ["step"] = kind.Steps[0].Code, ["on"] = "2026-01-05" }) };
            if (kind.Participant != ParticipantRule.None)
                body["participant"] = "programme-c";
            if (kind.Title is not null)
                body["title"] = "示例";
            if (kind.PartOf is not null)
                body["partOf"] = "part-1";
            if (kind.Types.Count > 0)
                body["type"] = kind.Types[0].Code;
            await Put($"/api/programmes/{kind.Code}/records/crash-{kind.Code.ToLowerInvariant()}", body);
        }
        foreach (var kind in OpportunityKinds.Default.All.Where(kind => kind is not PostedPosition))
        {
            var body = JsonNode.Parse("""{ "title": "示例", "district": "500103", "closesOn": "2099-12-31" }""")!.AsObject();
            body["details"] = new JsonObject(kind.Details.Select(word => KeyValuePair.Create(word.Code, (JsonNode?)1)));
            if (kind.Skills is not null)
                body["skills"] = new JsonArray("LIVE_HOSTING");
            await Put($"/api/opportunities/{kind.Code}/crash", body);
        }
        await Put("/api/resources/crash-room", JsonNode.Parse("""{ "kind": "ROOM", "title": "一号直播间", "base": "base-1" }""")!);
        var day = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await Put("/api/bookings/crash-booking", JsonNode.Parse($$"""{ "resource": "crash-room", "seeker": "programme-c", "startsAt": "{{day}}T09:00:00+08:00", "endsAt": "{{day}}T11:00:00+08:00" }""")!);
        Assert.Equal(HttpStatusCode.OK, (await world.Put(Staff, "/api/opportunities/FLEXIBLE_ASSIGNMENT/crash/places/programme-c", null)).Status);
        var before = await Task.WhenAll(paths.Select(path => world.Get(Staff, path)));
        Assert.All(before, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await world.KillAndStart();
        var after = await Task.WhenAll(paths.Select(path => world.Get(Staff, path)));
        Assert.Equal(before.Select(x => x.Text), after.Select(x => x.Text));
        Assert.Equal(1, (int)(await world.Get(Staff, "/api/opportunities/FLEXIBLE_ASSIGNMENT/crash")).Json["taken"]!);

        async Task Put(string path, JsonNode body)
        {
            var put = await world.Put(Staff, path, body);
            Assert.True(put.Status == HttpStatusCode.Created, $"{path}: {put.Text}");
            paths.Add(path);
        }
    }

    private async Task<Dictionary<string, decimal>> Figures(string query = "") =>
        (await world.Get(Staff, "/api/outcomes" + query)).Json["items"]!.AsArray().ToDictionary(x => (string)x!["key"]!, x => (decimal)x!["value"]!);
}
