using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Coming in and leaving: a code to the phone for seekers and employers' contacts; for staff the platform, in Development a page.</summary>
public static class SignInPages
{
    /// <summary>Where somebody begins again whose code or ticket does not count any more.</summary>
    private const string Again = "/sign-in?again=1";

    public static void MapSignInPages(this Triggers triggers)
    {
        triggers.Page("GET", "/sign-in", "pages.signIn", (HttpContext context) => Phone(context, Form.Empty, Coming.SignIn));
        triggers.Page("POST", "/sign-in", "pages.signIn", (HttpContext context, AskForCode flow) => Ask(context, flow, Coming.SignIn));
        triggers.Page("GET", "/register", "pages.signIn", (HttpContext context) => Phone(context, Form.Empty, Coming.Register));
        triggers.Page("POST", "/register", "pages.signIn", (HttpContext context, AskForCode flow) => Ask(context, flow, Coming.Register));
        triggers.Page("GET", "/employer/register", "pages.signIn", (HttpContext context) => Phone(context, Form.Empty, Coming.RegisterEmployer));
        triggers.Page("POST", "/employer/register", "pages.signIn", (HttpContext context, AskForCode flow) => Ask(context, flow, Coming.RegisterEmployer));
        triggers.Page("GET", "/sign-in/code", "pages.signIn", Code);
        triggers.Page("POST", "/sign-in/code", "pages.signIn", Enter);
        triggers.Page("GET", "/sign-in/known", "pages.signIn", (HttpContext context, Sessions sessions, CodeLists codes) => Known(context, sessions, codes, Form.Empty));
        triggers.Page("POST", "/sign-in/known", "pages.signIn", Prove);
        triggers.Page("POST", "/sign-in/someone-else", "pages.signIn", Other);
        triggers.Page("GET", "/sign-in/who", "pages.signIn", Who);
        triggers.Page("POST", "/sign-in/who", "pages.signIn", Choose);
        triggers.Page("POST", "/sign-out", "pages.signIn", Leave);
        triggers.Page("GET", "/staff/sign-in", "pages.signIn", Staff);
        triggers.Page("POST", "/staff/sign-in", "pages.signIn", EnterStaff);
    }

    private static IResult Phone(HttpContext context, Form form, Coming coming) =>
        Show.Page<PhonePage, PhoneModel>(context, new(form, coming, context.Request.Query.ContainsKey("again")), form.Errors.Count > 0 ? 422 : 200);

    // The answer is the same whether anybody is known behind the phone or not.
    private static async Task<IResult> Ask(HttpContext context, AskForCode flow, Coming coming)
    {
        var (sent, form) = await Send(context, flow, coming != Coming.SignIn);
        if (sent is null)
            return Phone(context, form, coming);
        new SignInCookie(coming, sent, "").Set(context);
        return Show.Next("/sign-in/code");
    }

    /// <summary>Sends a code to the phone that was posted.</summary>
    /// <returns>The request to enter it with; null where none was sent, and then what is wrong.</returns>
    internal static async Task<(string? Request, Form Form)> Send(HttpContext context, AskForCode flow, bool evenIfUnknown)
    {
        var form = await Form.Posted(context);
        if (PhoneNumber.Parse(form.Value("phone")) is not { } phone)
            return Wrong(context.Say("请填写 11 位手机号，例如 13800000000。", "Enter a mobile number of 11 digits, such as 13800000000."));
        switch (await flow.Run(phone, ClientAddress.Of(context), evenIfUnknown, Languages.Of(context), context.RequestAborted))
        {
            case Asked.OnItsWay sent:
                return (sent.Request, form);
            case Asked.Limited limited:
                context.Response.Headers.RetryAfter = $"{Math.Ceiling(limited.After.TotalSeconds):0}";
                return Wrong(TryAgain(context, limited.After));
            default:
                return Wrong(context.Say("目前只支持中国大陆的手机号。", "Only mobile numbers of mainland China are served for now."));
        }

        (string?, Form) Wrong(string message) => (null, form.With(new FormError("phone", message)));
    }

    private static string TryAgain(HttpContext context, TimeSpan after) => after <= TimeSpan.FromMinutes(2)
        ? context.Say($"刚刚发过验证码。请在 {after.TotalSeconds:0} 秒后再试。", $"A code was sent just now. Try again in {after.TotalSeconds:0} seconds.")
        : context.Say($"验证码要得太频繁。请在 {Math.Ceiling(after.TotalMinutes):0} 分钟后再试。", $"Too many codes were asked for. Try again in {Math.Ceiling(after.TotalMinutes):0} minutes.");

    private static IResult Code(HttpContext context) =>
        SignInCookie.Read(context) is null ? Show.Next(Again) : Show.Page<CodePage, Form>(context, Form.Empty);

    private static async Task<IResult> Enter(HttpContext context, EnterCode flow, Sessions sessions)
    {
        if (SignInCookie.Read(context) is not { } cookie)
            return Show.Next(Again);
        var form = await Form.Posted(context);
        if (await Tried(flow, cookie.Request, form.Value("code").Trim(), context.RequestAborted) is not Entered.Right right)
            return Show.Page<CodePage, Form>(context, form.With(new FormError("code", WrongCode(context))), 422);
        cookie = cookie with { Ticket = right.Ticket };
        cookie.Set(context);
        return await sessions.Choose(cookie.Request, cookie.Ticket, context.RequestAborted) switch
        {
            null => Show.Next(Again),
            _ when cookie.Coming == Coming.RegisterEmployer => Show.Next(RegisterEmployerPages.About),
            { Known: not null } => Show.Next("/sign-in/known"),
            // Whom staff know is who they are, whatever they came for.
            var choosing => await Onward(context, sessions, right.AtDesk ? cookie with { Coming = Coming.SignIn } : cookie, choosing),
        };
    }

    // To registering where nobody is there, straight in where one is.
    private static async Task<IResult> Onward(HttpContext context, Sessions sessions, SignInCookie cookie, Choosing choosing) => choosing.Who switch
    {
        [] => Show.Next("/register/about"),
        [var only] when cookie.Coming == Coming.SignIn => await Start(context, sessions, cookie, only.Role, only.Id, helper: only.Helper),
        _ => Show.Next("/sign-in/who"),
    };

    private static async Task<IResult> Known(HttpContext context, Sessions sessions, CodeLists codes, Form form) =>
        await Choosing(context, sessions) is { } choosing
            ? Show.Page<KnownPage, KnownModel>(context, new(form, choosing.Known?.Name ?? true, codes), form.Errors.Count > 0 ? 422 : 200)
            : Show.Next(Again);

    private static async Task<IResult> Prove(HttpContext context, Sessions sessions, CodeLists codes)
    {
        if (SignInCookie.Read(context) is not { } cookie || await Choosing(context, sessions) is not { } choosing)
            return Show.Next(Again);
        var (form, cancel) = (await Form.Posted(context), context.RequestAborted);
        // One wording for a wrong answer, one too many, and nobody there.
        if (!await sessions.Prove(cookie.Request, cookie.Ticket, form.Value("name"), form.Value("district"), cancel))
            return await Known(context, sessions, codes, form.With(new FormError(choosing.Known?.Name ?? true ? "name" : "district", context.Say(
                "对不上。请检查后再试；试几次不对，请找工作人员。", "This does not match. Check it and try again; after some tries ask staff."))));
        return await Choosing(context, sessions) is { } now ? await Onward(context, sessions, cookie, now) : Show.Next(Again);
    }

    // Starts fresh, or goes on as another of those who share the number.
    private static async Task<IResult> Other(HttpContext context, Sessions sessions)
    {
        if (SignInCookie.Read(context) is not { } cookie || await Choosing(context, sessions) is not { } choosing)
            return Show.Next(Again);
        if ((await Form.Posted(context)).Value("number") != "mine")
            return await Onward(context, sessions, cookie with { Coming = Coming.Register }, choosing);
        await sessions.Gone(cookie.Request, cookie.Ticket, context.RequestAborted);
        return Show.Next("/register/about");
    }

    private static async Task<Choosing?> Choosing(HttpContext context, Sessions sessions) =>
        SignInCookie.Read(context) is { Ticket.Length: > 0 } cookie ? await sessions.Choose(cookie.Request, cookie.Ticket, context.RequestAborted) : null;

    /// <summary>One wording for wrong, used and too old.</summary>
    internal static string WrongCode(HttpContext context) =>
        context.Say("验证码不对或已过期。请对照短信重新输入，或重新获取验证码。", "This code is wrong or too old. Enter it again as the text says, or ask for another code.");

    /// <summary>Enters a code; nothing typed is no try.</summary>
    internal static async Task<Entered> Tried(EnterCode flow, string request, string typed, CancellationToken cancel)
    {
        try
        {
            return typed.Length == 0 ? new Entered.AskAgain() : await flow.Run(request, typed, cancel);
        }
        catch (ConflictException)
        {
            return new Entered.AskAgain();
        }
    }

    private static async Task<IResult> Who(HttpContext context, Sessions sessions) =>
        await Choosing(context, sessions) is { } choosing ? Show.Page<WhoPage, WhoModel>(context, new(Form.Empty, InOrder(choosing))) : Show.Next(Again);

    private static async Task<IResult> Choose(HttpContext context, Sessions sessions)
    {
        if (await Choosing(context, sessions) is not { } choosing)
            return Show.Next(Again);
        var (form, who) = (await Form.Posted(context), InOrder(choosing));
        if (form.Value("who") == WhoModel.Somebody)
            return Show.Next("/register/about");
        return int.TryParse(form.Value("who"), out var at) && who.ElementAtOrDefault(at) is { } one
            ? await Start(context, sessions, SignInCookie.Read(context)!, one.Role, one.Id, helper: one.Helper)
            : Show.Page<WhoPage, WhoModel>(context, new(form.With(new FormError("who", context.Say("请选择您是谁。", "Choose who you are."))), who), 422);
    }

    private static Who[] InOrder(Choosing choosing) =>
        [.. choosing.Who.OrderBy(x => x.Role).ThenBy(x => x.Helper is not null).ThenBy(x => x.Id, StringComparer.Ordinal)];

    /// <summary>Opens the session and leads on; back to the start where the ticket does not count.</summary>
    internal static async Task<IResult> Start(HttpContext context, Sessions sessions, SignInCookie cookie, Role role, string id, string? next = null, string? helper = null)
    {
        if (await sessions.Start(cookie.Request, cookie.Ticket, role, id, context.RequestAborted, helper) is not { } token)
            return Show.Next(Again);
        SessionCookie.Set(context, token);
        SignInCookie.Clear(context);
        if (role == Role.Seeker && helper is null)
            await SeekerPages.BringEasyRead(context, id);
        return Show.Next(next ?? (role == Role.Employer ? "/employer" : helper is not null ? "/helping" : "/matches"));
    }

    private static async Task<IResult> Leave(HttpContext context, Sessions sessions)
    {
        if (SessionCookie.Read(context) is { Length: > 0 } token)
            await sessions.End(token, context.RequestAborted);
        await ActingCookie.End(context);
        SessionCookie.Clear(context);
        SignInCookie.Clear(context);
        return Show.Next("/");
    }

    private static IResult Staff(HttpContext context, IHostEnvironment environment) =>
        Show.Page<StaffSignInPage, StaffSignInModel>(context, new(Form.Empty, LocalStaffOf(environment)));

    private static async Task<IResult> EnterStaff(HttpContext context, IHostEnvironment environment, Sessions sessions)
    {
        var form = await Form.Posted(context);
        var choices = LocalStaffOf(environment);
        if (choices.FirstOrDefault(x => x.Id == form.Value("staff")) is not { } chosen)
            return Show.Page<StaffSignInPage, StaffSignInModel>(context, new(form.With(new FormError("staff", context.Say("请选择一位工作人员。", "Choose a member of staff."))), choices), 422);
        SessionCookie.Set(context, await sessions.StartStaff(chosen.Id, chosen.Roles, context.RequestAborted));
        return Show.Next("/staff");
    }

    private static IReadOnlyList<LocalStaff> LocalStaffOf(IHostEnvironment environment) => environment.IsDevelopment() ? LocalStaff.All : [];
}

/// <param name="Again">The code before does not count any more.</param>
public sealed record PhoneModel(Form Form, Coming Coming, bool Again);

/// <param name="Name">Asked for by name; else by district.</param>
public sealed record KnownModel(Form Form, bool Name, CodeLists Codes);

/// <summary>Several share the phone, or somebody registered comes to register.</summary>
public sealed record WhoModel(Form Form, IReadOnlyList<Who> Who)
{
    /// <summary>The choice of who is not in the list.</summary>
    public const string Somebody = "new";
}

/// <param name="Choices">Development's people; empty where the platform signs in.</param>
public sealed record StaffSignInModel(Form Form, IReadOnlyList<LocalStaff> Choices);
