using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>What was texted to a person, what they wrote, and which texts they want; and the phone that texts go to.</summary>
public static class MessagePages
{
    public static void MapMessagePages(this Triggers triggers)
    {
        triggers.Page("GET", "/my/messages", "pages.texts", Read);
        triggers.Page("POST", "/my/messages", "pages.seeker", Choose);
        triggers.Page("POST", "/my/texts", "pages.seeker", StopOrResume);
        triggers.Page("GET", "/my/phone", "pages.seeker", (HttpContext context, TimeProvider time) => Phone(context, time, Form.Empty));
        triggers.Page("POST", "/my/phone", "pages.seeker", AskNew);
        triggers.Page("GET", "/my/phone/code", "pages.seeker", (HttpContext context) => Show.Page<NewPhonePage, NewPhoneModel>(context, new(Form.Empty, Code: true, Stale: false)));
        triggers.Page("POST", "/my/phone/code", "pages.seeker", EnterNew);
    }

    private static async Task<IResult> Read(HttpContext context, ReadTexts flow) =>
        await flow.Run(context.Caller().SeekerId!, context.RequestAborted) is { } texts ? Show.Page<MessagesPage, MyTexts>(context, texts) : Show.NotFound(context);

    private static async Task<IResult> Choose(HttpContext context, ChooseTexts flow)
    {
        var form = await Form.Posted(context);
        await flow.Run(context.Caller().SeekerId!, [.. TextChoices.Kinds.Where(kind => form.Has("kinds", kind.ToString()))], context.RequestAborted);
        return Show.Next("/my/messages#choices");
    }

    private static async Task<IResult> StopOrResume(HttpContext context, OptOut flow, TimeProvider time)
    {
        if ((await Form.Posted(context)).Value("stop").Length > 0)
            await flow.Stop(context.Caller().SeekerId!, time.GetUtcNow(), context.RequestAborted);
        else
            await flow.Resume(context.Caller().SeekerId!, time.GetUtcNow(), context.RequestAborted);
        return Show.Next("/my/messages#choices");
    }

    private static IResult Phone(HttpContext context, TimeProvider time, Form form) =>
        Show.Page<NewPhonePage, NewPhoneModel>(context, new(form, Code: false, IsStale(context, time)), form.Errors.Count > 0 ? 422 : 200);

    private static bool IsStale(HttpContext context, TimeProvider time) => time.GetUtcNow() - context.Caller().Since > ChangePhone.Lately;

    private static async Task<IResult> AskNew(HttpContext context, AskForCode flow, TimeProvider time)
    {
        if (IsStale(context, time))
            return Show.Next("/my/phone");
        var (sent, form) = await SignInPages.Send(context, flow, evenIfUnknown: true);
        if (sent is null)
            return Phone(context, time, form);
        new SignInCookie(Coming.Register, sent, "").Set(context);
        return Show.Next("/my/phone/code");
    }

    private static async Task<IResult> EnterNew(HttpContext context, EnterCode enter, ChangePhone flow)
    {
        var form = await Form.Posted(context);
        if (SignInCookie.Read(context) is not { } cookie
            || await SignInPages.Tried(enter, cookie.Request, form.Value("code").Trim(), context.RequestAborted) is not Entered.Right right
            || !await flow.Run(context.Caller().SeekerId!, cookie.Request, right.Ticket, context.RequestAborted))
            return Show.Page<NewPhonePage, NewPhoneModel>(context, new(form.With(new FormError("code", SignInPages.WrongCode(context))), Code: true, Stale: false), 422);
        SignInCookie.Clear(context);
        return Show.Next("/my/answers");
    }
}

/// <param name="Code">The code to the new phone is entered; else the number is.</param>
/// <param name="Stale">Signed in too long ago to change it.</param>
public sealed record NewPhoneModel(Form Form, bool Code, bool Stale);
