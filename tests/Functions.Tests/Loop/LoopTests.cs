using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>The main job over HTTP, from a registration to the reply that is counted, on real storage and a gateway of its own.</summary>
public sealed class LoopTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Import = "demo-import", Employer = "demo-employer", Other = "demo-employer-2";
    private static readonly string[] CandidateMembers = ["adjustments", "alias", "district", "interested", "occupations", "questions", "released", "skills", "verdict"];

    [Fact]
    public async Task A_seeker_is_matched_invited_and_says_yes_and_all_of_it_is_counted()
    {
        const string phone = "+8619955501001";
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Import, "/api/seekers/loop-1", Full(phone))).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Employer, "/api/positions/loop-p1", FullPosition())).Status);

        var matches = (await world.Get(Staff, "/api/seekers/loop-1/matches?top=100", ("Accept-Language", "en"))).Json;
        var match = matches["items"]!.AsArray().Single(x => (string)x!["positionId"]! == "loop-p1")!;
        Assert.Equal("suits", (string)match["verdict"]!);
        Assert.Contains(match["rules"]!.AsArray(), x => (string)x!["id"]! == "M3" && (string?)x["about"] == "HEARING" && (string?)x["by"] == "SIGN_INTERPRETER");
        Assert.All(match["rules"]!.AsArray().Concat(match["pluses"]!.AsArray()), x => Assert.NotEqual("", (string)x!["sentence"]!));
        foreach (var item in matches["items"]!.AsArray())
            Assert.Equal((decimal)item!["score"]!, item["pluses"]!.AsArray().Sum(x => (decimal)x!["points"]!));

        var candidates = (await world.Get(Employer, "/api/positions/loop-p1/candidates")).Json;
        Assert.NotEqual(0, (int)candidates["total"]!);
        Assert.All(candidates["items"]!.AsArray(), x => Assert.Equal(CandidateMembers, x!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        var candidate = candidates["items"]!.AsArray().Single(x => x!["skills"]!.AsArray().Count > 0)!;
        Assert.Equal("""["LIVE_HOSTING"]""", candidate["skills"]!.ToJsonString());
        Assert.Contains("""{"code":"SIGN_INTERPRETER","mark":"must","answer":"offered"}""", candidate["adjustments"]!.ToJsonString(), StringComparison.Ordinal);

        await world.Fair("loop-fair", "loop-p1");
        var audience = (await world.Get(Staff, "/api/events/loop-fair/audience")).Json;
        Assert.Equal((int)audience["seekers"]!, (int)audience["reached"]! + audience["excluded"]!.AsObject().Sum(x => (int)x.Value!));
        Assert.Equal(await Seekers(), (int)audience["seekers"]!);

        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Accepted, (await world.Post(Staff, "/api/events/loop-fair/announce")).Status);
        var funnel = await LoopWorld.Until(() => world.Get(Staff, "/api/events/loop-fair/funnel"), x => (int)x["invited"]! > 0 && (int)x["delivered"]! == (int)x["invited"]!);
        Assert.Equal((int)audience["reached"]!, (int)funnel.Json["invited"]!);
        var text = Assert.Single(world.Sandbox.Lines("took", phone)).Text;
        Assert.DoesNotContain("残", text, StringComparison.Ordinal);
        Assert.False(Outs.Names(text), text);

        var message = (await world.Get(Staff, "/api/events/loop-fair/messages?state=delivered")).Json["items"]!.AsArray()[0]!;
        var story = await world.Get(Staff, $"/api/messages/{message["id"]}");
        Assert.Equal("delivered", (string)story.Json["state"]!);
        Assert.DoesNotContain(phone[3..], story.Text, StringComparison.Ordinal);
        Assert.Empty((await world.Get(Staff, "/api/events/loop-fair/messages?state=failed")).Json["items"]!.AsArray());

        await world.Sandbox.Reply(phone, "1");
        var replied = await LoopWorld.Until(() => world.Get(Staff, "/api/events/loop-fair/funnel"), x => (int)x["coming"]! == 1);
        Assert.Equal((1, 0), ((int)replied.Json["replied"]!, (int)replied.Json["notComing"]!));
        Assert.Equal(HttpStatusCode.Accepted, (await world.Post(Staff, "/api/events/loop-fair/announce")).Status);
        Assert.Single(world.Sandbox.Lines("took", phone));
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("退订")]
    public async Task Who_replies_stop_is_left_out_of_the_next_announcement(string word)
    {
        var mark = word == "STOP" ? 1 : 2;
        var (id, phone) = ($"stop-{mark}", $"+861995550200{mark}");
        await world.Put(Import, $"/api/seekers/{id}", LoopWorld.Seeker(phone));
        await world.Put(Employer, $"/api/positions/{id}-p", LoopWorld.Position());
        await world.Fair($"{id}-first", $"{id}-p");
        await world.Fair($"{id}-second", $"{id}-p");
        var before = (await world.Get(Staff, $"/api/events/{id}-second/audience")).Json;
        await world.Post(Staff, $"/api/events/{id}-first/announce");
        await world.Sandbox.Until(lines => lines.Any(line => line.What == "delivered" && line.Phone == phone), TimeSpan.FromSeconds(30));

        await world.Sandbox.Reply(phone, word);
        await LoopWorld.Until(() => world.Get(Staff, $"/api/events/{id}-second/audience"), x => (int)x["excluded"]!["optedOut"]! == (int)before["excluded"]!["optedOut"]! + 1);
        await world.Post(Staff, $"/api/events/{id}-second/announce");
        await LoopWorld.Until(() => world.Get(Staff, $"/api/events/{id}-second"), x => (string)x["status"]! == "announced");
        await LoopWorld.Until(() => world.Get(Staff, $"/api/events/{id}-second/funnel"), x => (int)x["delivered"]! == (int)x["invited"]!);
        Assert.Single(world.Sandbox.Lines("took", phone));
    }

    [Fact]
    public async Task A_budget_is_kept_and_staff_see_how_fairly_groups_are_reached()
    {
        for (var i = 0; i < 14; i++)
        {
            var seeker = Full($"+86199555110{i:00}");
            seeker["certificate"]!["category"] = i < 7 ? 2 : 5;
            Assert.Equal(HttpStatusCode.Created, (await world.Put(Import, $"/api/seekers/budget-{i}", seeker)).Status);
        }
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Employer, "/api/positions/budget-p", FullPosition())).Status);
        await world.Fair("budget-fair", "budget-p");
        foreach (var wrong in (string[])["0", "20001", "1.5", "\"many\""])
            Assert.Equal("budget", Assert.Single((await world.Post(Staff, "/api/events/budget-fair/announce", LoopWorld.Json($$"""{ "budget": {{wrong}} }"""))).Faults).Field);
        Assert.Equal([("bugdet", "unknownField")], (await world.Post(Staff, "/api/events/budget-fair/announce", LoopWorld.Json("""{ "bugdet": 1 }"""))).Faults);
        Assert.Equal([("budget", "outOfRange")], (await world.Get(Staff, "/api/events/budget-fair/audience?budget=0")).Faults);
        Assert.Equal("draft", (string)(await world.Get(Staff, "/api/events/budget-fair")).Json["status"]!);

        var audience = (await world.Get(Staff, "/api/events/budget-fair/audience?budget=10")).Json;
        // To be fair to groups it may leave a message over.
        var reached = (int)audience["reached"]!;
        Assert.InRange(reached, 8, 10);
        Assert.Equal((int)audience["seekers"]!, (int)audience["reached"]! + audience["excluded"]!.AsObject().Sum(x => (int)x.Value!));
        Assert.True((int)audience["excluded"]!["overBudget"]! >= 4);
        Assert.False((await world.Get(Staff, "/api/events/budget-fair/audience")).Json["excluded"]!.AsObject().ContainsKey("overBudget"));
        var before = (await world.Get(Staff, "/api/events/budget-fair/fairness?budget=10")).Json;
        Assert.Equal(0, (int)before["wave"]!);

        for (var budget = 10; budget < 12; budget++)
        {
            var taken = await world.Post(Staff, "/api/events/budget-fair/announce", LoopWorld.Json($$"""{ "budget": {{budget}} }"""));
            Assert.Equal((HttpStatusCode.Accepted, 10), (taken.Status, (int)taken.Json["budget"]!));
        }
        var funnel = await LoopWorld.Until(() => world.Get(Staff, "/api/events/budget-fair/funnel"), x => (int)x["delivered"]! == reached);
        Assert.Equal(reached, (int)funnel.Json["invited"]!);
        var fairness = (await world.Get(Staff, "/api/events/budget-fair/fairness")).Json;
        Assert.Equal((1, 10), ((int)fairness["wave"]!, (int)fairness["budget"]!));
        Assert.Equal((bool)fairness["kept"]!, fairness["why"] is null);
        Assert.True((double)fairness["meetings"]! > 0);
        Assert.All(fairness["groups"]!.AsArray(), group => Assert.True((int)group!["considered"]! >= Flows.Fairness.Fewest));
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get(Employer, "/api/events/budget-fair/fairness")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Staff, "/api/events/no-such-fair/fairness")).Status);
    }

    [Theory]
    [InlineData("/api/seekers/etag", Import)]
    [InlineData("/api/positions/etag", Employer)]
    [InlineData("/api/employers/etag", Staff)]
    [InlineData("/api/events/etag", Staff)]
    public async Task A_version_that_was_overtaken_is_412_and_an_unchanged_put_keeps_it(string path, string key)
    {
        JsonNode Body(int n) => path.Contains("seekers", StringComparison.Ordinal) ? Named(LoopWorld.Seeker("+8619955503001"), "name", $"某人{n}")
            : path.Contains("positions", StringComparison.Ordinal) ? LoopWorld.Position($"岗位{n}")
            : path.Contains("employers", StringComparison.Ordinal) ? JsonNode.Parse($$"""{ "name": "单位{{n}}", "contacts": [] }""")!
            : JsonNode.Parse($$"""{ "title": "招聘会{{n}}", "kind": "ONLINE_FAIR", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00+08:00" }""")!;
        var first = await world.Put(key, path, Body(1));
        Assert.Equal(HttpStatusCode.Created, first.Status);
        var again = await world.Put(key, path, Body(1));
        Assert.Equal((HttpStatusCode.OK, first.ETag), (again.Status, again.ETag));
        var second = await world.Put(key, path, Body(2), ("If-Match", first.ETag!));
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Put(key, path, Body(3), ("If-Match", first.ETag!))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Put(key, path + "-new", Body(3), ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Put(key, path + "-new", Body(3), ("If-Match", "*"))).Status);
        Assert.Equal(second.ETag, (await world.Get(key, path)).ETag);
    }

    [Fact]
    public async Task An_idempotency_key_replays_its_first_answer_and_refuses_another_body()
    {
        const string rows = "reference,title,district,closesOn\nidem,包装工,500103,2099-12-31\n";
        var key = ("Idempotency-Key", "loop-idempotency");
        var first = await world.Post(Employer, "/api/positions/import", LoopWorld.Csv(rows), key);
        Assert.Equal("created", (string)first.Json["status"]!);
        Assert.Equal(first.Text, (await world.Post(Employer, "/api/positions/import", LoopWorld.Csv(rows), key)).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(Employer, "/api/positions/import", LoopWorld.Csv(rows + "x,y,500103,2099-12-31\n"), key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.Post(Other, "/api/positions/import", LoopWorld.Csv(rows), key)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Post(Employer, "/api/positions/import", LoopWorld.Csv(rows), ("Idempotency-Key", new('k', 256)))).Status);

        // Twins at the same time: one does it, the other is told to wait or gets the same answer.
        var many = string.Concat(Enumerable.Range(0, 300).Select(n => $"twin-{n},包装工,500103,2099-12-31\n"));
        var twins = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            world.Post(Employer, "/api/positions/import", LoopWorld.Csv("reference,title,district,closesOn\n" + many), ("Idempotency-Key", "loop-twins"))));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], twins.Select(x => x.Status).Order());
    }

    [Theory]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {}, "phone": "+8619955504001", "nmae": "x" }""", "nmae", "unknownField")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {}, "phone": 13800000000 }""", "phone", "wrongType")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {}, "phone": "12" }""", "phone", "badPhone")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {}, "phone": "+8619955504001", "capacity": { "HEARNG": 1 } }""", "capacity.HEARNG", "unknownCode")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {}, "phone": "+8619955504001", "capacity": { "HEARING": 4 } }""", "capacity.HEARING", "outOfRange")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {}, "phone": "+8619955504001", "skills": ["NO_SUCH_SKILL"] }""", "skills[0]", "unknownCode")]
    [InlineData("/api/seekers/f1", """{ "district": "999999", "consent": {}, "phone": "+8619955504001" }""", "district", "unknownCode")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": { "sms": "tomorrow" }, "phone": "+8619955504001" }""", "consent.sms", "badDate")]
    [InlineData("/api/seekers/f1", """{ "district": "500103", "consent": {} }""", "phone", "required")]
    [InlineData("/api/seekers/13800000000", """{ "district": "500103", "consent": {}, "phone": "+8619955504001" }""", "id", "badId")]
    [InlineData("/api/seekers/500103199001011234", """{ "district": "500103", "consent": {}, "phone": "+8619955504001" }""", "id", "badId")]
    [InlineData("/api/positions/f1?employer=demo-employer", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "work": { "pay": { "min": "3k", "per": "MONTH" } } }""", "work.pay.min", "wrongType")]
    [InlineData("/api/positions/f1?employer=demo-employer", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "accommodations": { "STEP_FREE": "maybe" } }""", "accommodations.STEP_FREE", "unknownCode")]
    [InlineData("/api/positions/f1?employer=demo-employer", """{ "title": "a", "closesOn": "2099-12-31" }""", "district", "required")]
    [InlineData("/api/positions/f1", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31" }""", "employer", "required")]
    [InlineData("/api/employers/f1", """{ "name": "a", "creditCode": "91500000MA5U000000" }""", "creditCode", "badCreditCode")]
    [InlineData("/api/events/f1", """{ "title": "残疾人招聘会", "kind": "ONLINE_FAIR", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00+08:00" }""", "title", "outsText")]
    [InlineData("/api/events/f1", """{ "title": "a", "kind": "PARTY", "district": "500103", "startsAt": "2099-03-01T09:00:00", "endsAt": "2099-03-01T16:00:00+08:00" }""", "startsAt", "badDate")]
    public async Task What_is_wrong_is_named_with_its_field_in_both_languages(string path, string body, string field, string code)
    {
        var chinese = await world.Put(Staff, path, JsonNode.Parse(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chinese.Status);
        Assert.Contains((field, code), chinese.Faults);
        Assert.All(chinese.Json["errors"]!.AsArray(), x => Assert.Contains((string)x!["message"]!, letter => letter > '一'));
        var english = await world.Put(Staff, path, JsonNode.Parse(body), ("Accept-Language", "en-GB,en;q=0.9"));
        Assert.Equal(chinese.Faults, english.Faults);
        Assert.DoesNotContain((string)english.Json["title"]!, letter => letter > '一');
        Assert.NotEqual(HttpStatusCode.OK, (await world.Get(Staff, path)).Status);
    }

    [Fact]
    public async Task A_merged_district_is_its_successor_or_names_the_choices()
    {
        var lists = Matching.CodeLists.Default.Districts;
        var (one, several) = (lists.First(x => x.ReplacedBy is [_]), lists.First(x => x.ReplacedBy is [_, _, ..]));
        var seeker = LoopWorld.Seeker("+8619955505001");
        seeker["district"] = one.Code;
        Assert.Equal(one.ReplacedBy[0], (string)(await world.Put(Import, "/api/seekers/merged", seeker)).Json["district"]!);
        seeker["district"] = several.Code;
        var refused = await world.Put(Import, "/api/seekers/merged", seeker);
        Assert.Equal([("district", "mergedDistrict")], refused.Faults);
        Assert.All(several.ReplacedBy, code => Assert.Contains(code, (string)refused.Json["errors"]![0]!["message"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/api/seekers/{0}")]
    [InlineData("GET", "/api/seekers/{0}/matches")]
    [InlineData("GET", "/api/positions/{0}")]
    [InlineData("DELETE", "/api/positions/{0}")]
    [InlineData("GET", "/api/positions/{0}/candidates")]
    [InlineData("GET", "/api/events/{0}/funnel")]
    [InlineData("GET", "/api/events/{0}/fairness")]
    [InlineData("POST", "/api/events/{0}/announce")]
    [InlineData("GET", "/api/messages/{0}")]
    public async Task An_id_that_nothing_can_have_is_not_found(string method, string path)
    {
        foreach (var id in (string[])["nothing", "a%23b", "a%3Fb", "a%5Cb", "%01", "..%2F..", new('x', 300), "%E6%9F%90"])
            Assert.Equal(HttpStatusCode.NotFound, (await world.Send(method, Staff, string.Format(null, path, id), null)).Status);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_problem_of_the_callers()
    {
        await world.Put(Import, "/api/seekers/unread", LoopWorld.Seeker("+8619955506001"));
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Get(Staff, "/api/seekers/unread/matches?top=many")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Send("PUT", Staff, "/api/seekers/unread", LoopWorld.Json("{"))).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await world.Send("PUT", Staff, "/api/seekers/unread", new StringContent("x"))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await world.Send("PUT", Staff, "/api/seekers/unread", LoopWorld.Json(new string(' ', 300 * 1024)))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await world.Post(Staff, "/api/seekers/import", LoopWorld.Csv(new string('x', 10 * 1024 * 1024 + 1)))).Status);
        var rows = string.Concat(Enumerable.Repeat("a,b\n", 10_002));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await world.Post(Staff, "/api/seekers/import", LoopWorld.Csv(rows))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Post(Staff, "/api/seekers/import", LoopWorld.Csv(""))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Get(Staff, "/api/events/unread/messages?state=lost")).Status);
    }

    [Fact]
    public async Task Another_employers_position_is_not_found_on_any_route_and_keys_do_what_the_table_says()
    {
        await world.Put(Employer, "/api/positions/mine", LoopWorld.Position());
        await world.Fair("mine-fair");
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Other, "/api/positions/mine")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Put(Other, "/api/positions/mine", LoopWorld.Position())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Send("DELETE", Other, "/api/positions/mine", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Other, "/api/positions/mine/candidates")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Put(Other, "/api/events/mine-fair/positions/mine", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Send("DELETE", Other, "/api/events/mine-fair/positions/mine", null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.Put(Employer, "/api/events/mine-fair/positions/mine", null)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Get("", "/api/positions/mine")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get(Employer, "/api/seekers/anyone")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get(Employer, "/api/events/mine-fair/audience")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Get(Import, "/api/seekers/anyone/matches")).Status);
        foreach (var path in (string[])["/api/codes", "/api/occupations?q=主播", "/api/skills?q=live"])
            Assert.Equal(HttpStatusCode.OK, (await world.Get("", path)).Status);
    }

    [Theory]
    [InlineData("/api/occupations?q=质检", "PRODUCT_INSPECTOR")]
    [InlineData("/api/occupations?q=inspec", "PRODUCT_INSPECTOR")]
    [InlineData("/api/occupations?q=insepctor", "PRODUCT_INSPECTOR")]
    [InlineData("/api/skills?q=ｅｘｃｅｌ", "SPREADSHEET")]
    public async Task A_code_is_found_while_typing_and_with_slips(string path, string first) =>
        Assert.Equal(first, (string)(await world.Get("", path)).Json["items"]![0]!["code"]!);

    [Fact]
    public async Task A_wish_in_ones_own_words_meets_the_coded_occupation()
    {
        var seeker = LoopWorld.Seeker("+8619955508001");
        seeker["occupations"] = new JsonArray("质检");
        await world.Put(Import, "/api/seekers/own-words", seeker);
        var position = LoopWorld.Position("招工");
        position["occupation"] = "PRODUCT_INSPECTOR";
        await world.Put(Employer, "/api/positions/own-words", position);
        var matches = (await world.Get(Staff, "/api/seekers/own-words/matches?top=100")).Json;
        var match = matches["items"]!.AsArray().Single(x => (string)x!["positionId"]! == "own-words")!;
        // 0.96 by 质检员, × 0.8 × 25.
        Assert.Equal(19.2m, (decimal)match["pluses"]!.AsArray().Single(x => (string)x!["id"]! == "P2")!["points"]!);
    }

    [Fact]
    public async Task A_closed_position_and_a_seeker_without_consent_are_in_no_match()
    {
        await world.Put(Employer, "/api/positions/closing", LoopWorld.Position());
        await world.Put(Import, "/api/seekers/closing", LoopWorld.Seeker("+8619955507001"));
        Assert.True(await Matched("closing", "closing"));
        Assert.Equal(HttpStatusCode.NoContent, (await world.Send("DELETE", Employer, "/api/positions/closing", null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await world.Send("DELETE", Employer, "/api/positions/closing", null)).Status);
        Assert.False(await Matched("closing", "closing"));
        Assert.True((bool)(await world.Get(Employer, "/api/positions/closing")).Json["closed"]!);

        var without = LoopWorld.Seeker("+8619955507002");
        without["consent"] = new JsonObject { ["sms"] = "2026-11-01", ["employers"] = "2026-11-01" };
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Import, "/api/seekers/no-consent", without)).Status);
        Assert.Equal(0, (int)(await world.Get(Staff, "/api/seekers/no-consent/matches")).Json["total"]!);
    }

    [Fact]
    public async Task Who_somebody_is_and_what_is_certified_changes_no_match()
    {
        var one = Full("+8619955508001");
        var other = Full("+8619955508002");
        other["name"] = "另一人";
        other["contact"] = new JsonObject { ["prefer"] = "PHONE", ["helper"] = "某亲属" };
        other["certificate"] = new JsonObject { ["category"] = 7, ["grade"] = 1 };
        ((JsonObject)other["consent"]!).Remove("statistics");
        // Two positions of equal score, so that ties are among what is compared.
        await world.Put(Employer, "/api/positions/twin-p", FullPosition());
        await world.Put(Employer, "/api/positions/twin-q", FullPosition());
        await world.Put(Import, "/api/seekers/twin-1", one);
        await world.Put(Import, "/api/seekers/twin-2", other);
        foreach (var list in new[] { "matches?top=100", "near-misses" })
            Assert.Equal((await world.Get(Staff, $"/api/seekers/twin-1/{list}")).Text, (await world.Get(Staff, $"/api/seekers/twin-2/{list}")).Text);

        // One who becomes like the other in all of that stands where they stood, and nobody else moves.
        async Task<string[]> Seen() =>
        [
            (await world.Get(Employer, "/api/positions/twin-p/candidates?top=100")).Text, (await world.Get(Employer, "/api/positions/twin-p/near-misses")).Text,
            (await world.Get(Staff, "/api/positions/twin-p/near-misses")).Text, (await world.Get(Staff, "/api/seekers/twin-1/matches?top=100")).Text,
        ];
        var before = await Seen();
        Assert.InRange((int)JsonNode.Parse(before[0])!["total"]!, 2, 100);
        var became = (JsonObject)other.DeepClone();
        became["phone"] = "+8619955508003";
        Assert.Equal(HttpStatusCode.OK, (await world.Put(Import, "/api/seekers/twin-1", became)).Status);
        Assert.Equal(before, await Seen());
    }

    [Fact]
    public async Task A_sheet_is_taken_row_by_row_and_a_second_upload_changes_nothing()
    {
        const string header = "编号,姓名,手机号,居住区县,必须有,同意：匹配,同意：短信\n";
        const string good = "row-1,甲,13995550901,渝中区,手语翻译,2026-11-01,2026-11-01\n";
        const string bad = "row-2,乙,12,渝中区,,2026-11-01,\n";
        const string also = "row-3,丙,+8613995550903,500107,,2026-11-01,\n";
        var first = Rows(await world.Post(Import, "/api/seekers/import", LoopWorld.Csv(header + good + bad + also)));
        Assert.Equal([(2, "created"), (3, "refused"), (4, "created")], first.Select(x => ((int)x["row"]!, (string)x["status"]!)));
        Assert.Equal("phone", (string)first[1]["errors"]![0]!["field"]!);
        Assert.Equal("badPhone", (string)first[1]["errors"]![0]!["code"]!);

        var corrected = header + good + bad.Replace(",12,", ",13995550902,", StringComparison.Ordinal) + also.Replace("500107", "500103", StringComparison.Ordinal);
        Assert.Equal(["unchanged", "created", "updated"], Rows(await world.Post(Import, "/api/seekers/import", LoopWorld.Csv(corrected))).Select(x => (string)x["status"]!));
        Assert.Equal(["unchanged", "unchanged", "unchanged"], Rows(await world.Post(Import, "/api/seekers/import", LoopWorld.Csv(corrected))).Select(x => (string)x["status"]!));
        Assert.Equal("must", (string)(await world.Get(Staff, "/api/seekers/row-1")).Json["needs"]!.AsObject().First().Value!);
    }

    [Fact]
    public async Task An_imported_position_is_tied_to_the_event_that_is_named()
    {
        await world.Fair("import-fair");
        await world.Put(Import, "/api/seekers/import-s", LoopWorld.Seeker("+8619955509001"));
        Assert.Equal(0, (int)(await world.Get(Staff, "/api/events/import-fair/audience")).Json["reached"]!);
        var rows = Rows(await world.Post(Employer, "/api/positions/import?event=import-fair", LoopWorld.Csv("编号,岗位名称,工作区县,薪资,截止日期\nA1,质检员,渝中区,3千-5千,2099-12-31\n")));
        Assert.Equal(("demo-employer-A1", "created"), ((string)rows.Single()["id"]!, (string)rows.Single()["status"]!));
        Assert.Equal(3000, (int)(await world.Get(Employer, "/api/positions/demo-employer-A1")).Json["work"]!["pay"]!["min"]!);
        Assert.NotEqual(0, (int)(await world.Get(Staff, "/api/events/import-fair/audience")).Json["reached"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post(Employer, "/api/positions/import?event=no-such-fair", LoopWorld.Csv("编号,岗位名称\n"))).Status);
        // "demo" with the reference "employer-A1" would have the same id: it is refused as taken, and nobody hears whose it is.
        var taken = Rows(await world.Post(Staff, "/api/positions/import?employer=demo", LoopWorld.Csv("编号,岗位名称,工作区县,截止日期\nemployer-A1,质检员,渝中区,2099-12-31\n"))).Single();
        Assert.Equal(("refused", "reference"), ((string)taken["status"]!, (string)taken["errors"]![0]!["field"]!));
    }

    [Fact]
    public async Task Nothing_of_a_person_stands_readable_in_tables_queues_or_logs()
    {
        var canary = Canary.New();
        var firm = Canary.New();
        var person = Full(canary.Phone);
        person["name"] = canary.Name;
        person["contact"] = new JsonObject { ["prefer"] = "SMS_TEXT", ["helper"] = canary.Helper };
        person["skills"] = new JsonArray("LIVE_HOSTING", canary.FreeText);
        person["certificate"] = new JsonObject { ["category"] = canary.Certificate.Category, ["grade"] = canary.Certificate.Grade };
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Import, "/api/seekers/canary", person)).Status);
        var contact = new JsonObject { ["name"] = firm.Name, ["phone"] = firm.Phone };
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/employers/canary-firm", new JsonObject { ["name"] = "某公司", ["contacts"] = new JsonArray(contact) })).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Employer, "/api/positions/canary-p", FullPosition())).Status);
        await world.Fair("canary-fair", "canary-p");
        await world.Post(Staff, "/api/events/canary-fair/announce");
        await world.Sandbox.Until(lines => lines.Any(line => line.What == "delivered" && line.Phone == canary.Phone), TimeSpan.FromSeconds(30));
        await world.Sandbox.Reply(canary.Phone, canary.Reply);
        await world.Sandbox.Reply(canary.Phone, "1");
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/canary-fair/funnel"), x => (int)x["coming"]! == 1);
        // It is there, for those who may read it, and is refused without being repeated.
        Assert.Equal(canary.Name, (string)(await world.Get(Staff, "/api/seekers/canary")).Json["name"]!);
        Assert.Equal(firm.Phone, (string)(await world.Get(Staff, "/api/employers/canary-firm")).Json["contacts"]![0]!["phone"]!);
        person["phone"] = canary.Phone + "000000";
        person[canary.Name] = canary.FreeText;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Put(Import, "/api/seekers/canary", person)).Status);
        await world.Post(Import, "/api/seekers/import", LoopWorld.Csv($"编号,姓名,手机号,居住区县\ncanary-2,{canary.Name},{canary.Phone}99999,渝中区\n"));

        foreach (var one in (Canary[])[canary, firm])
        {
            Assert.Empty(await one.FindIn(world.Tables, world.Queues));
            Assert.Empty(one.FindIn(world.Service.Log, "the service's log"));
        }
    }

    [Theory]
    [InlineData(Queues.Work)]
    [InlineData(Queues.GatewayCallback)]
    public async Task A_message_that_always_fails_is_put_aside_unchanged_and_the_others_go_on(string queue)
    {
        const string garbage = "{\"kind\":\"搬运\",  \"ref\":";
        await world.Queues.GetQueueClient(queue).SendMessageAsync(garbage);
        var phone = queue == Queues.Work ? "+8619955510001" : "+8619955510002";
        await world.Put(Import, $"/api/seekers/poison-{queue}", LoopWorld.Seeker(phone));
        await world.Put(Employer, $"/api/positions/poison-{queue}", LoopWorld.Position());
        await world.Fair($"poison-{queue}", $"poison-{queue}");
        await world.Post(Staff, $"/api/events/poison-{queue}/announce");
        await LoopWorld.Until(() => world.Get(Staff, $"/api/events/poison-{queue}/funnel"), x => (int)x["invited"]! > 0 && (int)x["delivered"]! == (int)x["invited"]!);
        var poison = world.Queues.GetQueueClient(queue + "-poison");
        await LoopWorld.Until(async () => (await poison.PeekMessagesAsync(1)).Value.Length > 0, $"Nothing in {poison.Name}.");
        Assert.Equal([garbage], (await poison.PeekMessagesAsync(32)).Value.Select(x => x.MessageText));
        Assert.DoesNotContain((await world.Queues.GetQueueClient(queue).PeekMessagesAsync(32)).Value, x => x.MessageText == garbage);
    }

    private async Task<bool> Matched(string seeker, string position) =>
        (await world.Get(Staff, $"/api/seekers/{seeker}/matches?top=100")).Json["items"]!.AsArray().Any(x => (string)x!["positionId"]! == position);

    private async Task<int> Seekers()
    {
        var count = 0;
        await foreach (var _ in world.Tables.GetTableClient("Subjects").QueryAsync<TableEntity>())
            count++;
        return count;
    }

    private static List<JsonNode> Rows(Answered answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static JsonNode Named(JsonNode body, string member, string value)
    {
        body[member] = value;
        return body;
    }

    private static JsonNode Full(string phone) => JsonNode.Parse($$"""
        { "name": "某人", "phone": "{{phone}}", "language": "zh-CN", "district": "500103",
          "capacity": { "HEARING": 1 }, "needs": { "SIGN_INTERPRETER": "must", "FLEX_HOURS": "helps" }, "avoid": { "NIGHT": "mustAvoid", "NOISE": "ratherNot" },
          "skills": ["LIVE_HOSTING", "会修钟表"], "occupations": ["LIVE_HOST_SALES"], "education": "bachelor", "licences": [],
          "work": { "contracts": ["OPEN_ENDED", "FIXED_TERM"], "places": ["ON_SITE", "REMOTE"], "minPayMonthly": 3000, "hoursPerWeek": { "min": 20, "max": 40 }, "commuteMinutes": 60, "lodging": "accepted" },
          "contact": { "prefer": "SMS_TEXT", "helper": null }, "certificate": { "category": 2, "grade": 3 },
          "consent": { "matching": "2026-11-01", "sms": "2026-11-01", "employers": "2026-11-01", "statistics": "2026-11-01" } }
        """)!;

    private static JsonNode FullPosition() => JsonNode.Parse("""
        { "title": "直播销售", "description": "第一行\n第二行", "occupation": "LIVE_HOST_SALES", "district": "500103", "address": "解放碑", "openings": 3,
          "demands": { "HEARING": 2 }, "accommodations": { "SIGN_INTERPRETER": "offered", "FLEX_HOURS": "onRequest", "REMOTE_WORK": { "answer": "notPossible", "reason": "需到岗" } },
          "exposures": { "NOISE": "no" }, "skillsRequired": [], "skillsOptional": ["LIVE_HOSTING"], "educationMin": null, "licences": [],
          "work": { "contract": "FIXED_TERM", "place": "ON_SITE", "shifts": ["DAY"], "rest": "ONE_DAY", "hoursPerWeek": 40, "pay": { "min": 3500, "max": 4500, "per": "MONTH", "guaranteed": true } },
          "board": "THREE_MEALS", "lodging": "FREE", "probationMonths": 1, "closesOn": "2099-12-31" }
        """)!;
}
