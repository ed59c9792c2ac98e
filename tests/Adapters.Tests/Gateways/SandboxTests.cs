using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using JobMatch.Adapters.Gateways;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>What the sandbox vendor does with one text; every test has a phone of its own.</summary>
public sealed class SandboxTests(SandboxWorld world) : IClassFixture<SandboxWorld>
{
    private const string Anna = "+8613800000001";

    [Theory]
    [InlineData("+8613812345678", "Accepted", "took delivered", 1)]
    [InlineData("+8619900000000", "Accepted", "took delivered", 1)]
    [InlineData("+8619900001000", "Refused", "refused", 0)]
    [InlineData("+8619900001100", "Refused", "refused", 0)]
    [InlineData("+8619900001200", "Refused", "refused", 0)]
    [InlineData("+8619900002000", "Accepted", "took delayed delivered", 1)]
    [InlineData("+8619900003000", "Accepted", "took delivered doubled", 2)]
    [InlineData("+8619900004000", "Accepted", "took lost", 0)]
    [InlineData("+8619900004100", "Accepted", "took delivered lost", 0)]
    [InlineData("+8619900005000", "Accepted", "took delivered", 1)]
    [InlineData("+8619900006100", "Later", "", 0)]
    [InlineData("+8619900007000", "Unknown", "took delivered", 1)]
    [InlineData("+8619900007100", "Unknown", "took delivered", 1)]
    [InlineData("+8619900007200", "Unknown", "took delivered", 1)]
    [InlineData("+8619900007300", "Unknown", "", 0)]
    [InlineData("+8619900008000", "Accepted", "took refused", 1)]
    [InlineData("+8619900009000", "AccountRefused", "refused", 0)]
    [InlineData("+8619900009100", "AccountRefused", "refused", 0)]
    [InlineData("+8619900009200", "AccountRefused", "refused", 0)]
    public async Task A_number_decides_what_becomes_of_its_text(string phone, string outcome, string whats, int receipts)
    {
        using var gateway = new SandboxGateway(new() { BaseAddress = world.Sandbox.Address }, world.Sandbox.Secret, null, TimeSpan.FromSeconds(phone == "+8619900007000" ? 1 : 10), TimeProvider.System);

        var sent = await gateway.Send(new(phone, phone, "您好"), default);

        Assert.Equal(outcome, sent.GetType().Name);
        var expected = whats.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await world.Sandbox.Until(lines => lines.Count(line => line.Phone == phone) == expected.Length);
        await world.Inbox.Until(inbox => inbox.Of(phone).Count == receipts);
        await Task.Delay(100); // would show a receipt too many
        var lines = world.Sandbox.Of(phone);
        Assert.Equal(expected, lines.Select(line => line.What));
        Assert.Equal(receipts, world.Inbox.Of(phone).Count);
        Assert.All(world.Inbox.Of(phone), report => Assert.Equal((lines[0].Id, phone), (report.VendorId, report.OutId)));
        Assert.All(world.Inbox.Of(phone), report => Assert.Equal(expected.Contains("delivered") ? (true, "DELIVERED") : (false, "UNDELIV"), (report.Delivered, report.Code)));
        if (sent is Sent.Accepted accepted)
            Assert.Equal(lines[0].Id, accepted.VendorId);
    }

    [Theory]
    [InlineData("+8613812345678", true)]
    [InlineData("+8619900004000", null)]
    [InlineData("+8619900004100", true)]
    [InlineData("+8619900007100", true)]
    [InlineData("+8619900008000", false)]
    public async Task Asking_tells_what_became_of_a_text_that_was_taken(string phone, bool? delivered)
    {
        var outId = $"asked {phone}";
        await world.Gateway.Send(new(outId, phone, "您好"), default);
        await world.Sandbox.Until(lines => lines.Count(line => line.OutId == outId) >= 2);

        var known = Assert.IsType<Known.Taken>(await world.Gateway.Ask(new(outId, null, phone, new(2026, 11, 22)), default));

        Assert.Equal(world.Sandbox.Of(phone).First(line => line.OutId == outId).Id, known.VendorId);
        Assert.Equal(delivered, known.Report?.Delivered);
    }

    [Theory]
    [InlineData("+8619900001000")]
    [InlineData("+8619900007300")]
    public async Task Asking_tells_that_a_text_was_never_taken(string phone)
    {
        await world.Gateway.Send(new("never taken", phone, "您好"), default);

        Assert.Equal(new Known.NeverSeen(), await world.Gateway.Ask(new("never taken", null, phone, new(2026, 11, 22)), default));
    }

    [Fact]
    public async Task An_early_receipt_is_there_before_the_answer_to_the_send()
    {
        await world.Gateway.Send(new("early", "+8619900005001", "您好"), default);

        Assert.Equal("early", Assert.Single(world.Inbox.Of("+8619900005001")).OutId);
    }

    [Fact]
    public async Task A_throttled_number_is_taken_at_the_second_try()
    {
        Assert.Equal(new Sent.Later(TimeSpan.FromSeconds(1)), await world.Gateway.Send(new("t", "+8619900006000", "您好"), default));
        Assert.IsType<Sent.Accepted>(await world.Gateway.Send(new("t", "+8619900006000", "您好"), default));
        Assert.Single(world.Sandbox.Lines("took", "+8619900006000"));
    }

    [Fact]
    public async Task A_text_that_is_sent_twice_is_seen_twice()
    {
        const string phone = "+8613800000002";
        await world.Gateway.Send(new("same", phone, "您好"), default);
        await world.Gateway.Send(new("same", phone, "您好"), default);

        Assert.Equal(2, world.Sandbox.Lines("took", phone).Select(line => line.Id).Distinct().Count());
        Assert.Contains(phone, world.Sandbox.TextedTwice());
    }

    [Theory]
    [InlineData(70, null, 1)]
    [InlineData(71, null, 2)]
    [InlineData(134, null, 2)]
    [InlineData(135, null, 3)]
    [InlineData(66, "通知", 1)]
    [InlineData(67, "通知", 2)]
    public async Task Parts_are_counted_as_carriers_count_with_the_signature(int length, string? sign, int parts)
    {
        using var answer = await world.Http.PostAsJsonAsync("/send", new { phone = Anna, text = new string('岗', length), outId = "p", sign });

        Assert.Equal(parts, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("parts").GetInt32());
    }

    [Fact]
    public async Task A_reply_by_json_stands_in_the_ledger_and_reaches_the_service_once()
    {
        const string phone = "+8613800000003";
        await world.Sandbox.Reply(phone, "１");

        await world.Inbox.Until(_ => world.Inbox.Replies.Any(one => one.Phone == phone));
        var reply = Assert.Single(world.Inbox.Replies, one => one.Phone == phone);
        var line = Assert.Single(world.Sandbox.Lines("reply", phone));
        Assert.Equal((phone, "１", line.Id), (reply.Phone, reply.Text, reply.SequenceId));
        Assert.InRange(reply.At!.Value, line.At.AddSeconds(-1), line.At);
    }

    [Fact]
    public async Task Nothing_is_told_without_the_secret()
    {
        const string phone = "+8613800000004";
        using var stranger = new HttpClient { BaseAddress = world.Sandbox.Address };
        using var sent = await stranger.PostAsJsonAsync("/send", new { phone = phone, text = "您好", outId = "x" });
        using var asked = await stranger.GetAsync("/messages?outId=x");
        using var set = await stranger.PostAsJsonAsync("/settings", new { callback = "http://127.0.0.1:1" });

        Assert.All([sent, asked, set], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Empty(world.Sandbox.Of(phone));
    }

    [Fact]
    public async Task What_is_no_text_is_refused_and_leaves_no_line()
    {
        foreach (var wrong in new object[] { new { phone = "13800000001", text = "a", outId = "x" }, new { phone = Anna, text = "", outId = "x" }, new { phone = Anna, text = "a", outId = new string('x', 129) } })
            Assert.Equal(HttpStatusCode.BadRequest, (await world.Http.PostAsJsonAsync("/send", wrong)).StatusCode);
        Assert.DoesNotContain(world.Sandbox.Lines(), line => line.OutId?[0] == 'x');
    }

    [Theory]
    [InlineData("weather", "hail=0.1")]
    [InlineData("weather", "late=0.9,lose=0.2")]
    [InlineData("callback", "nowhere")]
    [InlineData("retry", "soon")]
    public async Task A_setting_that_makes_no_sense_is_refused(string name, string value)
    {
        using var answer = await world.Http.PostAsJsonAsync("/settings", new Dictionary<string, string> { [name] = value });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_ledger_is_served_as_it_stands_in_the_file()
    {
        await world.Gateway.Send(new("served", Anna, "您好"), default);
        await world.Sandbox.Until(lines => lines.Count(line => line.OutId == "served") == 2);

        var before = await File.ReadAllTextAsync(world.Sandbox.LedgerPath);
        var served = await world.Http.GetStringAsync("/ledger");
        Assert.StartsWith(before, served, StringComparison.Ordinal);
        Assert.StartsWith(served, await File.ReadAllTextAsync(world.Sandbox.LedgerPath), StringComparison.Ordinal);
        var line = JsonDocument.Parse((await File.ReadAllLinesAsync(world.Sandbox.LedgerPath)).First(text => text.Contains("served", StringComparison.Ordinal))).RootElement;
        Assert.Equal(["at", "id", "phone", "text", "what"], line.EnumerateObject().Select(member => member.Name).Take(5));
        Assert.Equal((Anna, "您好", "took"), (line.GetProperty("phone").GetString(), line.GetProperty("text").GetString(), line.GetProperty("what").GetString()));
    }
}
