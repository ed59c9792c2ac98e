using System.Globalization;
using System.Xml.Linq;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Open positions for everybody, and for the search engines and job boards that read them.</summary>
public static class JobPages
{
    private const int LongestWords = 60;

    public static void MapJobPages(this Triggers triggers)
    {
        triggers.Page("GET", "/jobs", "pages.public", List);
        triggers.Page("GET", "/jobs/{id}", "pages.public", One);
        triggers.Http("GET", "/sitemap.xml", "pages.public", Sitemap).With(x => x.ExcludeFromDescription());
    }

    private static async Task<IResult> List(HttpContext context, string? words, string? district, string? accommodation, int? page, SearchPositions flow, CodeLists codes, CancellationToken cancel)
    {
        // What the lists do not know is asked for by no form of ours: then it does not narrow.
        var search = new PositionSearch(
            words is { Length: > LongestWords } ? words[..LongestWords] : words ?? "",
            codes.FindDistrict(district ?? "")?.Code, codes.FindAccommodation(accommodation ?? "")?.Code);
        var at = Math.Clamp(page ?? 1, 1, 1_000);
        return Show.Page<JobsPage, JobsModel>(context, new(search, at, await flow.Run(search, at, cancel), codes));
    }

    private static async Task<IResult> One(HttpContext context, string id, SearchPositions flow, ISiteVisits visits, TimeProvider time, CodeLists codes, CancellationToken cancel)
    {
        if (await flow.Find(id, cancel) is not { } found)
            return Show.NotFound(context);
        var visit = (await visits.Of(found.File.Employer, cancel)).FirstOrDefault(x => x.Tells(id));
        return Show.Page<JobPage, JobModel>(context, new(found, PositionPosting.JsonLd(found, new Uri(context.Site(), Address(id)), codes, Languages.Of(context)), visit, time.Today(), codes));
    }

    private static async Task<IResult> Sitemap(HttpContext context, SearchPositions flow, IEvents events, TimeProvider time, CancellationToken cancel)
    {
        XNamespace ns = "http://www.sitemaps.org/schemas/sitemap/0.9";
        XElement Page(string address, DateOnly? changed) => new(ns + "url", new XElement(ns + "loc", new Uri(context.Site(), address).AbsoluteUri),
            changed is { } day ? new XElement(ns + "lastmod", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null);
        var now = time.GetUtcNow();
        var fairs = (await events.All(cancel)).Where(fair => fair.Wave > 0 && fair.EndsAt > now && fair.Status is not (EventStatus.Cancelled or EventStatus.Closed));
        var all = new XElement(ns + "urlset",
            Page("/", null), Page("/jobs", null),
            (await flow.All(cancel)).Select(job => Page(Address(job.Id), job.Posted)),
            fairs.Select(fair => Page("/events/" + Uri.EscapeDataString(fair.Id), null)));
        return Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{all}", "application/xml; charset=utf-8");
    }

    /// <summary>This service as whoever asks reached it.</summary>
    internal static Uri Site(this HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}");

    /// <summary>A position's public page.</summary>
    internal static string Address(string id) => "/jobs/" + Uri.EscapeDataString(id);
}

/// <param name="Page">From 1.</param>
public sealed record JobsModel(PositionSearch Search, int Page, Ranked<PublicPosition> Found, CodeLists Codes)
{
    public int Pages => (Found.Total + SearchPositions.PageSize - 1) / SearchPositions.PageSize;
}

/// <param name="JsonLd">For search engines.</param>
/// <param name="Visit">What was found on site last; null = nobody has been there.</param>
public sealed record JobModel(PublicPosition Job, string JsonLd, SiteVisit? Visit, DateOnly Today, CodeLists Codes);
