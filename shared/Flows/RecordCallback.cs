namespace JobMatch.Flows;

/// <summary>
/// Works through one callback: receipts to their messages, replies to their people. Every entry is safe to do twice, so a
/// run that died is simply run again.
/// </summary>
public sealed class RecordCallback(
    ICallbacks callbacks, SmsGateways gateways, TakeReceipt takeReceipt, TakeReply takeReply, IWork work, CallbackPriority priority, SendSettings settings, TimeProvider time)
{
    /// <summary>How long entries without a message are waited for: the last is well past the asking about lost answers.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)];

    public Task Run(CallbackKey key, CancellationToken cancel) => priority.Work(() => Work(key, cancel), cancel);

    private async Task Work(CallbackKey key, CancellationToken cancel)
    {
        if (gateways.Find(key.Gateway) is not { } gateway || await callbacks.Find(key, cancel) is not { } callback)
        {
            Meters.DroppedWork.Add(1); // The body stood before its message, and is gone since: purged, or forgotten with its person.
            return;
        }
        if (key.Kind == CallbackKind.Report)
            await Receipts(key, callback, gateway.ReadReports(callback.Body).Items, cancel);
        else
            await Replies(key, callback, gateway.ReadReplies(callback.Body).Items, cancel);
    }

    private async Task Receipts(CallbackKey key, Callback callback, IReadOnlyList<GatewayReport> reports, CancellationToken cancel)
    {
        var tooEarly = 0;
        var done = await InTime(reports.Count, key.From, async entry =>
        {
            var fits = await takeReceipt.Run(key.Gateway, reports[entry], callback.At, cancel);
            if (fits == Fit.NoMessage && key.Waited < Waits.Length)
                Interlocked.Increment(ref tooEarly);
            else if (fits != Fit.Applied)
                await callbacks.Quarantine(key, entry, fits.ToString(), cancel);
        }, cancel);
        // A receipt by vendor id alone may come before our own save of that id.
        if (tooEarly > 0)
            await work.Put(Queues.GatewayCallback, (key with { Waited = key.Waited + 1 }).ToBody(), Waits[key.Waited], cancel);
        await GoOn(key, done, reports.Count, cancel);
    }

    private async Task Replies(CallbackKey key, Callback callback, IReadOnlyList<GatewayReply> replies, CancellationToken cancel)
    {
        // One after another: two replies of one person in one body keep their order.
        var until = time.GetUtcNow() + settings.WorkFor;
        var entry = key.From;
        for (; entry < replies.Count && time.GetUtcNow() < until; entry++)
            await takeReply.Run(key, entry, replies[entry], callback.At, cancel);
        await GoOn(key, entry, replies.Count, cancel);
    }

    private async Task GoOn(CallbackKey key, int done, int count, CancellationToken cancel)
    {
        if (done < count)
            await work.Put(Queues.GatewayCallback, (key with { From = done }).ToBody(), TimeSpan.Zero, cancel);
    }

    /// <summary>Does entries, several at once, as long as there is time.</summary>
    /// <returns>The first that is not done.</returns>
    private async Task<int> InTime(int count, int from, Func<int, Task> one, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + settings.WorkFor;
        for (; from < count && time.GetUtcNow() < until; from += settings.AtOnce)
            await Task.WhenAll(Enumerable.Range(from, Math.Min(settings.AtOnce, count - from)).Select(one));
        cancel.ThrowIfCancellationRequested();
        return Math.Min(from, count);
    }
}
