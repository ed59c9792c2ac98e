using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Fixtures;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>
/// From empty storage to an interested person on both sides, and staff from a draft to a funnel: pages only, keyboard only, without
/// script, the codes read off the phone.
/// </summary>
[Collection(nameof(Site))]
public sealed class FromNothingTests(Site site)
{
    private const string EmployerPhone = "13900050001";

    [Theory]
    [InlineData("zh-CN", "13900050002")]
    [InFull("en", "13900050003")]
    public async Task A_person_goes_from_nothing_to_an_interested_employer_and_staff_from_a_draft_to_a_funnel_by_keyboard_without_script(string language, string phone)
    {
        await using var service = await ServiceProcess.Start(null, null, null, "--JobMatch:SignIn:SilentAfter=00:00:01");
        var employer = await NewPage(service, language);
        await SignIn(employer, "a[href='/employer/register']", EmployerPhone);
        await Type(employer, "#name", "山城电商有限公司");
        await Type(employer, "#creditcode", "91350100M000100Y43");
        await Type(employer, "#contacts-0-name", "李经理");
        await Enter(employer, "main form button");

        var lead = await NewPage(service, language);
        await SignInStaff(lead, "demo-staff-2");
        await Enter(lead, "header a[href='/staff/employers']");
        await Enter(lead, "main li a");
        await Tick(lead, "#decision");
        await Enter(lead, "main form button");

        await employer.GotoAsync("/employer");
        await Enter(employer, "a[href='/employer/positions/new']");
        await Type(employer, "#title", "仓库文员");
        await Choose(employer, "#district", "500103");
        await Date(employer, "#closeson", "2035", "06", "30");
        await Enter(employer, "main form button");
        Assert.Matches("/employer/positions/p-[a-p]{20}$", employer.Url);

        var person = await NewPage(service, language);
        await SignIn(person, "a[href='/register']", phone);
        await Type(person, "#name", "周小雨");
        await Choose(person, "#district", "500103");
        await Tick(person, "#matching");
        await Tick(person, "#sms");
        await Enter(person, "main form button");
        await Turn(person, "capacity.HEARING", "0");
        await Enter(person, "main form button");
        await Tick(person, "input[name=needs][value=SIGN_INTERPRETER]");
        await Enter(person, "main form button");
        await Enter(person, "main form button");
        await Enter(person, "main form button");
        await Enter(person, "main a[href='/matches']");
        await Enter(person, "article a[href$='/interest']");
        await Enter(person, "form[action$='/interest'] button");
        await person.Picture($"nothing-interested-{language}");
        Assert.DoesNotContain("周小雨", await Candidates(), StringComparison.Ordinal);
        await Enter(person, "a[href$='/release']");
        await Enter(person, "form[action$='/release'] button");
        var seen = await Candidates();
        Assert.Contains("周小雨", seen, StringComparison.Ordinal);
        Assert.Contains(phone, seen, StringComparison.Ordinal);
        await employer.Picture($"nothing-candidates-{language}");

        await FromADraftToAFunnel(service, language, phone);

        // Much later, as this service counts it: the number may be another's by now.
        if (language == "zh-CN")
            await IsKnownAfterLong(person, phone);
        foreach (var page in (IPage[])[employer, lead, person])
            await page.Context.CloseAsync();

        async Task<string> Candidates()
        {
            await employer.ReloadAsync();
            return await employer.Locator("main").InnerTextAsync();
        }
    }

    private async Task FromADraftToAFunnel(ServiceProcess service, string language, string phone)
    {
        var staff = await NewPage(service, language);
        await SignInStaff(staff, "demo-staff");
        await Enter(staff, "header a[href='/staff/events']");
        await Enter(staff, "main a[href='/staff/events/new']");
        await Type(staff, "#title", "春季招聘会");
        await Tick(staff, "#kind");
        await Date(staff, "#startsat", "2035", "03", "01", "0900");
        await Date(staff, "#endsat", "2035", "03", "01", "1100");
        await Choose(staff, "#district", "500103");
        await Enter(staff, "main form button");
        await Tick(staff, "input[name='positions']");
        await Enter(staff, "form[action$='/tie'] button");
        await Enter(staff, "main a[href$='/announce']");
        await Enter(staff, "form[method=post][action$='/announce'] button");
        Assert.Contains("春季招聘会", await site.ReadText(staff.Context, phone, new Regex("春季招聘会")), StringComparison.Ordinal);
        var delivered = staff.Locator(".numbers div", new() { HasText = language == "en" ? "Delivered" : "已送达" }).Locator("dd").First;
        for (var tries = 0; await delivered.CountAsync() == 0 || await delivered.InnerTextAsync() != "1"; tries++)
        {
            Assert.True(tries < 100, $"{staff.Url}: nothing is delivered.");
            await Task.Delay(200);
            await Enter(staff, $"main a[href='{new Uri(staff.Url).AbsolutePath}']");
        }
        await Reach(staff, "header summary");
        await staff.Keyboard.PressAsync("Enter");
        await Enter(staff, "header a[href='/staff/funnel']");
        await Date(staff, "#from", "2035", "03", "01");
        await Date(staff, "#to", "2035", "03", "01");
        await Enter(staff, "main form button");
        Assert.Equal(["1", "1"], (await staff.Locator("tbody tr td").AllInnerTextsAsync()).Take(2));
        await staff.Picture($"nothing-funnel-{language}");
        await staff.Context.CloseAsync();
    }

    private static async Task SignInStaff(IPage page, string who)
    {
        await page.GotoAsync("/staff/sign-in");
        await Tick(page, "input[name='staff']");
        await Turn(page, "staff", who);
        await Enter(page, "main form button");
    }

    private async Task IsKnownAfterLong(IPage person, string phone)
    {
        await Enter(person, "header form[action='/sign-out'] button");
        await Enter(person, "main a[href='/sign-in']");
        // A phone gets one code a minute.
        for (var tries = 0; tries < 20; tries++)
        {
            await Type(person, "#phone", phone);
            await Enter(person, "main form button");
            if (person.Url.EndsWith("/sign-in/code", StringComparison.Ordinal))
                break;
            await Task.Delay(TimeSpan.FromSeconds(5));
            await person.GotoAsync("/sign-in");
        }
        await EnterCode(person, phone);
        Assert.EndsWith("/sign-in/known", person.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("周小雨", await person.ContentAsync(), StringComparison.Ordinal);
        await person.Picture("nothing-known");
        await Type(person, "#name", "李四");
        await Enter(person, "main form button");
        Assert.Equal(1, await person.Locator(".govuk-error-summary").CountAsync());
        // Somebody else begins with nothing.
        await Enter(person, "button[value='shared']");
        Assert.EndsWith("/register/about", person.Url, StringComparison.Ordinal);
        Assert.Equal("", await person.InputValueAsync("#name"));
        await person.GotoAsync("/sign-in/known");
        await Type(person, "#name", "周 小雨");
        await Enter(person, "main form button");
        Assert.EndsWith("/matches", person.Url, StringComparison.Ordinal);
    }

    private async Task<IPage> NewPage(ServiceProcess service, string language)
    {
        var context = await site.Browser.NewContextAsync(new() { BaseURL = service.Address.ToString(), JavaScriptEnabled = false, Locale = language, ViewportSize = new() { Width = 320, Height = 640 } });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    private async Task SignIn(IPage page, string link, string phone)
    {
        await page.GotoAsync("/");
        await Enter(page, link);
        await Type(page, "#phone", phone);
        await Enter(page, "main form button");
        await EnterCode(page, phone);
    }

    private async Task EnterCode(IPage page, string phone)
    {
        await Type(page, "#code", await site.ReadCode(page.Context, phone));
        await Enter(page, "main form button");
    }

    /// <summary>Tab until it has the focus: what cannot be reached so cannot be used.</summary>
    private static async Task Reach(IPage page, string selector)
    {
        for (var presses = 0; presses < 300; presses++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{page.Url}: {selector} cannot be reached by Tab.");
    }

    private static async Task Type(IPage page, string selector, string text)
    {
        await Reach(page, selector);
        await page.Keyboard.InsertTextAsync(text);
    }

    // In whichever order the browser's language has its parts, and with its half of the day where it has two.
    private static async Task Date(IPage page, string selector, string year, string month, string day, string? time = null)
    {
        var wanted = $"{year}-{month}-{day}{(time is null ? "" : $"T{time[..2]}:{time[2..]}")}";
        foreach (var parts in (string[][])[[year, month, day], [month, day, year], [day, month, year]])
        {
            await Reach(page, selector);
            foreach (var part in parts)
            {
                await page.Keyboard.TypeAsync(part);
                // A year may have more digits than four.
                if (part == year)
                    await page.Keyboard.PressAsync("ArrowRight");
            }
            if (time is not null)
                await page.Keyboard.TypeAsync(time + "A");
            if (await page.EvaluateAsync<string>("document.activeElement.value") == wanted)
                return;
            // Back to before its first part: each is a stop of its own.
            while (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                await page.Keyboard.PressAsync("Shift+Tab");
        }
        Assert.Fail($"{page.Url}: no date can be typed into {selector}.");
    }

    private static async Task Tick(IPage page, string selector)
    {
        await Reach(page, selector);
        await page.Keyboard.PressAsync("Space");
    }

    private static Task Choose(IPage page, string selector, string value) => Arrow(page, selector, value);

    private static Task Turn(IPage page, string name, string value) => Arrow(page, $"input[name='{name}']", value);

    private static async Task Arrow(IPage page, string selector, string value)
    {
        await Reach(page, selector);
        for (var presses = 0; presses < 60; presses++)
        {
            if (await page.EvaluateAsync<string>("document.activeElement.value") == value)
                return;
            await page.Keyboard.PressAsync("ArrowDown");
        }
        Assert.Fail($"{page.Url}: {value} of {selector} cannot be chosen by arrow keys.");
    }

    /// <summary>Enter, and the page that comes of it.</summary>
    private static async Task Enter(IPage page, string selector)
    {
        await Reach(page, selector);
        var before = await Loaded(page);
        await page.Keyboard.PressAsync("Enter");
        for (var tries = 0; tries < 600; tries++)
        {
            if (await Loaded(page) is { } now && now != before)
                return;
            await Task.Delay(100);
        }
        Assert.Fail($"{page.Url}: nothing came of Enter on {selector}.");
    }

    // When the page that is there began; null while another is on its way.
    private static async Task<string?> Loaded(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("document.readyState === 'complete'") ? (await page.EvaluateAsync<double>("performance.timeOrigin")).ToString(CultureInfo.InvariantCulture) : null;
        }
        catch (PlaywrightException)
        {
            return null;
        }
    }
}
