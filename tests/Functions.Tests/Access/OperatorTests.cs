using System.Net;
using JobMatch.Adapters.Secrets;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace JobMatch.Functions.Tests.Access;

/// <summary>The whole service outside Development: what it refuses to start with, and how its first key is made.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-operator-").FullName;
    private LocalStorage storage = null!;

    public async Task InitializeAsync() => storage = await LocalStorage.StartAsync(null);

    public async Task DisposeAsync()
    {
        await storage.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Without_its_master_key_or_with_another_one_the_program_does_not_start()
    {
        Assert.Contains("No master key is named", await FailedStart(), StringComparison.Ordinal);
        Assert.Contains("does not exist", await FailedStart("--JobMatch:MasterKey:File", Path.Combine(folder, "absent.json")), StringComparison.Ordinal);
        await using (var app = await Build("--JobMatch:MasterKey:File", KeyFile("right.json"))) await Started(app);
        Assert.Contains("not the one under which this storage was written", await FailedStart("--JobMatch:MasterKey:File", KeyFile("wrong.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_key_is_made_at_the_command_line_and_opens_what_it_was_given()
    {
        var (exitCode, said) = await Asked("--issue-key", "staff:s-1", "--scopes", "events.* health");
        Assert.Equal(0, exitCode);
        var key = said.Split('\n')[0];

        await using var app = await Build("--JobMatch:MasterKey:File", KeyFile("master.json"));
        await Started(app);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/events", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri("/api/seekers/x", UriKind.Relative))).StatusCode);

        Assert.Equal(0, (await Asked("--issue-key", "staff:s-1")).ExitCode);
        Assert.Equal(1, (await Asked("--issue-key", "staff:s-1")).ExitCode);
        Assert.Equal(0, (await Asked("--revoke-key", key.Split('.')[0])).ExitCode);
        Assert.Equal(0, (await Asked("--issue-key", "staff:s-1")).ExitCode);
        Assert.Equal(1, (await Asked("--revoke-key", "staff~nobody~1000000")).ExitCode);

        foreach (var wrong in (string[][])[["seeker:x"], ["staff"], ["staff:s-2", "--scopes", "events.delete"], ["staff:s-2", "--expires", "tomorrow"]])
            await Assert.ThrowsAsync<UnusableSettingException>(() => Asked(["--issue-key", .. wrong]));
    }

    [Fact]
    public async Task Keys_are_wrapped_again_after_a_rotation()
    {
        await using (var app = await Build("--JobMatch:MasterKey:File", KeyFile("master.json"))) await Started(app);
        FileMasterKey.Rotate(KeyFile("master.json"));
        Assert.DoesNotMatch("^0 ", (await Asked("--rewrap-keys", "true")).Said);
        Assert.Matches("^0 ", (await Asked("--rewrap-keys", "true")).Said);
    }

    private async Task<(int ExitCode, string Said)> Asked(params string[] asked)
    {
        await using var app = await Build(["--JobMatch:MasterKey:File", KeyFile("master.json"), .. asked]);
        using var output = new StringWriter();
        return ((await Operator.Run(app, output, default))!.Value, output.ToString());
    }

    private string KeyFile(string name)
    {
        FileMasterKey.Open(Path.Combine(folder, name), createIfAbsent: true);
        return Path.Combine(folder, name);
    }

    private async Task<WebApplication> Build(params string[] settings)
    {
        var line = new CommandLine(false, null, Path.Combine(folder, "data"), "http://127.0.0.1:0",
            ["--environment", "Production", "--AzureWebJobsStorage", storage.ConnectionString, .. settings]);
        return await Service.Build(line, Service.Triggers(), new LocalParts());
    }

    private static async Task Started(WebApplication app)
    {
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        // Waits for the start to be over: other answers than health wait for it.
        using var answer = await client.GetAsync(new Uri("/api/codes", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private async Task<string> FailedStart(params string[] settings)
    {
        await using var app = await Build(settings);
        try
        {
            await app.StartAsync();
        }
        catch (UnusableSettingException refused)
        {
            return refused.Message; // a part that serves needed it even before the start's steps ran
        }
        await app.WaitForShutdownAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var startup = (Startup)app.Services.GetService(typeof(Startup))!;
        return Assert.IsType<UnusableSettingException>(startup.ExecuteTask!.Exception!.InnerException).Message;
    }
}
