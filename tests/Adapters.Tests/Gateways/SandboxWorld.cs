using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>A sandbox, the service's side of its callbacks, and a client between them.</summary>
public sealed class SandboxWorld : IAsyncLifetime
{
    private static readonly (string, string)[] Quick = [("receipt", "0.02"), ("late", "0.3"), ("slow", "2"), ("spread", "0.05"), ("retry", "0.05,0.1")];

    internal SandboxProcess Sandbox { get; private set; } = null!;
    internal CallbackInbox Inbox { get; private set; } = null!;
    internal SandboxGateway Gateway { get; private set; } = null!;
    internal HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Inbox = await CallbackInbox.Start();
        Sandbox = await SandboxProcess.Start([("callback", Inbox.Address), .. Quick]);
        Connect();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        Gateway.Dispose();
        await Sandbox.DisposeAsync();
        await Inbox.DisposeAsync();
    }

    /// <summary>Anew, after the sandbox was started again on another port.</summary>
    internal void Connect()
    {
        Gateway = SandboxGateway.At(Sandbox.Address, Sandbox.Secret, null, TimeProvider.System);
        Http = new() { BaseAddress = Sandbox.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Sandbox.Secret) } };
    }
}
