using JobMatch.Adapters.Secrets;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>
/// The door: says who calls and asks the table in <see cref="Access"/> whether they may, before any handler runs. A route
/// that declares no action is closed to everyone.
/// </summary>
public sealed partial class AccessControl(RequestDelegate next, Authenticate keys, CallbackTokens callbacks, ILogger<AccessControl> log)
{
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
        if (Access.May(caller, action))
        {
            await next(context);
            return;
        }
        Refused(log, caller.Role, caller.KeyId, action, route.RoutePattern.RawText);
        var answer = caller.Role == Role.Public ? Problems.Unauthenticated(context) : Problems.Forbidden(context);
        await answer.ExecuteAsync(context);
    }

    private async ValueTask<Caller> Identify(HttpContext context, string action)
    {
        if (action.StartsWith("callbacks.", StringComparison.Ordinal))
            return Calling(context);
        var credential = Bearer(context.Request.Headers.Authorization.ToString());
        return (credential is null ? null : await keys.Run(credential, context.RequestAborted)) ?? Caller.Nobody;
    }

    private Caller Calling(HttpContext context) =>
        context.GetRouteValue("gateway") is string gateway && context.GetRouteValue("token") is string token && callbacks.Accepts(gateway, token)
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
    public static IApplicationBuilder UseAccessControl(this IApplicationBuilder app) => app.UseMiddleware<AccessControl>();
}
