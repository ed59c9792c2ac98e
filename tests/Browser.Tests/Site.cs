using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;
using Microsoft.Playwright;

namespace JobMatch.Browser.Tests;

/// <summary>Who looks at a page.</summary>
public enum Visitor
{
    Public,

    /// <summary>Entered a code for a phone that two people share, and has not chosen yet.</summary>
    Confirmed,
    Seeker,

    /// <summary>Registered, and finds nothing.</summary>
    SeekerWithout,
    Employer,

    /// <summary>One who meets people and prepares events.</summary>
    Staff,
    Lead,
    Administrator,
    Auditor,
}

/// <summary>One service, one browser, a context per visitor; all tests take turns with them.</summary>
public sealed partial class Site : IAsyncLifetime
{
    public const string EmployerPhone = "13900020001";

    /// <summary>Marked easy-read text as helpful.</summary>
    public const string EasyReader = "13900020005";
    private const string Chromium = "/usr/bin/chromium";

    // In a container there is neither a sandbox of Chromium's nor a graphics card, and it has nobody to report to.
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private readonly Dictionary<(Visitor, bool), IPage> pages = [];
    private readonly Dictionary<string, string> codes = [];
    private readonly Stopwatch confirmed = Stopwatch.StartNew();
    private LocalStorage storage = null!;
    private ServiceProcess service = null!;
    private string awaiting = "", followed = "";
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>An event with positions, and a position of the employer's, for pages that show one.</summary>
    public const string Event = "browser-event", Position = "browser-job", Nearly = "browser-nearly", Announced = "browser-announced", Closed = "browser-closed", Room = "browser-room", Studio = "browser-studio", Course = "browser-course";

    // A text to somebody, and to whom, by subject id: both are random.
    private string text = "";

    /// <summary>A path with the random ids in it that no test can know before.</summary>
    public string Filled(string path) => path.Replace("{text}", Uri.EscapeDataString(text), StringComparison.Ordinal).Replace("{subject}", text.Split('~')[^1], StringComparison.Ordinal);

    public string Address => service.Address.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
            throw new InvalidOperationException($"{Chromium} is missing. Install it: apt-get install chromium fonts-noto-cjk");
        storage = await LocalStorage.StartAsync(null);
        // The whole matrix signs more people in from this one address than a venue's visitors.
        service = await ServiceProcess.Start(storage.ConnectionString, null, null, "--JobMatch:SignIn:CodesByAddress=300");
        await Seed();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        await RegisterEmployer();
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
        if (service is not null)
            await service.DisposeAsync();
        if (storage is not null)
            await storage.DisposeAsync();
    }

    /// <summary>An address with the ids that come about only while it is seeded.</summary>
    public string Named(string path) => path.Replace("{awaiting}", awaiting, StringComparison.Ordinal).Replace("{followed}", followed, StringComparison.Ordinal);

    /// <summary>Somebody founded a firm too long ago for any text, and said to staff after six months that something is wrong.</summary>
    /// <returns>The follow-up, as addresses name it.</returns>
    public async Task<string> Follow(string seeker, string record)
    {
        using var staff = service.Client("demo-staff");
        var began = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(-8);
        await Put(staff, $"/api/programmes/INCUBATION/records/{record}", $$"""{ "participant": "{{seeker}}", "title": "山茶花工作室", "steps": [ { "step": "MOVED_IN", "on": "{{began:yyyy-MM-dd}}" } ] }""");
        var rows = JsonNode.Parse(await staff.GetStringAsync(new Uri($"/api/seekers/{seeker}/export", UriKind.Relative)))!["rows"]!.AsArray();
        var series = rows.Where(x => (string)x!["table"]! == "FollowUps").Select(x => (string)x!["row"]!).First(row => row.IndexOf('|', StringComparison.Ordinal) < 0);
        var path = series.Replace('-', '/') + "-6";
        using var said = new StringContent("""{ "answer": "trouble" }""", null, "application/json");
        using var answer = await staff.PostAsync(new Uri($"/api/follow-ups/{path}/answer", UriKind.Relative), said);
        answer.EnsureSuccessStatusCode();
        return path;
    }

    /// <summary>A page of a visitor's own, signed in, at the width of a small phone; the same one each time.</summary>
    public async Task<IPage> Of(Visitor visitor, bool script = true)
    {
        // Whoever has entered a code has ten minutes to go on; all tests together take longer.
        if (visitor == Visitor.Confirmed && confirmed.Elapsed > TimeSpan.FromMinutes(5))
        {
            pages.Remove((visitor, true));
            pages.Remove((visitor, false));
        }
        if (pages.TryGetValue((visitor, script), out var held))
            return held;
        if (!script)
        {
            var cookies = await (await Of(visitor)).Context.CookiesAsync();
            var plain = await NewPage(script: false);
            await plain.Context.AddCookiesAsync(cookies.Select(x => new Cookie { Name = x.Name, Value = x.Value, Domain = x.Domain, Path = x.Path, HttpOnly = x.HttpOnly }));
            return pages[(visitor, false)] = plain;
        }
        var page = await NewPage(script: true);
        switch (visitor)
        {
            case Visitor.Confirmed:
                await EnterCode(page, "/sign-in", "13900020002");
                confirmed.Restart();
                break;
            case Visitor.Seeker:
                await EnterCode(page, "/sign-in", "13900020003");
                break;
            case Visitor.SeekerWithout:
                await EnterCode(page, "/sign-in", "13900020004");
                break;
            case Visitor.Employer:
                await EnterCode(page, "/sign-in", EmployerPhone);
                break;
            case Visitor.Staff or Visitor.Lead or Visitor.Administrator or Visitor.Auditor:
                await SignInStaff(page, visitor);
                break;
        }
        return pages[(visitor, true)] = page;
    }

    /// <param name="of">Whose pages; null = the site's own.</param>
    public async Task<IPage> NewPage(bool script, string language = "zh-CN", int width = 320, ServiceProcess? of = null)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = of?.Address.ToString() ?? Address,
            JavaScriptEnabled = script,
            Locale = language,
            ViewportSize = new() { Width = width, Height = 640 },
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async Task SignInStaff(IPage page, Visitor who = Visitor.Staff)
    {
        await page.GotoAsync("/staff/sign-in");
        await page.CheckAsync(who == Visitor.Staff ? "#staff" : $"#staff-{who - Visitor.Staff + 1}");
        await page.ClickAsync("main button");
    }

    /// <summary>Asks for a code and enters it, as a person does who reads it off the phone.</summary>
    public async Task EnterCode(IPage page, string from, string phone)
    {
        await page.GotoAsync(from);
        await page.FillAsync("#phone", phone);
        await page.ClickAsync("main button");
        await page.FillAsync("#code", await ReadCode(page.Context, phone));
        await page.ClickAsync("main button");
    }

    /// <summary>The newest text on a phone's page in the sandbox that matches.</summary>
    public async Task<string> ReadText(IBrowserContext context, string phone, Regex wanted)
    {
        var handset = await context.NewPageAsync();
        try
        {
            for (var tries = 0; tries < 150; tries++)
            {
                await handset.GotoAsync($"/sandbox/phones/+86{phone}");
                foreach (var text in await handset.Locator("ol .text").AllInnerTextsAsync())
                    if (wanted.IsMatch(text))
                        return text;
                await Task.Delay(200);
            }
        }
        finally
        {
            await HangUp(handset);
        }
        throw new TimeoutException("The text did not come.");
    }

    /// <summary>Somebody answers from their phone.</summary>
    public async Task Answer(IBrowserContext context, string phone, string text)
    {
        var handset = await context.NewPageAsync();
        await handset.GotoAsync($"/sandbox/phones/+86{phone}");
        await handset.FillAsync("#text", text);
        // Until the gateway has it: a page that is closed on its way takes the answer along.
        await handset.RunAndWaitForResponseAsync(() => handset.ClickAsync("main button"), answer => answer.Request.Method == "POST");
        await HangUp(handset);
    }

    // Chromium does not always say that a page is closed which was on its way to another.
    private static async Task HangUp(IPage handset) => await Task.WhenAny(handset.CloseAsync(), Task.Delay(TimeSpan.FromSeconds(10)));

    /// <summary>The code just asked for: until its text is there, the phone shows the one before.</summary>
    public async Task<string> ReadCode(IBrowserContext context, string phone)
    {
        var wanted = codes.TryGetValue(phone, out var before) ? new Regex($"(?!{before})[0-9]{{6}}") : SixDigits();
        return codes[phone] = wanted.Match(await ReadText(context, phone, wanted)).Value;
    }

    /// <summary>
    /// Two texts to somebody, as an outage leaves them: written, their messages given up. The time of the second has passed meanwhile.
    /// </summary>
    /// <returns>The ids of both.</returns>
    public async Task<(string Due, string Late)> GiveUp(string phone)
    {
        using var staff = service.Client("demo-staff");
        await Put(staff, "/api/seekers/browser-given-up", $$"""{ "phone": "{{phone}}", "district": "500103", "consent": { "matching": "2026-01-01", "sms": "2026-01-01" } }""");
        var (tables, queues) = (new TableServiceClient(storage.ConnectionString), new QueueServiceClient(storage.ConnectionString));
        var subject = "";
        await foreach (var row in tables.GetTableClient("Subjects").QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Id eq {"browser-given-up"}")))
            subject = row.RowKey;
        var poison = queues.GetQueueClient("send-message-poison");
        await poison.CreateIfNotExistsAsync();
        var (ids, now) = (new List<string>(), TimeProvider.System.GetUtcNow());
        foreach (var (page, deadline) in new[] { (901, TimeSpan.FromDays(1)), (902, -TimeSpan.FromMinutes(1)) })
        {
            var id = new MessageId(new(Announced, 1, page), subject);
            await new MessageTable(tables.GetTableClient("Messages"), tables.GetTableClient("VendorIds")).Add(
                [new() { Id = id, Deadline = now + deadline, Named = [], PolicyVersion = Policy.Version, CreatedAt = now }], default);
            await poison.SendMessageAsync(new SendItem(id.In.ToString()).ToBody());
            ids.Add(id.ToString());
        }
        return (ids[0], ids[1]);
    }

    /// <summary>An organisation registers itself; nobody approves this one.</summary>
    private async Task RegisterEmployer()
    {
        var page = await NewPage(script: false);
        await Register(page, "13900020050", "渝中便利店", "91350100M000100Y43");
        await page.Context.CloseAsync();
        var staff = await Of(Visitor.Staff);
        await staff.GotoAsync("/staff/employers");
        awaiting = (await staff.Locator("main li a").First.GetAttributeAsync("href"))!.Split('/')[^1];
    }

    /// <summary>Registers an organisation by the pages, and is signed in for it then.</summary>
    public async Task Register(IPage page, string phone, string name, string code)
    {
        await EnterCode(page, "/employer/register", phone);
        await page.FillAsync("#name", name);
        await page.FillAsync("#creditcode", code);
        await page.FillAsync("#contacts-0-name", "周店长");
        await page.ClickAsync("main form button");
    }

    private async Task Seed()
    {
        using var staff = service.Client("demo-staff");
        await Put(staff, "/api/employers/demo-employer", $$"""{ "name": "山城电商有限公司", "approved": true, "contacts": [ { "name": "李经理", "phone": "{{EmployerPhone}}" } ] }""");
        using var employer = service.Client("demo-employer");
        await Put(employer, $"/api/positions/{Position}", """
            { "title": "商品检验员", "occupation": "PRODUCT_INSPECTOR", "district": "500103", "closesOn": "2035-12-31", "demands": { "HEARING": 2, "SEEING": 2 },
              "accommodations": { "SIGN_INTERPRETER": "onRequest", "STEP_FREE": "offered" }, "work": { "pay": { "min": 3500, "max": 4500, "per": "MONTH" }, "hoursPerWeek": 40, "shifts": ["DAY"] } }
            """);
        await Put(employer, "/api/positions/browser-chat", """
            { "title": "在线客服", "occupation": "CHAT_SERVICE", "closesOn": "2035-12-31", "work": { "place": "REMOTE", "pay": { "min": 3000, "per": "MONTH" } }, "demands": { "HEARING": 0, "READING_WRITING": 2 } }
            """);
        await Put(employer, $"/api/positions/{Closed}", """{ "title": "在线客服（已招满）", "district": "500103", "closesOn": "2035-12-31" }""");
        using (var closed = await employer.DeleteAsync(new Uri($"/api/positions/{Closed}", UriKind.Relative)))
            closed.EnsureSuccessStatusCode();
        const string all = "\"consent\": { \"matching\": \"2026-01-01\", \"sms\": \"2026-01-01\", \"employers\": \"2026-01-01\" }";
        await Put(staff, "/api/seekers/browser-a", $$"""{ "name": "王小明", "phone": "13900020002", "district": "500103", {{all}} }""");
        await Put(staff, "/api/seekers/browser-b", $$"""{ "phone": "13900020002", "district": "500103", {{all}} }""");
        await Put(staff, "/api/seekers/browser-c", $$"""
            { "name": "陈静", "phone": "13900020003", "district": "500103", "capacity": { "HEARING": 0, "SEEING": 3 }, "needs": { "SIGN_INTERPRETER": "must", "FLEX_HOURS": "helps" },
              "occupations": ["CHAT_SERVICE"], "work": { "minPayMonthly": 2500 }, {{all}} }
            """);
        await Put(staff, "/api/seekers/browser-d", $$"""{ "phone": "13900020004", "district": "500103", "work": { "minPayMonthly": 90000 }, {{all}} }""");
        await Put(staff, "/api/seekers/browser-e", $$"""{ "phone": "{{EasyReader}}", "district": "500103", "needs": { "EASY_READ": "helps" }, {{all}} }""");
        // Six who nearly suit a position far from the others'.
        await Put(employer, $"/api/positions/{Nearly}", """{ "title": "包装工", "district": "500240", "closesOn": "2035-12-31", "accommodations": { "BRAILLE": "notPossible" }, "demands": { "SEEING": 2 } }""");
        for (var i = 0; i < 6; i++)
            await Put(staff, $"/api/seekers/browser-near-{i}", $$"""
                { "phone": "1390002001{{i}}", "district": "500240", "capacity": { "SEEING": 3 }, "needs": { "BRAILLE": "helps", "GUIDE_DOG": "must" }, "work": { "places": ["ON_SITE"], "commuteMinutes": 1 },
                  "consent": { "matching": "2026-01-01", "employers": "2026-01-01" } }
                """);
        await Put(staff, $"/api/events/{Event}", """
            { "title": "春季招聘会", "kind": "JOB_FAIR", "district": "500103", "address": "解放碑步行街 1 号", "startsAt": "2035-03-01T09:00:00+08:00", "endsAt": "2035-03-01T16:00:00+08:00" }
            """);
        await Put(staff, $"/api/events/{Announced}", """
            { "title": "Autumn fair", "kind": "JOB_FAIR", "district": "500103", "address": "1 Jiefangbei", "startsAt": "2035-09-01T09:00:00+08:00", "endsAt": "2035-09-01T16:00:00+08:00", "capacity": 100,
              "accommodations": { "STEP_FREE": "offered" }, "interpreterSlots": 1 }
            """);
        await Put(staff, $"/api/events/{Announced}/positions/browser-chat", "");
        using (var announced = await staff.PostAsync(new Uri($"/api/events/{Announced}/announce", UriKind.Relative), null))
            announced.EnsureSuccessStatusCode();
        // Three at once are the usual case.
        foreach (var (at, title) in new[] { "渝中区春季残健融合招聘会", "沙坪坝线上招聘会", "Livestream fair" }.Index())
            await Put(staff, $"/api/events/browser-day-{at}", $$"""
                { "title": "{{title}}", "shortTitle": "春季招聘会", "kind": "JOB_FAIR", "district": "500103", "startsAt": "2035-02-01T{{at + 9:00}}:00:00+08:00", "endsAt": "2035-02-01T16:00:00+08:00" }
                """);
        for (var tries = 0; text.Length == 0; tries++)
        {
            Assert.True(tries < 300, "Nobody was written to.");
            var lines = JsonNode.Parse(await staff.GetStringAsync(new Uri($"/api/events/{Announced}/messages", UriKind.Relative)))!["items"]!.AsArray();
            text = lines.Count > 0 ? (string)lines[0]!["id"]! : "";
            await Task.Delay(200);
        }
        await Put(staff, $"/api/programmes/VILLAGE_ROOM/records/{Room}", """
            { "title": "村口直播间", "steps": [ { "step": "GOODS", "on": "2026-01-05", "amounts": { "units": 100 } }, { "step": "ORDERS", "on": "2026-01-06", "amounts": { "units": 90 } },
              { "step": "RESERVED", "on": "2035-03-01", "ref": "team-1" } ] }
            """);
        await Put(staff, $"/api/courses/{Course}", """
            { "title": "直播入门班", "district": "500103", "openings": 1, "closesOn": "2035-12-31", "startsOn": "2036-01-10", "skills": ["LIVE_HOSTING"], "details": { "days": 5 }, "accommodations": { "SIGN_INTERPRETER": "offered", "STEP_FREE": "offered" } }
            """);
        await Put(staff, $"/api/resources/{Studio}", """{ "kind": "ROOM", "title": "一号直播间", "base": "livestream-base", "opens": "09:00", "closes": "21:00", "accommodations": { "STEP_FREE": "offered" } }""");
        followed = await Follow("browser-d", "browser-firm");
        foreach (var (type, i) in new[] { "CLOUD_EXPO", "CLOUD_EXPO", "RESOURCE_MEETING" }.Select((type, i) => (type, i)))
            await Put(staff, $"/api/programmes/BASE_EVENT/records/browser-{i}", $$"""{ "title": "示例活动", "type": "{{type}}", "steps": [ { "step": "HELD", "on": "2026-01-0{{i + 1}}" } ] }""");
        using var tied = await staff.PutAsync(new Uri($"/api/events/{Event}/positions/{Position}", UriKind.Relative), null);
        tied.EnsureSuccessStatusCode();
    }

    private static async Task Put(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await client.PutAsync(new Uri(path, UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}

[CollectionDefinition(nameof(Site), DisableParallelization = true)]
public sealed class SiteCollection : ICollectionFixture<Site>;
