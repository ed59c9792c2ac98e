using System.Globalization;
using System.Security.Cryptography;

namespace JobMatch.Flows;

/// <summary>
/// Keeps a gateway's callback before it is answered: the queue message goes first, then the sealed body. A body that came
/// before is known by its hash and answered alike.
/// </summary>
public sealed class ReceiveCallback(ICallbacks callbacks, SmsGateways gateways, IWork work, TimeProvider time)
{
    /// <param name="gateway">The path segment.</param>
    /// <param name="request">Its body as it arrived, at most 512 KiB.</param>
    /// <returns>What the vendor takes for “received”, or the answer to its question; null where there is no such gateway, or it is not signed as its vendor signs.</returns>
    public async Task<CallbackAnswer?> Run(string gateway, CallbackKind kind, CallbackRequest request, CancellationToken cancel)
    {
        if (gateways.Find(gateway) is not { } known)
            return null;
        switch (known is IChecksCallbacks checks ? checks.Check(request) : new CallbackCheck.Keep(request.Body))
        {
            case CallbackCheck.Reply reply:
                return reply.Answer;
            case CallbackCheck.Keep keep:
                await Keep(known.Name, kind, keep.Body, cancel);
                return known.CallbackAnswer;
            default:
                return null;
        }
    }

    private async Task Keep(string gateway, CallbackKind kind, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var key = new CallbackKey(
            gateway, kind, now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(body.Span)));
        var hidden = await work.Commit(Queues.GatewayCallback, key.ToBody(), () => callbacks.Add(new(key, body.ToArray(), now), cancel), cancel);
        // Of a body that came before too: whoever had it first may have been slow, hung up on or gone before it showed its own
        // message, and to do the entries again changes nothing.
        await work.Show(hidden, cancel);
    }
}
