using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Flows.Shapes;

namespace JobMatch.Flows.Imports;

/// <summary>Numbers as people write them: 3,500 · 3千 · 3.5k · 1万2 · 一千八 · 两名.</summary>
internal static partial class NumberText
{
    /// <summary>No number that people write is longer; within it, decimals cannot overflow.</summary>
    private const int Longest = 20;

    /// <summary>Null where the text is not wholly a number.</summary>
    public static decimal? Parse(string text)
    {
        var plain = Plain(text);
        if (plain.Length is 0 or > Longest || !Whole().IsMatch(plain))
            return null;
        var (sum, last) = (0m, 0m);
        foreach (Match part in Part().Matches(plain))
        {
            var unit = UnitOf(part.Groups["unit"].Value);
            var digits = part.Groups["digits"].Value;
            if (!decimal.TryParse(digits.Length == 0 ? "1" : digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            // 1万2 is 12,000: a bare digit behind a unit counts tenths of it.
            if (unit == 1 && last > 1)
                unit = digits.Length == 1 ? last / 10 : 0;
            if (unit == 0)
                return null;
            sum += number * unit;
            last = unit;
        }
        return sum;
    }

    /// <summary>The unit that a number ends in: 10,000 for 5万, 1 for 5.</summary>
    public static decimal Unit(string text) => Part().Matches(Plain(text)) is { Count: 1 } parts ? UnitOf(parts[0].Groups["unit"].Value) : 1;

    private static string Plain(string text)
    {
        var half = Comma().Replace(CleanText.HalfWidth(text).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(), "");
        return string.Concat(half.Select(x => "零一二三四五六七八九".IndexOf(x, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : x == '两' ? '2' : x))
            .Replace("万0", "万", StringComparison.Ordinal).Replace("千0", "千", StringComparison.Ordinal);
    }

    private static decimal UnitOf(string unit) => unit switch { "万" or "w" => 10_000, "千" or "k" => 1_000, "百" => 100, "十" => 10, _ => 1 };

    [GeneratedRegex(@"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^(?:(?>[0-9]+)(?:\.(?>[0-9]+))?[万w千k百十]?|十[0-9]?)+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<digits>[0-9]+(?:\.[0-9]+)?)(?<unit>[万w千k百十]?)|(?<digits>)(?<unit>十)")]
    private static partial Regex Part();
}
