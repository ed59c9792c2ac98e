using JobMatch.Flows;

namespace JobMatch.Functions;

/// <summary>
/// The cookie that holds a session's token. Its name begins with <c>__Host-</c>, so that browsers take it over HTTPS only, for
/// this host and all of its paths; in Development over plain HTTP the prefix would make them refuse it.
/// </summary>
public static class SessionCookie
{
    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context)];

    public static void Set(HttpContext context, string token) =>
        context.Response.Cookies.Append(Name(context), token, Options(context, Session.Lives));

    public static void Clear(HttpContext context) => context.Response.Cookies.Append(Name(context), "", Options(context, TimeSpan.Zero));

    private static string Name(HttpContext context) => IsSecure(context) ? "__Host-session" : "session";

    // Lax, not Strict: a link in a text must find the person signed in. Changes are guarded by SameOrigin.
    internal static CookieOptions Options(HttpContext context, TimeSpan age) => new()
    {
        HttpOnly = true,
        Secure = IsSecure(context),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };

    internal static bool IsSecure(HttpContext context) =>
        context.Request.IsHttps || !context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
