using JobMatch.Adapters.Secrets;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Functions.Pages;

namespace JobMatch.Functions;

/// <summary>
/// The door: says who calls and asks the table in <see cref="Access"/> whether they may, before any handler runs. A route
/// that declares no action is closed to everyone.
/// </summary>
public sealed partial class AccessControl(RequestDelegate next, Authenticate keys, CallbackTokens callbacks, CallbackSources sources, ILogger<AccessControl> log)
{
    /// <summary>Where somebody who is not signed in is sent from a page that asks for it.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>The same for staff.</summary>
    public const string StaffSignInPath = "/staff/sign-in";

    public async Task InvokeAsync(HttpContext context)
    {
        // Not every endpoint is a route: the router's own answers (405, 415) are plain endpoints that tell nothing.
        if (context.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<HostInvocation>() is not null)
        {
            await next(context);
            return;
        }
        var action = route.Metadata.GetMetadata<RequiredAction>()?.Action ?? "";
        var caller = await Identify(context, action);
        context.Features.Set(caller);
        if (Access.May(caller, action) && (!IsPage(action) || SameOrigin.Holds(context.Request)))
        {
            // Before it is done: what cannot be noted is not done.
            await Audits.Note(context, route);
            // Noted before it is done: the person sees whatever a helper does, and rather too much than too little.
            if (caller.Helping is { } helping && !HttpMethods.IsGet(context.Request.Method) && action != "pages.signIn")
                await context.RequestServices.GetRequiredService<IHelpersActs>().Note(
                    caller.SeekerId!, new(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), helping.Helper.Id, $"{context.Request.Method} {route.RoutePattern.RawText}"), context.RequestAborted);
            await next(context);
            return;
        }
        Refused(log, caller.Role, caller.KeyId, action, route.RoutePattern.RawText);
        await Refusal(context, caller, action).ExecuteAsync(context);
    }

    private static IResult Refusal(HttpContext context, Caller caller, string action) =>
        caller.Role != Role.Public || Access.May(caller, action) ? (IsPage(action) && Show.IsWanted(context) ? Show.Forbidden(context) : Problems.Forbidden(context))
        : IsPage(action) ? Results.Redirect(IsStaffPage(action) ? StaffSignInPath : SignInPath)
        : Problems.Unauthenticated(context);

    private async ValueTask<Caller> Identify(HttpContext context, string action)
    {
        if (action.StartsWith("callbacks.", StringComparison.Ordinal))
            return Calling(context);
        if (Bearer(context.Request.Headers.Authorization.ToString()) is { } credential)
            return await keys.Run(credential, context.RequestAborted) ?? Caller.Nobody;
        // A browser sends its cookie whoever asked it to: it counts on pages only, where SameOrigin is asked too.
        return (IsPage(action) ? await SignedIn(context, action) : null) ?? Caller.Nobody;
    }

    // Whoever acts for a person sees that person's pages as they do, and staff's pages as themselves.
    private static async ValueTask<Caller?> SignedIn(HttpContext context, string action)
    {
        var caller = SessionCookie.Read(context) is { Length: > 0 } token
            ? await context.RequestServices.GetRequiredService<Sessions>().Find(token, context.RequestAborted)
            : PlatformSignIn.Read(context);
        return IsStaffPage(action) ? caller : await ActingCookie.Person(context, caller) ?? caller;
    }

    private static bool IsPage(string action) => action.StartsWith("pages.", StringComparison.Ordinal);

    private static bool IsStaffPage(string action) => action.StartsWith("pages.staff", StringComparison.Ordinal);

    private Caller Calling(HttpContext context) =>
        context.GetRouteValue("gateway") is string gateway && context.GetRouteValue("token") is string token
            && callbacks.Accepts(gateway, token) && sources.Accepts(gateway, ClientAddress.Seen(context))
            ? new(Role.Gateway, $"gateway-{gateway}", null, null, Caller.AllScopes)
            : Caller.Nobody;

    private static string? Bearer(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Role} {KeyId} {Action} on {Route}")]
    private static partial void Refused(ILogger logger, Role role, string keyId, string action, string? route);
}

public static class AccessControlExtensions
{
    /// <summary>Who calls, as <see cref="AccessControl"/> established.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Flows.Caller.Nobody;

    /// <summary>Puts the door behind routing and before every handler.</summary>
    /// <exception cref="InvalidOperationException">A declared route asks for an action that stands in no row of the table.</exception>
    public static IApplicationBuilder UseAccessControl(this IApplicationBuilder app)
    {
        var without = app.ApplicationServices.GetRequiredService<Triggers>().HttpTriggers.Where(trigger => !Access.AllActions.Contains(trigger.Action)).ToList();
        return without.Count == 0 ? app.UseMiddleware<AccessControl>()
            : throw new InvalidOperationException("No rule says who may call: " + string.Join(", ", without.Select(t => $"{t.Method} {t.Route} ({t.Action})")));
    }
}
