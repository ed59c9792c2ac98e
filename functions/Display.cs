namespace JobMatch.Functions;

/// <summary>
/// How somebody wants pages set: <c>?text=large|normal</c>, <c>?contrast=high|normal</c> and <c>?easy=on|normal</c>, each remembered
/// in a cookie for a year, signed in or not. A seeker's easy read is their own choice for texts as well, see <see cref="Pages.SeekerPages"/>.
/// </summary>
/// <param name="LargeText">Text a quarter larger.</param>
/// <param name="HighContrast">Light on black.</param>
/// <param name="EasyRead">Short sentences where there are some.</param>
public readonly record struct Display(bool LargeText, bool HighContrast, bool EasyRead)
{
    public const string Text = "text", Large = "large", Contrast = "contrast", High = "high", Easy = "easy", On = "on", Normal = "normal";

    public static Display Of(HttpContext context) => new(Says(context, Text, Large), Says(context, Contrast, High), Says(context, Easy, On));

    /// <summary>Keeps what the address asked for.</summary>
    public static void Remember(HttpContext context)
    {
        if (Asked(context, Text, Large) is { } text)
            context.Keep(Text, text);
        if (Asked(context, Contrast, High) is { } contrast)
            context.Keep(Contrast, contrast);
        if (Asked(context, Easy, On) is { } easy)
            context.Keep(Easy, easy);
    }

    /// <summary>Keeps what a person chose for pages and texts alike.</summary>
    public static void KeepEasyRead(HttpContext context, bool easy) => context.Keep(Easy, easy ? On : Normal);

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
