using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What a person tells an employer of themselves: that they are interested, and who they are.</summary>
public static class InterestPages
{
    public static void MapInterestPages(this Triggers triggers)
    {
        triggers.Page("GET", "/matches/{id}/interest", "pages.consents", (HttpContext context, string id, ExpressInterest flow, Settings settings, CodeLists codes) => View<InterestPage>(context, id, flow, settings, codes));
        triggers.Page("POST", "/matches/{id}/interest", "pages.consents", Say);
        triggers.Page("GET", "/matches/{id}/release", "pages.consents", (HttpContext context, string id, ExpressInterest flow, Settings settings, CodeLists codes) => View<ReleasePage>(context, id, flow, settings, codes));
        triggers.Page("POST", "/matches/{id}/release", "pages.consents", Release);
    }

    private static async Task<IResult> View<TPage>(HttpContext context, string id, ExpressInterest flow, Settings settings, CodeLists codes) where TPage : PageOf<InterestModel> =>
        // Nothing is released for a position that is not open to the person any more.
        await flow.View(context.Caller().SeekerId!, id, settings.SettleAnswers, context.RequestAborted) is { } view && (view.Seen is not null || typeof(TPage) == typeof(InterestPage))
            ? Show.Page<TPage, InterestModel>(context, new(view, view.Seen is { } seen ? CandidateAnswer.Of(seen) : null, codes))
            : Show.NotFound(context);

    private static async Task<IResult> Say(HttpContext context, string id, ExpressInterest flow, ISeekers seekers)
    {
        var seeker = context.Caller().SeekerId!;
        if ((await Form.Posted(context)).Value("undo").Length > 0)
            await flow.Undo(seeker, id, context.RequestAborted);
        else if (!await MayDecide(context, seekers) || !await flow.Say(seeker, id, context.RequestAborted))
            return Show.NotFound(context);
        return Show.Next($"/matches/{Uri.EscapeDataString(id)}/interest");
    }

    private static async Task<IResult> Release(HttpContext context, string id, ExpressInterest flow, ISeekers seekers)
    {
        var seeker = context.Caller().SeekerId!;
        var undo = (await Form.Posted(context)).Value("undo").Length > 0;
        await context.Audit(undo ? AuditAct.ReleaseRevoked : AuditAct.IdentityReleased, context.Caller().Subject, id);
        if (undo)
            await flow.Revoke(seeker, id, context.RequestAborted);
        else if (!await MayDecide(context, seekers) || !await flow.Release(seeker, id, context.RequestAborted))
            return Show.NotFound(context);
        return Show.Next($"/matches/{Uri.EscapeDataString(id)}/interest");
    }

    // Showing somebody to an employer is a consent: where a guardian decides on those, it is the guardian's.
    private static async Task<bool> MayDecide(HttpContext context, ISeekers seekers) =>
        context.Caller().Helping?.Helper.Guardian == true || await seekers.Find(context.Caller().SeekerId!, context.RequestAborted) is { Value.Own.Guarded: false };
}

/// <param name="Seen">The very record that the employer gets; null where it gets none any more.</param>
public sealed record InterestModel(InterestView View, CandidateAnswer? Seen, CodeLists Codes);
