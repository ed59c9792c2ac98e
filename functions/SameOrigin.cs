using Microsoft.Net.Http.Headers;

namespace JobMatch.Functions;

/// <summary>
/// Whether a form comes from our own pages. Browsers say so themselves, which needs no hidden token in every form and no key
/// to make one: Sec-Fetch-Site, and from older ones Origin. A program that sends neither brings no browser's cookies along.
/// </summary>
public static class SameOrigin
{
    /// <summary>True for what changes nothing, and for what no other site can have caused.</summary>
    public static bool Holds(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
