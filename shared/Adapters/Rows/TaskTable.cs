using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>What waits for staff: partition <c>{UTC day of arrival}|{bucket}</c>, row = the task's id, insert-only.</summary>
public sealed class TaskTable(TableClient table) : ITasks
{
    public async Task Add(StaffTask task, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(task.ToRow(), cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // It waits already.
        }
    }
}

/// <summary>A task and its row.</summary>
public static class TaskRow
{
    public static TableEntity ToRow(this StaffTask task) => new($"{task.Callback.Day}|{task.Id[..1]}", task.Id) { ["Task"] = Written.Of(task) };

    public static StaffTask ToTask(this TableEntity row) => Written.Read<StaffTask>(row.GetString("Task")!);
}
