using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The endpoints, the local loop and the function.json files say the same, and nobody reaches an invocation endpoint from outside.</summary>
public sealed class AgreementTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task The_loop_the_invocation_endpoints_and_the_files_run_the_same_handlers()
    {
        string first = AzuriteFixture.NewName(), second = AzuriteFixture.NewName();
        var ran = new ConcurrentDictionary<string, bool>();
        string[] all = [first, second, "fold", "sweep"];
        void Declare(Triggers triggers)
        {
            triggers.Http("GET", "/jobs", "pages.public", () => "jobs");
            foreach (var queue in new[] { first, second }) triggers.Queue(queue, (_, _, _) => Ran(queue));
            foreach (var timer in new[] { "fold", "sweep" }) triggers.Timer(timer, "* * * * * *", (_, _) => Ran(timer));
        }

        Task Ran(string name)
        {
            ran[name] = true;
            return Task.CompletedTask;
        }

        await using (await Running.Start(storage, Declare, []))
        {
            foreach (var queue in new[] { first, second })
            {
                await storage.Queues.GetQueueClient(queue).CreateIfNotExistsAsync();
                await storage.Queues.GetQueueClient(queue).SendMessageAsync("{}");
            }

            await QueueRulesTests.Until(() => Task.FromResult(ran.Count == all.Length));
        }

        ran.Clear();
        using var folder = new Folder();
        var triggers = new Triggers();
        Declare(triggers);
        FunctionFiles.Write(triggers, folder.Path);
        await using var handler = await Running.UnderFunctions(storage, Declare);
        foreach (var (name, bindings) in Functions(folder.Path).Where(function => (string?)function.Bindings[0]!["type"] != "httpTrigger"))
        {
            var binding = (string)bindings[0]!["name"]!;
            var body = binding == "item" ? """{"Data":{"item":"\"{}\""}}""" : """{"Data":{"timer":{"ScheduleStatus":null}}}""";
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await handler.Client.PostAsync(new Uri("/" + name, UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(all.Order(StringComparer.Ordinal), ran.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_say_what_was_declared_and_those_of_functions_that_are_gone_go()
    {
        var triggers = new Triggers();
        triggers.Http("GET", "/", "pages.public", () => "");
        triggers.Http("GET", "/api/positions/{id}", "positions.read", () => "");
        triggers.Http("PUT", "/api/positions/{id}", "positions.write", () => "");
        triggers.Http("GET", "/sitemap.xml", "pages.public", () => "");
        triggers.Queue("send-message", (_, _, _) => Task.CompletedTask);
        triggers.Timer("fold-index", "0 */5 * * * *", (_, _) => Task.CompletedTask);
        using var folder = new Folder();
        folder.Write("old-queue/function.json", "{}");
        folder.Write("wwwroot/page.css", "");

        FunctionFiles.Write(triggers, folder.Path);

        Assert.True(File.Exists(Path.Combine(folder.Path, "wwwroot", "page.css")));
        var functions = Functions(folder.Path).ToDictionary(function => function.Name, function => function.Bindings.ToJsonString());
        Assert.Equal(5, functions.Count);
        const string Out = """,{"type":"http","direction":"out","name":"res"}]""";
        Assert.Equal("""[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous","methods":["get","head"],"route":"{root:maxlength(0)?}"}""" + Out, functions["http-root"]);
        Assert.Equal("""[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous","methods":["get","head","put"],"route":"api/{*rest}"}""" + Out, functions["http-api"]);
        Assert.Equal("""[{"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous","methods":["get","head"],"route":"sitemap.xml"}""" + Out, functions["http-sitemap-xml"]);
        Assert.Equal("""[{"type":"queueTrigger","direction":"in","name":"item","queueName":"send-message","connection":"AzureWebJobsStorage"}]""", functions["send-message"]);
        Assert.Equal("""[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 */5 * * * *","runOnStartup":false,"useMonitor":true}]""", functions["fold-index"]);
    }

    [Fact]
    public async Task The_service_has_an_invocation_endpoint_per_queue_and_timer_and_no_other()
    {
        await using var service = new WholeService(storage);
        var triggers = service.Triggers;

        Assert.Equal(
            triggers.QueueTriggers.Select(trigger => trigger.Queue).Concat(triggers.TimerTriggers.Select(trigger => trigger.Name)).Order(StringComparer.Ordinal),
            service.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<HostInvocation>()?.FunctionName).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_route_of_the_service_states_its_action_and_is_reached_through_a_function()
    {
        await using var service = new WholeService(storage);
        using var folder = new Folder();
        FunctionFiles.Write(service.Triggers, folder.Path);
        var functions = HttpFunctions(folder.Path).ToList();

        Assert.NotEmpty(functions);
        Assert.All(service.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<HostInvocation>() is null), endpoint =>
        {
            Assert.NotNull(endpoint.Metadata.GetMetadata<RequiredAction>());
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            Assert.NotEmpty(methods);
            Assert.All(methods, method => Assert.Contains(functions, function =>
                function.Methods.Contains(method, StringComparer.OrdinalIgnoreCase) && Leads(function.Route, Example(endpoint.RoutePattern))));
        });
    }

    /// <summary>The published routes are given to ASP.NET Core's own router, which is also the Functions host's.</summary>
    [Fact]
    public async Task No_path_from_outside_leads_to_a_queue_or_timer()
    {
        await using var service = new WholeService(storage);
        using var folder = new Folder();
        FunctionFiles.Write(service.Triggers, folder.Path);
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var front = builder.Build();
        foreach (var (name, methods, route) in HttpFunctions(folder.Path)) front.MapMethods(route, [.. methods.Select(method => method.ToUpperInvariant()), "POST"], () => name);
        await front.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(front.Urls.Single()) };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        foreach (var function in service.Triggers.QueueTriggers.Select(trigger => trigger.Queue).Concat(service.Triggers.TimerTriggers.Select(trigger => trigger.Name)))
            foreach (var path in new[] { function, function.ToUpperInvariant(), function + "/", "/" + function, "health/../" + function, "health/%2e%2e/" + function })
            {
                using var answer = await client.PostAsync(AsWritten(front.Urls.Single() + "/" + path), null);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
    }

    // Neither dots nor escapes are tidied up on the way.
    private static Uri AsWritten(string address) => new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static bool Leads(string route, string path) =>
        new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch("/" + path.TrimStart('/'), []) && (route != "{root:maxlength(0)?}" || path == "/");

    private static string Example(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : "x"))));

    private static IEnumerable<(string Name, string[] Methods, string Route)> HttpFunctions(string folder) =>
        from function in Functions(folder)
        let trigger = function.Bindings[0]!
        where (string?)trigger["type"] == "httpTrigger"
        select (function.Name, trigger["methods"]!.AsArray().Select(method => (string)method!).ToArray(), (string)trigger["route"]!);

    internal static IEnumerable<(string Name, JsonArray Bindings)> Functions(string folder) =>
        from path in Directory.GetFiles(folder, "function.json", SearchOption.AllDirectories)
        select (Path.GetFileName(Path.GetDirectoryName(path)!), JsonNode.Parse(File.ReadAllText(path))!["bindings"]!.AsArray());
}

/// <summary>An empty folder for one test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jobmatch-").FullName;

    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
