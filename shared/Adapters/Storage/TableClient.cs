using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// One table, with the names and semantics of Azure.Data.Tables. Rows are read as T, which is TableEntity.
/// Every call may be sent more than once (Azure.Core retries timeouts, 408, 429 and 5xx), and an answer may be lost on its way.
/// So an add that was done can answer 409, a guarded update or delete that was done 412, a delete 404: a caller to whom the
/// difference matters reads the row again, or stores an id of the operation in it, or asks for one try (OneTry).
/// Limits are checked before the wire: ArgumentException. What storage refuses is a RequestFailedException with Status and ErrorCode.
/// No answer at all is, as everywhere in Azure.Core, a RequestFailedException with Status 0, an AggregateException of them after
/// several tries, or a TaskCanceledException when time ran out.
/// The storage service's own clock stands in each answer: <c>GetRawResponse().Headers.Date</c>, in whole seconds.
/// </summary>
public sealed class TableClient
{
    private readonly StoragePipeline pipeline;

    /// <exception cref="ArgumentException">The connection string or the table's name is not valid.</exception>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(StoragePipeline.ForTables(ConnectionString.Parse(connectionString), options), tableName)
    {
    }

    /// <param name="endpoint">The account's tables, see StorageEndpoints.Tables.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential credential, TableClientOptions? options = null)
        : this(new TableServiceClient(endpoint, credential, options).Pipeline, tableName)
    {
    }

    internal TableClient(StoragePipeline pipeline, string tableName)
    {
        StorageLimits.CheckTableName(tableName);
        this.pipeline = pipeline;
        Name = tableName;
    }

    public string Name { get; }

    /// <summary>An OData filter with the values quoted and typed, for instance <c>$"PartitionKey eq {id} and RowKey ge {first}"</c>.</summary>
    public static string CreateQueryFilter(FormattableString filter) => TableFilter.Create(filter);

    /// <summary>Creates the table, or leaves it as it is.</summary>
    public async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Post, "Tables");
        Body(message, JsonSerializer.SerializeToUtf8Bytes(new { TableName = Name }));
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        var response = await pipeline.Send(message, What("create table"), cancellationToken, 201, 204, 409).ConfigureAwait(false);
        // A table that is being deleted answers 409 too, and is not there.
        if (response.Status == 409 && StoragePipeline.Refused(response, What("create table")) is { ErrorCode: not "TableAlreadyExists" } refused)
            throw refused;
        return Response.FromValue(new TableItem(Name), response);
    }

    /// <summary>Deletes the table with all its rows; a table that is not there answers 404 without an exception.</summary>
    public async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Delete, $"Tables({Uri.EscapeDataString(TableFilter.Quoted(Name))})");
        return await pipeline.Send(message, What("delete table"), cancellationToken, 204, 404).ConfigureAwait(false);
    }

    /// <summary>Writes a row that is not there yet. 409 EntityAlreadyExists if it is: also when an earlier try of this call did it.</summary>
    public async Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellationToken = default)
    {
        StorageLimits.CheckEntity(entity);
        using var message = Message(RequestMethod.Post, Name);
        Body(message, TableJson.Write(entity));
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return await pipeline.Send(message, What("add"), cancellationToken, 201, 204).ConfigureAwait(false);
    }

    /// <summary>Reads a row. 404 ResourceNotFound if it is not there, TableNotFound if the table is not.</summary>
    /// <param name="select">The properties to read; all if null.</param>
    public async Task<Response<T>> GetEntityAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : TableEntity, new()
    {
        var response = await Get(partitionKey, rowKey, select, cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(Read<T>(response), response);
    }

    /// <summary>Reads a row; HasValue is false if it, or the table, is not there.</summary>
    /// <param name="select">The properties to read; all if null.</param>
    public async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : TableEntity, new()
    {
        var response = await Get(partitionKey, rowKey, select, cancellationToken, 200, 404).ConfigureAwait(false);
        return response.Status == 404 ? new NoRow<T>(response) : Response.FromValue(Read<T>(response), response);
    }

    /// <summary>Writes a row, whether it was there or not, whatever its version. Safe to repeat.</summary>
    public Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Put(entity, null, mode, cancellationToken);

    /// <summary>
    /// Changes a row that is still at the version given. 412 UpdateConditionNotSatisfied if it is not: also when an earlier try
    /// of this call changed it. 404 if it is gone.
    /// </summary>
    /// <param name="ifMatch">The ETag that was read, or ETag.All for any version.</param>
    public Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        ifMatch == default
            ? throw new ArgumentException("An update needs the ETag that was read, or ETag.All.", nameof(ifMatch))
            : Put(entity, ifMatch, mode, cancellationToken);

    /// <summary>
    /// Deletes a row: any version if no ETag is given, else 412 if it has changed. A row that is not there answers 404 without
    /// an exception.
    /// </summary>
    public async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Delete, RowPath(partitionKey, rowKey));
        message.Request.Headers.SetValue("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        return await pipeline.Send(message, What("delete"), cancellationToken, 204, 404).ConfigureAwait(false);
    }

    /// <summary>The rows that match, in the order of their keys, read page by page as they are enumerated.</summary>
    /// <param name="filter">An OData filter, see CreateQueryFilter; all rows if null.</param>
    /// <param name="maxPerPage">How many rows an answer may hold, 1 to 1,000; 1,000 if null.</param>
    /// <param name="select">The properties to read; all if null.</param>
    public AsyncPageable<T> QueryAsync<T>(string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : TableEntity, new()
    {
        StorageLimits.CheckPageSize(maxPerPage);
        return new Pages<T>((token, size, cancel) => Page<T>(filter, size ?? maxPerPage, select, token, cancel), cancellationToken);
    }

    /// <summary>
    /// Writes all actions or none: at most 100, one partition, each row once, under 4 MiB. A refusal is a
    /// TableTransactionFailedException with the inner status (409, 412, 404 …); after a lost answer a repeated batch may be refused so too.
    /// </summary>
    public async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        List<TableTransactionAction> actions = [.. transactionActions];
        StorageLimits.CheckBatch(actions);
        var batch = new TableBatch();
        var body = batch.Write(actions, action => pipeline.Address(
            action.ActionType is TableTransactionActionType.Add ? Name : RowPath(action.Entity.PartitionKey, action.Entity.RowKey)));
        StorageLimits.CheckBatchBytes(body.Length);

        using var message = Message(RequestMethod.Post, "$batch");
        Body(message, body, batch.ContentType);
        var response = await pipeline.Send(message, What("batch"), cancellationToken, 202).ConfigureAwait(false);
        return Response.FromValue(TableBatch.Read(response, actions.Count, What("batch")), response);
    }

    private async Task<Response> Put(TableEntity entity, ETag? ifMatch, TableUpdateMode mode, CancellationToken cancel)
    {
        StorageLimits.CheckEntity(entity);
        using var message = Message(mode is TableUpdateMode.Replace ? RequestMethod.Put : new RequestMethod("MERGE"), RowPath(entity.PartitionKey, entity.RowKey));
        Body(message, TableJson.Write(entity));
        if (ifMatch is { } etag)
            message.Request.Headers.SetValue("If-Match", etag.ToString());
        return await pipeline.Send(message, What(ifMatch is null ? "upsert" : "update"), cancel, 204).ConfigureAwait(false);
    }

    private async Task<Response> Get(string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancel, params int[] expected)
    {
        using var message = Message(RequestMethod.Get, RowPath(partitionKey, rowKey));
        Query(message, "$select", select is null ? null : string.Join(',', select));
        return await pipeline.Send(message, What("get"), cancel, expected).ConfigureAwait(false);
    }

    private async Task<Page<T>> Page<T>(string? filter, int? size, IEnumerable<string>? select, string? continuation, CancellationToken cancel)
        where T : TableEntity, new()
    {
        using var message = Message(RequestMethod.Get, Name + "()");
        Query(message, "$filter", filter);
        Query(message, "$select", select is null ? null : string.Join(',', select));
        Query(message, "$top", size?.ToString(CultureInfo.InvariantCulture));
        var next = continuation?.Split(' ', 2);
        Query(message, "NextPartitionKey", next?[0]);
        Query(message, "NextRowKey", next is [_, { Length: > 0 } row] ? row : null);
        var response = await pipeline.Send(message, What("query"), cancel, 200).ConfigureAwait(false);

        using var json = JsonDocument.Parse(response.Content.ToMemory());
        var rows = json.RootElement.GetProperty("value").EnumerateArray().Select(TableJson.Read<T>).ToList();
        return Azure.Page<T>.FromValues(rows, Continuation(response), response);
    }

    // Both parts arrive encoded by storage, without blanks; the second may be missing between partitions.
    private static string? Continuation(Response response)
    {
        response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row);
        return response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition) ? $"{partition} {row}" : null;
    }

    private HttpMessage Message(RequestMethod method, string path)
    {
        var message = pipeline.Message(method, path);
        message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        return message;
    }

    private static void Body(HttpMessage message, ReadOnlyMemory<byte> body, string contentType = "application/json")
    {
        message.Request.Headers.SetValue("Content-Type", contentType);
        message.Request.Content = RequestContent.Create(body);
    }

    private static void Query(HttpMessage message, string name, string? value)
    {
        if (value is not null)
            message.Request.Uri.AppendQuery(name, value, escapeValue: true);
    }

    // In a key a quote is doubled, then all is percent-encoded.
    private string RowPath(string partitionKey, string rowKey)
    {
        StorageLimits.CheckKey(partitionKey, nameof(partitionKey));
        StorageLimits.CheckKey(rowKey, nameof(rowKey));
        return $"{Name}(PartitionKey={Uri.EscapeDataString(TableFilter.Quoted(partitionKey))},RowKey={Uri.EscapeDataString(TableFilter.Quoted(rowKey))})";
    }

    private string What(string operation) => $"{operation} ({Name})";

    private static T Read<T>(Response response) where T : TableEntity, new()
    {
        using var json = JsonDocument.Parse(response.Content.ToMemory());
        return TableJson.Read<T>(json.RootElement);
    }

    private sealed class NoRow<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;
        public override T Value => throw new InvalidOperationException("There is no such row; ask HasValue first.");
        public override Response GetRawResponse() => response;
    }

    private sealed class Pages<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> read, CancellationToken cancel) : AsyncPageable<T>(cancel) where T : notnull
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
            Read(continuationToken, pageSizeHint, CancellationToken);

        private async IAsyncEnumerable<Page<T>> Read(string? continuation, int? size, [EnumeratorCancellation] CancellationToken cancel)
        {
            do
            {
                var page = await read(continuation, size, cancel).ConfigureAwait(false);
                yield return page;
                continuation = page.ContinuationToken;
            }
            while (continuation is not null);
        }
    }
}
