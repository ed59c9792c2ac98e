using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>A column of the sheet that employers fill in.</summary>
/// <param name="Field">Where its value goes, as errors name it.</param>
/// <param name="Header">As in the public contract.</param>
/// <param name="Hint">What may be written.</param>
public sealed record TemplateColumn(string Field, Label Header, Label Hint);

/// <summary>The sheet of positions as it is given out, and what is understood of one that comes back.</summary>
public static class Template
{
    // Understood where they come, and not asked for: the code is the employer's own, and one column says the pay.
    private static readonly string[] NotAsked = ["", "creditCode", "work.pay.min", "work.pay.max", "work.pay.per"];

    /// <summary>Every column, those that every position needs first.</summary>
    public static IReadOnlyList<TemplateColumn> OfPositions(CodeLists lists) =>
        [.. Columns.OfPositions(lists).Where(x => !NotAsked.Contains(x.Field)).Select(x => new TemplateColumn(x.Field, x.Header, HintOf(x.Field)))];

    /// <summary>Which column a header names; null for one that is not understood.</summary>
    public static Func<string, TemplateColumn?> Reader(CodeLists lists, IReadOnlyList<string> headers)
    {
        var heading = new Heading(Columns.OfPositions(lists), headers);
        return header => header.Length > 0 && heading.Find(header) is { } column ? new(column.Field, column.Header, HintOf(column.Field)) : null;
    }

    private static Label HintOf(string field) => field switch
    {
        "reference" => new("Needed. Your own number for the position, such as A1; the same number again updates it.", "必填。本单位自己的编号，例如 A1；再次上传同一编号就是修改。"),
        "title" => new("Needed. At most 100 characters.", "必填。最多 100 字。"),
        "occupation" => new("A name or code of the list, or your own words.", "列表中的名称或代码，也可以自己写。"),
        "openings" => new("A whole number; 1 where nothing is written.", "整数；不写按 1 人。"),
        "district" => new("Needed unless all is done from home. Such as 渝中区 or 500103.", "除全部居家外必填。例如 渝中区 或 500103。"),
        "address" => new("At most 200 characters.", "最多 200 字。"),
        "work.place" => Of<Place>(),
        "work.pay" => new("Such as 3000-5000/month, 200/day or negotiable.", "例如 3000-5000元/月、200/天、面议。"),
        "work.contract" => Of<Contract>(),
        "work.shifts" => Of<Shift>(),
        "work.rest" => Of<Rest>(),
        "work.hoursPerWeek" => new("A whole number, such as 40.", "整数，例如 40。"),
        "board" => Of<Board>(),
        "lodging" => Of<Lodging>(),
        "probationMonths" => new("0 to 6.", "0 到 6。"),
        "closesOn" => new("Needed. A date, such as 2026-12-31.", "必填。日期，例如 2026-12-31。"),
        "educationMin" => Of<Education>(),
        "licences" or "skillsRequired" or "skillsOptional" => new("Names or codes of the list, or your own words, separated by ; or 、.", "列表中的名称或代码，也可以自己写；用、分开。"),
        "description" => new("At most 4,000 characters.", "最多 4000 字。"),
        _ when field.StartsWith("demands.", StringComparison.Ordinal) => Levels(field["demands.".Length..]),
        _ when field.StartsWith("accommodations.", StringComparison.Ordinal) => new("Offered, on request, or not possible (why).", "已提供、可商量、做不到（原因）。"),
        _ when field.StartsWith("exposures.", StringComparison.Ordinal) => new("Yes or no.", "有 或 无。"),
        _ => new("", ""),
    };

    private static Label Of<T>() where T : struct, Enum
    {
        var labels = Enum.GetValues<T>().Select(CodeLists.LabelOf).ToArray();
        return new("One of: " + string.Join(", ", labels.Select(x => x.En)) + ".", "可填：" + string.Join("、", labels.Select(x => x.Zh)) + "。");
    }

    private static Label Levels(string axis)
    {
        var levels = AxisText.All.First(x => x.Code == axis).Position;
        return new(string.Join("; ", levels.Select((x, i) => $"{i} {x.En}")), string.Join("；", levels.Select((x, i) => $"{i} {x.Zh}")));
    }
}
