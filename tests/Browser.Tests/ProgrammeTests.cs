using System.Globalization;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>Every programme beside courses, contests and bookings, as staff note it by pages alone: what was noted moves its own figures.</summary>
[Collection(nameof(Site))]
public sealed class ProgrammeTests(Site site)
{
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
        ("VILLAGE_ROOM", "桥头村直播间", "", [("GOODS", [("units", 10)]), ("ORDERS", [("units", 16)])], "", [("乡村直播订单", 16)]),
    ];

    [Fact]
    public async Task What_staff_note_of_each_programme_moves_its_figures()
    {
        var page = await site.NewPage(script: false);
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

    private static async Task<Dictionary<string, double>> Figures(IPage page)
    {
        await page.GotoAsync("/staff/outcomes?lang=zh-CN");
        var rows = page.Locator("main dl").First.Locator(".govuk-summary-list__row");
        var names = await rows.Locator("dt").AllInnerTextsAsync();
        var numbers = await rows.Locator("strong").AllInnerTextsAsync();
        return names.Zip(numbers).ToDictionary(x => x.First.Trim(), x => double.Parse(x.Second, CultureInfo.InvariantCulture));
    }
}
