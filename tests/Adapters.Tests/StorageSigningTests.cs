using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

/// <summary>How a call proves who makes it: by the account's key, or by a token.</summary>
public sealed class StorageSigningTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a key that signs nothing but tests");
    private static readonly string Account = $"AccountName=acc;AccountKey={Convert.ToBase64String(Key)}";

    [Fact]
    public async Task A_table_call_signs_verb_type_date_and_the_path_as_sent()
    {
        var wire = new Wire(HttpStatusCode.NoContent);
        var table = new TableClient(Account, "table", wire.Tables);

        await table.UpsertEntityAsync(new TableEntity("a b", "O'Brien"));

        var sent = wire.Requests.Single();
        Assert.Equal("https://acc.table.core.windows.net/table(PartitionKey=%27a%20b%27,RowKey=%27O%27%27Brien%27)", sent.Uri.AbsoluteUri);
        Assert.Equal(
            Signature($"MERGE\n\napplication/json\n{sent.Header("x-ms-date")}\n/acc/table(PartitionKey=%27a%20b%27,RowKey=%27O%27%27Brien%27)"),
            sent.Header("Authorization"));
    }

    [Fact]
    public async Task A_queue_call_signs_its_length_its_x_ms_headers_and_every_query_parameter()
    {
        var wire = new Wire(HttpStatusCode.NotFound);
        var queue = new QueueClient(Account, "queue", wire.Queues);

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => queue.UpdateMessageAsync("id", "AgAA+/==", "x", TimeSpan.FromSeconds(5)));

        var sent = wire.Requests.Single();
        Assert.Equal("https://acc.queue.core.windows.net/queue/messages/id?popreceipt=AgAA%2B%2F%3D%3D&visibilitytimeout=5", sent.Uri.AbsoluteUri);
        Assert.Equal(
            Signature($"PUT\n\n\n{Encoding.UTF8.GetByteCount(sent.Body)}\n\napplication/xml\n\n\n\n\n\n\n"
                + $"x-ms-client-request-id:{sent.Header("x-ms-client-request-id")}\nx-ms-date:{sent.Header("x-ms-date")}\n"
                + $"x-ms-return-client-request-id:true\nx-ms-version:{sent.Header("x-ms-version")}\n"
                + "/acc/queue/messages/id\npopreceipt:AgAA+/==\nvisibilitytimeout:5"),
            sent.Header("Authorization"));
    }

    [Fact]
    public async Task A_call_without_a_body_signs_an_empty_length()
    {
        var wire = new Wire(HttpStatusCode.NoContent);

        await new QueueClient(Account, "queue", wire.Queues).ClearMessagesAsync();

        var sent = wire.Requests.Single();
        Assert.Equal(
            Signature("DELETE\n\n\n\n\n\n\n\n\n\n\n\n"
                + $"x-ms-client-request-id:{sent.Header("x-ms-client-request-id")}\nx-ms-date:{sent.Header("x-ms-date")}\n"
                + $"x-ms-return-client-request-id:true\nx-ms-version:{sent.Header("x-ms-version")}\n/acc/queue/messages"),
            sent.Header("Authorization"));
    }

    [Fact]
    public async Task The_emulator_checks_signatures_and_refuses_a_wrong_key()
    {
        var wrong = storage.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=AAAA", StringComparison.Ordinal);

        Assert.Equal(403, (await Assert.ThrowsAsync<Azure.RequestFailedException>(() => new TableClient(wrong, "table").CreateIfNotExistsAsync())).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<Azure.RequestFailedException>(() => new QueueClient(wrong, "queue").CreateIfNotExistsAsync())).Status);
    }

    [Fact]
    public async Task Every_try_is_signed_anew()
    {
        var tries = 0;
        var wire = new Wire(_ => Task.FromResult(new HttpResponseMessage(++tries < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent)));
        var options = wire.Tables;
        options.Retry.Delay = TimeSpan.FromMilliseconds(600);
        options.Retry.Mode = RetryMode.Fixed;

        await new TableClient(Account, "table", options).UpsertEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(3, wire.Requests.Count);
        Assert.NotEqual(wire.Requests[0].Header("x-ms-date"), wire.Requests[2].Header("x-ms-date")); // 1.2 seconds later
        foreach (var sent in wire.Requests)
            Assert.Equal(Signature($"MERGE\n\napplication/json\n{sent.Header("x-ms-date")}\n/acc/table(PartitionKey=%27p%27,RowKey=%27r%27)"), sent.Header("Authorization"));
    }

    [Theory]
    [InlineData(StorageEndpoints.GlobalSuffix)]
    [InlineData(StorageEndpoints.ChinaSuffix)]
    public async Task A_token_is_asked_for_storage_and_sent_as_bearer_in_the_global_cloud_and_in_China(string suffix)
    {
        var (wire, credential) = (new Wire(HttpStatusCode.NoContent), new FakeCredential());

        await new TableClient(StorageEndpoints.Tables("acc", suffix), "table", credential, wire.Tables).UpsertEntityAsync(new TableEntity("p", "r"));
        await new QueueClient(new Uri(StorageEndpoints.Queues("acc", suffix), "queue"), credential, wire.Queues).ClearMessagesAsync();
        await new QueueServiceClient(StorageEndpoints.Queues("acc", suffix), credential, wire.Queues).GetQueueClient("queue").ClearMessagesAsync();

        Assert.Equal(Enumerable.Repeat("https://storage.azure.com/.default", 3), credential.Scopes);
        Assert.All(wire.Requests, sent => Assert.Equal("Bearer token-of-the-test", sent.Header("Authorization")));
        Assert.Equal(
            [$"https://acc.table.{suffix}/table(PartitionKey=%27p%27,RowKey=%27r%27)", $"https://acc.queue.{suffix}/queue/messages", $"https://acc.queue.{suffix}/queue/messages"],
            wire.Requests.Select(sent => sent.Uri.AbsoluteUri));
    }

    [Theory]
    [InlineData("https://acc.table.core.chinacloudapi.cn")]
    [InlineData("https://acc.table.core.chinacloudapi.cn/")]
    [InlineData("https://acc.table.core.chinacloudapi.cn/.default")]
    public async Task A_token_can_be_asked_for_one_account_only(string audience)
    {
        var (wire, credential) = (new Wire(HttpStatusCode.NoContent), new FakeCredential());
        var options = wire.Tables;
        options.Audience = audience;

        await new TableServiceClient(StorageEndpoints.Tables("acc", StorageEndpoints.ChinaSuffix), credential, options).GetTableClient("table").DeleteEntityAsync("p", "r");

        Assert.Equal(["https://acc.table.core.chinacloudapi.cn/.default"], credential.Scopes);
    }

    [Theory]
    [InlineData("", "https://acc.table.core.windows.net/", "https://acc.queue.core.windows.net/")]
    [InlineData("EndpointSuffix=core.chinacloudapi.cn", "https://acc.table.core.chinacloudapi.cn/", "https://acc.queue.core.chinacloudapi.cn/")]
    [InlineData("DefaultEndpointsProtocol=http;EndpointSuffix=core.example", "http://acc.table.core.example/", "http://acc.queue.core.example/")]
    [InlineData("TableEndpoint=https://tables.example/", "https://tables.example/", "https://acc.queue.core.windows.net/")]
    [InlineData("QUEUEENDPOINT=http://127.0.0.1:5/acc;TableEndpoint=http://127.0.0.1:6/acc", "http://127.0.0.1:6/acc/", "http://127.0.0.1:5/acc/")]
    public async Task A_connection_string_says_where_tables_and_queues_are(string rest, string tables, string queues)
    {
        var wire = new Wire(HttpStatusCode.NoContent);

        await new TableServiceClient($"{Account};{rest}", wire.Tables).GetTableClient("table").DeleteEntityAsync("p", "r");
        await new QueueServiceClient($"{Account};{rest}", wire.Queues).GetQueueClient("queue").ClearMessagesAsync();

        Assert.Equal([tables + "table(PartitionKey=%27p%27,RowKey=%27r%27)", queues + "queue/messages"], wire.Requests.Select(sent => sent.Uri.AbsoluteUri));
    }

    [Fact]
    public async Task Development_storage_is_the_emulator_on_its_usual_ports()
    {
        var wire = new Wire(HttpStatusCode.NoContent);

        await new TableServiceClient("UseDevelopmentStorage=true", wire.Tables).GetTableClient("table").DeleteEntityAsync("p", "r");
        await new QueueServiceClient("UseDevelopmentStorage=true;", wire.Queues).GetQueueClient("queue").ClearMessagesAsync();

        Assert.Equal(["127.0.0.1:10002", "127.0.0.1:10001"], wire.Requests.Select(sent => sent.Uri.Authority));
        Assert.All(wire.Requests, sent => Assert.StartsWith("SharedKey devstoreaccount1:", sent.Header("Authorization"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AccountName=acc", "no AccountKey")]
    [InlineData("AccountKey=c2VjcmV0", "no AccountName")]
    [InlineData("AccountName=acc;AccountKey=!secret!", "AccountKey in the storage connection string is not base64")]
    [InlineData("AccountName=acc;AccountKey=c2VjcmV0;TableEndpoint=secret", "TableEndpoint in the storage connection string is not an absolute address")]
    [InlineData("secret", "made of Name=Value parts")]
    public void A_bad_connection_string_is_named_without_its_values(string text, string why)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => new TableServiceClient(text));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private static string Signature(string stringToSign) =>
        "SharedKey acc:" + Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(stringToSign)));

    private sealed class FakeCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new("token-of-the-test", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
