using System.Net;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>
/// A call that hands a text over and is made once. HttpClient repeats a POST by itself when a kept connection ends before an
/// answer (RFC 9112, 9.3.1 leaves that to the sender), and follows some redirects with the body: either would be a second text.
/// </summary>
internal static class OneCall
{
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
    };

    /// <summary>Sends and reads the answer; what goes wrong before the body leaves is Later, after that Unknown.</summary>
    /// <param name="timeout">For all of it.</param>
    public static async Task<Sent> Send(
        HttpClient http, HttpRequestMessage request, byte[] body, TimeSpan timeout, TimeProvider time,
        Func<HttpResponseMessage, byte[], Sent> read, CancellationToken cancel)
    {
        var content = new Once(body);
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        request.Content = content;
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            return read(answer, await answer.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            if (content.Left)
                return new Sent.Unknown(e is OperationCanceledException ? "no answer in time" : "the connection broke before the answer");
            cancel.ThrowIfCancellationRequested();
            return new Sent.Later(null);
        }
    }

    private sealed class Once : HttpContent
    {
        private readonly byte[] body;

        public Once(byte[] body)
        {
            this.body = body;
            Headers.ContentType = new("application/json", "utf-8");
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
