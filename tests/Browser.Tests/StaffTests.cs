using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>What the federation's staff do for people, what each of them may, and what stays of it.</summary>
[Collection(nameof(Site))]
public sealed class StaffTests(Site site)
{
    private const string Phone = "13900040001";

    [Fact]
    public async Task Somebody_registered_at_the_desk_signs_in_with_a_code_told_to_them_and_reads_who_did_what_for_them()
    {
        var staff = await site.NewPage(script: false, width: 1280);
        await site.SignInStaff(staff);
        await staff.GotoAsync("/staff/people?lang=zh-CN");
        await staff.FillAsync("#q", Phone);
        await staff.ClickAsync("main form button");
        Assert.Contains("没有这个人", await Words(staff), StringComparison.Ordinal);
        await staff.ClickAsync("main a[href='/staff/people/new']");
        await staff.FillAsync("#name", "周 小雨");
        await staff.FillAsync("#phone", Phone);
        await staff.SelectOptionAsync("#district", "500103");
        await staff.CheckAsync("#matching");
        await staff.ClickAsync("main form button");
        Assert.Equal("错误：请选择本人是怎样表示同意的。", await staff.Locator("#how-error").TextContentAsync());
        await staff.CheckAsync("input[name='how'][value='SIGNED_LANGUAGE']");
        await staff.ClickAsync("main form button");

        // From here on the person's own pages, with a banner.
        Assert.EndsWith("/my/abilities", staff.Url, StringComparison.Ordinal);
        Assert.Contains("您正在代求职者操作（登记号 desk-", await Words(staff), StringComparison.Ordinal);
        await staff.Picture("staff-acting");
        await staff.CheckAsync("input[name='capacity.HEARING'][value='0']");
        await staff.Locator("main form[action^='/my/abilities'] button").ClickAsync();
        // A consent that staff record later says how it was given, too.
        await staff.GotoAsync("/my/consents");
        await staff.Locator("form:has(input[value='sms']) button").ClickAsync();
        Assert.Equal("错误：请选择本人是怎样表示同意的。", await staff.Locator("#how-sms-error").TextContentAsync());
        await staff.CheckAsync("input[name='how.sms'][value='CALL']");
        await staff.Locator("form:has(input[value='sms']) button").ClickAsync();
        await staff.Locator("[id='how-sms']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        // The same browser opens staff's pages as staff.
        Assert.Equal(200, (await staff.GotoAsync("/staff/people"))!.Status);
        await staff.FillAsync("#q", "周小雨");
        await staff.ClickAsync("main form[action='/staff/people'] button");
        await staff.ClickAsync("main li a:has-text('周 小雨')");
        await staff.Locator("form[action$='/code'] button").ClickAsync();
        await staff.Picture("staff-desk-code");
        var code = await staff.Locator(".govuk-panel__title").InnerTextAsync();
        await staff.GotoAsync("/my/answers");
        await staff.Locator("form[action='/staff/acting/end'] button").ClickAsync();
        Assert.Matches("/staff/people/[0-9a-f]{32}$", staff.Url);
        Assert.DoesNotContain(code, await Words(staff), StringComparison.Ordinal);
        Assert.Equal(403, (await staff.GotoAsync("/my/answers"))!.Status);

        var person = await site.NewPage(script: true);
        await person.GotoAsync("/sign-in?lang=zh-CN");
        await person.FillAsync("#phone", Phone);
        await person.ClickAsync("main button");
        await person.FillAsync("#code", code);
        await person.ClickAsync("main button");
        Assert.EndsWith("/matches", person.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("您正在代求职者操作", await Words(person), StringComparison.Ordinal);
        await person.GotoAsync("/my/data");
        var told = await Words(person);
        foreach (var line in (string[])["残联工作人员（demo-staff）：登记求职者", "残联工作人员（demo-staff）：记录同意：匹配岗位（用手语表示同意）", "残联工作人员（demo-staff）：记录同意：短信通知（电话或视频中同意）", "残联工作人员（demo-staff）：修改求职者资料：工作中能做什么", "残联工作人员（demo-staff）：发放柜台验证码", "残联工作人员（demo-staff）：查找到求职者"])
            Assert.Contains(line, told, StringComparison.Ordinal);
        await person.FitsASmallPhone();
        await person.IsAccessible();
        await person.Picture("staff-seen-by-person");
        await person.Context.CloseAsync();
        await staff.Context.CloseAsync();
    }

    [Fact]
    public async Task What_staff_found_on_site_is_evidence_for_whoever_reads_the_position()
    {
        var staff = await site.NewPage(script: false);
        await site.SignInStaff(staff);
        await staff.GotoAsync("/staff/site-visits?lang=zh-CN");
        Assert.Contains("还没有去过", await Words(staff), StringComparison.Ordinal);
        await staff.ClickAsync("main a[href='/staff/site-visits/demo-employer']");
        await staff.CheckAsync("input[name='found.WayIn'][value='Problem']");
        await staff.CheckAsync("input[name='found.Toilet'][value='Good']");
        await staff.CheckAsync("input[name='found.Demands'][value='Good']");
        await staff.CheckAsync("input[name='passed'][value='yes']");
        await staff.ClickAsync("main form button");
        // A problem without words helps nobody.
        Assert.Equal(1, await staff.Locator(".govuk-error-summary a[href='#words-wayin']").CountAsync());
        Assert.True(await staff.IsCheckedAsync("input[name='found.Toilet'][value='Good']"));
        await staff.FillAsync("[id='words-wayin']", "正门有 3 级台阶，侧门有坡道");
        await staff.ClickAsync("main form button");
        Assert.Contains("实地核查：通过", await Words(staff), StringComparison.Ordinal);
        await staff.Picture("staff-site-visit");
        await staff.Context.CloseAsync();

        var reader = await site.Of(Visitor.Public);
        await reader.GotoAsync($"/jobs/{Site.Position}?lang=zh-CN");
        var read = await Words(reader);
        Assert.Contains("进出通道：有问题。正门有 3 级台阶，侧门有坡道", read, StringComparison.Ordinal);
        Assert.Contains("前有效", read, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-staff", read, StringComparison.Ordinal);
        await reader.FitsASmallPhone();
        await reader.IsAccessible();
        await reader.Picture("staff-site-evidence");

        // On their match somebody who hears little reads of the work itself, and not of steps.
        var seeker = await site.Of(Visitor.Seeker);
        var card = seeker.Locator("article", new() { HasText = "商品检验员" });
        for (var tries = 0; tries < 100; tries++)
        {
            await seeker.GotoAsync("/matches?lang=zh-CN");
            if ((await card.InnerTextAsync()).Contains("实地核查", StringComparison.Ordinal))
                break;
            await Task.Delay(200);
        }
        Assert.Contains("实地核查：实际工作要求：没有问题", await card.InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("台阶", await card.InnerTextAsync(), StringComparison.Ordinal);
        await seeker.Picture("staff-site-match");
    }

    [Fact]
    public async Task Weights_are_tried_asked_for_by_one_published_by_another_and_taken_back_the_same_way()
    {
        const string Other = "P1=0&P2=0&P3=15&P4=60&P5=10&P6=5&P7=4&P8=3&P9=3";
        var administrator = await site.Of(Visitor.Administrator);
        await administrator.GotoAsync("/staff/policy?lang=zh-CN");
        await administrator.FillAsync("#p1", "20");
        await administrator.FillAsync("#p3", "１５");
        await administrator.ClickAsync("form[action='/staff/policy/try'] button");
        Assert.Contains("合计 95，须为 100：请再加 5", await administrator.Locator(".govuk-error-summary").InnerTextAsync(), StringComparison.Ordinal);
        await administrator.FillAsync("#p9", "-1");
        await administrator.ClickAsync("form[action='/staff/policy/try'] button");
        Assert.Equal("错误：新发布：请填写 0 到 100 的整数。", await administrator.Locator("#p9-error").TextContentAsync());
        Assert.Equal("20", await administrator.InputValueAsync("#p1"));
        await administrator.FitsASmallPhone();
        await administrator.IsAccessible();
        await administrator.Picture("policy-error");
        foreach (var (name, weight) in new[] { ("p1", "0"), ("p2", "0"), ("p4", "60"), ("p9", "3") })
            await administrator.FillAsync($"#{name}", weight);
        await administrator.ClickAsync("form[action='/staff/policy/try'] button");
        Assert.Equal("0", await administrator.Locator(".numbers div", new() { HasText = "结论改变" }).Locator("dd").InnerTextAsync());
        Assert.NotEqual("0", await administrator.Locator(".numbers div", new() { HasText = "分数改变" }).Locator("dd").InnerTextAsync());
        // Who runs the service reads counts, and of nobody.
        Assert.Equal(0, await administrator.Locator("#people").CountAsync());
        await administrator.ClickAsync("form[method=post][action='/staff/policy'] button");
        Assert.EndsWith("/staff/policy", administrator.Url, StringComparison.Ordinal);
        Assert.Equal((0, 1), (await administrator.Locator("form[action$='/approve']").CountAsync(), await administrator.Locator("form[action$='/drop']").CountAsync()));
        await administrator.ClickAsync("form[action$='/drop'] button");
        Assert.Equal(0, await administrator.Locator("form[action$='/drop']").CountAsync());
        await administrator.GotoAsync($"/staff/policy/try?{Other}");
        await administrator.ClickAsync("form[method=post][action='/staff/policy'] button");

        var lead = await site.Of(Visitor.Lead);
        await lead.GotoAsync("/staff/approvals?lang=zh-CN");
        await lead.ClickAsync("main a[href='/staff/policy']");
        await lead.FitsASmallPhone();
        await lead.IsAccessible();
        await lead.Picture("policy-waiting");
        await lead.ClickAsync("main a[href^='/staff/policy/try']");
        await lead.Picture("policy-trial");
        var told = await lead.Locator("#people ~ h3 a").First.InnerTextAsync();
        await lead.Locator("#people ~ h3 a").First.ClickAsync();
        Assert.Contains(told, await Words(lead), StringComparison.Ordinal);
        var changes = await lead.Locator("main ol li").AllInnerTextsAsync();
        await lead.Picture("policy-person");
        await lead.GotoAsync("/staff/policy");
        await lead.ClickAsync("form[action$='/approve'] button");
        Assert.Contains("（demo-administrator 申请，demo-staff-2 批准）", await Words(lead), StringComparison.Ordinal);

        // Tried again, what was said is what stands.
        await lead.GotoAsync($"/staff/policy/try/{told}?{Other}");
        var stands = (await lead.Locator("main ol li").AllInnerTextsAsync()).Select(line => line[(line.LastIndexOf('，') + 1)..].Split(" → ")).ToList();
        Assert.All(stands, points => Assert.Equal(points[0], points[1]));
        Assert.Equal(changes.Select(line => line.Split(" → ")[^1]).Order(), stands.Select(points => points[0]).Order());

        await administrator.GotoAsync("/staff/policy");
        await administrator.Locator("main a:has-text('2026-11-01')").ClickAsync();
        await administrator.ClickAsync("form[method=post][action='/staff/policy'] button");
        await lead.GotoAsync("/staff/policy");
        await lead.ClickAsync("form[action$='/approve'] button");
        Assert.Equal("25", await lead.Locator("tbody td").First.InnerTextAsync());
    }

    [Fact]
    public async Task What_was_given_up_is_tried_again_by_button_and_goes_on_as_far_as_its_deadline_allows()
    {
        var (due, late) = await site.GiveUp("13900020060");
        var page = await site.Of(Visitor.Administrator);
        await page.GotoAsync("/staff/messages?lang=zh-CN");
        Assert.Contains("放弃 2", await page.Locator(".govuk-summary-list__row", new() { HasText = "send-message" }).InnerTextAsync(), StringComparison.Ordinal);
        await page.Picture("staff-given-up");
        await page.Locator("form[action$='/redrive'] button").ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/redrive']").CountAsync());
        await site.ReadText(page.Context, "13900020060", new System.Text.RegularExpressions.Regex("Autumn fair"));
        await Reads(due, "已送达");
        await Reads(late, "已过时限");

        async Task Reads(string message, string words)
        {
            for (var tries = 0; tries < 100; tries++)
            {
                await page.GotoAsync($"/staff/messages/{Uri.EscapeDataString(message)}");
                if ((await Words(page)).Contains(words, StringComparison.Ordinal))
                    return;
                await Task.Delay(200);
            }
            Assert.Fail($"{message}: {await Words(page)}");
        }
    }

    [Fact]
    public async Task What_is_not_for_a_role_says_so_and_what_only_others_may_do_is_not_offered()
    {
        foreach (var (who, path, name) in new[] { (Visitor.Administrator, "/staff/people", "管理员"), (Visitor.Auditor, "/staff/replies", "审计员"), (Visitor.Staff, "/staff/audit", "经办人") })
        {
            var page = await site.Of(who);
            Assert.Equal(403, (await page.GotoAsync($"{path}?lang=zh-CN"))!.Status);
            Assert.Contains($"您的角色：{name}", await Words(page), StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator($"header a[href='{path}']").CountAsync());
            await page.AreRight("zh-CN");
            await page.FitsASmallPhone();
            await page.IsAccessible();
        }
        var auditor = await site.Of(Visitor.Auditor);
        foreach (var path in (string[])["/staff", "/staff/events", $"/staff/events/{Site.Event}", "/staff/messages", "/staff/days/2035-03-01"])
        {
            await auditor.GotoAsync(path);
            Assert.Equal(0, await auditor.Locator("main form[method='post']").CountAsync());
        }
    }

    [Fact]
    public async Task A_case_is_taken_over_noted_and_closed_and_the_person_reads_what_became_of_it()
    {
        var path = await site.Follow("browser-c", "browser-firm-c");
        var staff = await site.NewPage(script: false, language: "zh-CN");
        await site.SignInStaff(staff);
        await staff.GotoAsync("/staff?lang=zh-CN");
        await staff.Locator("main a[href='/staff/follow-ups']").First.ClickAsync();
        await staff.ClickAsync($"main a[href='/staff/cases/{path}']");
        await staff.FillAsync("#owner", "demo-staff-2");
        await staff.FillAsync("#note", "与本人约好下周一谈");
        await staff.ClickAsync("main form button");
        Assert.Contains("demo-staff-2", await Words(staff), StringComparison.Ordinal);
        await staff.GotoAsync("/staff/follow-ups?mine=1");
        Assert.Equal(0, await staff.Locator($"main a[href='/staff/cases/{path}']").CountAsync());
        await staff.GotoAsync($"/staff/cases/{path}");
        await staff.CheckAsync("#take");
        await staff.ClickAsync("main form button");
        await staff.SelectOptionAsync("#reason", "ADJUSTMENT_ARRANGED");
        await staff.Picture("staff-case");
        await staff.ClickAsync("main form button");
        Assert.EndsWith("/staff/follow-ups", staff.Url, StringComparison.Ordinal);
        Assert.Equal(0, await staff.Locator($"main a[href='/staff/cases/{path}']").CountAsync());
        await staff.GotoAsync($"/staff/cases/{path}");
        Assert.Equal(0, await staff.Locator("main form").CountAsync());
        await staff.Context.CloseAsync();

        var person = await site.Of(Visitor.Seeker);
        await person.GotoAsync("/my/data?lang=zh-CN");
        var told = await Words(person);
        Assert.Contains("满 6 个月：还在，有困难；工作人员已结案：已落实便利", told, StringComparison.Ordinal);
        Assert.Contains("工作人员记录：与本人约好下周一谈", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_finds_what_one_of_the_staff_did_from_newest_to_oldest_in_parts()
    {
        var staff = await site.Of(Visitor.Lead);
        for (var i = 0; i < 51; i++)
            await staff.GotoAsync($"/staff/events/{Site.Event}/guests");
        var auditor = await site.Of(Visitor.Auditor);
        await auditor.GotoAsync("/staff/audit?lang=zh-CN");
        await auditor.FillAsync("#by", "demo-staff-2");
        await auditor.SelectOptionAsync("#act", "GuestsOpened");
        await auditor.ClickAsync("main form button");
        Assert.Equal(50, await auditor.Locator("main li:has-text('查看到场名单')").CountAsync());
        Assert.Contains(Site.Event, await Words(auditor), StringComparison.Ordinal);
        await auditor.Picture("staff-audit-found");
        await auditor.ClickAsync("main a:has-text('更早的记录')");
        Assert.NotEqual(0, await auditor.Locator("main li:has-text('查看到场名单')").CountAsync());
        Assert.Equal("demo-staff-2", await auditor.InputValueAsync("#by"));
        // A name finds nobody here.
        await auditor.FillAsync("#person", "王小明");
        await auditor.ClickAsync("main form button");
        Assert.Equal(1, await auditor.Locator(".govuk-error-summary a[href='#person']").CountAsync());
        await auditor.FitsASmallPhone();
        await auditor.IsAccessible();
        await auditor.Picture("staff-audit-error");
    }

    private static Task<string> Words(IPage page) => page.Locator("main").InnerTextAsync();
}
