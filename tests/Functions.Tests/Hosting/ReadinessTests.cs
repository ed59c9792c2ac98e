using System.Net;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Hosting;

public sealed class ReadinessTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task The_service_lives_before_it_is_ready_and_is_ready_when_its_start_is_done()
    {
        var done = new TaskCompletionSource();
        await using var service = new WholeService(storage, services => services.AddStartup((_, cancel) => done.Task.WaitAsync(cancel)));
        using var client = service.CreateClient();

        Assert.Equal(HttpStatusCode.OK, await Status(client, "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(client, "/health/ready"));
        done.SetResult();

        await QueueRulesTests.Until(async () => await Status(client, "/health/ready") == HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
