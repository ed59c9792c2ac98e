using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using JobMatch.Flows;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace JobMatch.Adapters.Gateways;

/// <summary>
/// How a vendor is called. A text is handed over once: HttpClient repeats a POST by itself when a kept connection ends before
/// an answer (RFC 9112, 9.3.1 leaves that to the sender), and follows some redirects with the body; either would be a second
/// text. Tried again is only what is safe: asking, and a send of which not one byte of the body has left. After a run of lost
/// answers a breaker keeps texts away for a while, so that they wait unsent instead of becoming unknown.
/// </summary>
internal sealed class VendorCalls : IDisposable
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    private readonly HttpClient http;
    private readonly ResiliencePipeline<Sent> sending;
    private readonly ResiliencePipeline<Known> asking;

    /// <param name="http">See <see cref="Client"/>.</param>
    /// <param name="timeout">For a call as a whole, with all its tries.</param>
    public VendorCalls(HttpClient http, TimeSpan timeout, TimeProvider time)
    {
        this.http = http;
        // The breaker is outermost: it counts calls, not tries.
        sending = new ResiliencePipelineBuilder<Sent> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Sent>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Break,
                ShouldHandle = new PredicateBuilder<Sent>().Handle<HttpRequestException>().Handle<TimeoutRejectedException>().HandleResult(sent => sent is Sent.Unknown),
            })
            .AddTimeout(timeout)
            .AddRetry(new RetryStrategyOptions<Sent>
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(200),
                ShouldHandle = new PredicateBuilder<Sent>().Handle<HttpRequestException>(),
            })
            .Build();
        asking = new ResiliencePipelineBuilder<Known> { TimeProvider = time }
            .AddTimeout(timeout)
            .AddRetry(new RetryStrategyOptions<Known>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(300),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder<Known>().Handle<HttpRequestException>(),
            })
            .Build();
    }

    /// <summary>A client whose connections give up early enough for <see cref="Send"/> to tell why.</summary>
    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        BaseAddress = address,
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    /// <summary>A body for <see cref="Send"/>, which leaves once.</summary>
    public static HttpContent Body(byte[] body, string contentType) => new Once(body, contentType);

    /// <summary>Sends and reads the answer; what goes wrong before the body leaves is Later, after that Unknown.</summary>
    /// <param name="make">Makes the request, anew for each try: with a <see cref="Body"/>, and a signature of that moment.</param>
    public async Task<Sent> Send(Func<HttpRequestMessage> make, Func<HttpResponseMessage, byte[], Sent> read, CancellationToken cancel)
    {
        try
        {
            return await sending.ExecuteAsync(async token => await HandOver(make(), read, token), cancel);
        }
        catch (BrokenCircuitException broken)
        {
            return new Sent.Later(broken.RetryAfter ?? Break);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException)
        {
            return new Sent.Later(null);
        }
    }

    /// <summary>Asks; without an answer the vendor cannot tell.</summary>
    /// <param name="make">Makes the request, anew for each try.</param>
    /// <param name="read">Reads what was answered with any status but 429 and 5xx.</param>
    public async Task<Known> Ask(Func<HttpRequestMessage> make, Func<HttpStatusCode, byte[], Known> read, CancellationToken cancel)
    {
        try
        {
            return await asking.ExecuteAsync(async token =>
            {
                using var request = make();
                using var answer = await http.SendAsync(request, token);
                return answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                    ? throw new HttpRequestException(null, null, answer.StatusCode)
                    : read(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(token));
            }, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new Known.CannotTell(e is HttpRequestException { StatusCode: { } status } ? $"HTTP {(int)status}" : "no answer");
        }
    }

    /// <summary>
    /// What a status says where the vendor's code does not. A 5xx or 408 may come from anything between us and the vendor,
    /// before or after it took the text; a 4xx that does not speak of the text would meet every text.
    /// </summary>
    public static Sent ByStatus(HttpResponseMessage answer, string? code) => (int)answer.StatusCode switch
    {
        429 => new Sent.Later(answer.Headers.RetryAfter?.Delta),
        400 or 413 or 422 => new Sent.Refused(code ?? $"HTTP {(int)answer.StatusCode}", "not a text that the vendor understands"),
        >= 400 and < 500 and not 408 => new Sent.AccountRefused(code ?? $"HTTP {(int)answer.StatusCode}"),
        var status => new Sent.Unknown($"HTTP {status} without a clear answer"),
    };

    /// <summary>An answer's JSON object; null for what is none.</summary>
    public static JsonElement? Json(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Sent> HandOver(HttpRequestMessage request, Func<HttpResponseMessage, byte[], Sent> read, CancellationToken token)
    {
        using var disposed = request;
        var body = (Once)request.Content!;
        try
        {
            using var answer = await http.SendAsync(request, token);
            return read(answer, await answer.Content.ReadAsByteArrayAsync(token));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            if (body.Left)
                return new Sent.Unknown(e is OperationCanceledException ? "no answer in time" : "the connection broke before the answer");
            token.ThrowIfCancellationRequested();
            throw new HttpRequestException("Nothing has left.", e);
        }
    }

    private sealed class Once : HttpContent
    {
        private readonly byte[] body;

        public Once(byte[] body, string contentType)
        {
            this.body = body;
            Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        public bool Left { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            if (Left)
                throw new IOException("A text is handed over once.");
            Left = true;
            await stream.WriteAsync(body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
