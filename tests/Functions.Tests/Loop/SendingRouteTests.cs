using System.Net;
using JobMatch.Flows;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>Texts held, let go on, stopped and taken up again over HTTP; the sandbox's ledger says what left.</summary>
public sealed class SendingRouteTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Import = "demo-import", Employer = "demo-employer";

    [Fact]
    public async Task Held_texts_wait_go_on_when_let_and_end_when_stopped()
    {
        await Announceable("held", "+8619955509001");
        Assert.Equal(HttpStatusCode.Conflict, (await world.Post(Staff, "/api/events/held-fair/stop")).Status);
        for (var time = 0; time < 2; time++)
            Assert.Equal("staff", (string)(await world.Post(Staff, "/api/channels/all/pause")).Json["paused"]!["why"]!);
        await world.Post(Staff, "/api/events/held-fair/announce");
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/held-fair/funnel"), x => (int)x["invited"]! > 0);
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Empty(world.Sandbox.Lines("took", "+8619955509001"));
        var lines = (await world.Get(Staff, "/api/channels")).Json["items"]!.AsArray();
        Assert.Equal(["all", "sandbox"], lines.Select(line => (string)line!["channel"]!));
        Assert.Equal((1.0, null), ((double)lines[1]!["share"]!, lines[1]!["paused"]));
        Assert.Null((await world.Post(Staff, "/api/channels/all/resume")).Json["paused"]);
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/held-fair/funnel"), x => (int)x["delivered"]! == (int)x["invited"]!);

        await Announceable("stop", "+8619955509002");
        await world.Post(Staff, "/api/channels/all/pause");
        await world.Post(Staff, "/api/events/stop-fair/announce");
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/stop-fair/funnel"), x => (int)x["invited"]! > 0);
        for (var time = 0; time < 2; time++)
            Assert.Equal("stopped", (string)(await world.Post(Staff, "/api/events/stop-fair/stop")).Json["status"]!);
        await world.Post(Staff, "/api/channels/all/resume");
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/stop-fair/funnel"), x => (int)x["expired"]! > 0 && (int)x["expired"]! == (int)x["invited"]!);
        var message = (await world.Get(Staff, "/api/events/stop-fair/messages?state=expired")).Json["items"]!.AsArray()[0]!;
        Assert.Equal(Reasons.EventStopped, (string)(await world.Get(Staff, $"/api/messages/{message["id"]}")).Json["history"]!.AsArray()[^1]!["code"]!);
        Assert.Single(world.Sandbox.Lines("took", "+8619955509001"));
        Assert.Empty(world.Sandbox.Lines("took", "+8619955509002"));
    }

    [Fact]
    public async Task A_refused_account_pauses_its_gateway_and_messages_go_on_afterwards()
    {
        // The vendor refuses this number for want of balance.
        await Announceable("balance", "+8619900009011");
        await world.Post(Staff, "/api/events/balance-fair/announce");
        var paused = await LoopWorld.Until(() => world.Get(Staff, "/api/channels"), x => x["items"]![1]!["paused"] is not null);
        Assert.Equal(("isv.AMOUNT_NOT_ENOUGH", 0.0), ((string)paused.Json["items"]![1]!["paused"]!["why"]!, (double)paused.Json["items"]![1]!["share"]!));
        Assert.Empty((await world.Get(Staff, "/api/events/balance-fair/messages?state=failed")).Json["items"]!.AsArray());
        await world.Put(Import, "/api/seekers/balance", LoopWorld.Seeker("+8619955509003"));
        await world.Post(Staff, "/api/channels/sandbox/resume");
        await LoopWorld.Until(() => world.Get(Staff, "/api/events/balance-fair/funnel"), x => (int)x["delivered"]! == (int)x["invited"]!);
        Assert.Single(world.Sandbox.Lines("took", "+8619955509003"));
    }

    [Fact]
    public async Task What_was_given_up_is_counted_and_put_back()
    {
        Assert.Equal(0, await Poisoned());
        await world.Queues.GetQueueClient("send-message-poison").CreateIfNotExistsAsync();
        // Its event has begun long ago, as after an outage.
        await world.Queues.GetQueueClient("send-message-poison").SendMessageAsync(new SendItem("long-ago~1~0").ToBody());
        Assert.Equal(1, await Poisoned());
        Assert.Equal(1, (int)(await world.Post(Staff, "/api/queues/send-message/redrive")).Json["redriven"]!);
        Assert.Equal(0, (int)(await world.Post(Staff, "/api/queues/send-message/redrive")).Json["redriven"]!);
        Assert.Equal(0, await Poisoned());
        foreach (var path in new[] { "/api/queues/no-such/redrive", "/api/channels/no-such/pause", "/api/channels/no-such/resume" })
            Assert.Equal(HttpStatusCode.NotFound, (await world.Post(Staff, path)).Status);
    }

    private async Task<int> Poisoned() =>
        (int)(await world.Get(Staff, "/api/queues")).Json["items"]!.AsArray().Single(line => (string)line!["queue"]! == Queues.SendMessage)!["poisoned"]!;

    private async Task Announceable(string id, string phone)
    {
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Import, $"/api/seekers/{id}", LoopWorld.Seeker(phone))).Status);
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Employer, $"/api/positions/{id}-p", LoopWorld.Position())).Status);
        await world.Fair($"{id}-fair", $"{id}-p");
    }
}
