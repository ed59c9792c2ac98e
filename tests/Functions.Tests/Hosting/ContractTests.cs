using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The test plays the Functions host: it sends what the host was seen to send (host 4.1037.0), byte for byte, over real HTTP.</summary>
public sealed class ContractTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private const string QueueBody = """
        {"Data":{"item":"\"{\\\"op\\\":\\\"send\\\",\\\"ref\\\":\\\"o-81\\\"}\""},
         "Metadata":{"DequeueCount":"1","Id":"\"5f0a1c1e-7d0b-4c52-9b1e-2f6f1d0c7a11\"","PopReceipt":"\"AgAAAAMAAAA=\"",
          "InsertionTime":"2026-11-24T00:00:00+00:00","ExpirationTime":"2026-12-01T00:00:00+00:00","NextVisibleTime":"2026-11-24T00:10:00+00:00",
          "sys":{"MethodName":"ProcessOutbox","UtcNow":"2026-11-24T00:00:01.09Z","RandGuid":"c9cc70e9-96ad-4a83-9560-1c9222abab77"},
          "op":"\"send\"","ref":"\"o-81\""}}
        """;

    private const string TimerBody = """
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},"IsPastDue":false,"ScheduleStatus":
          {"Last":"2026-11-22T00:05:00Z","Next":"2026-11-22T00:10:00Z","LastUpdated":"2026-11-22T00:05:00Z"}}},
         "Metadata":{"sys":{"MethodName":"Sweep","UtcNow":"2026-11-22T00:05:00.1Z","RandGuid":"35a63454-e344-4b7a-ab27-d355d4f95562"}}}
        """;

    private const string Status = """
        {"Last":"2026-11-22T00:05:00Z","Next":"2026-11-22T00:10:00Z","LastUpdated":"2026-11-22T00:05:00Z"}
        """;

    [Fact]
    public async Task A_message_reaches_its_handler_as_it_was_put_and_the_answer_is_a_JSON_object()
    {
        var got = new List<string>();
        await using var handler = await Handler(got.Add);

        var (status, answer) = await Post(handler, "outbox", QueueBody);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", answer);
        Assert.Equal("""{"op":"send","ref":"o-81"}""", Assert.Single(got));
    }

    [Theory]
    [InlineData("\"DequeueCount\":\"1\"", "\"DequeueCount\":1")] // as Microsoft's pages show it
    [InlineData("\"DequeueCount\":\"1\",", "")]
    [InlineData("\"DequeueCount\":\"1\"", "\"DequeueCount\":\"\\\"many\\\"\"")] // a message's own member hides the count
    [InlineData("\"Id\":\"\\\"5f0a1c1e-7d0b-4c52-9b1e-2f6f1d0c7a11\\\"\"", "\"id\":\"\\\"o-81\\\"\"")] // a message's own id replaces the host's
    [InlineData("\"op\":\"\\\"send\\\"\"", "\"op\":{\"any\":[\"thing\"]}")]
    public async Task Metadata_may_look_as_it_likes(string normal, string seen)
    {
        Assert.Contains(normal, QueueBody, StringComparison.Ordinal);
        var got = new List<string>();
        await using var handler = await Handler(got.Add);

        var (status, _) = await Post(handler, "outbox", QueueBody.Replace(normal, seen, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"op":"send","ref":"o-81"}""", Assert.Single(got));
    }

    [Fact]
    public async Task A_message_with_a_member_named_id_is_handed_over_whole()
    {
        var got = new List<string>();
        await using var handler = await Handler(got.Add);

        await Post(handler, "outbox", """
            {"Data":{"item":"\"{\\\"id\\\":\\\"o-81\\\",\\\"dequeueCount\\\":99}\""},"Metadata":{"id":"\"o-81\"","dequeueCount":"99","PopReceipt":"\"AgAAAAMAAAA=\""}}
            """);

        Assert.Equal("""{"id":"o-81","dequeueCount":99}""", Assert.Single(got));
    }

    [Theory]
    [InlineData("""{"Data":{"item":"\"plain text, no JSON\""},"Metadata":{}}""", "plain text, no JSON")]
    [InlineData("""{"Data":{"item":"\"\\u5317\\u78da \\ud83d\\ude00\""},"Metadata":{}}""", "北磚 😀")]
    [InlineData("""{"Data":{"item":"\"\""},"Metadata":{}}""", "")]
    [InlineData("""{"Data":{"item":"{\"op\":\"send\"}"},"Metadata":{}}""", """{"op":"send"}""")] // encoded once, as Microsoft's pages show it
    [InlineData("""{"Data":{"item":{"op":"send"}}}""", """{"op":"send"}""")]
    public async Task Every_way_in_which_a_text_is_written_gives_the_text(string body, string text)
    {
        var got = new List<string>();
        await using var handler = await Handler(got.Add);

        var (status, _) = await Post(handler, "outbox", body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(text, Assert.Single(got));
    }

    [Theory]
    [InlineData(Status)]
    [InlineData("null")]
    public async Task A_tick_runs_its_timer_with_or_without_a_status(string status)
    {
        var ticks = 0;
        await using var handler = await Running.UnderFunctions(storage, triggers => triggers.Timer("Sweep", "0 */5 * * * *", (_, _) =>
        {
            ticks++;
            return Task.CompletedTask;
        }));
        Assert.Contains(Status.Trim(), TimerBody, StringComparison.Ordinal);

        var (answered, answer) = await Post(handler, "Sweep", TimerBody.Replace(Status.Trim(), status.Trim(), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, answered);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(answer).RootElement.ValueKind);
        Assert.Equal(1, ticks);
    }

    [Fact]
    public async Task A_failing_handler_answers_500_and_says_nothing_of_the_message()
    {
        await using var handler = await Handler(_ => throw new InvalidOperationException("out of order"));

        var (status, answer) = await Post(handler, "outbox", QueueBody);

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.DoesNotContain("o-81", answer, StringComparison.Ordinal);
        Assert.Contains("out of order", handler.Log.Text, StringComparison.Ordinal);
        Assert.Contains("outbox failed on try 1", handler.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("o-81", handler.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+8613800000000")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Data":null}""")]
    [InlineData("""{"Data":{"item":null}}""")]
    [InlineData("""{"Data":{"item":81},"note":"+8613800000000"}""")]
    [InlineData("""{"Data":{"other":"\"+8613800000000\""}}""")]
    [InlineData("""{"Data":{"item":"\"+8613800000000\""}""")] // cut off
    public async Task A_body_that_is_no_invocation_answers_400_and_repeats_nothing_of_it(string body)
    {
        var got = new List<string>();
        await using var handler = await Handler(got.Add);

        var (status, answer) = await Post(handler, "outbox", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Malformed invocation", JsonDocument.Parse(answer).RootElement.GetProperty("title").GetString());
        Assert.DoesNotContain("+86", answer + handler.Log.Text, StringComparison.Ordinal);
        Assert.Empty(got);
    }

    [Fact]
    public async Task A_slow_handler_is_waited_for()
    {
        await using var handler = await Running.UnderFunctions(storage, triggers => triggers.Queue("outbox", (_, _, cancel) => Task.Delay(1500, cancel)));

        var (status, _) = await Post(handler, "outbox", QueueBody);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_handler_past_its_deadline_has_failed_long_before_the_host_would_kill_the_program()
    {
        var watch = Stopwatch.StartNew();
        await using var handler = await Running.UnderFunctions(
            storage, triggers => triggers.Queue("outbox", (_, _, cancel) => Task.Delay(Timeout.Infinite, cancel)), ("JobMatch:HandlerDeadline", "00:00:00.5"));

        var (status, _) = await Post(handler, "outbox", QueueBody);

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_handler_that_does_not_listen_to_its_deadline_is_left_behind()
    {
        var release = new TaskCompletionSource();
        await using var handler = await Running.UnderFunctions(
            storage, triggers => triggers.Queue("outbox", (_, _, _) => release.Task), ("JobMatch:HandlerDeadline", "00:00:00.2"));

        var (status, _) = await Post(handler, "outbox", QueueBody);
        release.SetResult();

        Assert.Equal(HttpStatusCode.InternalServerError, status);
    }

    [Fact]
    public async Task While_the_program_starts_the_host_gets_an_answer_at_once_and_a_message_waits()
    {
        var ready = new TaskCompletionSource();
        var got = new List<string>();
        await using var handler = await Running.Start(
            storage, triggers =>
            {
                triggers.Http("GET", "/", "readPages", () => "the page");
                triggers.Http("GET", "/health/live", "readHealth", () => "live");
                triggers.Queue("outbox", (_, text, _) =>
                {
                    got.Add(text);
                    return Task.CompletedTask;
                });
            },
            [("FUNCTIONS_CUSTOMHANDLER_PORT", "0")],
            builder => builder.Services.AddStartup((_, cancel) => ready.Task.WaitAsync(cancel)));

        for (var poll = 0; poll < 40; poll++)
        {
            using var answer = await handler.Client.GetAsync(new Uri("/", UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        var posted = Post(handler, "outbox", QueueBody);
        Assert.Equal("live", await handler.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        Assert.Empty(got);
        ready.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await posted).Status);
        Assert.Equal("the page", await handler.Client.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Theory]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT")]
    [InlineData("FUNCTIONS_HTTPWORKER_PORT")]
    public async Task Under_either_name_of_the_port_the_handler_listens_on_loopback(string name)
    {
        await using var handler = await Running.Start(storage, triggers => triggers.Timer("Sweep", "0 */5 * * * *", (_, _) => Task.CompletedTask), [(name, "0")]);

        Assert.Equal("127.0.0.1", new Uri(Assert.Single(handler.App.Urls)).Host);
        Assert.Equal(HttpStatusCode.OK, (await Post(handler, "Sweep", TimerBody)).Status);
    }

    [Fact]
    public async Task Without_a_host_nothing_answers_at_an_invocation_endpoint()
    {
        await using var alone = await Running.Start(storage, triggers => triggers.Timer("Sweep", "0 0 0 1 1 *", (_, _) => Task.CompletedTask), []);

        Assert.Equal(HttpStatusCode.NotFound, (await Post(alone, "Sweep", TimerBody)).Status);
    }

    private Task<Running> Handler(Action<string> handle) => Running.UnderFunctions(storage, triggers => triggers.Queue("outbox", (_, text, _) =>
    {
        handle(text);
        return Task.CompletedTask;
    }));

    private static async Task<(HttpStatusCode Status, string Answer)> Post(Running handler, string function, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        using var answer = await handler.Client.PostAsync(new Uri("/" + function, UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
