using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using JobMatch.Functions.Demo;

namespace JobMatch.Load;

/// <summary>
/// Twenty people at pages at once, fourteen seekers, three employers and three of the staff, each reading one page after another
/// with a second between, while an announcement goes out: how long each page takes.
/// </summary>
public static partial class PagesBench
{
    private const int Seekers = 14, Employers = 3, Staff = 3;
    private const string EmployerPhone = "+8613900090001";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly (string Role, string[] Pages)[] Mix =
    [
        ("seeker", ["/matches", "/jobs?q=包装", "/jobs/demo-employer-b000", "/my/saved", "/my/wishes", "/my/abilities", "/my/answers", "/my/messages", "/my/consents", "/my/data", "/my/events", "/events/fair"]),
        ("employer", ["/employer", "/employer/positions/demo-employer-b000", "/employer/positions/demo-employer-b001/edit", "/employer/positions/new", "/employer/sheet"]),
        ("staff", ["/staff", "/staff/events", "/staff/events/fair", "/staff/messages", "/staff/people", "/staff/replies", "/staff/funnel", "/staff/unmet-needs", "/staff/outcomes"]),
    ];

    /// <param name="people">How many are texted meanwhile.</param>
    /// <param name="over">For how long the twenty read.</param>
    /// <param name="save">Whether to keep the figures in tests/Bench/results/pages.md.</param>
    /// <returns>What did not hold; empty = all did.</returns>
    public static async Task<IReadOnlyList<string>> Run(int people, TimeSpan over, bool save, Action<string> say)
    {
        var sample = new SampleFiles(Path.Combine(ReceiptsBench.Root(), "samples", "chongqing"), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8)));
        await using var stage = await Stage.Start(new() { People = people });
        await Post(sample, stage);
        await stage.Furnish();
        var readers = await Register(sample, stage);
        List<(string Role, HttpClient Browser)> all = [];
        foreach (var phone in readers.Take(Seekers))
            all.Add(("seeker", await SignIn(stage, phone)));
        for (var i = 0; i < Employers; i++)
            all.Add(("employer", i == 0 ? await SignIn(stage, EmployerPhone) : all[^1].Browser));
        for (var i = 0; i < Staff; i++)
            all.Add(("staff", await SignInStaff(stage)));

        await stage.Announce();
        var took = new ConcurrentBag<(string Page, double Milliseconds, bool Announcing)>();
        var faults = new ConcurrentBag<string>();
        var watch = Stopwatch.StartNew();
        var sent = Stage.Until(async () => (await stage.States()) is { } states && states.Count >= people && states.Values.All(state => state is not "created" and not "sending"), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1))
            .ContinueWith(_ => watch.Elapsed, TaskScheduler.Default);
        await Task.WhenAll(all.Select((one, n) => Task.Run(async () =>
        {
            var pages = Mix.Single(x => x.Role == one.Role).Pages;
            for (var at = n; watch.Elapsed < over || !sent.IsCompleted; at++)
            {
                var page = pages[at % pages.Length];
                var (from, announcing) = (Stopwatch.GetTimestamp(), !sent.IsCompleted);
                using var answer = await one.Browser.GetAsync(new Uri(page, UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                took.Add((page, Stopwatch.GetElapsedTime(from).TotalMilliseconds, announcing));
                if (answer.StatusCode != HttpStatusCode.OK || answer.RequestMessage!.RequestUri!.AbsolutePath != page.Split('?')[0])
                    faults.Add($"{page}: {(int)answer.StatusCode} at {answer.RequestMessage!.RequestUri!.AbsolutePath}");
                await Task.Delay(Pause);
            }
        })));
        var table = Table(took).ToList();
        say($"{people} texts were taken in {(await sent).TotalSeconds:0} s; {took.Count} pages were read in {watch.Elapsed.TotalSeconds:0} s");
        foreach (var line in table)
            say(line);
        if (save)
            await File.WriteAllLinesAsync(Path.Combine(ReceiptsBench.Root(), "tests", "Bench", "results", "pages.md"), [.. Head(people, await sent, took.Count, watch.Elapsed), .. table]);
        return [.. faults.Distinct()];
    }

    private static IEnumerable<string> Table(IReadOnlyCollection<(string Page, double Milliseconds, bool Announcing)> took)
    {
        yield return "| page | while it goes out | p50 | p95 | longest | afterwards | p50 | p95 |";
        yield return "| --- | --- | --- | --- | --- | --- | --- | --- |";
        var pages = took.GroupBy(x => x.Page).Select(page => (page.Key, Took: page.ToLookup(x => x.Announcing, x => x.Milliseconds)));
        foreach (var (page, times) in pages.OrderByDescending(x => ReceiptsBench.At(x.Took[true], 0.95)).Append(("all", took.ToLookup(x => x.Announcing, x => x.Milliseconds))))
            yield return string.Create(CultureInfo.InvariantCulture, $"| {page} | {times[true].Count()} | {ReceiptsBench.At(times[true], 0.5):0} ms | {ReceiptsBench.At(times[true], 0.95):0} ms | {ReceiptsBench.At(times[true], 1):0} ms | {times[false].Count()} | {ReceiptsBench.At(times[false], 0.5):0} ms | {ReceiptsBench.At(times[false], 0.95):0} ms |");
    }

    /// <summary>The sample's positions, all of one employer, who has somebody that can sign in.</summary>
    private static async Task Post(SampleFiles sample, Stage stage)
    {
        await stage.Send("demo-staff", HttpMethod.Put, "/api/employers/demo-employer", () => JsonContent.Create(new { name = "山城电商有限公司", approved = true, contacts = new[] { new { name = "李经理", phone = EmployerPhone } } }));
        var rows = sample.Positions.Select((line, i) =>
        {
            line.Remove("employer");
            line["id"] = string.Create(CultureInfo.InvariantCulture, $"demo-employer-b{i:000}");
            return line.ToJsonString();
        });
        var answer = await stage.Send("demo-employer", HttpMethod.Post, "/api/positions/import", () => new StringContent(string.Join('\n', rows), Encoding.UTF8, "application/x-ndjson"));
        if (answer.Contains("\"refused\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"Positions were refused: {answer[..Math.Min(300, answer.Length)]}");
    }

    /// <summary>People of the sample who have said a lot of themselves; whom the event suits is texted like the others.</summary>
    private static async Task<IReadOnlyList<string>> Register(SampleFiles sample, Stage stage)
    {
        List<string> phones = [];
        foreach (var line in sample.Seekers.Where(x => x["phone"] is not null && x["consent"]?["matching"] is not null).DistinctBy(x => (string)x["phone"]!).Take(Seekers))
        {
            var id = (string)line["id"]!;
            line.Remove("id");
            await stage.Send("demo-import", HttpMethod.Put, $"/api/seekers/{id}", () => JsonContent.Create(line));
            phones.Add((string)line["phone"]!);
        }
        return phones;
    }

    private static async Task<HttpClient> SignIn(Stage stage, string phone)
    {
        var browser = Browser(stage);
        await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("phone", phone)]));
        var code = "";
        if (!await Stage.Until(() => Task.FromResult((code = Code().Match(stage.Lines().LastOrDefault(line => line.Phone == phone && Code().IsMatch(line.Text))?.Text ?? "").Value).Length > 0), TimeSpan.FromMinutes(1)))
            throw new TimeoutException("No code came.");
        using var answer = await browser.PostAsync(new Uri("/sign-in/code", UriKind.Relative), new FormUrlEncodedContent([new("code", code)]));
        return answer.IsSuccessStatusCode ? browser : throw new InvalidOperationException($"Signing in: {(int)answer.StatusCode}");
    }

    private static async Task<HttpClient> SignInStaff(Stage stage)
    {
        var browser = Browser(stage);
        using var answer = await browser.PostAsync(new Uri("/staff/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("staff", "demo-staff-2")]));
        return answer.IsSuccessStatusCode ? browser : throw new InvalidOperationException($"Signing in as staff: {(int)answer.StatusCode}");
    }

    private static HttpClient Browser(Stage stage) => new(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = stage.Address, Timeout = TimeSpan.FromMinutes(1) };

    private static IEnumerable<string> Head(int people, TimeSpan sent, int pages, TimeSpan over) =>
    [
        "# Pages while an announcement goes out",
        $"`dotnet run -c Debug --project tests/Load -- pages --people {people} --save`",
        "",
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC. Storage (Azurite in memory), sandbox, service and clients share the machine. {Seekers} seekers of the sample, {Employers} at the employer's pages and {Staff} of the staff read one page after another with a second between, {603} positions and {people + Seekers} people being there: {pages} pages in {over.TotalSeconds:0} s, in the first {sent.TotalSeconds:0} s of which {people} people were texted. Times are the client's, from the request to the last byte of the page."),
        "",
    ];

    [GeneratedRegex(@"(?<=验证码\D*)[0-9]{6}")]
    private static partial Regex Code();
}
