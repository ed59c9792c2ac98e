using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>Stands where no gateway is configured: nothing is sent, the channel pauses and says so, everything else works.</summary>
public sealed class NoGateway : ISmsGateway
{
    public string Name => "none";

    public TimeSpan SendTimeout => TimeSpan.FromSeconds(1);

    public CallbackAnswer CallbackAnswer { get; } = new("{}"u8.ToArray(), "application/json");

    public Task<Sent> Send(OutgoingText text, CancellationToken cancel) => Task.FromResult<Sent>(new Sent.AccountRefused("noGateway"));

    public Task<Known> Ask(SentText text, CancellationToken cancel) => Task.FromResult<Known>(new Known.NeverSeen());

    public CallbackItems<GatewayReport> ReadReports(ReadOnlyMemory<byte> body) => new([], 0);

    public CallbackItems<GatewayReply> ReadReplies(ReadOnlyMemory<byte> body) => new([], 0);
}
