using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

public sealed class QueueClientTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_message_is_taken_with_its_text_and_counted()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("你好 <&>\r\n\0😀", timeToLive: TimeSpan.FromHours(1))).Value;

        var first = Assert.Single((await queue.ReceiveMessagesAsync(32, TimeSpan.FromSeconds(30))).Value);
        await queue.UpdateMessageAsync(first.MessageId, first.PopReceipt);
        var second = Assert.Single((await queue.ReceiveMessagesAsync(32, TimeSpan.FromSeconds(30))).Value);

        Assert.Equal((sent.MessageId, "你好 <&>\r\n\0😀", 1L), (first.MessageId, first.MessageText, first.DequeueCount));
        Assert.Equal((sent.MessageId, 2L), (second.MessageId, second.DequeueCount));
        Assert.Equal((sent.InsertionTime, sent.ExpirationTime), (first.InsertedOn, first.ExpiresOn));
        Assert.Equal(TimeSpan.FromHours(1), sent.ExpirationTime - sent.InsertionTime);
        Assert.True(second.NextVisibleOn > sent.InsertionTime);
    }

    [Fact]
    public async Task A_hidden_message_becomes_visible_with_the_receipt_that_the_send_returned()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("你好", TimeSpan.FromMinutes(1))).Value;
        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);
        Assert.Equal(TimeSpan.FromMinutes(1), sent.TimeNextVisible - sent.InsertionTime);

        await queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt);

        var message = Assert.Single((await queue.ReceiveMessagesAsync()).Value);
        Assert.Equal((sent.MessageId, "你好", 1L), (message.MessageId, message.MessageText, message.DequeueCount));
    }

    [Fact]
    public async Task A_hidden_message_can_be_deleted_with_the_receipt_that_the_send_returned()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("x", TimeSpan.FromMinutes(1))).Value;

        await queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt);

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_hidden_message_appears_by_itself()
    {
        var queue = await storage.NewQueue();
        await queue.SendMessageAsync("x", TimeSpan.FromSeconds(1));
        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);

        var taken = await Eventually(async () => (await queue.ReceiveMessagesAsync()).Value);

        Assert.Equal("x", Assert.Single(taken).MessageText);
    }

    [Fact]
    public async Task A_message_that_is_not_deleted_comes_back()
    {
        var queue = await storage.NewQueue();
        await queue.SendMessageAsync("x");
        Assert.Single((await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1))).Value);

        var again = Assert.Single(await Eventually(async () => (await queue.ReceiveMessagesAsync()).Value));

        Assert.Equal(2, again.DequeueCount);
    }

    [Fact]
    public async Task An_older_receipt_changes_nothing()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("x", TimeSpan.FromMinutes(1))).Value;
        var renewed = (await queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt, visibilityTimeout: TimeSpan.FromMinutes(2))).Value;

        Assert.NotEqual(sent.PopReceipt, renewed.PopReceipt);
        Assert.Equal((400, "PopReceiptMismatch"), Told(await Refused(() => queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt))));
        Assert.Equal((400, "PopReceiptMismatch"), Told(await Refused(() => queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt))));
        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);
        Assert.Equal(204, (await queue.DeleteMessageAsync(sent.MessageId, renewed.PopReceipt)).Status);
        Assert.Equal((404, "MessageNotFound"), Told(await Refused(() => queue.DeleteMessageAsync(sent.MessageId, renewed.PopReceipt))));
    }

    [Fact]
    public async Task An_update_may_change_the_text_and_gives_the_message_its_new_receipt()
    {
        var queue = await storage.NewQueue();
        await queue.SendMessageAsync("before");
        var message = Assert.Single((await queue.ReceiveMessagesAsync()).Value);

        message = message.Update((await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, "after", TimeSpan.FromMinutes(1))).Value);
        await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt);

        Assert.Equal("after", Assert.Single((await queue.ReceiveMessagesAsync()).Value).MessageText);
    }

    [Fact]
    public async Task Peeking_takes_nothing()
    {
        var queue = await storage.NewQueue();
        for (var i = 0; i < 3; i++)
            await queue.SendMessageAsync($"{i}");

        var peeked = (await queue.PeekMessagesAsync(32)).Value;

        Assert.Equal(["0", "1", "2"], peeked.Select(message => message.MessageText));
        Assert.All(peeked, message => Assert.Equal(0, message.DequeueCount));
        Assert.Equal(3, (await queue.ReceiveMessagesAsync(32)).Value.Length);
    }

    [Fact]
    public async Task Properties_count_hidden_messages_too_and_clearing_removes_them()
    {
        var queue = await storage.NewQueue();
        await queue.SendMessageAsync("seen");
        await queue.SendMessageAsync("hidden", TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);

        await queue.ClearMessagesAsync();

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Of_many_takers_each_message_goes_to_one()
    {
        var queue = await storage.NewQueue();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => queue.SendMessageAsync($"{i}")));

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await queue.ReceiveMessagesAsync(2)).Value));

        Assert.Equal(40, taken.SelectMany(messages => messages).Select(message => message.MessageText).Distinct().Count());
    }

    [Fact]
    public async Task A_queue_is_created_listed_and_deleted()
    {
        var queue = storage.Queues.GetQueueClient(AzuriteFixture.NewName() + "-poison");
        Assert.False((await queue.ExistsAsync()).Value);
        Assert.Equal((404, "QueueNotFound"), Told(await Refused(() => queue.SendMessageAsync("x"))));
        Assert.Equal(201, (await queue.CreateIfNotExistsAsync()).Status);
        Assert.Equal(204, (await queue.CreateIfNotExistsAsync()).Status);
        Assert.True((await queue.ExistsAsync()).Value);
        Assert.Contains(new QueueItem(queue.Name), await storage.Queues.GetQueuesAsync().ToListAsync());

        Assert.Equal(204, (await queue.DeleteAsync()).Status);

        Assert.Equal((404, "QueueNotFound"), Told(await Refused(() => queue.GetPropertiesAsync())));
    }

    [Fact]
    public async Task Text_is_base64_on_the_wire_unless_told_otherwise()
    {
        var queue = await storage.NewQueue();
        var plain = new QueueServiceClient(storage.ConnectionString, new() { MessageEncoding = QueueMessageEncoding.None }).GetQueueClient(queue.Name);

        await queue.SendMessageAsync("你好");
        Assert.Equal("5L2g5aW9", Assert.Single((await plain.ReceiveMessagesAsync()).Value).MessageText);

        await plain.SendMessageAsync("<a>&amp; \r\n\t\"'你好😀");
        Assert.Equal("<a>&amp; \r\n\t\"'你好😀", Assert.Single((await plain.ReceiveMessagesAsync()).Value).MessageText);
    }

    [Fact]
    public async Task A_foreign_message_that_is_not_base64_does_not_spoil_its_neighbours_and_can_be_moved_unchanged()
    {
        var queue = await storage.NewQueue();
        var plain = new QueueServiceClient(storage.ConnectionString, new() { MessageEncoding = QueueMessageEncoding.None }).GetQueueClient(queue.Name);
        await plain.SendMessageAsync("{not base64}");
        await queue.SendMessageAsync("good");

        var messages = (await queue.ReceiveMessagesAsync(32)).Value;

        Assert.Throws<FormatException>(() => messages[0].MessageText);
        Assert.Equal("{not base64}", messages[0].RawText);
        Assert.Equal("good", messages[1].MessageText);
    }

    private static async Task<QueueMessage[]> Eventually(Func<Task<QueueMessage[]>> receive)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if (await receive() is { Length: > 0 } messages)
                return messages;
            await Task.Delay(50);
        }
        return [];
    }

    private static Task<RequestFailedException> Refused(Func<Task> call) => Assert.ThrowsAsync<RequestFailedException>(call);

    private static (int, string?) Told(RequestFailedException refused) => (refused.Status, refused.ErrorCode);
}
