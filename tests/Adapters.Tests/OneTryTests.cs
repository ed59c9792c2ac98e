using System.Diagnostics;
using System.Net;
using Azure;
using Azure.Core;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

/// <summary>What is retried, what is not, and what happens when an answer is lost.</summary>
public sealed class OneTryTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_call_is_tried_again_and_one_try_is_not(HttpStatusCode status)
    {
        var (wire, table) = Answering(_ => Task.FromResult(new HttpResponseMessage(status)));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Write(table));
        Assert.Equal(((int)status, 4), (refused.Status, wire.Requests.Count));

        using (OneTry.AtMost(Long))
            refused = await Assert.ThrowsAsync<RequestFailedException>(() => Write(table));

        Assert.Equal(((int)status, 5), (refused.Status, wire.Requests.Count));
    }

    [Fact]
    public async Task One_try_is_not_repeated_when_the_connection_breaks()
    {
        var (wire, table) = Answering(_ => throw new HttpRequestException("broken"));

        using (OneTry.AtMost(Long))
            await Assert.ThrowsAsync<RequestFailedException>(() => Write(table));

        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task One_try_is_given_up_after_its_time_and_not_repeated()
    {
        var (wire, table) = Answering(async sent =>
        {
            await Task.Delay(Timeout.Infinite, sent.Cancel);
            throw new InvalidOperationException();
        });
        var started = Stopwatch.GetTimestamp();

        using (OneTry.AtMost(TimeSpan.FromMilliseconds(200)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Write(table));

        Assert.Single(wire.Requests);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_call_whose_moment_has_passed_is_not_sent()
    {
        var clock = new StoppedClock(Noon);
        var (wire, table) = Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent)));

        using (OneTry.AtMost(Long, Noon, clock))
            await Assert.ThrowsAsync<NotSentException>(() => Write(table));
        Assert.Empty(wire.Requests);

        using (OneTry.AtMost(Long, Noon.AddTicks(1), clock))
            await Write(table);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task The_moment_counts_when_the_call_leaves_not_when_it_is_made()
    {
        var clock = new StoppedClock(Noon);
        var wire = new Wire(HttpStatusCode.NoContent);
        var slow = new SlowCredential(() => clock.Now = Noon.AddSeconds(21));
        var table = new TableClient(StorageEndpoints.Tables("acc"), "table", slow, wire.Tables);

        using (OneTry.AtMost(TimeSpan.FromSeconds(10), Noon.AddSeconds(20), clock))
            await Assert.ThrowsAsync<NotSentException>(() => Write(table));

        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Calls_after_and_beside_it_are_tried_again_as_ever()
    {
        var (wire, table) = Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));
        using (OneTry.AtMost(Long))
        {
        }

        await Assert.ThrowsAsync<RequestFailedException>(() => Write(table));

        Assert.Equal(4, wire.Requests.Count);
    }

    [Fact]
    public async Task It_works_for_queues_too()
    {
        var wire = new Wire(HttpStatusCode.ServiceUnavailable);
        using (OneTry.AtMost(Long))
            await Assert.ThrowsAsync<RequestFailedException>(() => new QueueClient(storage.ConnectionString, "queue", wire.Queues).ClearMessagesAsync());

        Assert.Single(wire.Requests);
    }

    /// <summary>The pitfall that the methods name: the caller must read again to know.</summary>
    [Fact]
    public async Task After_a_lost_answer_the_second_try_meets_the_first_one()
    {
        var name = (await storage.NewTable()).Name;
        var (table, _) = LosingFirstAnswers(name);
        Assert.Equal(409, (await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["By"] = "me" }))).Status);
        var row = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal("me", row.GetString("By"));

        (table, _) = LosingFirstAnswers(name);
        Assert.Equal(412, (await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r") { ["By"] = "again" }, row.ETag))).Status);
        Assert.Equal("again", (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetString("By"));

        (table, _) = LosingFirstAnswers(name);
        var batch = new TableTransactionAction[] { new(TableTransactionActionType.Add, new TableEntity("p", "batch")) };
        Assert.Equal(409, (await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(batch))).Status);
    }

    [Fact]
    public async Task With_one_try_a_lost_answer_is_an_error_and_the_write_may_have_been_done()
    {
        var (table, wire) = LosingFirstAnswers((await storage.NewTable()).Name);

        using (OneTry.AtMost(Long))
            Assert.Equal(0, (await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")))).Status);

        Assert.Single(wire.Requests);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    private (TableClient Table, Wire Wire) LosingFirstAnswers(string name)
    {
        var real = new HttpClient();
        var calls = 0;
        var wire = new Wire(async sent =>
        {
            using var copy = new HttpRequestMessage(sent.Request.Method, sent.Uri) { Content = new StringContent(sent.Body) };
            copy.Content.Headers.Clear();
            foreach (var header in sent.Request.Headers)
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            foreach (var header in sent.Request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            var answer = await real.SendAsync(copy, sent.Cancel);
            return ++calls == 1 ? throw new HttpRequestException("the answer was lost") : answer;
        });
        return (new TableClient(storage.ConnectionString, name, Quick(wire)), wire);
    }

    private (Wire Wire, TableClient Table) Answering(Func<Wire.Sent, Task<HttpResponseMessage>> answer)
    {
        var wire = new Wire(answer);
        return (wire, new TableClient(storage.ConnectionString, "table", Quick(wire)));
    }

    private static TableClientOptions Quick(Wire wire)
    {
        var options = wire.Tables;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return options;
    }

    private static Task<Response> Write(TableClient table) => table.UpsertEntityAsync(new TableEntity("p", "r"));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class SlowCredential(Action wait) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            wait();
            return new("token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
