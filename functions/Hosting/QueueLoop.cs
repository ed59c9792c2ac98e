using System.Text;
using Azure;
using JobMatch.Adapters.Storage;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// Delivers queue messages where no Functions host does, by the host's rules (source of the storage-queues extension): a new batch
/// whenever few enough are in hand, a lease renewed at half, a wait between failed tries, the poison queue after the last.
/// </summary>
internal sealed class QueueLoop(
    Triggers triggers, TriggerRuns runs, Startup startup, HostSettings settings, TriggerQueues queues, LocalQueues bells,
    IHostApplicationLifetime life, TimeProvider time, ILogger<QueueLoop> log) : BackgroundService
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await startup.Succeeds(stoppingToken)) await Task.WhenAll(triggers.QueueTriggers.Select(trigger => Follow(trigger, life.ApplicationStopping)));
    }

    private async Task Follow(QueueTrigger trigger, CancellationToken stop)
    {
        var queue = queues.Raw(trigger.Queue);
        var inHand = new List<Task>();
        var pause = ShortestPoll;
        try
        {
            while (true)
            {
                await Room(inHand, stop);
                var messages = await Receive(queue);
                inHand.AddRange(messages.Select(message => Handle(trigger, queue, message)));
                stop.ThrowIfCancellationRequested();
                if (messages.Length > 0) pause = ShortestPoll;
                else if (await bells.Wait(trigger.Queue, Randomly(pause), time, stop)) pause = ShortestPoll;
                else pause = Longer(pause);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(inHand);
        }
    }

    // The host asks for a whole batch as soon as no more than the threshold are in hand, so at most the sum of both are.
    private async Task Room(List<Task> inHand, CancellationToken stop)
    {
        inHand.RemoveAll(task => task.IsCompleted);
        while (inHand.Count > settings.NewBatchThreshold)
        {
            await Task.WhenAny(inHand).WaitAsync(stop);
            inHand.RemoveAll(task => task.IsCompleted);
        }
    }

    // Not cancelled by a stop: messages that storage has hidden for us while we hang up would stay so for a whole lease.
    private async Task<QueueMessage[]> Receive(QueueClient queue)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(settings.BatchSize, settings.Lease, CancellationToken.None)).Value;
        }
        catch (Exception failure) // From storage that refuses to one that cannot be reached: the loop outlives them all.
        {
            log.LogWarning(failure, "Queue {Queue} could not be read; it is polled again.", queue.Name);
            return [];
        }
    }

    private async Task Handle(QueueTrigger trigger, QueueClient queue, QueueMessage message)
    {
        await Task.Yield();
        try
        {
            if (message.DequeueCount > settings.MaxDequeueCount) await ToPoison(trigger, queue, message);
            else await Try(trigger, queue, message);
        }
        catch (Exception failure)
        {
            // A lost lease, or storage that cannot be reached: the message comes back by itself, and handlers bear a second run.
            log.LogWarning(failure, "A message of {Queue} could not be settled; it will come back.", trigger.Queue);
        }
    }

    private async Task Try(QueueTrigger trigger, QueueClient queue, QueueMessage message)
    {
        using var ended = new CancellationTokenSource();
        var lease = KeepLease(queue, message, ended.Token);
        var outcome = await Run(trigger, message);
        await ended.CancelAsync();
        message = await lease;
        await (outcome switch
        {
            Outcome.Done => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt),
            Outcome.Failed when message.DequeueCount >= settings.MaxDequeueCount => ToPoison(trigger, queue, message),
            Outcome.Failed => queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, null, settings.VisibilityTimeout),
            Outcome.Interrupted => queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, null, TimeSpan.Zero),
            _ => Task.CompletedTask,
        });
    }

    private async Task<Outcome> Run(QueueTrigger trigger, QueueMessage message)
    {
        try
        {
            await runs.Run(trigger, Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)), CancellationToken.None);
            return Outcome.Done;
        }
        catch (OperationCanceledException) when (life.ApplicationStopping.IsCancellationRequested)
        {
            return Outcome.Interrupted;
        }
        catch (TimeoutException) when (life.ApplicationStopping.IsCancellationRequested)
        {
            log.LogWarning("{Queue} was still at work when the program had to stop; its message comes back when its lease is over.", trigger.Queue);
            return Outcome.Abandoned;
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Queue} failed on try {Try}.", trigger.Queue, message.DequeueCount);
            return Outcome.Failed;
        }
    }

    /// <summary>Renews the lease at half until the run has ended; gives the message with its latest receipt.</summary>
    private async Task<QueueMessage> KeepLease(QueueClient queue, QueueMessage message, CancellationToken ended)
    {
        while (true)
        {
            try
            {
                await Task.Delay(settings.Lease / 2, time, ended);
                message = message.Update(await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, null, settings.Lease, CancellationToken.None));
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return message;
            }
            catch (Exception failure)
            {
                log.LogWarning(failure, "The lease of a message of {Queue} could not be renewed.", queue.Name);
            }
        }
    }

    private async Task<Response> ToPoison(QueueTrigger trigger, QueueClient queue, QueueMessage message)
    {
        await queues.Raw(trigger.PoisonQueue).SendMessageAsync(message.MessageText);
        log.LogError("A message of {Queue} went to {Poison} after {Tries} tries.", trigger.Queue, trigger.PoisonQueue, message.DequeueCount);
        return await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }

    private static TimeSpan Randomly(TimeSpan pause) => pause * (0.8 + (0.4 * Random.Shared.NextDouble()));

    private TimeSpan Longer(TimeSpan pause) => pause * 2 < settings.MaxPollingInterval ? pause * 2 : settings.MaxPollingInterval;

    private enum Outcome
    {
        Done,
        Failed,
        Interrupted,
        Abandoned,
    }
}
