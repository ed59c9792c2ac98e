using System.Globalization;
using JobMatch.Fixtures;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>
/// The journey of every programme, from empty storage and by pages alone: a course, a contest, an hour in a room, and what else
/// staff note, of which each moves its own figures.
/// </summary>
[Collection(nameof(Site))]
public sealed class ProgrammeTests(Site site) : IAsyncLifetime
{
    private ServiceProcess service = null!;

    // Its own storage with nothing in it; of the site, the browser alone is used.
    public async Task InitializeAsync() => service = await ServiceProcess.Start(null, null, null);

    public async Task DisposeAsync() => await service.DisposeAsync();

    /// <summary>Steps by their code with amounts, then what the figures are more by.</summary>
    private static readonly (string Kind, string Title, string Type, (string Step, (string Amount, int Number)[] Amounts)[] Steps, string Outcome, (string Figure, int More)[] Figures)[] Programmes =
    [
        ("TRAINING_BASE", "沙坪坝培训基地", "NATIONAL", [("ACCREDITED", [])], "", [("国家级培训基地", 1)]),
        ("INCUBATION", "江畔手作工坊", "", [("APPLIED", []), ("MOVED_IN", []), ("REGISTRATION", []), ("TRADEMARK", []), ("HEADCOUNT", [("staff", 6), ("staffdisabled", 4)])], "",
            [("孵化企业", 1), ("存活企业", 1), ("企业员工", 6), ("残疾员工", 4)]),
        ("INCUBATION", "云上电商", "", [("APPLIED", []), ("MOVED_IN", [])], "CLOSED_DOWN", [("孵化企业", 1), ("存活企业", 0)]),
        ("BASE_EVENT", "项目诊断会第九场", "PROJECT_DIAGNOSIS", [("HELD", [("visitors", 25)])], "", [("孵化基地活动", 1)]),
        ("FLEXIBLE_ENGAGEMENT", "", "HOME_CRAFT", [("STARTED", []), ("ENDED", [("hours", 12), ("paidyuan", 300)])], "", [("灵活就业人次", 1)]),
        ("LIVESTREAM_SESSION", "", "OWN_ACCOUNT", [("BROADCAST", [("minutes", 90), ("salesyuan", 860)])], "", [("直播场次", 1), ("直播销售额（元）", 860)]),
        ("SUPPLIER", "合作社·橙子", "", [("LISTED", []), ("CHECKED", []), ("MARKED", [])], "", [("有质量标记的商品", 1)]),
        ("PARTNER", "渝中商标代理", "SERVICE", [("LISTED", []), ("INTRODUCED", [])], "", [("合作资源", 1)]),
        ("VILLAGE_ROOM", "桥头村直播间", "", [("GOODS", [("units", 10)]), ("ORDERS", [("units", 16)])], "", [("乡村直播订单", 16)]),
    ];

    [Fact]
    public async Task What_staff_note_of_each_programme_moves_its_figures()
    {
        var page = await NewPage();
        await site.SignInStaff(page);
        foreach (var (kind, title, type, steps, outcome, figures) in Programmes)
        {
            var before = await Figures(page);
            await page.GotoAsync($"/staff/programmes/{kind}/new?lang=zh-CN");
            if (title.Length > 0)
                await page.FillAsync("#title", title);
            if (type.Length > 0)
                await page.SelectOptionAsync("#type", type);
            if (kind == "FLEXIBLE_ENGAGEMENT")
                await page.FillAsync("#partof", "firm-by-the-river");
            await page.SelectOptionAsync("#step", steps[0].Step);
            await page.ClickAsync("main form button");
            // The first step has no amounts yet: it is noted again with them.
            foreach (var (step, amounts) in steps.Where((x, i) => i > 0 || x.Amounts.Length > 0))
            {
                await page.SelectOptionAsync("#step", step);
                foreach (var (amount, number) in amounts)
                    await page.FillAsync($"#amounts-{amount}", number.ToString(CultureInfo.InvariantCulture));
                await page.ClickAsync("main form button");
            }
            if (outcome.Length > 0)
            {
                await page.SelectOptionAsync("#outcome", outcome);
                await page.ClickAsync("main form button");
            }
            if (kind == "VILLAGE_ROOM")
                Assert.Contains("订单比货源多 6 件", await page.Locator(".govuk-warning-text").InnerTextAsync(), StringComparison.Ordinal);
            var after = await Figures(page);
            Assert.Equal(figures.Select(x => (x.Figure, before[x.Figure] + x.More)), figures.Select(x => (x.Figure, after[x.Figure])));
            var untouched = before.Keys.Except(figures.Select(x => x.Figure)).ToList();
            Assert.Equal(untouched.Select(x => (x, before[x])), untouched.Select(x => (x, after[x])));
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Staff_note_a_contest_step_by_step_the_figures_move_and_the_person_reads_it()
    {
        var own = await Person("13900060001", "陈静", "500103");
        var page = await NewPage();
        await site.SignInStaff(page);
        var (people, sales) = (await Figure("参赛人数"), await Figure("比赛销售额（元）"));
        await page.GotoAsync("/staff/programmes");
        await page.ClickAsync("main a[href='/staff/programmes/CONTEST_ENTRY']");
        await page.ClickAsync("main a.govuk-button");
        await page.FillAsync("#participant", "13900060001");
        await page.FillAsync("#partof", "journey-contest");
        await page.SelectOptionAsync("#step", "ENTERED");
        await page.ClickAsync("main form button");
        Assert.Contains("陈静", await page.Locator("main h1").InnerTextAsync(), StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
        {
            await page.SelectOptionAsync("#step", "ROUND");
            await page.FillAsync("#amounts-salesyuan", "1,085");
            await page.ClickAsync("main form button");
        }
        await page.SelectOptionAsync("#outcome", "TOOK_PART");
        await page.ClickAsync("main form button");
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("参加一轮比赛：销售额（元） 1,085", text, StringComparison.Ordinal);
        Assert.Contains("完成比赛", text, StringComparison.Ordinal);
        await page.Picture("journey-contest");
        Assert.Equal((people + 1, sales + 1085), (await Figure("参赛人数"), await Figure("比赛销售额（元）")));
        await page.Picture("journey-outcomes");
        await page.Context.CloseAsync();

        await own.GotoAsync("/my/data?lang=zh-CN");
        Assert.Contains("参赛记录 journey-contest", await own.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await own.Context.CloseAsync();

        async Task<int> Figure(string name)
        {
            await page.GotoAsync("/staff/outcomes");
            var number = await page.Locator("div.govuk-summary-list__row", new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator("strong").TextContentAsync();
            return int.Parse(number!, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task A_person_finds_a_course_among_their_matches_takes_the_place_passes_and_can_do_what_it_taught()
    {
        var staff = await NewPage();
        await site.SignInStaff(staff);
        await staff.GotoAsync("/staff/opportunities/COURSE_RUN/new?lang=zh-CN");
        await staff.FillAsync("#title", "缝纫班");
        await staff.SelectOptionAsync("#district", "500240");
        await staff.FillAsync("#closeson", "2035-12-31");
        await staff.FillAsync("#skills", "缝纫机操作");
        await staff.ClickAsync("main form button");
        Assert.Contains("缝纫班", await staff.Locator("main h1").InnerTextAsync(), StringComparison.Ordinal);

        var page = await Person("13900060002", "李小梅", "500240");
        await page.GotoAsync("/matches?lang=zh-CN");
        await page.Picture("journey-others");
        await page.Locator("#others ~ article", new() { HasText = "缝纫班" }).Locator("a").ClickAsync();
        await page.ClickAsync("main form button");
        Assert.Contains("您已报名，有名额", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.FitsASmallPhone();

        await staff.ReloadAsync();
        await staff.Locator("main a[href*='COURSE_ATTENDANCE/new']").ClickAsync();
        await staff.SelectOptionAsync("#type", "CITY");
        await staff.SelectOptionAsync("#step", "ATTENDED");
        await staff.ClickAsync("main form button");
        await staff.SelectOptionAsync("#outcome", "PASSED");
        await staff.ClickAsync("main form button");
        Assert.Contains("合格", await staff.Locator("main dl").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/my/answers");
        Assert.Contains("缝纫机操作", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
        await staff.Context.CloseAsync();
    }

    [Fact]
    public async Task A_person_books_a_free_time_nobody_else_gets_it_and_it_is_given_back()
    {
        var staff = await NewPage();
        await site.SignInStaff(staff);
        await staff.GotoAsync("/staff/rooms?lang=zh-CN");
        await staff.CheckAsync("input[name='kind'][value='ROOM']");
        await staff.FillAsync("#title", "一号直播间");
        await staff.FillAsync("#base", "livestream-base");
        await staff.ClickAsync("main form button");

        var page = await Person("13900060003", "王强", "500103");
        await page.GotoAsync("/my/bookings?lang=zh-CN");
        await page.SelectOptionAsync("#resource", new SelectOptionValue { Index = 1 });
        await page.SelectOptionAsync("#hours", "2");
        await page.ClickAsync("main form[method=get] button");
        var time = (await page.Locator("label[for='startsat']").InnerTextAsync()).Trim();
        await page.CheckAsync("#startsat");
        await page.Locator("main form:has(#startsat) button").ClickAsync();
        Assert.Contains($"一号直播间：{time}", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Picture("journey-booked");

        await staff.GotoAsync("/staff/rooms");
        await staff.Locator("main a", new() { HasText = "一号直播间" }).ClickAsync();
        // The first free hour, which begins when the booked ones do, is free no more.
        Assert.DoesNotContain(time.Split('–')[0], (await staff.Locator("main").InnerTextAsync()).Split("空闲的整小时")[1], StringComparison.Ordinal);

        await page.Locator("main form[action$='/cancel'] button").ClickAsync();
        Assert.Contains("还没有预约", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
        await staff.Context.CloseAsync();
    }

    private Task<IPage> NewPage() => site.NewPage(script: false, of: service);

    /// <summary>Somebody registers with the code off their phone.</summary>
    private async Task<IPage> Person(string phone, string name, string district)
    {
        var page = await NewPage();
        await site.EnterCode(page, "/register", phone);
        await page.FillAsync("#name", name);
        await page.SelectOptionAsync("#district", district);
        await page.CheckAsync("#matching");
        await page.ClickAsync("main form button");
        Assert.EndsWith("/my/abilities", page.Url, StringComparison.Ordinal);
        return page;
    }

    private static async Task<Dictionary<string, double>> Figures(IPage page)
    {
        await page.GotoAsync("/staff/outcomes?lang=zh-CN");
        var rows = page.Locator("main dl .govuk-summary-list__row");
        var names = await rows.Locator("dt").AllTextContentsAsync();
        var numbers = await rows.Locator("strong").AllTextContentsAsync();
        return names.Zip(numbers).ToDictionary(x => x.First.Trim(), x => double.Parse(x.Second, CultureInfo.InvariantCulture));
    }
}
