namespace JobMatch.Functions;

/// <summary>What every answer tells browsers: nothing from elsewhere, no frame around us, no address passed on, HTTPS for a year.</summary>
public static class SecurityHeaders
{
    // Pages work without script; where one helps it is a file of ours. JSON-LD is data, which no policy of scripts stops.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        var development = app.Environment.IsDevelopment();
        return app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers.ContentSecurityPolicy = Policy;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (!development) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return next(context);
        });
    }
}
