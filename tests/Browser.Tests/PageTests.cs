using JobMatch.Functions;

namespace JobMatch.Browser.Tests;

/// <summary>Every page and every form's error state, on a small phone, in both languages, with script and without.</summary>
[Collection(nameof(Site))]
public sealed class PageTests(Site site)
{
    /// <summary>Who visits each page, and at which address.</summary>
    internal static readonly Dictionary<string, (Visitor Who, string Path)> Visits = new()
    {
        ["/"] = (Visitor.Public, "/"),
        ["/jobs"] = (Visitor.Public, "/jobs?words=检验&district=500103&accommodation=STEP_FREE"),
        ["/jobs/{id}"] = (Visitor.Public, $"/jobs/{Site.Position}"),
        ["/sign-in"] = (Visitor.Public, "/sign-in"),
        ["/register"] = (Visitor.Public, "/register"),
        ["/sign-in/code"] = (Visitor.Confirmed, "/sign-in/code"),
        ["/sign-in/known"] = (Visitor.Confirmed, "/sign-in/known"),
        ["/sign-in/who"] = (Visitor.Confirmed, "/sign-in/who"),
        ["/register/about"] = (Visitor.Confirmed, "/register/about"),
        ["/staff/sign-in"] = (Visitor.Public, "/staff/sign-in"),
        ["/my/about"] = (Visitor.Seeker, "/my/about"),
        ["/my/abilities"] = (Visitor.Seeker, "/my/abilities"),
        ["/my/adjustments"] = (Visitor.Seeker, "/my/adjustments"),
        ["/my/musts"] = (Visitor.Seeker, "/my/musts"),
        ["/my/wishes"] = (Visitor.Seeker, "/my/wishes"),
        ["/my/skills"] = (Visitor.Seeker, "/my/skills"),
        ["/my/answers"] = (Visitor.Seeker, "/my/answers"),
        ["/my/consents"] = (Visitor.Seeker, "/my/consents"),
        ["/my/statistics"] = (Visitor.Seeker, "/my/statistics"),
        ["/my/saved"] = (Visitor.Seeker, "/my/saved"),
        ["/my/messages"] = (Visitor.Seeker, "/my/messages"),
        ["/my/helpers"] = (Visitor.Seeker, "/my/helpers"),
        ["/my/helpers/new"] = (Visitor.Seeker, "/my/helpers/new"),
        ["/helping"] = (Visitor.Seeker, "/helping"),
        ["/my/phone"] = (Visitor.Seeker, "/my/phone"),
        ["/my/phone/code"] = (Visitor.Seeker, "/my/phone/code"),
        ["/matches"] = (Visitor.Seeker, "/matches"),
        ["/matches/{id}/decline"] = (Visitor.Seeker, $"/matches/{Site.Position}/decline"),
        ["/matches/{id}/interest"] = (Visitor.Seeker, "/matches/browser-chat/interest"),
        ["/matches/{id}/release"] = (Visitor.Seeker, "/matches/browser-chat/release"),
        ["/my/data"] = (Visitor.Seeker, "/my/data"),
        ["/my/data.json"] = (Visitor.Seeker, "/my/data.json"),
        ["/my/data/delete"] = (Visitor.Seeker, "/my/data/delete"),
        ["/deleted"] = (Visitor.Public, "/deleted"),
        ["/employer/register"] = (Visitor.Public, "/employer/register"),
        ["/employer/register/organisation"] = (Visitor.Confirmed, "/employer/register/organisation"),
        ["/employer/organisation"] = (Visitor.Employer, "/employer/organisation"),
        ["/employer/sheet"] = (Visitor.Employer, "/employer/sheet"),
        ["/employer/keys"] = (Visitor.Employer, "/employer/keys"),
        ["/levy"] = (Visitor.Public, "/levy"),
        ["/employer/sheet/template.csv"] = (Visitor.Employer, "/employer/sheet/template.csv"),
        ["/employer/sheet/template.xlsx"] = (Visitor.Employer, "/employer/sheet/template.xlsx"),
        ["/staff/employers"] = (Visitor.Staff, "/staff/employers"),
        ["/staff/employers/{id}"] = (Visitor.Lead, "/staff/employers/{awaiting}"),
        ["/employer"] = (Visitor.Employer, "/employer"),
        ["/employer/positions/new"] = (Visitor.Employer, "/employer/positions/new"),
        ["/employer/positions/{id}"] = (Visitor.Employer, $"/employer/positions/{Site.Position}"),
        ["/employer/positions/{id}/edit"] = (Visitor.Employer, $"/employer/positions/{Site.Position}/edit"),
        ["/staff"] = (Visitor.Staff, "/staff"),
        ["/staff/events"] = (Visitor.Staff, "/staff/events"),
        ["/staff/approvals"] = (Visitor.Lead, "/staff/approvals"),
        ["/staff/audit"] = (Visitor.Auditor, "/staff/audit"),
        ["/staff/policy"] = (Visitor.Lead, "/staff/policy"),
        ["/staff/policy/try"] = (Visitor.Lead, $"/staff/policy/try?{OtherWeights}"),
        ["/staff/policy/try/{subject}"] = (Visitor.Lead, $"/staff/policy/try/{{subject}}?{OtherWeights}"),
        ["/staff/people"] = (Visitor.Staff, "/staff/people"),
        ["/staff/people/new"] = (Visitor.Staff, "/staff/people/new"),
        ["/staff/people/{subject}"] = (Visitor.Staff, "/staff/people/{subject}"),
        ["/staff/events/{id}/fairness"] = (Visitor.Auditor, $"/staff/events/{Site.Announced}/fairness"),
        ["/staff/site-visits"] = (Visitor.Staff, "/staff/site-visits"),
        ["/staff/site-visits/{id}"] = (Visitor.Staff, "/staff/site-visits/demo-employer"),
        ["/staff/events/{id}/messages"] = (Visitor.Administrator, $"/staff/events/{Site.Announced}/messages"),
        ["/staff/messages/{id}"] = (Visitor.Administrator, "/staff/messages/{text}"),
        ["/staff/events/{id}/guests"] = (Visitor.Staff, $"/staff/events/{Site.Event}/guests"),
        ["/staff/events/{id}/check-in"] = (Visitor.Staff, $"/staff/events/{Site.Event}/check-in"),
        ["/staff/events/{id}/walk-in"] = (Visitor.Staff, $"/staff/events/{Site.Event}/walk-in"),
        ["/staff/events/{id}/outcomes"] = (Visitor.Staff, $"/staff/events/{Site.Event}/outcomes"),
        ["/staff/funnel"] = (Visitor.Staff, "/staff/funnel"),
        ["/my/events"] = (Visitor.Seeker, "/my/events"),
        ["/staff/replies"] = (Visitor.Staff, "/staff/replies"),
        ["/staff/follow-ups"] = (Visitor.Staff, "/staff/follow-ups"),
        ["/staff/follow-ups/{subject}/{followUp}"] = (Visitor.Staff, "/staff/follow-ups/{followed}"),
        ["/staff/cases/{subject}/{followUp}"] = (Visitor.Staff, "/staff/cases/{followed}"),
        ["/staff/messages"] = (Visitor.Staff, "/staff/messages"),
        ["/staff/unmet-needs"] = (Visitor.Staff, "/staff/unmet-needs"),
        ["/staff/events/new"] = (Visitor.Staff, "/staff/events/new"),
        ["/staff/events/{id}"] = (Visitor.Staff, $"/staff/events/{Site.Event}"),
        ["/staff/events/{id}/announce"] = (Visitor.Staff, $"/staff/events/{Site.Event}/announce"),
        ["/staff/days/{date}"] = (Visitor.Staff, "/staff/days/2035-03-01"),
        ["/events/{id}"] = (Visitor.Public, $"/events/{Site.Announced}"),
        ["/sitemap.xml"] = (Visitor.Public, "/sitemap.xml"),
        ["/events/{id}.ics"] = (Visitor.Public, $"/events/{Site.Announced}.ics"),
        ["/my/events/{id}"] = (Visitor.Seeker, $"/my/events/{Site.Announced}"),
        ["/staff/programmes"] = (Visitor.Staff, "/staff/programmes"),
        ["/staff/programmes/{kind}"] = (Visitor.Staff, "/staff/programmes/VILLAGE_ROOM"),
        ["/staff/programmes/{kind}/new"] = (Visitor.Staff, "/staff/programmes/INCUBATION/new"),
        ["/staff/programmes/{kind}/records/{id}"] = (Visitor.Staff, $"/staff/programmes/VILLAGE_ROOM/records/{Site.Room}"),
        ["/my/bookings"] = (Visitor.Seeker, $"/my/bookings?resource={Site.Studio}&hours=2"),
        ["/staff/rooms"] = (Visitor.Staff, "/staff/rooms"),
        ["/staff/rooms/{id}"] = (Visitor.Staff, $"/staff/rooms/{Site.Studio}"),
        ["/opportunities/{kind}/{id}"] = (Visitor.Seeker, $"/opportunities/COURSE_RUN/{Site.Course}"),
        ["/staff/opportunities"] = (Visitor.Staff, "/staff/opportunities"),
        ["/staff/opportunities/{kind}/new"] = (Visitor.Staff, "/staff/opportunities/COURSE_RUN/new"),
        ["/staff/opportunities/{kind}/{id}"] = (Visitor.Staff, $"/staff/opportunities/COURSE_RUN/{Site.Course}"),
        ["/staff/outcomes"] = (Visitor.Staff, "/staff/outcomes"),
        ["/staff/outcomes.csv"] = (Visitor.Staff, "/staff/outcomes.csv"),
        ["/staff/events/{id}/cancel"] = (Visitor.Staff, $"/staff/events/{Site.Event}/cancel"),
    };

    private const string OtherWeights = "P1=0&P2=25&P3=15&P4=35&P5=10&P6=5&P7=4&P8=3&P9=3";

    /// <summary>Forms that can be filled in wrongly: what is typed, and the field that is then at fault.</summary>
    internal static readonly Dictionary<string, (Visitor Who, string Path, string Fill, string With, string Field)> Mistakes = new()
    {
        ["/sign-in"] = (Visitor.Public, "/sign-in", "phone", "139", "phone"),
        ["/register"] = (Visitor.Public, "/register", "phone", "abc", "phone"),
        ["/sign-in/code"] = (Visitor.Confirmed, "/sign-in/code", "code", "12", "code"),
        ["/sign-in/known"] = (Visitor.Confirmed, "/sign-in/known", "name", "谁", "name"),
        ["/sign-in/who"] = (Visitor.Confirmed, "/sign-in/who", "", "", "who"),
        ["/register/about"] = (Visitor.Confirmed, "/register/about", "name", "周", "district"),
        ["/staff/sign-in"] = (Visitor.Public, "/staff/sign-in", "", "", "staff"),
        ["/my/about"] = (Visitor.SeekerWithout, "/my/about", "name", new string('长', 101), "name"),
        ["/my/wishes"] = (Visitor.SeekerWithout, "/my/wishes", "work-minpaymonthly", "三千", "work-minpaymonthly"),
        ["/my/phone"] = (Visitor.Seeker, "/my/phone", "phone", "139", "phone"),
        ["/my/helpers/new"] = (Visitor.Seeker, "/my/helpers/new", "phone", "139", "phone"),
        ["/my/phone/code"] = (Visitor.Seeker, "/my/phone/code", "code", "12", "code"),
        ["/matches/{id}/decline"] = (Visitor.Seeker, $"/matches/{Site.Position}/decline", "", "", "reason"),
        ["/employer/register"] = (Visitor.Public, "/employer/register", "phone", "12", "phone"),
        ["/employer/register/organisation"] = (Visitor.Confirmed, "/employer/register/organisation", "creditcode", "91350100M000100Y44", "creditcode"),
        ["/employer/organisation"] = (Visitor.Employer, "/employer/organisation", "contacts-1-name", "王五", "contacts-1-phone"),
        ["/levy"] = (Visitor.Public, "/levy", "staff", "许多", "staff"),
        ["/employer/sheet"] = (Visitor.Employer, "/employer/sheet", "paste", "编号,岗位名称", "paste"),
        ["/staff/employers/{id}"] = (Visitor.Lead, "/staff/employers/{awaiting}", "reason", "太短", "decision"),
        ["/employer/positions/new"] = (Visitor.Employer, "/employer/positions/new", "openings", "0", "title"),
        ["/employer/positions/{id}/edit"] = (Visitor.Employer, $"/employer/positions/{Site.Position}/edit", "title", " ", "title"),
        ["/staff/events/new"] = (Visitor.Staff, "/staff/events/new", "title", "残疾人招聘会", "title"),
        ["/staff/people"] = (Visitor.Staff, "/staff/people", "", "", "q"),
        ["/staff/site-visits/{id}"] = (Visitor.Staff, "/staff/site-visits/demo-employer", "on", "2020-01-01", "passed"),
        ["/staff/people/new"] = (Visitor.Staff, "/staff/people/new", "phone", "139", "phone"),
        ["/staff/events/{id}/check-in"] = (Visitor.Staff, $"/staff/events/{Site.Event}/check-in", "numbers", "9999", "numbers"),
        ["/staff/events/{id}/walk-in"] = (Visitor.Staff, $"/staff/events/{Site.Event}/walk-in", "phone", "139", "phone"),
        ["/staff/events/{id}/outcomes"] = (Visitor.Staff, $"/staff/events/{Site.Event}/outcomes", "numbers", "一二", "stage"),
        ["/staff/follow-ups/{subject}/{followUp}"] = (Visitor.Staff, "/staff/follow-ups/{followed}", "", "", "answer"),
        ["/staff/cases/{subject}/{followUp}"] = (Visitor.Staff, "/staff/cases/{followed}", "dueon", "2020-01-01", "dueon"),
        ["/staff/opportunities/{kind}/new"] = (Visitor.Staff, "/staff/opportunities/COURSE_RUN/new", "openings", "很多", "openings"),
        ["/staff/rooms"] = (Visitor.Staff, "/staff/rooms", "units", "很多", "units"),
        ["/staff/rooms/{id}"] = (Visitor.Staff, $"/staff/rooms/{Site.Studio}", "seeker", "nobody-here", "seeker"),
        ["/staff/programmes/{kind}/new"] = (Visitor.Staff, "/staff/programmes/INCUBATION/new", "participant", "x y", "participant"),
        ["/staff/programmes/{kind}/records/{id}"] = (Visitor.Staff, $"/staff/programmes/VILLAGE_ROOM/records/{Site.Room}", "amounts-units", "很多", "amounts-units"),
    };

    /// <summary>What is posted without a way to go wrong, and the journeys that post it.</summary>
    private static readonly string[] InJourneys =
    [
        "/my/consents", "/my/statistics", "/sign-in/someone-else", "/my/easy-read", "/my/helpers/{id}/revoke", "/my/guardian", "/helping/stop", "/my/messages", "/matches/question", "/matches/{id}/save", "/my/saved/{id}/remove",
        "/my/abilities", "/my/adjustments", "/my/musts", "/my/skills", "/my/data/delete", "/matches/{id}/undo", "/matches/{id}/interest", "/matches/{id}/release", "/sign-out", "/employer/positions/{id}/close", "/employer/positions/{id}/answers", "/employer/positions/{id}/candidates", "/employer/keys",
        "/staff/replies", "/my/texts", "/staff/events/{id}/tie", "/staff/events/{id}/untie", "/staff/events/{id}/announce",
        "/staff/events/{id}/approve", "/staff/events/{id}/cancel", "/staff/days/{date}/announce", "/my/events/{id}/answer", "/my/events/{id}/interpreter",
        "/staff/events/{id}/stop", "/staff/messages/pause", "/staff/messages/resume", "/staff/messages/redrive",
        "/staff/policy", "/staff/policy/{number}/approve", "/staff/policy/{number}/drop", "/staff/people/{subject}/act", "/staff/people/{subject}/code", "/staff/acting/end",
        "/my/bookings", "/my/bookings/{id}/cancel", "/opportunities/{kind}/{id}", "/staff/rooms/{id}/cancel",
    ];

    /// <summary>
    /// Every page. In a quick run one page is looked at in Chinese and ordinary colours, and without script in English, the next one the
    /// other way round, English being large and light on black; with <c>JOBMATCH_MATRIX=full</c> each is seen in both languages and both looks.
    /// </summary>
    public static TheoryData<string, string, bool> Pages => Seen(0);

    /// <summary>The same without script.</summary>
    public static TheoryData<string, string, bool> PagesWithoutScript => Seen(1);

    private static TheoryData<string, string, bool> Seen(int first)
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var (at, route) in Visits.Keys.Where(route => Path.GetExtension(route).Length == 0).Index())
            foreach (var language in InFullAttribute.Whole ? ["zh-CN", "en"] : (string[])[(at + first) % 2 == 0 ? "zh-CN" : "en"])
                foreach (var contrast in InFullAttribute.Whole ? [false, true] : (bool[])[language == "en"])
                    data.Add(route, language, contrast);
        return data;
    }

    /// <summary>Every form's error state, likewise.</summary>
    public static TheoryData<string, bool> Forms
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var (at, route) in Mistakes.Keys.Index())
                foreach (var contrast in InFullAttribute.Whole ? [false, true] : (bool[])[at % 2 == 1])
                    data.Add(route, contrast);
            return data;
        }
    }

    private static string Set(bool contrast) => contrast ? "contrast=high&text=large" : "contrast=normal&text=normal";

    private string At(string path, string more) => site.Filled(path) + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + more;

    [Fact]
    public void Every_page_that_the_service_has_is_visited()
    {
        var routes = Service.Triggers().HttpTriggers.Where(x => x.Action.StartsWith("pages.", StringComparison.Ordinal)).ToList();
        Assert.Equal(routes.Where(x => x.Method == "GET").Select(x => x.Route).Order(), Visits.Keys.Order());
        Assert.Equal(routes.Where(x => x.Method == "POST").Select(x => x.Route).Order(), Mistakes.Keys.Concat(InJourneys).Order());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_on_a_small_phone(string route, string language, bool contrast)
    {
        var (who, path) = Visits[route];
        var page = await site.Of(who);
        path = site.Named(path);
        var answer = await page.GotoAsync(At(path, $"lang={language}&{Set(contrast)}"));
        Assert.Equal(200, answer!.Status);
        Assert.Equal(contrast ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await page.AreRight(language);
        await page.FitsASmallPhone();
        await page.IsAccessible();
        await page.IsLight(answer);
        await page.Picture($"{route}-{language}{(contrast ? "-contrast" : "")}");
    }

    [Theory]
    [MemberData(nameof(PagesWithoutScript))]
    public async Task A_page_is_the_same_without_script(string route, string language, bool contrast)
    {
        var (who, path) = Visits[route];
        var page = await site.Of(who, script: false);
        path = site.Named(path);
        var answer = await page.GotoAsync(At(path, $"lang={language}&{Set(contrast)}"));
        Assert.Equal(200, answer!.Status);
        await page.AreRight(language);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        Assert.Contains("frame-ancestors 'none'", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers["cache-control"]);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task What_is_wrong_with_a_form_is_said_on_top_and_beside_the_field_and_nothing_typed_is_lost(string route, bool contrast)
    {
        var (who, path, fill, with, field) = Mistakes[route];
        var page = await site.Of(who);
        path = site.Named(path);
        await page.GotoAsync(At(path, $"lang=zh-CN&{Set(contrast)}"));
        if (fill.Length > 0)
            await page.FillAsync($"#{fill}", with);
        await page.Locator($"main form[action^='{path}'] button").ClickAsync();
        Assert.StartsWith("错误：", await page.TitleAsync(), StringComparison.Ordinal);
        var summary = page.Locator($".govuk-error-summary a[href='#{field}']");
        Assert.Equal(1, await summary.CountAsync());
        // It names its field: what a program is told of a member says nothing at the top of a page.
        Assert.DoesNotMatch("^(内容过长|这里|此项)", await summary.InnerTextAsync());
        Assert.Equal("错误：" + await summary.InnerTextAsync(), await page.Locator($"#{field}-error").TextContentAsync());
        Assert.Equal(1, await page.Locator($"#{field}[aria-invalid=true], fieldset[aria-describedby~='{field}-error']").CountAsync());
        if (fill.Length > 0)
            Assert.Equal(with, await page.InputValueAsync($"#{fill}"));
        await summary.ClickAsync();
        Assert.Equal(field, await page.EvaluateAsync<string>("document.activeElement.id || location.hash.slice(1)"));
        await page.AreRight("zh-CN");
        await page.FitsASmallPhone();
        await page.IsAccessible();
        await page.Picture($"{route}-error{(contrast ? "-contrast" : "")}");
    }

    [Fact]
    public async Task Whoever_finds_nothing_reads_why_and_what_to_do()
    {
        var page = await site.Of(Visitor.SeekerWithout);
        await page.GotoAsync("/matches?lang=zh-CN");
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("工资达到期望的最低数", text, StringComparison.Ordinal);
        Assert.NotEqual(0, await page.Locator("main a[href='/my/wishes?edit=1']").CountAsync());
        await page.FitsASmallPhone();
        await page.IsAccessible();
        await page.Picture("matches-none");
    }

    [Theory]
    [InlineData("zh-CN", "提供了，合适的人至少多 6 个。")]
    [InlineData("en", "If you offer it, at least 6 people more would suit.")]
    public async Task An_employer_reads_what_would_let_more_people_in_beside_where_to_answer(string language, string hint)
    {
        var page = await site.Of(Visitor.Employer);
        await page.GotoAsync($"/employer/positions/{Site.Nearly}?lang={language}");
        Assert.Equal(hint, await page.Locator("#accommodations-guide_dog-hint").InnerTextAsync());
        Assert.Equal(1, await page.Locator("form[action$='/answers'] select[name='accommodations.GUIDE_DOG']").CountAsync());
        await page.FitsASmallPhone();
        await page.IsAccessible();
        await page.Picture($"near-misses-{language}");
    }

    [Fact]
    public async Task The_keyboard_meets_the_skip_link_first_and_then_everything_in_reading_order()
    {
        var page = await site.Of(Visitor.Public);
        await page.GotoAsync("/sign-in?lang=zh-CN");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("phone", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("BUTTON", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await page.Keyboard.PressAsync("Enter");
        // Asked of the page itself: the address is the same before and after, and waiting for it can miss the moment.
        await page.WaitForFunctionAsync("() => document.title.startsWith('错误：')");
    }

    [Fact]
    public async Task Larger_text_and_strong_contrast_need_no_script_and_outlast_signing_in_and_out()
    {
        var page = await site.NewPage(script: false);
        await page.GotoAsync("/");
        await page.ClickAsync("header a[href='/?text=large']");
        await page.ClickAsync("header a[href='/?contrast=high']");
        await site.EnterCode(page, "/sign-in", "13900020010");
        Assert.Equal("govuk-template site-large site-contrast", await page.Locator("html").GetAttributeAsync("class"));
        await page.ClickAsync("header form[action='/sign-out'] button");
        await page.GotoAsync("/sign-in");
        Assert.Equal("govuk-template site-large site-contrast", await page.Locator("html").GetAttributeAsync("class"));
        await page.ClickAsync("header a[href='/sign-in?contrast=normal']");
        Assert.Equal("govuk-template site-large", await page.Locator("html").GetAttributeAsync("class"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_language_once_chosen_is_kept_and_a_page_of_somebody_else_says_so()
    {
        var page = await site.NewPage(script: false);
        await page.GotoAsync("/sign-in");
        Assert.Equal("zh-CN", await page.Locator("html").GetAttributeAsync("lang"));
        await page.ClickAsync("a[hreflang=en]");
        await page.ClickAsync("a.site-header__name");
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));

        var seeker = await site.Of(Visitor.SeekerWithout);
        Assert.Equal(403, (await seeker.GotoAsync("/staff?lang=zh-CN"))!.Status);
        await seeker.AreRight("zh-CN");
        await seeker.IsAccessible();
        await page.GotoAsync("/staff");
        Assert.EndsWith("/staff/sign-in", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/matches");
        Assert.EndsWith("/sign-in", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
