using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>What must hold of every page, whoever looks at it.</summary>
internal static partial class Looks
{
    // Naming wcag22aa turns target-size on, which a plain run leaves out.
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>One heading, a language, a title, nothing wider than a small phone's screen.</summary>
    public static async Task AreRight(this IPage page, string language)
    {
        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.NotEqual("", await page.TitleAsync());
        Assert.Equal(1, await page.Locator(".site-help").CountAsync());
        Assert.Empty(await page.EvaluateAsync<string[]>(Unmarked));
        if (language == "en")
            Assert.DoesNotMatch(Chinese(), await Words(page));
    }

    // Chinese where the language is English, and two English words or more where it is Chinese (WCAG 3.1.2).
    private const string Unmarked = """
        () => {
          const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode, at = node.parentElement;
            if (at.closest('script, style, textarea')) continue;
            const lang = at.closest('[lang]').lang, text = node.textContent;
            if (lang.startsWith('zh') ? !(at.tagName === 'OPTION' && /[\u4e00-\u9fff]/.test(text)) && /[A-Za-z]{2,} [A-Za-z]{2,}/.test(text) : /[\u4e00-\u9fff]/.test(text)) found.push(lang + ': ' + text.trim());
          }
          return found;
        }
        """;

    /// <summary>At 320 px nothing makes the page scroll sideways.</summary>
    public static async Task FitsASmallPhone(this IPage page)
    {
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= 320, $"{page.Url} is {width} px wide.");
    }

    /// <summary>
    /// axe finds nothing. It needs a page with script, and would wait for ever on one without. It runs in the page itself, in a third
    /// of the time: the newer way opens another page for each run, for the sake of frames of other origins, and no page here has a frame.
    /// </summary>
    public static async Task IsAccessible(this IPage page)
    {
#pragma warning disable CS0618 // "Legacy" by the package's word; where it goes, RunAxe(Rules) does the same.
        var found = await page.RunAxeLegacy(null, Rules).WaitAsync(TimeSpan.FromMinutes(1));
#pragma warning restore CS0618
        Assert.True(found.Violations.Length == 0, page.Url + "\n" + string.Join('\n', found.Violations.Select(x =>
            $"{x.Id}: {x.Help}\n  {string.Join("\n  ", x.Nodes.Take(3).Select(node => node.Html))}")));
    }

    /// <summary>At most 150 KB on first load, uncompressed: the page with its style sheet and picture.</summary>
    public static async Task IsLight(this IPage page, IResponse answer)
    {
        const int most = 150 * 1024;
        var bytes = (await answer.BodyAsync()).Length;
        foreach (var address in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('link[rel=stylesheet],link[rel=icon],script[src],img')].map(x => x.href || x.src)"))
            bytes += (await (await page.APIRequest.GetAsync(address)).BodyAsync()).Length;
        Assert.True(bytes <= most, $"{page.Url} is {bytes} bytes.");
    }

    /// <summary>Keeps pictures to look at, as on a phone and as on a desk, where JOBMATCH_SCREENSHOTS names a folder.</summary>
    public static async Task Picture(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("JOBMATCH_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        var path = Path.Combine(folder, NotInNames().Replace(name, "_"));
        var size = page.ViewportSize!;
        await page.ScreenshotAsync(new() { Path = path + ".png", FullPage = true });
        await page.SetViewportSizeAsync(1280, 800);
        await page.ScreenshotAsync(new() { Path = path + "-wide.png", FullPage = true });
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    // What the service itself says: headings, labels and buttons, not what people typed.
    private static async Task<string> Words(IPage page) =>
        Typed().Replace(string.Join(' ', await page.Locator("main label, main legend, main button, main dt, footer").AllTextContentsAsync()), "");

    [GeneratedRegex("[\u4e00-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex("贺小川|周店长|渝中便利店|商品检验员|在线客服|包装工|王小明|陈静|周小雨|夏季招聘会|秋季招聘会|山城电商有限公司")]
    private static partial Regex Typed();

    [GeneratedRegex("[^a-zA-Z0-9-]+")]
    private static partial Regex NotInNames();
}
