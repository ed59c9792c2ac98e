using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What a person is asked to agree to, each by itself.</summary>
/// <param name="Purpose">As the contract names it.</param>
/// <param name="Yes">What is agreed to.</param>
/// <param name="Means">What follows from it, and from leaving it out.</param>
public sealed record Consent(string Purpose, Label Name, Label Yes, Label Means)
{
    /// <summary>The field in which staff say how it was given.</summary>
    public string HowField => "how." + Purpose;

    /// <summary>When registering.</summary>
    public static readonly IReadOnlyList<Consent> Asked =
    [
        new("matching", new("Matching", "匹配岗位"), new("Use my answers to find jobs", "同意用我的回答匹配岗位"),
            new("Without it we keep what you say, and match nothing.", "不同意：我们保存登记，但不会为您匹配。")),
        new("sms", new("Text messages", "短信通知"), new("Text me about jobs and events", "同意给我发岗位和招聘活动的短信"),
            new("Texts never mention disability. Answer TD to stop them.", "短信不会提到残疾。回复 TD 可以随时退订。")),
        new("employers", new("Shown to employers", "向用人单位展示"), new("Show me to employers, without my name", "同意不带姓名地出现在用人单位的人选里"),
            new("They see a code name, your district, skills, wishes and the adjustments you ask for.", "单位只看到代号、区县、技能、想做的工作和需要的便利。")),
    ];

    /// <summary>Asked on a page of its own, with what it is for.</summary>
    public static readonly Consent Statistics = new("statistics", new("Statistics", "统计"), new("Count my certificate's category and grade in statistics", "同意把我残疾人证的类别和等级用于统计"),
        new("To see whether all groups are reached alike. Never used for matching, shown to no employer.", "用来看各类人收到的通知是不是一样多。不用于匹配，单位看不到。"));

    public static readonly IReadOnlyList<Consent> All = [.. Asked, Statistics];
}
