using System.Net;
using JobMatch.Adapters.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace JobMatch.Load;

/// <summary>
/// Stands before a local storage: passes everything on, can answer 503 to all, and now and then lets a write come to pass
/// and drops its answer. Storage's signatures cover the path as sent and not the host, so what passes stays signed.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Keep-Alive", "Transfer-Encoding", "Host", "Content-Length" };

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false });
    private readonly List<WebApplication> apps = [];
    private readonly Lock gate = new();
    private readonly Random random;
    private volatile bool refusing;
    private double dropped;
    private int drops, refusals;

    private StorageProxy(int seed) => random = new(seed);

    /// <summary>A connection string that leads through the proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Writes that came to pass and whose answer was dropped.</summary>
    public int Drops => drops;

    /// <summary>Calls that were answered with 503.</summary>
    public int Refusals => refusals;

    /// <param name="connectionString">Of a storage on loopback, as <see cref="StorageEndpoints.Emulator"/> makes it.</param>
    public static async Task<StorageProxy> Start(string connectionString, int seed)
    {
        var proxy = new StorageProxy(seed);
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var (queue, table) = (await proxy.Before(new(parts["QueueEndpoint"])), await proxy.Before(new(parts["TableEndpoint"])));
        proxy.ConnectionString = StorageEndpoints.Emulator(queue, table);
        return proxy;
    }

    /// <summary>From now on everything is answered with 503, or no longer.</summary>
    public void Refuse(bool all) => refusing = all;

    /// <summary>From now on this share of writes, 0 to 1, loses its answer.</summary>
    public void Drop(double share) => dropped = share;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps)
            await app.DisposeAsync();
        http.Dispose();
    }

    private async Task<int> Before(Uri storage)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        app.Run(context => Pass(context, storage));
        apps.Add(app);
        await app.StartAsync();
        return new Uri(app.Urls.Single()).Port;
    }

    private async Task Pass(HttpContext context, Uri storage)
    {
        if (refusing)
        {
            Interlocked.Increment(ref refusals);
            context.Response.StatusCode = 503;
            return;
        }
        // The path as it came: made anew it would no longer be what was signed.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri($"{storage.Scheme}://{storage.Authority}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            request.Content = new ByteArrayContent(body.ToArray());
        }
        foreach (var (name, values) in context.Request.Headers.Where(header => !HopByHop.Contains(header.Key)))
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        // What has come here is carried out, also where the caller has died meanwhile.
        using var answer = await http.SendAsync(request, CancellationToken.None);
        var answered = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (!HttpMethods.IsGet(context.Request.Method) && Falls())
        {
            Interlocked.Increment(ref drops);
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !HopByHop.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (answered.Length > 0)
            await context.Response.Body.WriteAsync(answered, CancellationToken.None);
    }

    private bool Falls()
    {
        lock (gate)
            return random.NextDouble() < dropped;
    }
}
