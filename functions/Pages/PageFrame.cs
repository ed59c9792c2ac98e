using JobMatch.Flows;
using JobMatch.Matching;
using Microsoft.AspNetCore.Components;

namespace JobMatch.Functions.Pages;

/// <summary>What every page knows beside its own record: who reads it, in which language, and where it stands.</summary>
/// <param name="Path">Of this page, for the switches of language and display; an address that can be fetched.</param>
/// <param name="Style">The address of the style sheet, with its version.</param>
/// <param name="Sandbox">Where Development's texts can be read, ending with a slash; null elsewhere.</param>
/// <param name="Help">Whom to ask, in both languages; the same on every page.</param>
public sealed record PageFrame(Language Language, Display Display, Role Role, string Path, string Style, Uri? Sandbox, Label Help)
{
    /// <summary>What a member of staff may do.</summary>
    public StaffRoles Staff { get; init; }

    /// <summary>The id of the seeker for whom a member of staff acts here; null where nobody does.</summary>
    public string? ActsFor { get; init; }

    /// <summary>Whether whoever reads it may also do this; what they may not is not offered.</summary>
    public bool May(string action) => Role == Role.Staff && StaffAccess.May(Staff, action);

    /// <summary>Who acts for the seeker whose pages these are; null where they are here themselves.</summary>
    public Helping? Helping { get; init; }

    public string Say(string zh, string en) => Language == Language.English ? en : zh;

    /// <summary>The same with short sentences for who chose easy read.</summary>
    public string Say(string zh, string en, string easyZh, string easyEn) => Display.EasyRead ? Say(easyZh, easyEn) : Say(zh, en);

    /// <summary>A day as people write it.</summary>
    public string Day(DateOnly day) => Day(day, Language);

    internal static string Day(DateOnly day, Language language) => language == Language.English
        ? day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)
        : $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>A number of things as English says it: "1 position", "2 positions".</summary>
    /// <param name="many">Where it is not just an "s" more.</param>
    internal static string Several(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";

    /// <summary>A moment on the people's clock.</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = at.ToOffset(People.Offset);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))} {local:HH:mm}";
    }

    /// <summary>From one moment to another; within one day the day is said once.</summary>
    public string Span(DateTimeOffset from, DateTimeOffset to) =>
        People.DayOf(from) == People.DayOf(to) ? $"{Moment(from)}–{to.ToOffset(People.Offset):HH:mm}" : $"{Moment(from)} – {Moment(to)}";

    /// <summary>How long ago something was.</summary>
    public string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => Say($"{(int)age.TotalSeconds} 秒前", $"{(int)age.TotalSeconds} seconds old"),
        { TotalHours: < 2 } => Say($"{(int)age.TotalMinutes} 分钟前", $"{(int)age.TotalMinutes} minutes old"),
        { TotalDays: < 3 } => Say($"{(int)age.TotalHours} 小时前", $"{(int)age.TotalHours} hours old"),
        _ => Say($"{(int)age.TotalDays} 天前", $"{(int)age.TotalDays} days old"),
    };
}

/// <summary>A page: a record in, HTML out. It asks nothing of storage.</summary>
public abstract class PageOf<TModel> : ComponentBase
{
    [Parameter, EditorRequired] public PageFrame Frame { get; set; } = null!;

    [Parameter, EditorRequired] public TModel Model { get; set; } = default!;

    protected string T(string zh, string en) => Frame.Say(zh, en);

    protected string T(string zh, string en, string easyZh, string easyEn) => Frame.Say(zh, en, easyZh, easyEn);

    protected string T(Label label) => label.In(Frame.Language);

    protected Option[] Districts(CodeLists codes) =>
        [new("", T("请选择", "Please choose")), .. codes.Districts.Where(x => !x.Merged).Select(x => new Option(x.Code, T(x.Label)))];

    protected string District(CodeLists codes, string? code) => code is null ? "" : codes.FindDistrict(code) is { } found ? T(found.Label) : code;

    protected IEnumerable<Option> Members<T>() where T : struct, Enum =>
        Enum.GetValues<T>().Select(x => new Option(CodeLists.CodeOf(x), CodeLists.LabelOf(x).In(Frame.Language)));

    protected string Day(DateOnly day) => Frame.Day(day);

    protected string Moment(DateTimeOffset at) => Frame.Moment(at);
}

/// <summary>A choice in a list.</summary>
public sealed record Option(string Value, string Text, string? Hint = null);

/// <summary>A part of a form: it finds what was typed, and what is wrong with it, by its name.</summary>
public abstract class FormPart : ComponentBase
{
    [CascadingParameter] public PageFrame Frame { get; set; } = null!;

    [CascadingParameter] public Form Form { get; set; } = Form.Empty;

    /// <summary>The path of the member in the contract's shape, such as <c>work.pay.min</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    /// <summary>Why it is asked; opened on demand.</summary>
    [Parameter] public string? Why { get; set; }

    protected string Id => Form.IdOf(Name);

    protected string? Error => Form.ErrorOf(Name);

    protected string GroupClass => Error is null ? "govuk-form-group" : "govuk-form-group govuk-form-group--error";

    protected string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => Id + "-hint",
        (null, _) => Id + "-error",
        _ => $"{Id}-hint {Id}-error",
    };

    protected string T(string zh, string en) => Frame.Say(zh, en);
}
