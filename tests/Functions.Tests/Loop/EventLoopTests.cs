using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Flows;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>A service where three people are many and changes settle within seconds.</summary>
public sealed class CarefulWorld : LoopWorld
{
    protected override string[] Settings => ["--JobMatch:Messages:ApproveAbove=2", "--JobMatch:Messages:ChangesSettle=00:00:02"];
}

/// <summary>A day's events from the plan to the cancellation, on real storage and a gateway of its own.</summary>
public sealed class EventLoopTests(CarefulWorld world) : IClassFixture<CarefulWorld>
{
    private const string Anna = "demo-staff", Bo = "demo-staff-2";

    [Fact]
    public async Task A_day_is_planned_approved_by_a_colleague_changed_and_cancelled()
    {
        string[] phones = [.. Enumerable.Range(0, 6).Select(i => $"+86199556100{i:00}")];
        foreach (var (phone, i) in phones.Select((phone, i) => (phone, i)))
            await world.Put("demo-import", $"/api/seekers/day-{i}", LoopWorld.Seeker(phone));
        foreach (var position in (string[])["day-p1", "day-p2"])
            await world.Put("demo-employer", $"/api/positions/{position}", LoopWorld.Position());
        await world.Fair("day-a", "day-p1");
        await world.Fair("day-b", "day-p1", "day-p2");
        await world.Fair("day-draft");
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get("", "/events/day-a")).Status);

        var preview = (await world.Get(Anna, "/api/days/2099-03-01/audience?budget=5")).Json;
        Assert.Equal(6, AddsUp(preview));
        Assert.Equal(6, preview["districts"]!.AsArray().Sum(x => AddsUp(x!)));
        Assert.Equal((int)preview["messages"]!, preview["events"]!.AsArray().Sum(x => (int)x!["messages"]!));
        var plan = LoopWorld.Json($$"""{ "plan": "{{preview["plan"]}}" }""");
        var asked = await world.Post(Anna, "/api/days/2099-03-01/announce", plan);
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        Assert.All(asked.Json["events"]!.AsArray(), x => Assert.Equal("awaitingApproval", (string)x!["status"]!));
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Post(Anna, "/api/days/2099-03-01/approve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Post(Anna, "/api/events/day-a/approve")).Status);
        Assert.Empty(world.Sandbox.Lines("took", phones[0]));
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Accepted, (await world.Post(Bo, "/api/days/2099-03-01/approve")).Status);
        foreach (var fair in asked.Json["events"]!.AsArray().Select(x => (string)x!["event"]!))
        {
            await LoopWorld.Until(() => world.Get(Anna, $"/api/events/{fair}"), x => (string)x["status"]! == "announced");
            await LoopWorld.Until(() => world.Get(Anna, $"/api/events/{fair}/funnel"), x => (int)x["delivered"]! == (int)x["invited"]!);
            var kept = (await world.Get(Bo, $"/api/events/{fair}")).Json["announcements"]!.AsArray().Single()!;
            Assert.Equal(("demo-staff", "demo-staff-2"), ((string)kept["askedBy"]!, (string)kept["approvedBy"]!));
        }
        var texts = phones.SelectMany(phone => world.Sandbox.Lines("took", phone)).ToList();
        Assert.Equal((int)preview["messages"]!, texts.Count);
        Assert.Equal((int)preview["reached"]!, texts.Select(text => text.Phone).Distinct().Count());
        Assert.Equal((int)preview["parts"]!, texts.Sum(text => TextTemplates.Parts(text.Text.Length)));
        Assert.Equal((decimal)preview["cost"]!, (int)preview["parts"]! * 0.05m);

        // One says yes, hears once of two changes, and that it is off; nobody else hears of either.
        var invited = texts.Select(text => text.OutId!.Split('~')).First();
        var (eventId, yes) = (invited[0], texts[0].Phone);
        await world.Sandbox.Reply(yes, texts.Count(text => text.Phone == yes) == 1 ? "1" : "A1");
        await LoopWorld.Until(() => world.Get(Anna, $"/api/events/{eventId}/funnel"), x => (int)x["coming"]! == 1);
        foreach (var address in (string[])["观音桥步行街1号", "观音桥步行街2号"])
        {
            var changed = (await world.Get(Anna, $"/api/events/{eventId}")).Json.AsObject();
            foreach (var own in (string[])["id", "status", "wave", "announcements", "version"])
                changed.Remove(own);
            changed["address"] = address;
            Assert.Equal(HttpStatusCode.OK, (await world.Put(Anna, $"/api/events/{eventId}", changed)).Status);
        }
        await world.Sandbox.Until(lines => lines.Any(line => line.What == "took" && line.Text.Contains("观音桥步行街2号", StringComparison.Ordinal)), TimeSpan.FromSeconds(100));
        var calendar = (await world.Get("", $"/events/{eventId}.ics")).Text;
        Assert.Contains("STATUS:CONFIRMED\r\n", calendar, StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Accepted, (await world.Post(Anna, $"/api/events/{eventId}/cancel")).Status);
        await world.Sandbox.Until(lines => lines.Any(line => line.What == "took" && line.Text.Contains("已取消", StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
        var after = phones.SelectMany(phone => world.Sandbox.Lines("took", phone)).Skip(0).ToList();
        Assert.Equal(texts.Count + 2, after.Count);
        Assert.All(after.Where(text => text.Text.Contains("变动", StringComparison.Ordinal) || text.Text.Contains("已取消", StringComparison.Ordinal)), text => Assert.Equal(yes, text.Phone));
        Assert.Equal(HttpStatusCode.Conflict, (await world.Post(Anna, $"/api/events/{eventId}/announce")).Status);

        var cancelled = (await world.Get("", $"/events/{eventId}.ics")).Text;
        Assert.Contains("STATUS:CANCELLED\r\n", cancelled, StringComparison.Ordinal);
        Assert.True(Sequence(cancelled) > Sequence(calendar));
        Assert.All(cancelled.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\n', cancelled.Replace("\r\n", "", StringComparison.Ordinal));
        var page = await world.Get("", $"/events/{eventId}", ("Accept", "text/html"));
        var ld = JsonNode.Parse(page.Text.Split("<script type=\"application/ld+json\">")[1].Split("</script>")[0])!;
        Assert.Equal(("Event", "https://schema.org/EventCancelled", "2099-03-01T09:00:00+08:00"), ((string)ld["@type"]!, (string)ld["eventStatus"]!, (string)ld["startDate"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get("", "/events/day-draft.ics")).Status);
    }

    [Fact]
    public async Task What_cannot_be_announced_says_so()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await world.Get(Anna, "/api/days/2098-01-01/audience")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post(Anna, "/api/days/2098-01-01/announce")).Status);
        Assert.Equal([("budget", "outOfRange")], (await world.Get(Anna, "/api/days/2098-01-01/audience?budget=0")).Faults);
        Assert.Equal([("plan", "unknownCode")], (await world.Post(Anna, "/api/days/2098-01-01/announce", LoopWorld.Json("""{ "plan": "abc" }"""))).Faults);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Get(Anna, "/api/days/soon/audience")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post(Anna, "/api/events/no-such/cancel")).Status);
    }

    private static int AddsUp(JsonNode counts)
    {
        Assert.Equal((int)counts["seekers"]!, (int)counts["reached"]! + counts["excluded"]!.AsObject().Sum(x => (int)x.Value!));
        return (int)counts["seekers"]!;
    }

    private static int Sequence(string calendar) => int.Parse(calendar.Split("SEQUENCE:")[1].Split("\r\n")[0], CultureInfo.InvariantCulture);
}
