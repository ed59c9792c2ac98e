using System.Globalization;
using JobMatch.Fixtures;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>From empty storage to an interested person on both sides: pages only, keyboard only, without script, the codes read off the phone.</summary>
[Collection(nameof(Site))]
public sealed class FromNothingTests(Site site)
{
    private const string EmployerPhone = "13900050001";

    [Theory]
    [InlineData("zh-CN", "13900050002")]
    [InFull("en", "13900050003")]
    public async Task A_person_goes_from_nothing_to_an_interested_employer_by_keyboard_without_script(string language, string phone)
    {
        await using var service = await ServiceProcess.Start(null, null, null, "--JobMatch:SignIn:SilentAfter=00:00:01");
        using (var staff = service.Client("demo-staff"))
        using (var content = new StringContent($$"""{ "name": "山城电商有限公司", "approved": true, "contacts": [ { "name": "李经理", "phone": "{{EmployerPhone}}" } ] }""", null, "application/json"))
        using (var put = await staff.PutAsync(new Uri("/api/employers/demo-employer", UriKind.Relative), content))
            put.EnsureSuccessStatusCode();

        var employer = await NewPage(service, language);
        await SignIn(employer, "a[href='/sign-in']", EmployerPhone);
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

        // Much later, as this service counts it: the number may be another's by now.
        if (language == "zh-CN")
            await IsKnownAfterLong(person, phone);
        await employer.Context.CloseAsync();
        await person.Context.CloseAsync();

        async Task<string> Candidates()
        {
            await employer.ReloadAsync();
            return await employer.Locator("main").InnerTextAsync();
        }
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

    // In whichever order the browser's language has its parts.
    private static async Task Date(IPage page, string selector, string year, string month, string day)
    {
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
            if (await page.EvaluateAsync<string>("document.activeElement.value") == $"{year}-{month}-{day}")
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
