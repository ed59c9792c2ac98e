using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JobMatch.Fixtures;

/// <summary>How a server answers that should make vectors.</summary>
public enum EmbeddingMood { Well, InFloats, TooShort, TooFew, Zeros, Garbage, Refuses, Throttles, Breaks, Hangs }

/// <summary>
/// A server on the loopback that speaks OpenAI's POST /v1/embeddings. Its model takes all texts for unrelated, except those that
/// it is told are the same.
/// </summary>
public sealed class EmbeddingServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<JsonObject> asked = new();

    private EmbeddingServer(WebApplication app) => this.app = app;

    public Uri Address => new($"{app.Urls.First()}/v1/");

    /// <summary>By how many calls came before; null is as <see cref="Mood"/> says.</summary>
    public Func<int, EmbeddingMood?> Then { get; set; } = _ => null;

    public EmbeddingMood Mood { get; set; }

    /// <summary>Text → the text whose vector it has.</summary>
    public Dictionary<string, string> Same { get; } = [];

    /// <summary>The bodies of all calls, also of those that were answered badly.</summary>
    public IReadOnlyCollection<JsonObject> Asked => asked;

    public string? Authorization { get; private set; }

    public static async Task<EmbeddingServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = new EmbeddingServer(builder.Build());
        server.app.Urls.Add("http://127.0.0.1:0");
        server.app.MapPost("/v1/embeddings", (Delegate)server.Answer);
        await server.app.StartAsync();
        return server;
    }

    public float[] VectorOf(string text, int length)
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(Same.GetValueOrDefault(text, text)))));
        return [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private async Task<IResult> Answer(HttpContext context)
    {
        Authorization = context.Request.Headers.Authorization;
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var mood = Then(asked.Count) ?? Mood;
        asked.Enqueue(body);
        switch (mood)
        {
            case EmbeddingMood.Hangs: await Task.Delay(Timeout.Infinite, context.RequestAborted); break;
            case EmbeddingMood.Refuses: return Results.Json(new { error = new { message = "No such key." } }, statusCode: 401);
            case EmbeddingMood.Throttles: return Results.Json(new { error = new { message = "Slowly." } }, statusCode: 429);
            case EmbeddingMood.Breaks: return Results.Text("<html>", "text/html", statusCode: 500);
            case EmbeddingMood.Garbage: return Results.Text("{\"object\":\"list\",\"data\":[{\"embedding\":\"!\"", "application/json");
        }
        var texts = body["input"]!.AsArray().Select(x => (string)x!).ToList();
        var length = (int)body["dimensions"]! - (mood == EmbeddingMood.TooShort ? 1 : 0);
        var data = texts.Skip(mood == EmbeddingMood.TooFew ? 1 : 0).Select((text, index) => new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = index,
            ["embedding"] = Embedding(mood == EmbeddingMood.Zeros ? new float[length] : VectorOf(text, length), (string?)body["encoding_format"] == "base64" && mood != EmbeddingMood.InFloats),
        });
        return Results.Json(new JsonObject
        {
            ["object"] = "list",
            ["model"] = (string)body["model"]!,
            // In no particular order: the index says which is whose.
            ["data"] = new JsonArray([.. data.Reverse()]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        });
    }

    private static JsonNode Embedding(float[] vector, bool base64) =>
        base64 ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())))! : new JsonArray([.. vector.Select(x => (JsonNode)x)]);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
