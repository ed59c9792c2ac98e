namespace JobMatch.Population;

/// <summary>A unified social credit code with valid check characters in a region that is assigned to nobody.</summary>
internal static class CreditCode
{
    // GB 32100-2015, table 2: 31 characters, without I, O, S, V, Z; weights 3^(i-1) mod 31.
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    // GB 11714-1997: the organisation's own nine characters end in a check by these weights, mod 11.
    private static ReadOnlySpan<int> OrganisationWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    public static string Of(Dice dice)
    {
        var organisation = "MA" + string.Concat(Enumerable.Range(0, 6).Select(_ => Characters[dice.Below(Characters.Length)]));
        var body = "91990100" + organisation + OrganisationCheck(organisation);
        return body + Check(body);
    }

    public static char Check(string first17)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in first17)
        {
            sum += Characters.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Characters[(31 - sum % 31) % 31];
    }

    private static char OrganisationCheck(string first8)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
            sum += (char.IsAsciiDigit(first8[i]) ? first8[i] - '0' : first8[i] - 'A' + 10) * OrganisationWeights[i];
        return (11 - sum % 11) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
    }
}
