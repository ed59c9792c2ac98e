using System.Text;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>An announced event as everybody sees it, and as an invited person does.</summary>
public static class EventPages
{
    public static void MapEventPages(this Triggers triggers)
    {
        triggers.Page("GET", "/events/{id}", "pages.public", One);
        triggers.Http("GET", "/events/{id}.ics", "pages.public", Ics).With(x => x.ExcludeFromDescription());
        triggers.Page("GET", "/my/events/{id}", "pages.texts", (HttpContext context, string id, [AsParameters] Own own) => Invited(context, id, own, null));
        triggers.Page("POST", "/my/events/{id}/answer", "pages.texts", Answer);
        triggers.Page("POST", "/my/events/{id}/interpreter", "pages.texts", Interpreter);
    }

    private static async Task<IResult> One(HttpContext context, string id, IEvents events, CodeLists codes, CancellationToken cancel) =>
        await Public(events, id, cancel) is { } fair
            ? Show.Page<PublicEventPage, PublicEvent>(context, new(fair, EventCalendar.JsonLd(fair, PageOf(context, id), Place(fair, codes, Languages.Of(context)), Languages.Of(context)), codes))
            : Show.NotFound(context);

    private static async Task<IResult> Ics(HttpContext context, string id, IEvents events, CodeLists codes, CancellationToken cancel)
    {
        if (await Public(events, id, cancel) is not { } fair)
            return Show.NotFound(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(Encoding.UTF8.GetBytes(EventCalendar.Ics(fair, PageOf(context, id), Place(fair, codes, Languages.Of(context)))), "text/calendar; charset=utf-8", $"{id}.ics");
    }

    // A draft is nobody's business yet.
    private static async Task<RecruitmentEvent?> Public(IEvents events, string id, CancellationToken cancel) =>
        await events.Find(id, cancel) is { Value: { Wave: > 0 } fair } ? fair : null;

    private static Uri PageOf(HttpContext context, string id) => new(context.Site(), $"/events/{Uri.EscapeDataString(id)}");

    private static string Place(RecruitmentEvent fair, CodeLists codes, Language language)
    {
        var district = fair.District is { } code && codes.FindDistrict(code) is { } found ? found.Label.In(language) : "";
        var place = string.Join(' ', new[] { district, fair.Address, fair.IsOnline ? fair.Online : null }.Where(part => !string.IsNullOrEmpty(part)));
        return place.Length > 0 ? place : language == Language.English ? "Online" : "网上举行";
    }

    private static async Task<IResult> Invited(HttpContext context, string id, Own own, AnswerTaken? taken)
    {
        var cancel = context.RequestAborted;
        if (await own.Seekers.Find(context.Caller().SeekerId!, cancel) is not { } person || await own.Flow.Read(person.Value.Facts, id, cancel) is not { } mine)
            return Show.NotFound(context);
        return Show.Page<MyEventPage, MyEventModel>(context, new(mine, taken, mine.Fair.IsAhead(own.Time.GetUtcNow()), own.Codes), taken is null ? 200 : 409, $"/my/events/{Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> Answer(HttpContext context, string id, [AsParameters] Own own)
    {
        var form = await Form.Posted(context);
        GuestAnswer? answer = form.Value("answer") switch { "coming" => GuestAnswer.Coming, "notComing" => GuestAnswer.NotComing, _ => null };
        return answer is null ? Show.Next(Path(id)) : await Said(context, id, own, subject => own.Flow.Run(subject, id, answer.Value, context.RequestAborted));
    }

    private static async Task<IResult> Interpreter(HttpContext context, string id, [AsParameters] Own own)
    {
        var wanted = (await Form.Posted(context)).Value("wanted") == "yes";
        return await Said(context, id, own, subject => own.Flow.Interpreter(subject, id, wanted, context.RequestAborted));
    }

    private static async Task<IResult> Said(HttpContext context, string id, Own own, Func<string, Task<AnswerTaken>> say)
    {
        if (await own.Seekers.Find(context.Caller().SeekerId!, context.RequestAborted) is not { } person)
            return Show.NotFound(context);
        var taken = await say(person.Value.Facts.Id);
        return taken == AnswerTaken.Noted ? Show.Next(Path(id)) : await Invited(context, id, own, taken);
    }

    private static string Path(string id) => $"/my/events/{Uri.EscapeDataString(id)}";

    internal sealed record Own(ISeekers Seekers, AnswerInvitation Flow, CodeLists Codes, TimeProvider Time);
}

/// <param name="JsonLd">For search engines.</param>
public sealed record PublicEvent(RecruitmentEvent Fair, string JsonLd, CodeLists Codes);

/// <param name="Taken">Why what was posted could not be noted; null where nothing was posted.</param>
/// <param name="Ahead">Whether an answer still counts.</param>
public sealed record MyEventModel(InvitedEvent My, AnswerTaken? Taken, bool Ahead, CodeLists Codes);
