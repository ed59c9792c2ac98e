using System.Security.Cryptography;
using System.Text;
using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Messages: partition = page, row = message id, and <c>receipt|{message id}|{key}</c> beside it. Pages to look after are
/// listed in the partitions <c>open|{bucket}</c>. VendorIds: partition = hash of gateway and vendor id, row = message id.
/// </summary>
public sealed class MessageTable(TableClient table, TableClient vendorIds) : IMessages
{
    public async Task Add(IReadOnlyList<Message> messages, CancellationToken cancel)
    {
        try
        {
            await table.SubmitTransactionAsync(messages.Select(message => new TableTransactionAction(TableTransactionActionType.Add, message.ToRow())), cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // A page is written whole or not at all: if one is there, all are.
        }
    }

    public async Task<Stored<Message>?> Find(MessageId id, CancellationToken cancel) =>
        await table.FindRow(id.In.ToString(), id.ToString(), cancel) is { } row ? new(row.ToMessage(), row.ETag.ToString()) : null;

    public async Task<IReadOnlyList<Stored<Message>>> Page(PageId page, CancellationToken cancel) =>
        await Rows(page, null, row => new Stored<Message>(row.ToMessage(), row.ETag.ToString()), cancel);

    public async Task<IReadOnlyList<MessageLine>> States(PageId page, CancellationToken cancel) =>
        await Rows(page, ["RowKey", "State", "CreatedAt"], row => new MessageLine(MessageId.Parse(row.RowKey), row.State(), row.GetDateTimeOffset("CreatedAt")!.Value), cancel);

    public Task<string> Save(Message message, string etag, CancellationToken cancel) => table.Commit(message.ToRow(), etag, "A message", cancel);

    public async Task<bool> Save(Message message, string etag, Receipt receipt, CancellationToken cancel)
    {
        try
        {
            await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, message.ToRow(), new ETag(etag)),
                new(TableTransactionActionType.Add, receipt.ToRow(message.Id)),
            ], cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false; // Only an insert answers so: the receipt is there, and what it did to the message with it.
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException("A message");
        }
    }

    public async Task<IReadOnlyList<Receipt>> Receipts(MessageId id, CancellationToken cancel)
    {
        var receipts = new List<Receipt>();
        await foreach (var row in table.QueryAsync<TableEntity>(Between(id.In.ToString(), $"receipt|{id}|"), cancellationToken: cancel))
            receipts.Add(row.ToReceipt());
        return [.. receipts.OrderBy(receipt => receipt.At).ThenBy(receipt => receipt.Key, StringComparer.Ordinal)];
    }

    public Task AddVendorId(string gateway, string vendorId, MessageId id, CancellationToken cancel) =>
        vendorIds.UpsertEntityAsync(new TableEntity(VendorPartition(gateway, vendorId), id.ToString()), TableUpdateMode.Replace, cancel);

    public async Task<IReadOnlyList<MessageId>> ByVendorId(string gateway, string vendorId, CancellationToken cancel)
    {
        var ids = new List<MessageId>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {VendorPartition(gateway, vendorId)}");
        await foreach (var row in vendorIds.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel))
            ids.Add(MessageId.Parse(row.RowKey));
        return ids;
    }

    public async Task Open(OpenPage page, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(page.ToRow(), cancel);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // It is listed; when it is looked at is decided by those who look.
        }
    }

    public async Task<Stored<OpenPage>?> FindOpen(PageId page, CancellationToken cancel) =>
        await table.FindRow(OpenPageRow.Partition(page), page.ToString(), cancel) is { } row ? new(row.ToOpenPage(), row.ETag.ToString()) : null;

    public async Task<IReadOnlyList<Stored<OpenPage>>> Due(DateTimeOffset now, CancellationToken cancel)
    {
        var due = new List<Stored<OpenPage>>();
        // All of the list's partitions in one call; } follows | in the order of keys.
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {OpenPageRow.List + "|"} and PartitionKey lt {OpenPageRow.List + "}"} and CheckAt le {now}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            due.Add(new(row.ToOpenPage(), row.ETag.ToString()));
        return due;
    }

    public Task Save(OpenPage page, string etag, CancellationToken cancel) => table.Commit(page.ToRow(), etag, "A page of messages", cancel);

    public Task Close(PageId page, CancellationToken cancel) =>
        table.DeleteEntityAsync(OpenPageRow.Partition(page), page.ToString(), ETag.All, cancel);

    private async Task<IReadOnlyList<T>> Rows<T>(PageId page, string[]? select, Func<TableEntity, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        await foreach (var row in table.QueryAsync<TableEntity>(Between(page.ToString(), $"{page}~"), select: select, cancellationToken: cancel))
            rows.Add(read(row));
        return rows;
    }

    // Every key of ours is ASCII: the character after all of them ends a prefix.
    private static string Between(string partition, string prefix) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {prefix + "\u007F"}");

    // A vendor's id may hold characters that a key may not.
    private static string VendorPartition(string gateway, string vendorId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{gateway}|{vendorId}")).AsSpan(0, 16));
}

/// <summary>A message and its row.</summary>
public static class MessageRow
{
    public static TableEntity ToRow(this Message message) => new(message.Id.In.ToString(), message.Id.ToString())
    {
        ["State"] = message.State.ToString(),
        ["About"] = message.About,
        ["Choices"] = message.Choices.Count == 0 ? null : Written.Of(message.Choices),
        ["Reply"] = message.Reply,
        ["Deadline"] = message.Deadline,
        ["Named"] = Written.Of(message.Named),
        ["Policy"] = message.PolicyVersion,
        ["News"] = message.News == EventNews.None ? null : message.News.ToString(),
        ["CreatedAt"] = message.CreatedAt,
        ["Language"] = message.Language?.ToString(),
        ["Attempt"] = message.Attempt,
        ["SendingAt"] = message.SendingAt,
        ["PhoneHash"] = message.PhoneHash,
        ["Gateway"] = message.Gateway,
        ["VendorId"] = message.VendorId,
        ["Reason"] = message.Reason,
        ["History"] = Written.Of(message.History),
    };

    public static Message ToMessage(this TableEntity row) => new()
    {
        Id = MessageId.Parse(row.RowKey),
        State = row.State(),
        About = row.GetString("About"),
        Choices = row.GetString("Choices") is { } choices ? Written.Read<IReadOnlyList<Choice>>(choices) : [],
        Reply = row.GetString("Reply"),
        Deadline = row.GetDateTimeOffset("Deadline")!.Value,
        Named = Written.Read<IReadOnlyList<NamedPosition>>(row.GetString("Named")!),
        PolicyVersion = row.GetString("Policy")!,
        News = row.GetString("News") is { } news ? Enum.Parse<EventNews>(news) : EventNews.None,
        CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
        Language = row.GetString("Language") is { } language ? Enum.Parse<Language>(language) : null,
        Attempt = row.GetInt32("Attempt")!.Value,
        SendingAt = row.GetDateTimeOffset("SendingAt"),
        PhoneHash = row.GetString("PhoneHash"),
        Gateway = row.GetString("Gateway"),
        VendorId = row.GetString("VendorId"),
        Reason = row.GetString("Reason"),
        History = Written.Read<IReadOnlyList<Moment>>(row.GetString("History")!),
    };

    internal static MessageState State(this TableEntity row) => Enum.Parse<MessageState>(row.GetString("State")!);

    public static TableEntity ToRow(this Receipt receipt, MessageId id) => new(id.In.ToString(), $"receipt|{id}|{receipt.Key}")
    {
        ["Delivered"] = receipt.Delivered,
        ["Code"] = receipt.Code,
        ["At"] = receipt.At,
    };

    public static Receipt ToReceipt(this TableEntity row) => new(
        row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..], row.GetBoolean("Delivered")!.Value, row.GetString("Code"), row.GetDateTimeOffset("At")!.Value);
}

/// <summary>A page to look after and its row; sixteen partitions, so that none is hot.</summary>
public static class OpenPageRow
{
    internal const string List = "open";

    internal static string Partition(PageId page) => $"{List}|{SHA256.HashData(Encoding.UTF8.GetBytes(page.ToString()))[0] % 16:x}";

    public static TableEntity ToRow(this OpenPage page) => new(Partition(page.Page), page.Page.ToString())
    {
        ["CheckAt"] = page.CheckAt,
        ["Deadline"] = page.Deadline,
        ["PutAgain"] = page.PutAgain,
    };

    public static OpenPage ToOpenPage(this TableEntity row) =>
        new(PageId.Parse(row.RowKey), row.GetDateTimeOffset("CheckAt")!.Value, row.GetDateTimeOffset("Deadline")!.Value, row.GetInt32("PutAgain") ?? 0);
}
