using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Core;
using JobMatch.Flows;
using JobMatch.Matching;
using OpenAI;
using OpenAI.Embeddings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace JobMatch.Adapters.Embeddings;

/// <summary>Where the model is and what is asked of it.</summary>
/// <param name="Endpoint"><c>https://{resource}.openai.azure.com/openai/v1/</c>, or that of any server which speaks OpenAI's <c>/embeddings</c>.</param>
/// <param name="Model">The deployment's name in Azure, else the model's.</param>
/// <param name="Dimensions">How many numbers a vector has; asked for, and an answer of another length is not used.</param>
public sealed record EmbeddingSettings(Uri Endpoint, string Model, int Dimensions)
{
    /// <summary>Texts in one call; Azure takes 2048 at most.</summary>
    public int AtOnce { get; init; } = 64;

    /// <summary>For one try.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Before the second try; twice that before the third, which is the last.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing is asked after most of several tries have failed.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// Vectors from Azure OpenAI or any server that speaks OpenAI's <c>/embeddings</c>, by the package OpenAI. Tries three times,
/// rests where most tries fail, and never throws for what the server does: a metric says what came of it.
/// </summary>
public sealed class OpenAiEmbeddings : IEmbeddings
{
    private readonly EmbeddingClient client;
    private readonly EmbeddingSettings settings;
    private readonly ResiliencePipeline tries;

    /// <param name="key">An API key.</param>
    public OpenAiEmbeddings(EmbeddingSettings settings, string key, TimeProvider time)
        : this(settings, new EmbeddingClient(settings.Model, new ApiKeyCredential(key), Options(settings)), time)
    {
    }

    /// <param name="credential">A managed identity with the role "Cognitive Services OpenAI User" on the resource.</param>
    /// <param name="audience">Whom the token is for: <c>https://cognitiveservices.azure.com</c>, in Azure China <c>https://cognitiveservices.azure.cn</c>.</param>
    public OpenAiEmbeddings(EmbeddingSettings settings, TokenCredential credential, Uri audience, TimeProvider time)
#pragma warning disable OPENAI001 // The only way to sign in without a key; marked as subject to change.
        : this(settings, new EmbeddingClient(settings.Model, new BearerTokenPolicy(credential, new Uri(audience, ".default").ToString()), Options(settings)), time)
#pragma warning restore OPENAI001
    {
    }

    private OpenAiEmbeddings(EmbeddingSettings settings, EmbeddingClient client, TimeProvider time)
    {
        (this.settings, this.client) = (settings, client);
        tries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ClientResultException>(IsPassing).Handle<TimeoutRejectedException>().Handle<HttpRequestException>().Handle<IOException>(),
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.Pause,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(x => x is not OperationCanceledException),
                FailureRatio = 0.5,
                MinimumThroughput = 6,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = settings.Rest,
            })
            .AddTimeout(settings.Timeout)
            .Build();
    }

    public int AtOnce => settings.AtOnce;

    public async Task<IReadOnlyList<sbyte[]>?> Of(IReadOnlyList<string> texts, CancellationToken cancel)
    {
        try
        {
            var vectors = await tries.ExecuteAsync(async token => await Ask(texts, token), cancel);
            Meters.Embedded("made", texts.Count);
            return vectors;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Meters.Embedded(WhatFailed(e), texts.Count);
            return null;
        }
    }

    private async Task<sbyte[][]> Ask(IReadOnlyList<string> texts, CancellationToken cancel)
    {
        var answer = (await client.GenerateEmbeddingsAsync(texts, new() { Dimensions = settings.Dimensions }, cancel)).Value;
        var vectors = new sbyte[texts.Count][];
        foreach (var one in answer)
            if (one.Index >= 0 && one.Index < vectors.Length && one.ToFloats() is { } floats && floats.Length == settings.Dimensions && Meanings.Quantised(floats.Span) is { } vector)
                vectors[one.Index] = vector;
        return vectors.Contains(null) ? throw new UnusableAnswerException() : vectors;
    }

    private static OpenAIClientOptions Options(EmbeddingSettings settings) =>
        new() { Endpoint = settings.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0), NetworkTimeout = settings.Timeout + settings.Timeout };

    // 0 is no answer at all.
    private static bool IsPassing(ClientResultException e) => e.Status is 0 or 408 or 429 or >= 500;

    private static string WhatFailed(Exception e) => e switch
    {
        BrokenCircuitException => "resting",
        TimeoutRejectedException => "timeout",
        ClientResultException { Status: 429 } => "throttled",
        ClientResultException { Status: >= 400 and < 500 } => "refused",
        ClientResultException or HttpRequestException or IOException => "down",
        _ => "unusable",
    };

    private sealed class UnusableAnswerException() : Exception("Not one vector of the length asked for for each text.");
}
