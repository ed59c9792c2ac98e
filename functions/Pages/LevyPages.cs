using System.Globalization;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>The calculator of levy and quota. What is entered is posted, reckoned and shown; it stands in no address, log or table.</summary>
public static class LevyPages
{
    private const long MostPeople = 1_000_000, MostYuan = 10_000_000;

    public static void MapLevyPages(this Triggers triggers)
    {
        triggers.Page("GET", "/levy", "pages.public", (HttpContext context, TimeProvider time) =>
            Show.Page<LevyPage, LevyModel>(context, new(Form.Empty.With("year", Years.Contains(time.GetLocalNow().Year) ? $"{time.GetLocalNow().Year}" : $"{Years[^1]}"), Years, null)));
        triggers.Page("POST", "/levy", "pages.public", Reckon);
    }

    private static int[] Years => [.. LevyRules.All.SelectMany(x => Enumerable.Range(x.FromYear, x.ToYear - x.FromYear + 1)).Distinct().Order()];

    private static async Task<IResult> Reckon(HttpContext context)
    {
        var form = await Form.Posted(context);
        var errors = new List<FormError>();
        var rules = int.TryParse(form.Value("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? LevyRules.For(year) : null;
        if (rules is null)
            errors.Add(new("year", context.Say("请选择年份。", "Choose the year.")));
        var staff = People("staff", "在职职工人数", "the number of staff", optional: false);
        var (heavy, other) = (People("heavy", "一、二级残疾职工人数", "how many of grade 1 or 2", optional: true), People("other", "其他残疾职工人数", "how many others", optional: true));
        var wage = Yuan("wage", "本单位年平均工资", "the mean yearly wage", optional: false);
        var local = form.Value("local").Trim().Length == 0 ? null : Yuan("local", "当地社会平均工资", "the local mean wage", optional: true);
        if (errors.Count == 0 && heavy + other > staff)
            errors.Add(new("staff", context.Say("残疾职工不能多于全部在职职工。", "There cannot be more disabled staff than staff.")));
        return errors.Count > 0
            ? Show.Page<LevyPage, LevyModel>(context, new(form.With(errors), Years, null), 422)
            : Show.Page<LevyPage, LevyModel>(context, new(form, Years, Levy.Of(rules!, new(staff!.Value, heavy!.Value, other!.Value, wage!.Value, local))));

        // Means of a year: one decimal counts.
        long? People(string name, string zh, string en, bool optional)
        {
            if (optional && form.Value(name).Trim().Length == 0)
                return 0;
            var read = decimal.TryParse(Plain(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= MostPeople && decimal.Truncate(number * 10) == number * 10;
            if (!read)
                errors.Add(new(name, context.Say($"请填写{zh}，例如 120 或 120.5。", $"Enter {en}, such as 120 or 120.5.")));
            return read ? (long)(number * 10) : null;
        }

        long? Yuan(string name, string zh, string en, bool optional)
        {
            var read = long.TryParse(Plain(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostYuan;
            if (!read)
                errors.Add(new(name, context.Say($"请填写{zh}，整数元，例如 80000{(optional ? "；不知道可以不填" : "")}。", $"Enter {en} in whole yuan, such as 80000{(optional ? ", or leave it out" : "")}.")));
            return read ? number : null;
        }

        string Plain(string name) => CleanText.HalfWidth(form.Value(name)).Replace(",", "", StringComparison.Ordinal).Trim();
    }
}

/// <param name="Result">Null before anything was reckoned.</param>
public sealed record LevyModel(Form Form, IReadOnlyList<int> Years, LevyResult? Result);
