using System.Globalization;

namespace JobMatch.Adapters.Storage;

/// <summary>Values as OData literals. Source: https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities</summary>
internal static class TableFilter
{
    public static string Create(FormattableString filter) =>
        string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(value => (object)Literal(value))]);

    private static string Literal(object? value) => value switch
    {
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number => TableJson.Digits(number),
        Guid id => $"guid'{id}'",
        DateTimeOffset time => $"datetime'{TableJson.Instant(time.UtcDateTime)}'",
        DateTime time => $"datetime'{TableJson.Instant(time.ToUniversalTime())}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexString(bytes)}'",
        _ => throw new ArgumentException($"A filter cannot compare with a {value?.GetType().Name ?? "null"}.", nameof(value)),
    };

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
