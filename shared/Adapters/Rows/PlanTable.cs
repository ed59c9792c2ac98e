using System.Globalization;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Plans, in the table Messages: partition <c>plan|{cause}~{wave}</c> with the row <c>head</c>, insert-only, which makes one
/// generation the plan, a row per page of each generation, one for what it promises, and the row <c>progress</c>. What lost a race stays.
/// The plans of a day are listed in the partition <c>plans|{day}</c>, row <c>day</c>; what was shown before it is announced, in
/// <c>kept|{id}</c>, by which <see cref="Forget"/> finds what nobody announced.
/// </summary>
public sealed class PlanTable(TableClient table) : IPlans
{
    private const string Head = "head";
    private const string DayRow = "day";
    private const string ProgressRow = "progress";

    public async Task<PlanHead?> Find(string cause, int wave, CancellationToken cancel) =>
        await table.FindRow(Partition(cause, wave), Head, cancel) is { } row ? Written.Read<PlanHead>(row.GetString("Plan")!) : null;

    public Task Add(PlanHead plan, int page, IReadOnlyList<Invitation> people, CancellationToken cancel)
    {
        var row = new TableEntity(Partition(plan.Cause, plan.Wave), PageRow(plan, page)) { ["People"] = people.Count };
        row.Pack("Page", people);
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    public async Task<PlanHead> Complete(PlanHead plan, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition(plan.Cause, plan.Wave), Head) { ["Plan"] = Written.Of(plan) }, cancel);
            return plan;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return await Find(plan.Cause, plan.Wave, cancel) ?? throw new ConflictException("A plan");
        }
    }

    public async Task<IReadOnlyList<Invitation>> Page(PlanHead plan, int page, CancellationToken cancel)
    {
        var row = await table.GetEntityAsync<TableEntity>(Partition(plan.Cause, plan.Wave), PageRow(plan, page), cancellationToken: cancel);
        return row.Value.Unpack<IReadOnlyList<Invitation>>("Page");
    }

    public async Task<Stored<PlanProgress>?> Progress(string cause, int wave, CancellationToken cancel) =>
        await table.FindRow(Partition(cause, wave), ProgressRow, cancel) is { } row ? new(Written.Read<PlanProgress>(row.GetString("Progress")!), row.ETag.ToString()) : null;

    public Task Save(string cause, int wave, PlanProgress progress, string? etag, CancellationToken cancel) =>
        table.Commit(new(Partition(cause, wave), ProgressRow) { ["Progress"] = Written.Of(progress) }, etag, "How far a plan is written", cancel);

    public Task Add(PlanHead plan, PlanPromises promises, CancellationToken cancel)
    {
        var row = new TableEntity(Partition(plan.Cause, plan.Wave), PromisesRow(plan));
        row.Pack("Promises", promises);
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    public async Task<PlanPromises> Promises(PlanHead plan, CancellationToken cancel)
    {
        var row = await table.GetEntityAsync<TableEntity>(Partition(plan.Cause, plan.Wave), PromisesRow(plan), cancellationToken: cancel);
        return row.Value.Unpack<PlanPromises>("Promises");
    }

    public Task Keep(KeptPlan plan, CancellationToken cancel)
    {
        var row = new TableEntity(KeptPartition(plan.Id), Head);
        row.Pack("Plan", plan);
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    public async Task<KeptPlan?> Kept(string id, CancellationToken cancel) =>
        await table.FindRow(KeptPartition(id), Head, cancel) is { } row ? row.Unpack<KeptPlan>("Plan") : null;

    /// <summary>
    /// Deletes plans that were shown and that nobody has announced, with their pages, and the names of those that are announced.
    /// What is entered in its day and has no head yet waits for approval and stays until that day. A plan's name goes last, so
    /// that a run which ends in between is gone on with.
    /// </summary>
    /// <param name="before">Only what was shown before this; much longer ago than <see cref="KeptPlan.Counts"/>.</param>
    /// <param name="goOn">Whether there is time for another plan.</param>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> Forget(DateTimeOffset before, DateOnly today, Func<bool> goOn, CancellationToken cancel)
    {
        var deleted = 0;
        // } follows | in the order of keys.
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {KeptPartition("")} and PartitionKey lt {"kept}"} and Timestamp lt {before}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            if (!goOn())
                break;
            var kept = row.Unpack<KeptPlan>("Plan");
            var entered = (await Day(kept.Day, cancel))?.Value.Plans.Any(plan => plan.Generation == kept.Id) == true;
            List<(string Partition, string Row)> rows = [];
            var waits = false;
            foreach (var head in kept.Heads)
                if ((await Find(head.Cause, head.Wave, cancel))?.Generation == kept.Id)
                    continue;
                else if (entered && kept.Day >= today)
                    waits = true;
                else
                    rows.AddRange([.. Enumerable.Range(0, head.Pages).Select(page => (Partition(head.Cause, head.Wave), PageRow(head, page))), (Partition(head.Cause, head.Wave), PromisesRow(head))]);
            if (waits)
                continue;
            await Task.WhenAll(rows.Select(gone => table.DeleteEntityAsync(gone.Partition, gone.Row, ETag.All, cancel)));
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
            deleted += rows.Count + 1;
        }
        return deleted;
    }

    public async Task<Stored<PlanDay>?> Day(DateOnly day, CancellationToken cancel) =>
        await table.FindRow(Partition(day), DayRow, cancel) is { } row ? new(row.Unpack<PlanDay>("Day"), row.ETag.ToString()) : null;

    public Task Save(PlanDay day, string? etag, CancellationToken cancel)
    {
        var row = new TableEntity(Partition(day.Day), DayRow);
        row.Pack("Day", day);
        return table.Commit(row, etag, "The plans of a day", cancel);
    }

    private static string Partition(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"plans|{day:yyyyMMdd}");

    private static string KeptPartition(string id) => $"kept|{id}";

    private static string PromisesRow(PlanHead plan) => $"{plan.Generation}|promises";

    private static string Partition(string cause, int wave) => string.Create(CultureInfo.InvariantCulture, $"plan|{cause}~{wave}");

    private static string PageRow(PlanHead plan, int page) => string.Create(CultureInfo.InvariantCulture, $"{plan.Generation}|{page:D6}");
}
