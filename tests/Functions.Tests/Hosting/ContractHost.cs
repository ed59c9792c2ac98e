using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JobMatch.Adapters.Storage;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>
/// Plays the Functions host for queues: takes messages, POSTs each to the handler as host 4.1037.0 was seen to, and settles it by the host's
/// rules. It shares no code with the service, so that a rule misread there is not misread here.
/// </summary>
internal sealed class ContractHost(string connection, HttpClient handler)
{
    private readonly QueueServiceClient queues = new(connection, new() { MessageEncoding = QueueMessageEncoding.None });

    public int BatchSize { get; init; } = 16;
    public int MaxDequeueCount { get; init; } = 5;
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(2);
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Delivers until cancelled.</summary>
    public async Task Deliver(string queue, CancellationToken stop)
    {
        var client = queues.GetQueueClient(queue);
        var inHand = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            var messages = (await client.ReceiveMessagesAsync(BatchSize, Lease, CancellationToken.None)).Value;
            inHand.AddRange(messages.Select(message => Settle(client, message)));
            inHand.RemoveAll(task => task.IsCompletedSuccessfully);
            if (messages.Length == 0) await Task.Delay(100, CancellationToken.None);
        }

        await Task.WhenAll(inHand);
    }

    private async Task Settle(QueueClient queue, QueueMessage message)
    {
        if (message.DequeueCount <= MaxDequeueCount && await Call(queue.Name, message))
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        else if (message.DequeueCount >= MaxDequeueCount)
        {
            await queues.GetQueueClient(queue.Name + "-poison").SendMessageAsync(message.RawText);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        else
        {
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: VisibilityTimeout);
        }
    }

    private async Task<bool> Call(string function, QueueMessage message)
    {
        try
        {
            using var content = new StringContent(Body(function, message), Encoding.UTF8, "application/json");
            using var answer = await handler.PostAsync(new Uri("/" + function, UriKind.Relative), content);
            return answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<JsonNode>() is JsonObject;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string Body(string function, QueueMessage message)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(message.RawText));
        var metadata = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true })
        {
            ["DequeueCount"] = $"{message.DequeueCount}",
            ["Id"] = Quoted(message.MessageId),
            ["PopReceipt"] = Quoted(message.PopReceipt),
            ["InsertionTime"] = $"{message.InsertedOn:s}+00:00",
            ["ExpirationTime"] = $"{message.ExpiresOn:s}+00:00",
            ["NextVisibleTime"] = $"{message.NextVisibleOn:s}+00:00",
            ["sys"] = new JsonObject { ["MethodName"] = function, ["UtcNow"] = "2026-11-24T00:00:01.09Z", ["RandGuid"] = "c9cc70e9-96ad-4a83-9560-1c9222abab77" },
        };
        foreach (var (name, value) in Members(text)) metadata[name] = value;
        return new JsonObject { ["Data"] = new JsonObject { ["item"] = Quoted(text) }, ["Metadata"] = metadata }.ToJsonString();
    }

    // Top-level members of a JSON message are copied over the host's own, whatever their case.
    private static IEnumerable<(string, JsonNode)> Members(string text) => Parsed(text) is JsonObject parsed
        ? parsed.Where(member => member.Value is JsonValue).Select(member => (member.Key, (JsonNode)Quoted(member.Value!.ToString())!))
        : [];

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions AsTheHost = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, AsTheHost);
}
