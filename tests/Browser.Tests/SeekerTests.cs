using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>What a person does on pages of their own, beside the main job.</summary>
[Collection(nameof(Site))]
public sealed class SeekerTests(Site site)
{
    /// <summary>From the phone to the first matches at most this many pages, whatever is asked; everything can be left out.</summary>
    private const int MostPages = 10;

    [Theory]
    [InlineData(false, "zh-CN", "13900060001")]
    [InFull(true, "en", "13900060002")]
    public async Task Who_answers_everything_and_who_skips_everything_has_first_matches_within_ten_pages(bool answers, string language, string phone)
    {
        var page = await site.NewPage(script: answers, language);
        List<string> seen = [];
        page.Response += (_, answer) =>
        {
            if (answer.Request.IsNavigationRequest && answer.Status is 200 or 422 && !answer.Url.Contains("/sandbox/", StringComparison.Ordinal))
                seen.Add(new Uri(answer.Url).AbsolutePath);
        };
        await site.EnterCode(page, "/register", phone);
        await page.SelectOptionAsync("#district", "500103");
        await page.CheckAsync("#matching");
        await Next(page);
        if (answers)
            await page.CheckAsync("input[name='capacity.SEEING'][value='3']");
        Assert.NotEqual(0, await page.Locator("details.site-why").CountAsync());
        await Next(page);
        if (answers)
            await page.CheckAsync("input[name='needs'][value='FLEX_HOURS']");
        await Next(page);
        if (answers)
            await Next(page);
        await Next(page);
        Assert.EndsWith("/my/answers", page.Url, StringComparison.Ordinal);
        await page.ClickAsync("main a[href='/matches']");
        Assert.NotEqual(0, await page.Locator("article").CountAsync());
        Assert.Equal(answers ? 9 : 8, seen.Count);
        Assert.InRange(seen.Count, 1, MostPages);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900060003")]
    [InFull(true, "en", "13900060004")]
    public async Task Only_the_question_that_opens_most_is_asked_and_can_be_answered_there_or_passed_over_for_good(bool script, string language, string phone)
    {
        var page = await Registered(phone, script, language);
        await page.GotoAsync("/matches");
        var first = await Asked();
        await page.Picture($"question-{language}");
        await Save();
        Assert.Equal(1, await page.Locator(".govuk-error-summary").CountAsync());
        await page.AreRight(language);
        await page.FitsASmallPhone();
        if (script)
            await page.IsAccessible();
        await page.Picture($"question-error-{language}");
        await page.Locator("#more button[name=pass]").PressAsync("Enter");
        await Lands(page, "/matches?answered=true#more");
        Assert.Equal("more", await page.EvaluateAsync<string>("document.activeElement.id"));
        // Also the next time; the next best may be asked instead.
        await page.GotoAsync("/matches");
        foreach (var asked in await page.Locator("#more input[name=question]").AllAsync())
            Assert.NotEqual(first, await asked.InputValueAsync());
        await page.Context.CloseAsync();

        Task<string> Asked() => page.Locator("#more input[name=question]").InputValueAsync();
        Task Save() => page.Locator("#more form button").First.ClickAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900060005")]
    [InFull(true, "en", "13900060006")]
    public async Task A_job_is_saved_found_again_and_let_go(bool script, string language, string phone)
    {
        var page = await Registered(phone, script, language);
        await page.GotoAsync("/matches");
        var card = page.Locator("article", new() { HasText = "在线客服" });
        await card.Locator("form[action$='/save'] button").PressAsync("Enter");
        await Lands(page, "#done");
        Assert.Equal("done", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal(1, await card.Locator(".govuk-tag").CountAsync());
        await page.ClickAsync("#done a[href='/my/saved']");
        Assert.Equal(1, await card.CountAsync());
        await page.Picture($"saved-{language}");
        await page.FitsASmallPhone();
        if (script)
            await page.IsAccessible();
        await card.Locator("form button").PressAsync("Enter");
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900060007")]
    [InFull(true, "en", "13900060008")]
    public async Task Each_consent_is_given_and_withdrawn_by_itself_and_a_certificate_goes_with_its_purpose(bool script, string language, string phone)
    {
        var page = await Registered(phone, script, language);
        await page.GotoAsync("/my/consents");
        await Press("employers", "yes");
        Assert.Contains(language == "en" ? "You agreed on" : "同意。", await page.Locator("section:has(#employers) strong").InnerTextAsync(), StringComparison.Ordinal);
        await page.Picture($"consents-{language}");
        await Press("employers", "no");
        Assert.Contains(language == "en" ? "You withdrew" : "撤回。", await page.Locator("section:has(#employers) strong").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "You agreed on" : "同意。", await page.Locator("section:has(#matching) strong").InnerTextAsync(), StringComparison.Ordinal);

        await page.ClickAsync("main a[href='/my/statistics']");
        await page.CheckAsync("#statistics");
        await page.SelectOptionAsync("#certificate-category", "2");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".govuk-error-summary a[href='#certificate-grade']").CountAsync());
        if (script)
            await page.IsAccessible();
        await page.Picture($"statistics-error-{language}");
        await page.SelectOptionAsync("#certificate-grade", "3");
        await page.Locator("main form button").ClickAsync();
        await page.GotoAsync("/my/statistics");
        Assert.Equal(("2", "3"), (await page.InputValueAsync("#certificate-category"), await page.InputValueAsync("#certificate-grade")));
        await page.UncheckAsync("#statistics");
        await page.Locator("main form button").ClickAsync();
        await page.GotoAsync("/my/statistics");
        Assert.Equal((false, "", ""), (await page.IsCheckedAsync("#statistics"), await page.InputValueAsync("#certificate-category"), await page.InputValueAsync("#certificate-grade")));
        await page.Context.CloseAsync();

        async Task Press(string purpose, string give)
        {
            await page.Locator($"form:has(input[value='{purpose}']) button").PressAsync("Enter");
            await page.Locator($"form:has(input[value='{purpose}']) input[name=give]:not([value='{give}'])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900060011", "13900060012")]
    [InFull(true, "en", "13900060013", "13900060014")]
    public async Task A_changed_phone_is_confirmed_by_a_code_to_the_new_one(bool script, string language, string old, string phone)
    {
        var page = await Registered(old, script, language);
        await page.GotoAsync("/my/data");
        await page.ClickAsync("a[href='/my/phone']");
        await site.EnterCode(page, "/my/phone", phone);
        Assert.EndsWith("/my/answers", page.Url, StringComparison.Ordinal);
        var answers = await page.Locator("main").InnerTextAsync();
        Assert.Contains("+86" + phone, answers, StringComparison.Ordinal);
        Assert.DoesNotContain(old, answers, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900060015")]
    [InFull(true, "en", "13900060016")]
    public async Task Texts_are_refused_by_kind_stopped_altogether_and_wanted_again(bool script, string language, string phone)
    {
        var page = await Registered(phone, script, language);
        await page.GotoAsync("/my/consents");
        await page.Locator("form:has(input[value='sms']) button").PressAsync("Enter");
        await page.Locator("form:has(input[value='sms']) input[value='no']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GotoAsync("/my/messages");
        await page.UncheckAsync("input[value='Digest']");
        await page.Locator("form[action='/my/messages'] button").PressAsync("Enter");
        await Lands(page, "#choices");
        Assert.Equal((true, false), (await page.IsCheckedAsync("input[value='Invitation']"), await page.IsCheckedAsync("input[value='Digest']")));
        await page.Locator("form[action='/my/texts'] button").PressAsync("Enter");
        await page.Locator("form[action='/my/messages']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Picture($"messages-stopped-{language}");
        await page.FitsASmallPhone();
        if (script)
            await page.IsAccessible();
        await page.Locator("form[action='/my/texts'] button").PressAsync("Enter");
        await page.Locator("form[action='/my/messages']").WaitForAsync();
        Assert.False(await page.IsCheckedAsync("input[value='Digest']"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("zh-CN", "13900060009", "您听得见吗？")]
    [InFull("en", "13900060010", "Can you hear?")]
    public async Task Easy_read_is_one_choice_for_pages_and_texts_and_comes_along_when_signing_in(string language, string phone, string question)
    {
        var page = await Registered(phone, script: false, language);
        await page.GotoAsync("/my/abilities");
        Assert.DoesNotContain(question, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("header form[action='/my/easy-read'] button").PressAsync("Enter");
        await page.Locator("legend", new() { HasText = question }).WaitForAsync();
        Assert.EndsWith("/my/abilities", page.Url, StringComparison.Ordinal);
        await page.Picture($"easy-abilities-{language}");
        await page.GotoAsync("/matches");
        await page.Picture($"easy-matches-{language}");
        await page.AreRight(language);
        await page.FitsASmallPhone();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_reads_easy_texts_finds_easy_pages_when_signing_in()
    {
        var page = await site.NewPage(script: false);
        await site.EnterCode(page, "/sign-in", Site.EasyReader);
        await page.GotoAsync("/my/abilities");
        Assert.Contains("您听得见吗？", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900060017", "13900060018")]
    [InFull(true, "en", "13900060019", "13900060020")]
    public async Task A_helper_does_what_was_allowed_and_no_more_and_the_person_reads_it_and_takes_it_back(bool script, string language, string phone, string helpers)
    {
        var page = await Registered(phone, script, language);
        await page.GotoAsync("/my/answers");
        await page.ClickAsync("main a[href='/my/helpers']");
        await page.ClickAsync("a[href='/my/helpers/new']");
        await page.FillAsync("#name", "林女士");
        await page.FillAsync("#phone", helpers);
        await page.CheckAsync("input[value='Answers']");
        await page.Locator("main form button").PressAsync("Enter");
        await Lands(page, "/my/helpers");
        Assert.Contains("+86" + helpers, await page.Locator("article").InnerTextAsync(), StringComparison.Ordinal);

        var helper = await site.NewPage(script, language);
        await site.EnterCode(helper, "/sign-in", helpers);
        Assert.EndsWith("/my/answers", helper.Url, StringComparison.Ordinal);
        await helper.Picture($"helping-{language}");
        await helper.AreRight(language);
        await helper.FitsASmallPhone();
        if (script)
            await helper.IsAccessible();
        foreach (var refused in (string[])["/matches", "/my/data", "/my/data.json", "/my/phone", "/my/helpers", "/my/events", "/my/consents", "/matches/browser-chat/interest", "/staff"])
            Assert.Equal(403, (await helper.GotoAsync(refused))!.Status);
        await helper.GotoAsync("/my/adjustments");
        await helper.CheckAsync("input[value='STEP_FREE']");
        await Next(helper);

        await page.ReloadAsync();
        var acts = await page.Locator("main").InnerTextAsync();
        Assert.Contains(language == "en" ? "林女士: signed in for you" : "林女士：替您登录", acts, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "林女士: changed the adjustments" : "林女士：改了需要的便利", acts, StringComparison.Ordinal);
        await page.Picture($"helpers-{language}");
        await page.FitsASmallPhone();
        if (script)
            await page.IsAccessible();
        await page.Locator("form[action$='/revoke'] button").PressAsync("Enter");
        await page.Locator("article").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await helper.GotoAsync("/my/answers");
        Assert.EndsWith("/sign-in", helper.Url, StringComparison.Ordinal);
        await helper.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Where_a_guardian_decides_consents_wait_for_them_and_staff_say_who_it_is()
    {
        const string phone = "13900060021", guardians = "13900060022";
        var page = await Registered(phone, script: false, "zh-CN");
        await page.GotoAsync("/my/helpers");
        await page.Locator("form[action='/my/guardian'] button").PressAsync("Enter");
        await page.Locator("form[action='/my/guardian']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GotoAsync("/matches");
        Assert.Equal(0, await page.Locator("article").CountAsync());
        await page.GotoAsync("/my/consents");
        Assert.Contains("等监护人确认", await page.Locator("section:has(#matching)").InnerTextAsync(), StringComparison.Ordinal);

        var staff = await site.NewPage(script: false);
        await site.SignInStaff(staff);
        await staff.GotoAsync("/staff/people?lang=zh-CN");
        await staff.FillAsync("#q", phone);
        await staff.ClickAsync("main form button");
        await staff.Locator("main li a").First.ClickAsync();
        await staff.Locator("form[action$='/act'] button").ClickAsync();
        await staff.GotoAsync("/my/helpers/new");
        await staff.FillAsync("#name", "周父");
        await staff.FillAsync("#phone", guardians);
        await staff.CheckAsync("input[name='guardian']");
        await staff.Picture("naming-a-guardian");
        await Next(staff);
        Assert.EndsWith("/my/helpers", staff.Url, StringComparison.Ordinal);

        var guardian = await site.NewPage(script: false);
        await site.EnterCode(guardian, "/sign-in", guardians);
        Assert.EndsWith("/my/consents", guardian.Url, StringComparison.Ordinal);
        Assert.Contains("等您确认", await guardian.Locator("section:has(#matching)").InnerTextAsync(), StringComparison.Ordinal);
        await guardian.Picture("guardian-consents");
        await guardian.Locator("form:has(input[value='matching']) button").PressAsync("Enter");
        await guardian.Locator("form:has(input[value='matching']) input[value='no']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GotoAsync("/matches");
        Assert.NotEqual(0, await page.Locator("article").CountAsync());
        await guardian.Context.CloseAsync();
        await staff.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> Registered(string phone, bool script, string language)
    {
        var page = await site.NewPage(script, language);
        await site.EnterCode(page, "/register", phone);
        await page.SelectOptionAsync("#district", "500103");
        await page.CheckAsync("#matching");
        await Next(page);
        return page;
    }

    private static Task Lands(IPage page, string end) => Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(end) + "$"), new() { Timeout = 60_000 });

    private static Task Next(IPage page) => page.Locator("main form button").Last.ClickAsync();
}
