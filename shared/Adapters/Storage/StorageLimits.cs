using System.Text;
using System.Text.RegularExpressions;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// Azure's limits, checked before the wire because the emulator does not hold them all. Each breach is an ArgumentException that
/// names the limit and the size given, never the content.
/// Sources: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model,
/// …/performing-entity-group-transactions, …/naming-queues-and-metadata, …/put-message, …/get-messages, …/update-message
/// </summary>
internal static partial class StorageLimits
{
    public const int KeyCharacters = 1024;
    public const int OwnProperties = 252; // 255 with PartitionKey, RowKey and Timestamp
    public const int PropertyNameCharacters = 255;
    public const int StringCharacters = 32 * 1024;
    public const int BinaryBytes = 64 * 1024;
    public const int EntityBytes = 1024 * 1024;
    public const int BatchActions = 100;
    public const int BatchBytes = 4 * 1024 * 1024; // a batch stays below
    public const int PageRows = 1000;
    public const int MessageBytes = 64 * 1024;
    public const int MessagesPerCall = 32;
    public static readonly TimeSpan LongestHidden = TimeSpan.FromDays(7);
    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromDays(7);
    public static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);
    public static readonly DateTime FirstTime = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static void CheckTableName(string tableName)
    {
        ArgumentNullException.ThrowIfNull(tableName);
        if (!TableName().IsMatch(tableName) || tableName.Equals("tables", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("A table's name has 3 to 63 letters and digits of ASCII, starts with a letter and is not \"tables\".", nameof(tableName));
    }

    public static void CheckQueueName(string queueName)
    {
        ArgumentNullException.ThrowIfNull(queueName);
        if (!QueueName().IsMatch(queueName))
            throw new ArgumentException("A queue's name has 3 to 63 lower-case letters, digits and single hyphens of ASCII, and starts and ends with a letter or digit.", nameof(queueName));
    }

    /// <summary>Whether a row can have this key: what stands in an address may be no key, and is then not found.</summary>
    public static bool IsKey(string key) => key.Length <= KeyCharacters && key.AsSpan().IndexOfAny(@"/\#?") < 0 && !key.Any(char.IsControl);

    public static void CheckKey(string key, string name)
    {
        ArgumentNullException.ThrowIfNull(key, name);
        if (key.Length > KeyCharacters)
            throw new ArgumentException($"A key has at most {KeyCharacters} characters; this one has {key.Length}.", name);
        if (key.AsSpan().IndexOfAny(@"/\#?") is >= 0 and var at)
            throw new ArgumentException($"A key holds none of / \\ # ? and this one does, at place {at}.", name);
        for (var place = 0; place < key.Length; place++)
            if (char.IsControl(key[place]))
                throw new ArgumentException($"A key holds no control characters and this one does, at place {place}.", name);
        CheckUnicode(key, name);
    }

    public static void CheckEntity(TableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        CheckKey(entity.PartitionKey, TableEntity.PartitionKeyName);
        CheckKey(entity.RowKey, TableEntity.RowKeyName);
        var count = 0;
        var bytes = 4 + 2L * (entity.PartitionKey.Length + entity.RowKey.Length);
        foreach (var (name, value) in entity)
        {
            if (value is null || TableJson.IsSystem(name))
                continue;
            count++;
            CheckPropertyName(name);
            bytes += 8 + 2 * name.Length + ValueBytes(name, value);
        }
        if (count > OwnProperties)
            throw new ArgumentException($"A row has at most {OwnProperties} properties of its own; this one has {count}.", nameof(entity));
        if (bytes > EntityBytes)
            throw new ArgumentException($"A row has at most {EntityBytes} bytes, as storage counts them; this one has {bytes}.", nameof(entity));
    }

    private static void CheckPropertyName(string name)
    {
        if (name.Length > PropertyNameCharacters)
            throw new ArgumentException($"A property's name has at most {PropertyNameCharacters} characters; this one has {name.Length}.", nameof(name));
        if (!PropertyName().IsMatch(name))
            throw new ArgumentException("A property's name is made of letters, digits and _, and does not start with a digit.", nameof(name));
    }

    /// <summary>The size of a value as storage counts it. Source: Azure's formula for an entity, in "Understanding Windows Azure Storage Billing", 2010.</summary>
    private static int ValueBytes(string name, object value) => value switch
    {
        string text => TextBytes(name, text),
        byte[] bytes => CheckedBinary(name, bytes.Length),
        BinaryData bytes => CheckedBinary(name, bytes.ToMemory().Length),
        bool => 1,
        int => 4,
        long or double => 8,
        Guid => 16,
        DateTimeOffset time => TimeBytes(name, time.UtcDateTime),
        DateTime time => TimeBytes(name, time),
        _ => throw new ArgumentException($"The property {name} is a {value.GetType().Name}, which a table cannot hold.", nameof(value)),
    };

    private static int TextBytes(string name, string value)
    {
        if (value.Length > StringCharacters)
            throw new ArgumentException($"A string property has at most {StringCharacters} UTF-16 units; {name} has {value.Length}.", nameof(value));
        CheckUnicode(value, name);
        return 4 + 2 * value.Length;
    }

    private static int CheckedBinary(string name, int length) => length > BinaryBytes
        ? throw new ArgumentException($"A binary property has at most {BinaryBytes} bytes; {name} has {length}.", nameof(length))
        : 4 + length;

    private static int TimeBytes(string name, DateTime value)
    {
        if (value.Kind is not DateTimeKind.Utc)
            throw new ArgumentException($"A table holds times in UTC; {name} is {value.Kind}.", nameof(value));
        if (value < FirstTime)
            throw new ArgumentException($"A table holds no time before 1601-01-01; {name} is earlier.", nameof(value));
        return 8;
    }

    // Half a surrogate pair would be replaced on its way, and what is read would not be what was written.
    private static void CheckUnicode(string value, string name)
    {
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) is not System.Buffers.OperationStatus.Done)
                throw new ArgumentException($"Text must be valid Unicode; {name} holds half a surrogate pair at place {value.Length - rest.Length}.", nameof(value));
            rest = rest[length..];
        }
    }

    public static void CheckBatch(List<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > BatchActions)
            throw new ArgumentException($"A batch has 1 to {BatchActions} actions; this one has {actions.Count}.", nameof(actions));
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            CheckAction(action);
            if (action.Entity.PartitionKey != actions[0].Entity.PartitionKey)
                throw new ArgumentException("A batch stays in one partition; this one has several.", nameof(actions));
            if (!rows.Add(action.Entity.RowKey))
                throw new ArgumentException($"A batch names each row once; action {rows.Count} repeats one.", nameof(actions));
        }
    }

    private static void CheckAction(TableTransactionAction action)
    {
        if (action.ActionType is TableTransactionActionType.Delete)
        {
            CheckKey(action.Entity.PartitionKey, TableEntity.PartitionKeyName);
            CheckKey(action.Entity.RowKey, TableEntity.RowKeyName);
            return;
        }
        CheckEntity(action.Entity);
        if (action.ActionType is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace && action.ETag == default)
            throw new ArgumentException("An update in a batch needs the ETag that was read, or ETag.All.", nameof(action));
    }

    public static void CheckBatchBytes(int bytes)
    {
        if (bytes >= BatchBytes)
            throw new ArgumentException($"A batch has fewer than {BatchBytes} bytes as sent; this one has {bytes}.", nameof(bytes));
    }

    public static void CheckPageSize(int? maxPerPage)
    {
        if (maxPerPage is < 1 or > PageRows)
            throw new ArgumentException($"A page has 1 to {PageRows} rows; {maxPerPage} were asked for.", nameof(maxPerPage));
    }

    public static void CheckMessage(string sent)
    {
        var bytes = Encoding.UTF8.GetByteCount(sent);
        if (bytes > MessageBytes)
            throw new ArgumentException($"A message has at most {MessageBytes} bytes as sent; this one has {bytes}.", nameof(sent));
    }

    public static void CheckMessageCount(int? maxMessages)
    {
        if (maxMessages is < 1 or > MessagesPerCall)
            throw new ArgumentException($"A call takes 1 to {MessagesPerCall} messages; {maxMessages} were asked for.", nameof(maxMessages));
    }

    public static void CheckSendTimes(TimeSpan? visibilityTimeout, TimeSpan? timeToLive)
    {
        if (timeToLive is { } life && life != ForEver && life < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"A message lives for at least 1 second, or -1 second for ever; given: {life}.", nameof(timeToLive));
        CheckHiddenTime(visibilityTimeout ?? TimeSpan.Zero);
        var lives = timeToLive ?? DefaultTimeToLive;
        if (visibilityTimeout is { } hidden && lives != ForEver && hidden >= lives)
            throw new ArgumentException($"A message is hidden for less than it lives; given: {hidden} of {lives}.", nameof(visibilityTimeout));
    }

    public static void CheckReceiveTime(TimeSpan? visibilityTimeout)
    {
        if (visibilityTimeout is { } hidden && (hidden < TimeSpan.FromSeconds(1) || hidden > LongestHidden))
            throw new ArgumentException($"A received message is hidden for 1 second to 7 days; given: {hidden}.", nameof(visibilityTimeout));
    }

    public static void CheckHiddenTime(TimeSpan visibilityTimeout)
    {
        if (visibilityTimeout < TimeSpan.Zero || visibilityTimeout > LongestHidden)
            throw new ArgumentException($"A message is hidden for 0 seconds to 7 days; given: {visibilityTimeout}.", nameof(visibilityTimeout));
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TableName();

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex QueueName();

    [GeneratedRegex(@"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]*\z")]
    private static partial Regex PropertyName();
}
