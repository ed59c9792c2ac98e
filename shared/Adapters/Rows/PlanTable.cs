using System.Globalization;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Plans, in the table Messages: partition <c>plan|{cause}~{wave}</c> with the row <c>head</c>, insert-only, which makes one
/// generation the plan, and a row per page of each generation. What lost stays until retention takes it.
/// </summary>
public sealed class PlanTable(TableClient table) : IPlans
{
    private const string Head = "head";

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

    private static string Partition(string cause, int wave) => string.Create(CultureInfo.InvariantCulture, $"plan|{cause}~{wave}");

    private static string PageRow(PlanHead plan, int page) => string.Create(CultureInfo.InvariantCulture, $"{plan.Generation}|{page:D6}");
}
