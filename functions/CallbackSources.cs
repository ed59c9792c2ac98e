using System.Net;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>
/// From which addresses a gateway's callbacks may come, where the deployment knows them: setting
/// <c>JobMatch:Gateways:{name}:AllowedAddresses</c>. A gateway without them is open to all who have its token.
/// </summary>
public sealed class CallbackSources
{
    private readonly Dictionary<string, IPNetwork[]> networks;

    /// <param name="gateways">The section <c>JobMatch:Gateways</c>.</param>
    /// <exception cref="UnusableSettingException">An address that is none.</exception>
    public CallbackSources(IConfiguration gateways) => networks = gateways.GetChildren()
        .Select(gateway => (gateway.Key, All: gateway.GetSection("AllowedAddresses").Get<string[]>() ?? []))
        .Where(gateway => gateway.All.Length > 0)
        .ToDictionary(gateway => gateway.Key, gateway => gateway.All.Select(text => Network(gateway.Key, text)).ToArray(), StringComparer.Ordinal);

    public bool Accepts(string gateway, IPAddress? from) =>
        !networks.TryGetValue(gateway, out var allowed) || from is not null && allowed.Any(network => network.Contains(from));

    private static IPNetwork Network(string gateway, string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new(one, one.GetAddressBytes().Length * 8)
        : throw new UnusableSettingException($"JobMatch:Gateways:{gateway}:AllowedAddresses holds '{text}', which is neither an address nor a network such as 203.0.113.0/24.");
}
