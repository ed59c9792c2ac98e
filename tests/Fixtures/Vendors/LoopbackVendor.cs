using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace JobMatch.Fixtures.Vendors;

/// <summary>How a vendor treats what is handed to it.</summary>
public enum Manner
{
    /// <summary>Takes it and says so.</summary>
    Takes,

    /// <summary>Too many just now.</summary>
    Throttles,

    /// <summary>This number will not do.</summary>
    RefusesNumber,

    /// <summary>The account has no balance.</summary>
    RefusesAccount,

    /// <summary>Takes it and never answers.</summary>
    TakesAndHangs,

    /// <summary>Takes it and breaks the connection.</summary>
    TakesAndDrops,

    /// <summary>Answers with what is no answer.</summary>
    TalksGarbage,

    /// <summary>Something before the vendor answers 503.</summary>
    IsDown,
}

/// <summary>A request as it came over the wire.</summary>
/// <param name="Target">Path and query, not decoded.</param>
public sealed record RawRequest(string Method, string Target, IHeaderDictionary Headers, byte[] Body)
{
    public string Header(string name) => Headers[name].ToString();
}

/// <summary>A text that a vendor took.</summary>
public sealed record TakenText(string VendorId, string OutId, string Phone, string Text, DateTimeOffset At);

/// <summary>A vendor's answer.</summary>
public sealed record VendorAnswer(int Status, string Body, string ContentType = "application/json; charset=utf-8");

/// <summary>
/// A vendor on a free port of this machine: recomputes signatures from the raw bytes, written from the vendor's page and not
/// with the adapter's code, refuses wrong, stale and replayed ones, and behaves as its <see cref="Manner"/> says.
/// </summary>
public abstract class LoopbackVendor : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CancellationTokenSource stopped = new();
    private int ids;

    protected LoopbackVendor()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(Serve);
    }

    public Uri Address => new(app.Urls.First());

    public Manner Manner { get; set; }

    /// <summary>Status of the answers to the next questions, one each; then as usual.</summary>
    public ConcurrentQueue<int> AskedStatus { get; } = new();

    public ConcurrentQueue<TakenText> Took { get; } = new();

    public ConcurrentQueue<RawRequest> Seen { get; } = new();

    /// <summary>Vendor id → how it ended: delivered, or not.</summary>
    public ConcurrentDictionary<string, bool> Ended { get; } = new();

    public async Task<T> Started<T>() where T : LoopbackVendor
    {
        await app.StartAsync();
        return (T)this;
    }

    /// <summary>Nobody listens any more.</summary>
    public Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stopped.CancelAsync();
        await app.DisposeAsync();
        stopped.Dispose();
    }

    protected static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Why a request is not signed as it must be; null where it is.</summary>
    protected abstract VendorAnswer? Unsigned(RawRequest request);

    /// <summary>Null where the request hands no text over but asks.</summary>
    protected abstract TakenText? TextOf(RawRequest request, string vendorId);

    protected abstract VendorAnswer Taken(TakenText text);

    protected abstract VendorAnswer Answer(Manner manner, TakenText text);

    /// <summary>What it knows of texts.</summary>
    protected abstract VendorAnswer Asked(RawRequest request);

    /// <summary>A vendor's next id.</summary>
    protected virtual string Id(int number) => $"{900000000000 + number}^0";

    private async Task Serve(HttpContext context)
    {
        using var held = new MemoryStream();
        await context.Request.Body.CopyToAsync(held);
        var request = new RawRequest(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)), held.ToArray());
        Seen.Enqueue(request);
        var answer = await Answer(context, request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.WriteAsync(answer.Body);
    }

    private async Task<VendorAnswer> Answer(HttpContext context, RawRequest request)
    {
        if (Manner == Manner.IsDown)
            return new(503, "<html>Service Unavailable</html>", "text/html");
        if (Unsigned(request) is { } unsigned)
            return unsigned;
        if (TextOf(request, Id(Interlocked.Increment(ref ids))) is not { } text)
            return AskedStatus.TryDequeue(out var status) ? new(status, "{}") : Asked(request);
        if (Manner is Manner.Takes or Manner.TakesAndHangs or Manner.TakesAndDrops)
            Took.Enqueue(text);
        switch (Manner)
        {
            case Manner.Takes:
                return Taken(text);
            case Manner.TakesAndHangs:
                await Task.Delay(Timeout.Infinite, stopped.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                goto case Manner.TakesAndDrops;
            case Manner.TakesAndDrops:
                context.Abort();
                return new(200, "");
            case Manner.TalksGarbage:
                return new(200, "<html>你好</html>", "text/html");
            default:
                return Answer(Manner, text);
        }
    }
}
