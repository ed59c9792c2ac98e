using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Follow-ups and their cases: partition = in which sixteenth of the people, row = the series' id, which begins with the subject.
/// In the same partition, and written in the same batch, rows <c>due|{day}|{id}</c> and <c>staff|{id}</c> list what is to be
/// looked at; one that holds no longer is deleted by whoever reads it, unless it was written again meanwhile. Notes are sealed.
/// </summary>
public sealed class FollowUpTable(TableClient table, ServiceKeys keys) : IFollowUps
{
    private const string DueList = "due", StaffList = "staff";

    public async Task<Stored<FollowUpFile>?> Find(string id, CancellationToken cancel) =>
        StorageLimits.IsKey(id) && await table.FindRow(Partition(id), id, cancel) is { } row && !row.IsListed() ? new(await Open(row, cancel), row.ETag.ToString()) : null;

    public async Task<string> Save(FollowUpFile file, string? etag, CancellationToken cancel)
    {
        var row = file.Facts.ToRow();
        row["NextOn"] = file.NextOn is { } next ? Day(next) : null;
        if (file.Notes.Count > 0)
            row["Notes"] = (await keys.Get(ServiceKeys.Callbacks, cancel)).Seal(Cell(row), Written.Of(file.Notes));
        List<TableTransactionAction> batch = [etag is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, new(etag))];
        if (file.NextOn is { } day)
            batch.Add(new(TableTransactionActionType.UpsertReplace, new(row.PartitionKey, $"{DueList}|{Day(day)}|{row.RowKey}")));
        if (file.Facts.NeedsStaff)
            batch.Add(new(TableTransactionActionType.UpsertReplace, new(row.PartitionKey, $"{StaffList}|{row.RowKey}")));
        try
        {
            return (await table.SubmitTransactionAsync(batch, cancel)).Value[0].Headers.ETag?.ToString() ?? "";
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException("A follow-up");
        }
    }

    // } follows | in the order of keys.
    public Task<IReadOnlyList<FollowUpFile>> Due(DateOnly today, CancellationToken cancel) => Listed(
        $"{DueList}|", $"{DueList}|{Day(today)}}}", (listed, row) => row.GetString("NextOn") is { } next && listed.StartsWith($"{DueList}|{next}|", StringComparison.Ordinal), cancel);

    public Task<IReadOnlyList<FollowUpFile>> ForStaff(CancellationToken cancel) => Listed($"{StaffList}|", $"{StaffList}}}", (_, row) => row.ToFollowUps().NeedsStaff, cancel);

    private async Task<IReadOnlyList<FollowUpFile>> Listed(string from, string before, Func<string, TableEntity, bool> holds, CancellationToken cancel)
    {
        var found = await Task.WhenAll(Enumerable.Range(0, IGuests.Buckets).Select(bucket => Part(bucket.ToString(CultureInfo.InvariantCulture))));
        return [.. found.SelectMany(files => files)];

        async Task<List<FollowUpFile>> Part(string partition)
        {
            var files = new List<FollowUpFile>();
            await foreach (var listed in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}"), cancellationToken: cancel))
            {
                if (await table.FindRow(partition, listed.RowKey[(listed.RowKey.LastIndexOf('|') + 1)..], cancel) is { } row && holds(listed.RowKey, row))
                    files.Add(await Open(row, cancel));
                else
                    await Forget(listed, cancel);
            }
            return files;
        }
    }

    private async Task Forget(TableEntity listed, CancellationToken cancel)
    {
        try
        {
            await table.DeleteEntityAsync(listed.PartitionKey, listed.RowKey, listed.ETag, cancel);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // Listed anew between the two looks.
        }
    }

    public async Task<IReadOnlyList<FollowUpSeries>> All(CancellationToken cancel)
    {
        var found = new List<FollowUpSeries>();
        await foreach (var row in table.QueryAsync<TableEntity>("Series ge ''", cancellationToken: cancel))
            found.Add(row.ToFollowUps());
        return found;
    }

    private async Task<FollowUpFile> Open(TableEntity row, CancellationToken cancel) => new(
        row.ToFollowUps(),
        row.GetString("Notes") is { } sealedNotes ? Written.Read<IReadOnlyList<CaseNote>>((await keys.Get(ServiceKeys.Callbacks, cancel)).Open(Cell(row), sealedNotes)) : [],
        row.GetString("NextOn") is { } next ? DateOnly.ParseExact(next, Days, CultureInfo.InvariantCulture) : null);

    private const string Days = "yyyyMMdd";

    private static string Day(DateOnly day) => day.ToString(Days, CultureInfo.InvariantCulture);

    private static string Partition(string id) => FollowUpRow.Partition(id.Split('-')[0]);

    private Cell Cell(TableEntity row) => new(table.Name, row.PartitionKey, row.RowKey, "Notes");
}

/// <summary>The follow-ups of one placement or founding and their row.</summary>
public static class FollowUpRow
{
    internal static string Partition(string subject) => IGuests.Bucket(subject).ToString(CultureInfo.InvariantCulture);

    public static TableEntity ToRow(this FollowUpSeries series) => new(Partition(series.Subject), series.Id)
    {
        ["Series"] = Written.Of(series),
        // What retention goes by.
        ["NeedsStaff"] = series.NeedsStaff,
    };

    public static FollowUpSeries ToFollowUps(this TableEntity row) => Written.Read<FollowUpSeries>(row.GetString("Series")!);

    internal static bool IsListed(this TableEntity row) => !row.ContainsKey("Series");

    /// <summary>
    /// What was answered goes on to be counted under nobody's name, without cases, notes and replies. A founder's record is not
    /// named, since its id may lead back.
    /// </summary>
    internal static TableEntity Anonymous(this TableEntity row, string subject, string nobody)
    {
        var series = row.ToFollowUps();
        return (series with
        {
            Id = $"{nobody}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{nobody}|{row.RowKey.Replace(subject, "", StringComparison.Ordinal)}")).AsSpan(0, 8))}",
            Subject = nobody,
            About = series.Of == FollowUpOf.Placement ? series.About : null,
            Ended = FollowUpEnd.Erased,
            Asked = [.. series.Asked.Select(asked => asked with { Case = null, Replies = [] })],
        }).ToRow();
    }
}
