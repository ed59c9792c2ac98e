using System.Net;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

/// <summary>Azure's limits of queues: what stands at one is done on real storage, what is one past never reaches the wire.</summary>
public sealed class QueueLimitsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task A_message_has_at_most_64_KiB_as_sent_which_is_48_KiB_before_base64()
    {
        var queue = await storage.NewQueue();
        var longest = new string('王', 16_384); // three bytes each
        await queue.SendMessageAsync(longest);
        Assert.Equal(longest, Assert.Single((await queue.ReceiveMessagesAsync()).Value).MessageText);

        await Refused("at most 65536 bytes as sent; this one has 65540", watched => watched.SendMessageAsync(longest + "x"));
        await Refused("at most 65536 bytes as sent; this one has 65540", watched => watched.UpdateMessageAsync("id", "receipt", longest + "x"));
    }

    [Fact]
    public async Task Plain_text_has_at_most_64_KiB_of_UTF_8()
    {
        var plain = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        var queue = new QueueClient(storage.ConnectionString, (await storage.NewQueue()).Name, plain);
        var longest = new string('x', 65_536);
        await queue.SendMessageAsync(longest);
        Assert.Equal(longest, Assert.Single((await queue.ReceiveMessagesAsync()).Value).MessageText);

        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => queue.SendMessageAsync(longest + "x"));
        Assert.Contains("this one has 65537", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_lives_for_a_second_or_more_or_for_ever()
    {
        var queue = await storage.NewQueue();
        Assert.Equal(Second, await Life(queue, Second));
        Assert.Equal(TimeSpan.FromDays(365), await Life(queue, TimeSpan.FromDays(365)));
        Assert.Equal(Week, await Life(queue, null));
        Assert.Equal(9999, (await queue.SendMessageAsync("x", timeToLive: TimeSpan.FromSeconds(-1))).Value.ExpirationTime.Year);

        foreach (var wrong in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromSeconds(-2), Second - TimeSpan.FromTicks(1)])
            await Refused("lives for at least 1 second", watched => watched.SendMessageAsync("x", timeToLive: wrong));
    }

    [Fact]
    public async Task A_message_is_sent_hidden_for_up_to_7_days_and_less_than_it_lives()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("x", Week, TimeSpan.FromSeconds(-1))).Value;
        Assert.Equal(Week, sent.TimeNextVisible - sent.InsertionTime);
        await queue.SendMessageAsync("x", TimeSpan.FromSeconds(59), TimeSpan.FromMinutes(1));
        await queue.SendMessageAsync("x", Week - Second);

        await Refused("0 seconds to 7 days; given: 7.00:00:01", watched => watched.SendMessageAsync("x", Week + Second, TimeSpan.FromSeconds(-1)));
        await Refused("0 seconds to 7 days; given: -00:00:01", watched => watched.SendMessageAsync("x", -Second));
        await Refused("hidden for less than it lives", watched => watched.SendMessageAsync("x", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)));
        await Refused("hidden for less than it lives", watched => watched.SendMessageAsync("x", Week));
    }

    [Fact]
    public async Task A_received_message_is_hidden_for_1_second_to_7_days()
    {
        var queue = await storage.NewQueue();
        foreach (var hidden in (TimeSpan[])[Second, Week])
            await queue.ReceiveMessagesAsync(1, hidden);

        await Refused("1 second to 7 days; given: 00:00:00", watched => watched.ReceiveMessagesAsync(1, TimeSpan.Zero));
        await Refused("1 second to 7 days; given: 7.00:00:01", watched => watched.ReceiveMessagesAsync(1, Week + Second));
    }

    [Fact]
    public async Task An_updated_message_is_hidden_for_up_to_7_days()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("x", Second, TimeSpan.FromSeconds(-1))).Value;
        await queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt, visibilityTimeout: Week);

        await Refused("0 seconds to 7 days; given: 7.00:00:01", watched => watched.UpdateMessageAsync("id", "receipt", visibilityTimeout: Week + Second));
        await Refused("0 seconds to 7 days; given: -00:00:01", watched => watched.UpdateMessageAsync("id", "receipt", visibilityTimeout: -Second));
    }

    [Fact]
    public async Task A_part_of_a_second_counts_as_a_whole_one()
    {
        var (wire, queue) = Watched();

        await queue.UpdateMessageAsync("id", "receipt", visibilityTimeout: TimeSpan.FromMilliseconds(1));

        Assert.Contains("visibilitytimeout=1", wire.Requests.Single().Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_takes_1_to_32_messages()
    {
        var queue = await storage.NewQueue();
        await Task.WhenAll(Enumerable.Range(0, 33).Select(i => queue.SendMessageAsync($"{i}")));
        Assert.Equal(32, (await queue.PeekMessagesAsync(32)).Value.Length);
        Assert.Equal(32, (await queue.ReceiveMessagesAsync(32)).Value.Length);
        Assert.Single((await queue.ReceiveMessagesAsync(1)).Value);

        foreach (var wrong in (int[])[0, 33])
        {
            await Refused($"1 to 32 messages; {wrong} were asked for", watched => watched.ReceiveMessagesAsync(wrong));
            await Refused($"1 to 32 messages; {wrong} were asked for", watched => watched.PeekMessagesAsync(wrong));
        }
    }

    [Fact]
    public async Task A_queue_is_named_with_3_to_63_lower_case_letters_digits_and_single_hyphens()
    {
        foreach (var name in (string[])["abc", "1-a-2", "a23456789-123456789-123456789-123456789-123456789-123456789-123"])
            Assert.Equal(201, (await storage.Queues.GetQueueClient(name).CreateIfNotExistsAsync()).Status);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-1234")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("a--b")]
    [InlineData("Abc")]
    [InlineData("a_b")]
    [InlineData("队列一")]
    [InlineData("abc\n")]
    public void Another_name_is_refused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => storage.Queues.GetQueueClient(name));
        Assert.StartsWith("A queue's name has 3 to 63 lower-case letters", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TimeSpan> Life(QueueClient queue, TimeSpan? timeToLive)
    {
        var sent = (await queue.SendMessageAsync("x", timeToLive: timeToLive)).Value;
        return sent.ExpirationTime - sent.InsertionTime;
    }

    private static (Wire Wire, QueueClient Queue) Watched()
    {
        var wire = new Wire(_ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.NoContent);
            answer.Headers.Add("x-ms-popreceipt", "r");
            answer.Headers.Add("x-ms-time-next-visible", "Tue, 24 Nov 2026 00:00:00 GMT");
            return Task.FromResult(answer);
        });
        return (wire, new QueueClient(StorageEndpoints.Emulator(1, 2), "queue", wire.Queues));
    }

    private static async Task Refused(string why, Func<QueueClient, Task> call)
    {
        var (wire, queue) = Watched();
        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => call(queue));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
    }
}
