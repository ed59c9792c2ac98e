using JobMatch.Functions.Hosting;
using Microsoft.OpenApi;

namespace JobMatch.Functions;

/// <summary>The contract in full, generated from the code: <c>/openapi/v1.json</c>.</summary>
public static class OpenApi
{
    public static void MapContract(this Triggers triggers) =>
        triggers.Mapped("GET", "/openapi/{documentName}.json", "openapi", app => app.MapOpenApi("/openapi/{documentName}.json"));

    public static WebApplicationBuilder AddContract(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "JobMatch", Version = "v1", Description = "Matches job seekers with disabilities to positions and tells them in time." };
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "{keyId}.{secret}" },
                };
                document.Servers = [];
                return Task.CompletedTask;
            });
        });
        return builder;
    }
}
