using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Walks through every table for one person: a row is theirs that names the person's subject, lies in their partition, or
/// holds their phone sealed. What a row means and what becomes of it at erasure stands here, table by table; in a table that
/// is not named here it is deleted. Decision 0020.
/// </summary>
public sealed class Holdings(Account account, ServiceKeys keys, IKeyedHash hash, SmsGateways gateways, TimeProvider time) : IHoldings
{
    /// <summary>
    /// Tables without people: who may come in, what the service decided, vectors of titles. First answers are sealed and gone
    /// after a day.
    /// </summary>
    private static readonly string[] Without = ["Employers", "Keys", "Staff", "Idempotency", "Policies", "Vectors"];

    private static readonly string[] Packs = ["Page", "Promises", "Plan", "Day", "Places"];

    private static readonly TimeSpan OneRun = TimeSpan.FromMinutes(1);
    private const int Tries = 5;

    public async Task<(IReadOnlyList<HeldRow> Rows, IReadOnlyList<HeldReply> Replies)> Of(ErasedPerson person, CancellationToken cancel)
    {
        var (held, replies) = (new List<HeldRow>(), new List<HeldReply>());
        await foreach (var (table, row) in Rows(person, null, cancel))
        {
            held.Add(new(table.Name, row.PartitionKey, row.RowKey, IsShared(table.Name, row), IsShared(table.Name, row) ? new Dictionary<string, string>() : Cells(row)));
            if (table.Name == "Callbacks" && row.RowKey.StartsWith("reply|", StringComparison.Ordinal))
                replies.AddRange(await Replies(row, person, cancel));
        }
        return (held, replies);
    }

    public async Task<IReadOnlyList<HeldReply>> Replies(ErasedPerson person, CancellationToken cancel)
    {
        List<HeldReply> replies = [];
        if (person.Phone is null)
            return replies;
        // } follows | in the order of keys.
        await foreach (var row in account.Table("Callbacks").QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey ge {"reply|"} and RowKey lt {"reply}"}"), cancellationToken: cancel))
            if (row.ContainsKey("Body0"))
                replies.AddRange(await Replies(row, person, cancel));
        return replies;
    }

    private async Task<IEnumerable<HeldReply>> Replies(TableEntity row, ErasedPerson person, CancellationToken cancel) =>
        row.PartitionKey.Split('|')[0] is var gateway && gateways.Find(gateway) is { } vendor
            ? vendor.ReadReplies(await Body(row, cancel)).Items.Where(x => x.Phone == person.Phone).Select(x => new HeldReply(x.At ?? row.GetDateTimeOffset("At")!.Value, gateway, x.Text))
            : [];

    public async Task<string?> Remove(ErasedPerson person, bool last, string? from, CancellationToken cancel)
    {
        var (started, reached) = (time.GetTimestamp(), from);
        var nobody = await Nobody(person.Subject, cancel);
        await foreach (var (table, row) in Rows(person, from, cancel))
        {
            // Only between partitions: the next run begins with a whole one.
            var at = $"{table.Name}/{row.PartitionKey}";
            if (at != reached && time.GetElapsedTime(started) > OneRun)
                return at;
            reached = at;
            await Remove(table, row, person, nobody, last, cancel);
        }
        return null;
    }

    /// <summary>The rows in which the person is, in the order of tables and keys.</summary>
    private async IAsyncEnumerable<(TableClient Table, TableEntity Row)> Rows(ErasedPerson person, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var start = from?.Split('/', 2);
        string[] asks = person.Phone is { } phone ? ["phone|" + await hash.Of("asks-phone", phone, cancel), "desk|" + await hash.Of("asks-desk", phone, cancel)] : [];
        // Somebody may have been registered anew under the id.
        var profile = await account.Table("Seekers").FindRow(person.Id, SeekerTable.ProfileRow, cancel);
        var owns = profile is null || profile.GetString("Subject") == person.Subject;
        foreach (var name in Account.Tables.Except(Without).SkipWhile(name => start is not null && name != start[0]))
        {
            var table = account.Table(name);
            var filters = new[] { Filter(name, person.Subject), name == start?[0] ? TableClient.CreateQueryFilter($"PartitionKey ge {start[1]}") : null }.OfType<string>().Select(x => $"({x})");
            await foreach (var row in table.QueryAsync<TableEntity>(string.Join(" and ", filters) is { Length: > 0 } filter ? filter : null, cancellationToken: cancel))
                if (name switch
                {
                    "Seekers" => owns && row.PartitionKey == person.Id || Names(row, person.Subject),
                    "Codes" => Names(row, person.Subject) || person.Phone is not null && (asks.Contains(row.RowKey) || await PhoneOf(row, cancel) == person.Phone),
                    "Callbacks" => person.Phone is not null && row.ContainsKey("Body0") && (await Body(row, cancel)).AsSpan().IndexOf(Digits(person.Phone)) >= 0,
                    _ => Names(row, person.Subject),
                })
                    yield return (table, row);
        }
    }

    // What storage can leave out by itself; null = it has to be looked at here.
    private static string? Filter(string table, string subject) => table switch
    {
        "Subjects" => TableClient.CreateQueryFilter($"RowKey eq {subject}"),
        "Sessions" => TableClient.CreateQueryFilter($"Who eq {subject}"),
        "Audit" => TableClient.CreateQueryFilter($"Subject eq {subject}"),
        "Positions" => "SignedBy ge ''",
        "Index" => TableClient.CreateQueryFilter($"Source eq {subject} or (PartitionKey eq {IndexTable.SeekersPartition} and RowKey ge {"snapshot|"})"),
        _ => null,
    };

    private static bool Names(TableEntity row, string subject) =>
        row.Values.Any(value => value is string text && text.Contains(subject, StringComparison.Ordinal))
        || Packs.Any(pack => row.ContainsKey(pack + "0") && row.UnpackText(pack).Contains(subject, StringComparison.Ordinal))
        || IsSnapshot(row) && IndexStore.BytesOf(row).AsSpan().IndexOf(Encoding.ASCII.GetBytes(subject)) >= 0;

    private static bool IsSnapshot(TableEntity row) => row.ContainsKey("Rows0");

    private static bool IsShared(string table, TableEntity row) =>
        table is "Positions" or "Callbacks" or "Bookings" or "Opportunities" || IsSnapshot(row) || Packs.Any(pack => row.ContainsKey(pack + "0")) || table == "Tasks" && row.ToTask().Subjects.Count > 1;

    private static Dictionary<string, string> Cells(TableEntity row) => row
        .Where(cell => cell.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or "Wrapped"))
        .Select(cell => (cell.Key, Text: cell.Value switch
        {
            null or byte[] or BinaryData => null,
            string text => text.StartsWith("v1|", StringComparison.Ordinal) ? null : text,
            DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        }))
        .Where(cell => cell.Text is not null).ToDictionary(cell => cell.Key, cell => cell.Text!);

    private async Task Remove(TableClient table, TableEntity? row, ErasedPerson person, string nobody, bool last, CancellationToken cancel)
    {
        for (var attempt = 1; row is not null; attempt++)
        {
            try
            {
                await (table.Name switch
                {
                    "Messages" or "Events" or "Positions" or "Audit" or "Programmes" or "Bookings" or "Opportunities" => Rename(table, row, person.Subject, nobody, cancel),
                    "FollowUps" when !row.IsListed() => Rename(table, row, person.Subject, nobody, cancel),
                    "Tasks" when row.ToTask().Subjects.Count > 1 => Rename(table, row, person.Subject, nobody, cancel),
                    "Tasks" => DeleteTask(table, row, cancel),
                    "Callbacks" => Forget(table, row, person.Phone!, last, cancel),
                    // The tombstone and snapshots stand until the next fold makes a snapshot without the person.
                    "Index" when IsSnapshot(row) || row.GetInt64("Version") == long.MaxValue => Task.CompletedTask,
                    _ => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel),
                });
                return;
            }
            catch (RequestFailedException e) when (e.IsConflict() && attempt < Tries)
            {
                row = await table.FindRow(row.PartitionKey, row.RowKey, cancel);
            }
        }
    }

    /// <summary>Writes a row under the name of nobody, without what would tell of the person.</summary>
    private async Task Rename(TableClient table, TableEntity row, string subject, string nobody, CancellationToken cancel)
    {
        var renamed = Stripped(table.Name, row, subject, nobody) ?? Copied(row, subject, nobody);
        if (renamed.RowKey == row.RowKey)
            await table.UpdateEntityAsync(renamed, row.ETag, TableUpdateMode.Replace, cancel);
        else
            await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, renamed), new(TableTransactionActionType.Delete, row, row.ETag)], cancel);
    }

    // Messages, guests, follow-ups and what programmes did are counted: state, answers, steps and amounts stay, and nothing else.
    private TableEntity? Stripped(string table, TableEntity row, string subject, string nobody)
    {
        if (table == "Messages" && row.ContainsKey("State") && MessageId.TryParse(row.RowKey, out var id) && id.Subject == subject)
        {
            var message = row.ToMessage().After(Happening.Lapsed, time.GetUtcNow(), Flows.Reasons.Erased);
            return (message.Bare() with { Id = new(id.In, nobody), About = null }).ToRow();
        }
        if (table == "Messages" && row.ContainsKey("Page0"))
        {
            var page = Copied(row, subject, nobody);
            page.Pack("Page", row.Unpack<IReadOnlyList<Invitation>>("Page").Select(x => x.Subject == subject ? new Invitation(nobody, []) : x));
            return page;
        }
        if (table == "Programmes")
            return row.Anonymous(nobody);
        if (table == "FollowUps")
            return row.Anonymous(subject, nobody);
        if (table == "Opportunities")
            return row.WithoutTaker(subject);
        if (table == "Bookings")
            return row.WithoutBookingsOf(subject, nobody, time.GetUtcNow());
        if (table != "Events" || row.RowKey != subject)
            return null;
        var guest = row.ToGuest();
        // Whether somebody replied is counted; which reply it was leads to the words.
        return (guest with { Subject = nobody, Invitation = guest.Invitation is { } invited ? new(invited.In, nobody) : null, Replies = [.. guest.Replies.Take(1).Select(_ => Flows.Reasons.Erased)] }).ToRow();
    }

    private static TableEntity Copied(TableEntity row, string subject, string nobody)
    {
        var packed = Packs.Where(pack => row.ContainsKey(pack + "0")).ToList();
        var copy = new TableEntity(row.PartitionKey, row.RowKey.Replace(subject, nobody, StringComparison.Ordinal));
        foreach (var (name, value) in row.Where(cell => cell.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") && !packed.Exists(pack => IsPart(cell.Key, pack))))
            copy[name] = value is string text ? text.Replace(subject, nobody, StringComparison.Ordinal) : value;
        foreach (var pack in packed)
            copy.PackText(pack, row.UnpackText(pack).Replace(subject, nobody, StringComparison.Ordinal));
        return copy;
    }

    private static bool IsPart(string cell, string pack) => cell.StartsWith(pack, StringComparison.Ordinal) && cell.AsSpan(pack.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static async Task DeleteTask(TableClient table, TableEntity row, CancellationToken cancel)
    {
        await table.DeleteEntityAsync(TaskTable.List, row.RowKey, ETag.All, cancel);
        await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
    }

    // A body may hold others' receipts and replies that are still to be taken in: the number goes at once, the words once they surely are.
    private async Task Forget(TableClient table, TableEntity row, string phone, bool last, CancellationToken cancel)
    {
        if (row.RowKey.StartsWith("reply|", StringComparison.Ordinal))
        {
            if (last)
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancel);
            return;
        }
        var (body, digits) = (await Body(row, cancel), Digits(phone));
        while (body.AsSpan().IndexOf(digits) is >= 0 and var at)
            body.AsSpan(at, digits.Length).Fill((byte)'0');
        var forgotten = new TableEntity(row.PartitionKey, row.RowKey) { ["At"] = row.GetDateTimeOffset("At") };
        forgotten.Cut("Body", (await keys.Get(ServiceKeys.Callbacks, cancel)).Seal(CellOf(row, "Callbacks", "Body"), body));
        await table.UpdateEntityAsync(forgotten, row.ETag, TableUpdateMode.Replace, cancel);
    }

    private async Task<byte[]> Body(TableEntity row, CancellationToken cancel) =>
        (await keys.Get(ServiceKeys.Callbacks, cancel)).OpenBytes(CellOf(row, "Callbacks", "Body"), row.Join("Body"));

    private async Task<string?> PhoneOf(TableEntity code, CancellationToken cancel) => code.GetString("Phone") is { } text
        ? (await keys.Get(ServiceKeys.SignIn, cancel)).Open(CellOf(code, CodeRows.Table, "Phone"), text)
        : null;

    private static Cell CellOf(TableEntity row, string table, string property) => new(table, row.PartitionKey, row.RowKey, property);

    // As vendors write a number: with or without the country's.
    private static byte[] Digits(string phone) => Encoding.ASCII.GetBytes(phone.StartsWith("+86", StringComparison.Ordinal) ? phone[3..] : phone[1..]);

    /// <summary>Always the same for a subject, with no way back, and in the same part of an event's guests.</summary>
    private async Task<string> Nobody(string subject, CancellationToken cancel)
    {
        for (var n = 0; ; n++)
        {
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await hash.Of("erased subject", $"{subject}|{n}", cancel))).AsSpan(0, 16));
            if (IGuests.Bucket(name) == IGuests.Bucket(subject))
                return name;
        }
    }
}
