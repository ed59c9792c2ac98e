using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Flows.Shapes;

namespace JobMatch.Flows.Imports;

/// <summary>Days as people and spreadsheets write them.</summary>
internal static partial class DateText
{
    /// <summary>
    /// 2026-12-31, 2026/12/31, 2026.12.31, 2026年12月31日, 20261231, with a time behind it or not, or a spreadsheet's
    /// count of days. Year first: 12/31/2026 could mean two days, so it means none.
    /// </summary>
    public static DateOnly? Parse(string text)
    {
        var plain = CleanText.HalfWidth(text).Trim();
        if (Written().Match(plain) is { Success: true } written)
            return Day(written.Groups["y"].Value, written.Groups["m"].Value, written.Groups["d"].Value);
        // Day 1 is 1900-01-01 and 1900 had, by an old mistake kept for compatibility, a 29 February: base 1899-12-30.
        return Serial().IsMatch(plain) && int.Parse(plain.Split('.')[0], CultureInfo.InvariantCulture) is >= 36_526 and <= 73_415 and var days
            ? new DateOnly(1899, 12, 30).AddDays(days)
            : null;
    }

    /// <summary>The time of day at the end: 9:00 or 09:00:00, also behind a day, or the part of a day in a spreadsheet's count.</summary>
    public static TimeOnly? TimeOf(string text)
    {
        var plain = CleanText.HalfWidth(text).Trim();
        if (Clock().Match(plain) is { Success: true } clock)
            return TimeOnly.TryParseExact(clock.Value, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        return Count().IsMatch(plain) && decimal.Parse(plain, CultureInfo.InvariantCulture) is var days
            ? TimeOnly.MinValue.AddMinutes((double)decimal.Round(days % 1 * 24 * 60))
            : null;
    }

    private static DateOnly? Day(string year, string month, string day) =>
        DateOnly.TryParseExact($"{year}-{month}-{day}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"^(?:(?<y>[0-9]{4})\s*(?<s>[-/.年])\s*(?<m>[0-9]{1,2})\s*(?:\k<s>|月)\s*(?<d>[0-9]{1,2})\s*[日号]?|(?<y>20[0-9]{2})(?<m>[0-9]{2})(?<d>[0-9]{2}))(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\z")]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<![0-9:+])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\z")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:0|[0-9]{5})\.[0-9]+\z")]
    private static partial Regex Count();

    [GeneratedRegex(@"^[0-9]{5}(?:\.[0-9]+)?\z")]
    private static partial Regex Serial();
}
