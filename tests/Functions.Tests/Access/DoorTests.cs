using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Functions.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobMatch.Functions.Tests.Access;

/// <summary>The door and the way out, on a small program with routes of the test's own.</summary>
public sealed class DoorTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IDisposable
{
    private const string Token = "canary-callback-token-0123456789";
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-door-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Outside_development_the_demo_keys_open_nothing_and_issued_keys_do()
    {
        await using var program = await Start("Production");
        foreach (var id in DemoKeys.Ids)
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/staff-only", $"{id}.demo-secret")).StatusCode);
        var keys = program.App.Services.GetRequiredService<ApiKeyRows>();
        var staff = await keys.Issue(Role.Staff, "door-staff", Caller.AllScopes, null, default);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/staff-only", staff)).StatusCode);
        await keys.Revoke(staff!.Split('.')[0], default);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/staff-only", staff)).StatusCode);
    }

    [Fact]
    public async Task A_key_does_no_more_than_its_scopes()
    {
        await using var program = await Start("Production");
        var keys = program.App.Services.GetRequiredService<ApiKeyRows>();
        var narrow = await keys.Issue(Role.Staff, "door-narrow", new HashSet<string> { "positions.*", "events.write" }, null, default);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Get("/api/staff-only", narrow)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/positions", narrow)).StatusCode);
    }

    [Fact]
    public async Task Refusals_are_in_the_callers_language_and_say_what_would_be_right()
    {
        await using var program = await Start();
        using var chinese = await program.Get("/api/staff-only", null);
        Assert.Equal("Bearer", chinese.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Contains("需要有效的密钥", await chinese.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/staff-only");
        request.Headers.AcceptLanguage.ParseAdd("en-GB");
        request.Headers.Authorization = new("Bearer", "demo-import.demo-secret");
        using var english = await program.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, english.StatusCode);
        Assert.Contains("This key may not do that.", await english.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_without_a_rule_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(declare: triggers => triggers.Http("GET", "/api/new", "nothing.ruled", () => "open")));
        Assert.Contains("GET /api/new (nothing.ruled)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_nobody_declared_is_closed()
    {
        await using var program = await Start(map: app => app.MapGet("/forgotten", () => "open"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/forgotten", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Get("/forgotten", "demo-staff.demo-secret")).StatusCode);
    }

    [Fact]
    public async Task A_gateway_comes_in_by_its_own_token_only()
    {
        await using var program = await Start();
        Assert.Equal(HttpStatusCode.OK, (await program.Post($"/callbacks/sandbox/{Token}/report")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Post($"/callbacks/other/{Token}/report")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Post("/callbacks/sandbox/wrong/report")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Post("/callbacks/sandbox/wrong/report", bearer: "demo-staff.demo-secret")).StatusCode);
    }

    [Fact]
    public async Task No_log_line_and_no_scope_holds_a_token_a_key_or_a_query()
    {
        await using var program = await Start(settings: ("Logging:LogLevel:Default", "Trace"));
        using (await program.Post($"/callbacks/sandbox/{Token}/report?code=canary-host-key")) { }
        using (await program.Post("/callbacks/sandbox/canary-wrong-token-0123456789/report")) { }
        using (await program.Get("/api/staff-only?code=canary-host-key", "demo-staff.canary-secret")) { }
        using (await program.Get("/api/fails?q=canary-query", "demo-staff.demo-secret")) { }
        var text = program.Log.Text;
        Assert.Contains("POST /callbacks/{gateway}/{token}/report 200", text, StringComparison.Ordinal);
        Assert.Contains("Refused Public public events.read on /api/staff-only", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Development", "/api/staff-only", false)]
    [InlineData("Production", "/api/positions", true)]
    [InlineData("Production", "/nothing/here", true)]
    public async Task Every_answer_tells_browsers_what_to_refuse(string environment, string path, bool strictTransport)
    {
        await using var program = await Start(environment);
        using var answer = await program.Get(path, null);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(strictTransport, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task An_error_tells_them_too()
    {
        await using var program = await Start();
        using var answer = await program.Get("/api/fails", "demo-staff.demo-secret");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain("It failed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/callbacks/aliyun/secret-token/report?code=x", "/callbacks/aliyun/*/report")]
    [InlineData("/api/seekers/s-1?code=x#y", "/api/seekers/s-1")]
    [InlineData("/", "/")]
    public void An_address_for_telemetry_is_scrubbed(string path, string scrubbed) => Assert.Equal(scrubbed, Logs.Scrubbed(path));

    [Fact]
    public async Task Members_that_stand_in_no_row_for_the_role_do_not_leave_at_any_depth()
    {
        await using var program = await Start();
        var candidate = JsonNode.Parse(await (await program.Get("/api/candidate", "demo-employer.demo-secret")).Content.ReadAsStringAsync())!;
        Assert.Equal("""{"alias":"A","verdict":"suits","skills":["X"],"adjustments":[{"code":"C","mark":"must","answer":"offered"}],"released":null}""", candidate.ToJsonString());
        Assert.Contains("5 members of candidate stand in no row for Employer", program.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secretMember", program.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_that_the_role_gets_nothing_of_is_not_answered_at_all()
    {
        await using var program = await Start();
        using var answer = await program.Get("/api/seeker-to-employer", "demo-employer.demo-secret");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("王小明", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_pages_a_session_says_who_comes_and_who_has_none_is_sent_to_sign_in()
    {
        await using var program = await Start();
        var staff = await program.App.Services.GetRequiredService<Sessions>().StartStaff("s-1", StaffRoles.Worker, default);
        Assert.Equal(AccessControl.StaffSignInPath, (await program.Get("/staff", null)).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/staff", null, cookie: "session=" + staff)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Get("/mine", null, cookie: "session=" + staff)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await program.Get("/staff", null, cookie: "session=" + staff + "x")).StatusCode);
        // A cookie opens no API: a browser would send it whoever asked.
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/staff-only", null, cookie: "session=" + staff)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("X-Nothing", "", HttpStatusCode.OK)]
    public async Task A_form_from_another_site_changes_nothing(string header, string value, HttpStatusCode expected)
    {
        await using var program = await Start();
        var staff = await program.App.Services.GetRequiredService<Sessions>().StartStaff("s-1", StaffRoles.Worker, default);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff");
        request.Headers.Add("Cookie", "session=" + staff);
        request.Headers.Add(header, value);
        using var answer = await program.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("Development", "session=", false)]
    [InlineData("Production", "__Host-session=", true)]
    public async Task The_sessions_cookie_is_kept_from_scripts_and_other_hosts(string environment, string name, bool secure)
    {
        await using var program = await Start(environment);
        var cookie = (await program.Get("/sign-in", null)).Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith(name + "the-token; max-age=43200; path=/", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_platforms_word_on_staff_is_believed_only_where_it_signs_in()
    {
        var principal = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            """{"auth_typ":"aad","role_typ":"roles","claims":[{"typ":"roles","val":"JobMatch.Worker"},{"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"00000000-1111"}]}"""));
        await using (var without = await Start("Production"))
            Assert.Equal(HttpStatusCode.Redirect, (await without.Get("/staff", null, principal: principal)).StatusCode);
        await using var with = await Start("Production", settings: ("WEBSITE_AUTH_ENABLED", "True"));
        Assert.Equal(HttpStatusCode.OK, (await with.Get("/staff", null, principal: principal)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await with.Get("/staff/audit", null, principal: principal)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await with.Get("/staff", null, principal: "not base64")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await with.Get("/staff", null, principal: Convert.ToBase64String("""{"auth_typ":"aad","claims":[{"typ":"oid","val":"x"}]}"""u8))).StatusCode);
    }

    [Fact]
    public async Task What_one_instance_protects_another_reads()
    {
        await using var one = await Start(more: builder => builder.Services.AddDataProtection());
        await using var two = await Start(more: builder => builder.Services.AddDataProtection());
        var text = one.App.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("hello");
        Assert.Equal("hello", two.App.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(text));
    }

    private async Task<Door> Start(
        string environment = "Development",
        Action<Triggers>? declare = null,
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? more = null,
        params (string Name, string Value)[] settings)
    {
        var triggers = new Triggers();
        triggers.Http("GET", "/api/staff-only", "events.read", () => "for staff");
        triggers.Http("GET", "/api/positions", "positions.read", () => "positions");
        triggers.Http("GET", "/api/fails", "events.read", (Func<string>)(() => throw new InvalidOperationException("It failed.")));
        triggers.Http("GET", "/api/candidate", "positions.candidates", (HttpContext context) => Answers.Json(context, "candidate", new
        {
            alias = "A",
            verdict = "suits",
            secretMember = "canary",
            capacity = new { HEARING = 1 },
            skills = new object[] { "X" },
            occupations = new object[] { "Y", new { phone = "canary" } },
            adjustments = new[] { new { code = "C", mark = "must", answer = "offered", reason = "canary" } },
            district = new { name = "canary" },
            released = (object?)null,
        }));
        triggers.Http("GET", "/api/seeker-to-employer", "positions.read", (HttpContext context) => Answers.Json(context, "seeker", new { name = "王小明" }));
        triggers.Http("POST", "/callbacks/{gateway}/{token}/report", "callbacks.report", () => "taken");
        triggers.Http("GET", "/staff", "pages.staff", () => "for staff");
        triggers.Http("POST", "/staff", "pages.staff", () => "changed");
        triggers.Http("GET", "/staff/audit", "pages.staff.audit", () => "for auditors");
        triggers.Http("GET", "/mine", "pages.seeker", () => "mine");
        triggers.Http("GET", "/sign-in", "pages.signIn", (HttpContext context) => SessionCookie.Set(context, "the-token"));
        declare?.Invoke(triggers);

        var log = new Logged();
        var builder = HostingExtensions.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", environment]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["JobMatch:MasterKey:File"] = storage.MasterKeyFile,
            ["JobMatch:Gateways:sandbox:CallbackTokens:0"] = Token,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddScrubbedLogs();
        builder.AddSecrets(folder);
        builder.Services.AddSingleton(storage.Tables);
        builder.Services.AddSingleton<ISessions>(_ => new SessionRows(storage.Tables.GetTableClient(SessionRows.Table)));
        builder.Services.AddSingleton(services => new Sessions(null!, services.GetRequiredService<ISessions>(), null!, null!, null!, null!, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddStartup(async (_, cancel) =>
        {
            foreach (var table in (string[])[ServiceKeys.Table, SessionRows.Table])
                await storage.Tables.CreateTableIfNotExistsAsync(table, cancel);
        });
        more?.Invoke(builder);
        var app = builder.AddTriggers(triggers, (_, options) => new QueueServiceClient(storage.ConnectionString, options)).Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => Problems.Failed(context).ExecuteAsync(context) });
        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseRouting();
        app.UseAccessControl();
        app.MapTriggers();
        map?.Invoke(app);
        await app.StartAsync();
        return new Door(app, log);
    }

    private sealed class Door : IAsyncDisposable
    {
        public Door(WebApplication app, Logged log)
        {
            (App, Log) = (app, log);
            Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        }

        public WebApplication App { get; }
        public Logged Log { get; }
        public HttpClient Client { get; }

        public Task<HttpResponseMessage> Get(string path, string? bearer, string? cookie = null, string? principal = null) =>
            Send(HttpMethod.Get, path, bearer, cookie, principal);

        public Task<HttpResponseMessage> Post(string path, string? bearer = null) => Send(HttpMethod.Post, path, bearer, null, null);

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await App.DisposeAsync();
        }

        private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? bearer, string? cookie, string? principal)
        {
            using var request = new HttpRequestMessage(method, path);
            if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
            if (cookie is not null) request.Headers.Add("Cookie", cookie);
            if (principal is not null) request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
            return await Client.SendAsync(request);
        }
    }
}
