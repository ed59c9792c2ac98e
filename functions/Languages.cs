using JobMatch.Matching;
using Microsoft.Net.Http.Headers;

namespace JobMatch.Functions;

/// <summary>Which language a caller reads: <c>?lang=zh-CN|en</c> (remembered in a cookie), else Accept-Language, else Chinese.</summary>
public static class Languages
{
    public const string Cookie = "lang";

    public static Language Of(HttpContext context)
    {
        if (Named(context.Request.Query[Cookie]) is { } asked)
            return asked;
        if (Named(context.Request.Cookies[Cookie]) is { } remembered)
            return remembered;
        var accepted = Tags(context.Request.Headers.AcceptLanguage.ToString());
        return accepted.Select(Named).FirstOrDefault(x => x is not null) ?? Language.Chinese;
    }

    /// <summary>Keeps what <c>?lang=</c> asked for, for a year.</summary>
    public static void Remember(HttpContext context)
    {
        if (Named(context.Request.Query[Cookie]) is { } asked)
            context.Keep(Cookie, asked.Tag());
    }

    /// <summary>The BCP 47 tag for <c>lang</c> attributes and cookies.</summary>
    public static string Tag(this Language language) => language == Language.English ? "en" : "zh-CN";

    public static string Say(this HttpContext context, string zh, string en) => Of(context) == Language.English ? en : zh;

    private static Language? Named(string? tag) => tag switch
    {
        null or "" => null,
        _ when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Language.Chinese,
        _ when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => Language.English,
        _ => null,
    };

    private static IEnumerable<string> Tags(string header) =>
        StringWithQualityHeaderValue.TryParseList([header], out var values)
            ? values.Where(x => x.Quality != 0).OrderByDescending(x => x.Quality ?? 1).Select(x => x.Value.ToString())
            : [];
}
