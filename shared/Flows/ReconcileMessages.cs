namespace JobMatch.Flows;

/// <summary>
/// The timer's part: finds the pages that are due to be looked after and puts a message for each. Every page is listed
/// before its messages are written and taken off when all have met their end, so nothing else has to be searched.
/// </summary>
/// <remarks>
/// A message that was created and whose queue message is lost cannot be: the queue message is put before the page, appears
/// by itself, and is deleted only by a run that ended, having put another for what it left. It may only end in the poison
/// queue, where a process died over it again and again; then the page is put again after a while.
/// </remarks>
public sealed class ReconcileMessages(IMessages messages, IWork work, SendSettings settings, TimeProvider time)
{
    public async Task Run(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        foreach (var open in await messages.Due(now, cancel))
        {
            try
            {
                // Of two timers one wins; if it dies before it puts the message, the page is due again by then.
                await messages.Save(open.Value with { CheckAt = now + settings.AskAfter }, open.ETag, cancel);
            }
            catch (ConflictException)
            {
                continue;
            }
            await work.Put(Queues.Work, new WorkItem(WorkKind.CheckMessages, open.Value.Page.ToString(), 0).ToBody(), TimeSpan.Zero, cancel);
        }
    }
}
