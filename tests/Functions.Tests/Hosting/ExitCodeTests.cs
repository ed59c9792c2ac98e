using System.Net;
using System.Net.Sockets;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The Functions host leaves a handler that exits with 0 where it lies, so only an end that was asked for may be 0.</summary>
public sealed class ExitCodeTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_stop_that_was_asked_for_ends_with_0()
    {
        var (app, _) = Running.Build(storage, _ => { }, []);
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        Assert.Equal(0, await Run(app));
    }

    [Fact]
    public async Task A_start_that_fails_ends_with_1()
    {
        var (app, _) = Failing();
        Assert.Equal(1, await Run(app));
    }

    [Fact]
    public async Task What_is_told_of_a_start_that_fails_is_its_cause()
    {
        var (app, _) = Failing();
        Assert.IsType<UnusableSettingException>(await HostingExtensions.RunToFailure(app));
    }

    [Fact]
    public async Task A_part_that_crashes_later_ends_with_1()
    {
        var (app, _) = Running.Build(storage, _ => { }, [], builder => builder.Services.AddHostedService<Crashing>());

        Assert.Equal(1, await Run(app));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line_and_ends_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exit, error) = await Published.Run(
            Published.Built, ("FUNCTIONS_CUSTOMHANDLER_PORT", $"{port}"), ("AzureWebJobsStorage", storage.ConnectionString), ("JobMatch__MasterKey__File", storage.MasterKeyFile));

        Assert.Equal(1, exit);
        Assert.Equal($"JobMatch stops: Failed to bind to address http://127.0.0.1:{port}: address already in use.", error.Trim());
    }

    [Theory]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "seventy", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__batchSize", "33", "batchSize")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "soon", "visibilityTimeout")]
    [InlineData("JobMatch__HandlerDeadline", "00:10:00", "JobMatch:HandlerDeadline")]
    public async Task A_setting_that_cannot_be_used_is_named_in_one_line_and_ends_with_1(string name, string value, string named)
    {
        var (exit, error) = await Published.Run(Published.Built, (name, value), ("AzureWebJobsStorage", storage.ConnectionString));

        Assert.Equal(1, exit);
        Assert.Contains(named, Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private (WebApplication App, Logged Log) Failing() => Running.Build(storage, _ => { }, [], builder =>
        builder.Services.AddStartup((_, _) => throw new UnusableSettingException("A setting is wrong.")));

    private static Task<int> Run(WebApplication app) => HostingExtensions.ExitCode(app.RunToExit).WaitAsync(TimeSpan.FromSeconds(60));

    private sealed class Crashing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(100, stoppingToken);
            throw new InvalidOperationException("a bug");
        }
    }
}
