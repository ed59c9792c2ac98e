using System.Net;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>What an employer does on the pages, from nothing.</summary>
[Collection(nameof(Site))]
public sealed class EmployerJourneyTests(Site site)
{
    [Theory]
    [InlineData(true, "zh-CN", "13900020051", "91310000MA1FL8XG0Y")]
    [InFull(false, "en", "13900020052", "91500000MA5U6K8J0D")]
    public async Task An_organisation_registers_writes_a_draft_and_sees_people_once_staff_approve_it(bool script, string language, string phone, string code)
    {
        var page = await site.NewPage(script, language);
        await page.GotoAsync($"/?lang={language}");
        await site.Register(page, phone, "两江物流", WithCheck(code));
        Assert.EndsWith("/employer", page.Url, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "waits for staff" : "等待工作人员审核", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.ClickAsync("main a[href='/employer/positions/new']");
        await page.FillAsync("#title", "仓库管理员");
        await page.SelectOptionAsync("#district", "500103");
        await page.FillAsync("#closeson", "2035-06-30");
        await page.Locator("main form button").ClickAsync();
        var address = new Uri(page.Url).AbsolutePath;
        await page.Picture($"journey-draft-{language}");
        Assert.Equal((0, 0), (await page.Locator("article").CountAsync(), await page.Locator("form[action$='/answers']").CountAsync()));
        var everybody = await site.NewPage(script: false, language);
        Assert.Equal(404, (await everybody.GotoAsync(address.Replace("/employer/positions", "/jobs", StringComparison.Ordinal)))!.Status);

        var staff = await site.Of(Visitor.Lead);
        await staff.GotoAsync($"/staff/employers?lang={language}");
        await staff.Locator("main li a", new() { HasText = "两江物流" }).First.ClickAsync();
        await staff.CheckAsync("#decision-2");
        await staff.Locator("main form button").ClickAsync();
        Assert.Equal(1, await staff.Locator("#reason-error").CountAsync());
        await staff.CheckAsync("#decision");
        await staff.Locator("main form button").ClickAsync();

        for (var tries = 0; await page.Locator("article").CountAsync() == 0 && tries < 100; tries++)
        {
            await Task.Delay(100);
            await page.ReloadAsync();
        }
        Assert.NotEqual(0, await page.Locator("article").CountAsync());
        Assert.Equal(200, (await everybody.GotoAsync(address.Replace("/employer/positions", "/jobs", StringComparison.Ordinal)))!.Status);
        await everybody.Context.CloseAsync();

        // Another contact is let in, by a phone of their own.
        await page.GotoAsync("/employer/organisation");
        await page.FillAsync("#contacts-1-name", "同事");
        await page.FillAsync("#contacts-1-phone", phone[..^2] + "6" + phone[^1]);
        await page.Locator("main form button").ClickAsync();
        var colleague = await site.NewPage(script, language);
        await site.EnterCode(colleague, "/sign-in", phone[..^2] + "6" + phone[^1]);
        Assert.EndsWith("/employer", colleague.Url, StringComparison.Ordinal);
        await colleague.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true, "zh-CN", "S")]
    [InFull(false, "en", "T")]
    public async Task A_sheet_keeps_what_is_right_and_lets_the_rest_be_put_right_on_the_page(bool script, string language, string reference)
    {
        var page = await site.Of(Visitor.Employer, script);
        await page.GotoAsync($"/employer/sheet?lang={language}");
        string[] rows =
        [
            "编号\t岗位名称\t工作区县\t薪资\t截止日期\t岗位描述\t备注",
            $"{reference}1\t分拣员\t渝中区\t3000-4000\t2035-12-31\t五官端正\t",
            $"{reference}2\t打包员\t没有的区\t很多\t2035-12-31\t\t急",
            $"{reference}3\t\t南岸区\t面议\t明年\t\t",
        ];
        await page.FillAsync("#paste", string.Join('\n', rows));
        await page.Locator("main form button").ClickAsync();
        await page.FitsASmallPhone();
        if (script)
            await page.IsAccessible();
        await page.Picture($"sheet-errors-{language}");
        var main = await page.Locator("main").InnerTextAsync();
        Assert.Contains(language == "en" ? "1 position saved: 1 new" : "已保存 1 个岗位：新发布 1", main, StringComparison.Ordinal);
        Assert.Contains("“五官”", main, StringComparison.Ordinal);
        Assert.Equal(("没有的区", "很多", "明年"), (await page.InputValueAsync("#cell-3-2"), await page.InputValueAsync("#cell-3-3"), await page.InputValueAsync("#cell-4-4")));
        Assert.Equal(1, await page.Locator(".govuk-error-summary a[href='#cell-3-2']").CountAsync());
        Assert.Equal(1, await page.Locator("#column-6-error").CountAsync());
        // One field at a time: what was put right stays so, and what was right was never lost.
        await page.FillAsync("#cell-3-2", "沙坪坝区");
        await page.FillAsync("#cell-3-3", "3500/月");
        await page.Locator("main form button").ClickAsync();
        // The address is the same before and after.
        await page.Locator("#cell-3-2").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(0, await page.Locator("#column-6").CountAsync());
        Assert.Equal("明年", await page.InputValueAsync("#cell-4-4"));
        await page.FillAsync("#cell-4-1", "仓管员");
        await page.FillAsync("#cell-4-4", "2035-06-30");
        await page.Locator("main form button").ClickAsync();
        await page.Locator("#cell-4-4").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Picture($"sheet-done-{language}");
        Assert.Equal(0, await page.Locator(".govuk-error-summary").CountAsync());
        await page.GotoAsync("/employer");
        foreach (var title in (string[])["分拣员", "打包员", "仓管员"])
            Assert.NotEqual(0, await page.Locator("main li", new() { HasText = title }).CountAsync());
    }

    [Fact]
    public async Task Wording_that_shuts_people_out_is_kept_off_the_form_and_says_what_to_write()
    {
        var page = await site.Of(Visitor.Employer);
        await page.GotoAsync($"/employer/positions/{Site.Position}/edit?lang=zh-CN");
        await page.FillAsync("#description", "要求四肢健全，身体健康");
        await page.Locator("main form button").ClickAsync();
        Assert.Contains("“四肢健全”", await page.Locator("#description-error").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("要求四肢健全，身体健康", await page.InputValueAsync("#description"));
        await page.FillAsync("#description", "身体健康");
        await page.Locator("main form button").ClickAsync();
        Assert.Contains("“身体健康”", await page.Locator("main .ask").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.IsAccessible();
        await page.Picture("lint");
        await page.GotoAsync($"/employer/positions/{Site.Position}/edit");
        await page.FillAsync("#description", "");
        await page.Locator("main form button").ClickAsync();
    }

    [Theory]
    [InlineData(true, "zh-CN", "13900020071")]
    [InFull(false, "en", "13900020072")]
    public async Task An_employer_is_interested_the_person_answers_with_their_name_and_is_declined_and_taken_back(bool script, string language, string phone)
    {
        var person = await site.NewPage(script, language);
        await person.GotoAsync($"/?lang={language}");
        await site.EnterCode(person, "/register", phone);
        await person.FillAsync("#name", "贺小川");
        await person.SelectOptionAsync("#district", "500103");
        foreach (var purpose in (string[])["#matching", "#sms", "#employers"])
            await person.CheckAsync(purpose);
        await person.Locator("main form button").ClickAsync();
        await person.GotoAsync("/matches/browser-chat/interest");
        var alias = (await person.Locator("article h3").First.InnerTextAsync())[..12];

        var employer = await site.Of(Visitor.Employer);
        const string position = "/employer/positions/browser-chat";
        await employer.GotoAsync($"{position}?lang=zh-CN");
        var card = employer.Locator($"#c-{alias}");
        await card.Locator("button[value=interested]").ClickAsync();
        await card.Locator("button[value=notInterested]").WaitForAsync();
        await employer.IsAccessible();
        await employer.FitsASmallPhone();
        await employer.Picture($"candidates-{language}");

        await person.GotoAsync("/matches");
        Assert.Contains(language == "en" ? "The employer is interested in you" : "单位对您感兴趣", await person.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await person.Picture($"matches-sought-{language}");
        await person.GotoAsync("/matches/browser-chat/interest");
        await person.Locator(".govuk-inset-text a[href$='/release']").ClickAsync();
        await person.Locator("main form button").ClickAsync();
        await employer.GotoAsync($"{position}?lang=zh-CN");
        var seen = await card.InnerTextAsync();
        Assert.Contains("贺小川", seen, StringComparison.Ordinal);
        Assert.Contains("对这个岗位感兴趣", seen, StringComparison.Ordinal);

        await card.Locator("button[value=decline]").ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        // What they told the employer they still find, and can take back.
        await person.GotoAsync("/my/data");
        await person.ClickAsync("main a[href='/matches/browser-chat/interest']");
        Assert.Equal((0, 1, 0), (await person.Locator("article").CountAsync(), await person.Locator("form[action$='/release'] button").CountAsync(), await person.Locator("a[href$='/release']").CountAsync()));
        await person.FitsASmallPhone();
        if (script)
            await person.IsAccessible();
        await person.Picture($"interest-declined-{language}");
        await person.Locator("form[action$='/release'] button").ClickAsync();
        await person.Locator("form[action$='/release']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var declined = employer.Locator("li", new() { HasText = alias });
        await declined.Locator("button[value=undo]").ClickAsync();
        await card.WaitForAsync();
        Assert.Equal(0, await declined.CountAsync());
        await person.Context.CloseAsync();
    }

    [Fact]
    public async Task A_key_is_shown_once_replaced_with_a_time_in_which_both_count_and_ended()
    {
        var page = await site.Of(Visitor.Employer);
        await page.GotoAsync("/employer/keys?lang=zh-CN");
        await page.Locator("main form button").ClickAsync();
        var first = await page.Locator("#given code").InnerTextAsync();
        await page.IsAccessible();
        await page.FitsASmallPhone();
        await page.Picture("key-given");
        Assert.Equal(HttpStatusCode.OK, await Get(first));
        await page.GotoAsync("/employer/keys");
        Assert.DoesNotContain(first[(first.LastIndexOf('.') + 1)..], await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator("button[value=replace]").ClickAsync();
        var second = await page.Locator("#given code").InnerTextAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await Get(first), await Get(second)));
        Assert.Equal(0, await page.Locator("button[value=replace]").CountAsync());
        await page.Locator(".card", new() { HasText = first[..first.LastIndexOf('.')] }).Locator("button[value=revoke]").ClickAsync();
        await page.Locator("button[value=replace]").WaitForAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await Get(first), await Get(second)));
        await page.Locator("button[value=revoke]").ClickAsync();
        await page.Locator("input[value=issue]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        async Task<HttpStatusCode> Get(string key)
        {
            using var client = new HttpClient { BaseAddress = new(site.Address) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            using var answer = await client.GetAsync(new Uri($"/api/positions/{Site.Position}", UriKind.Relative));
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("zh-CN", "应缴：40,000.00 元")]
    [InFull("en", "To pay: 40,000.00 yuan")]
    public async Task The_levy_is_reckoned_by_a_dated_set_of_rules_and_nothing_is_kept(string language, string sum)
    {
        var page = await site.NewPage(script: false, language);
        await page.GotoAsync($"/levy?lang={language}");
        await page.SelectOptionAsync("#year", "2026");
        await page.FillAsync("#staff", "２00");
        await page.FillAsync("#other", "2");
        await page.FillAsync("#wage", "80,000");
        await page.Locator("main form button").ClickAsync();
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains(sum, text, StringComparison.Ordinal);
        Assert.Contains("CQ-2026-11", text, StringComparison.Ordinal);
        Assert.DoesNotContain("80", new Uri(page.Url).Query, StringComparison.Ordinal);
        await page.FitsASmallPhone();
        await page.Picture($"levy-{language}");
        await page.GotoAsync("/levy");
        Assert.Equal("", await page.InputValueAsync("#staff"));
        await page.Context.CloseAsync();
    }

    private static string WithCheck(string code) => code[..^1] + Flows.Shapes.CreditCode.CheckOf(code);
}
