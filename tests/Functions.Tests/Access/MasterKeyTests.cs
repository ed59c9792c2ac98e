using System.Net;
using JobMatch.Adapters.Secrets;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace JobMatch.Functions.Tests.Access;

/// <summary>The whole service outside Development: what it refuses to start with, and how a new master key is followed.</summary>
public sealed class MasterKeyTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-master-").FullName;
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
    public async Task Keys_are_wrapped_again_after_a_rotation()
    {
        await using (var app = await Build("--JobMatch:MasterKey:File", KeyFile("master.json"))) await Started(app);
        FileMasterKey.Rotate(KeyFile("master.json"));
        Assert.DoesNotMatch("^0 ", await Rewrapped());
        Assert.Matches("^0 ", await Rewrapped());
        await using var again = await Build("--JobMatch:MasterKey:File", KeyFile("master.json"));
        await Started(again);
    }

    private async Task<string> Rewrapped()
    {
        var settings = new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage.ConnectionString, ["JobMatch:MasterKey:File"] = KeyFile("master.json") };
        using var said = new StringWriter();
        Assert.Equal(0, await KeyCommands.Run(["rewrap-keys"], new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), said));
        return said.ToString();
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
