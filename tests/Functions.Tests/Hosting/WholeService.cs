using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The service itself, composed as the Functions host starts it, with a deployment's settings.</summary>
internal sealed class WholeService(AzuriteFixture storage, Action<IServiceCollection>? more = null) : WebApplicationFactory<Triggers>
{
    public Triggers Triggers => Services.GetRequiredService<Triggers>();
    public IEnumerable<RouteEndpoint> Endpoints => Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Production")
        .UseSetting("FUNCTIONS_CUSTOMHANDLER_PORT", "0")
        .UseSetting("JobMatch:MasterKey:File", storage.MasterKeyFile)
        .UseSetting("AzureWebJobsStorage", storage.ConnectionString)
        .ConfigureTestServices(services => more?.Invoke(services));
}
