using System.Security.Cryptography;
using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JobMatch.Functions.Pages;

/// <summary>The way out for pages: language, headers, status.</summary>
public static class Show
{
    private static readonly Lazy<string> Style = new(() =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "wwwroot", "assets", "site.css");
        return File.Exists(file) ? "/assets/site.css?v=" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12] : "/assets/site.css";
    });

    /// <summary>Answers with a page.</summary>
    /// <param name="model">What the page shows; it asks for nothing more.</param>
    /// <param name="path">An address that can be fetched, for the switches, where this one can only be posted to.</param>
    public static IResult Page<TPage, TModel>(HttpContext context, TModel model, int status = 200, string? path = null) where TPage : PageOf<TModel>
    {
        Headers(context);
        return new Marked(new RazorComponentResult<TPage>(new { Frame = FrameOf(context, path), Model = model })
        {
            StatusCode = status,
            ContentType = "text/html; charset=utf-8",
            PreventStreamingRendering = true,
        });
    }

    /// <summary>To the next page, after what was posted has been done: a reload does not post it again.</summary>
    public static IResult Next(string path) => new SeeOther(path);

    public static IResult NotFound(HttpContext context) => Page<Notice, NoticeKind>(context, NoticeKind.NotFound, 404, "/");

    public static IResult Forbidden(HttpContext context) =>
        Page<Notice, NoticeKind>(context, context.Caller().Role == Flows.Role.Staff ? NoticeKind.NotYourDuty : NoticeKind.Forbidden, 403, "/");

    public static IResult Failed(HttpContext context) => Page<Notice, NoticeKind>(context, NoticeKind.Failed, 500, "/");

    /// <summary>Whether a person with a browser asks, and not a program.</summary>
    public static bool IsWanted(HttpContext context) => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static PageFrame FrameOf(HttpContext context, string? path) => new(
        Languages.Of(context), Display.Of(context), context.Caller().Role, path ?? context.Request.Path + Query(context), Style.Value,
        context.RequestServices.GetService<LocalSandbox>()?.Address, context.RequestServices.GetRequiredService<Settings>().HelpLabel)
    {
        Staff = context.Caller().StaffRoles,
        ActsFor = context.Caller() is { Acts: true } caller ? caller.SeekerId : null,
        Helping = context.Caller().Helping,
    };

    private static string Query(HttpContext context) =>
        QueryString.Create(context.Request.Query.Where(x => x.Key is not (Languages.Cookie or Display.Text or Display.Contrast or Display.Easy)).SelectMany(x => x.Value, (x, v) => KeyValuePair.Create(x.Key, v))).ToString();

    private static void Headers(HttpContext context)
    {
        Languages.Remember(context);
        Display.Remember(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: browsers then hide Origin as well, which says that a form is ours.
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.Vary = "Cookie, Accept-Language";
        headers.ContentLanguage = Languages.Of(context).Tag();
    }

    /// <summary>A page whose phrases of the other language are marked before it leaves.</summary>
    private sealed class Marked(IResult page) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            var outward = context.Response.Body;
            using var buffer = new MemoryStream();
            context.Response.Body = buffer;
            try
            {
                await page.ExecuteAsync(context);
            }
            finally
            {
                context.Response.Body = outward;
            }
            await context.Response.WriteAsync(Phrases.Mark(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)), context.RequestAborted);
        }
    }

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            // The next page is not asked with ?lang= again.
            Languages.Remember(context);
            Display.Remember(context);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = path;
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }
    }
}
