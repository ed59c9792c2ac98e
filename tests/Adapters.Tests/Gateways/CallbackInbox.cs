using System.Collections.Concurrent;
using JobMatch.Adapters.Gateways;
using JobMatch.Flows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>The service's side of the callbacks: takes bodies on a free port and keeps them.</summary>
internal sealed class CallbackInbox : IAsyncDisposable
{
    public const string Good = """{"code":0,"msg":"接收成功"}""";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> bodies = new();

    private CallbackInbox(WebApplication app) => this.app = app;

    /// <summary>Status and body of every answer, by how many came before.</summary>
    public Func<int, (int Status, string Body)> Answer { get; set; } = _ => (200, Good);

    public string Address => $"{app.Urls.First()}/callbacks/sandbox/token";
    public int Pushes => bodies.Count;

    public IReadOnlyList<GatewayReport> Reports => [.. bodies.Where(one => one.Path.EndsWith("/report", StringComparison.Ordinal)).SelectMany(one => Reader.ReadReports(one.Body).Items)];
    public IReadOnlyList<GatewayReport> Of(string phone) => [.. Reports.Where(report => report.Phone == phone)];
    public IReadOnlyList<GatewayReply> Replies => [.. bodies.Where(one => one.Path.EndsWith("/reply", StringComparison.Ordinal)).SelectMany(one => Reader.ReadReplies(one.Body).Items)];

    public static SandboxGateway Reader { get; } = SandboxGateway.At(new("http://127.0.0.1:1"), "", null, TimeProvider.System);

    public static async Task<CallbackInbox> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var inbox = new CallbackInbox(builder.Build());
        inbox.app.Urls.Add("http://127.0.0.1:0");
        inbox.app.MapPost("/{**path}", async (HttpContext context, string path) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var (status, answer) = inbox.Answer(inbox.bodies.Count);
            inbox.bodies.Enqueue((path, body.ToArray()));
            return Results.Content(answer, "application/json", statusCode: status);
        });
        await inbox.app.StartAsync();
        return inbox;
    }

    /// <summary>Waits until it is so.</summary>
    public async Task Until(Func<CallbackInbox, bool> wanted)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!wanted(this))
            await Task.Delay(10, late.Token);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
