using System.Text.RegularExpressions;

namespace JobMatch.Flows.Shapes;

/// <summary>Phone numbers as people write them, as E.164.</summary>
public static partial class PhoneNumber
{
    /// <summary>What a phone may be written with, as a regular expression of ECMA-262; <see cref="Parse"/> says whether it is one.</summary>
    public const string Form = "^[+＋]?[0-9０-９ .()（）·‐‑–—-]{8,40}$";

    /// <summary>
    /// E.164 of a mainland mobile (11 digits, with or without 86, 0086 or +86) or of a number with + and another country
    /// code. Full-width digits, spaces, dashes, dots and brackets are taken. Null for anything else, a landline without a
    /// country code included: texts do not reach it.
    /// </summary>
    public static string? Parse(string text)
    {
        var bare = Between().Replace(CleanText.HalfWidth(text), "");
        if (Mainland().Match(bare) is { Success: true } mainland)
            return "+86" + mainland.Groups["number"].Value;
        return Abroad().IsMatch(bare) ? bare : null;
    }

    [GeneratedRegex(@"[\s\-‐‑–—.()·]")]
    private static partial Regex Between();

    // Mobile numbers begin with 1 and 3-9 (numbering plan of the Ministry of Industry and Information Technology).
    [GeneratedRegex(@"^(\+86|0086|86)?(?<number>1[3-9]\d{9})\z", RegexOptions.ECMAScript | RegexOptions.ExplicitCapture)]
    private static partial Regex Mainland();

    // ITU-T E.164: at most 15 digits, country codes do not begin with 0; no subscriber is reached by fewer than 8.
    [GeneratedRegex(@"^\+(?!86)[1-9][0-9]{7,14}\z")]
    private static partial Regex Abroad();
}
