using System.Globalization;
using System.Security.Cryptography;

namespace JobMatch.Flows;

/// <summary>
/// Keeps a gateway's callback before it is answered: the sealed body, then the queue message. Not the message first, as
/// elsewhere: until it is answered, the vendor sends it again. A body that came before is known by its hash and answered alike.
/// </summary>
public sealed class ReceiveCallback(ICallbacks callbacks, SmsGateways gateways, IWork work, CallbackPriority priority, TimeProvider time)
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
                await priority.Keep(() => Keep(known.Name, kind, keep.Body, cancel));
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
        await callbacks.Add(new(key, body.ToArray(), now), cancel);
        // Of a body that came before too: whoever had it first may be gone, and to do the entries again changes nothing.
        await work.Put(Queues.GatewayCallback, key.ToBody(), TimeSpan.Zero, cancel);
    }
}
