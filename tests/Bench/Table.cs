using System.Globalization;
using System.Text;

namespace JobMatch.Bench;

/// <summary>A table of results: printed while it grows, and kept in results/ as Markdown.</summary>
internal sealed class Table
{
    private readonly StringBuilder text = new();
    private readonly string name;

    public Table(string name, string title, IEnumerable<string> head, params IEnumerable<string> columns)
    {
        this.name = name;
        Line("# " + title);
        Line();
        foreach (var line in head)
            Line(line);
        Line();
        Columns(columns);
    }

    public void Columns(params IEnumerable<string> columns)
    {
        Row(columns);
        Row(columns.Select(_ => "---"));
    }

    public void Row(params IEnumerable<string> cells) => Line("| " + string.Join(" | ", cells) + " |");

    public void Line(string line = "")
    {
        text.AppendLine(line);
        Console.WriteLine(line);
    }

    public void Save()
    {
        var folder = Path.Combine(Machine.Root, "tests", "Bench", "results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".md"), text.ToString());
    }

    /// <summary>Times the parts of one piece of work in turns, prints the table and keeps it.</summary>
    /// <param name="times">How often a run does the work; the table tells the time for one.</param>
    public static void Parts(string name, string title, int rounds, (string Name, Action Work)[] parts, string told, int times = 1)
    {
        var timings = Measure.InTurns(rounds, [.. parts.Select(x => Contestant.Of(x.Name, x.Work))]);
        var table = new Table(name, title, Machine.Head(name), "What", "Time");
        foreach (var timing in timings)
            table.Row(timing.Name, Time(timing.Median / times) + Steady(timing));
        table.Line();
        table.Line(string.Create(CultureInfo.InvariantCulture, $"Medians of {rounds} in turns, run twice. {told}"));
        table.Save();
    }

    /// <summary>A number with three figures, in the unit that suits it.</summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        >= 1_000 => Figures(milliseconds / 1_000) + " s",
        >= 1 => Figures(milliseconds) + " ms",
        >= 0.001 => Figures(milliseconds * 1_000) + " µs",
        _ => Figures(milliseconds * 1e6) + " ns",
    };

    /// <summary>Three figures.</summary>
    public static string Figures(double number) => number.ToString(Math.Abs(number) switch { >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);

    /// <summary>Empty, or that the two passes differ by more than a tenth.</summary>
    public static string Steady(Timing timing) =>
        timing.Spread <= 0.1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (passes {timing.Spread:P0} apart)");
}
