using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>`dotnet publish`, its folder copied to an empty one, and that one started as the Functions host starts it and by itself.</summary>
public sealed partial class PublishedTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task The_published_folder_is_a_function_app_wherever_it_lies()
    {
        using var published = new Folder();
        using var copy = new Folder();
        await Publish(published.Path);
        Copy(published.Path, copy.Path);
        Directory.Delete(published.Path, recursive: true);
        Directory.CreateDirectory(published.Path);
        var host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(copy.Path, "host.json")))!;
        var program = Path.Combine(copy.Path, (string)host["customHandler"]!["description"]!["defaultExecutablePath"]!);
        Assert.Equal("", (string?)host["extensions"]!["http"]!["routePrefix"]);
        Assert.True((bool)host["customHandler"]!["enableProxyingHttpRequest"]!);

        (string, string)[] settings = [("AzureWebJobsStorage", storage.ConnectionString), ("JobMatch__MasterKey__File", storage.MasterKeyFile)];
        await AsAFunctionApp(program, copy.Path, settings);
        await ByItself(program, published.Path, copy.Path, settings);
    }

    private static async Task AsAFunctionApp(string program, string folder, (string, string)[] settings)
    {
        var port = FreePort();
        using var process = Published.Start(program, folder, [("FUNCTIONS_CUSTOMHANDLER_PORT", $"{port}"), .. settings]);
        try
        {
            _ = Drain(process);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Ready(client, process);
            await ServesPages(client, folder);
            foreach (var (name, bindings) in AgreementTests.Functions(folder).Where(function => (string?)function.Bindings[0]!["type"] != "httpTrigger"))
            {
                using var body = new StringContent("{}", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri("/" + name, UriKind.Relative), body);
                Assert.Equal("Malformed invocation", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["title"]);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task ByItself(string program, string from, string folder, (string, string)[] settings)
    {
        using var process = Published.Start(
            program, from, [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "1"), .. settings]);
        try
        {
            using var client = new HttpClient { BaseAddress = await Address(process) };
            await ServesPages(client, folder);
            var queues = AgreementTests.Functions(folder).Select(function => (string?)function.Bindings[0]!["queueName"]).OfType<string>().ToList();
            Assert.NotEmpty(queues);
            await TakesMessages(queues);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ServesPages(HttpClient client, string folder)
    {
        foreach (var (function, path) in new[] { ("http-root", "/"), ("http-openapi", "/openapi/v1.json"), ("http-health", "/health/ready") })
            if (Directory.Exists(Path.Combine(folder, function)))
            {
                using var page = await client.GetAsync(new Uri(path, UriKind.Relative));
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            }

        var root = Path.Combine(folder, "wwwroot");
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not (".br" or ".gz")).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
            Assert.Equal(await File.ReadAllBytesAsync(file), await client.GetByteArrayAsync(new Uri("/" + Path.GetRelativePath(root, file), UriKind.Relative)));
    }

    // What is no base64 fails in every consumer, whatever it does with what is.
    private async Task TakesMessages(List<string> queues)
    {
        var raw = new QueueServiceClient(storage.ConnectionString, new() { MessageEncoding = QueueMessageEncoding.None });
        foreach (var queue in queues) await raw.GetQueueClient(queue).SendMessageAsync("{not base64}");
        foreach (var queue in queues)
            await QueueRulesTests.Until(async () => (await raw.GetQueueClient(queue + "-poison").PeekMessagesAsync()).Value is [{ MessageText: "{not base64}" }]);
    }

    private static async Task Ready(HttpClient client, Process process)
    {
        using var initializationTimeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Assert.False(process.HasExited);
            try
            {
                using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), initializationTimeout.Token);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return;
            }
            catch (HttpRequestException)
            {
                // A refused socket means: wait.
            }

            await Task.Delay(25, initializationTimeout.Token);
        }
    }

    private static async Task<Uri> Address(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = Drain(process);
                return new Uri(match.Groups[1].Value);
            }

        throw new InvalidOperationException("The program ended: " + await process.StandardError.ReadToEndAsync(CancellationToken.None));
    }

    // A pipe that nobody reads fills up, and the program would wait.
    private static async Task Drain(Process process) => await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    private static async Task Publish(string folder)
    {
        // What these tests were built with is what is published: the other configuration would be compiled from nothing.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Root(), "functions"), "-o", folder, "--no-build", "-c", configuration, "-v", "quiet", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        // Set by `dotnet test` for its own build; the inner one is a build of its own.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "JobMatch.sln"))) at = at.Parent!;
        return at.FullName;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"listening on: (http://\S+)")]
    private static partial Regex Listening();
}
