using System.Globalization;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>
/// What the readable policy makes of a set of people and positions: how life-like it is, in numbers. Shares are percent.
/// </summary>
public sealed class Split
{
    private const int Shown = 10;
    private readonly long[] pairs = new long[4];
    private readonly long[] tops = new long[4];
    private readonly long[] best = new long[4];
    private readonly long[] with = new long[4];
    private readonly Dictionary<string, (long Applies, long Passes)> rules = Policy.Musts.ToDictionary(must => must.Id, _ => (0L, 0L));

    private Split()
    {
    }

    /// <summary>People who were judged.</summary>
    public int People { get; private set; }

    /// <summary>Of a hundred pairs, how many have this verdict.</summary>
    public double Pairs(Verdict verdict) => Percent(pairs[(int)verdict], pairs.Sum());

    /// <summary>Of a hundred pairs, how many are not doesNotSuit.</summary>
    public double Survive => 100 - Pairs(Verdict.DoesNotSuit);

    /// <summary>Of a hundred places in the people's ten best, how many have this verdict.</summary>
    public double Tops(Verdict verdict) => Percent(tops[(int)verdict], tops.Sum());

    /// <summary>People by the verdict of their best position; doesNotSuit stands for nothing at all.</summary>
    public double Best(Verdict verdict) => Percent(best[(int)verdict], People);

    /// <summary>Of a hundred people, how many have at least one position of this verdict.</summary>
    public double With(Verdict verdict) => Percent(with[(int)verdict], People);

    /// <summary>Of a hundred pairs in which both sides have spoken and the rule decides, how many it lets through.</summary>
    public double Passes(string rule) => Percent(rules[rule].Passes, rules[rule].Applies);

    /// <summary>Of a hundred pairs, in how many both sides have spoken and the rule decides.</summary>
    public double Applies(string rule) => Percent(rules[rule].Applies, pairs.Sum());

    /// <summary>Judges every pair; seconds for a thousand people and six hundred positions.</summary>
    /// <param name="codes">The lists as shipped unless others are given.</param>
    public static Split Of(IReadOnlyList<Seeker> seekers, IReadOnlyList<Position> positions, DateOnly today, CodeLists? codes = null)
    {
        var parts = seekers.Chunk(50).AsParallel().Select(people => One(people, positions, today, codes ?? CodeLists.Default)).ToList();
        var whole = new Split();
        foreach (var part in parts)
            whole.Add(part);
        return whole;
    }

    private static Split One(Seeker[] people, IReadOnlyList<Position> positions, DateOnly today, CodeLists codes)
    {
        var split = new Split { People = people.Length };
        var seen = new int[4];
        foreach (var seeker in people)
        {
            Array.Clear(seen);
            foreach (var position in positions)
                seen[(int)split.Judge(new Pair(seeker, position, today, codes))]++;
            split.Count(seen);
        }
        return split;
    }

    private Verdict Judge(in Pair pair)
    {
        var verdict = Verdict.Suits;
        foreach (var must in Policy.Musts)
        {
            var rows = new List<RuleRow>();
            var tally = new Tally(rows);
            must.Says(pair, ref tally);
            verdict = (Verdict)Math.Max((int)verdict, (int)tally.Verdict);
            if (Decides(pair, must.Id, rows))
                rules[must.Id] = (rules[must.Id].Applies + 1, rules[must.Id].Passes + (tally.Verdict == Verdict.DoesNotSuit ? 0 : 1));
        }
        return verdict;
    }

    private static bool Decides(in Pair pair, string rule, List<RuleRow> rows)
    {
        var (seeker, position, remote) = (pair.Seeker, pair.Position, pair.Remote);
        return rule switch
        {
            "M2" => !remote,
            "M3" => seeker.Capacity.Keys.Any(axis => position.Demands.ContainsKey(axis) && !(remote && axis == Axis.Travel)),
            "M6" => position.Licences.Count > 0 && seeker.Licences is not null || position.EducationMin is not null && seeker.Education is not null,
            "M8" => seeker.Contracts is { Count: > 0 } && position.Contract is not null,
            "M9" => seeker.HoursPerWeek?.Max is not null && position.HoursPerWeek is not null && rows.Any(row => row.Result != Result.Ask),
            "M10" => seeker.MinPayMonthly > 0 && rows.Any(row => row.Result != Result.Ask),
            "M4" or "M5" or "M7" => rows.Any(row => row.Result != Result.Ask),
            _ => false,
        };
    }

    private void Count(int[] seen)
    {
        var left = Shown;
        var first = true;
        for (var verdict = 0; verdict < 4; verdict++)
        {
            pairs[verdict] += seen[verdict];
            if (verdict == (int)Verdict.DoesNotSuit)
                continue;
            tops[verdict] += Math.Min(left, seen[verdict]);
            left -= Math.Min(left, seen[verdict]);
            with[verdict] += seen[verdict] > 0 ? 1 : 0;
            best[verdict] += first && seen[verdict] > 0 ? 1 : 0;
            first &= seen[verdict] == 0;
        }
        best[(int)Verdict.DoesNotSuit] += first ? 1 : 0;
    }

    private void Add(Split other)
    {
        People += other.People;
        for (var i = 0; i < 4; i++)
            (pairs[i], tops[i], best[i], with[i]) = (pairs[i] + other.pairs[i], tops[i] + other.tops[i], best[i] + other.best[i], with[i] + other.with[i]);
        foreach (var (rule, (applies, passes)) in other.rules)
            rules[rule] = (rules[rule].Applies + applies, rules[rule].Passes + passes);
    }

    private static double Percent(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;

    /// <summary>The table, as the samples' README shows it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{People} people, {pairs.Sum()} pairs, {Survive:F1} % survive, {Best(Verdict.DoesNotSuit):F1} % of the people have no position");
        text.AppendLine("| Verdict | of all pairs | of the ten best | people's best | people with at least one |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var verdict in Enum.GetValues<Verdict>())
            text.AppendLine(CultureInfo.InvariantCulture, $"| {verdict} | {Pairs(verdict):F2} % | {Tops(verdict):F1} % | {Best(verdict):F1} % | {(verdict == Verdict.DoesNotSuit ? 100 : With(verdict)):F1} % |");
        text.AppendLine("| Rule | decides | lets through |");
        text.AppendLine("|---|---|---|");
        foreach (var (rule, (applies, _)) in rules)
            if (applies > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {rule} | {Applies(rule):F1} % | {Passes(rule):F1} % |");
        return text.ToString();
    }
}
