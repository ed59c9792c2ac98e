using JobMatch.Flows;

namespace JobMatch.Functions;

/// <summary>
/// The cookie by which a member of staff acts for a seeker. It lies beside their own sign-in and opens nothing without it: who
/// is signed out, or has no right to people's data any more, acts for nobody.
/// </summary>
public static class ActingCookie
{
    /// <summary>The seeker for whom this member of staff acts; null where it is nobody.</summary>
    public static async ValueTask<Caller?> Person(HttpContext context, Caller? staff) =>
        staff is { Role: Role.Staff, StaffId: { } id } && Access.May(staff, "pages.staff.people") && context.Request.Cookies[Name(context)] is { Length: > 0 } token
            ? await context.RequestServices.GetRequiredService<Sessions>().FindActing(token, id, context.RequestAborted)
            : null;

    public static void Set(HttpContext context, string token) => context.Response.Cookies.Append(Name(context), token, SessionCookie.Options(context, Session.Acting));

    /// <summary>Ends it, here and in storage.</summary>
    public static async Task End(HttpContext context)
    {
        if (context.Request.Cookies[Name(context)] is { Length: > 0 } token)
            await context.RequestServices.GetRequiredService<Sessions>().End(token, context.RequestAborted);
        context.Response.Cookies.Append(Name(context), "", SessionCookie.Options(context, TimeSpan.Zero));
    }

    private static string Name(HttpContext context) => SessionCookie.IsSecure(context) ? "__Host-acting" : "acting";
}
