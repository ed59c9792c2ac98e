namespace JobMatch.Functions;

/// <summary>How somebody wants pages set: <c>?text=large|normal</c> and <c>?contrast=high|normal</c>, each remembered in a cookie for a year, signed in or not.</summary>
/// <param name="LargeText">Text a quarter larger.</param>
/// <param name="HighContrast">Light on black.</param>
public readonly record struct Display(bool LargeText, bool HighContrast)
{
    public const string Text = "text", Large = "large", Contrast = "contrast", High = "high", Normal = "normal";

    public static Display Of(HttpContext context) => new(Says(context, Text, Large), Says(context, Contrast, High));

    /// <summary>Keeps what the address asked for.</summary>
    public static void Remember(HttpContext context)
    {
        if (Asked(context, Text, Large) is { } text)
            context.Keep(Text, text);
        if (Asked(context, Contrast, High) is { } contrast)
            context.Keep(Contrast, contrast);
    }

    private static bool Says(HttpContext context, string name, string value) => (Asked(context, name, value) ?? context.Request.Cookies[name]) == value;

    private static string? Asked(HttpContext context, string name, string value) => context.Request.Query[name].ToString() is var asked && (asked == value || asked == Normal) ? asked : null;
}

/// <summary>Cookies that hold a wish about pages and nothing about a person.</summary>
internal static class WishCookie
{
    /// <summary>Keeps it for a year.</summary>
    public static void Keep(this HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
        Path = "/",
        MaxAge = TimeSpan.FromDays(365),
        IsEssential = true,
    });
}
