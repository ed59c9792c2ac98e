using System.Globalization;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Rooms and equipment, in the table Bookings: partition = resource id with the rows <c>resource</c> and
/// <c>day|{yyyy-MM-dd}</c>, who has it when. <c>~list</c> lists the resources, <c>~id</c> says where a booking is (no id begins
/// with ~). A person's own day lies in their partition of Seekers: <c>bookings|{yyyy-MM-dd}</c>.
/// </summary>
public sealed class BookingTable(TableClient table, TableClient seekers) : IBookings
{
    private const string Row = "resource", List = "~list", Places = "~id", DayPrefix = "day|", OwnPrefix = "bookings|", OwnEnd = "bookings}"; // } follows | in the order of keys
    internal const string Cell = "Booked";

    public async Task<Stored<ResourceFile>?> Find(string resource, CancellationToken cancel) =>
        await table.FindRow(resource, Row, cancel) is { } row ? new(Read(row), row.ETag.ToString()) : null;

    public async Task<IReadOnlyList<ResourceFile>> All(CancellationToken cancel)
    {
        var found = new List<ResourceFile>();
        await foreach (var listed in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {List}"), cancellationToken: cancel))
            if (await Find(listed.RowKey, cancel) is { } stored)
                found.Add(stored.Value);
        return [.. found.OrderBy(x => x.Facts.Base, StringComparer.Ordinal).ThenBy(x => x.Facts.Title, StringComparer.Ordinal).ThenBy(x => x.Facts.Id, StringComparer.Ordinal)];
    }

    // Listed before it is there, so that none is ever missing from the list.
    public async Task Save(ResourceFile file, string? etag, CancellationToken cancel)
    {
        if (etag is null)
            await table.UpsertEntityAsync(new TableEntity(List, file.Facts.Id), TableUpdateMode.Replace, cancel);
        await table.Commit(new(file.Facts.Id, Row) { ["Resource"] = Written.Of(file.Facts), ["Version"] = file.Version }, etag, $"Resource {file.Facts.Id}", cancel);
    }

    public async Task<ResourceCalendar> Calendar(string resource, IEnumerable<DateOnly> days, CancellationToken cancel)
    {
        var wanted = days.ToList();
        var held = wanted.ToDictionary(day => day, _ => new Stored<IReadOnlyList<Booking>>([], ""));
        var (first, last) = (DayRow(wanted.Min()), DayRow(wanted.Max()));
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {resource} and RowKey ge {first} and RowKey le {last}"), cancellationToken: cancel))
            if (DateOnly.TryParseExact(row.RowKey[DayPrefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && held.ContainsKey(day))
                held[day] = new(row.ToBookings(), row.ETag.ToString());
        return new(resource, held);
    }

    public async Task Save(ResourceCalendar seen, IReadOnlyDictionary<DateOnly, IReadOnlyList<Booking>> next, CancellationToken cancel)
    {
        try
        {
            await table.SubmitTransactionAsync(next.Select(day => Put(new(seen.Resource, DayRow(day.Key)) { [Cell] = Written.Of(day.Value) }, seen.Days[day.Key].ETag)), cancel);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException("A resource's day");
        }
    }

    public async Task<BookingPlace?> Place(string id, CancellationToken cancel) =>
        await table.FindRow(Places, id, cancel) is { } row ? Written.Read<BookingPlace>(row.GetString("Place")!) : null;

    public async Task<BookingPlace> Add(string id, BookingPlace place, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Places, id) { ["Place"] = Written.Of(place) }, cancel);
            return place;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return (await Place(id, cancel))!;
        }
    }

    public async Task<Stored<IReadOnlyList<Booking>>?> OfPerson(string seeker, DateOnly day, CancellationToken cancel) =>
        await seekers.FindRow(seeker, OwnRow(day), cancel) is { } row ? new(row.ToBookings(), row.ETag.ToString()) : null;

    public Task Save(string seeker, DateOnly day, IReadOnlyList<Booking> bookings, string? etag, CancellationToken cancel) =>
        seekers.Commit(new(seeker, OwnRow(day)) { [Cell] = Written.Of(bookings) }, etag, "A person's day", cancel);

    public async Task<IReadOnlyList<Booking>> OfPersonFrom(string seeker, DateOnly day, CancellationToken cancel)
    {
        var found = new List<Booking>();
        await foreach (var row in seekers.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {seeker} and RowKey ge {OwnRow(day)} and RowKey lt {OwnEnd}"), cancellationToken: cancel))
            found.AddRange(row.ToBookings());
        return [.. found.OrderBy(booking => booking.When.From)];
    }

    private static TableTransactionAction Put(TableEntity row, string etag) => etag.Length == 0
        ? new(TableTransactionActionType.Add, row)
        : new(TableTransactionActionType.UpdateReplace, row, new ETag(etag));

    private static ResourceFile Read(TableEntity row) => new(Written.Read<Resource>(row.GetString("Resource")!), row.GetInt64("Version")!.Value);

    private static string DayRow(DateOnly day) => DayPrefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string OwnRow(DateOnly day) => OwnPrefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A day's bookings and their row.</summary>
public static class BookingRow
{
    public static IReadOnlyList<Booking> ToBookings(this TableEntity row) => Written.Read<IReadOnlyList<Booking>>(row.GetString(BookingTable.Cell)!);

    /// <summary>What is to come is free again; what was, goes on under nobody's name.</summary>
    internal static TableEntity WithoutBookingsOf(this TableEntity row, string subject, string nobody, DateTimeOffset now) => new(row.PartitionKey, row.RowKey)
    {
        [BookingTable.Cell] = Written.Of(row.ToBookings().Where(one => one.Subject != subject || one.When.To <= now).Select(one => one.Subject == subject ? one with { Subject = nobody } : one).ToList()),
    };
}
