using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Matching;
using Microsoft.AspNetCore.Builder;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>
/// The service with one kind of opportunity more than it has: nothing but the kind's own class is given to it, and the kind is in
/// the API, in sheets, in matches with its sentences, on everybody's pages, in the export, and gone from there with the person.
/// </summary>
public sealed partial class OneMoreKindTests : IAsyncLifetime
{
    private const string Staff = "demo-staff", Phone = "+8619955570101";
    private readonly LocalParts local = new();
    private readonly HttpClient http = new(new HttpClientHandler { CookieContainer = new() });
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        var kinds = new OpportunityKinds([.. OpportunityKinds.Default.All, new NightWatch()]);
        app = await Service.Build(new CommandLine(false, null, null, "http://127.0.0.1:0", ["--environment", "Development"]), Service.Triggers(), local, kinds);
        await app.StartAsync();
        http.BaseAddress = new Uri(app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await local.DisposeAsync();
    }

    [Fact]
    public async Task It_is_wherever_the_others_are()
    {
        await Send("PUT", "demo-import", "/api/seekers/watcher", LoopWorld.Seeker(Phone).ToJsonString());
        await Send("PUT", "demo-import", "/api/seekers/sleeper", LoopWorld.Seeker("+8619955570102").ToJsonString());
        Assert.Equal(1, (int)(await Send("PUT", Staff, "/api/opportunities/NIGHT_WATCH/by-hand", """
            { "title": "守一晚", "district": "500103", "closesOn": "2099-12-31", "details": { "nights": 1 } }
            """))["details"]!["nights"]!);
        Assert.Equal("created", (string)(await Send("POST", Staff, "/api/opportunities/NIGHT_WATCH/import", "编号,岗位名称,工作区县,截止日期,晚数\nby-sheet,守两晚,渝中区,2099-12-31,2\nby-sheet-long,守九晚,渝中区,2099-12-31,9\n", "text/csv"))["status"]!);

        var found = (await Send("GET", Staff, "/api/seekers/watcher/opportunities"))["items"]!.AsArray().Where(x => (string)x!["kind"]! == "NIGHT_WATCH").ToList();
        Assert.Equal(["by-hand", "by-sheet"], found.Select(x => (string)x!["id"]!));
        Assert.Contains(found[0]!["rules"]!.AsArray(), row => (string)row!["sentence"]! == "此人白天可以睡觉。");
        Assert.Contains(found[0]!["pluses"]!.AsArray(), row => (string)row!["sentence"]! == "很安静。");

        await SignIn();
        var matches = await Page("/matches");
        Assert.Contains("守夜：守一晚", matches, StringComparison.Ordinal);
        Assert.Contains("白天可以睡觉。", matches, StringComparison.Ordinal);
        var page = await Page("/opportunities/NIGHT_WATCH/by-hand");
        Assert.Contains("一次一晚。", page, StringComparison.Ordinal);
        Assert.Contains("晚数", page, StringComparison.Ordinal);
        using (var taken = await http.PostAsync(new Uri("/opportunities/NIGHT_WATCH/by-hand", UriKind.Relative), new FormUrlEncodedContent([])))
            Assert.Contains("您已报名，有名额。", await Read(taken), StringComparison.Ordinal);
        // Nine nights are against the kind's own must.
        Assert.Equal("seeker", (string)(await Send("PUT", Staff, "/api/opportunities/NIGHT_WATCH/by-sheet-long/places/sleeper", expected: HttpStatusCode.UnprocessableEntity))["errors"]![0]!["field"]!);

        var export = await Send("GET", Staff, "/api/seekers/watcher/export");
        Assert.Contains(export["rows"]!.AsArray(), row => ((string)row!["table"]!, (string)row["partition"]!, (string)row["row"]!) == ("Opportunities", "NIGHT_WATCH", "by-hand|takers"));
        Assert.Equal(1, (int)(await Send("GET", Staff, "/api/opportunities/NIGHT_WATCH/by-hand"))["taken"]!);
        await Send("DELETE", Staff, "/api/seekers/watcher", null);
        await LoopWorld.Until(async () => (int)(await Send("GET", Staff, "/api/opportunities/NIGHT_WATCH/by-hand"))["taken"]! == 0, "Somebody who was erased has a place.");

        using (var signedIn = await http.PostAsync(new Uri("/staff/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("staff", "demo-staff-2")])))
            Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        var list = await Page("/staff/opportunities");
        Assert.Contains("守两晚", list, StringComparison.Ordinal);
        Assert.Contains("/staff/opportunities/NIGHT_WATCH/new", list, StringComparison.Ordinal);
        Assert.Contains("晚数", await Page("/staff/opportunities/NIGHT_WATCH/new"), StringComparison.Ordinal);
    }

    private async Task SignIn()
    {
        await http.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("phone", Phone)]));
        var code = "";
        await LoopWorld.Until(async () => (code = Code().Match(await Page($"/sandbox/phones/{Phone}")).Value).Length > 0, "The code did not come.");
        using var answer = await http.PostAsync(new Uri("/sign-in/code", UriKind.Relative), new FormUrlEncodedContent([new("code", code)]));
        Assert.Equal("/matches", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    private async Task<string> Page(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await Read(answer);
    }

    private static async Task<string> Read(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> Send(string method, string key, string path, string? body = null, string type = "application/json", HttpStatusCode? expected = null)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new("Bearer", $"{key}.demo-secret");
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected is { } status ? answer.StatusCode == status : answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text.Split('\n')[0])!;
    }

    [GeneratedRegex("(?<=验证码\\D*)[0-9]{6}")]
    private static partial Regex Code();

    /// <summary>As a file of its own would have it.</summary>
    private sealed class NightWatch : OpportunityKind
    {
        public override string Code => "NIGHT_WATCH";

        public override Label Label => new("Night watch", "守夜");

        public override Label? Noun => new("night", "夜班");

        public override Label Hint => new("One night at a time.", "一次一晚。");

        public override IReadOnlyList<ProgrammeWord> Details => [Word("nights", "Nights", "晚数")];

        public override IReadOnlyList<string> Rules => ["M1", "M2", "P4"];

        public override Ruling Must(Seeker seeker, Opportunity opportunity) => Ruling.MetWhere(opportunity.Detail("nights") is null or <= 3);

        public override Share Plus(Seeker seeker, Opportunity opportunity) => Share.Of(1, 1);

        public override Voices MustSays(Ruling ruling) => Says("You may sleep by day.", "The person may sleep by day.", "您白天可以睡觉。", "此人白天可以睡觉。");

        public override Voices PlusSays => Says("It is quiet.", "It is quiet.", "很安静。", "很安静。");
    }
}
