using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Events: partition = event id with the rows <c>event</c> and <c>position|{id}</c>. All events are listed by index rows in
/// the partition <c>~list</c> (no id begins with ~), and by the day on which they begin in <c>~day|{day}</c>, both written
/// before the event: an event that moves to another day leaves a row behind, so what is found there is read again.
/// </summary>
public sealed class EventTable(TableClient table) : IEvents
{
    private const string Row = "event";
    private const string List = "~list";
    private const string PositionPrefix = "position|";
    private const string PositionEnd = "position}"; // } follows | in the order of keys

    public async Task<Stored<RecruitmentEvent>?> Find(string id, CancellationToken cancel) =>
        await table.FindRow(id, Row, cancel) is { } row
            ? new(Written.Read<RecruitmentEvent>(row.GetString("Event")!), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<RecruitmentEvent>> All(CancellationToken cancel)
    {
        var found = new List<RecruitmentEvent>();
        await foreach (var listed in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {List}"), cancellationToken: cancel))
        {
            if (await Find(listed.RowKey, cancel) is { } stored)
                found.Add(stored.Value);
        }
        return [.. found.OrderBy(x => x.StartsAt).ThenBy(x => x.Id, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<RecruitmentEvent>> On(DateOnly day, CancellationToken cancel)
    {
        var found = new List<RecruitmentEvent>();
        await foreach (var listed in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {DayOf(day)}"), cancellationToken: cancel))
        {
            if (await Find(listed.RowKey, cancel) is { } stored && People.DayOf(stored.Value.StartsAt) == day)
                found.Add(stored.Value);
        }
        return [.. found.OrderBy(x => x.StartsAt).ThenBy(x => x.Id, StringComparer.Ordinal)];
    }

    public async Task<string> Save(RecruitmentEvent recruitmentEvent, string? etag, CancellationToken cancel)
    {
        if (etag is null)
            await table.UpsertEntityAsync(new TableEntity(List, recruitmentEvent.Id), TableUpdateMode.Replace, cancel);
        await table.UpsertEntityAsync(new TableEntity(DayOf(People.DayOf(recruitmentEvent.StartsAt)), recruitmentEvent.Id), TableUpdateMode.Replace, cancel);
        var row = new TableEntity(recruitmentEvent.Id, Row) { ["Event"] = Written.Of(recruitmentEvent), ["Version"] = recruitmentEvent.Version };
        return await table.Commit(row, etag, $"Event {recruitmentEvent.Id}", cancel);
    }

    private static string DayOf(DateOnly day) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"~day|{day:yyyy-MM-dd}");

    public async Task<IReadOnlyList<string>> Positions(string id, CancellationToken cancel)
    {
        var found = new List<string>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id} and RowKey ge {PositionPrefix} and RowKey lt {PositionEnd}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            found.Add(entity.RowKey[PositionPrefix.Length..]);
        return found;
    }

    public Task Tie(string id, string position, CancellationToken cancel) =>
        table.UpsertEntityAsync(new TableEntity(id, PositionPrefix + position), TableUpdateMode.Replace, cancel);

    public Task Untie(string id, string position, CancellationToken cancel) =>
        table.DeleteEntityAsync(id, PositionPrefix + position, Azure.ETag.All, cancel);
}
