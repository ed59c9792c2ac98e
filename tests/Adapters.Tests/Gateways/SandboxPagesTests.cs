using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using JobMatch.Adapters.Gateways;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>The sandbox's pages: where people read and answer texts while they try the service.</summary>
public sealed class SandboxPagesTests : IAsyncLifetime
{
    private const string Anna = "+8613800000001";

    private SandboxProcess sandbox = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxProcess.Start(("receipt", "0"));
        http = new() { BaseAddress = sandbox.Address };
        using var gateway = SandboxGateway.At(sandbox.Address, sandbox.Secret, "求职通知", TimeProvider.System);
        await gateway.Send(new("first", Anna, "第一条 <script>alert(1)</script>"), default);
        await gateway.Send(new("second", Anna, "第二条"), default);
        await sandbox.Until(lines => lines.Count == 4);
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "zh-CN")]
    [InlineData("/?lang=en", "en")]
    [InlineData("/phones", "zh-CN")]
    [InlineData("/phones?lang=en", "en")]
    [InlineData("/phones/+8613800000001", "zh-CN")]
    [InlineData("/phones/+8613800000001?lang=en", "en")]
    public async Task A_page_names_its_language_and_title_labels_its_fields_and_needs_no_script(string path, string language)
    {
        var page = await Page(path);

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(page.Title!);
        Assert.Single(page.QuerySelectorAll("main h1"));
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.All(page.QuerySelectorAll("input:not([type=hidden])"), input => Assert.NotNull(page.QuerySelector($"label[for={input.Id}]")));
        Assert.NotEqual(language, page.QuerySelector("nav a[hreflang]")!.GetAttribute("lang"));
    }

    [Fact]
    public async Task The_first_page_says_what_each_magic_number_does_with_a_number_to_try()
    {
        var rows = (await Page("/?lang=en")).QuerySelectorAll("tbody tr");

        foreach (var word in new[] { "refused", "late", "doubled", "lost", "early" })
            Assert.Contains(rows, row => row.QuerySelector("td")!.TextContent.StartsWith(word, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Matches(@"^\+861990000[0-9]{4}$", row.QuerySelector("code")!.TextContent));
    }

    [Theory]
    [InlineData("/phones/+8613800000001")]
    [InlineData("/phones/13800000001")]
    public async Task A_phone_shows_its_texts_newest_first_with_their_states(string path)
    {
        var page = await Page(path);

        Assert.Equal(["【求职通知】第二条", "【求职通知】第一条 <script>alert(1)</script>"], page.QuerySelectorAll("li .text").Select(text => text.TextContent));
        Assert.All(page.QuerySelectorAll("li .states"), states => Assert.Equal("已收下，已送达", states.TextContent));
    }

    [Fact]
    public async Task The_form_on_a_phone_answers_and_comes_back_to_it()
    {
        var form = (await Page($"/phones/{Anna}?lang=en")).QuerySelector("form")!;

        using var answer = await http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent([new("text", "1")]));

        Assert.Equal($"/phones/{Anna}?lang=en", answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal("1", Assert.Single(sandbox.Lines("reply", Anna)).Text);
        Assert.Contains("reply", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_is_asked_for_again()
    {
        using var answer = await http.PostAsync($"/phones/{Anna}/reply", new FormUrlEncodedContent([new("text", " ")]));
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

        Assert.NotNull(page.QuerySelector("#error[role=alert]"));
        Assert.Equal("error", page.QuerySelector("#text")!.GetAttribute("aria-describedby"));
        Assert.Empty(sandbox.Lines("reply"));
    }

    [Fact]
    public async Task Phones_are_found_by_some_of_their_digits()
    {
        Assert.Equal([Anna], (await Page("/phones?phone=0001")).QuerySelectorAll("main li a").Select(link => link.TextContent));
        Assert.Empty((await Page("/phones?phone=999")).QuerySelectorAll("main li"));
    }

    private async Task<IDocument> Page(string path) => new HtmlParser().ParseDocument(await http.GetStringAsync(path));
}
