using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>A match in short sentences: one thing, and how it stands.</summary>
internal static class EasyReasons
{
    public static string Of(Verdict verdict, PageFrame frame) => verdict switch
    {
        Verdict.Suits => frame.Say("适合您。", "It suits you."),
        Verdict.SuitsIfArranged => frame.Say("单位安排好，就适合您。", "It suits you when the employer arranges something."),
        Verdict.AskFirst => frame.Say("要先问一问。", "Something must be asked first."),
        _ => frame.Say("现在不适合。", "It does not suit now."),
    };

    public static string Of(RuleRow row, PageFrame frame, CodeLists codes)
    {
        var what = About(row, codes).In(frame.Language);
        var with = row.By is { } by && codes.FindAccommodation(by) is { } help ? frame.Say($"（有{help.Label.Zh}）", $" (with {Lower(help.Label.En)})") : "";
        return what + with + (row.Result, row.Whom) switch
        {
            (Result.Met, _) => frame.Say("：合适。", ": fine."),
            (Result.MetIfArranged, _) => frame.Say("：可以商量。", ": can be arranged."),
            (Result.Ask, Whom.You) => frame.Say("：您可以吗？", ": is it all right for you?"),
            (Result.Ask, _) => frame.Say("：问问单位。", ": ask the employer."),
            _ => frame.Say("：不合适。", ": does not fit."),
        };
    }

    private static string Lower(string label) => char.ToLowerInvariant(label[0]) + label[1..];

    private static Label About(RuleRow row, CodeLists codes) => row.Rule switch
    {
        "M2" => new("The way there", "路上"),
        "M3" when CodeLists.Parse<Axis>(row.About!) is { } axis => CodeLists.LabelOf(axis),
        "M4" when codes.FindAccommodation(row.About!) is { } need => need.Label,
        "M5" when CodeLists.Parse<Shift>(row.About!) is { } shift => CodeLists.LabelOf(shift),
        "M5" when CodeLists.Parse<Exposure>(row.About!) is { } exposure => CodeLists.LabelOf(exposure),
        "M6" => new("Papers and schooling", "证书和学历"),
        "M7" => new("Skills", "技能"),
        "M8" => new("Contract", "合同"),
        "M9" => new("Working time", "工作时间"),
        "M10" => new("Pay", "工资"),
        _ => new("The job", "岗位"),
    };
}
