using System.Collections.Concurrent;
using System.Globalization;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The rules of host.json, under the local loop and under a host that calls over HTTP alike.</summary>
public sealed class QueueRulesTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly (string, string) ShortWait = ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:02");
    private readonly string queue = AzuriteFixture.NewName();
    private readonly ConcurrentQueue<string> got = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_always_fails_lies_unchanged_in_the_poison_queue_and_100_behind_it_are_done_meanwhile(bool underFunctions)
    {
        const string Bad = "{ \"op\":\"send\",\r\n\t\"id\" : \"北京-😀\", \"dequeueCount\": \"0\", \"quote\": \"\\\"\\u4e2d <&> +/=\" } ";
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await Put(Bad);
        for (var n = 0; n < 100; n++) await Put($$"""{"op":"send","ref":"o-{{n}}"}""");

        await using (await Delivering(underFunctions, (_, text, _) =>
        {
            got.Enqueue(text);
            return text == Bad ? throw new InvalidOperationException("never works") : Task.CompletedTask;
        }))
            await Until(async () => await Count(queue + "-poison") == 1 && await Count(queue) == 0);

        Assert.Equal(5, got.Count(text => text == Bad));
        Assert.Equal(100, got.Where(text => text != Bad).Distinct().Count());
        Assert.Equal(Bad, got.Last()); // its last try came after all the others were done
        var poison = (await storage.Queues.GetQueueClient(queue + "-poison").ReceiveMessagesAsync(32)).Value;
        Assert.Equal(Bad, Assert.Single(poison).MessageText);
    }

    [Fact]
    public async Task A_message_in_another_encoding_goes_to_the_poison_queue_as_it_is()
    {
        var raw = new QueueServiceClient(storage.ConnectionString, new() { MessageEncoding = QueueMessageEncoding.None });
        await raw.GetQueueClient(queue).CreateIfNotExistsAsync();
        await raw.GetQueueClient(queue).SendMessageAsync("{\"not\":\"base64\"}");
        await Put("good");

        await using (await Delivering(false, (_, text, _) =>
        {
            got.Enqueue(text);
            return Task.CompletedTask;
        }, ("AzureFunctionsJobHost:extensions:queues:maxDequeueCount", "1")))
            await Until(async () => await Count(queue + "-poison") == 1 && await Count(queue) == 0);

        Assert.Equal("good", Assert.Single(got));
        Assert.Equal("{\"not\":\"base64\"}", Assert.Single((await raw.GetQueueClient(queue + "-poison").ReceiveMessagesAsync(32)).Value).MessageText);
    }

    [Fact]
    public async Task A_message_in_hand_stays_hidden_longer_than_its_lease()
    {
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await Put("long");

        await using (await Delivering(false, async (_, text, cancel) =>
        {
            got.Enqueue(text);
            await Task.Delay(TimeSpan.FromSeconds(7), cancel);
        }, ("JobMatch:QueueLease", "00:00:04")))
            await Until(async () => await Count(queue) == 0);

        Assert.Single(got);
    }

    [Fact]
    public async Task No_more_than_a_batch_and_its_threshold_are_in_hand()
    {
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        for (var n = 0; n < 12; n++) await Put($"{n}");
        int now = 0, most = 0;

        await using (await Delivering(false, async (_, text, cancel) =>
        {
            lock (got) most = Math.Max(most, ++now);
            await Task.Delay(int.Parse(text, CultureInfo.InvariantCulture) % 2 == 0 ? 400 : 100, cancel); // so that one of two ends before the other
            lock (got) now--;
            got.Enqueue(text);
        }, ("AzureFunctionsJobHost:extensions:queues:batchSize", "2"), ("AzureFunctionsJobHost:extensions:queues:newBatchThreshold", "1")))
            await Until(() => Task.FromResult(got.Count == 12));

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_nudge_wakes_a_loop_that_would_sleep_for_ever()
    {
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await Put("first");
        await using var running = await Running.Start(storage, triggers => triggers.Queue(queue, (_, text, _) =>
        {
            got.Enqueue(text);
            return Task.CompletedTask;
        }), [], builder => builder.Services.AddSingleton<TimeProvider>(new StoppedClock()));
        await Until(() => Task.FromResult(got.Count == 1));
        await Task.Delay(500); // the loop has found the queue empty and sleeps

        await Put("second");
        await Task.Delay(500);
        Assert.Single(got);
        running.App.Services.GetRequiredService<LocalQueues>().Nudge(queue);

        await Until(() => Task.FromResult(got.Count == 2));
    }

    [Fact]
    public async Task Nothing_is_taken_before_the_start_is_done()
    {
        var ready = new TaskCompletionSource();
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await Put("early");
        await using var running = await Running.Start(storage, triggers => triggers.Queue(queue, (_, text, _) =>
        {
            got.Enqueue(text);
            return Task.CompletedTask;
        }), [], builder => builder.Services.AddStartup((_, cancel) => ready.Task.WaitAsync(cancel)));

        await Task.Delay(500);
        Assert.Empty(got);
        ready.SetResult();

        await Until(() => Task.FromResult(got.Count == 1));
    }

    [Fact]
    public async Task Each_run_has_services_of_its_own_which_end_with_it()
    {
        await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
        await Put("a");
        await Put("b");
        var scoped = new ConcurrentBag<Scoped>();

        await using var running = await Running.Start(storage, triggers => triggers.Queue(queue, (services, _, _) =>
        {
            scoped.Add(services.GetRequiredService<Scoped>());
            return Task.CompletedTask;
        }), [], builder => builder.Services.AddScoped<Scoped>());
        await Until(async () => await Count(queue) == 0);

        Assert.Equal(2, scoped.Distinct().Count());
        Assert.All(scoped, one => Assert.True(one.Ended));
    }

    private async Task<IAsyncDisposable> Delivering(
        bool underFunctions, Func<IServiceProvider, string, CancellationToken, Task> handle, params (string, string)[] settings)
    {
        if (!underFunctions) return await Running.Start(storage, triggers => triggers.Queue(queue, handle), [ShortWait, .. settings]);
        var handler = await Running.UnderFunctions(storage, triggers => triggers.Queue(queue, handle), settings);
        return new Host(handler, new ContractHost(storage.ConnectionString, handler.Client), queue);
    }

    private async Task Put(string text) => await storage.Queues.GetQueueClient(queue).SendMessageAsync(text);

    private async Task<int> Count(string name)
    {
        var client = storage.Queues.GetQueueClient(name);
        return await client.ExistsAsync() ? (await client.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;
    }

    internal static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds()) await Task.Delay(50, patience.Token);
    }

    private sealed class Host : IAsyncDisposable
    {
        private readonly Running handler;
        private readonly CancellationTokenSource stop = new();
        private readonly Task delivering;

        public Host(Running handler, ContractHost host, string queue) => (this.handler, delivering) = (handler, host.Deliver(queue, stop.Token));

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await delivering;
            stop.Dispose();
            await handler.DisposeAsync();
        }
    }

    private sealed class Scoped : IDisposable
    {
        public bool Ended { get; private set; }
        public void Dispose() => Ended = true;
    }
}
