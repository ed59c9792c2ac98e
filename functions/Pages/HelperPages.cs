using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>Who may act for a person: named by the person, or by the desk with the papers in hand. Decision 0023.</summary>
public static class HelperPages
{
    private static readonly Field[] Naming = [Field.Of("name", FieldKind.Text), Field.Of("phone", FieldKind.Text), Field.Of("may", FieldKind.List)];

    public static void MapHelperPages(this Triggers triggers)
    {
        triggers.Page("GET", "/my/helpers", "pages.seeker", Named);
        triggers.Page("GET", "/my/helpers/new", "pages.seeker", (HttpContext context) => Name(context, Form.Empty));
        triggers.Page("POST", "/my/helpers/new", "pages.seeker", Add);
        triggers.Page("POST", "/my/helpers/{id}/revoke", "pages.seeker", Revoke);
        triggers.Page("POST", "/my/guardian", "pages.seeker", Guard);
        triggers.Page("GET", "/helping", "pages.helping", (HttpContext context) => Show.Next(First(context.Caller().Scopes)));
        triggers.Page("POST", "/helping/stop", "pages.helping", Stop);
    }

    private static async Task<IResult> Named(HttpContext context, NameHelper flow) =>
        await flow.Read(context.Caller().SeekerId!, context.RequestAborted) is { } view ? Show.Page<HelpersPage, HelpersView>(context, view) : Show.NotFound(context);

    private static IResult Name(HttpContext context, Form form) => Show.Page<NameHelperPage, Form>(context, form, form.Errors.Count > 0 ? 422 : 200);

    // Staff who act for the person have seen the papers, and say whether it is a guardian.
    private static async Task<IResult> Add(HttpContext context, NameHelper flow)
    {
        var (form, caller) = (await Form.Posted(context), context.Caller());
        HelperMay[] may = [.. Enum.GetValues<HelperMay>().Where(may => form.Has("may", may.ToString()))];
        var faults = await flow.Run(
            caller.SeekerId!, form.Value("name"), form.Value("phone"), may, caller.Acts && form.Has("guardian", "yes"), caller.StaffId ?? Helper.ThePerson, context.RequestAborted);
        return faults.Count > 0 ? Name(context, form.With(faults, Naming, Languages.Of(context))) : Show.Next("/my/helpers");
    }

    // Where a helper begins: with what the person allowed.
    private static string First(IReadOnlySet<string> may) =>
        may.Contains("pages.matches") || may.Contains("*") ? "/matches" : may.Contains("pages.answers") ? "/my/answers" : may.Contains("pages.texts") ? "/my/events" : "/my/consents";

    private static async Task<IResult> Revoke(HttpContext context, string id, NameHelper flow)
    {
        await flow.Revoke(context.Caller().SeekerId!, id, context.RequestAborted);
        return Show.Next("/my/helpers");
    }

    private static async Task<IResult> Guard(HttpContext context, NameHelper flow)
    {
        await flow.Guard(context.Caller().SeekerId!, context.RequestAborted);
        return Show.Next("/my/helpers");
    }

    // A helper may give it up at any time.
    private static async Task<IResult> Stop(HttpContext context, NameHelper flow, Sessions sessions)
    {
        if (context.Caller().Helping is not { } helping)
            return Show.NotFound(context);
        await flow.Revoke(context.Caller().SeekerId!, helping.Helper.Id, context.RequestAborted);
        if (SessionCookie.Read(context) is { Length: > 0 } token)
            await sessions.End(token, context.RequestAborted);
        SessionCookie.Clear(context);
        return Show.Next("/");
    }
}
