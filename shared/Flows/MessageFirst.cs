namespace JobMatch.Flows;

/// <summary>
/// Commits a change that must cause work so that a crash between any two lines loses neither: the message is put hidden
/// first, names the version that the change will have, and is shown or taken back after the commit.
/// </summary>
public static class MessageFirst
{
    /// <summary>Puts the message, then commits. The caller shows or drops the message that is returned.</summary>
    /// <exception cref="ConflictException">The commit met another's; the message has been taken back.</exception>
    public static async Task<HiddenMessage> Commit(
        this IWork work, string queue, string body, Func<Task> commit, CancellationToken cancel)
    {
        var hidden = await work.PutHidden(queue, body, cancel);
        try
        {
            using (work.Committing(hidden))
                await commit();
        }
        catch (ConflictException)
        {
            await work.Drop(hidden, cancel);
            throw;
        }
        return hidden;
    }

    /// <summary>Does the message's work at once and takes the message back; where that fails, the message does it.</summary>
    public static async Task Follow(this IWork work, HiddenMessage hidden, Func<Task> follow, CancellationToken cancel)
    {
        try
        {
            await follow();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await work.Show(hidden, cancel);
            return;
        }
        await work.Drop(hidden, cancel);
    }
}
