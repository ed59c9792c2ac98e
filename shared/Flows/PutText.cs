namespace JobMatch.Flows;

/// <summary>
/// Creates a page of messages so that each is found by a queue message: the page is listed to be looked after, its queue
/// message goes first and hidden. A page that is there already is left alone, so a repeated cause is the same text.
/// </summary>
public sealed class PutText(IMessages messages, IWork work, SendSettings settings, TimeProvider time)
{
    /// <param name="page">1-100 messages of one page.</param>
    /// <returns>False where the page was there already.</returns>
    public async Task<bool> Run(IReadOnlyList<Message> page, CancellationToken cancel)
    {
        var id = page[0].Id.In;
        if ((await messages.States(id, cancel)).Count > 0)
            return false;
        await messages.Open(new(id, time.GetUtcNow() + settings.AskAfter, page.Max(message => message.Deadline)), cancel);
        var hidden = await work.Commit(Queues.SendMessage, new SendItem(id.ToString()).ToBody(), () => messages.Add(page, cancel), cancel);
        await work.Show(hidden, cancel);
        return true;
    }
}
