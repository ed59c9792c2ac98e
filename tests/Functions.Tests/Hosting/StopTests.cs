using System.Diagnostics;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>
/// A stop in the middle of a 20-second handler. The effect is a row whose key is the message, as every consumer's effects are keyed,
/// so that it stands once however often the handler has run.
/// </summary>
public abstract class StopTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly (string, string) ShortGrace = ("JobMatch:StopGrace", "00:00:01");
    private static readonly (string, string) ShortLease = ("JobMatch:QueueLease", "00:00:08");
    private readonly string queue = AzuriteFixture.NewName();
    private readonly TaskCompletionSource started = new();
    private int effects;
    private TableClient table = null!;

    // Classes run side by side, so that the three 20-second waits are one.
    public sealed class UnderTheLocalLoop(AzuriteFixture storage) : StopTests(storage)
    {
        [Fact]
        public async Task A_handler_that_hears_of_the_stop_leaves_its_effect_once_and_its_message_is_there_at_once()
        {
            await Prepare();
            await StopWhenStarted(await Local(Hearing));

            await using (await Local(Hearing)) await UntilDone(); // the lease is ten minutes: nobody waited for it

            await EffectStandsOnce(written: 1);
        }
    }

    public sealed class WhenNobodyListens(AzuriteFixture storage) : StopTests(storage)
    {
        [Fact]
        public async Task A_handler_that_does_not_hear_of_the_stop_is_left_behind_and_its_effect_stands_once()
        {
            await Prepare();
            await StopWhenStarted(await Local(Deaf, ShortLease));

            await using (await Local(Deaf, ShortLease)) await UntilDone();

            await EffectStandsOnce(written: 2);
        }
    }

    public sealed class UnderTheFunctionsHost(AzuriteFixture storage) : StopTests(storage)
    {
        [Fact]
        public async Task A_handler_that_is_torn_down_leaves_its_effect_once()
        {
            await Prepare();
            await using (var first = await Handler())
            {
                using var stop = new CancellationTokenSource();
                var delivering = Deliver(first, stop.Token);
                await started.Task;
                await stop.CancelAsync();
                await first.App.StopAsync(new CancellationToken(canceled: true)); // no time to finish: connections are cut
                await delivering;
            }

            await using var second = await Handler();
            using var end = new CancellationTokenSource();
            var again = Deliver(second, end.Token);
            await UntilDone();
            await end.CancelAsync();
            await again;

            await EffectStandsOnce(written: 1);
        }
    }

    private Task<Running> Local(Func<IServiceProvider, string, CancellationToken, Task> handle, params (string, string)[] settings) =>
        Running.Start(storage, triggers => triggers.Queue(queue, handle), [ShortGrace, .. settings]);

    private Task<Running> Handler() => Running.UnderFunctions(storage, triggers => triggers.Queue(queue, Hearing), ShortGrace);

    private Task Deliver(Running handler, CancellationToken stop) => new ContractHost(storage.ConnectionString, handler.Client).Deliver(queue, stop);

    private async Task Hearing(IServiceProvider services, string message, CancellationToken cancel)
    {
        started.TrySetResult();
        await Task.Delay(Long, cancel);
        await Effect(message);
    }

    private async Task Deaf(IServiceProvider services, string message, CancellationToken cancel)
    {
        started.TrySetResult();
        await Task.Delay(Long, CancellationToken.None);
        await Effect(message);
    }

    private async Task Effect(string message)
    {
        Interlocked.Increment(ref effects);
        try
        {
            await table.AddEntityAsync(new TableEntity(message, "effect"));
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            // Done by another run.
        }
    }

    private async Task Prepare()
    {
        table = await storage.NewTable();
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await storage.Queues.GetQueueClient(queue).SendMessageAsync("o-81");
    }

    private async Task StopWhenStarted(Running running)
    {
        await started.Task;
        var watch = Stopwatch.StartNew();
        await running.App.StopAsync();
        await running.DisposeAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15)); // a second of grace, two of last breath, a slow machine; not the handler's 20
    }

    private Task UntilDone() => QueueRulesTests.Until(async () =>
        (await storage.Queues.GetQueueClient(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);

    private async Task EffectStandsOnce(int written)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>()) rows.Add(row);
        Assert.Equal("o-81", Assert.Single(rows).PartitionKey);
        Assert.Equal(written, effects);
    }
}
