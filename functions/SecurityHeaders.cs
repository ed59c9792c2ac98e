namespace JobMatch.Functions;

/// <summary>
/// What every answer tells browsers, whoever wrote it: take it for what it says it is, pass no address on, show it in no frame,
/// run nothing in it, come back by HTTPS for a year. Pages say their own in more detail.
/// </summary>
public static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        var development = app.Environment.IsDevelopment();
        return app.Use((context, next) =>
        {
            // As the answer begins: an error starts its answer afresh, without the headers that were set before it.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.TryAdd("X-Content-Type-Options", "nosniff");
                headers.TryAdd("Referrer-Policy", "same-origin");
                headers.TryAdd("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
                if (!development) headers.TryAdd("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
