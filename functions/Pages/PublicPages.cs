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
