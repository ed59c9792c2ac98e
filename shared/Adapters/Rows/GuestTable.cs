using System.Globalization;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// The people of an event, in the table Events: partitions <c>{event}|{bucket}</c>, row = subject id. Their numbers are rows of
/// the partition <c>{event}~numbers</c>, insert-only; who holds the event's places stands in its own partition, row
/// <c>places|{kind}</c>.
/// </summary>
public sealed class GuestTable(TableClient table) : IGuests, IPlaces
{
    async Task<Stored<Places>?> IPlaces.Find(string eventId, PlaceKind kind, CancellationToken cancel) =>
        await table.FindRow(eventId, PlacesRow(kind), cancel) is { } row ? new(row.Unpack<Places>("Places"), row.ETag.ToString()) : null;

    Task IPlaces.Save(Places places, string? etag, CancellationToken cancel)
    {
        var row = new TableEntity(places.Event, PlacesRow(places.Kind));
        row.Pack("Places", places);
        return table.Commit(row, etag, "An event's places", cancel);
    }

    private static string PlacesRow(PlaceKind kind) => $"places|{kind}";

    public async Task Invite(IReadOnlyList<MessageId> invitations, CancellationToken cancel)
    {
        // Merged, so that an answer that is there already stays.
        var rows = invitations.Select(id => new TableEntity(Partition(id.In.Cause, id.Subject), id.Subject) { ["Invitation"] = id.ToString() });
        foreach (var batch in rows.GroupBy(row => row.PartitionKey).SelectMany(bucket => bucket.Chunk(100)))
            await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertMerge, row)), cancel);
    }

    public async Task<Stored<Guest>?> Find(string eventId, string subject, CancellationToken cancel) =>
        await table.FindRow(Partition(eventId, subject), subject, cancel) is { } row ? new(row.ToGuest(), row.ETag.ToString()) : null;

    public Task Save(Guest guest, string? etag, CancellationToken cancel) => table.Commit(guest.ToRow(), etag, "A guest", cancel);

    public async Task<IReadOnlyList<Guest>> Of(string eventId, CancellationToken cancel)
    {
        var guests = new List<Guest>();
        await foreach (var row in table.QueryAsync<TableEntity>(AllOf(eventId), cancellationToken: cancel))
            guests.Add(row.ToGuest());
        return guests;
    }

    public async Task<int> Coming(string eventId, CancellationToken cancel)
    {
        var coming = 0;
        var filter = $"{AllOf(eventId)} and {TableClient.CreateQueryFilter($"Answer eq {GuestAnswer.Coming.ToString()}")}";
        await foreach (var _ in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel))
            coming++;
        return coming;
    }

    // } follows | in the order of keys.
    private static string AllOf(string eventId) => TableClient.CreateQueryFilter($"PartitionKey ge {eventId + "|"} and PartitionKey lt {eventId + "}"}");

    public async Task<IReadOnlyDictionary<int, string>> Numbers(string eventId, CancellationToken cancel)
    {
        var numbers = new Dictionary<int, string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {NumbersOf(eventId)}"), cancellationToken: cancel))
            numbers[int.Parse(row.RowKey, CultureInfo.InvariantCulture)] = row.GetString("Subject")!;
        return numbers;
    }

    public async Task<bool> AddNumber(string eventId, int number, string subject, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(NumbersOf(eventId), number.ToString("D6", CultureInfo.InvariantCulture)) { ["Subject"] = subject }, cancel);
            return true;
        }
        catch (Azure.RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    private static string NumbersOf(string eventId) => $"{eventId}~numbers";

    internal static string Partition(string eventId, string subject) =>
        string.Create(CultureInfo.InvariantCulture, $"{eventId}|{IGuests.Bucket(subject)}");
}

/// <summary>A guest and its row.</summary>
public static class GuestRow
{
    public static TableEntity ToRow(this Guest guest) => new(GuestTable.Partition(guest.Event, guest.Subject), guest.Subject)
    {
        ["Invitation"] = guest.Invitation?.ToString(),
        ["Answer"] = guest.Answer?.ToString(),
        ["AnsweredAt"] = guest.AnsweredAt,
        ["Number"] = guest.Number,
        ["RegisteredAt"] = guest.RegisteredAt,
        ["AttendedAt"] = guest.AttendedAt,
        ["Steps"] = guest.Steps.Count == 0 ? null : Written.Of(guest.Steps),
        ["Retained"] = guest.Retained.Count == 0 ? null : Written.Of(guest.Retained),
        ["Replies"] = Written.Of(guest.Replies),
    };

    public static Guest ToGuest(this TableEntity row) => new()
    {
        Event = row.PartitionKey[..row.PartitionKey.IndexOf('|', StringComparison.Ordinal)],
        Subject = row.RowKey,
        Invitation = row.GetString("Invitation") is { } invitation ? MessageId.Parse(invitation) : null,
        Answer = row.GetString("Answer") is { } answer ? Enum.Parse<GuestAnswer>(answer) : null,
        AnsweredAt = row.GetDateTimeOffset("AnsweredAt"),
        Number = row.GetInt32("Number"),
        RegisteredAt = row.GetDateTimeOffset("RegisteredAt"),
        AttendedAt = row.GetDateTimeOffset("AttendedAt"),
        Steps = row.GetString("Steps") is { } steps ? Written.Read<IReadOnlyList<GuestStep>>(steps) : [],
        Retained = row.GetString("Retained") is { } retained ? Written.Read<IReadOnlyList<RetainedStep>>(retained) : [],
        Replies = row.GetString("Replies") is { } replies ? Written.Read<IReadOnlyList<string>>(replies) : [],
    };
}
