using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>What is held about a person, for that person: to read, to take along, to have deleted.</summary>
public static partial class DataPages
{
    public static void MapDataPages(this Triggers triggers)
    {
        triggers.Page("GET", "/my/data", "pages.seeker", Held);
        triggers.Page("GET", "/my/data.json", "pages.seeker", Download).AuditedPerson(AuditAct.SeekerExported);
        triggers.Page("GET", "/my/data/delete", "pages.seeker", (HttpContext context) => Show.Page<DeletePage, bool>(context, true));
        triggers.Page("POST", "/my/data/delete", "pages.seeker", Delete).AuditedPerson(AuditAct.SeekerErased);
        triggers.Page("GET", "/deleted", "pages.signIn", Deleted);
    }

    private static async Task<IResult> Held(HttpContext context, ExportSeeker flow, CancellationToken cancel) =>
        await flow.Run(context.Caller().SeekerId!, cancel) is { } export ? Show.Page<DataPage, SeekerExport>(context, export) : Show.NotFound(context);

    private static async Task<IResult> Download(HttpContext context, ExportSeeker flow, CancellationToken cancel)
    {
        if (await flow.Run(context.Caller().SeekerId!, cancel) is not { } export)
            return Show.NotFound(context);
        context.Response.Headers.ContentDisposition = "attachment; filename=\"jobmatch-my-data.json\"";
        return Answers.Json(context, "export", ExportAnswer.Of(export));
    }

    // The session is one of the rows that go, so the last page is one that everybody may open.
    private static async Task<IResult> Delete(HttpContext context, EraseSeeker flow, CancellationToken cancel)
    {
        if (await flow.Run(context.Caller().SeekerId!, cancel) is not { } receipt)
            return Show.NotFound(context);
        SessionCookie.Clear(context);
        return Show.Next($"/deleted?receipt={receipt.Number}");
    }

    private static IResult Deleted(HttpContext context)
    {
        var number = context.Request.Query["receipt"].ToString();
        return Show.Page<DeletedPage, string?>(context, Number().IsMatch(number) ? number : null);
    }

    [GeneratedRegex("^[A-Z2-9]{12}$")]
    private static partial Regex Number();
}
