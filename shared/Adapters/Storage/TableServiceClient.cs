using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace JobMatch.Adapters.Storage;

/// <summary>An account's tables. Clients got from here share one pipeline.</summary>
public sealed class TableServiceClient
{
    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public TableServiceClient(string connectionString, TableClientOptions? options = null) =>
        Pipeline = StoragePipeline.ForTables(ConnectionString.Parse(connectionString), options);

    /// <param name="endpoint">The account's tables, see StorageEndpoints.Tables.</param>
    public TableServiceClient(Uri endpoint, TokenCredential credential, TableClientOptions? options = null)
    {
        options ??= new();
        Pipeline = StoragePipeline.WithToken(endpoint, credential, options.Audience, options);
    }

    internal StoragePipeline Pipeline { get; }

    public TableClient GetTableClient(string tableName) => new(Pipeline, tableName);

    public Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    public Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>All tables of the account.</summary>
    public AsyncPageable<TableItem> QueryAsync(CancellationToken cancellationToken = default) => new Tables(Pipeline, cancellationToken);

    private sealed class Tables(StoragePipeline pipeline, CancellationToken cancel) : AsyncPageable<TableItem>(cancel)
    {
        public override IAsyncEnumerable<Page<TableItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
            Read(continuationToken, CancellationToken);

        private async IAsyncEnumerable<Page<TableItem>> Read(string? continuation, [EnumeratorCancellation] CancellationToken cancel)
        {
            do
            {
                using var message = pipeline.Message(RequestMethod.Get, "Tables");
                message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
                if (continuation is not null)
                    message.Request.Uri.AppendQuery("NextTableName", continuation, escapeValue: true);
                var response = await pipeline.Send(message, "list tables", cancel, 200).ConfigureAwait(false);
                continuation = response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var next) ? next : null;
                yield return Page<TableItem>.FromValues(Names(response), continuation, response);
            }
            while (continuation is not null);
        }

        private static List<TableItem> Names(Response response)
        {
            using var json = JsonDocument.Parse(response.Content.ToMemory());
            return [.. json.RootElement.GetProperty("value").EnumerateArray().Select(table => new TableItem(table.GetProperty("TableName").GetString()!))];
        }
    }
}
