using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>The main job as people do it, from page to page.</summary>
[Collection(nameof(Site))]
public sealed partial class JourneyTests(Site site)
{
    [Theory]
    [InlineData(false, "zh-CN", "13900030001")]
    [InFull(true, "en", "13900030002")]
    public async Task A_seeker_registers_with_the_code_from_the_phone_and_reads_why_a_job_suits(bool script, string language, string phone)
    {
        var page = await site.NewPage(script, language);
        await site.EnterCode(page, "/register", phone);
        await page.FillAsync("#name", "周小雨");
        await page.SelectOptionAsync("#district", "500103");
        foreach (var purpose in (string[])["#matching", "#sms", "#employers"])
            Assert.False(await page.IsCheckedAsync(purpose));
        await page.CheckAsync("#matching");
        await page.CheckAsync("#sms");
        await page.CheckAsync("#employers");
        await Continue(page, "/my/abilities");
        await page.CheckAsync("input[name='capacity.HEARING'][value='0']");
        await page.CheckAsync("input[name='capacity.SEEING'][value='3']");
        await Continue(page, "/my/adjustments");
        await page.CheckAsync("input[name='needs'][value='SIGN_INTERPRETER']");
        await page.CheckAsync("input[name='needs'][value='FLEX_HOURS']");
        await Continue(page, "/my/musts");
        await page.CheckAsync("input[name='must'][value='SIGN_INTERPRETER']");
        await Continue(page, "/my/wishes");
        await page.SelectOptionAsync("#occupations", "PRODUCT_INSPECTOR");
        await page.FillAsync("#work-minpaymonthly", "２５００");
        await Continue(page, "/my/answers");
        await page.ClickAsync("main a.govuk-button");
        Assert.EndsWith("/matches", page.Url, StringComparison.Ordinal);

        var card = page.Locator("article", new() { HasText = "商品检验员" });
        Assert.Contains(language == "en" ? "Suits if arranged" : "安排好便利后适合", await card.Locator("h2").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await card.Locator("h3 + ul.govuk-list--bullet > li").CountAsync());
        Assert.Contains(language == "en" ? "interpreter" : "手语翻译", await card.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        await page.Picture($"journey-matches-{language}");
        await page.Locator("header form[action='/sign-out'] button").ClickAsync();
        await page.GotoAsync("/matches");
        Assert.EndsWith("/sign-in", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_seeker_reads_which_answer_would_open_more_gives_it_there_and_finds_more()
    {
        var page = await site.NewPage(script: false);
        await site.EnterCode(page, "/register", "13900030003");
        await page.SelectOptionAsync("#district", "500103");
        await page.CheckAsync("#matching");
        await Continue(page, "/my/abilities");
        await page.GotoAsync("/matches");
        Assert.DoesNotContain("安排好便利后适合", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Picture("journey-openings");
        await page.CheckAsync("#more input[name='capacity.READING_WRITING'][value='3']");
        await page.Locator("#more form button").First.ClickAsync();
        Assert.EndsWith("/matches?answered=true#more", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/my/answers");
        await page.ClickAsync("main a[href='/my/skills?edit=1']");
        await page.SelectOptionAsync("#education", "college");
        await page.Locator("summary").Filter(new() { HasText = "语言" }).ClickAsync();
        await page.CheckAsync("input[value='SIGN_LANGUAGE']");
        await page.CheckAsync("input[name='licences'][value='none']");
        await Continue(page, "/my/answers");
        var answers = await page.Locator("main").InnerTextAsync();
        Assert.Contains("大专", answers, StringComparison.Ordinal);
        Assert.Contains("中国手语", answers, StringComparison.Ordinal);
        await page.GotoAsync("/my/skills");
        Assert.True(await page.IsCheckedAsync("input[name='licences'][value='none']"));
        await page.GotoAsync("/matches");
        Assert.Contains("在线客服：适合", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900030004")]
    [InFull(true, "en", "13900030005")]
    public async Task A_seeker_hides_a_job_thinks_better_of_it_and_finds_the_hidden_ones_below(bool script, string language, string phone)
    {
        var page = await site.NewPage(script, language);
        await site.EnterCode(page, "/register", phone);
        await page.SelectOptionAsync("#district", "500103");
        await page.CheckAsync("#matching");
        await Continue(page, "/my/abilities");
        var card = page.Locator("article", new() { HasText = "在线客服" });
        await Hide("NOT_INTERESTED");
        Assert.Equal("done", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Picture($"journey-hidden-{language}");
        await page.AreRight(language);
        await page.FitsASmallPhone();
        if (script)
            await page.IsAccessible();
        await page.Locator("#done button").ClickAsync();
        Assert.Equal(1, await card.CountAsync());
        Assert.Equal(0, await page.Locator("#hidden").CountAsync());

        await Hide("JOB_NOT_AS_DESCRIBED");
        await page.GotoAsync("/matches");
        Assert.Equal((0, 0), (await card.CountAsync(), await page.Locator("#done").CountAsync()));
        Assert.Contains(language == "en" ? "Not as described" : "与描述不符", await page.Locator("#hidden + ul").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#hidden + ul button").ClickAsync();
        Assert.Equal(1, await card.CountAsync());
        await page.Context.CloseAsync();

        async Task Hide(string reason)
        {
            await page.GotoAsync("/matches");
            await card.Locator("a[href$='/decline']").ClickAsync();
            await page.CheckAsync($"input[value='{reason}']");
            await page.Locator("main form button").ClickAsync();
            Assert.Equal((0, 1), (await card.CountAsync(), await page.Locator("#done form").CountAsync()));
        }
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900030021")]
    [InFull(true, "en", "13900030022")]
    public async Task A_seeker_reads_what_is_held_takes_it_along_and_has_it_deleted(bool script, string language, string phone)
    {
        var page = await site.NewPage(script, language);
        await site.EnterCode(page, "/register", phone);
        await page.FillAsync("#name", "赵待删");
        await page.SelectOptionAsync("#district", "500103");
        await page.CheckAsync("#matching");
        await Continue(page, "/my/abilities");
        await page.GotoAsync("/my/answers");
        await page.ClickAsync("main a[href='/my/data']");
        var held = await page.Locator("main").InnerTextAsync();
        Assert.Contains("赵待删", held, StringComparison.Ordinal);
        Assert.Contains("+86" + phone, held, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "Matching: yes on" : "匹配岗位：", held, StringComparison.Ordinal);
        await page.Picture($"journey-data-{language}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("main a[href='/my/data.json']"));
        var file = await File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.Contains("赵待删", file, StringComparison.Ordinal);
        Assert.Contains("consent|matching|", file, StringComparison.Ordinal);

        await page.Locator("main a[href='/my/data/delete']").PressAsync("Enter");
        await page.WaitForURLAsync("**/my/data/delete");
        await page.Locator("main form button").PressAsync("Enter");
        await page.WaitForURLAsync("**/deleted?receipt=*");
        Assert.Matches("[A-Z2-9]{12}", await page.Locator("main strong").InnerTextAsync());
        await page.Picture($"journey-deleted-{language}");
        await page.GotoAsync("/my/data");
        Assert.EndsWith("/sign-in", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, "zh-CN", "13900030023")]
    [InFull(true, "en", "13900030024")]
    public async Task A_seeker_says_they_are_interested_and_the_employer_reads_their_name_only_while_it_is_released(bool script, string language, string phone)
    {
        var page = await site.NewPage(script, language);
        await site.EnterCode(page, "/register", phone);
        await page.FillAsync("#name", "孙感兴");
        await page.SelectOptionAsync("#district", "500103");
        await page.CheckAsync("#matching");
        await Continue(page, "/my/abilities");
        await page.GotoAsync("/matches");
        await page.Locator("article", new() { HasText = "商品检验员" }).Locator("a[href$='/interest']").PressAsync("Enter");
        await page.WaitForURLAsync("**/interest");
        var alias = (await page.Locator("article h3").InnerTextAsync())[..12];
        var employer = await site.Of(Visitor.Employer);
        Assert.Equal(0, await Seen().CountAsync());

        await page.Locator("main form button").PressAsync("Enter");
        await page.Locator("a[href$='/release']").WaitForAsync();
        await page.Picture($"journey-interest-{language}");
        var shown = await Shown();
        Assert.Contains("感兴趣", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("孙感兴", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(phone, shown, StringComparison.Ordinal);

        await page.Locator("a[href$='/release']").PressAsync("Enter");
        await page.WaitForURLAsync("**/release");
        await page.Picture($"journey-release-{language}");
        await page.Locator("main form button").PressAsync("Enter");
        await page.WaitForURLAsync("**/interest");
        shown = await Shown();
        Assert.Contains("孙感兴", shown, StringComparison.Ordinal);
        Assert.Contains(phone, shown, StringComparison.Ordinal);

        await page.Locator("form[action$='/release'] button").PressAsync("Enter");
        await page.Locator("a[href$='/release']").WaitForAsync();
        Assert.DoesNotContain("孙感兴", await Shown(), StringComparison.Ordinal);
        await page.Locator("form[action$='/interest'] button").PressAsync("Enter");
        await page.Locator("input[name='undo']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await employer.ReloadAsync();
        Assert.Equal(0, await Seen().CountAsync());
        await page.Context.CloseAsync();

        ILocator Seen() => employer.Locator("article", new() { HasText = alias });

        async Task<string> Shown()
        {
            await employer.GotoAsync($"/employer/positions/{Site.Position}?lang=zh-CN");
            return await Seen().InnerTextAsync();
        }
    }

    [Fact]
    public async Task Anybody_finds_an_open_position_by_words_and_reads_it_until_it_is_closed()
    {
        var page = await site.NewPage(script: false);
        await page.GotoAsync("/");
        await page.ClickAsync("main a[href='/jobs']");
        await page.FillAsync("#words", "客服");
        await page.ClickAsync("main form button");
        Assert.Equal(["在线客服"], await page.Locator("article h3").AllInnerTextsAsync());
        await page.ClickAsync("article a");
        Assert.Contains("山城电商有限公司", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        using var posting = System.Text.Json.JsonDocument.Parse(await page.Locator("script[type='application/ld+json']").TextContentAsync() ?? "");
        // What search engines refuse a posting without; https://developers.google.com/search/docs/appearance/structured-data/job-posting
        foreach (var required in (string[])["title", "description", "datePosted", "hiringOrganization", "jobLocationType", "applicantLocationRequirements", "validThrough", "sensoryRequirement"])
            Assert.True(posting.RootElement.TryGetProperty(required, out _), required);
        var map = await (await page.APIRequest.GetAsync($"{site.Address}/sitemap.xml")).TextAsync();
        Assert.Contains("/jobs/browser-chat<", map, StringComparison.Ordinal);
        Assert.Contains($"/events/{Site.Announced}<", map, StringComparison.Ordinal);
        Assert.DoesNotContain($"/events/{Site.Event}<", map, StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Closed, map, StringComparison.Ordinal);
        Assert.Equal(404, (await page.GotoAsync($"/jobs/{Site.Closed}"))!.Status);
        await page.GotoAsync("/jobs?words=没有这样的岗位");
        Assert.Contains("没有找到", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_employers_contact_posts_a_position_and_sees_who_may_suit()
    {
        var page = await site.Of(Visitor.Employer);
        await page.GotoAsync("/employer/positions/new?lang=zh-CN");
        await page.FillAsync("#title", "包装工");
        await page.SelectOptionAsync("#occupation", "PACKER");
        await page.SelectOptionAsync("#district", "500103");
        await page.FillAsync("#work-pay-min", "3,200");
        await page.SelectOptionAsync("#work-pay-per", "MONTH");
        await page.CheckAsync("input[name='demands.HEARING'][value='0']");
        await page.Locator("summary").Filter(new() { HasText = "沟通" }).ClickAsync();
        await page.SelectOptionAsync("#accommodations-sign_interpreter", "offered");
        await page.FillAsync("#closeson", "2035-06-30");
        await page.Locator("main form button").ClickAsync();
        Assert.Matches("/employer/positions/p-[a-p]{20}$", page.Url);
        Assert.Contains("3200元/月起", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        var candidates = await page.Locator("article").AllInnerTextsAsync();
        Assert.NotEmpty(candidates);
        Assert.DoesNotContain(candidates, x => x.Contains("陈静", StringComparison.Ordinal) || x.Contains("139", StringComparison.Ordinal));
        await page.Picture("journey-candidates");
        await page.SelectOptionAsync("#lodging", "FREE");
        await page.CheckAsync("#work-shifts");
        await page.Locator("form[action$='/answers'] button").ClickAsync();
        Assert.Matches("/employer/positions/p-[a-p]{20}$", page.Url);
        Assert.Equal(0, await page.Locator("#lodging, #work-shifts").CountAsync());
        await page.ClickAsync("main a[href$='/edit']");
        Assert.Equal(("FREE", true, "offered", true), (
            await page.InputValueAsync("#lodging"), await page.IsCheckedAsync("#work-shifts"), await page.InputValueAsync("#accommodations-sign_interpreter"), await page.IsCheckedAsync("input[name='demands.HEARING'][value='0']")));
        await page.GoBackAsync();
        await page.Locator("form[action$='/close'] button").ClickAsync();
        Assert.Contains("包装工（已关闭）", Blanks().Replace(await page.Locator("main").InnerTextAsync(), ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InFull(true)]
    public async Task Staff_announce_an_event_and_its_text_is_on_the_phone(bool script)
    {
        var page = await site.NewPage(script, width: 1280);
        await site.SignInStaff(page);
        await page.GotoAsync("/staff/events/new");
        var title = script ? "夏季招聘会" : "秋季招聘会";
        await page.FillAsync("#title", title);
        await page.CheckAsync("#kind");
        // Each on a day of its own: a position at several fairs of a day is told in one text.
        await page.FillAsync("#startsat", script ? "2035-06-01T09:00" : "2035-06-02T09:00");
        await page.FillAsync("#endsat", script ? "2035-06-01T16:00" : "2035-06-02T16:00");
        await page.SelectOptionAsync("#district", "500103");
        await page.FillAsync("#address", "解放碑 1 号");
        await page.CheckAsync("input[name='districts'][value='500103']");
        await page.CheckAsync("input[name='districts'][value='500106']");
        await page.Locator("main form button").ClickAsync();
        Assert.Matches("/staff/events/e-[a-p]{20}$", page.Url);
        Assert.Contains("渝中区、沙坪坝区", await page.Locator("main dl").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.CheckAsync("input[name='positions'][value='browser-chat']");
        await page.CheckAsync("input[name='positions'][value='browser-job']");
        await page.Locator("form[action$='/tie'] button").ClickAsync();
        await page.CheckAsync("input[name='positions'][value='browser-job']");
        await page.Locator("form[action$='/untie'] button").ClickAsync();
        await page.Picture($"journey-event-{script}");
        await page.ClickAsync("main a[href$='/announce']");
        // What is no number is said, and nothing can be sent before it is put right.
        await page.FillAsync("#budget", "零");
        await page.Locator("main form[method='get'] button").ClickAsync();
        Assert.Equal((1, 0), (await page.Locator(".govuk-error-summary a[href='#budget']").CountAsync(), await page.Locator("form[action$='/announce']").CountAsync()));
        if (script) // By which axe looks.
            await page.IsAccessible();
        await page.FillAsync("#budget", "50");
        await page.Locator("main form[method='get'] button").ClickAsync();
        await page.Picture($"journey-announce-{script}");
        await page.Locator("form[method=post][action$='/announce'] button").ClickAsync();
        var text = await site.ReadText(page.Context, "13900020003", new Regex(title));
        Assert.DoesNotContain("残", text, StringComparison.Ordinal);
        await page.ReloadAsync();
        Assert.Contains("已通知", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Picture($"journey-funnel-{script}");

        // She comes, is found by her phone, talks to an employer, and has a code for the door of her own.
        var fair = page.Url;
        await page.GotoAsync($"{fair}/walk-in");
        await page.FillAsync("#phone", "13900020003");
        await page.SelectOptionAsync("#district", "500103");
        await page.Locator("main form button").ClickAsync();
        Assert.EndsWith("/guests", page.Url, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("tbody tr").Filter(new() { HasText = "陈静" }).Filter(new() { HasText = "已到" }).CountAsync());
        await page.GotoAsync($"{fair}/outcomes");
        await page.SelectOptionAsync("#position", "browser-chat");
        await page.CheckAsync("input[value='INTERVIEWED']");
        await page.FillAsync("#numbers", "１");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator("tbody tr").Filter(new() { HasText = "已面试" }).CountAsync());
        await page.Picture($"journey-guests-{script}");
        await page.GotoAsync($"{fair}/check-in?number=1");
        Assert.Equal("1", await page.InputValueAsync("#numbers"));
        await page.Locator("main form button").ClickAsync();
        Assert.EndsWith("/guests", page.Url, StringComparison.Ordinal);
        var seeker = await site.Of(Visitor.Seeker);
        await seeker.GotoAsync("/my/events?lang=zh-CN");
        Assert.NotEqual(0, await seeker.Locator("svg[role='img']").CountAsync());
        await seeker.FitsASmallPhone();
        await seeker.IsAccessible();
        await seeker.Picture($"journey-door-{script}");

        await page.GotoAsync(fair);
        await page.ClickAsync("main a[href$='/cancel']");
        await page.Locator("form[action$='/cancel'] button").ClickAsync();
        Assert.Contains("已取消", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_nobody_understands_reaches_staff_who_answer_and_texts_stopped_by_word_go_on_by_button()
    {
        const string phone = "13900020003";
        var page = await site.Of(Visitor.Staff);
        await site.Answer(page.Context, phone, "能带家人一起去吗");
        for (var tries = 0; tries < 150 && await page.Locator("main li a").Filter(new() { HasText = "能带家人" }).CountAsync() == 0; tries++)
            await page.GotoAsync("/staff/replies?lang=zh-CN");
        await page.Picture("journey-replies");
        await page.Locator("main li a").Filter(new() { HasText = "能带家人" }).ClickAsync();
        await page.FillAsync("#text", "聋人家属可以来");
        await page.Locator("main form button").First.ClickAsync();
        Assert.Equal(1, await page.Locator(".govuk-error-summary a[href='#text']").CountAsync());
        await page.IsAccessible();
        await page.FitsASmallPhone();
        await page.Picture("journey-reply-error");
        await page.FillAsync("#text", "可以带家人来");
        await page.Locator("main form button").First.ClickAsync();
        Assert.EndsWith("/staff/replies", page.Url, StringComparison.Ordinal);
        Assert.Equal("可以带家人来", await site.ReadText(page.Context, phone, new Regex("带家人来")));

        await site.Answer(page.Context, phone, "T");
        var seeker = await site.Of(Visitor.Seeker);
        for (var tries = 0; tries < 150 && await seeker.Locator("form[action='/my/texts']").CountAsync() == 0; tries++)
            await seeker.GotoAsync("/my/answers?lang=zh-CN");
        await seeker.IsAccessible();
        await seeker.Locator("form[action='/my/texts'] button").ClickAsync();
        Assert.EndsWith("/my/messages#choices", seeker.Url, StringComparison.Ordinal);
        Assert.Equal(1, await seeker.Locator("form[action='/my/texts'] input[name=stop]").CountAsync());
    }

    [Fact]
    public async Task Staff_hold_all_texts_see_what_waits_let_them_go_on_and_stop_for_good()
    {
        var page = await site.NewPage(script: true, width: 1280); // axe needs script
        await site.SignInStaff(page);
        await page.GotoAsync("/staff/messages");
        await page.Locator("form[action$='/pause']").First.Locator("button").ClickAsync();
        Assert.Contains("所有短信已暂停", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        try
        {
            await page.GotoAsync("/staff/events/new");
            await page.FillAsync("#title", "暂停时的招聘会");
            await page.CheckAsync("#kind");
            await page.FillAsync("#startsat", "2035-08-01T09:00");
            await page.FillAsync("#endsat", "2035-08-01T16:00");
            await page.SelectOptionAsync("#district", "500103");
            await page.Locator("main form button").ClickAsync();
            var fair = page.Url;
            await page.CheckAsync("input[name='positions'][value='browser-chat']");
            await page.Locator("form[action$='/tie'] button").ClickAsync();
            await page.ClickAsync("main a[href$='/announce']");
            await page.Locator("form[method=post][action$='/announce'] button").ClickAsync();
            await Until(page, "/staff/messages", text => text.Contains("暂停时的招聘会", StringComparison.Ordinal) && Blanks().Replace(text, "").Contains("待发送", StringComparison.Ordinal));
            await page.IsAccessible();
            await page.Picture("journey-held");
            await page.GotoAsync(fair);
            await page.Locator("form[action$='/stop'] button").ClickAsync();
            Assert.Contains("已停止", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator("form[action$='/stop']").CountAsync());
        }
        finally
        {
            await page.GotoAsync("/staff/messages");
            await page.Locator("form[action$='/resume']").First.Locator("button").ClickAsync();
        }
        Assert.DoesNotContain("所有短信已暂停", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private static async Task Until(IPage page, string path, Func<string, bool> says)
    {
        for (var tries = 0; ; tries++)
        {
            await page.GotoAsync(path);
            if (says(await page.Locator("main").InnerTextAsync()))
                return;
            Assert.True(tries < 60, $"{path} does not say it.");
            await Task.Delay(500);
        }
    }

    [Theory]
    [InlineData(false)]
    [InFull(true)]
    public async Task An_invited_person_reads_what_the_place_offers_says_yes_and_books_the_interpreter(bool script)
    {
        var page = await site.Of(Visitor.Seeker, script);
        await site.ReadText(page.Context, "13900020003", new Regex("Autumn fair"));
        await page.GotoAsync("/my/events?lang=zh-CN");
        await page.ClickAsync($"main a[href='/my/events/{Site.Announced}']");
        Assert.Contains("还不清楚，请先问", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.ClickAsync("button[value='coming']");
        Assert.Contains("您已回复：会来。", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.ClickAsync("button[name='wanted'][value='yes']");
        Assert.Contains("已为您登记一个时段。", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Picture($"journey-my-event-{script}");
        await page.ClickAsync("button[name='wanted'][value='no']");
        Assert.Contains("还有 1 个时段。", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task Continue(IPage page, string to)
    {
        await page.ClickAsync("main form button");
        Assert.EndsWith(to, page.Url, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();
}
