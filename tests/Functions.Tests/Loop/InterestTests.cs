using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>From "I am interested" to a released name and back, the person on pages, the employer's program on the contract.</summary>
public sealed partial class InterestTests(LoopWorld world) : IClassFixture<LoopWorld>
{
    private const string Staff = "demo-staff", Employer = "demo-employer", Other = "demo-employer-2";
    private const string Name = "鷇驎有意", Phone = "+8619955570001";

    [Fact]
    public async Task Nothing_of_a_person_reaches_an_employer_before_they_say_so_and_no_name_before_it_is_released()
    {
        var seeker = LoopWorld.Seeker(Phone);
        seeker["name"] = Name;
        Assert.Equal(HttpStatusCode.Created, (await world.Put(Staff, "/api/seekers/keen", seeker)).Status);
        await world.Put(Employer, "/api/positions/keen-a", LoopWorld.Position());
        await world.Put(Employer, "/api/positions/keen-b", LoopWorld.Position("质检员"));
        await world.Put(Other, "/api/positions/keen-c", LoopWorld.Position("保洁员"));
        using var browser = await SignIn();
        Assert.Empty(await Candidates(Employer, "keen-a"));

        // Released before they are interested, or interested in what is not there: nothing happens.
        Assert.Equal(HttpStatusCode.NotFound, await Post(browser, "/matches/keen-a/release"));
        Assert.Equal(HttpStatusCode.NotFound, await Post(browser, "/matches/keen-nowhere/interest"));
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.OK, await Post(browser, "/matches/keen-a/interest"));
        var shown = Assert.Single(await Candidates(Employer, "keen-a"))!;
        Assert.True((bool)shown["interested"]!);
        Assert.Null(shown["released"]);
        Assert.DoesNotContain(Name, shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains((string)shown["alias"]!, await browser.GetStringAsync("/matches/keen-a/interest"), StringComparison.Ordinal);
        // Only in that position's list.
        Assert.Empty(await Candidates(Employer, "keen-b"));
        Assert.Empty(await Candidates(Other, "keen-c"));

        Assert.Equal(HttpStatusCode.OK, await Post(browser, "/matches/keen-c/interest"));
        Assert.Equal(HttpStatusCode.OK, await Post(browser, "/matches/keen-a/release"));
        var released = Assert.Single(await Candidates(Employer, "keen-a"))!["released"]!;
        Assert.Equal((Name, Phone), ((string)released["name"]!, (string)released["phone"]!));
        Assert.Null(Assert.Single(await Candidates(Other, "keen-c"))!["released"]);
        var export = (await world.Get(Staff, "/api/seekers/keen/export")).Json["rows"]!.AsArray().Single(x => (string)x!["row"]! == "profile")!["cells"]!;
        Assert.Contains("demo-employer", (string)export["Releases"]!, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await Post(browser, "/matches/keen-a/release", undo: true));
        Assert.Null(Assert.Single(await Candidates(Employer, "keen-a"))!["released"]);
        // Taking the interest back takes back the release too.
        await Post(browser, "/matches/keen-a/release");
        await Post(browser, "/matches/keen-a/interest", undo: true);
        Assert.Empty(await Candidates(Employer, "keen-a"));
        await Post(browser, "/matches/keen-a/interest");
        Assert.Null(Assert.Single(await Candidates(Employer, "keen-a"))!["released"]);
    }

    private async Task<JsonArray> Candidates(string key, string position) => (await world.Get(key, $"/api/positions/{position}/candidates")).Json["items"]!.AsArray();

    private static async Task<HttpStatusCode> Post(HttpClient browser, string path, bool undo = false)
    {
        using var form = new FormUrlEncodedContent(undo ? [new("undo", "yes")] : Array.Empty<KeyValuePair<string, string>>());
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form);
        return answer.StatusCode;
    }

    private async Task<HttpClient> SignIn()
    {
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = world.Service.Address };
        await browser.PostAsync("/sign-in", new FormUrlEncodedContent([new("phone", Phone)]));
        var texts = await world.Sandbox.Until(lines => lines.Any(line => line.What == "took" && line.Phone == Phone && Code().IsMatch(line.Text)), TimeSpan.FromSeconds(30));
        var code = Code().Match(texts.Last(line => line.Phone == Phone && Code().IsMatch(line.Text)).Text).Value;
        await browser.PostAsync("/sign-in/code", new FormUrlEncodedContent([new("code", code)]));
        return browser;
    }

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Code();
}
