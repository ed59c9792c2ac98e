using System.Globalization;
using System.Text.RegularExpressions;

namespace JobMatch.Bench.Peers;

/// <summary>
/// The statement that asks a database for the ten best seekers of one position. The position's facts stand in it as numbers,
/// which no parameter can better: the database plans for this very position, once, before anything is timed.
/// </summary>
internal static partial class OnePosition
{
    /// <param name="peer">The folder under sql.</param>
    /// <param name="facts">What stands for each :name, as this peer writes it.</param>
    public static string Sql(string peer, FlatPosition position, IReadOnlyDictionary<string, string> facts)
    {
        var other = position.Remote ? "on-site" : "remote";
        var text = File.ReadAllText(Path.Combine(Machine.Root, "tests", "Bench", "sql", peer, "one.sql"));
        text = Marked().Replace(text, line => line.Groups[2].Value == other ? "" : line.Groups[1].Value + "\n");
        return Nothing().Replace(Name().Replace(text, x => facts[x.Groups[1].Value]), "");
    }

    /// <summary>From rows of one key each; a key holds verdict, 1000 − tenths and the seeker's rank.</summary>
    public static Ranked[] Read(IEnumerable<string[]> rows, IReadOnlyList<string> idByRank) =>
        [.. rows.Select(x => long.Parse(x[0], CultureInfo.InvariantCulture)).Select(key => new Ranked(idByRank[(int)(key & 0xffffffff)], (Matching.Verdict)(key >> 44), 1000 - (int)(key >> 32 & 0xfff)))];

    // Of one kind of position only.
    [GeneratedRegex(@"^(.+) -- (on-site|remote)\r?\n", RegexOptions.Multiline)]
    private static partial Regex Marked();

    // A cast is written with two colons.
    [GeneratedRegex(@"(?<!:):([a-z]\w*)")]
    private static partial Regex Name();

    // A bar that can bar nobody.
    [GeneratedRegex(@"^ +AND s\.\w+ & 0 = 0\r?\n", RegexOptions.Multiline)]
    private static partial Regex Nothing();
}
