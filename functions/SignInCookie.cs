namespace JobMatch.Functions;

/// <summary>What somebody confirms their phone for.</summary>
public enum Coming
{
    SignIn,

    /// <summary>As a job seeker.</summary>
    Register,

    /// <summary>An organisation, as its contact.</summary>
    RegisterEmployer,
}

/// <summary>
/// A sign-in on its way, held by the browser that asked for the code: never in an address, where it would be kept and passed on.
/// </summary>
/// <param name="Coming">What the person came for.</param>
/// <param name="Request">What the code was asked for with.</param>
/// <param name="Ticket">What the right code was answered with; empty until then.</param>
public sealed record SignInCookie(Coming Coming, string Request, string Ticket)
{
    // In the order of Coming.
    private static readonly string[] Whys = ["in", "new", "org"];
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(30);

    public static SignInCookie? Read(HttpContext context) =>
        context.Request.Cookies[Name(context)]?.Split('.') is [var why, { Length: > 0 and < 100 } request, { Length: < 100 } ticket]
            ? new((Coming)Math.Max(0, Array.IndexOf(Whys, why)), request, ticket)
            : null;

    public void Set(HttpContext context) =>
        context.Response.Cookies.Append(Name(context), $"{Whys[(int)Coming]}.{Request}.{Ticket}", SessionCookie.Options(context, Lives));

    public static void Clear(HttpContext context) => context.Response.Cookies.Append(Name(context), "", SessionCookie.Options(context, TimeSpan.Zero));

    private static string Name(HttpContext context) => SessionCookie.IsSecure(context) ? "__Host-sign-in" : "sign-in";

    /// <summary>Without what it holds.</summary>
    public override string ToString() => "a sign-in";
}
