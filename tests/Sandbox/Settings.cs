using System.Globalization;

namespace JobMatch.Sandbox;

/// <summary>What can be changed while running, by POST /settings. Times are given in seconds.</summary>
/// <param name="Callback">Base address of the service's callbacks, to which /report and /reply are added; null: receipts wait.</param>
/// <param name="Receipt">From taking a text to its receipt.</param>
/// <param name="Late">The same, for late ones.</param>
/// <param name="Slow">How long a slow answer takes.</param>
/// <param name="Spread">Within which time shuffled and doubled receipts are scattered.</param>
/// <param name="Retry">Waits before a callback is pushed again; then it is given up.</param>
/// <param name="Batch">At most so many entries in one callback.</param>
public sealed record Settings(
    string? Callback, Weather Weather, TimeSpan Receipt, TimeSpan Late, TimeSpan Slow, TimeSpan Spread, IReadOnlyList<TimeSpan> Retry, int Batch)
{
    public static readonly Settings Default = new(null, Weather.Fair, Seconds("0.1"), Seconds("5"), Seconds("15"), Seconds("2"), Waits("1,5,15,60"), 100);

    /// <exception cref="FormatException">A value that is not what its name asks for.</exception>
    public Settings With(Func<string, string?> value) => this with
    {
        Callback = value("callback") is { } callback ? Address(callback) : Callback,
        Weather = value("weather") is { } words ? Weather.Parse(words, Number(value("seed") ?? "1")) : Weather,
        Receipt = value("receipt") is { } receipt ? Seconds(receipt) : Receipt,
        Late = value("late") is { } late ? Seconds(late) : Late,
        Slow = value("slow") is { } slow ? Seconds(slow) : Slow,
        Spread = value("spread") is { } spread ? Seconds(spread) : Spread,
        Retry = value("retry") is { } retry ? Waits(retry) : Retry,
        Batch = value("batch") is { } batch ? Math.Max(1, Number(batch)) : Batch,
    };

    private static string Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal)
        ? text.TrimEnd('/')
        : throw new FormatException("callback is an absolute http address.");
    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
    private static List<TimeSpan> Waits(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Seconds)];
}
