namespace JobMatch.Flows.Shapes;

/// <summary>The unified social credit code of GB 32100-2015: 17 characters and one that checks them.</summary>
public static class CreditCode
{
    /// <summary>Digits and capitals without I, O, S, V and Z; a character's place is its value.</summary>
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public const int Length = 18;

    /// <summary>How a code looks, as a regular expression of ECMA-262; the last character checks the others.</summary>
    public const string Form = "^[0-9A-HJ-NPQRTUWXY]{18}$";

    /// <summary>The code in capitals and half-width, or null where a character is not of the list or the check does not hold.</summary>
    public static string? Parse(string text)
    {
        var code = CleanText.HalfWidth(text).Trim().ToUpperInvariant();
        return code.Length == Length && code.All(Characters.Contains) && code[^1] == CheckOf(code) ? code : null;
    }

    /// <summary>The check character of the first 17: weights are powers of 3 modulo 31.</summary>
    public static char CheckOf(string code)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in code.AsSpan(0, Length - 1))
        {
            sum += Characters.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Characters[(31 - sum % 31) % 31];
    }
}
