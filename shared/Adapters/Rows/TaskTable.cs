using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// What waits for staff: partition <c>task|{first character}</c>, row = the task's id. Those that are not done are listed by
/// index rows in the partition <c>open</c>, written after the task and deleted after it is done.
/// </summary>
public sealed class TaskTable(TableClient table, ServiceKeys keys) : ITasks
{
    internal const string List = "open";

    public async Task Add(StaffTask task, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(task.ToRow(), cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Whoever added it may have died before it was listed.
            if (await Find(task.Id, cancel) is not { Value.DoneAt: null })
                return;
        }
        await table.UpsertEntityAsync(new TableEntity(List, task.Id), TableUpdateMode.Replace, cancel);
    }

    public async Task<Stored<StaffTask>?> Find(string id, CancellationToken cancel)
    {
        if (id.Length == 0 || await table.FindRow(TaskRow.Partition(id), id, cancel) is not { } row)
            return null;
        var answer = row.GetString("Answer") is { } text ? (await keys.Get(ServiceKeys.Callbacks, cancel)).Open(Cell(row), text) : null;
        return new(row.ToTask() with { Answer = answer }, row.ETag.ToString());
    }

    public async Task<IReadOnlyList<StaffTask>> Open(CancellationToken cancel)
    {
        var open = new List<StaffTask>();
        await foreach (var listed in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {List}"), cancellationToken: cancel))
        {
            if (await Find(listed.RowKey, cancel) is { Value.DoneAt: null } stored)
                open.Add(stored.Value);
            else // Whoever ended it died before it was taken off the list.
                await table.DeleteEntityAsync(List, listed.RowKey, ETag.All, cancel);
        }
        return [.. open.OrderBy(task => task.Due ?? task.At).ThenBy(task => task.Id, StringComparer.Ordinal)];
    }

    public async Task Save(StaffTask task, string etag, CancellationToken cancel)
    {
        var row = task.ToRow();
        if (task.Answer is { } answer)
            row["Answer"] = (await keys.Get(ServiceKeys.Callbacks, cancel)).Seal(Cell(row), answer);
        await table.Commit(row, etag, "A task", cancel);
        if (task.DoneAt is not null)
            await table.DeleteEntityAsync(List, task.Id, ETag.All, cancel);
    }

    private Cell Cell(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, "Answer");
}

/// <summary>A task and its row; its answer is sealed apart.</summary>
public static class TaskRow
{
    internal static string Partition(string id) => $"task|{id[..1]}";

    public static TableEntity ToRow(this StaffTask task) => new(Partition(task.Id), task.Id)
    {
        ["Task"] = Written.Of(task with { Answer = null }),
        // What retention goes by: one that is open stays.
        ["Done"] = task.DoneAt is not null,
    };

    public static StaffTask ToTask(this TableEntity row) => Written.Read<StaffTask>(row.GetString("Task")!);
}
