using Azure;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// The storage service's clock, read off its answers: several processes order and age rows by it, and their own clocks differ.
/// In whole seconds, as the answers state it, at most a second behind.
/// </summary>
/// <param name="table">Asked where no answer has come yet.</param>
internal sealed class StorageClock(TableClient table, TimeProvider time)
{
    private const string Nothing = "~";

    // Ticks by which storage is ahead of this process; MinValue until an answer came.
    private long ahead = long.MinValue;

    public async ValueTask<DateTimeOffset> Now(CancellationToken cancel)
    {
        if (Volatile.Read(ref ahead) == long.MinValue)
            Hear((await table.GetEntityIfExistsAsync<TableEntity>(Nothing, Nothing, cancellationToken: cancel)).GetRawResponse());
        return time.GetUtcNow().AddTicks(Volatile.Read(ref ahead));
    }

    /// <summary>Takes the time from an answer, and gives it; an answer without one changes nothing.</summary>
    public DateTimeOffset Hear(Response answer)
    {
        var now = time.GetUtcNow();
        var stated = answer.Headers.Date ?? now;
        Volatile.Write(ref ahead, (stated - now).Ticks);
        return stated;
    }
}
