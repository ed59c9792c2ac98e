using Azure;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Deletes rows that have outlived what they are kept for, counted from when they were last written, by storage's time, and empties texts; docs/privacy.md has
/// the list. Safe to run twice at once: a row that is gone is no error, and one that was written meanwhile stays.
/// </summary>
/// <param name="tables">A table by its name.</param>
public sealed class Retention(Func<string, TableClient> tables, TimeProvider time)
{
    // Of what lives for a day or hours: whoever asks a moment later than they should still finds it.
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AMonth = TimeSpan.FromDays(30);

    // What was done to people and by whom; receipts of erasures stay.
    private static readonly TimeSpan ThreeYears = TimeSpan.FromDays(3 * 366);

    // What staff noted about cases, counted from the last word of them.
    private static readonly TimeSpan AYear = TimeSpan.FromDays(366);

    // Reservations count on their day only; a queue message that may ask for them lives seven days.
    private static readonly TimeSpan AWeek = TimeSpan.FromDays(8);

    // A run is short, and no kind keeps another from its turn: what is left, the next one takes.
    private static readonly TimeSpan AtMost = TimeSpan.FromMilliseconds(400);
    private const int AtOnce = 8;

    /// <summary>Sign-ins, first answers of POSTs, what vendors pushed, tasks that are done, and plans that were shown and not announced.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> Run(CancellationToken cancel) =>
        await Forget(CodeRows.Table, ADay, null, cancel) + await Forget(SessionRows.Table, ADay, null, cancel) + await Forget("Idempotency", ADay, null, cancel)
        + await Forget("Callbacks", AMonth, null, cancel) + await Forget("Tasks", AMonth, null, cancel, "Done eq true") + await ForgetPlans(cancel);

    /// <summary>The ids of messages that were reserved for people, by day; of texts what they said, a month after their last moment; what was noted about closed cases, after a year; the audit of three years. A look at everybody, so once a night.</summary>
    /// <returns>How many rows were deleted or emptied.</returns>
    public async Task<int> RunNightly(CancellationToken cancel) =>
        await Forget("Seekers", AWeek, "day", cancel) + await Forget("VendorIds", AMonth, null, cancel) + await Forget("Messages", AMonth, "receipt", cancel) + await ForgetTexts(cancel) + await ForgetNotes(cancel)
        + await Forget("Audit", ThreeYears, null, cancel, TableClient.CreateQueryFilter($"PartitionKey ge {AuditTable.Prefix} and PartitionKey lt {"day}"}"));

    private async Task<int> ForgetNotes(CancellationToken cancel)
    {
        var (table, started, emptied) = (tables("FollowUps"), time.GetTimestamp(), 0);
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Timestamp lt {time.GetUtcNow() - AYear} and Notes ge {""} and NeedsStaff eq {false}"), cancellationToken: cancel))
        {
            if (time.GetElapsedTime(started) > AtMost)
                return emptied;
            // Its next day goes on to stand in it.
            var bare = row.ToFollowUps().ToRow();
            bare["NextOn"] = row.GetString("NextOn");
            emptied += await Unless412(() => table.UpdateEntityAsync(bare, row.ETag, TableUpdateMode.Replace, cancel));
        }
        return emptied;
    }

    private async Task<int> ForgetTexts(CancellationToken cancel)
    {
        var (table, before, started, emptied) = (tables("Messages"), time.GetUtcNow() - AMonth, time.GetTimestamp(), 0);
        // Those that are bare already have neither a number's hash nor a position's name.
        var filter = TableClient.CreateQueryFilter($"Deadline lt {before} and (PhoneHash ge {""} or Named gt {"[]"})");
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel).AsPages())
            foreach (var rows in page.Values.Chunk(AtOnce))
            {
                if (time.GetElapsedTime(started) > AtMost)
                    return emptied;
                emptied += (await Task.WhenAll(rows.Select(row => Unless412(() => table.UpdateEntityAsync(row.ToMessage().Bare().ToRow(), row.ETag, TableUpdateMode.Replace, cancel))))).Sum();
            }
        return emptied;
    }

    private Task<int> ForgetPlans(CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        return new PlanTable(tables("Messages")).Forget(time.GetUtcNow() - ADay, time.Today(), () => time.GetElapsedTime(started) <= AtMost, cancel);
    }

    /// <param name="prefix">Only rows whose key begins so, before a bar; null = all.</param>
    /// <param name="only">A further condition; rows without such a property stay.</param>
    private async Task<int> Forget(string name, TimeSpan kept, string? prefix, CancellationToken cancel, string? only = null)
    {
        var (table, before, started, deleted) = (tables(name), time.GetUtcNow() - kept, time.GetTimestamp(), 0);
        // } follows | in the order of keys.
        var filter = prefix is null
            ? TableClient.CreateQueryFilter($"Timestamp lt {before}")
            : TableClient.CreateQueryFilter($"Timestamp lt {before} and RowKey ge {prefix + "|"} and RowKey lt {prefix + "}"}");
        await foreach (var page in table.QueryAsync<TableEntity>(only is null ? filter : $"{filter} and {only}", select: ["PartitionKey", "RowKey", "Timestamp"], cancellationToken: cancel).AsPages())
            foreach (var rows in page.Values.Chunk(AtOnce))
            {
                if (time.GetElapsedTime(started) > AtMost)
                    return deleted;
                deleted += (await Task.WhenAll(rows.Select(row => Unless412(() => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancel))))).Sum();
            }
        return deleted;
    }

    private static async Task<int> Unless412(Func<Task<Response>> write)
    {
        try
        {
            return (await write()).Status == 404 ? 0 : 1;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return 0; // Written since: its time begins again.
        }
    }
}
