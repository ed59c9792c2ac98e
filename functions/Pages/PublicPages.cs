using System.Text.Encodings.Web;
using System.Text.Unicode;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.StaticFiles;

namespace JobMatch.Functions.Pages;

/// <summary>The first page, and the files that pages are styled with.</summary>
public static class PublicPages
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapPublicPages(this Triggers triggers)
    {
        triggers.Page("GET", "/", "pages.public", Home);
        triggers.Http("GET", "/assets/{*rest}", "assets", Asset)
            .With(x => x.ExcludeFromDescription());
    }

    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        // Chinese stands in pages as it is, not as numbers.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        // What components bring along reads its keys before the tables are made, and complains; they are read when they are used.
        var early = builder.Services.Where(x => x.ImplementationType?.Name == "DataProtectionHostedService").ToList();
        foreach (var one in early)
            builder.Services.Remove(one);
        return builder;
    }

    /// <summary>Declares a page: a route that stands in no contract for programs.</summary>
    internal static HttpTrigger Page(this Triggers triggers, string method, string route, string action, Delegate handler) =>
        triggers.Http(method, route, action, handler).With(x => x.ExcludeFromDescription());

    private static IResult Home(HttpContext context) => Show.Page<HomePage, Role>(context, context.Caller().Role);

    // Addresses carry the file's hash, so that a browser may keep it for ever.
    private static IResult Asset(HttpContext context, IWebHostEnvironment files, string? rest)
    {
        var file = files.WebRootFileProvider.GetFileInfo("assets/" + rest);
        if (!file.Exists || file.IsDirectory || file.PhysicalPath is null)
            return Results.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        return Results.File(file.PhysicalPath, Types.TryGetContentType(file.Name, out var type) ? type : "application/octet-stream", lastModified: file.LastModified);
    }
}
