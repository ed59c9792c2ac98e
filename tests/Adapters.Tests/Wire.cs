using System.Net;
using Azure.Core.Pipeline;
using JobMatch.Adapters.Storage;

namespace JobMatch.Adapters.Tests;

/// <summary>
/// The wire, watched: what was sent and what came back. It reaches the real storage, unless an answer is given here.
/// </summary>
internal sealed class Wire : DelegatingHandler
{
    private readonly Func<Sent, Task<HttpResponseMessage>>? answer;

    public Wire() : base(new SocketsHttpHandler())
    {
    }

    public Wire(Func<Sent, Task<HttpResponseMessage>> answer) => this.answer = answer;

    public Wire(HttpStatusCode status) : this(_ => Task.FromResult(new HttpResponseMessage(status)))
    {
    }

    public List<Sent> Requests { get; } = [];
    public List<string> Answers { get; } = [];
    public HttpClientTransport Transport => new(new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });
    public TableClientOptions Tables => new() { Transport = Transport };
    public QueueClientOptions Queues => new() { Transport = Transport };

    /// <summary>Sends on whatever way was taken over.</summary>
    public Task<HttpResponseMessage> Through(Sent sent, CancellationToken cancel) => base.SendAsync(sent.Request, cancel);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new Sent(request, request.Method.Method, request.RequestUri!, body, cancellationToken);
        Requests.Add(sent);
        var response = answer is null ? await base.SendAsync(request, cancellationToken) : await answer(sent);
        if (answer is null)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Answers.Add(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        return response;
    }

    internal sealed record Sent(HttpRequestMessage Request, string Method, Uri Uri, string Body, CancellationToken Cancel)
    {
        public string Header(string name) =>
            Request.Headers.TryGetValues(name, out var values) || (Request.Content?.Headers.TryGetValues(name, out values) ?? false) ? string.Join(',', values) : "";
    }
}
