using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Azure;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// A row: its keys and its named values. A value is a string, bool, int, long, double, Guid, DateTimeOffset, DateTime (UTC),
/// byte[] or BinaryData; anything else is refused when it is written. Null is not stored: a merge leaves such a property as it
/// was, a replace drops it. Read back, times are DateTimeOffset in UTC and binary is byte[].
/// As in Azure's package the keys, the time stamp and the ETag are entries too (PartitionKey, RowKey, Timestamp, odata.etag).
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name that Azure.Data.Tables gives it.")]
public class TableEntity : IDictionary<string, object?>
{
    internal const string PartitionKeyName = "PartitionKey";
    internal const string RowKeyName = "RowKey";
    internal const string TimestampName = "Timestamp";
    internal const string ETagName = "odata.etag";

    private readonly Dictionary<string, object?> values;

    public TableEntity() => values = [];

    public TableEntity(string partitionKey, string rowKey) : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public TableEntity(IDictionary<string, object?> values) => this.values = new(values);

    public string PartitionKey
    {
        get => GetString(PartitionKeyName)!; // null only before the row has been given its keys
        set => values[PartitionKeyName] = value;
    }

    public string RowKey
    {
        get => GetString(RowKeyName)!;
        set => values[RowKeyName] = value;
    }

    /// <summary>When storage last wrote the row; never sent.</summary>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(TimestampName);
        set => values[TimestampName] = value;
    }

    /// <summary>The version that was read, for UpdateEntityAsync and DeleteEntityAsync; never sent as a property.</summary>
    public ETag ETag
    {
        get => GetString(ETagName) is { } text ? new ETag(text) : default;
        set => values[ETagName] = value.ToString();
    }

    // Null if there is no such property; InvalidOperationException if it has another type, as in Azure's package.
    public string? GetString(string key) => (string?)Get(key, typeof(string));
    public bool? GetBoolean(string key) => (bool?)Get(key, typeof(bool));
    public int? GetInt32(string key) => (int?)Get(key, typeof(int));
    public long? GetInt64(string key) => (long?)Get(key, typeof(long));
    public double? GetDouble(string key) => (double?)Get(key, typeof(double));
    public Guid? GetGuid(string key) => (Guid?)Get(key, typeof(Guid));
    public byte[]? GetBinary(string key) => values.GetValueOrDefault(key) is BinaryData data ? data.ToArray() : (byte[]?)Get(key, typeof(byte[]));
    public BinaryData? GetBinaryData(string key) => values.GetValueOrDefault(key) is BinaryData data ? data : GetBinary(key) is { } bytes ? new(bytes) : null;
    public DateTime? GetDateTime(string key) => values.GetValueOrDefault(key) is DateTimeOffset time ? time.UtcDateTime : (DateTime?)Get(key, typeof(DateTime));
    public DateTimeOffset? GetDateTimeOffset(string key) => values.GetValueOrDefault(key) is DateTime time ? new(time.ToUniversalTime()) : (DateTimeOffset?)Get(key, typeof(DateTimeOffset));

    private object? Get(string key, Type type)
    {
        var value = values.GetValueOrDefault(key);
        return value is null || value.GetType() == type
            ? value
            : throw new InvalidOperationException($"The property {key} is a {value.GetType().Name}, not a {type.Name}.");
    }

    public object? this[string key]
    {
        get => values.GetValueOrDefault(key);
        set => values[key] = value;
    }

    public ICollection<string> Keys => values.Keys;
    public ICollection<object?> Values => values.Values;
    public int Count => values.Count;
    public bool IsReadOnly => false;
    public void Add(string key, object? value) => values.Add(key, value);
    public bool ContainsKey(string key) => values.ContainsKey(key);
    public bool Remove(string key) => values.Remove(key);
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => values.TryGetValue(key, out value);
    public void Clear() => values.Clear();
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();
    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => values.Add(item.Key, item.Value);
    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => values.Contains(item);
    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) => ((ICollection<KeyValuePair<string, object?>>)values).Remove(item);
    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)values).CopyTo(array, arrayIndex);
}

/// <summary>What an update does with the properties that it does not name: Merge keeps them, Replace drops them.</summary>
public enum TableUpdateMode
{
    Merge,
    Replace,
}

/// <summary>A table, as the service lists it.</summary>
public sealed record TableItem(string Name);
