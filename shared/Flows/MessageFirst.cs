namespace JobMatch.Flows;

/// <summary>
/// Commits a change that must cause work so that a crash between any two lines loses neither: the message is put hidden
/// first, names the version that the change will have, and is shown or taken back after the commit.
/// </summary>
public static class MessageFirst
{
    /// <summary>How old a hidden message may be when its change goes to the wire; it appears by itself after 60 seconds.</summary>
    public static readonly TimeSpan CommitWithin = TimeSpan.FromSeconds(20);

    /// <summary>Puts the message, then commits. The caller shows or drops the message that is returned.</summary>
    /// <exception cref="ConflictException">The commit met another's; the message has been taken back.</exception>
    /// <exception cref="TimeoutException">Putting the message took too long; nothing was committed.</exception>
    public static async Task<HiddenMessage> Commit(
        this IWork work, TimeProvider time, string queue, string body, Func<Task> commit, CancellationToken cancel)
    {
        var hidden = await work.PutHidden(queue, body, cancel);
        if (time.GetUtcNow() - hidden.PutAt > CommitWithin)
            throw new TimeoutException($"The queue {queue} took longer than {CommitWithin.TotalSeconds} s to take a message.");
        try
        {
            await commit();
        }
        catch (ConflictException)
        {
            await work.Drop(hidden, cancel);
            throw;
        }
        return hidden;
    }
}
