using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>What can be wrong, each with its code and its words. Values are never repeated, choices are.</summary>
public static class Faults
{
    public static FieldError Required(string field, string en = "This is needed.", string zh = "此项必填。") => new(field, "required", new(en, zh));

    public static FieldError UnknownField(string field, string? meant, IEnumerable<string> known) => new(field, "unknownField", meant is null
        ? new($"There is no such field. Known fields: {En(known)}.", $"没有这个字段。可用的字段：{Zh(known)}。")
        : new($"There is no such field. Did you mean \"{meant}\"?", $"没有这个字段。是不是“{meant}”？"));

    public static FieldError UnknownCode(string field, IEnumerable<string> known) => new(field, "unknownCode",
        new($"Unknown code. Use one of: {En(known)}.", $"未知代码。请使用：{Zh(known)}。"));

    public static FieldError UnknownCode(string field, string en, string zh) => new(field, "unknownCode", new(en, zh));

    public static FieldError WrongType(string field, Label right) => new(field, "wrongType", new($"This should be {right.En}.", $"这里应为{right.Zh}。"));

    public static FieldError TooLong(string field, int most) => new(field, "tooLong", new($"Too long. Use at most {most} characters.", $"内容过长，最多 {most} 个字符。"));

    public static FieldError TooMany(string field, int most) => new(field, "tooMany", new($"Too many. Give at most {most}.", $"数量过多，最多 {most} 项。"));

    public static FieldError OutOfRange(string field, long least, long most) => new(field, "outOfRange",
        new($"Use a whole number from {least} to {most}.", $"请填写 {least} 到 {most} 之间的整数。"));

    public static FieldError OutOfRange(string field, string en, string zh) => new(field, "outOfRange", new(en, zh));

    public static FieldError BadPhone(string field) => new(field, "badPhone",
        new("This is no phone number. Use 11 digits of a mainland mobile, or + and the country code, such as +8613800000000.",
            "电话号码不正确。请填写 11 位手机号，或带国家代码的号码，例如 +8613800000000。"));

    public static FieldError BadId(string field, string en, string zh) => new(field, "badId", new(en, zh));

    public static FieldError BadDate(string field, string en = "Use a date such as 2026-12-31.", string zh = "请填写日期，例如 2026-12-31。") =>
        new(field, "badDate", new(en, zh));

    public static FieldError BadCreditCode(string field) => new(field, "badCreditCode",
        new("This is no unified social credit code: 18 digits and capitals, the last of which checks the others. Compare it with the business licence.",
            "统一社会信用代码不正确：应为 18 位数字和大写字母，最后一位是校验码。请对照营业执照检查。"));

    public static FieldError MergedDistrict(string field, IReadOnlyList<District> successors) => new(field, "mergedDistrict",
        new($"This district was merged. The town decides which it is now: {En(successors.Select(x => $"{x.Code} {x.Label.En}"))}.",
            $"该区已合并，请按所在镇街选择现在的区：{Zh(successors.Select(x => $"{x.Code} {x.Label.Zh}"))}。"));

    public static FieldError Duplicate(string field, string en = "This stands twice. Give it once.", string zh = "此项重复，请只保留一处。") =>
        new(field, "duplicate", new(en, zh));

    public static FieldError Conflict(string field, string en, string zh) => new(field, "conflict", new(en, zh));

    public static FieldError OutsText(string field, string en, string zh) => new(field, "outsText", new(en, zh));

    private static string En(IEnumerable<string> words) => string.Join(", ", words);

    private static string Zh(IEnumerable<string> words) => string.Join("、", words);
}
