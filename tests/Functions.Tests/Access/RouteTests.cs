using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Adapters.Secrets;
using JobMatch.Fixtures;
using JobMatch.Flows;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JobMatch.Functions.Tests.Access;

/// <summary>The whole service as it starts in Development, on storage of its own.</summary>
public sealed class WholeService : IAsyncLifetime
{
    private readonly LocalParts local = new();
    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;
    public IServiceProvider Services => app.Services;

    public async Task InitializeAsync()
    {
        app = await Service.Build(new CommandLine(false, null, null, "http://127.0.0.1:0", ["--environment", "Development"]), Service.Triggers(), local);
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());
        using var plain = new HttpClient { BaseAddress = address };
        var contract = new OpenApiValidator(JsonNode.Parse(await plain.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject());
        Client = new HttpClient(new ContractHandler(() => Task.FromResult(contract))) { BaseAddress = address };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await local.DisposeAsync();
    }

    public async Task<HttpResponseMessage> Send(string method, string path, string? key, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Authorization = new("Bearer", $"{key}.demo-secret");
        if (body is not null) request.Content = new StringContent(body, null, "application/json");
        return await Client.SendAsync(request);
    }
}

/// <summary>Every route that the service declares, against the table of who may do what.</summary>
public sealed partial class RouteTests(WholeService service) : IClassFixture<WholeService>
{
    private static readonly Dictionary<Role, string?> Keys = new()
    {
        [Role.Public] = null,
        [Role.Employer] = "demo-employer",
        [Role.Staff] = "demo-staff",
        [Role.Import] = "demo-import",
        [Role.Gateway] = null,
    };

    public static TheoryData<string, string, string> Routes
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var trigger in Service.Triggers().HttpTriggers) data.Add(trigger.Method, trigger.Route, trigger.Action);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Every_route_has_a_rule(string method, string route, string action) =>
        Assert.True(Functions.Access.AllActions.Contains(action), $"{method} {route} asks for '{action}', which stands in no row of Access.");

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_route_answers_every_role_as_the_table_says(string method, string route, string action)
    {
        foreach (var (role, key) in Keys)
        {
            // Only a callback can come from a gateway: elsewhere its token has no place, and it is nobody.
            var comesAs = role == Role.Gateway && !action.StartsWith("callbacks.", StringComparison.Ordinal) ? Role.Public : role;
            using var answer = await service.Send(method, PathOf(route, role), key);
            var refused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || IsSentToSignIn(answer);
            var may = Functions.Access.May(new Caller(comesAs, "test", null, null, Caller.AllScopes) { StaffRoles = StaffRoles.All }, action);
            Assert.True(may == !refused, $"{role} {method} {route}: {(may ? "allowed" : "refused")} by the table, and answered {(int)answer.StatusCode}.");
            if (refused && !IsSentToSignIn(answer)) await IsProblem(answer);
        }
    }

    [Fact]
    public async Task Every_page_of_staffs_answers_each_of_their_roles_as_their_table_says_and_what_is_refused_says_so()
    {
        var pages = Service.Triggers().HttpTriggers.Where(trigger => trigger.Action.StartsWith("pages.staff", StringComparison.Ordinal)).ToList();
        Assert.All(StaffAccess.Roles, role => Assert.Contains(pages, page => !StaffAccess.May(role.Role, page.Action)));
        foreach (var (role, label) in StaffAccess.Roles)
        {
            var token = await service.Services.GetRequiredService<Sessions>().StartStaff("route-test", role, default);
            foreach (var page in pages)
            {
                using var request = new HttpRequestMessage(new HttpMethod(page.Method), PathOf(page.Route, Role.Staff));
                request.Headers.Add("Cookie", "session=" + token);
                request.Headers.Add("Accept", "text/html");
                request.Headers.Add("Accept-Language", "en");
                using var answer = await service.Client.SendAsync(request);
                Assert.True(StaffAccess.May(role, page.Action) == (answer.StatusCode != HttpStatusCode.Forbidden), $"{role} {page.Method} {page.Route} answered {(int)answer.StatusCode}.");
                if (answer.StatusCode == HttpStatusCode.Forbidden)
                    Assert.Contains($"Your role: {label.En}.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>What changes something for others, or shows people, leaves a row; what does not is named here, so that nothing new is forgotten.</summary>
    [Fact]
    public async Task What_staff_change_leaves_a_row_in_the_audit_before_it_is_done()
    {
        // The decision on an employer says itself which it is.
        string[] without = ["/staff/employers/{id}", "/staff/sign-in", "/staff/events/new", "/staff/events/{id}/tie", "/staff/events/{id}/untie", "/staff/acting/end", "/staff/people", "/staff/people/new", "/api/seekers/{id}", "/api/seekers/import",
            "/api/positions/{id}", "/api/positions/import", "/api/events/{id}", "/api/events/{id}/positions/{positionId}"];
        var audit = service.Services.GetRequiredService<IAudit>();
        foreach (var trigger in Service.Triggers().HttpTriggers.Where(x => x.Method != "GET" && !without.Contains(x.Route)
            && Functions.Access.May(new Caller(Role.Staff, "test", null, null, Caller.AllScopes) { StaffRoles = StaffRoles.All }, x.Action)
            && !x.Action.StartsWith("pages.signIn", StringComparison.Ordinal) && !x.Action.StartsWith("pages.public", StringComparison.Ordinal)))
        {
            var before = await Newest();
            using var answer = await service.Send(trigger.Method, PathOf(trigger.Route, Role.Staff).Replace("access-test", "audit-test", StringComparison.Ordinal), "demo-staff");
            // About a person who is not here there is nothing to note.
            Assert.True(await Newest() != before || trigger.Route.Contains("seekers/{id}", StringComparison.Ordinal) || trigger.Route.Contains("{subject}", StringComparison.Ordinal), $"{trigger.Method} {trigger.Route} left no row.");
        }

        async Task<AuditEntry?> Newest() => (await audit.Read(new(By: "demo-staff"), null, 1, default)).Items is [var newest, ..] ? newest : null;
    }

    [Theory]
    [InlineData("approve", AuditAct.EmployerApproved)]
    [InlineData("refuse", AuditAct.EmployerRefused)]
    public async Task A_decision_upon_an_employer_leaves_its_row_once_it_is_one(string decision, AuditAct act)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/employers/audit-employer")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["decision"] = decision, ["reason"] = "why" }),
        };
        request.Headers.Authorization = new("Bearer", "demo-staff-2.demo-secret");
        using var answer = await service.Client.SendAsync(request);
        var row = (await service.Services.GetRequiredService<IAudit>().Read(new(By: "demo-staff-2", Act: act), null, 1, default)).Items.Single();
        Assert.Equal("audit-employer", row.About);
    }

    [Fact]
    public async Task Who_reads_writes_takes_along_and_erases_a_person_is_in_the_audit_by_ids_alone()
    {
        using (var put = await service.Send("PUT", "/api/seekers/audit-person", "demo-staff", """{ "name": "留痕人", "phone": "+8613912340001", "district": "500103", "consent": { "matching": "2026-11-01" } }"""))
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        foreach (var path in (string[])["", "/matches", "/near-misses", "/export"])
            using (var read = await service.Send("GET", "/api/seekers/audit-person" + path, "demo-staff-2"))
                Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var subject = (await service.Services.GetRequiredService<ISeekers>().Find("audit-person", default))!.Value.Value.Facts.Id;
        var rows = (await service.Services.GetRequiredService<IAudit>().Read(new(Subject: subject), null, 100, default)).Items;
        Assert.Equal(
            [(AuditAct.SeekerExported, "demo-staff-2"), (AuditAct.SeekerOpened, "demo-staff-2"), (AuditAct.SeekerOpened, "demo-staff-2"), (AuditAct.SeekerOpened, "demo-staff-2"), (AuditAct.SeekerRegistered, "demo-staff")],
            rows.Select(x => (x.Act, x.By)));
        using (var erased = await service.Send("DELETE", "/api/seekers/audit-person", "demo-staff"))
            Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Equal(AuditAct.SeekerErased, (await service.Services.GetRequiredService<IAudit>().Read(new(By: "demo-staff"), null, 1, default)).Items.Single().Act);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_key_that_is_wrong_is_nobodys(string method, string route, string action)
    {
        foreach (var credential in (string[])["demo-staff.wrong", "unknown.demo-secret", "demo-staff", "x"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(route, Role.Public));
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + credential);
            using var answer = await service.Client.SendAsync(request);
            var may = Functions.Access.May(Caller.Nobody, action);
            Assert.Equal(may, answer.StatusCode != HttpStatusCode.Unauthorized && !IsSentToSignIn(answer));
        }
    }

    [Fact]
    public async Task An_employer_reads_and_changes_nothing_of_another_employer_over_any_route()
    {
        const string position = """{ "title": "Packer", "district": "500103", "closesOn": "2030-12-31" }""";
        using (var posted = await service.Send("PUT", "/api/positions/access-own", "demo-employer", position))
            Assert.Equal(HttpStatusCode.Created, posted.StatusCode);

        foreach (var trigger in Service.Triggers().HttpTriggers.Where(trigger => trigger.Route.Contains("positions/{", StringComparison.Ordinal)))
        {
            var path = trigger.Route.Replace("{positionId}", "access-own", StringComparison.Ordinal).Replace("positions/{id}", "positions/access-own", StringComparison.Ordinal);
            using var answer = await service.Send(trigger.Method, Parameter().Replace(path, "access-event"), "demo-employer-2", trigger.Method == "PUT" ? position : null);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{trigger.Method} {trigger.Route} answered {(int)answer.StatusCode} to another employer.");
        }

        // Also not under the other's name.
        using (var named = await service.Send("PUT", "/api/positions/access-own?employer=demo-employer", "demo-employer-2", position))
            Assert.Equal(HttpStatusCode.NotFound, named.StatusCode);
        using var still = await service.Send("GET", "/api/positions/access-own", "demo-employer");
        Assert.False(JsonNode.Parse(await still.Content.ReadAsStringAsync())!.AsObject().ContainsKey("closed"));
    }

    [Fact]
    public async Task An_employer_sees_of_a_seeker_what_the_contract_shows_and_nothing_else()
    {
        const string seeker = """
            { "name": "金丝雀姓名", "phone": "+8613912345678", "district": "500103", "capacity": { "HEARING": 1 },
              "needs": { "SIGN_INTERPRETER": "must" }, "avoid": { "NOISE": "ratherNot" }, "skills": ["canary free text"], "education": "bachelor",
              "contact": { "prefer": "SMS_TEXT", "helper": "canary helper" }, "certificate": { "category": 2, "grade": 3 },
              "consent": { "matching": "2026-11-01", "sms": "2026-11-01", "employers": "2026-11-01", "statistics": "2026-11-01" } }
            """;
        const string position = """
            { "title": "Packer", "district": "500103", "closesOn": "2030-12-31", "accommodations": { "SIGN_INTERPRETER": "offered" } }
            """;
        using (var put = await service.Send("PUT", "/api/seekers/access-canary", "demo-import", seeker)) Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using (var put = await service.Send("PUT", "/api/positions/access-canary-job", "demo-employer", position)) Assert.True(put.IsSuccessStatusCode);

        using var answer = await service.Send("GET", "/api/positions/access-canary-job/candidates", "demo-employer");
        var text = await answer.Content.ReadAsStringAsync();
        var items = JsonNode.Parse(text)!["items"]!.AsArray();
        Assert.NotEmpty(items);
        foreach (var canary in (string[])["金丝雀", "\\u91d1", "13912345678", "canary", "HEARING", "bachelor", "certificate", "NOISE", "access-canary\""])
            Assert.DoesNotContain(canary, text, StringComparison.OrdinalIgnoreCase);
        string[] shown = ["adjustments", "alias", "district", "interested", "occupations", "questions", "released", "skills", "verdict"];
        foreach (var item in items)
            Assert.Empty(item!.AsObject().Select(member => member.Key).Except(shown));
    }

    [Fact]
    public async Task A_route_of_its_own_kind_that_is_not_allowed_is_405_and_an_unknown_one_404()
    {
        using var method = await service.Send("PATCH", "/api/seekers/x", "demo-staff");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        using var unknown = await service.Send("GET", "/api/nothing", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private string PathOf(string route, Role role)
    {
        var token = role == Role.Gateway ? service.Services.GetRequiredService<CallbackTokens>().Current("sandbox")! : "not-the-token-0123456789";
        var path = route.Replace("{gateway}", "sandbox", StringComparison.Ordinal).Replace("{token}", token, StringComparison.Ordinal);
        return Parameter().Replace(path, "access-test");
    }

    private static bool IsSentToSignIn(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location?.OriginalString is AccessControl.SignInPath or AccessControl.StaffSignInPath;

    private static async Task IsProblem(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Contains(problem.GetProperty("title").GetString()!, letter => letter > '一'); // Chinese by default
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
