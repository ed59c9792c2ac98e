namespace JobMatch.Functions;

/// <summary>Logs without secrets: paths of callbacks and query strings of the Functions host (<c>code=</c>) carry them.</summary>
public static partial class Logs
{
    /// <summary>
    /// Silences what writes whole addresses. Turned off entirely and not only for information: while it is on at any level,
    /// ASP.NET Core puts the request's path into the scope of every other line.
    /// </summary>
    public static WebApplicationBuilder AddScrubbedLogs(this WebApplicationBuilder builder)
    {
        foreach (var category in (string[])["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.HttpLogging"])
            builder.Logging.AddFilter(category, LogLevel.None);
        foreach (var category in (string[])["System.Net.Http.HttpClient", "Microsoft.AspNetCore"])
            builder.Logging.AddFilter(category, LogLevel.Warning);
        return builder;
    }

    /// <summary>A line per request that names the route, not the address.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("JobMatch.Requests");
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        return app.Use(async (context, next) =>
        {
            var started = time.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                // Without a route there is nothing to tell; the Functions host asks for one such address every 25 ms while it starts.
                if (context.GetEndpoint() is RouteEndpoint route)
                    Answered(log, context.Request.Method, route.RoutePattern.RawText, context.Response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds);
            }
        });
    }

    /// <summary>An address without what is secret in it, for telemetry that insists on one: no query, no callback's token.</summary>
    public static string Scrubbed(string path)
    {
        var end = path.IndexOfAny(['?', '#']);
        var parts = (end < 0 ? path : path[..end]).Split('/');
        var callbacks = Array.FindIndex(parts, part => part.Equals("callbacks", StringComparison.OrdinalIgnoreCase));
        if (callbacks >= 0 && callbacks + 2 < parts.Length) parts[callbacks + 2] = "*";
        return string.Join('/', parts);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} {Milliseconds:0} ms")]
    private static partial void Answered(ILogger logger, string method, string? route, int status, double milliseconds);
}
