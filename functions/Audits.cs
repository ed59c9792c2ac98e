using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>
/// What leaves a row in the audit. A route says so where it is declared, and the door writes the row before the handler runs;
/// a handler that knows more says it itself with <see cref="Audit"/>. Whatever staff change for a person leaves one by itself.
/// </summary>
public static partial class Audits
{
    // What an address or a form names; longer is none of ours.
    private const int Longest = 200;

    /// <summary>Each use leaves a row about what a value of the route, of the query or of the form names.</summary>
    public static HttpTrigger Audited(this HttpTrigger trigger, AuditAct act, string? about = "id") => trigger.With(x => x.Add(endpoint => endpoint.Metadata.Add(new AuditedAs(act, about, Person: false))));

    /// <summary>
    /// Each use leaves a row about a person: whom the route names as <c>{subject}</c>, or by seeker id as <c>{id}</c>, or the person
    /// themselves on their own pages. About somebody who is not here there is none.
    /// </summary>
    public static HttpTrigger AuditedPerson(this HttpTrigger trigger, AuditAct act) => trigger.With(x => x.Add(endpoint => endpoint.Metadata.Add(new AuditedAs(act, "id", Person: true))));

    /// <summary>Adds a row about what the caller does or reads. Call it before it is done.</summary>
    /// <param name="subject">The person it concerns, by subject id.</param>
    /// <param name="about">What else it is about, by an id; never a seeker's own id.</param>
    public static Task Audit(this HttpContext context, AuditAct act, string? subject = null, string? about = null)
    {
        var caller = context.Caller();
        var by = caller.Helping is { } helping ? "helper-" + helping.Helper.Id : caller.StaffId ?? caller.EmployerId ?? (caller.Role == Role.Seeker ? AuditEntry.Self : caller.KeyId);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return context.RequestServices.GetRequiredService<IAudit>().Add(new(now, act, by, caller.Acts ? Role.Staff : caller.Role, caller.KeyId, subject, about), context.RequestAborted);
    }

    internal static async Task Note(HttpContext context, RouteEndpoint route)
    {
        var caller = context.Caller();
        if (route.Metadata.GetMetadata<AuditedAs>() is { } audited)
        {
            var named = audited.About is null ? null : await Named(context, audited.About);
            if (!audited.Person)
                await context.Audit(audited.Act, caller.Subject, named);
            else if ((caller.Subject ?? Subject(context) ?? await SubjectOf(context, named)) is { } subject)
                await context.Audit(audited.Act, subject);
        }
        else if (caller.Acts && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await context.Audit(AuditAct.SeekerChanged, caller.Subject, route.RoutePattern.RawText);
        }
    }

    private static async Task<string?> Named(HttpContext context, string name)
    {
        var named = context.GetRouteValue(name) as string ?? context.Request.Query[name].FirstOrDefault()
            ?? (context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))[name].ToString() : "");
        return named.Length is > 0 and <= Longest ? named : null;
    }

    // What is none is not kept: somebody may have typed a number there.
    private static string? Subject(HttpContext context) => context.GetRouteValue("subject") is string named && SubjectId().IsMatch(named) ? named : null;

    private static async Task<string?> SubjectOf(HttpContext context, string? seeker) =>
        seeker is not null && await context.RequestServices.GetRequiredService<ISeekers>().Find(seeker, context.RequestAborted) is { } stored ? stored.Value.Facts.Id : null;

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex SubjectId();

    /// <param name="About">Which value of the route, the query or the form names what it is about.</param>
    /// <param name="Person">It names a person.</param>
    private sealed record AuditedAs(AuditAct Act, string? About, bool Person);
}
