using System.Globalization;

namespace JobMatch.Functions.Hosting;

/// <summary>Whether the Functions host has started this program, and where it then calls.</summary>
public static class HostMode
{
    /// <summary>True when the Functions host started this program; then it delivers queue messages and timers, and no local loop runs.</summary>
    /// <exception cref="UnusableSettingException">The port that the host names is no port.</exception>
    public static bool UnderFunctions(IConfiguration configuration) => Port(configuration) is not null;

    /// <summary>The port at which the Functions host calls; null when there is no host.</summary>
    /// <exception cref="UnusableSettingException">The port that the host names is no port.</exception>
    public static int? Port(IConfiguration configuration)
    {
        // The second is the older twin of the first; hosts set both.
        var text = configuration["FUNCTIONS_CUSTOMHANDLER_PORT"] ?? configuration["FUNCTIONS_HTTPWORKER_PORT"];
        if (string.IsNullOrEmpty(text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new UnusableSettingException("FUNCTIONS_CUSTOMHANDLER_PORT is not a port number.");
    }
}
