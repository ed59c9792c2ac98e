using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>The sandbox vendor, as tests of the service rely on it, each against a process of its own.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private const string Anna = "+8613800000001";

    private SandboxProcess sandbox = null!;
    private CallbackInbox inbox = null!;
    private SandboxGateway gateway = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        inbox = await CallbackInbox.Start();
        sandbox = await SandboxProcess.Start(("callback", inbox.Address), ("receipt", "0.02"), ("late", "0.3"), ("slow", "2"), ("spread", "0.05"), ("retry", "0.05,0.1"));
        Connect();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        gateway.Dispose();
        await sandbox.DisposeAsync();
        await inbox.DisposeAsync();
    }

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
        using var impatient = Gateway(TimeSpan.FromSeconds(1));

        var sent = await impatient.Send(new("one", phone, "您好"), default);

        Assert.Equal(outcome, sent.GetType().Name);
        var expected = whats.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await sandbox.Until(lines => lines.Count == expected.Length);
        await inbox.Until(_ => inbox.Reports.Count == receipts);
        await Task.Delay(100); // would show a receipt too many
        Assert.Equal(expected, sandbox.Lines().Select(line => line.What));
        Assert.Equal(receipts, inbox.Reports.Count);
        Assert.All(inbox.Reports, report => Assert.Equal((sandbox.Lines()[0].Id, "one", phone), (report.VendorId, report.OutId, report.Phone)));
        Assert.All(inbox.Reports, report => Assert.Equal(phone == "+8619900008000" ? (false, "UNDELIV") : (true, "DELIVERED"), (report.Delivered, report.Code)));
        if (sent is Sent.Accepted accepted)
            Assert.Equal(sandbox.Lines()[0].Id, accepted.VendorId);
    }

    [Fact]
    public async Task An_early_receipt_is_there_before_the_answer_to_the_send()
    {
        await gateway.Send(new("early", "+8619900005000", "您好"), default);

        Assert.Equal("early", Assert.Single(inbox.Reports).OutId);
    }

    [Fact]
    public async Task A_throttled_number_is_taken_at_the_second_try()
    {
        Assert.Equal(new Sent.Later(TimeSpan.FromSeconds(1)), await gateway.Send(new("t", "+8619900006000", "您好"), default));
        Assert.IsType<Sent.Accepted>(await gateway.Send(new("t", "+8619900006000", "您好"), default));
        Assert.Single(sandbox.Lines("took"));
    }

    [Fact]
    public async Task A_text_that_is_sent_twice_is_seen_twice()
    {
        await gateway.Send(new("same", Anna, "您好"), default);
        await gateway.Send(new("same", Anna, "您好"), default);

        Assert.Equal(2, sandbox.Lines("took", Anna).Select(line => line.Id).Distinct().Count());
        Assert.Equal([Anna], sandbox.TextedTwice());
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
        using var answer = await http.PostAsJsonAsync("/send", new { phone = Anna, text = new string('岗', length), outId = "p", sign });

        Assert.Equal(parts, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("parts").GetInt32());
    }

    [Fact]
    public async Task Every_text_that_was_answered_is_in_the_ledger_of_a_sandbox_that_is_killed_at_once()
    {
        var answered = new List<string>();
        var sends = Enumerable.Range(0, 200).Select(async n =>
        {
            if (await gateway.Send(new($"k{n}", Anna, $"{n}"), default) is Sent.Accepted accepted)
                lock (answered)
                    answered.Add(accepted.VendorId);
        }).ToList();
        while (answered.Count < 20)
            await Task.Delay(1);
        await sandbox.Kill();
        await Task.WhenAll(sends);

        Assert.Empty(answered.Except(sandbox.Lines("took").Select(line => line.Id)));
    }

    [Fact]
    public async Task A_restart_continues_with_the_texts_and_brings_the_receipts_that_were_due_and_no_others()
    {
        await gateway.Send(new("done", Anna, "第一条"), default);
        await inbox.Until(_ => inbox.Reports.Count == 1);
        await sandbox.Set(("receipt", "60"));
        await gateway.Send(new("due", Anna, "第二条"), default);
        await sandbox.Kill();
        await sandbox.StartAgain();
        Connect();

        await inbox.Until(_ => inbox.Reports.Count == 2);
        Assert.Equal(["done", "due"], inbox.Reports.Select(report => report.OutId!));
        Assert.IsType<Known.Taken>(await gateway.Ask("done", Anna, Day, default));
        Assert.Equal(4, sandbox.Lines().Count);
    }

    [Fact]
    public async Task A_line_that_a_crash_tore_is_cut_off_and_the_ledger_goes_on()
    {
        await gateway.Send(new("whole", Anna, "您好"), default);
        await sandbox.Until(lines => lines.Count == 2);
        await sandbox.Kill();
        await File.AppendAllTextAsync(sandbox.LedgerPath, """{"at":"2026-11-""");
        await sandbox.StartAgain();
        Connect();
        await gateway.Send(new("next", Anna, "再见"), default);

        Assert.Equal(["whole", "next"], sandbox.Lines("took").Select(line => line.OutId!));
    }

    [Fact]
    public async Task A_callback_that_is_not_answered_as_it_should_be_comes_again_until_it_is()
    {
        inbox.Answer = before => before switch { 0 => (503, CallbackInbox.Good), 1 => (200, "<html>"), _ => (200, CallbackInbox.Good) };
        await gateway.Send(new("again", Anna, "您好"), default);

        await inbox.Until(_ => inbox.Pushes == 3);
        await Task.Delay(300);
        Assert.Equal(3, inbox.Pushes);
        Assert.Single(sandbox.Lines("delivered"));
    }

    [Fact]
    public async Task A_callback_is_given_up_after_its_schedule_and_asking_still_tells()
    {
        inbox.Answer = _ => (200, """{"code":1}""");
        await gateway.Send(new("given-up", Anna, "您好"), default);

        await inbox.Until(_ => inbox.Pushes == 3);
        await Task.Delay(300);
        Assert.Equal(3, inbox.Pushes);
        var known = Assert.IsType<Known.Taken>(await gateway.Ask("given-up", Anna, Day, default));
        Assert.True(known.Report!.Delivered);
    }

    [Fact]
    public async Task Receipts_wait_for_a_service_that_has_no_address_yet()
    {
        await using var early = await SandboxProcess.Start(("receipt", "0"));
        using var client = SandboxGateway.At(early.Address, early.Secret, null, TimeProvider.System);
        await client.Send(new("waits", Anna, "您好"), default);
        await early.Until(lines => lines.Count == 2);
        await early.Set(("callback", inbox.Address));

        await inbox.Until(_ => inbox.Reports.Count == 1);
    }

    [Fact]
    public async Task A_reply_by_json_stands_in_the_ledger_and_reaches_the_service_once()
    {
        await sandbox.Reply(Anna, "１");

        await inbox.Until(_ => inbox.Replies.Count == 1);
        var reply = inbox.Replies[0];
        var line = Assert.Single(sandbox.Lines("reply"));
        Assert.Equal((Anna, "１", line.Id), (reply.Phone, reply.Text, reply.SequenceId));
        Assert.InRange(reply.At!.Value, line.At.AddSeconds(-1), line.At);
    }

    [Fact]
    public async Task Nothing_is_told_without_the_secret()
    {
        using var stranger = new HttpClient { BaseAddress = sandbox.Address };
        using var sent = await stranger.PostAsJsonAsync("/send", new { phone = Anna, text = "您好", outId = "x" });
        using var asked = await stranger.GetAsync("/messages?outId=x");
        using var set = await stranger.PostAsJsonAsync("/settings", new { callback = "http://127.0.0.1:1" });

        Assert.All([sent, asked, set], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Empty(sandbox.Lines());
    }

    [Fact]
    public async Task What_is_no_text_is_refused_and_leaves_no_line()
    {
        foreach (var wrong in new object[] { new { phone = "13800000001", text = "a", outId = "x" }, new { phone = Anna, text = "", outId = "x" }, new { phone = Anna, text = "a", outId = new string('x', 129) } })
            Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync("/send", wrong)).StatusCode);
        Assert.Empty(sandbox.Lines());
    }

    [Theory]
    [InlineData("weather", "hail=0.1")]
    [InlineData("weather", "late=0.9,lose=0.2")]
    [InlineData("callback", "nowhere")]
    [InlineData("retry", "soon")]
    public async Task A_setting_that_makes_no_sense_is_refused(string name, string value)
    {
        using var answer = await http.PostAsJsonAsync("/settings", new Dictionary<string, string> { [name] = value });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Weather_strikes_ordinary_numbers_by_its_shares()
    {
        await sandbox.Set(("weather", "refuse=0.02,late=0.05,double=0.1,lose=0.03,early=0.01,shuffle"), ("seed", "7"));
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, cancel) =>
            await gateway.Send(new($"w{n}", $"+86138{n:D8}", "招聘会"), cancel));

        var lines = await sandbox.Until(all => Count(all, "took") == Count(all, "delivered") + Count(all, "lost") && Count(all, "doubled") > 150);
        Assert.Equal(2000, Count(lines, "took") + Count(lines, "refused"));
        Assert.InRange(Count(lines, "refused"), 20, 60);
        Assert.InRange(Count(lines, "delayed"), 70, 130);
        Assert.InRange(Count(lines, "doubled"), 150, 250);
        Assert.InRange(Count(lines, "lost"), 35, 90);
        await inbox.Until(_ => inbox.Reports.Count == Count(sandbox.Lines(), "delivered") + Count(sandbox.Lines(), "doubled"));
        Assert.NotEqual(inbox.Reports.Select(report => report.VendorId), lines.Where(line => line.What == "took").Select(line => line.Id));
    }

    [Fact]
    public async Task It_ends_when_its_standard_input_does()
    {
        var other = await SandboxProcess.Start();
        var address = other.Address;
        await other.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(address));
    }

    [Fact]
    public async Task The_ledger_is_served_as_it_stands_in_the_file()
    {
        await gateway.Send(new("x", Anna, "您好"), default);
        await sandbox.Until(lines => lines.Count == 2);

        Assert.Equal(await File.ReadAllTextAsync(sandbox.LedgerPath), await http.GetStringAsync("/ledger"));
        var line = JsonDocument.Parse((await File.ReadAllLinesAsync(sandbox.LedgerPath))[0]).RootElement;
        Assert.Equal(["at", "id", "phone", "text", "what"], line.EnumerateObject().Select(member => member.Name).Take(5));
        Assert.Equal((Anna, "您好", "took"), (line.GetProperty("phone").GetString(), line.GetProperty("text").GetString(), line.GetProperty("what").GetString()));
    }

    private static DateOnly Day => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);

    private static int Count(IReadOnlyList<LedgerLine> lines, string what) => lines.Count(line => line.What == what);

    private SandboxGateway Gateway(TimeSpan timeout) =>
        new(new HttpClient { BaseAddress = sandbox.Address }, sandbox.Secret, null, timeout, TimeProvider.System);

    private void Connect()
    {
        gateway = SandboxGateway.At(sandbox.Address, sandbox.Secret, null, TimeProvider.System);
        http = new() { BaseAddress = sandbox.Address, DefaultRequestHeaders = { Authorization = new("Bearer", sandbox.Secret) } };
    }
}
