using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>The sandbox vendor through crashes, deaf services and load; every test has a process of its own.</summary>
public sealed class SandboxLifeTests : IAsyncLifetime
{
    private const string Anna = "+8613800000001";

    private readonly SandboxWorld world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Every_text_that_was_answered_is_in_the_ledger_of_a_sandbox_that_is_killed_at_once()
    {
        await using var slow = await SandboxProcess.Start(("disk", "0.3"));
        using var gateway = SandboxGateway.At(slow.Address, slow.Secret, null, TimeProvider.System);
        var sends = Enumerable.Range(0, 20).Select(n => gateway.Send(new($"k{n}", Anna, $"{n}"), default)).ToList();
        await Task.WhenAny(sends);
        await slow.Kill();
        var answered = (await Task.WhenAll(sends)).OfType<Sent.Accepted>().Select(sent => sent.VendorId).ToList();

        Assert.NotEmpty(answered);
        Assert.Empty(answered.Except(slow.Lines("took").Select(line => line.Id)));
    }

    [Fact]
    public async Task A_restart_continues_with_the_texts_and_brings_the_receipts_that_were_due_and_no_others()
    {
        await world.Gateway.Send(new("done", Anna, "第一条"), default);
        await world.Inbox.Until(_ => world.Inbox.Reports.Count == 1);
        await world.Sandbox.Set(("receipt", "60"));
        await world.Gateway.Send(new("due", Anna, "第二条"), default);
        await world.Sandbox.Kill();
        await world.Sandbox.StartAgain();
        world.Connect();

        await world.Inbox.Until(_ => world.Inbox.Reports.Count == 2);
        Assert.Equal(["done", "due"], world.Inbox.Reports.Select(report => report.OutId!));
        Assert.IsType<Known.Taken>(await world.Gateway.Ask(new("done", null, Anna, Day), default));
        Assert.Equal(4, world.Sandbox.Lines().Count);
    }

    [Fact]
    public async Task A_line_that_a_crash_tore_is_cut_off_and_the_ledger_goes_on()
    {
        await world.Gateway.Send(new("whole", Anna, "您好"), default);
        await world.Sandbox.Until(lines => lines.Count == 2);
        await world.Sandbox.Kill();
        await File.AppendAllTextAsync(world.Sandbox.LedgerPath, """{"at":"2026-11-""");
        await world.Sandbox.StartAgain();
        world.Connect();
        await world.Gateway.Send(new("next", Anna, "再见"), default);

        Assert.Equal(["whole", "next"], world.Sandbox.Lines("took").Select(line => line.OutId!));
    }

    [Fact]
    public async Task A_callback_that_is_not_answered_as_it_should_be_comes_again_until_it_is()
    {
        world.Inbox.Answer = before => before switch { 0 => (503, CallbackInbox.Good), 1 => (200, "<html>"), _ => (200, CallbackInbox.Good) };
        await world.Gateway.Send(new("again", Anna, "您好"), default);

        await world.Inbox.Until(_ => world.Inbox.Pushes == 3);
        await Task.Delay(300);
        Assert.Equal(3, world.Inbox.Pushes);
        Assert.Single(world.Sandbox.Lines("delivered"));
    }

    [Fact]
    public async Task A_callback_is_given_up_after_its_schedule_and_asking_still_tells()
    {
        world.Inbox.Answer = _ => (200, """{"code":1}""");
        await world.Gateway.Send(new("given-up", Anna, "您好"), default);

        await world.Inbox.Until(_ => world.Inbox.Pushes == 3);
        await Task.Delay(300);
        Assert.Equal(3, world.Inbox.Pushes);
        var known = Assert.IsType<Known.Taken>(await world.Gateway.Ask(new("given-up", null, Anna, Day), default));
        Assert.True(known.Report!.Delivered);
    }

    [Fact]
    public async Task Receipts_wait_for_a_service_that_has_no_address_yet()
    {
        await using var early = await SandboxProcess.Start(("receipt", "0"));
        using var client = SandboxGateway.At(early.Address, early.Secret, null, TimeProvider.System);
        await client.Send(new("waits", Anna, "您好"), default);
        await early.Until(lines => lines.Count == 2);
        await early.Set(("callback", world.Inbox.Address));

        await world.Inbox.Until(_ => world.Inbox.Reports.Count == 1);
    }

    [Fact]
    public async Task Weather_strikes_ordinary_numbers_by_its_shares()
    {
        await world.Sandbox.Set(("weather", "refuse=0.02,late=0.05,double=0.1,lose=0.03,early=0.01,shuffle"), ("seed", "7"));
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, cancel) =>
            await world.Gateway.Send(new($"w{n}", $"+86138{n:D8}", "招聘会"), cancel));

        var lines = await world.Sandbox.Until(all => Count(all, "took") == Count(all, "delivered") + Count(all, "lost") && Count(all, "doubled") > 150);
        Assert.Equal(2000, Count(lines, "took") + Count(lines, "refused"));
        Assert.InRange(Count(lines, "refused"), 20, 60);
        Assert.InRange(Count(lines, "delayed"), 70, 130);
        Assert.InRange(Count(lines, "doubled"), 150, 250);
        Assert.InRange(Count(lines, "lost"), 35, 90);
        await world.Inbox.Until(_ => world.Inbox.Reports.Count == Count(world.Sandbox.Lines(), "delivered") + Count(world.Sandbox.Lines(), "doubled"));
        Assert.NotEqual(world.Inbox.Reports.Select(report => report.VendorId), lines.Where(line => line.What == "took").Select(line => line.Id));
    }

    [Fact]
    public async Task It_ends_when_its_standard_input_does()
    {
        var other = await SandboxProcess.Start();
        var address = other.Address;
        await other.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => world.Http.GetAsync(address));
    }

    private static DateOnly Day => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);

    private static int Count(IReadOnlyList<LedgerLine> lines, string what) => lines.Count(line => line.What == what);
}
