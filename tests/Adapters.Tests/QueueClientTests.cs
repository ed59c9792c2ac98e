using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests;

public sealed class QueueClientTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_hidden_message_becomes_visible_with_the_receipt_that_the_send_returned()
    {
        var queue = await storage.NewQueue();
        var sent = (await queue.SendMessageAsync("你好", TimeSpan.FromMinutes(1))).Value;
        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);

        await queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt);

        var message = Assert.Single((await queue.ReceiveMessagesAsync()).Value);
        Assert.Equal((sent.MessageId, "你好"), (message.MessageId, message.MessageText));
    }
}
