namespace JobMatch.Functions;

/// <summary>
/// A sign-in on its way, held by the browser that asked for the code: never in an address, where it would be kept and passed on.
/// </summary>
/// <param name="Registering">Whether the person came to register.</param>
/// <param name="Request">What the code was asked for with.</param>
/// <param name="Ticket">What the right code was answered with; empty until then.</param>
public sealed record SignInCookie(bool Registering, string Request, string Ticket)
{
    private const string Register = "new", Enter = "in";
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(30);

    public static SignInCookie? Read(HttpContext context) =>
        context.Request.Cookies[Name(context)]?.Split('.') is [var why, { Length: > 0 and < 100 } request, { Length: < 100 } ticket]
            ? new(why == Register, request, ticket)
            : null;

    public void Set(HttpContext context) =>
        context.Response.Cookies.Append(Name(context), $"{(Registering ? Register : Enter)}.{Request}.{Ticket}", SessionCookie.Options(context, Lives));

    public static void Clear(HttpContext context) => context.Response.Cookies.Append(Name(context), "", SessionCookie.Options(context, TimeSpan.Zero));

    private static string Name(HttpContext context) => SessionCookie.IsSecure(context) ? "__Host-sign-in" : "sign-in";

    /// <summary>Without what it holds.</summary>
    public override string ToString() => "a sign-in";
}
