using System.Net;
using System.Net.Sockets;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>Where a request comes from, for limits and lists only: never stored in the clear, never logged.</summary>
public static class ClientAddress
{
    /// <summary>
    /// An IPv4 address or an IPv6 /64, which is one household. Under the Functions host every connection is the host's own;
    /// Azure's front end appends whom it saw to X-Forwarded-For, so the last entry is true and the earlier ones are anybody's.
    /// By itself the program takes no such header's word.
    /// </summary>
    public static string Of(HttpContext context) => Seen(context) is not { } address ? "unknown"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();

    /// <summary>The whole of it; null where it is not known.</summary>
    public static IPAddress? Seen(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (HostMode.UnderFunctions(context.RequestServices.GetRequiredService<IConfiguration>())
            && context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: > 0 } last
            && IPEndPoint.TryParse(last, out var seen))
            address = seen.Address;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }
}
